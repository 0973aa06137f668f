"""The templates of papers: which there are, what a template of each may ask for, and which places it leaves empty.

A template is an office file with places in double braces, {{title}} or {{reds}}. A field is a few words inside a line;
a part is all that stands under a heading, and takes a paragraph (in PowerPoint a slide) of its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum

LONGEST_FILE_NAME = 200
WHOLE = "content"
"""The place of all the parts, one after another."""

_FIELDS = ("title", "about", "council")
_PLACE = re.compile(r"\{\{([^{}]{0,80})\}\}")
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
    """A kind of paper: its key, what it is called, its parts in order, and fields that other kinds have not.

    `looked_up` are parts that slides leave out, as no slide has room for them. `fits_one_side` says that the supplied
    page for Word is made to fit one side.
    """

    key: str
    name: str
    parts: tuple[str, ...]
    own_fields: tuple[str, ...] = ()
    looked_up: tuple[str, ...] = ()
    programs: tuple[Program, ...] = tuple(Program)
    fits_one_side: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return (*_FIELDS, *self.own_fields)

    def parts_for(self, program: Program) -> tuple[str, ...]:
        """Those that all of it is, in a program."""
        left_out = self.looked_up if program is Program.POWERPOINT else ()
        return tuple(part for part in self.parts if part not in left_out)

    @property
    def places(self) -> tuple[str, ...]:
        """All that a template may ask for."""
        return (*self.fields, WHOLE, *self.parts)


_CARD = ("summary", "reds", "changes", "measures", "methods")
CABINET_PACK = Kind(
    key="cabinet-pack", name="Cabinet pack", own_fields=("meeting", "known"),
    parts=("summary", "changed", "reds", "ambers", "finance", "targets", "corrections", "measures", "methods"),
    looked_up=("measures", "methods"),
)  # fmt: skip
SCORECARD = Kind(
    key="scorecard", name="Scorecard of the council, a directorate or a part of the plan", parts=_CARD,
    looked_up=("methods",),
)  # fmt: skip
DASHBOARD = Kind(
    key="service-dashboard", name="Dashboard of a service or a team", parts=_CARD, looked_up=("methods",)
)  # fmt: skip
BRIEF = Kind(key="brief", name="Two-minute brief", parts=("brief",), programs=(Program.WORD,))
WARD_PROFILE = Kind(
    key="ward-profile", name="Ward profile", parts=("facts", "charts", "measures", "actions", "notes"),
    fits_one_side=True,
)  # fmt: skip
PLAN = Kind(
    key="plan-on-a-page", name="Plan on a page", fits_one_side=True,
    parts=("facts", "why", "charts", "actions", "measures", "risks", "lessons", "notes"),
)  # fmt: skip
ANNUAL_REPORT = Kind(
    key="annual-report", name="Annual report", own_fields=("year",), parts=("sections", "figures"),
    looked_up=("figures",),
)  # fmt: skip
RECOVERY_PLAN = Kind(
    key="recovery-plan", name="Recovery plan", own_fields=("reference", "measure"),
    parts=("state", "evidence", "cause", "actions", "path", "risks", "notes", "end", "figures"),
    looked_up=("notes", "figures"),
)  # fmt: skip
CATALOGUE = Kind(key="catalogue", name="Reports available", parts=("reports",), programs=(Program.WORD,))
KINDS = {
    each.key: each
    for each in (
        CABINET_PACK, SCORECARD, DASHBOARD, BRIEF, WARD_PROFILE, PLAN, RECOVERY_PLAN, ANNUAL_REPORT, CATALOGUE,
    )
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Template:
    """Which file a kind of paper is written into for a program, since when, and by whom. The size is in bytes; the
    digest tells the file from every other."""

    kind: Kind
    program: Program
    file_name: str
    size: int
    uploaded_by: str
    uploaded_at: datetime
    sha256: str


def card_kind(*, is_of_a_service: bool) -> Kind:
    """Which kind a scorecard is: what a service or a team looks at by itself has a template of its own."""
    return DASHBOARD if is_of_a_service else SCORECARD


def places_in(text: str) -> list[str]:
    """The names between double braces, in their order; programs that correct what is typed may have made them large."""
    return [_named(name) for name in _PLACE.findall(text)]


def only_place(text: str) -> str:
    """The name of the place that is all of the text; empty where it is anything else."""
    found = _PLACE.fullmatch(text.strip())
    return _named(found[1]) if found else ""


def fillings(text: str, told: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Where in the text something that is told is to stand, from the last to the first: from, to, and what."""
    found = [(each.start(), each.end(), told.get(_named(each[1]))) for each in _PLACE.finditer(text)]
    return [(start, end, said) for start, end, said in reversed(found) if said is not None]


def problems(kind: Kind, texts: Iterable[str], *, has_parts: bool = True) -> list[str]:
    """What is wrong with the places in the lines of a template, a sentence each: names that the kind does not know,
    braces that nothing closes, and parts that do not stand alone or stand twice; or none, where it `has_parts`."""
    texts = [text for text in texts if "{" in text or "}" in text]
    parts = Counter(name for text in texts for name in parts_in(kind, text))
    found = [problem for text in texts for problem in _of_a_line(kind, text)]
    found += [f"{{{{{name}}}}} stands twice. Leave it in one place." for name, many in parts.items() if many > 1]
    if has_parts and not parts and not found:
        found.append(f"Nothing would be written into it. Write {{{{{WHOLE}}}}} on the line where the figures begin.")
    if WHOLE in parts and len(parts) > 1:
        others = _listed(sorted(set(parts) - {WHOLE}))
        found.append(f"{{{{{WHOLE}}}}} is all the parts. Leave it out, or {others}.")
    return list(dict.fromkeys(found))


def parts_in(kind: Kind, text: str) -> list[str]:
    """The parts, or the whole, that the text gives a place to."""
    return [name for name in places_in(text) if name in kind.places and name not in kind.fields]


def _of_a_line(kind: Kind, text: str) -> Iterator[str]:
    names, rest = places_in(text), _PLACE.sub("", text)
    yield from (_unknown(kind, name) for name in names if name not in kind.places)
    if _BRACES.search(rest):
        yield f"In “{_short(text)}” double braces are opened or closed alone. Write {{{{title}}}}."
    for name in parts_in(kind, text):
        if rest.strip() or len(names) > 1:
            yield f"{{{{{name}}}}} takes a line of its own: in “{_short(text)}” it stands with other words."


def left_out(kind: Kind, texts: Iterable[str], program: Program) -> tuple[str, ...]:
    """The parts that a template gives no place to, of those that there are in the program."""
    named = {name for text in texts for name in places_in(text)}
    return () if WHOLE in named else tuple(part for part in kind.parts_for(program) if part not in named)


def _unknown(kind: Kind, name: str) -> str:
    close = get_close_matches(name, kind.places, n=1, cutoff=0.6)
    meant = f" Did you mean {{{{{close[0]}}}}}?" if close else f" It may have {_listed(kind.places)}."
    return f"{kind.name}: there is no {{{{{name}}}}} in it.{meant}"


def _named(name: str) -> str:
    return name.strip().casefold()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
