"""Illustrative figures: the same everywhere, possible for their measures, and with a month's whole variety."""

import shutil
from decimal import Decimal, localcontext
from pathlib import Path

import pytest

from intake.setup.illustrate import figures
from intake.setup.recipes import RecipeError
from performance.ground.entry import check_figure
from performance.ground.figures import Figure, FigureStatus
from performance.ground.measures import Accumulation
from performance.ground.periods import Frequency, Period, YearBasis, parse_period
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from tests.seeds.conftest import COUNCIL, SEEDS, TODAY, Council, rows


def test_the_same_recipes_give_the_same_figures(council: Council) -> None:
    with localcontext() as context:
        context.prec = 9
        again = figures(SEEDS, measures=council.measures, council=COUNCIL)

    assert again == list(council.illustrative)


def test_a_figure_is_the_same_on_every_machine(council: Council) -> None:
    first = next(each for each in council.illustrative if each.measure_code == "WCP1081")

    assert (first.period, first.numerator, first.denominator) == (Period.month(2014, 4), 4857, 5210)


def test_every_figure_is_possible_for_its_measure(council: Council) -> None:
    for each in council.illustrative:
        measure = council.measures[each.measure_code]
        assert measure.illustrative
        assert each.period.months == measure.frequency.months
        assert each.period == measure.own_period(each.period.end)
        assert measure.is_active(each.period)
        problems = check_figure(
            measure,
            numerator=each.numerator,
            denominator=each.denominator,
            value=each.value,
            absence=each.absence,
        )
        assert problems == [], each
        assert each.absence or measure.takes_counts is each.has_counts
        assert not each.has_counts or measure.takes_denominator is (each.denominator is not None)


def test_every_illustrative_measure_has_a_recipe_and_no_other_measure_has_one(council: Council) -> None:
    told = {each.measure_code for each in council.illustrative}

    assert told == {code for code, measure in council.measures.items() if measure.illustrative}


def test_monthly_figures_run_from_april_2014(council: Council) -> None:
    for code, measure in council.measures.items():
        if measure.illustrative and measure.frequency is Frequency.MONTHLY:
            periods = sorted(council.figures[code, COUNCIL])
            assert periods[0] == Period.month(2014, 4), code
            assert periods[-1] <= Period.month(2017, 10), code


def test_nothing_is_recorded_before_its_period_ends_or_after_today(council: Council) -> None:
    for each in council.illustrative:
        assert each.recorded_at is not None
        assert each.period.end < each.recorded_at.date() <= TODAY, each


def test_figures_of_a_return_were_there_when_it_was_submitted(council: Council) -> None:
    submitted = {(row["unit_code"], parse_period(row["period"])): row for row in rows("story/returns")}
    late = {(row["measure_code"], parse_period(row["period"])) for row in rows("illustrative_exceptions")}
    for each in council.illustrative:
        row = submitted.get((council.measures[each.measure_code].unit_code, each.period))
        if row and (each.measure_code, each.period) not in late:
            assert each.recorded_at is not None
            assert each.recorded_at.date().isoformat() <= row["submitted_on"], each
            assert each.recorded_by == row["submitted_by"]


def test_october_has_figures_only_where_its_return_was_submitted(council: Council) -> None:
    october = Period.month(2017, 10)
    submitted = {row["unit_code"] for row in rows("story/returns") if parse_period(row["period"]) == october}
    entered = {council.measures[each.measure_code].unit_code for each in council.illustrative if each.period == october}

    assert entered == submitted
    assert "WASTE" not in entered


def test_a_cumulative_figure_rises_within_its_cycle_and_begins_again_after_it(council: Council) -> None:
    for code, measure in council.measures.items():
        if measure.illustrative and measure.accumulation is Accumulation.CUMULATIVE:
            series = _first_told(council, code)
            first = min(series).start
            for period, figure in series.items():
                since = (period.start.year - first.year) * 12 + period.start.month - first.month
                if since and since % measure.cycle_months:
                    before = series[period.previous]
                    assert _size(figure) >= _size(before), (code, period)
                elif since:
                    assert _size(figure) < _size(series[period.previous])


def _first_told(council: Council, code: str) -> dict[Period, Figure]:
    return {
        each.period: each for each in council.illustrative if each.measure_code == code and each.area_code == COUNCIL
    }


def _size(figure: Figure) -> Decimal:
    return figure.numerator if figure.numerator is not None else Decimal(0)


def test_the_seasons_are_even_over_a_year() -> None:
    for row in rows("illustrative_seasons"):
        assert sum(Decimal(factor) for name, factor in row.items() if name != "season") == 12, row["season"]


BY_WARD = ["WCP1053", "WCP1075", "WCP1085", *(f"WCP{number}" for number in range(1145, 1152))]


@pytest.mark.parametrize("code", BY_WARD)
def test_the_citys_figure_is_the_sum_of_its_twenty_wards(council: Council, code: str) -> None:
    wards = [area for measure, area in council.figures if measure == code and area != COUNCIL]

    assert len(wards) == 20
    for period, city in council.figures[code, COUNCIL].items():
        parts = [council.figures[code, ward][period] for ward in wards]
        if all(part.absence is None for part in parts):
            assert sum(_size(part) for part in parts) == _size(city)


def test_small_counts_of_people_occur_in_wards_and_one_ward_measure_has_none(council: Council) -> None:
    def counts(code: str) -> list[Decimal]:
        return [_size(each) for each in council.illustrative if each.measure_code == code and each.area_code != COUNCIL]

    assert council.measures["WCP1085"].counts_people
    assert sum(1 <= count <= 4 for count in counts("WCP1085")) > 50
    assert council.measures["WCP1150"].counts_people
    assert sum(1 <= count <= 4 for count in counts("WCP1150")) > 20
    assert not any(1 <= count <= 4 for count in counts("WCP1053"))


def test_a_ward_profile_of_the_day_has_ten_measures_with_figures_of_every_ward(council: Council) -> None:
    newest = {Period.month(2017, 9), parse_period("2017-07-01/P3M")}
    wards = {row["ward_code"] for row in rows("illustrative_wards")}
    for code in BY_WARD:
        assert wards <= {area for measure, area in council.figures if measure == code}, code
        assert all(newest & council.figures[code, ward].keys() for ward in wards), code
    assert len(BY_WARD) == 10


def test_forecast_outturns_of_the_directorates_come_to_the_variance_of_the_whole_but_for_rounding(
    council: Council,
) -> None:
    parts = ["WCP1104", "WCP1105", "WCP1106"]
    budgets = {(line.target.measure_code, line.target.period): line.target.number for line in council.register.targets}
    for period, whole in council.figures["WCP1101", COUNCIL].items():
        year = Period.containing(period.start, months=12)
        apart = [(council.figures[code, COUNCIL][period].value, budgets[code, year]) for code in parts]
        together = sum(given - budget for given, budget in apart if given is not None and budget is not None)
        assert whole.value is not None
        assert abs(together - whole.value) <= 7000, period
    assert all(council.measures[code].is_outturn for code in ["WCP1101", *parts])


def test_a_month_without_any_decision_is_nought_of_nought(council: Council) -> None:
    figure = council.figures["WCP1095", COUNCIL][parse_period("2015-07-01/P3M")]

    assert (figure.numerator, figure.denominator) == (0, 0)


def test_every_state_occurs_on_the_day(council: Council) -> None:
    september = council.lines("2017-09")
    statuses = {line.rag for line in september.values()}

    assert statuses >= {
        Rag.GREEN,
        Rag.AMBER,
        Rag.RED,
        Rag.NO_TARGET,
        Rag.CONTEXT,
        Rag.NOT_PROVIDED,
        Rag.NOT_DUE,
        Rag.NOT_PUBLISHED,
        Rag.SUPPRESSED,
    }
    assert council.line("WCP1041", "2017-08").rag is Rag.NOT_APPLICABLE
    assert september["WCP1132"].rag is Rag.NOT_PROVIDED
    assert september["WCP1014"].rag is Rag.SUPPRESSED
    assert september["WCP1074"].value is Absence.NOT_PUBLISHED
    assert council.lines("2017-10")["WCP1072"].rag is Rag.NOT_DUE


def test_most_are_green_or_amber_and_six_to_nine_are_red(council: Council) -> None:
    september = [line.rag for line in council.lines("2017-09").values()]

    assert 6 <= september.count(Rag.RED) <= 9
    assert september.count(Rag.GREEN) > september.count(Rag.AMBER) > september.count(Rag.RED)


@pytest.mark.parametrize("code", ["WCP1011", "WCP1063", "WCP1072", "WCP1082"])
def test_some_were_red_twice_running_with_a_word_on_why(council: Council, code: str) -> None:
    for month in ("2017-08", "2017-09"):
        assert council.line(code, month).rag is Rag.RED
        assert "What next: " in council.figures[code, COUNCIL][parse_period(month)].commentary


def test_every_red_figure_of_september_says_what_happened_why_and_what_next(council: Council) -> None:
    for code, line in council.lines("2017-09").items():
        if line.rag is Rag.RED:
            said = council.figures[code, COUNCIL][line.period].commentary
            assert all(f"{question}: " in said for question in ("What happened", "Why", "What next")), code


def test_a_target_loosened_in_the_year_rules_from_then_on(council: Council) -> None:
    targets = council.series("WCP1083").targets

    assert targets[Period.month(2017, 9)].number == 75
    assert targets[Period.month(2017, 10)].number == 90


def test_some_figures_are_revised_provisional_estimated_and_late(council: Council) -> None:
    revised = {each.measure_code for each in council.illustrative if each.revision == 2}
    statuses = {each.status for each in council.illustrative}
    late = [
        each
        for each in council.illustrative
        if each.revision == 1
        and each.recorded_at is not None
        and each.recorded_at.date() > council.measures[each.measure_code].due_on(each.period)
    ]

    assert revised == {"WCP1071", "WCP1111", "WCP1131"}
    assert statuses == set(FigureStatus)
    assert [each.measure_code for each in late] == ["WCP1103"]


def test_an_academic_year_has_no_attendance_in_august(council: Council) -> None:
    assert council.measures["WCP1041"].year_basis is YearBasis.ACADEMIC
    for year in (2014, 2015, 2016, 2017):
        assert council.figures["WCP1041", COUNCIL][Period.month(year, 8)].absence is Absence.NOT_APPLICABLE


def test_an_exception_with_nothing_to_change_is_refused_in_a_sentence(council: Council, tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    with (folder / "illustrative_exceptions.csv").open("a", encoding="utf-8") as file:
        file.write("WCP1081,E08000031,2013-01,missing,,,,,,,\n")

    with pytest.raises(RecipeError, match="No recipe gives WCP1081 in E08000031 for January 2013"):
        figures(folder, measures=council.measures, council=COUNCIL)
