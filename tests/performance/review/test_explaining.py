"""A change taken apart: season, denominator, target, wards, and what cannot be told; the parts add up to the whole."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.figures import Series
from performance.ground.measures import Accumulation, Measure, SeriesBreak
from performance.ground.periods import Period
from performance.review.explaining import Cause, Explained, compared_period, explain
from tests.performance.builders import a_measure, a_series, a_share, monthly_targets, months

NOW, BEFORE = Period.month(2017, 9), Period.month(2017, 8)


def amounts(found: Explained | None) -> dict[str, Decimal]:
    assert found is not None
    return {part.name or part.cause.value: part.amount for part in found.parts}


def of(measure: Measure, *entries: object, targets: list[str] | None = None, **wards: Series) -> Explained | None:
    given_ = monthly_targets(targets, "2017-08") if targets else {}
    return explain(measure, a_series(months(entries, "2017-08"), given_), NOW, wards=wards)  # type: ignore[arg-type]


def test_without_anything_known_all_is_rest_and_it_cannot_be_told() -> None:
    found = of(a_measure(), "10", "14")
    assert amounts(found) == {"rest": 4}
    assert found is not None
    assert (found.whole, found.is_told, found.is_of_gap) == (4, False, False)


def test_a_target_that_moved_is_part_of_the_gap() -> None:
    found = of(a_measure(), "10", "11", targets=["10", "7"])
    assert amounts(found) == {"target": 3, "rest": 1}
    assert found is not None
    assert (found.whole, found.is_told, found.is_of_gap) == (4, True, True)
    assert not found.is_by_counts_alone


def test_fewer_below_the_line_lift_a_share() -> None:
    found = of(a_share(), ("80", "100"), ("80", "80"))
    assert amounts(found) == {"Total number of requests": Decimal("20.0"), "rest": Decimal("0.0")}
    assert found is not None
    assert (found.is_told, found.is_by_counts_alone) == (True, True)


def test_counts_that_both_moved_say_where_it_shows() -> None:
    assert amounts(of(a_share(), ("80", "100"), ("60", "80"))) == {
        "Requests answered on time": Decimal("-25.0"),
        "Total number of requests": Decimal("20.0"),
        "rest": Decimal("0.0"),
    }


def test_the_same_step_in_earlier_years_is_the_season() -> None:
    series = a_series(
        months(["10", "15"], "2015-08") | months(["10", "17"], "2016-08") | months(["10", "18"], "2017-08")
    )
    assert amounts(explain(a_measure(), series, NOW)) == {"season": 6, "rest": 2}


def test_one_earlier_year_is_no_season() -> None:
    series = a_series(months(["10", "15"], "2016-08") | months(["10", "18"], "2017-08"))
    assert amounts(explain(a_measure(), series, NOW)) == {"rest": 8}


def test_the_three_wards_that_moved_most_the_same_way() -> None:
    wards = {
        name: a_series(months([str(was), str(now)], "2017-08"))
        for name, was, now in (("A", 1, 6), ("B", 1, 3), ("C", 5, 2), ("D", 0, 1), ("E", 2, 3))
    }
    found = of(a_measure(), "9", "15", **wards)
    assert amounts(found) == {"A": 5, "B": 2, "D": 1, "rest": -2}
    assert found is not None
    assert found.is_told


def test_a_ward_adds_to_a_rate_by_its_count_over_all() -> None:
    wards = {"A": a_series(months([("10", "50"), ("20", "50")], "2017-08"))}
    found = of(a_share(), ("30", "100"), ("40", "100"), **wards)
    assert amounts(found) == {"A": Decimal("10.0"), "rest": Decimal("0.0")}


@pytest.mark.parametrize(
    ("measure", "before"),
    [
        (a_measure(), BEFORE),
        (a_measure(seasonal=True), Period.month(2016, 9)),
        (a_measure(accumulation=Accumulation.CUMULATIVE), Period.month(2016, 9)),
    ],
)
def test_what_a_change_is_counted_from(measure: Measure, before: Period) -> None:
    assert compared_period(measure, NOW) == before


def test_a_red_figure_is_held_against_the_last_that_was_not() -> None:
    series = a_series(months(["10", "13", "14"], "2017-07"))
    found = explain(a_measure(), series, NOW, since=Period.month(2017, 7))
    assert found is not None
    assert (found.before, found.whole, found.since_red) == (Period.month(2017, 7), 4, True)


def test_nothing_is_explained_across_a_gap_or_a_break() -> None:
    assert of(a_measure(), None, "14") is None
    assert of(a_measure(), "10", None) is None
    broken = a_measure(breaks=(SeriesBreak(on=NOW.start, reason="A new system"),))
    assert of(broken, "10", "14") is None


counts = st.integers(0, 500)


@given(
    tops=st.lists(counts, min_size=38, max_size=38),
    bottoms=st.lists(st.integers(500, 900), min_size=38, max_size=38),
    wards=st.lists(st.tuples(counts, counts), max_size=6),
    targets=st.none() | st.tuples(st.integers(0, 100), st.integers(0, 100)),
    share=st.booleans(),
)
def test_the_parts_always_add_up_to_the_whole(tops, bottoms, wards, targets, share) -> None:
    measure = a_share() if share else a_measure()
    entries = [(str(a), str(b)) if share else str(a) for a, b in zip(tops, bottoms, strict=True)]
    aims = monthly_targets([str(each) for each in targets], "2017-08") if targets else {}
    series = a_series(months(entries, "2014-08"), aims)
    by_name = {
        f"Ward {place}": a_series(months([(str(a), "500"), (str(b), "500")] if share else [str(a), str(b)], "2017-08"))
        for place, (a, b) in enumerate(wards)
    }
    found = explain(measure, series, NOW, wards=by_name)
    assert found is not None
    assert sum(part.amount for part in found.parts) == found.whole
    assert all(part.amount for part in found.parts[:-1])
    assert found.parts[-1].cause is Cause.REST
    stepped = Decimal(targets[0] - targets[1]) if targets else Decimal(0)
    assert found.whole == found.value_now - found.value_before + stepped
