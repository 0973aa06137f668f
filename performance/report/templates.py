"""The templates of papers: which there are, what a template of each may ask for, and which places it leaves empty.

A template is an office file with places in double braces, {{title}} or {{reds}}. A field is a few words inside a line;
a part is all that stands under a heading, and takes a paragraph (in PowerPoint a slide) of its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum

LONGEST_FILE_NAME = 200
WHOLE = "content"
"""The place of all the parts, one after another."""

_FIELDS = ("title", "about", "council")
_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BRACES = re.compile(r"\{\{|\}\}")


class Program(StrEnum):
    """Which program a template is for, by the ending of its files."""

    WORD = "docx"
    POWERPOINT = "pptx"
    EXCEL = "xlsx"

    @property
    def in_words(self) -> str:
        return {"docx": "Word", "pptx": "PowerPoint", "xlsx": "Excel"}[self.value]

    @property
    def mime(self) -> str:
        """What a browser calls its files."""
        kinds = {"docx": "wordprocessingml.document", "pptx": "presentationml.presentation"}
        return f"application/vnd.openxmlformats-officedocument.{kinds.get(self.value, 'spreadsheetml.sheet')}"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of paper: its key, what it is called, its parts in order, and fields that other kinds have not."""

    key: str
    name: str
    parts: tuple[str, ...]
    own_fields: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        return (*_FIELDS, *self.own_fields)

    @property
    def places(self) -> tuple[str, ...]:
        """All that a template may ask for."""
        return (*self.fields, WHOLE, *self.parts)


_CARD = ("summary", "reds", "changes", "measures", "methods")
CABINET_PACK = Kind(
    key="cabinet-pack", name="Cabinet pack", own_fields=("meeting", "known"),
    parts=("summary", "changed", "reds", "ambers", "finance", "corrections", "measures", "methods"),
)  # fmt: skip
SCORECARD = Kind(key="scorecard", name="Scorecard of the council, a directorate or a part of the plan", parts=_CARD)
DASHBOARD = Kind(key="service-dashboard", name="Dashboard of a service or a team", parts=_CARD)
BRIEF = Kind(key="brief", name="Two-minute brief", parts=("brief",))
WARD_PROFILE = Kind(key="ward-profile", name="Ward profile", parts=("facts", "charts", "measures", "actions", "notes"))
PLAN = Kind(
    key="plan-on-a-page", name="Plan on a page",
    parts=("facts", "why", "charts", "actions", "measures", "risks", "lessons", "notes"),
)  # fmt: skip
ANNUAL_REPORT = Kind(key="annual-report", name="Annual report", own_fields=("year",), parts=("sections", "figures"))
KINDS = {
    each.key: each for each in (CABINET_PACK, SCORECARD, DASHBOARD, BRIEF, WARD_PROFILE, PLAN, ANNUAL_REPORT)
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Template:
    """Which file a kind of paper is written into for a program, since when, and by whom. The size is in bytes."""

    kind: Kind
    program: Program
    file_name: str
    size: int
    uploaded_by: str
    uploaded_at: datetime
    version: int


def card_kind(*, is_of_a_service: bool) -> Kind:
    """Which kind a scorecard is: what a service or a team looks at by itself has a template of its own."""
    return DASHBOARD if is_of_a_service else SCORECARD


def places_in(text: str) -> list[str]:
    """The names between double braces, in their order; programs that correct what is typed may have made them large."""
    return [name.casefold() for name in _PLACE.findall(text)]


def only_place(text: str) -> str:
    """The name of the place that is all of the text; empty where it is anything else."""
    found = _PLACE.fullmatch(text.strip())
    return found[1].casefold() if found else ""


def fillings(text: str, told: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Where in the text something that is told is to stand, from the last to the first: from, to, and what."""
    found = [(each.start(), each.end(), told.get(each[1].casefold())) for each in _PLACE.finditer(text)]
    return [(start, end, said) for start, end, said in reversed(found) if said is not None]


def problems(kind: Kind, texts: Iterable[str], *, has_parts: bool = True) -> list[str]:
    """What is wrong with the places in the lines of a template, a sentence each: names that the kind does not know,
    braces that nothing closes, and parts that do not stand alone or stand twice; or none, where it `has_parts`."""
    texts = list(texts)
    parts = [name for text in texts for name in places_in(text) if name not in kind.fields and name in kind.places]
    found = [problem for text in texts for problem in _of_a_line(kind, text)]
    found += [f"{{{{{name}}}}} stands twice. Leave it in one place." for name in parts if parts.count(name) > 1]
    if has_parts and not parts and not found:
        found.append(f"Nothing would be written into it. Write {{{{{WHOLE}}}}} on the line where the figures begin.")
    if WHOLE in parts and len(set(parts)) > 1:
        others = _listed(sorted(set(parts) - {WHOLE}))
        found.append(f"{{{{{WHOLE}}}}} is all the parts. Leave it out, or {others}.")
    return list(dict.fromkeys(found))


def _of_a_line(kind: Kind, text: str) -> Iterator[str]:
    names, rest = places_in(text), _PLACE.sub("", text)
    yield from (_unknown(kind, name) for name in names if name not in kind.places)
    if _BRACES.search(rest):
        yield f"In “{_short(text)}” double braces are opened or closed alone. Write {{{{title}}}}."
    for name in names:
        is_part = name in kind.places and name not in kind.fields
        if is_part and (rest.strip() or len(names) > 1):
            yield f"{{{{{name}}}}} takes a line of its own: in “{_short(text)}” it stands with other words."


def left_out(kind: Kind, texts: Iterable[str]) -> tuple[str, ...]:
    """The parts that a template gives no place to."""
    named = {name for text in texts for name in places_in(text)}
    return () if WHOLE in named else tuple(part for part in kind.parts if part not in named)


def _unknown(kind: Kind, name: str) -> str:
    close = get_close_matches(name.casefold(), kind.places, n=1, cutoff=0.6)
    meant = f" Did you mean {{{{{close[0]}}}}}?" if close else f" It may have {_listed(kind.places)}."
    return f"A {kind.name.lower() if kind.name[1:2].islower() else kind.name} has no {{{{{name}}}}}.{meant}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
