"""A service's yearly word on its own data: whole or refused, kept for ever, and held against what was recorded."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cycle.review.quality import data_quality, self_assessment
from data_access.store.database import transaction
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from performance.review.quality.dimensions import Dimension, State
from performance.review.quality.self_assessment import Judged, Judgement
from tests.builders import RECORDED, a_user, add_council, add_figure, add_measure, it_is
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_both")
WELL = {each: Judged(judgement=Judgement.FULLY) for each in Dimension}
SHORT = WELL | {Dimension.TIMELINESS: Judged(judgement=Judgement.PARTLY, words="Late in August")}


def a_service() -> User:
    add_council()
    add_measure("BINS")
    add_figure("BINS", "2017-09", "12", at=RECORDED)
    return a_user()


def test_what_a_service_says_stands_beside_what_was_recorded_and_is_held_against_it() -> None:
    manager = a_service()
    assert data_quality.measure_quality("BINS", by=manager).assessed is None
    made = self_assessment.assess("BINS", SHORT, version=0, by=manager)
    assert (made.year, made.in_words) == (Period.year(2017), "5 of 6 as they should be")
    found = data_quality.measure_quality("BINS", by=manager)
    assert found.is_assessed
    assert found.assessed == made
    looked_at = [each for each in found.findings if each.state is State.LOOK]
    assert looked_at, "eleven of twelve months never came"
    assert {each.dimension for each in looked_at if made.contradicts(each)} == {
        each.dimension for each in looked_at
    } - {Dimension.TIMELINESS}
    assert rows_of("SELECT verb, subject FROM audit_events") == [("assess data", "BINS")]


def test_a_later_word_of_the_year_takes_the_place_of_the_earlier_which_stays() -> None:
    manager = a_service()
    before = self_assessment.assess("BINS", SHORT, version=0, by=manager).assessed_at
    self_assessment.assess("BINS", WELL, version=1, by=manager)
    found = data_quality.measure_quality("BINS", by=manager).assessed
    assert (found and found.version, found and found.in_words) == (2, "6 of 6 as they should be")
    assert rows_of("SELECT version FROM self_assessments ORDER BY 1") == [(1,), (2,)]
    then = data_quality.measure_quality("BINS", as_known_at=before + timedelta(microseconds=1), by=manager).assessed
    assert then is not None
    assert then.version == 1
    assert (
        data_quality.measure_quality(
            "BINS", as_known_at=datetime.min.replace(tzinfo=before.tzinfo, year=2000), by=manager
        ).assessed
        is None
    )


def test_two_at_once_the_second_is_told() -> None:
    manager = a_service()
    self_assessment.assess("BINS", SHORT, version=0, by=manager)
    with pytest.raises(self_assessment.AssessmentRefusedError, match="A colleague assessed"):
        self_assessment.assess("BINS", WELL, version=0, by=manager)
    assert rows_of("SELECT count(*) FROM self_assessments") == [(1,)]


def test_a_new_year_asks_anew() -> None:
    manager = a_service()
    self_assessment.assess("BINS", WELL, version=0, by=manager)
    it_is(date(2018, 5, 10))
    found = data_quality.measure_quality("BINS", by=manager)
    assert (found.is_assessed, found.year) == (False, Period.year(2018))
    assert self_assessment.assess("BINS", WELL, version=0, by=manager).year == Period.year(2018)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "Choose how it stands with accuracy"),
        (WELL | {Dimension.VALIDITY: Judged(judgement=Judgement.NOT, words=" ")}, "Enter what is missing for validity"),
        (WELL | {Dimension.VALIDITY: Judged(judgement=Judgement.NOT, words="x" * 5000)}, "The longest that is kept"),
    ],
)
def test_half_an_assessment_is_none(answers: dict[Dimension, Judged], said: str) -> None:
    manager = a_service()
    with pytest.raises(self_assessment.AssessmentRefusedError, match=said):
        self_assessment.assess("BINS", answers, version=0, by=manager)
    assert rows_of("SELECT count(*) FROM self_assessments") == [(0,)]


def test_only_its_own_service_speaks_for_a_measure() -> None:
    a_service()
    for role, unit in ((Role.SERVICE_MANAGER, "HOUSING"), (Role.BI_TEAM, "COUNCIL"), (Role.LEADERSHIP, "COUNCIL")):
        with pytest.raises(NotAllowedError):
            self_assessment.assess("BINS", WELL, version=0, by=a_user(f"other-{unit}-{role}", role, unit))


def test_the_database_itself_keeps_what_was_said() -> None:
    self_assessment.assess("BINS", WELL, version=0, by=a_service())
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text("DELETE FROM self_assessments"))
