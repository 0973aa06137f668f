"""Charts of Review, drawn by the library that draws them in files: their words are there, and gaps stay gaps."""

import re
from datetime import date
from decimal import Decimal

import vl_convert

from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.reckoning.spc import Process, read_process
from reporting.charts import over_time
from reporting.charts.fan import Expected
from reporting.charts.marks import Mark
from reporting.charts.parts_chart import parts_chart
from reporting.charts.season_chart import Season, seasons
from reporting.charts.spc_chart import ProcessChart, is_clipped, spc
from reporting.documents import fonts
from tests.performance.builders import LATER, a_measure, a_series, months

START = Period.month(2015, 4)


def drawn(spec: over_time.Spec) -> str:
    return str(vl_convert.vegalite_to_svg(spec | {"width": 600}))


def a_chart(entries: list[str | None], measure: Measure | None = None, **fields: object) -> ProcessChart:
    measure = measure or a_measure()
    process = read_process(measure, a_series(months(entries, "2015-04")), up_to=LATER)
    assert isinstance(process, Process)
    periods = tuple(START.shifted(place) for place in range(len(entries)))
    return ProcessChart(measure=measure, process=process, periods=periods, **fields)  # type: ignore[arg-type]


def layers(spec: over_time.Spec, kind: str) -> list[over_time.Spec]:
    return [each for each in spec["layer"] if each["mark"]["type"] == kind]


NOISE = [str(100 + (place * 7) % 5) for place in range(20)]


def test_signals_have_a_shape_and_a_colour_of_their_own() -> None:
    spec = spc(a_chart([*NOISE, "140"]))
    marks = {(each["mark"]["shape"], each["mark"]["color"]) for each in layers(spec, "point")}
    assert ("circle", "#6F7777") in marks
    assert ("diamond", "#12436D") in marks
    assert drawn(spec).startswith("<svg")


def test_the_target_and_the_day_of_new_limits_are_named() -> None:
    mark = Mark(on=date(2016, 4, 1), words="Limits set anew")
    svg = drawn(spc(a_chart(NOISE, starts=(mark,), target=Decimal(99))))
    assert "Target 99" in svg
    assert "Limits set anew" in svg


def test_a_gap_in_the_figures_is_a_gap_in_the_line() -> None:
    (line,) = layers(spc(a_chart([*NOISE[:10], None, *NOISE[10:]])), "line")
    runs = [row["run"] for row in line["data"]["values"]]
    assert runs == [runs[0]] * 10 + [runs[10]] * 10
    assert runs[0] != runs[10]


def test_limits_below_nothing_are_cut_off_and_said_to_be() -> None:
    chart = a_chart([str((place * 7) % 5) for place in range(20)])
    assert is_clipped(chart)
    lows = [row["lower"] for each in layers(spc(chart), "tick") for row in each["data"]["values"] if "lower" in row]
    assert lows
    assert set(lows) == {0.0}
    assert not is_clipped(a_chart(NOISE))


def test_years_are_named_at_their_ends_and_gaps_are_not_joined() -> None:
    years = [
        Season(name="2015/16", numbers=(Decimal(1), None, Decimal(3), Decimal(3))),
        Season(name="2016/17", numbers=(Decimal(2), Decimal(2), Decimal(2), Decimal(3))),
    ]
    spec = seasons(years, ["Q1", "Q2", "Q3", "Q4"], unit="number")
    svg = drawn(spec)
    assert "2015/16" in svg
    assert "2016/17" in svg
    first = layers(spec, "line")[0]["data"]["values"]
    assert [row["run"] for row in first] == [0, 1, 1]
    moves = [each["mark"]["dy"] for each in layers(spec, "text")]
    assert abs(moves[0] - moves[1]) >= 17


def test_the_fan_begins_at_the_newest_figure_and_a_plan_is_marked() -> None:
    known = tuple((START.shifted(place), Decimal(place)) for place in range(4))
    ahead = (Expected(period=START.shifted(4), number=Decimal(5), low=Decimal(4), high=Decimal(6)),)
    chart = over_time.Trend(
        periods=tuple(START.shifted(place) for place in range(5)),
        lines=(over_time.Line(name="Testing", numbers=known),),
        unit="number",
        fan=ahead,
        marks=(Mark(on=date(2015, 5, 20), words="R-01 agreed", anew=False),),
    )
    spec = over_time.trend(chart)
    (area,) = layers(spec, "area")
    assert [(row["low"], row["high"]) for row in area["data"]["values"]] == [(3.0, 3.0), (4.0, 6.0)]
    assert "R-01 agreed" in drawn(spec)


def test_parts_of_a_change_stand_on_both_sides_and_their_words_to_the_right() -> None:
    spec = parts_chart([("The season", Decimal(3), "+3"), ("Cannot be told", Decimal(-1), "−1")], unit="number")
    assert [(row["number"], row["beside"]) for row in spec["data"]["values"]] == [(3.0, 3.0), (-1.0, 0.0)]
    svg = drawn(spec)
    assert "Cannot be told" in svg
    assert "+3" in svg


def test_the_words_beside_the_parts_of_a_change_have_room_on_a_telephone() -> None:
    words = "+513,333"
    spec = parts_chart(
        [("The target moved", Decimal(513333), words), ("Cannot be told", Decimal(-1), "−1")], unit="number"
    )
    svg = drawn(spec | {"width": 312})
    plot, *bars = re.findall(r' d="M(-?[0-9.]+),[0-9.]+h([0-9.]+)v[1-9]', svg)
    assert bars
    ends = max(float(begins) + float(wide) for begins, wide in bars)
    assert ends + 5 + fonts.width(words, size=13) <= float(plot[1]), "the plot is as wide as the picture lets it be"
