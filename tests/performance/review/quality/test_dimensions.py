"""Six dimensions of a measure's data, what came of what was due, and what was restated: each with its edges."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from performance.ground.figures import Figure, FigureStatus
from performance.ground.measures import Accumulation, Measure, Polarity, SeriesBreak
from performance.ground.periods import Frequency, Period
from performance.ground.values import Absence
from performance.review.quality.challenges import Challenge, ChallengeKind
from performance.review.quality.dimensions import Dimension, Evidence, Finding, State, dimensions
from performance.review.quality.received import Counts, DueFigure, added_up, by_month, count
from performance.review.quality.restating import restatements

TODAY, AUGUST, SEPTEMBER = date(2017, 11, 10), Period.month(2017, 8), Period.month(2017, 9)
BINS = Measure(
    code="BINS", title="Missed bins", unit="number", polarity=Polarity.LOWER, accumulation=Accumulation.IN_PERIOD,
    frequency=Frequency.MONTHLY, unit_code="WASTE", lag_days=5, definition="d", formula="f", methodology="m",
    methodology_reviewed_on=date(2017, 5, 1), source="s", collection_method="c",
)  # fmt: skip


def a_figure(value: str | None = "10", *, day: date = date(2017, 10, 5), **fields: Any) -> Figure:
    """September's, recorded on its due date."""
    known: dict[str, Any] = {
        "measure_code": "BINS", "area_code": "E08000031", "period": SEPTEMBER, "revision": 1,
        "value": None if value is None else Decimal(value),
        "recorded_at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
    }  # fmt: skip
    return Figure(**(known | fields))


def due(*revisions: Figure, **fields: Any) -> DueFigure:
    return DueFigure(measure=BINS, period=SEPTEMBER, revisions=revisions, **fields)


def evidence(**fields: Any) -> Evidence:
    known: dict[str, Any] = {
        "measure": BINS, "due": [due(a_figure())], "restated": (), "challenges": (), "opened_on": date(2017, 11, 1),
        "reported_on": None, "counted_since": date(2016, 1, 1),
    }  # fmt: skip
    return Evidence(**(known | fields))


def found(dimension: Dimension, **fields: Any) -> Finding:
    return next(each for each in dimensions(evidence(**fields), today=TODAY) if each.dimension is dimension)


def a_doubt(**fields: Any) -> Challenge:
    asked: dict[str, Any] = {
        "id": 1, "measure_code": "BINS", "area_code": "E08000031", "period": SEPTEMBER, "kind": ChallengeKind.DOUBT,
        "text": "t", "asked_by": "bi", "asked_at": datetime(2017, 11, 1, tzinfo=UTC), "revision": 1,
    }  # fmt: skip
    return Challenge(**(asked | fields))


def test_a_measure_with_nothing_against_it_is_good_in_all_six_and_says_why() -> None:
    judged = dimensions(evidence(), today=TODAY)
    assert [each.dimension for each in judged] == list(Dimension)
    assert {each.state for each in judged} == {State.GOOD}
    assert all(each.evidence.endswith(".") for each in judged)


UNUSUAL = a_figure(confirmed_checks=("slip",))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"restated": (object(),)}, "1 figure changed after sign-off"),
        ({"challenges": (a_doubt(),)}, "1 doubt not settled"),
        ({"due": [due(a_figure(status=FigureStatus.ESTIMATED))]}, "1 figure estimated"),
        ({"due": [due(UNUSUAL)]}, "1 unusual figure confirmed by the service alone"),
        ({"restated": (object(), object()), "challenges": (a_doubt(),)}, "2 figures changed after sign-off; 1 doubt"),
    ],
    ids=["restated", "doubted", "estimated", "confirmed by the service alone", "two at once"],
)
def test_accuracy_is_looked_at(fields: dict[str, Any], said: str) -> None:
    judged = found(Dimension.ACCURACY, **fields)
    assert judged.state is State.LOOK
    assert said in judged.evidence


@pytest.mark.parametrize(
    "challenge",
    [
        a_doubt(kind=ChallengeKind.ACCEPTED),
        a_doubt(kind=ChallengeKind.ACCEPTED, settled_at=datetime(2017, 11, 2, tzinfo=UTC), settled_by="bi"),
    ],
    ids=["just accepted", "accepted and closed"],
)
def test_what_the_bi_team_accepted_is_no_fault_for_that_revision_alone(challenge: Challenge) -> None:
    assert found(Dimension.ACCURACY, due=[due(UNUSUAL)], challenges=(challenge,)).state is State.GOOD
    later = replace(UNUSUAL, revision=2)
    assert found(Dimension.ACCURACY, due=[due(later)], challenges=(challenge,)).state is State.LOOK


def test_a_settled_doubt_is_no_fault() -> None:
    settled = a_doubt(settled_at=datetime(2017, 11, 2, tzinfo=UTC), settled_by="bi")
    assert found(Dimension.ACCURACY, challenges=(settled,)).state is State.GOOD


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, State.GOOD),
        ({"methodology_reviewed_on": date(2016, 11, 10)}, State.GOOD),
        ({"methodology_reviewed_on": date(2016, 11, 9)}, State.LOOK),
        ({"methodology_reviewed_on": None}, State.LOOK),
        ({"methodology": " "}, State.LOOK),
        ({"formula": "", "numerator_definition": "n"}, State.GOOD),
    ],
    ids=["reviewed in May", "a year ago today", "a year and a day ago", "never", "not written", "counts say how"],
)
def test_validity_is_the_method_written_and_reviewed_within_a_year(changes: dict[str, Any], state: State) -> None:
    assert found(Dimension.VALIDITY, measure=replace(BINS, **changes)).state is state


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2017, 4, 1), State.LOOK), (date(2016, 4, 1), State.GOOD), (date(2018, 4, 1), State.GOOD)],
    ids=["broken this year", "broken long ago", "to be broken next year"],
)
def test_reliability_is_an_unbroken_series_from_a_written_source(day: date, state: State) -> None:
    broken = replace(BINS, breaks=(SeriesBreak(on=day, reason="r"),))
    assert found(Dimension.RELIABILITY, measure=broken).state is state
    assert found(Dimension.RELIABILITY, measure=replace(BINS, source="")).evidence == "Not written: the source."


@pytest.mark.parametrize(
    ("figure", "state"),
    [
        (due(a_figure(day=date(2017, 10, 5))), State.GOOD),
        (due(a_figure(day=date(2017, 10, 6))), State.LOOK),
        (due(), State.LOOK),
        (due(a_figure(), a_figure("11", revision=2, day=date(2017, 11, 1))), State.GOOD),
    ],
    ids=["on the due date", "a day late", "missing", "in time and corrected later"],
)
def test_timeliness_is_by_the_due_date(figure: DueFigure, state: State) -> None:
    assert found(Dimension.TIMELINESS, due=[figure]).state is state


def test_where_nothing_was_due_nothing_is_known() -> None:
    for dimension in (Dimension.TIMELINESS, Dimension.COMPLETENESS, Dimension.ACCURACY):
        assert found(dimension, due=[]).state is State.NOT_KNOWN


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"opened_on": None, "reported_on": date(2017, 9, 1)}, State.GOOD),
        ({"opened_on": date(2016, 11, 10)}, State.GOOD),
        ({"opened_on": date(2016, 11, 9)}, State.LOOK),
        ({"opened_on": None}, State.LOOK),
        ({"opened_on": None, "counted_since": date(2017, 1, 1)}, State.NOT_KNOWN),
        ({"opened_on": None, "counted_since": None}, State.NOT_KNOWN),
    ],
    ids=["reported", "a year ago today", "longer ago", "never in years", "not counted for a year", "not counted"],
)
def test_relevance_is_being_opened_or_reported(fields: dict[str, Any], state: State) -> None:
    assert found(Dimension.RELEVANCE, **fields).state is state


@pytest.mark.parametrize(
    ("figure", "state"),
    [
        (due(a_figure("0")), State.GOOD),
        (due(a_figure(None, absence=Absence.NOT_PUBLISHED, commentary="In May.")), State.GOOD),
        (due(a_figure(None, absence=Absence.NOT_PUBLISHED)), State.LOOK),
        (due(a_figure(None)), State.LOOK),
        (due(), State.LOOK),
    ],
    ids=["zero is a figure", "a reason explained", "a reason without a word", "an empty return", "nothing"],
)
def test_completeness_is_every_figure_or_an_explained_gap(figure: DueFigure, state: State) -> None:
    assert found(Dimension.COMPLETENESS, due=[figure]).state is state


def test_counts_never_exceed_what_was_due_and_an_empty_return_is_nothing() -> None:
    approved = datetime(2017, 10, 20, tzinfo=UTC)
    figures = [
        due(a_figure(), approved_at=approved, questions=2),
        due(a_figure(), approved_at=approved, questions=2),
        replace(due(a_figure(None, absence=Absence.NOT_PROVIDED)), period=AUGUST),
    ]
    counts = count(figures)
    assert (counts.due, counts.received, counts.on_time, counts.signed_off, counts.questions) == (2, 1, 1, 1, 2)
    assert (counts.missing, counts.received_percent) == (1, 50)
    assert counts.in_words == "1 of 2 received (50%), 1 on time (50%), 1 signed off (50%)"
    nothing = count([])
    assert (nothing.received_percent, nothing.in_words) == (None, "Nothing was due")
    assert [each.due for each in by_month(figures, [AUGUST, SEPTEMBER]).values()] == [1, 1]
    assert added_up(by_month(figures, [AUGUST, SEPTEMBER]).values()) == counts
    assert added_up([]) == Counts()


def test_what_is_late_was_received_and_what_came_after_the_sign_off_is_not_signed_off() -> None:
    late = due(a_figure(day=date(2017, 10, 25)), approved_at=datetime(2017, 10, 20, tzinfo=UTC))
    assert (late.is_on_time, late.is_signed_off, late.in_words) == (False, False, "Received late")
    assert due().in_words == "Missing"


SIGNED = {SEPTEMBER: datetime(2017, 10, 20, tzinfo=UTC)}
AFTER = date(2017, 10, 25)


@pytest.mark.parametrize(
    ("second", "approved", "expected"),
    [
        (a_figure("11", revision=2, day=AFTER), SIGNED, 1),
        (a_figure(None, absence=Absence.NOT_APPLICABLE, revision=2, day=AFTER), SIGNED, 1),
        (a_figure("10", revision=2, day=AFTER, commentary="New words"), SIGNED, 0),
        (a_figure("11", revision=2, day=date(2017, 10, 10)), SIGNED, 0),
        (a_figure("11", revision=2, day=AFTER), {}, 0),
        (a_figure("11", revision=2, day=date(2017, 10, 10), reopening_id=7), SIGNED, 1),
    ],
    ids=["another number", "a reason instead", "only words", "before the sign-off", "never signed off",
         "reopened and signed off again since"],
)  # fmt: skip
def test_a_restatement_says_something_else_after_approval(
    second: Figure, approved: dict[Period, datetime], expected: int
) -> None:
    assert len(restatements({SEPTEMBER: [a_figure(), second]}, approved)) == expected
