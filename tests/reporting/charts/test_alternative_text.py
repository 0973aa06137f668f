"""A chart in words says what the chart draws: each sentence is held against the points of the very same chart."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from performance.ground.measures import Accumulation, Measure, Polarity, SeriesBreak
from performance.ground.periods import Frequency, Period
from performance.ground.values import round_half_up
from performance.review.explaining import Cause, Part
from performance.review.quality.received import Counts
from reporting.charts.alternative_text import (
    came_alt,
    counts_alt,
    counts_of,
    course,
    dots_alt,
    explored_alt,
    parts_alt,
    recovery_alt,
    season_alt,
    spark_alt,
    stretches_alt,
    themes_alt,
    trend_alt,
    wards_alt,
)
from reporting.charts.dots import Place
from reporting.charts.fan import Expected
from reporting.charts.over_time import Aim, Line, Milestone, Trend, every_period
from reporting.charts.season_chart import Season
from reporting.charts.sparkline import with_gaps
from tests.reporting.documents.test_images import MEASURE

BEGINS = Period.month(2014, 4)
NUMBERS = st.lists(st.none() | st.integers(-50, 50) | st.integers(0, 3), min_size=1, max_size=30)
BREAKS = st.sets(st.tuples(st.integers(0, 32), st.sampled_from((1, 15))), max_size=2)
SHORT = r"(?:Q\d )?\d{4}/\d{2}|[A-Z][a-z]+ \d{4}"
WENT = re.compile(rf"[Ii]t (rose|fell|was)(?: from)? (\S+) in ({SHORT})(?: to (\S+) in| and again in) ({SHORT})")
EXTREME = re.compile(rf"(lowest|highest) (\S+) in ({SHORT})[,.]")
UNCOMPARED = "cannot be compared with earlier ones."


def a_measure(**fields: object) -> Measure:
    given: dict[str, object] = {"title": "Adults who smoke", "frequency": Frequency.MONTHLY, "is_share": False}
    return replace(MEASURE, **(given | fields))  # type: ignore[arg-type]


def drawn(measure: Measure, *lines: dict[Period, Decimal], **fields: object) -> Trend:
    known = {period for line in lines for period in line} or {BEGINS}
    # The axis goes on past both ends, as it does where targets are set ahead.
    every = every_period(min(known).previous, max(known).shifted(4 * max(known).months))
    given: dict[str, object] = {
        "periods": every, "unit": measure.unit, "decimals": measure.decimals,
        "lines": tuple(Line(name=f"Place {letter}", numbers=tuple(line.items()))
                       for letter, line in zip("ABC", lines, strict=False)),
        "breaks": tuple((each.on, each.reason) for each in measure.breaks),
    }  # fmt: skip
    return Trend(**(given | fields))  # type: ignore[arg-type]


def are_compared(measure: Measure, before: Period, now: Period) -> bool:
    """By what the measure is alone: no break lies between, and of totals to date it is the same month."""
    same = measure.accumulation is not Accumulation.CUMULATIVE or before.start.month == now.start.month
    return same and not any(before.start < each.on <= now.end for each in measure.breaks)


def check_course(said: str, measure: Measure, known: dict[Period, Decimal]) -> None:
    """Way, ends and extremes, each against the points."""
    last, show = max(known), measure.print_value
    alike = [each for each in sorted(known) if each == last or are_compared(measure, each, last)]
    went = WENT.search(said)
    if len(alike) < 2:
        assert went is None
        assert not re.search("rose|fell|again|lowest|highest", said)
        assert f"It was {show(known[last])} in {last.short}." in said or f"it was {show(known[last])} in" in said
        return
    assert went, said
    first = alike[0]
    way = "rose" if known[last] > known[first] else "fell" if known[last] < known[first] else "was"
    assert went.groups()[:3] == (way, show(known[first]), first.short)
    assert went.group(5) == last.short
    assert went.group(4) == (None if way == "was" else show(known[last]))
    numbers = [known[each] for each in alike]
    shorts, ends = {each.short: known[each] for each in alike}, {show(known[first]), show(known[last])}
    extremes = {"lowest": min(numbers), "highest": max(numbers)}
    told = {which: (number, period) for which, number, period in EXTREME.findall(said)}
    # What an end of the line says already is not said again.
    assert set(told) == {which for which, number in extremes.items() if show(number) not in ends}
    for which, (number, period) in told.items():
        assert (number, shorts[period]) == (show(extremes[which]), extremes[which])


def check_cautions(said: str, measure: Measure, known: dict[Period, Decimal]) -> None:
    """A break and a gap between the points are said, and none that is not there."""
    periods = sorted(known)
    crossed = any(before.start < each.on <= now.end for each in measure.breaks
                  for before, now in pairwise(periods))  # fmt: skip
    assert (UNCOMPARED in said) == crossed
    missing = len(every_period(periods[0], periods[-1])) - len(periods)
    gap = re.search(r"(\d+) periods between have no figure|(has no figure)", said)
    assert (int(gap.group(1) or 1) if gap else 0) == missing


def check_numbers(said: str, measure: Measure, *lines: dict[Period, Decimal]) -> None:
    """Nothing but printed points: every percentage in the text is one of them."""
    printed = {measure.print_value(number) for line in lines for number in line.values()}
    assert set(re.findall(r"-?[\d,.]+%", said)) <= printed
    assert not re.search(r"\b(None|nan|NaN)\b|  | ,|\.\.|Decimal", said), said


@pytest.mark.parametrize("polarity", [Polarity.HIGHER, Polarity.LOWER])
@pytest.mark.parametrize("accumulation", [Accumulation.IN_PERIOD, Accumulation.CUMULATIVE])
@example(numbers=[5], broken=set(), months=12)
@example(numbers=[5, 5, 5], broken=set(), months=3)
@example(numbers=[8, 1, 9, 7], broken={(1, 15), (3, 15)}, months=1)
@example(numbers=[9, 17, 25, None, 8, 16, 26, 34, 10, 18], broken={(3, 1)}, months=3)
@given(numbers=NUMBERS, broken=BREAKS, months=st.sampled_from((1, 3, 12)))
def test_every_line_in_words_is_the_line_that_is_drawn(
    accumulation: Accumulation, polarity: Polarity, numbers: list[int | None], broken: set[tuple[int, int]], months: int
) -> None:
    breaks = tuple(
        SeriesBreak(on=BEGINS.shifted(step * months).start.replace(day=day), reason="New.")
        for step, day in sorted(broken)
    )
    measure = a_measure(accumulation=accumulation, polarity=polarity, breaks=breaks)
    begins = replace(BEGINS, months=months)
    known = {begins.shifted(step * months): Decimal(each) / 10 for step, each in enumerate(numbers) if each is not None}
    other = {period: number + 1 for period, number in known.items()}
    chart, alone = drawn(measure, known, other), drawn(measure, known)
    said = trend_alt(measure, chart)
    if not known:
        assert said == "Line chart of Adults who smoke for Place A. There are no figures to draw."
        return
    points = list(known.items())
    assert f"Place B was {measure.print_value(other[max(other)])} in {max(other).short}." in said
    for text in (
        said,
        trend_alt(measure, alone),
        recovery_alt(measure, alone, newest=""),
        stretches_alt(measure, alone),
        spark_alt(measure, points),
        course(measure, points, chart.periods),
    ):
        check_course(text, measure, known)
        check_cautions(text, measure, known)
        check_numbers(text, measure, known, other)
    first, last = min(known), max(known)
    span = first.in_words if first == last else f"{first.in_words} to {last.in_words}"
    assert said.startswith(f"Line chart of Adults who smoke for Place A, {span}. ")


@given(numbers=NUMBERS, places=st.integers(0, 2))
def test_what_is_counted_is_printed_as_it_is_drawn(numbers: list[int | None], places: int) -> None:
    stored = {BEGINS.shifted(step): Decimal(each).scaleb(-places) for step, each in enumerate(numbers)
              if each is not None}  # fmt: skip
    counts = counts_of(a_measure(), "Forms sent", stored.values())
    known = {period: round_half_up(number, counts.decimals) for period, number in stored.items()}
    said = counts_alt(counts, drawn(counts, known, lines=(Line(name="Forms sent", numbers=tuple(known.items())),)))
    assert said.startswith("Line chart of Forms sent")
    assert "%" not in said
    if known:
        check_course(said, counts, known)
        assert f"{known[max(known)]:,f}" in said


@given(numbers=st.lists(st.integers(0, 4), min_size=1, max_size=12), hidden=st.integers(0, 2))
def test_the_highest_and_the_lowest_ward_are_that_and_a_shared_place_is_said(numbers: list[int], hidden: int) -> None:
    measure = a_measure()
    ranked = [(f"Ward {place}", Decimal(each)) for place, each in enumerate(sorted(numbers, reverse=True))]
    said = wards_alt("Map", measure, BEGINS, ranked, of=len(ranked) + hidden)
    assert said.startswith("Map of Adults who smoke by ward, April 2014. ")
    top, bottom = ranked[0][1], ranked[-1][1]
    if top == bottom:
        assert "ighest" not in said
    else:
        assert re.search(rf"Highest in Ward 0.*, {measure.print_value(top)}; lowest in Ward \d+", said)
        assert (" and " in said.split(";")[0]) == (numbers.count(int(top)) > 1)
    assert ("no figure that may be shown" in said) == bool(hidden)
    check_numbers(said, measure, {BEGINS.shifted(place): number for place, (_, number) in enumerate(ranked)})


def test_a_small_line_has_the_gaps_that_its_words_say() -> None:
    known = [(BEGINS, Decimal(4)), (BEGINS.shifted(2), Decimal(3))]
    assert with_gaps(known) == [Decimal(4), None, Decimal(3)]
    assert spark_alt(a_measure(), known) == (
        "2 figures: it fell from 4.0% in Apr 2014 to 3.0% in Jun 2014. May 2014 has no figure."
    )
    days = [(Period(start=date(2014, 4, day), months=0), Decimal(day)) for day in (1, 9)]
    assert with_gaps(days) == [Decimal(1), Decimal(9)]
    assert spark_alt(a_measure(), days).endswith("to 9.0% in 9 April 2014.")


def test_no_ward_has_a_figure() -> None:
    said = wards_alt("Ranked bars", a_measure(), BEGINS, [], of=3, coloured=[("Higher than Testing", [])])
    assert said == (
        "Ranked bars of Adults who smoke by ward, April 2014. No ward has a figure that may be shown."
    )  # fmt: skip


def test_the_target_milestones_and_path_that_are_drawn_are_said() -> None:
    measure, known = a_measure(), {BEGINS: Decimal(4), BEGINS.following: Decimal(3)}
    aims = (Aim(period=BEGINS, number=Decimal(5)), Aim(period=BEGINS.following, number=Decimal("4.5")))
    assert "The target for May 2014 is 4.5%." in trend_alt(measure, drawn(measure, known, aims=aims))
    ranged = (Aim(period=BEGINS, lower=Decimal(2), upper=Decimal(3)),)
    assert "The target is 2.0% to 3.0%." in trend_alt(measure, drawn(measure, known, aims=ranged))
    late = (Aim(period=BEGINS.shifted(9), number=Decimal(5)),)
    assert "target" not in trend_alt(measure, drawn(measure, known, aims=late))
    chart = drawn(
        measure, known, milestones=tuple(Milestone(period=BEGINS.shifted(step), number=Decimal(2)) for step in (3, 90)),
        path=(Expected(period=BEGINS, number=Decimal(4), low=Decimal(4), high=Decimal(4)),),
    )  # fmt: skip
    said = recovery_alt(measure, chart, newest="As expected.")
    assert said.endswith(
        "It fell from 4.0% in Apr 2014 to 3.0% in May 2014. Milestones: 2.0% by Jul 2014. As expected."
    )
    moved = replace(chart, first_path=chart.path)
    assert recovery_alt(measure, moved, newest="").endswith("Paler, the path as it was first set.")
    assert recovery_alt(measure, replace(chart, path=()), newest="As expected.").endswith("by Jul 2014.")


def test_stretches_are_their_averages_and_themes_where_they_end() -> None:
    measure, known = a_measure(), {BEGINS: Decimal(4), BEGINS.following: Decimal(3)}
    before = Line(name="Before", numbers=((BEGINS, Decimal("3.5")),))
    chart = drawn(measure, known, lines=(Line(name="Testing", numbers=tuple(known.items())), before))
    assert stretches_alt(measure, chart).endswith("On average before the plan 3.5%.")
    themes = Trend(
        periods=(Period(start=date(2017, 4, 1), months=3), Period(start=date(2017, 7, 1), months=3)), unit="number",
        lines=tuple(Line(name=name, numbers=((Period(start=date(2017, 7, 1), months=3), Decimal(number)),))
                    for name, number in (("Bins", 12), ("Roads", 3))),
    )  # fmt: skip
    assert themes_alt(themes) == (
        "Line chart of feedback by theme and quarter, first Bins, Q2 (July to September) 2017/18. "
        "It was 12 in Q2 2017/18. Roads was 3 in Q2 2017/18."
    )


def test_years_side_by_side_say_the_break_between_them() -> None:
    years = [Period.year(2015), Period.year(2016)]
    measure = a_measure(breaks=(SeriesBreak(on=date(2016, 4, 1), reason="New."),))
    found = [Season(name="2015/16", numbers=(None, Decimal(3))), Season(name="2016/17", numbers=(Decimal(2), None))]
    said = season_alt(measure, found, ["Apr", "May"], over=years)
    assert said == (
        "Line chart of Adults who smoke, a line a year. In Apr: 2015/16 no figure; 2016/17 2.0%. "
        f"Figures from 1 April 2016 {UNCOMPARED}"
    )


def test_places_parts_and_what_came() -> None:
    measure = a_measure()
    numbers = {BEGINS: Decimal(4), BEGINS.following: Decimal(3)}
    for shape, kind in (("line", "Line chart"), ("bars", "Ranked bars"), ("dots", "Dot plot")):
        assert explored_alt(shape, measure, [("Testing", numbers), ("England", {})]) == (
            f"{kind} of Adults who smoke. Latest: Testing 3.0% in May 2014."
        )
    places = [Place(name="Testing", number=Decimal(3), words="3.0%", is_ours=True)]
    assert dots_alt(measure, places, when="All figures are for May 2014.") == (
        "Dot plot of Adults who smoke. Testing 3.0%. All figures are for May 2014."
    )
    parts = [Part(cause=Cause.SEASON, amount=Decimal("1.25")), Part(cause=Cause.REST, amount=Decimal(-2))]
    assert parts_alt(measure, parts) == (
        "Bar chart of the parts of the change: Usual for the season +1.3 percentage points; "
        "Cannot be told −2.0 percentage points."
    )
    months = {BEGINS: Counts(due=2, received=2, on_time=1), BEGINS.following: Counts()}
    assert came_alt("Testing", months, "Of 2 figures 2 were received.") == (
        "Line chart of figures received and on time in percent, Testing, April 2014 to May 2014. "
        "Of 2 figures 2 were received. In 1 of these months nothing was due."
    )
