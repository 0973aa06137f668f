"""What the colours of a ward map say: classes of the figure, or how each ward stands beside the whole council."""

from enum import StrEnum
from html import escape

import streamlit as st

from components.frame.page import our_place
from components.parts import asset
from cycle.ground.series.warding import WardFigure, WardMap
from performance.ground.values import Absence
from performance.review.wards.count_intervals import Standing
from performance.review.wards.profile import expected_in_words

# From pale to dark; outlines carry the edges, since the palest is close to white.
FILLS = ((210, 226, 241), (142, 184, 220), (86, 148, 202), (29, 112, 184), (15, 56, 92))
# Brown to blue, told apart whatever the eyes; neither is good or bad.
_STANDINGS = {
    Standing.HIGHER: (122, 60, 28),
    Standing.SIMILAR: (243, 243, 243),
    Standing.LOWER: (127, 178, 224),
}
_NO_DATA, _HIDDEN = (255, 255, 255), (190, 190, 190)
_STYLE = asset.style(__file__)


class Colouring(StrEnum):
    """By what a map is coloured, as the address has it."""

    VALUE = "value"
    COMPARED = "compared"

    @property
    def in_words(self) -> str:
        return "Value" if self is Colouring.VALUE else f"Compared with {our_place()}"


def fill(ward: WardFigure, found: WardMap, by: Colouring) -> tuple[int, int, int]:
    """The colour of a ward."""
    if ward.value is Absence.SUPPRESSED:
        return _HIDDEN
    if by is Colouring.COMPARED:
        return _STANDINGS.get(ward.standing, _NO_DATA)
    return _NO_DATA if ward.map_class is None else FILLS[_shade(ward.map_class, found)]


def legend(found: WardMap, by: Colouring, *, chosen: str) -> None:
    """Each class with how many wards are in it; no data and hidden are classes of their own."""
    items = _standings(found) if by is Colouring.COMPARED else _classes(found)
    hidden = sum(ward.value is Absence.SUPPRESSED for ward in found.wards)
    missing = sum(isinstance(ward.value, Absence) for ward in found.wards) - hidden
    if hidden:
        items.append((_HIDDEN, f"Hidden to protect people: {_wards(hidden)}"))
    if missing:
        items.append((_NO_DATA, f"No data: {_wards(missing)}"))
    drawn = "".join(
        f'<li><i style="background:rgb{colour}" aria-hidden="true"></i>{escape(words)}</li>' for colour, words in items
    )
    name = next((ward.area.name for ward in found.wards if ward.area.code == chosen), "")
    if name:
        drawn += f'<li><i class="chosen" aria-hidden="true"></i>Thick outline: {escape(name)}, the ward chosen</li>'
    st.html(f'{_STYLE}<ul class="legend" aria-label="Classes of the map">{drawn}</ul>')


def standing_in_words(ward: WardFigure, found: WardMap) -> str:
    """Higher than Testing (worse): which end is better is said only where the measure says so."""
    judged = ward.standing.judged(found.measure.at(found.period).polarity)
    expected = expected_in_words(found.measure, ward.expected)
    return ward.standing.in_words(our_place()) + (f" ({judged})" if judged else "") + expected


def why_not_compared(found: WardMap) -> str:
    """Why no ward is compared with the council."""
    opening = f"Wards are not compared with {our_place()}:"
    if not isinstance(found.whole, Absence | None) and not found.measure.is_ratio:
        return f"{opening} this is a count, and no other number of residents by ward is held to say how many to expect."
    if found.whole is None or isinstance(found.whole, Absence):
        why = "is hidden to protect people" if found.whole is Absence.SUPPRESSED else "is not held for this period"
        return f"{opening} its own figure {why}."
    return (
        f"{opening} the counts behind these figures are not held, so nobody can say how much of a difference is chance."
    )


def _classes(found: WardMap) -> list[tuple[tuple[int, int, int], str]]:
    counts = [sum(ward.map_class == number for ward in found.wards) for number in range(len(found.bounds) + 1)]
    return [
        (FILLS[_shade(number, found)], f"{_range(found, number)}: {_wards(count)}")
        for number, count in enumerate(counts)
    ]


def _standings(found: WardMap) -> list[tuple[tuple[int, int, int], str]]:
    """Wards with a figure that cannot be compared are a class too."""
    items = [
        (colour, f"{standing.in_words(our_place())}: {_wards(sum(ward.standing is standing for ward in found.wards))}")
        for standing, colour in _STANDINGS.items()
    ]
    loose = sum(ward.standing is Standing.NOT_COMPARED and ward.rank is not None for ward in found.wards)
    return [*items, (_NO_DATA, f"Not compared: {_wards(loose)}")] if loose else items


def _shade(number: int, found: WardMap) -> int:
    """Fewer classes than shades spread over the whole range, so that the darkest is always the highest."""
    return number if not found.bounds else round(number * (len(FILLS) - 1) / len(found.bounds))


def _range(found: WardMap, number: int) -> str:
    """A class in words; bounds belong to the class above."""
    show = found.measure.print_target
    low = show(found.bounds[number - 1]) if number else ""
    high = show(found.bounds[number]) if number < len(found.bounds) else ""
    if low and high:
        return f"{low} to under {high}"
    return f"Under {high}" if high else f"{low} and over" if low else "All figures"


def _wards(count: int) -> str:
    return f"{count} ward{'' if count == 1 else 's'}"
