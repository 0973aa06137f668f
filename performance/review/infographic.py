"""A page of big numbers: what stands on each tile, and which tiles there are.

**Decided.** Of a scorecard the three worst reds come first, then three greens that are better than before, then the
rest in its order: nine at most, each with a figure. Of a ward the newest nine that may be shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import shorten

from performance.ground.reckoning.direction import Direction
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from performance.review.told import Told, ToldCard, worst_first
from performance.review.wards.profile import WardLine, WardProfile

MOST, _OF_A_KIND = 9, 3
_LONGEST_TITLE, _LONGEST_WORDS = 72, 110
ARROWS = {
    Direction.IMPROVING: "better", Direction.WORSENING: "worse", Direction.INCREASING: "more",
    Direction.DECREASING: "less", Direction.NO_CHANGE: "level",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A measure with its figure in large; `status` is its colour, `sign` the icon beside what is said, `numbers` its
    last figures for a small line."""

    title: str
    figure: str
    period: str
    said: str
    status: Rag | None = None
    sign: str = ""
    numbers: tuple[Decimal | None, ...] = ()

    @property
    def in_words(self) -> str:
        """All that the tile says, to be read out."""
        rated = f"{self.status.in_words}. " if self.status and self.status.is_rated else ""
        return f"{self.title}: {self.figure}, {self.period}. {rated}{self.said}"


@dataclass(frozen=True, kw_only=True)
class Infographic:
    """One page; `foot` says when it was known and what is not on it."""

    title: str
    lead: str
    tiles: tuple[Tile, ...]
    foot: str

    @property
    def in_words(self) -> str:
        """The page for those who do not see it."""
        return " ".join((f"{self.title}.", self.lead, *(each.in_words for each in self.tiles), self.foot))


def of_card(card: ToldCard, lead: str, *, council: str, known: str) -> Infographic:
    """Of a scorecard; `lead` says in a sentence what it comes to."""
    shown = [each for each in card.lines if not isinstance(each.line.value, Absence)]
    chosen = list(dict.fromkeys(_chosen(shown)))[:MOST]
    made_up = any(each.measure.illustrative for each in chosen)
    return Infographic(
        title=card.headed,
        lead=lead,
        tiles=tuple(_tile(each) for each in chosen),
        foot=_foot(council, known, len(chosen), len(card.lines), made_up=made_up),
    )


def of_ward(profile: WardProfile, *, council: str, known: str) -> Infographic:
    """Of a ward, each figure beside the council's own."""
    shown = [each for each in profile.every_line if not isinstance(each.ward, Absence)][:MOST]
    made_up = any(each.measure.illustrative for each in shown)
    return Infographic(
        title=f"{profile.ward.name} ward",
        lead=profile.in_a_sentence,
        tiles=tuple(_of_a_ward(each, profile.place) for each in shown),
        foot=_foot(council, known, len(shown), len(profile.every_line), made_up=made_up),
    )


def _chosen(lines: Sequence[Told]) -> Iterator[Told]:
    yield from worst_first([each for each in lines if each.line.rag is Rag.RED])[:_OF_A_KIND]
    yield from [each for each in lines if each.line.short is Direction.IMPROVING and each.line.rag is Rag.GREEN][
        :_OF_A_KIND
    ]
    yield from lines


def _tile(told: Told) -> Tile:
    line, measure = told.line, told.measure
    notes = ", ".join((line.period.short, *line.notes))
    return Tile(
        title=short_title(measure.title),
        figure=measure.print_value(line.value),
        period=notes,
        said=short_words(f"{line.travel.in_words(measure)}{line.against_target}"),
        status=line.rag,
        sign=ARROWS.get(line.short, ""),
        numbers=told.numbers,
    )


def _of_a_ward(line: WardLine, place: str) -> Tile:
    whole = f"; {place} {line.whole_in_words}" if line.whole_in_words else ""
    return Tile(
        title=short_title(line.measure.title),
        figure=line.measure.print_value(line.ward),
        period=line.period.short,
        said=short_words(f"{line.compared_in_words(place)}{whole}"),
        sign=line.judged,
        numbers=tuple(number for _, number in line.numbers[-12:]),
    )


def _foot(council: str, known: str, shown: int, of: int, *, made_up: bool) -> str:
    rest = f" {shown} of {of} measures are shown; all are in the app." if shown < of else ""
    return f"{council}. {known}.{rest}{' Some figures are illustrative.' if made_up else ''}"


def short_title(text: str) -> str:
    """As much of a title as stands on a tile."""
    return shorten(text, _LONGEST_TITLE, placeholder="…")


def short_words(text: str) -> str:
    """As much of what is said as stands on a tile."""
    return shorten(text, _LONGEST_WORDS, placeholder="…")
