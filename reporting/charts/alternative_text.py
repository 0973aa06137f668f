"""Each chart in words, for those who do not see it: written from the very points that the chart draws."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.periods import Frequency, Period, day_in_words
from performance.ground.reckoning.spc import PointType
from performance.ground.values import Value
from performance.review.ahead.forecast import Forecast
from performance.review.explaining import Part
from performance.review.quality.received import Counts
from performance.review.variation import Variation
from reporting.charts.dots import Place
from reporting.charts.over_time import Aim, Trend, axis_of
from reporting.charts.season_chart import Season
from reporting.charts.spc_chart import ProcessChart
from reporting.words.explained import name_of, signed
from reporting.words.movement import Movement, is_same_part, movement

Known = Sequence[tuple[Period, Decimal]]
_SHAPES = {"line": "Line chart", "bars": "Ranked bars", "dots": "Dot plot"}


def course(measure: Measure, numbers: Known, periods: Iterable[Period] = ()) -> str:
    """What became of a line: from what to what, its extremes, and what cannot be compared or is not there.

    `periods` are those of the axis, so that a gap in the line is a gap in the words.
    """
    if not numbers:
        return "There are no figures to draw."
    last, end = max(numbers)
    moved = movement(measure, dict(numbers))
    said = _moved(moved) if moved else f"It was {measure.print_value(end)} in {last.short}."
    return " ".join(filter(None, (said, *_cautions(measure, [period for period, _ in numbers], periods))))


def trend_alt(measure: Measure, chart: Trend, *, ahead: Forecast | None = None) -> str:
    """A chart over time: our line, where the others end, the target, and where it is expected to end."""
    expected = f"Expected in {ahead.period.in_words}: {ahead.in_words(measure)}." if ahead else ""
    return _drawn(measure, chart, f"{measure.title} for {chart.lines[0].name}", _ends(measure, chart), expected)


def recovery_alt(measure: Measure, chart: Trend, *, newest: str) -> str:
    """The measure of a recovery plan with the milestones drawn, and its newest figure against the expected path."""
    shown = [each for each in chart.milestones if each.period in chart.periods]
    milestones = ", ".join(f"{measure.print_target(each.number)} by {each.period.short}" for each in shown)
    said = f"Milestones: {milestones}." if milestones else ""
    if chart.first_path and chart.path:
        said += " Paler, the path as it was first set."
    return _drawn(measure, chart, f"{measure.title} for {chart.lines[0].name}", said, newest if chart.path else "")


def stretches_alt(measure: Measure, chart: Trend) -> str:
    """A line cut where a plan began and ended: beside ours, each line is the average of a stretch."""
    averages = [
        f"{line.name.lower()} the plan {measure.print_value(line.numbers[0][1])}"
        for line in chart.lines[1:]
        if line.numbers
    ]
    said = f"On average {'; '.join(averages)}." if averages else ""
    return _drawn(measure, chart, f"{measure.title}, in stretches", said)


def counts_of(measure: Measure, title: str, numbers: Iterable[Decimal]) -> Measure:
    """What a measure counts, as a measure: a plain number with as many decimals as any of its counts has."""
    places = max((-int(number.as_tuple().exponent) for number in numbers), default=0)
    return replace(measure, title=title, unit="number", decimals=max(places, 0))


def counts_alt(counts: Measure, chart: Trend) -> str:
    return _drawn(counts, chart, counts.title)


def themes_alt(chart: Trend) -> str:
    """What people said by theme: how the first theme went, and where the others end."""
    first = chart.lines[0].name
    counts = Measure(
        code="", title=first, unit="number", polarity=Polarity.CONTEXT, accumulation=Accumulation.IN_PERIOD,
        frequency=Frequency.QUARTERLY, unit_code="",
    )  # fmt: skip
    return _drawn(counts, chart, f"feedback by theme and quarter, first {first}", _ends(counts, chart))


def came_alt(unit: str, months: Mapping[Period, Counts], said: str) -> str:
    """Figures received and on time as shares: a month in which nothing was due is a gap."""
    empty = sum(not counts.due for counts in months.values())
    gaps = f" In {empty} of these months nothing was due." if empty else ""
    return f"Line chart of figures received and on time in percent, {unit}, {_span(list(months))}. {said}{gaps}"


def season_alt(measure: Measure, years: Sequence[Season], parts: Sequence[str], *, over: Sequence[Period]) -> str:
    """The newest figure beside the same part of the years before; `over` are the years themselves."""
    place = max(place for place, number in enumerate(years[-1].numbers) if number is not None)
    numbers = [(year.name, year.numbers[place]) for year in years]
    said = "; ".join(f"{name} {'no figure' if each is None else measure.print_value(each)}" for name, each in numbers)
    return " ".join(
        [f"Line chart of {measure.title}, a line a year. In {parts[place]}: {said}.", *_broken(measure, over)]
    )


def spark_alt(measure: Measure, numbers: Known) -> str:
    """A small line, in which a gap is a gap."""
    if not numbers:
        return "No figures"
    said = course(measure, numbers, axis_of(dict(numbers)))
    return f"{len(numbers)} figure{'' if len(numbers) == 1 else 's'}: {said[0].lower()}{said[1:]}"


def explored_alt(shape: str, measure: Measure, lines: Sequence[tuple[str, Mapping[Period, Decimal]]]) -> str:
    """A measure for several places: what each came to last, with its own period."""
    known = [(name, numbers, _latest(numbers)) for name, numbers in lines if numbers]
    latest = [f"{name} {measure.print_value(numbers[last])} in {last.in_words}" for name, numbers, last in known]
    said = f"{_SHAPES[shape]} of {measure.title}. Latest: {'; '.join(latest)}."
    if shape != "line":
        return said
    return " ".join([said, *_broken(measure, sorted({period for _, numbers, _ in known for period in numbers}))])


def process_alt(chart: ProcessChart, found: Variation | None = None) -> str:
    """An XmR chart: from when to when, what is usual, the newest point, where it begins anew, and the target."""
    measure, shown = chart.measure, set(chart.periods)
    points = [point for point in chart.process.points if point.period in shown]
    last, limits = points[-1], chart.process.limits
    signals = sum(point.kind not in {None, PointType.COMMON_CAUSE} for point in points)
    kind = last.kind.in_words if last.kind else "not judged"
    assured = found.assured_in_words if found else ""
    return " ".join(
        [
            f"XmR chart of {measure.title}, {_span([point.period for point in points])}.",
            *([f"{limits.in_words(measure)}."] if limits else []),
            f"{signals} of {len(points)} points are real changes; "
            f"the newest, {measure.print_value(last.value)}, is {kind}.",
            *(
                f"{mark.words} from {day_in_words(mark.on)}."
                for mark in chart.starts
                if points[0].period.start < mark.on <= last.period.end
            ),
            *([] if chart.target is None else [f"The target is {measure.print_target(chart.target)}."]),
            *([f"{assured[0].upper()}{assured[1:]}."] if assured else []),
        ]
    )


def dots_alt(measure: Measure, places: Sequence[Place], *, when: str) -> str:
    """Places side by side: ours, those we are measured against, and the spread of the single councils."""
    named = "; ".join(f"{each.name} {each.words}" for each in places if not each.is_council)
    said = [f"Dot plot of {measure.title}. {named}."]
    councils = sorted((each for each in places if each.is_council), key=lambda each: each.number)
    if len(councils) < 2:
        said += [f"{each.name} {each.words}." for each in councils]
    else:
        low, high = councils[0], councils[-1]
        said.append(f"{len(councils)} councils from {low.words} ({low.name}) to {high.words} ({high.name}).")
    return " ".join([*said, when])


def parts_alt(measure: Measure, parts: Sequence[Part]) -> str:
    """A change in its parts."""
    said = "; ".join(f"{name_of(each)} {signed(measure, each.amount)}" for each in parts)
    return f"Bar chart of the parts of the change: {said}."


def wards_alt(
    kind: str,
    measure: Measure,
    period: Period,
    ranked: Sequence[tuple[str, Value]],
    *,
    of: int,
    beside: str = "",
    coloured: Sequence[tuple[str, Sequence[str]]] = (),
) -> str:
    """A map or ranked bars: the highest and the lowest `of` so many wards, and what the colours say."""
    hidden = of - len(ranked)
    return " ".join(
        [
            f"{kind} of {measure.title} by ward, {period.in_words}.",
            _spread(measure, ranked),
            *([f"{beside}."] if beside else []),
            *(f"{words}: {', '.join(names) or 'none'}." for words, names in (coloured if ranked else ())),
            *([f"{_counted(hidden, 'ward')} no figure that may be shown."] if hidden and ranked else []),
        ]
    )


def _drawn(measure: Measure, chart: Trend, of: str, *beside: str) -> str:
    """A chart over time: its kind, its span, our line, what stands beside it, and the target drawn."""
    kind = "Bar chart" if chart.bars and len(chart.lines) == 1 else "Line chart"
    numbers = _points(chart, 0)
    if not numbers:
        return f"{kind} of {of}. There are no figures to draw."
    opening = f"{kind} of {of}, {_span([period for period, _ in numbers])}."
    return " ".join(filter(None, (opening, course(measure, numbers, chart.periods), _target(measure, chart), *beside)))


def _points(chart: Trend, line: int) -> list[tuple[Period, Decimal]]:
    """What is drawn of a line: a number whose period is not on the axis is not."""
    shown = set(chart.periods)
    return sorted((period, number) for period, number in chart.lines[line].numbers if period in shown)


def _moved(moved: Movement) -> str:
    extremes = moved.extremes_in_words
    return f"{moved.in_words[:-1]}; {extremes}." if extremes else moved.in_words


def _cautions(measure: Measure, drawn: Sequence[Period], periods: Iterable[Period]) -> list[str]:
    first, last = min(drawn), max(drawn)
    said = _broken(measure, drawn)
    if measure.accumulation is Accumulation.CUMULATIVE and not all(is_same_part(each, last) for each in drawn):
        said.append("Totals to date are compared with the same part of other years alone.")
    gaps = [each for each in periods if first < each < last and each.months == last.months and each not in set(drawn)]
    if gaps:
        which = f"{gaps[0].short} has" if len(gaps) == 1 else f"{len(gaps)} periods between have"
        said.append(f"{which} no figure.")
    return said


def _broken(measure: Measure, drawn: Sequence[Period]) -> list[str]:
    """The breaks that lie between what is drawn, in a sentence."""
    pairs = list(pairwise(sorted(drawn)))
    days: set[date] = {each.on for each in measure.breaks for before, now in pairs if before.start < each.on <= now.end}
    if not days:
        return []
    return [f"Figures from {_and([day_in_words(day) for day in sorted(days)])} cannot be compared with earlier ones."]


def _ends(measure: Measure, chart: Trend) -> str:
    """Where each of the other lines ends."""
    ends = [
        (line.name, points[-1]) for place, line in enumerate(chart.lines) if place and (points := _points(chart, place))
    ]
    return " ".join(f"{name} was {measure.print_value(number)} in {period.short}." for name, (period, number) in ends)


def _target(measure: Measure, chart: Trend) -> str:
    """The newest target drawn; of which period, where the chart has others too."""
    shown = set(chart.periods)
    aims = sorted((each for each in chart.aims if each.period in shown), key=lambda each: each.period)
    said = [words for each in aims if (words := _aim(measure, each))]
    if not said:
        return ""
    return (
        f"The target is {said[-1]}."
        if len(set(said)) == 1
        else f"The target for {aims[-1].period.short} is {said[-1]}."
    )


def _aim(measure: Measure, aim: Aim) -> str:
    return " to ".join(measure.print_target(each) for each in (aim.number, aim.lower, aim.upper) if each is not None)


def _spread(measure: Measure, ranked: Sequence[tuple[str, Value]]) -> str:
    """Highest and lowest as printed; a place shared is said to be shared."""
    if not ranked:
        return "No ward has a figure that may be shown."
    printed = [(name, measure.print_value(value)) for name, value in ranked]
    top, bottom = printed[0][1], printed[-1][1]
    if top == bottom:
        return f"{_shared(printed, top)}: {top}."
    return f"Highest in {_shared(printed, top)}, {top}; lowest in {_shared(printed, bottom)}, {bottom}."


def _shared(printed: Sequence[tuple[str, str]], words: str) -> str:
    names = [name for name, each in printed if each == words]
    return _and(names) if len(names) < 3 else f"{names[0]} and {len(names) - 1} more"


def _latest(numbers: Mapping[Period, Decimal]) -> Period:
    return max(numbers, key=lambda period: (period.end, period.months))


def _span(periods: Sequence[Period]) -> str:
    first, last = min(periods), max(periods)
    return first.in_words if first == last else f"{first.in_words} to {last.in_words}"


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _counted(number: int, noun: str) -> str:
    return f"1 {noun} has" if number == 1 else f"{number} {noun}s have"
