"""The demonstration council loads into an empty database, and into no other; every state is there to be seen."""

from collections.abc import Mapping
from datetime import date

import pytest

from cycle.admin import demonstration, upkeep
from cycle.do import signing_off
from cycle.ground.council import council_area
from cycle.ground.series.scoring import Entry
from cycle.review import readings
from cycle.revise.recovery import planning
from data_access.council.people import find_user
from data_access.council.settings_store import get_today
from data_access.do.figures import current_series, list_revisions
from data_access.plan.register import list_measures
from data_access.store.database import reading
from intake.setup.seeds import read_demonstration
from performance.ground.incoming import Demonstration
from performance.ground.measures import Polarity
from performance.ground.organisation import ReturnStatus
from performance.ground.people import User
from performance.ground.periods import Period, parse_period
from performance.ground.reckoning.rag import Rag
from settings import ROOT
from tests.builders import add_council
from tests.conftest import rows_of

pytestmark = [pytest.mark.usefixtures("database_on_both"), pytest.mark.slow]
TODAY = date(2017, 11, 10)


@pytest.fixture(scope="module")
def seeds() -> Demonstration:
    return read_demonstration(ROOT / "seeds")


def someone(role: str) -> User:
    return everyone_with(role)[0]


def everyone_with(role: str) -> list[User]:
    names = rows_of("SELECT DISTINCT username FROM role_holdings WHERE role = :role ORDER BY 1", role=role)
    with reading() as session:
        return [user for (name,) in names if (user := find_user(session, username=str(name), on=TODAY))]


def entries(month: str, by: User) -> Mapping[str, Entry]:
    return {each.measure.code: each for each in readings.scorecard(parse_period(month), "corporate", by=by).entries}


def everything() -> list[object]:
    tables = ("settings", "areas", "measures", "figures", "targets", "returns", "audit_events", "people")
    return [rows_of(f"SELECT count(*) FROM {table}") for table in tables]  # noqa: S608 - names above


def test_a_database_that_holds_anything_is_refused_and_stays_as_it_is(seeds: Demonstration) -> None:
    add_council()
    before = everything()
    assert not demonstration.is_empty()
    with pytest.raises(demonstration.NotEmptyError, match="not empty"):
        demonstration.load(seeds)
    assert everything() == before


def test_it_loads_whole_and_every_state_is_there(seeds: Demonstration) -> None:
    demonstration.load(seeds)
    assert upkeep.verify().faults == ()
    _nothing_is_later_than_the_day()
    _published_figures_were_known_when_they_came_out()
    leader = someone("leadership")
    _every_status_occurs(leader)
    _stories_are_told(leader)
    _returns_stand_on_every_step()
    with pytest.raises(demonstration.NotEmptyError):
        demonstration.load(seeds)


def _nothing_is_later_than_the_day() -> None:
    for table, column in (("figures", "recorded_at"), ("targets", "proposed_at"), ("returns", "decided_at")):
        (latest,) = rows_of(f"SELECT max({column}) FROM {table}")[0]  # noqa: S608 - names above
        assert str(latest)[:10] <= TODAY.isoformat(), table


def _published_figures_were_known_when_they_came_out() -> None:
    """England's 2015/16 is known after it was due, and not the year before."""
    code = "WCP1002"
    with reading() as session:
        assert get_today(session) == TODAY
        for (measure, area), series in current_series(session, measure_codes=[code]).items():
            for figure in series.values():
                assert figure.recorded_at is not None
                assert figure.period.end < figure.recorded_at.date() <= TODAY, (measure, area)
        (moment,) = {
            figure.recorded_at
            for figure in current_series(session, measure_codes=[code], area_codes=["E92000001"]).values()
            for figure in [figure.get(Period.year(2015))]
            if figure
        }
        assert moment is not None
        assert moment.date().year == 2016


def _every_status_occurs(by: User) -> None:
    september, august = entries("2017-09", by), entries("2017-08", by)
    assert {entry.line.rag for entry in (*september.values(), *august.values())} == set(Rag)
    twice = [
        code
        for code, entry in september.items()
        if entry.line.rag is Rag.RED and code in august and august[code].line.rag is Rag.RED
    ]
    assert twice
    assert any(entry.measure.polarity is Polarity.RISE_WANTED for entry in september.values())
    assert any(entry.line.is_provisional for entry in september.values())
    for entry in september.values():
        if entry.line.rag is Rag.NO_TARGET:
            assert entry.measure.no_target_reason
    assert any(entry.comparators for entry in september.values() if entry.line.rag is Rag.RED)


def _stories_are_told(by: User) -> None:
    with reading() as session:
        measures = list_measures(session)
        area = council_area(session)
        revisions = [
            (measure, figure)
            for measure in measures
            for figure in list_revisions(session, measure_code=measure.code, area_code=area)
        ]
    assert any(measure.breaks for measure in measures), "a broken series"
    assert any(figure.revision > 1 for _, figure in revisions), "a revised figure"
    assert any(
        figure.recorded_at and figure.recorded_at.date() > measure.due_on(figure.period)
        for measure, figure in revisions
    ), "a late figure"
    moved = {scope.code for scope in readings.list_scopes(by=by)} & {"SKILLS"}
    assert moved == {"SKILLS"}
    before, after = (
        {each.measure.unit_code for each in readings.scorecard(parse_period(month), "PLACE", by=by).entries}
        for month in ("2017-03", "2017-04")
    )
    assert ("SKILLS" in before, "SKILLS" in after) == (False, True)
    assert planning.list_plans(by=by)
    planning.look_for_calls(planning.called_for(by=by).to_come, by=by)
    assert planning.called_for(by=by).found


def _returns_stand_on_every_step() -> None:
    found = {status for (status,) in rows_of("SELECT DISTINCT status FROM returns")}
    assert {ReturnStatus.SUBMITTED, ReturnStatus.APPROVED, ReturnStatus.RETURNED} <= {
        ReturnStatus(str(each)) for each in found
    }
    assert any(signing_off.list_waiting(by=head) for head in everyone_with("head"))
