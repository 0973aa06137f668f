"""At most what a person can take in: more lines are folded into groups, and on a telephone every line is.

Nothing red hides in a fold: the reds, and whatever has really changed, stand above the table by name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

import streamlit as st

from components.parts import asset
from components.parts.markup import plain
from cycle.ground.series.scoring import Entry
from performance.ground.measures import Perspective
from performance.ground.reading_order import as_read
from performance.ground.reckoning.rag import Rag

ORDERS = {"red": "Red first", "plan": "Plan order", "name": "A to Z"}
# So many lines are taken in at once.
AT_ONCE = 15
_FIRST = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.NOT_PROVIDED, Rag.NOT_DUE)
_STYLE = asset.style(__file__)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Lines that stand together, under a title where there are others."""

    title: str
    entries: tuple[Entry, ...]

    @property
    def label(self) -> str:
        """Customer and outcomes: 12 measures, 2 red, 5 amber, 3 green."""
        many = f"{len(self.entries)} measure" + ("" if len(self.entries) == 1 else "s")
        counted = f"{many}, {counts_in_words(self.entries)}"
        return f"{self.title}: {counted}" if self.title else counted[0].upper() + counted[1:]

    def caption(self, of_all: str) -> str:
        return f"{self.title}: {of_all}" if self.title else of_all


@dataclass(frozen=True, kw_only=True)
class Part:
    """A group as it is drawn: what stands on its fold, and the table in it."""

    label: str
    table: str
    is_all: bool


def show(parts: Sequence[Part], *, unfolded: bool) -> None:
    """Each group in a fold of its own; where one group is all, it is folded on a telephone alone."""
    for part in parts:
        if part.is_all:
            st.html(_folded_on_a_phone(part, is_open=unfolded))
        else:
            with st.expander(plain(part.label), expanded=unfolded):
                st.html(part.table)


def in_order(entries: Sequence[Entry], order: str) -> tuple[Entry, ...]:
    """The entries as the person wants them: reds first, from A to Z, or as the plan has them."""
    if order == "plan":
        return tuple(entries)
    return tuple(sorted(entries, key=_by_rating if order == "red" else _by_name))


def groups_of(entries: Sequence[Entry], order: str) -> tuple[Group, ...]:
    """All in one while they are taken in at once; otherwise by perspective, or from A to Z by first letters."""
    if len(entries) <= AT_ONCE:
        return (Group(title="", entries=tuple(entries)),)
    return tuple(_by_letters(entries) if order == "name" else by_perspective_of(entries))


def by_perspective_of(entries: Sequence[Entry]) -> Iterable[Group]:
    """The lines of each perspective that has any, in the order they came in."""
    for perspective in Perspective:
        if part := tuple(each for each in entries if each.measure.perspective is perspective):
            yield Group(title=perspective.in_words, entries=part)


def counts_in_words(entries: Iterable[Entry]) -> str:
    """2 red, 5 amber, 8 green: what a perspective comes to, never as one colour."""
    rags = [entry.line.rag for entry in entries]
    counts = ((rag, rags.count(rag)) for rag in (Rag.RED, Rag.AMBER, Rag.GREEN))
    return ", ".join(f"{count} {rag.in_words.lower()}" for rag, count in counts if count) or "not rated"


def _by_letters(entries: Sequence[Entry]) -> Iterable[Group]:
    """As many letters together as are taken in at once; a letter with more lines than that stands alone."""
    held: list[Entry] = []
    for _, found in groupby(entries, key=_letter):
        letter = list(found)
        if held and len(held) + len(letter) > AT_ONCE:
            yield _lettered(held)
            held = []
        held += letter
    yield _lettered(held)


def _lettered(entries: Sequence[Entry]) -> Group:
    first, last = _letter(entries[0]), _letter(entries[-1])
    return Group(title=first if first == last else f"{first} to {last}", entries=tuple(entries))


def _letter(entry: Entry) -> str:
    return _by_name(entry)[0][:1].upper()


def _by_name(entry: Entry) -> tuple[str, str]:
    return as_read(entry.measure.title)


def _by_rating(entry: Entry) -> tuple[int, tuple[str, str]]:
    rag = entry.line.rag
    return (_FIRST.index(rag) if rag in _FIRST else len(_FIRST), _by_name(entry))


def _folded_on_a_phone(part: Part, *, is_open: bool) -> str:
    """Open where the lines were asked for, such as by a count that leads here."""
    fold = f'<details class="folds"{" open" * is_open}><summary>{escape(part.label)}</summary></details>'
    return f'{_STYLE}{fold}<div class="folded">{part.table}</div>'
