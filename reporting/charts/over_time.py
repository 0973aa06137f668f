"""Charts over time and rankings as Vega-Lite specifications: the same on screen, in a picture and on a Word page.

How each layer looks is authored in Altair; here layers are chosen and filled. A missing period is a gap in the line,
never a join; nor is a line joined across a break in the series.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil

from performance.ground.periods import Period
from reporting.charts import ranking_layers, trend_layers
from reporting.charts.authored import COLOURS as COLOURS
from reporting.charts.authored import FORMER, filled, framed, over
from reporting.charts.authored import Spec as Spec
from reporting.charts.axes import Reach, Upright, sign_of
from reporting.charts.fan import Expected, fan_layers
from reporting.charts.marks import Mark, mark_layers
from reporting.documents import fonts

# Pixels of a name beside a line: more would leave no room for the lines on a telephone.
WIDEST_NAME, _NAME_SIZE = 168, 13


@dataclass(frozen=True, kw_only=True)
class Line:
    """A place's numbers by period, as printed. The first line of a chart is ours."""

    name: str
    numbers: tuple[tuple[Period, Decimal], ...]


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What a period was to reach: a number, or both bounds of a range; and each stretch that is still amber."""

    period: Period
    number: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    amber: tuple[tuple[Decimal, Decimal], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A point a recovery plan should reach."""

    period: Period
    number: Decimal


@dataclass(frozen=True, kw_only=True)
class Trend:
    """All that a trend chart shows. `periods` is every period of the axis, those without a figure included; `path` is
    what a recovery plan expects, `first_path` what it expected before its dates were moved."""

    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    unit: str
    decimals: int = 0
    aims: tuple[Aim, ...] = ()
    breaks: tuple[tuple[date, str], ...] = ()
    milestones: tuple[Milestone, ...] = ()
    fan: tuple[Expected, ...] = ()
    path: tuple[Expected, ...] = ()
    first_path: tuple[Expected, ...] = ()
    marks: tuple[Mark, ...] = ()
    bars: bool = False
    title: str = ""
    subtitle: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of a ranking: a name, a number as printed and its words; `chosen` is the one looked at."""

    name: str
    number: Decimal
    words: str
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """Bars from the highest to the lowest, with a line at a number they are measured against."""

    bars: tuple[Bar, ...]
    unit: str
    against: Decimal | None = None
    against_words: str = ""
    names: str = field(default="Ward")


def trend(chart: Trend, *, width: int | str = "container", height: int = 320, reach: Reach = Reach.FIGURES) -> Spec:
    """A line (or bars, which stand on zero) for each place over the periods, with target, tolerance, breaks and
    milestones."""
    labels = _labels(chart.periods)
    x = over([labels[period] for period in chart.periods])
    y = Upright(sign_of(chart.unit), Reach.FROM_ZERO if chart.bars else reach)
    layers = [
        *_aim_layers(chart, labels, x, y),
        *mark_layers(
            (*(Mark(on=day, words="New method") for day, _ in chart.breaks), *chart.marks), chart.periods, labels, x
        ),
        *fan_layers(chart.first_path, (), labels, x, y, colour=FORMER),
        *fan_layers(chart.path, (), labels, x, y, colour=COLOURS[2]),
        *fan_layers(chart.fan, chart.lines[0].numbers[-1:], labels, x, y, colour=COLOURS[0]),
        *(_bar_layers if chart.bars and len(chart.lines) == 1 else _line_layers)(chart, labels, x, y),
        *_milestone_layers(chart, labels, x, y),
        *_aim_names(chart, labels, x, y),
    ]
    room = _room_for((line.name for line in chart.lines), width) if len(chart.lines) > 1 else {}
    return framed(layers, width, height, title=chart.title, subtitle=chart.subtitle) | room


def ranking(chart: Ranking, *, width: int | str = "container") -> Spec:
    """Ranked bars from zero, each with its number; the chosen one outlined."""
    values = [
        {"name": bar.name, "number": float(bar.number), "words": bar.words, "chosen": bar.chosen} for bar in chart.bars
    ]
    layers = [ranking_layers.bars(sign_of(chart.unit)), ranking_layers.numbers()]
    if chart.against is not None:
        at = {"datum": float(chart.against)}
        # The name is to the line's left, where it has room above the bars' names too, unless the line is far there.
        align, dx = ("right", -4) if 3 * chart.against > max(bar.number for bar in chart.bars) else ("left", 4)
        name = {"align": align, "dx": dx, "text": chart.against_words}
        layers += [
            filled(ranking_layers.against(), x=at),
            filled(ranking_layers.against_name(), [{}], mark=name, x=at),
        ]
    room = _room_for((bar.words for bar in chart.bars), width)
    return framed(layers, width, 24 * max(len(values), 1), rows=values) | room


def every_period(first: Period, last: Period) -> tuple[Period, ...]:
    """Each period of the calendar from the first to the last, so that a chart shows the gaps."""
    found = [first]
    step = 12 if first.months > 12 else first.months
    while found[-1].start < last.start:
        found.append(found[-1].shifted(step))
    return tuple(found)


def axis_of(known: Collection[Period]) -> list[Period]:
    """What is known with the periods missing between; single days have none between."""
    first, last = min(known), max(known)
    return sorted({*known, *(every_period(first, last) if first.months else ())})


def _labels(periods: Iterable[Period]) -> dict[Period, str]:
    return {period: period.short for period in periods}


def _line_layers(chart: Trend, labels: dict[Period, str], x: Spec, y: Upright) -> list[Spec]:
    layers: list[Spec] = []
    ends: list[tuple[int, Spec]] = []
    for index, line in enumerate(chart.lines):
        rows = _line_rows(line, chart, labels)
        if not rows:
            continue
        colour, ours = COLOURS[index % len(COLOURS)], index == 0
        marked = ours or len(chart.periods) <= 16
        points = trend_layers.points(y, colour, 45 if marked else 12)
        layers += [
            filled(trend_layers.line(y, colour, 3 if ours else 2), rows, x=x),
            filled(points, rows, x=x, tooltip=trend_layers.named(points, line.name)),
        ]
        ends.append((index, rows[-1]))
    return layers + (_name_layers(chart, ends, x, y) if len(chart.lines) > 1 else [])


def _name_layers(chart: Trend, ends: list[tuple[int, Spec]], x: Spec, y: Upright) -> list[Spec]:
    """Each line's name beside its end, moved apart where two would stand on each other."""
    falling = sorted(ends, key=lambda end: -end[1]["number"])
    moves = apart([row["number"] for _, row in falling], _shown_range(chart))
    layers: list[Spec] = []
    for (index, row), move in zip(falling, moves, strict=True):
        sample = trend_layers.samples(y, COLOURS[index % len(COLOURS)])
        name = trend_layers.names(y, WIDEST_NAME, "normal" if index else "bold")
        layers += [
            filled(sample, [row], mark={"yOffset": move}, x=x),
            filled(name, [row], mark={"text": chart.lines[index].name, "dy": move}, x=x),
        ]
    return layers


def _shown_range(chart: Trend) -> float:
    numbers = [float(number) for line in chart.lines for period, number in line.numbers if period in chart.periods]
    aimed = [float(number) for aim in chart.aims for number in (aim.number, aim.lower, aim.upper) if number is not None]
    return max([*numbers, *aimed]) - min([*numbers, *aimed]) or 1


def apart(falling: Sequence[float], shown_range: float, *, height: int = 240, gap: int = 17) -> list[float]:
    """How many pixels to move each of the names, given from the highest down, so that each can be read."""
    wanted = [(falling[0] - number) / shown_range * height for number in falling]
    placed = list(wanted)
    for index in range(1, len(placed)):
        placed[index] = max(placed[index], placed[index - 1] + gap)
    # What was pushed down is shared out, so that the names stay around their lines.
    back = sum(new - old for new, old in zip(placed, wanted, strict=True)) / len(placed)
    return [round(new - back - old, 1) for new, old in zip(placed, wanted, strict=True)]


def _bar_layers(chart: Trend, labels: dict[Period, str], x: Spec, y: Upright) -> list[Spec]:
    rows = _line_rows(chart.lines[0], chart, labels)
    numbers = (trend_layers.bar_numbers(y, is_edge) for is_edge in (True, False))
    return [filled(layer, rows, x=x) for layer in (trend_layers.bars(y), *numbers)]


def _line_rows(line: Line, chart: Trend, labels: dict[Period, str]) -> list[Spec]:
    """A row a figure; `run` changes after a gap and at a break, and only figures of one run are joined."""
    known = dict(line.numbers)
    rows, run = [], 0
    before: Period | None = None
    for period in chart.periods:
        number = known.get(period)
        if number is None:
            before = None
            continue
        broken = before is not None and any(before.end < day <= period.end for day, _ in chart.breaks)
        run += before is None or broken
        rows.append({"period": labels[period], "number": float(number), "words": _words(number), "run": int(run)})
        before = period
    return rows


def _aim_layers(chart: Trend, labels: dict[Period, str], x: Spec, y: Upright) -> list[Spec]:
    aims = [aim for aim in chart.aims if aim.period in labels]
    band: list[Spec] = [
        {"period": labels[aim.period], "from": float(low), "to": float(high)}
        for aim in aims
        for low, high in aim.amber
        if low < high
    ]
    layers = [filled(trend_layers.tolerance(y), band, x=x)] if band else []
    for _, known in _aimed_at(aims):
        rows: list[Spec] = [{"period": labels[period], "number": float(number)} for period, number in known]
        layers.append(filled(trend_layers.targets(y), rows, x=x))
    return layers


def _aimed_at(aims: Iterable[Aim]) -> list[tuple[str, list[tuple[Period, Decimal]]]]:
    """The target, or the lower and the upper bound of a range, each by its periods."""
    given = list(aims)
    named = {"Target": "number", "Lower": "lower", "Upper": "upper"}
    found = [
        (name, [(aim.period, number) for aim in given if (number := getattr(aim, field)) is not None])
        for name, field in named.items()
    ]
    return [(name, known) for name, known in found if known]


def _aim_names(chart: Trend, labels: dict[Period, str], x: Spec, y: Upright) -> list[Spec]:
    """The newest target in words, over the lines, on the side of it where ours does not end."""
    layers: list[Spec] = []
    for name, known in _aimed_at(aim for aim in chart.aims if aim.period in labels):
        period, number = known[-1]
        is_above = any(figure < number for line in chart.lines[:1] for _, figure in line.numbers[-1:])
        words = {"dy": -10 if is_above else 13, "text": f"{name} {_aim_in_words(number, chart)}"}
        rows: list[Spec] = [{"period": labels[period], "number": float(number)}]
        layers += [filled(trend_layers.target_names(y, is_edge), rows, mark=words, x=x) for is_edge in (True, False)]
    return layers


def _milestone_layers(chart: Trend, labels: dict[Period, str], x: Spec, y: Upright) -> list[Spec]:
    rows: list[Spec] = [
        {"period": labels[each.period], "number": float(each.number), "words": f"Milestone {_words(each.number)}"}
        for each in chart.milestones
        if each.period in labels
    ]
    return [filled(trend_layers.milestones(y), rows, x=x)] if rows else []


def _aim_in_words(number: Decimal, chart: Trend) -> str:
    """As Measure.print_target writes it: with the decimals it has; one that never ends is cut."""
    own = -int(number.normalize().as_tuple().exponent)
    further = 0 if chart.unit == "pounds" else 1
    places = max(chart.decimals, own) if own <= 4 else chart.decimals + further
    return f"{number:,.{places}f}"


def _room_for(texts: Iterable[str], width: int | str) -> Spec:
    """Padding to the right as wide as the longest of the texts drawn there; beyond that, names are cut short.

    A page makes that room by itself, from the texts as they are drawn; twice would leave no chart on a telephone. A
    picture of a set width does not.
    """
    if width == "container":
        return {}
    widest = max((fonts.width(text, size=_NAME_SIZE, bold=True) for text in texts), default=0)
    return {"padding": {"left": 5, "top": 5, "bottom": 5, "right": 20 + min(ceil(widest), WIDEST_NAME)}}


def _words(number: Decimal) -> str:
    return f"{number:,f}"
