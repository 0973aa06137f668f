"""A change in words: how much, which way, and better or worse only where the measure says."""

from datetime import date
from decimal import Decimal

import pytest

from performance.ground.measures import Measure, Polarity, SeriesBreak
from performance.ground.periods import Period
from performance.ground.values import Absence, Value
from performance.review.changed import change_in_words
from tests.performance.builders import a_measure, a_share

AUGUST, SEPTEMBER = Period.month(2017, 8), Period.month(2017, 9)


def said(measure: Measure, then: Value | None, now: Value | None) -> str:
    return change_in_words(measure, then=then, now=now, across=(AUGUST, SEPTEMBER))


@pytest.mark.parametrize(
    ("measure", "then", "now", "words"),
    [
        (a_measure(polarity=Polarity.LOWER), "400", "412", "Up 12 (3%), worse"),
        (a_measure(polarity=Polarity.HIGHER), "400", "300", "Down 100 (25%), worse"),
        (a_share(), "94.6", "96.0", "Up 1.4 percentage points, better"),
        (a_measure(polarity=Polarity.CONTEXT), "10", "5", "Down 5 (50%)"),
        (a_measure(polarity=Polarity.RANGE), "10", "5", "Down 5 (50%)"),
        (a_measure(), "0", "5", "Up 5, better"),
        (a_measure(), "5", "5", "No change"),
        (a_measure(meaningful_change=Decimal(10)), "100", "105", "Up 5 (5%), too little to matter"),
        (a_measure(unit="score", polarity=Polarity.CONTEXT), "20", "30", "Up 10"),
    ],
    ids=["up and worse", "down and worse", "percentage points", "context is neither", "a range without a band",
         "from none", "the same", "less than matters", "a score has no share"],
)  # fmt: skip
def test_a_change_is_said(measure: Measure, then: str, now: str, words: str) -> None:
    assert said(measure, Decimal(then), Decimal(now)) == words


@pytest.mark.parametrize(("then", "now"), [(Absence.SUPPRESSED, Decimal(9)), (Decimal(9), None)])
def test_a_change_from_or_to_what_is_not_there_is_not_known(then: Value | None, now: Value | None) -> None:
    assert said(a_measure(), then, now) == "Not known"


def test_a_change_across_a_break_is_no_change_anyone_should_read() -> None:
    measure = a_measure(breaks=(SeriesBreak(on=date(2017, 9, 1), reason="Counted anew"),))
    assert said(measure, Decimal(5), Decimal(9)).startswith("Not comparable")
