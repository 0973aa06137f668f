"""Figures in what people write: `{{WCP1063.value}}` stands for what an edition says, and is never typed twice."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from performance.ground.values import Absence
from performance.report.frozen import FrozenLine

_FIELDS: dict[str, Callable[[FrozenLine], str]] = {
    "value": lambda line: line.told,
    "target": lambda line: line.target_in_words,
    "status": lambda line: line.rag.in_words.lower(),
    "period": lambda line: line.period.in_words,
    "title": lambda line: line.title,
    "direction": lambda line: line.heading[:1].lower() + line.heading[1:],
    "year_to_date": lambda line: line.to_date.in_words if line.to_date else "",
}
FIELDS = tuple(_FIELDS)
_HALF = re.compile(r"(?<!\{)\{[\w.-]+\.\w+\}(?!\})|\{{3}|\}{3}")  # in one brace, or in three
_TOKEN = re.compile(r"\{\{(?P<inside>[^{}]*)\}\}")


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A text with its figures in place; `broken` are sentences on what names none, which stand as they were written."""

    text: str
    broken: tuple[str, ...] = ()


def fill(text: str, lines: Mapping[str, FrozenLine]) -> Filled:
    """The text with each token replaced by what its measure's line says. Braces that are no token are broken too."""
    broken: list[str] = []

    def said(match: re.Match[str]) -> str:
        code, _, field = match["inside"].strip().rpartition(".")
        line, say = lines.get(code), _FIELDS.get(field)
        if line is not None and say is not None and not _is_empty(line, field):
            return say(line)
        known = f"there is no measure {code or match['inside'].strip()} in it" if line is None else _known(line, field)
        broken.append(f"{match[0]}: {known}")
        return _kept(match[0])

    filled = _TOKEN.sub(said, text)
    if "{{" in filled or "}}" in filled or _HALF.search(text):
        broken.append("{{ or }} without the other: write {{CODE.value}}")
    return Filled(text=filled.translate(_BRACES), broken=tuple(broken))


def without_tokens(text: str) -> str:
    """The words of what is published. Had a token named what there is not, it would not have been published: one that
    is left stands where a figure has been hidden since."""
    hidden = Absence.SUPPRESSED.in_words
    return _TOKEN.sub(f"({hidden[0].lower()}{hidden[1:]})", text)


# What is broken stays as it was written, and is not looked at again.
_BRACES = {0xE000: "{", 0xE001: "}"}


def _kept(token: str) -> str:
    return token.replace("{", "\ue000").replace("}", "\ue001")


def _known(line: FrozenLine, field: str) -> str:
    if field in _FIELDS:
        return f"{line.title} has no figure to say there: {line.figure.lower()}"
    return f"nothing is called {field}. Write one of {', '.join(FIELDS)}"


def _is_empty(line: FrozenLine, field: str) -> bool:
    """Whether a sentence would have a hole where the figure is to stand."""
    return (field == "value" and isinstance(line.value, Absence)) or (field == "year_to_date" and line.to_date is None)
