"""Feedback: recorded by the service, put right with its history, removed and still stored."""

from dataclasses import replace
from datetime import date

import pytest

from cycle.do import delivery
from cycle.revise import feedback
from data_access.store.audit import list_breaks, list_events
from data_access.store.database import reading
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from performance.revise.feedback import Feedback, FeedbackKind
from tests.builders import a_user, add_council, add_measure
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_one")
A_RECORD = Feedback(
    kind=FeedbackKind.COMPLAINT, period=Period.month(2017, 9), unit_code="WASTE", theme="  Missed   bins ", count=7
)


def a_manager() -> User:
    add_council()
    return a_user()


def stored(by: User) -> Feedback:
    (record,) = feedback.list_feedback(by=by).records
    return record


def test_a_record_is_kept_with_who_and_when_and_its_theme_made_one() -> None:
    manager = a_manager()
    feedback.record_feedback(A_RECORD, by=manager)
    record = stored(manager)
    assert (record.theme, record.count, record.recorded_by) == ("Missed bins", 7, "manager")
    assert feedback.list_feedback(by=manager).themes == ("Missed bins",)


def test_a_record_that_cannot_be_kept_leaves_nothing() -> None:
    manager = a_manager()
    for wrong in (replace(A_RECORD, count=0), replace(A_RECORD, cause="Ring 01902 551155")):
        with pytest.raises(feedback.FeedbackRefusedError):
            feedback.record_feedback(wrong, by=manager)
    assert feedback.list_feedback(by=manager).records == ()


def test_the_measure_is_one_of_the_same_service() -> None:
    manager = a_manager()
    add_measure("BINS", unit_code="WASTE")
    add_measure("HOMES", unit_code="HOUSING")
    feedback.record_feedback(replace(A_RECORD, measure_code="BINS"), by=manager)
    for other in ("HOMES", "NOWHERE"):
        with pytest.raises(feedback.FeedbackRefusedError, match="same service"):
            feedback.record_feedback(replace(A_RECORD, measure_code=other), by=manager)


def test_a_record_is_put_right_at_the_version_that_was_seen() -> None:
    manager = a_manager()
    feedback.record_feedback(A_RECORD, by=manager)
    seen = stored(manager)
    feedback.correct_feedback(replace(seen, count=9, unit_code="HOUSING"), by=manager)
    assert (stored(manager).count, stored(manager).unit_code) == (9, "WASTE")
    with pytest.raises(feedback.FeedbackError, match="Someone else changed this record"):
        feedback.correct_feedback(replace(seen, count=1), by=manager)
    assert stored(manager).count == 9


def test_a_removed_record_is_no_longer_counted_and_stays_stored() -> None:
    manager = a_manager()
    feedback.record_feedback(A_RECORD, by=manager)
    feedback.remove_feedback(stored(manager), by=manager)
    assert feedback.list_feedback(by=manager).records == ()
    assert rows_of("SELECT removed_by FROM feedback") == [("manager",)]
    with pytest.raises(feedback.FeedbackError, match="was removed"):
        feedback.remove_feedback(replace(A_RECORD, id=1), by=manager)
    with reading() as session:
        assert [event.verb for event in list_events(session)] == ["record feedback", "remove feedback"]
        assert list(list_breaks(session)) == []


def test_each_records_for_ones_own_service_and_officers_read_all() -> None:
    manager = a_manager()
    feedback.record_feedback(A_RECORD, by=manager)
    stranger = a_user("stranger", unit="HOUSING")
    assert set(feedback.list_feedback(by=stranger).own) == {"HOUSING"}
    for attempt in (
        lambda: feedback.record_feedback(A_RECORD, by=stranger),
        lambda: feedback.correct_feedback(stored(stranger), by=stranger),
        lambda: feedback.remove_feedback(stored(stranger), by=stranger),
        lambda: feedback.list_feedback(by=a_user("member", Role.COUNCILLOR, "COUNCIL")),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_records_are_narrowed_by_kind_unit_theme_and_year() -> None:
    manager = a_manager()
    feedback.record_feedback(A_RECORD, by=manager)
    feedback.record_feedback(replace(A_RECORD, kind=FeedbackKind.SURVEY, theme="Streets", base=20), by=manager)
    view = feedback.list_feedback(by=manager)
    assert [each.theme for each in view.narrowed(kind="survey")] == ["Streets"]
    assert [each.theme for each in view.narrowed(theme="Missed bins", year="2017/18")] == ["Missed bins"]
    assert view.narrowed(year="2016/17") == view.narrowed(unit_code="HOUSING") == []


def test_what_is_done_by_a_day_is_an_action_of_the_service_and_is_followed_there() -> None:
    manager = a_manager()
    add_measure("BINS", unit_code="WASTE")
    said = replace(A_RECORD, measure_code="BINS", action="Ring each street", action_role="Waste Manager")
    feedback.record_feedback(said, by=manager)
    assert feedback.list_feedback(by=manager).actions == {}
    feedback.correct_feedback(replace(stored(manager), action_by=date(2017, 12, 15)), by=manager)
    view = feedback.list_feedback(by=manager)
    (number, action), *others = view.actions.items()
    assert not others
    assert (stored(manager).action_id, action.measure_code, action.ends_on) == (number, "BINS", date(2017, 12, 15))
    assert "Ring each street" in [
        line.what for line in delivery.delivery("WASTE", Period.month(2017, 11), by=manager).lines
    ]
    feedback.correct_feedback(replace(stored(manager), action="Ring nobody", count=8), by=manager)
    assert (stored(manager).action, stored(manager).count) == ("Ring each street", 8)
    assert list(feedback.list_feedback(by=manager).actions) == [number]


def test_what_is_done_by_a_service_without_a_page_in_the_plan_stays_words() -> None:
    manager = a_manager()
    acted = replace(A_RECORD, action="Say sorry", action_role="Waste Manager", action_by=date(2017, 12, 15))
    feedback.record_feedback(acted, by=manager)
    assert (stored(manager).action, stored(manager).action_id) == ("Say sorry", None)
