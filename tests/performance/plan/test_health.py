"""Ten questions about a measure, and what makes one worth giving up."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from performance.ground.figures import Figure, FigureStatus, Series
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.periods import Frequency, Period
from performance.plan.health import HealthTest, Record, examine, why_cull
from tests.performance.builders import DEFAULT, a_measure, a_target

TODAY = date(2017, 11, 10)
MONTHS = [Period.month(2015, 10).shifted(step) for step in range(25)]
DOCUMENTED = {
    "definition": "Bins missed", "methodology": "Counted each night", "formula": "Missed / due",
    "methodology_reviewed_on": date(2017, 5, 1), "target_basis": "A little fewer each year",
    "comparator_group": "Neighbours", "source": "Round sheets", "collection_method": "A nightly extract",
    "polarity": Polarity.LOWER, "lag_days": 8,
}  # fmt: skip


def a_figure(measure: Measure, period: Period, number: str = "5", *, days_late: int = 0, **fields: Any) -> Figure:
    day = measure.due_on(period) + timedelta(days=days_late)
    return Figure(
        measure_code=measure.code,
        area_code="E08000031",
        period=period,
        value=Decimal(number),
        revision=1,
        recorded_at=datetime.combine(day, time(9), tzinfo=UTC),
        **fields,
    )


def a_record(measure: Measure | None = None, figures: list[Figure] | None = None, **fields: Any) -> Record:
    """A measure in perfect health, unless the fields say otherwise."""
    kept = measure or a_measure(**DOCUMENTED)
    every = [a_figure(kept, period) for period in MONTHS] if figures is None else figures
    revisions: dict[Period, list[Figure]] = {}
    for figure in every:
        revisions.setdefault(figure.period, []).append(figure)
    known = {
        "why_vacant": "", "rationale_of_target": "", "has_comparator": False, "opened_on": TODAY,
        "reported_on": TODAY, "counted_since": date(2016, 1, 1),
    }  # fmt: skip
    return Record(
        measure=kept,
        series=Series(
            figures={period: each[-1] for period, each in revisions.items()},
            targets={period: replace(a_target("6"), period=period) for period in MONTHS},
        ),
        revisions=revisions,
        **(known | fields),
    )


def failed(record: Record) -> list[HealthTest]:
    findings = examine(record, today=TODAY, default_percent=DEFAULT)
    assert [finding.test for finding in findings] == list(HealthTest)
    assert all(finding.detail for finding in findings if not finding.passed)
    return [finding.test for finding in findings if not finding.passed]


def documented(**fields: Any) -> Measure:
    return a_measure(**(DOCUMENTED | fields))


def test_a_measure_in_perfect_health_passes_all_ten() -> None:
    assert failed(a_record()) == []


@pytest.mark.parametrize(
    ("record", "test"),
    [
        pytest.param(a_record(why_vacant="Nobody."), HealthTest.OWNER, id="owner not in post"),
        pytest.param(a_record(documented(methodology=" ")), HealthTest.METHOD, id="method not written"),
        pytest.param(
            a_record(documented(methodology_reviewed_on=date(2016, 11, 9))), HealthTest.METHOD, id="method a year old"
        ),
        pytest.param(a_record(documented(methodology_reviewed_on=None)), HealthTest.METHOD, id="method never reviewed"),
        pytest.param(a_record(documented(polarity=Polarity.RANGE)), HealthTest.POLARITY, id="a range, not said why"),
        pytest.param(a_record(documented(target_basis="")), HealthTest.TARGET, id="a target without a basis"),
        pytest.param(a_record(documented(comparator_group="")), HealthTest.COMPARATOR, id="compared with nobody"),
        pytest.param(a_record(documented(collection_method="")), HealthTest.SOURCE, id="collected nobody knows how"),
        pytest.param(a_record(reported_on=None), HealthTest.REPORTED, id="in no report"),
        pytest.param(a_record(reported_on=date(2016, 11, 9)), HealthTest.REPORTED, id="in a report a year ago"),
    ],
)
def test_each_fault_fails_its_own_question(record: Record, test: HealthTest) -> None:
    assert failed(record) == [test]


def test_a_method_reviewed_a_year_ago_to_the_day_is_still_good() -> None:
    assert failed(a_record(documented(methodology_reviewed_on=date(2016, 11, 10)))) == []


def test_a_reason_stands_for_what_is_not_there() -> None:
    measure = documented(comparator_group="", quality_notes="No other council compares", target_basis="")
    assert failed(a_record(measure, rationale_of_target="Asked by the panel")) == []


def test_one_late_figure_in_the_year_is_not_on_time_and_one_before_is_forgiven() -> None:
    measure = documented()
    figures = [a_figure(measure, period) for period in MONTHS]
    late = [a_figure(measure, each.period, days_late=1) if each.period == MONTHS[-2] else each for each in figures]
    long_ago = [a_figure(measure, each.period, days_late=1) if each.period == MONTHS[2] else each for each in figures]
    assert failed(a_record(measure, late)) == [HealthTest.ON_TIME]
    assert failed(a_record(measure, long_ago)) == []


def test_a_final_figure_that_changed_is_restated_and_a_provisional_one_or_a_word_is_not() -> None:
    measure = documented()
    figures = [a_figure(measure, period) for period in MONTHS]
    changed = replace(figures[-2], value=Decimal(4), revision=2)
    worded = replace(figures[-2], commentary="A word", revision=2)
    provisional = [replace(each, status=FigureStatus.PROVISIONAL) for each in figures]
    assert failed(a_record(measure, [*figures, changed])) == [HealthTest.RESTATED]
    assert failed(a_record(measure, [*figures, worded])) == []
    assert failed(a_record(measure, [*provisional, changed])) == []


def test_a_red_without_a_word_is_not_explained() -> None:
    measure = documented()
    figures = [a_figure(measure, period, "9" if period == MONTHS[-2] else "5") for period in MONTHS]
    explained = [replace(each, commentary="Vehicles broke down") for each in figures]
    assert failed(a_record(measure, figures)) == [HealthTest.COMMENTED]
    assert failed(a_record(measure, explained)) == []


# Culling


def reasons(record: Record) -> str:
    return " ".join(why_cull(record, today=TODAY, default_percent=DEFAULT))


def test_a_measure_green_for_two_years_never_moves() -> None:
    assert reasons(a_record()) == "Green 24 times running, for two years."


def test_one_amber_in_two_years_earns_its_keep() -> None:
    measure = documented(decimals=2)
    figures = [a_figure(measure, period, "6.1" if period == MONTHS[5] else "5") for period in MONTHS]
    assert reasons(a_record(measure, figures)) == ""


def test_a_measure_nobody_opened_is_named_only_after_a_year_of_counting() -> None:
    measure = documented()
    figures = [a_figure(measure, period, "9") for period in MONTHS]
    assert "Nobody opened it since 1 January 2016." in reasons(a_record(measure, figures, opened_on=None))
    assert "since 9 November 2016" in reasons(a_record(measure, figures, opened_on=date(2016, 11, 9)))
    assert reasons(a_record(measure, figures, opened_on=None, counted_since=date(2017, 1, 1))) == ""


def test_a_measure_without_figures_was_never_updated() -> None:
    assert reasons(a_record(documented(), [])) == "Never updated."


def test_a_retired_measure_is_not_culled_again() -> None:
    assert reasons(a_record(documented(active_to=date(2017, 3, 31)))) == ""


def test_a_yearly_measure_is_watched_by_its_years() -> None:
    measure = documented(frequency=Frequency.YEARLY, accumulation=Accumulation.SNAPSHOT, lag_days=30)
    figures = [a_figure(measure, Period.year(year)) for year in (2014, 2015, 2016)]
    assert HealthTest.ON_TIME not in failed(a_record(measure, figures))
