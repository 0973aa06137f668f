"""How the annual-report chart is drawn: one Vega-Lite specification for the screen, the files and the Word page."""

from decimal import Decimal
from typing import Any, Literal

import altair as alt

from performance.ground.values import Absence, rounded
from performance.report.annual import ChartKind
from reporting.charts.authored import COLOURS, EDGE, FILLED, INK, QUIET, Spec, authored, filled, over, whole
from reporting.charts.axes import in_words, sign_of
from reporting.documents import fonts
from reporting.documents.annual import ChartPage

_WIDTH, _HEIGHT, _LINE, _NAME_WIDTH = 620, 300, 17, 170
_PERIODS = alt.X("period:O", sort=None, axis=alt.Axis(), scale=alt.Scale(domain=FILLED))
_NAMED = alt.Color("series:N", sort=FILLED, scale=alt.Scale(domain=FILLED, range=FILLED))


def spec(page: ChartPage, *, bare: bool = False) -> Spec:
    """The chart as a Vega-Lite specification. Bare, it leaves headline and notes to the text around it."""
    notes = [] if bare else [line for note in page.notes for line in fonts.wrap(note, _WIDTH, size=11)]
    x = over([period.short for period in page.periods]) | {"axis": {"title": notes or None}}
    layers = (_lines if page.kind is ChartKind.LINE else _bars)(page, x)
    drawn = whole(_frame(), layers, rows=_values(page)) | {"description": page.alt}
    if not bare:
        drawn["title"] = {
            "text": fonts.wrap(page.headline, _WIDTH, size=20, bold=True) or [""],
            "subtitle": fonts.wrap(page.subtitle, _WIDTH, size=13),
        }
    return drawn


def _values(page: ChartPage) -> list[Spec]:
    """A row a period and series; `run` changes after a gap and at a break, and only figures of one run are joined."""
    rows: list[Spec] = []
    for each in page.series:
        run, joined = 0, False
        for period in page.periods:
            value = rounded(each.values.get(period, Absence.NOT_PROVIDED), page.measure.decimals)
            if not isinstance(value, Decimal):
                joined = False
                continue
            broken = any(period.previous.start < pause.on <= period.start for pause in page.measure.breaks)
            run += broken or not joined
            joined = True
            printed = page.measure.print_value(value)
            rows.append(
                {"period": period.short, "series": each.name, "value": float(value), "printed": printed, "run": run}
            )
    return rows


def _colours(page: ChartPage) -> Spec:
    names = [each.name for each in page.series]
    return {"sort": names, "scale": {"domain": names, "range": list(COLOURS[: len(names)])}}


def _lines(page: ChartPage, x: Spec) -> list[Spec]:
    """Lines named at their ends, so that nobody has to match colours with a key."""
    lowest, highest = _domain(page)
    sign, labels = sign_of(page.measure.unit), _labels(page, lowest, highest)
    y = {"scale": {"domain": [lowest, highest]}}
    return [
        filled(_line(sign), x=x, y=y, color=_colours(page)),
        *(filled(_label(sign, is_edge), labels, x=x, y=y) for is_edge in (True, False)),
    ]


def _labels(page: ChartPage, lowest: float, highest: float) -> list[Spec]:
    """The names where the last of the lines ends, pushed apart where they would stand on each other."""
    ends = []
    newest = max((max(each.numbers) for each in page.series if each.numbers), default=page.periods[-1])
    for each in page.series:
        if numbers := each.numbers:
            last = max(numbers)
            words = fonts.wrap(f"{each.name} {page.measure.print_value(numbers[last])}", _NAME_WIDTH, size=13)
            ends.append((float(numbers[last]), len(words), "\n".join(words)))
    pixel = (highest - lowest or 1) / _HEIGHT
    placed: list[Spec] = []
    floor = None
    for value, lines, label in sorted(ends):
        half = lines * _LINE / 2 * pixel
        at = value if floor is None else max(value, floor + half)
        # Of several lines of text, Vega puts the first one at the value.
        first_line = at + (lines - 1) * _LINE / 2 * pixel
        placed.append({"period": newest.short, "value": first_line, "label": label})
        floor = at + half
    return placed


def _domain(page: ChartPage) -> tuple[float, float]:
    """From zero where that still shows the change; otherwise a little beyond the figures."""
    numbers = [number for each in page.series for number in each.numbers.values()]
    least, most = float(min(numbers)), float(max(numbers))
    room = (most - least or abs(most) or 1) * 0.15
    if least >= 0 and (most - least) * 4 >= most:
        return 0, most + room
    return (max(0, least - room) if least >= 0 else least - room), most + room


def _bars(page: ChartPage, x: Spec) -> list[Spec]:
    """Bars that start at zero, each with its number where there is room for it."""
    sign, several, drawn = sign_of(page.measure.unit), len(page.series) > 1, len(page.periods) * len(page.series)
    colours = _colours(page)
    beside: dict[str, Any] = {"xOffset": {"sort": colours["sort"]}} if several else {}
    layers = [filled(_bar(sign, several), x=x, color=colours, **beside)]
    if drawn <= 24:
        size = 10 if drawn > 12 else 12
        layers += [
            filled(_number(sign, several, is_below, size, is_edge), x=x, **beside)
            for is_below in (False, True)
            for is_edge in (True, False)
        ]
    return layers


@authored
def _frame() -> alt.LayerChart:
    return (
        alt.layer()
        .properties(width=_WIDTH, height=_HEIGHT, background="#FFFFFF", padding=16)
        .configure(font=fonts.FAMILY)
        .configure_view(stroke=None)
        .configure_title(
            anchor="start", frame="group", color=INK, fontSize=20, fontWeight="bold",
            subtitleColor=QUIET, subtitleFontSize=13, subtitlePadding=6, offset=18,
        )
        .configure_axis(
            labelColor=INK, labelFontSize=13, titleColor=QUIET, titleFontSize=11, titleFontWeight="normal",
            gridColor="#D9D9D9", domainColor="#6F7777", tickColor="#6F7777",
        )
        .configure_axisX(titleAnchor="start", titleAlign="left", titlePadding=16, labelAngle=0, grid=False,
                         labelOverlap="greedy")
        .configure_legend(labelFontSize=13, labelColor=INK, title=None, orient="top", symbolType="square",
                          labelLimit=600, columns=2)
    )  # fmt: skip


def _upright(sign: str, **scale: Any) -> alt.Y:
    axis = alt.Axis(title=None, tickCount=5, labelExpr=in_words(sign))
    return alt.Y("value:Q", axis=axis, scale=alt.Scale(nice=True, **scale))


@authored
def _line(sign: str) -> alt.Chart:
    made = alt.Chart().mark_line(strokeWidth=3, point=alt.OverlayMarkDef(filled=True, size=55))
    return made.encode(x=_PERIODS, y=_upright(sign), color=_NAMED.legend(None), detail="run:N")


@authored
def _label(sign: str, is_edge: bool) -> alt.Chart:
    drawn = EDGE if is_edge else {"color": INK}
    made = alt.Chart().mark_text(align="left", baseline="middle", dx=10, fontSize=13, lineBreak="\n", **drawn)
    return made.encode(x=_PERIODS, y=_upright(sign), text="label:N")


@authored
def _bar(sign: str, several: bool) -> alt.Chart:
    made = alt.Chart().mark_bar(cornerRadius=0).encode(x=_PERIODS, y=_upright(sign, zero=True))
    if not several:
        return made.encode(color=_NAMED.legend(None))
    return made.encode(color=_NAMED, xOffset=alt.XOffset("series:N", sort=FILLED))


@authored
def _number(sign: str, several: bool, is_below: bool, size: int, is_edge: bool) -> alt.Chart:
    """The numbers at the ends of bars, of those from zero up or of those below it; or the white edge behind them."""
    baseline: Literal["top", "bottom"] = "top" if is_below else "bottom"
    side, away = ("<", 3) if is_below else (">=", -3)
    drawn = EDGE if is_edge else {"color": INK}
    made = alt.Chart().mark_text(baseline=baseline, dy=away, fontSize=size, **drawn)
    made = made.transform_filter(f"datum.value {side} 0")
    made = made.encode(x=_PERIODS, y=_upright(sign, zero=True), text="printed:N")
    return made.encode(xOffset=alt.XOffset("series:N", sort=FILLED)) if several else made
