"""Figures in what people write: `{{WCP1063.value}}` stands for what an edition says, and is never typed twice."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from performance.report.frozen import FrozenLine

_FIELDS: dict[str, Callable[[FrozenLine], str]] = {
    "value": lambda line: line.figure,
    "target": lambda line: line.target_in_words,
    "status": lambda line: line.rag.in_words.lower(),
    "period": lambda line: line.period.in_words,
    "title": lambda line: line.title,
    "direction": lambda line: line.heading[:1].lower() + line.heading[1:],
    "year_to_date": lambda line: line.to_date.in_words if line.to_date else "no year to date",
}
FIELDS = tuple(_FIELDS)
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
        if line is not None and say is not None:
            return say(line)
        known = f"there is no measure {code or match['inside'].strip()} in it" if line is None else _known(field)
        broken.append(f"{match[0]}: {known}")
        return _kept(match[0])

    filled = _TOKEN.sub(said, text)
    if "{{" in filled or "}}" in filled:
        broken.append("{{ or }} without the other: write {{CODE.value}}")
    return Filled(text=filled.translate(_BRACES), broken=tuple(broken))


# What is broken stays as it was written, and is not looked at again.
_BRACES = {0xE000: "{", 0xE001: "}"}


def _kept(token: str) -> str:
    return token.replace("{", "\ue000").replace("}", "\ue001")


def _known(field: str) -> str:
    return f"nothing is called {field}. Write one of {', '.join(FIELDS)}"
