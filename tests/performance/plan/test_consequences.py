"""What a target would mean, in words."""

from datetime import date
from decimal import Decimal

import pytest

from performance.ground.figures import Profile
from performance.ground.measures import Accumulation, Polarity, ToleranceKind
from performance.ground.periods import Frequency
from performance.plan.consequences import loosens, read_target
from tests.performance.builders import DEFAULT, LATER, a_measure, a_series, a_share, a_target, months

LOWER, RANGE = {"polarity": Polarity.LOWER}, {"polarity": Polarity.RANGE}


def a_year(entry: str | tuple[str, str], **fields):
    return a_target(entry, "2018/19", profile=Profile.FLAT, **fields)


def said(measure, entries, target, *, start="2015-04", today=LATER) -> str:
    reading = read_target(measure, a_series(months(entries, start)), target, today=today)
    return reading.in_words if reading else ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param("90", "STRETCH: better than any 12 months since April 2015", id="never reached"),
        pytest.param("75", "BETTER: 5.0 percentage points better than 70.0% in 2016/17", id="reached once before"),
        pytest.param("70", "NO CHANGE: already met, 2016/17 came to 70.0%", id="the same as last year"),
        pytest.param(
            "60",
            "EASIER: already met, 2016/17 came to 70.0%, which is 10.0 percentage points better",
            id="less than last year",
        ),
    ],
)
def test_a_share_is_read_against_every_twelve_months(number: str, words: str) -> None:
    assert said(a_share(), [("80", "100")] * 12 + [("70", "100")] * 12, a_year(number)) == words


def test_twelve_months_need_not_be_a_year() -> None:
    words = said(a_share(**LOWER), [("30", "100")] * 13, a_year("20"), start="2016-05")
    assert words == "STRETCH: better than any 12 months since May 2016"
    words = said(a_share(**LOWER), [("30", "100")] * 13, a_year("30"), start="2016-05")
    assert words == "NO CHANGE: already met, the 12 months to May 2017 came to 30.0%"


def test_a_total_to_date_is_read_by_whole_years_and_a_snapshot_by_its_months() -> None:
    totals = [str(10 * month) for month in range(1, 13)] * 2
    total = a_measure(accumulation=Accumulation.CUMULATIVE, **LOWER)
    assert said(total, totals, a_year("100")) == "STRETCH: better than any year since April 2015"
    snapshot = a_measure(accumulation=Accumulation.SNAPSHOT)
    assert said(snapshot, ["5", "7", "6"], a_year("8")) == "STRETCH: better than any month since April 2015"
    yearly = a_measure(frequency=Frequency.YEARLY)
    assert said(yearly, [], a_year("8")) == ""


def test_without_a_whole_year_nothing_is_said() -> None:
    assert said(a_share(), [("80", "100")] * 11, a_year("90")) == ""
    gap = [("80", "100")] * 6 + [None] + [("80", "100")] * 6
    assert said(a_share(), gap, a_year("90")) == ""
    assert said(a_share(), [("80", "100")] * 12, a_year("90"), start="2017-04", today=date(2018, 3, 31)) == ""


def test_a_range_last_year_was_within_is_met() -> None:
    entries = [("75", "100")] * 12
    assert said(a_share(**RANGE), entries, a_year(("70", "80"))) == "NO CHANGE: already met, 2015/16 came to 75.0%"
    assert said(a_share(**RANGE), entries, a_year(("80", "90"))).startswith("BETTER: 5.0 percentage points")


@pytest.mark.parametrize(
    ("fields", "new", "old", "is_looser"),
    [
        pytest.param({}, "90", "95", True, id="less where higher is better"),
        pytest.param({}, "95", "90", False, id="more where higher is better"),
        pytest.param({"polarity": Polarity.RISE_WANTED}, "90", "95", True, id="less where a rise is wanted"),
        pytest.param(LOWER, "12", "10", True, id="more where lower is better"),
        pytest.param(LOWER, "10", "12", False, id="less where lower is better"),
        pytest.param(LOWER, "10", "10", False, id="the same"),
        pytest.param(RANGE, ("3", "8"), ("4", "8"), True, id="a range that begins lower"),
        pytest.param(RANGE, ("4", "9"), ("4", "8"), True, id="a range that ends higher"),
        pytest.param(RANGE, ("5", "7"), ("4", "8"), False, id="a narrower range"),
        pytest.param(RANGE, ("5", "9"), ("4", "8"), True, id="a range moved"),
    ],
)
def test_whether_a_target_loosens(fields, new, old, is_looser: bool) -> None:
    assert loosens(a_measure(**fields), a_year(new), a_year(old), default_percent=DEFAULT) is is_looser


def test_a_wider_tolerance_loosens_and_a_narrower_does_not() -> None:
    wide = {"tolerance": Decimal(10), "tolerance_kind": ToleranceKind.ABSOLUTE}
    assert loosens(a_measure(), a_year("100", **wide), a_year("100"), default_percent=DEFAULT)
    assert not loosens(a_measure(), a_year("100"), a_year("100", **wide), default_percent=DEFAULT)


def test_the_first_target_loosens_nothing() -> None:
    assert not loosens(a_measure(), a_year("100"), None, default_percent=DEFAULT)
