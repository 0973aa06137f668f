"""Charts: what is joined and what is not, what is aimed at, and that every one of them can really be drawn."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
import vl_convert

from performance.ground.periods import Period, parse_period
from reporting.charts import over_time
from reporting.charts.dots import Place, dots
from reporting.charts.sparkline import sparkline

MONTHS = tuple(Period.month(2017, 1).shifted(step) for step in range(8))
SVG = "{http://www.w3.org/2000/svg}"


def line(*numbers: str | None, name: str = "Testing") -> over_time.Line:
    known = zip(MONTHS, numbers, strict=False)
    return over_time.Line(name=name, numbers=tuple((month, Decimal(each)) for month, each in known if each is not None))


def chart(*lines: over_time.Line, **fields: Any) -> over_time.Trend:
    return over_time.Trend(periods=MONTHS, lines=lines, unit="percent", **fields)


def drawn(spec: over_time.Spec) -> ElementTree.Element:
    """Rendered for real, without a warning of the renderer and without a network."""
    text = vl_convert.vegalite_to_svg(spec | {"width": 600}, allowed_base_urls=[])
    assert vl_convert.vegalite_to_png(spec | {"width": 600}, allowed_base_urls=[]).startswith(b"\x89PNG")
    return ElementTree.fromstring(text)  # noqa: S314 - our own drawing


def words(root: ElementTree.Element) -> list[str]:
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def marks(spec: over_time.Spec, kind: str) -> list[over_time.Spec]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def runs(spec: over_time.Spec) -> list[list[str]]:
    """The periods joined to each other, run by run, of the first line."""
    rows = marks(spec, "line")[0]["data"]["values"]
    return [[row["period"] for row in rows if row["run"] == run] for run in sorted({row["run"] for row in rows})]


def test_a_gap_is_never_joined() -> None:
    spec = over_time.trend(chart(line("1", "2", None, "4", None, None, "7", "8")))
    assert runs(spec) == [["Jan 2017", "Feb 2017"], ["Apr 2017"], ["Jul 2017", "Aug 2017"]]
    paths = [path.get("d") for path in drawn(spec).iter(f"{SVG}path") if path.get("stroke") == over_time.COLOURS[0]]
    assert [path.count("L") for path in paths if path and path.count("M") == 1 and "A" not in path] == [1, 0, 1]


def test_a_line_is_not_joined_across_a_break_and_the_break_is_said() -> None:
    spec = over_time.trend(chart(line(*"12345678"), breaks=((date(2017, 4, 1), "Counted anew"),)))
    assert [len(run) for run in runs(spec)] == [3, 5]
    assert "New method" in words(drawn(spec))


def test_a_break_before_the_first_period_or_after_the_last_is_not_drawn() -> None:
    spec = over_time.trend(chart(line(*"12345678"), breaks=((date(2016, 4, 1), "Old"), (date(2019, 4, 1), "Later"))))
    assert [len(run) for run in runs(spec)] == [8]
    assert "New method" not in words(drawn(spec))


def test_every_period_has_its_place_on_the_axis_with_or_without_a_figure() -> None:
    spec = over_time.trend(chart(line("1", None, None, "4")))
    assert len(marks(spec, "line")[0]["encoding"]["x"]["scale"]["domain"]) == 8


def test_a_target_steps_where_it_changes_and_its_tolerance_is_a_band() -> None:
    aims = tuple(
        over_time.Aim(period=month, number=Decimal(number), amber=((Decimal(number) - 1, Decimal(number)),))
        for month, number in zip(MONTHS, (10, 10, 10, 12, 12, 12, 12, 12), strict=True)
    )
    spec = over_time.trend(chart(line(*"12345678"), aims=aims))
    (target,) = marks(spec, "tick")
    assert [row["number"] for row in target["data"]["values"]] == [10.0] * 3 + [12.0] * 5
    (band,) = marks(spec, "bar")
    assert [(row["from"], row["to"]) for row in band["data"]["values"]][2:4] == [(9.0, 10.0), (11.0, 12.0)]
    assert "Target 12" in words(drawn(spec))


def test_a_target_is_written_with_the_measures_decimals_and_never_rounded() -> None:
    for number, said in (("9", "Target 9.0"), ("9.25", "Target 9.25"), ("1200", "Target 1,200.0")):
        aim = over_time.Aim(period=MONTHS[0], number=Decimal(number))
        assert said in words(drawn(over_time.trend(chart(line("1"), aims=(aim,), decimals=1))))


def test_the_targets_name_stands_on_the_side_where_our_line_is_not() -> None:
    for numbers, above in ((("5", "6", "7"), True), (("15", "16", "17"), False)):
        spec = over_time.trend(chart(line(*numbers), aims=(over_time.Aim(period=MONTHS[0], number=Decimal(10)),)))
        name = next(each for each in marks(spec, "text") if each["mark"]["text"].startswith("Target"))
        assert (name["mark"]["dy"] < 0) is above


def test_a_range_is_amber_on_both_sides() -> None:
    sides = ((Decimal(2), Decimal(3)), (Decimal(6), Decimal(7)))
    aims = tuple(over_time.Aim(period=month, lower=Decimal(3), upper=Decimal(6), amber=sides) for month in MONTHS)
    (band,) = marks(over_time.trend(chart(line(*"12345678"), aims=aims)), "bar")
    assert {(row["from"], row["to"]) for row in band["data"]["values"]} == {(2.0, 3.0), (6.0, 7.0)}


def test_a_range_has_both_its_bounds() -> None:
    aims = tuple(over_time.Aim(period=month, lower=Decimal(3), upper=Decimal(6)) for month in MONTHS)
    said = words(drawn(over_time.trend(chart(line(*"12345678"), aims=aims))))
    assert {"Lower 3", "Upper 6"} <= set(said)


def test_a_milestone_is_a_point_on_its_period() -> None:
    goal = over_time.Milestone(period=MONTHS[5], number=Decimal(3))
    spec = over_time.trend(chart(line(*"1234"), milestones=(goal,)))
    assert marks(spec, "point")[-1]["data"]["values"][0]["words"] == "Milestone 3"
    drawn(spec)


def test_every_line_is_named_and_no_name_covers_another() -> None:
    spec = over_time.trend(chart(*(line("1", "2", "3", name=name) for name in ("Testing", "England", "West Midlands"))))
    root = drawn(spec)
    assert {"Testing", "England", "West Midlands"} <= set(words(root))
    moves = sorted(layer["mark"]["dy"] for layer in marks(spec, "text"))
    assert all(below - above >= 15 for above, below in pairwise(moves))


def test_one_line_alone_needs_no_name() -> None:
    assert "Testing" not in words(drawn(over_time.trend(chart(line("1", "2")))))


def test_bars_stand_on_zero_and_carry_their_numbers() -> None:
    spec = over_time.trend(chart(line("10", "12"), bars=True))
    assert {"10", "12"} <= set(words(drawn(spec)))
    assert marks(spec, "bar")[0]["encoding"]["y"]["scale"]["zero"] is True


@pytest.mark.parametrize("numbers", [("5",), ("0", "0", "0"), ("-3", "4"), ("1", None, "1"), ("123456789.5", "1")])
def test_any_numbers_can_be_drawn(numbers: tuple[str | None, ...]) -> None:
    drawn(over_time.trend(chart(line(*numbers), line("1", name="England"))))


@pytest.mark.parametrize("unit", ["percent", "pounds", "number", "per 1,000", "days"])
def test_the_axis_writes_numbers_as_the_council_does(unit: str) -> None:
    said = words(drawn(over_time.trend(over_time.Trend(periods=MONTHS, lines=(line("1000", "2000"),), unit=unit))))
    sign = {"percent": "2,000%", "pounds": "£2,000"}.get(unit, "2,000")
    assert sign in said


def test_a_pooled_series_moves_on_by_a_year() -> None:
    first, last = parse_period("2013-01-01/P3Y"), parse_period("2016-01-01/P3Y")
    assert [period.start.year for period in over_time.every_period(first, last)] == [2013, 2014, 2015, 2016]


def test_a_long_name_leaves_room_for_the_lines() -> None:
    """A page makes room for what is drawn; a picture is given it, and only so much."""
    names = ("Bournemouth, Christchurch and Poole", "England")
    on_a_page, picture = (
        over_time.trend(chart(*(line("1", "2", "3", name=name) for name in names)), **width)  # type: ignore[arg-type]
        for width in ({}, {"width": 326})
    )
    assert on_a_page["padding"]["right"] == 5
    assert picture["padding"]["right"] == 20 + over_time.WIDEST_NAME


def test_a_ranking_names_every_ward_and_draws_the_whole_council() -> None:
    bars = tuple(over_time.Bar(name=name, number=Decimal(number), words=number, chosen=name == "Penn")
                 for name, number in (("Park", "9"), ("Penn", "7"), ("Oxley", "7")))  # fmt: skip
    ranking = over_time.Ranking(bars=bars, unit="percent", against=Decimal(8), against_words="Testing 8%")
    said = words(drawn(over_time.ranking(ranking)))
    assert {"Park", "Penn", "Oxley", "Testing 8%"} <= set(said)
    assert said.index("Park") < said.index("Penn")


@pytest.mark.parametrize(("against", "align"), [("8", "right"), ("2", "left")])
def test_the_name_of_the_line_stands_where_there_is_room_for_it(against: str, align: str) -> None:
    bars = (over_time.Bar(name="Park", number=Decimal(9), words="9", chosen=False),)
    ranking = over_time.Ranking(bars=bars, unit="percent", against=Decimal(against), against_words="A long name 8%")
    assert over_time.ranking(ranking)["layer"][-1]["mark"]["align"] == align


def test_places_side_by_side_keep_their_order_and_say_the_period_of_each() -> None:
    names = (("Testing", "16.5", "2016"), ("England", "15.5", "2016"), ("Walsall", "16", "2015"))
    places = [Place(name=name, number=Decimal(number), words=f"{number}%, {year}", is_ours=name == "Testing",
                    is_council=name == "Walsall") for name, number, year in names]  # fmt: skip
    said = words(drawn(dots(places, unit="percent")))
    assert {"16.5%, 2016", "15.5%, 2016", "16%, 2015"} <= set(said)
    assert said.index("Testing") < said.index("England") < said.index("Walsall")


# Sparklines


def spark(*numbers: str | None) -> ElementTree.Element:
    text = sparkline([None if each is None else Decimal(each) for each in numbers])
    return ElementTree.fromstring(text)  # noqa: S314 - our own drawing


def test_a_sparkline_is_well_formed_and_marks_its_last_figure() -> None:
    root = spark("1", "2", "3")
    assert root.tag == f"{SVG}svg"
    circle = root.find(f"{SVG}circle")
    assert circle is not None
    assert float(circle.get("cx", "0")) == float(root.get("width", "0")) - 4


def test_gaps_stay_gaps_in_a_sparkline_and_a_figure_between_two_is_a_dot() -> None:
    path = spark("1", "2", None, "4", None, "5", "6").find(f"{SVG}path")
    assert path is not None
    parts = re.findall("M[^M]+", path.get("d", ""))
    assert [("L" in part, "h0" in part) for part in parts] == [(True, False), (False, True), (True, False)]


def test_a_sparkline_of_nothing_is_nothing_and_of_one_or_of_equal_figures_is_drawn() -> None:
    assert sparkline([None, None]) == ""
    assert sparkline([]) == ""
    spark("3")
    spark("3", "3")
