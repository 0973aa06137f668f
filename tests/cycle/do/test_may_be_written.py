"""One answer to whether a figure may be written now: the same by page, by form and by file. On both databases."""

from datetime import date

import pytest

from cycle.do import reopenings, returns
from cycle.do.files import importing
from cycle.do.returns import ReturnClosedError
from performance.do.typed import Answer
from performance.ground.incoming import RefusedError
from performance.ground.organisation import AreaKind, ReturnStatus
from performance.ground.people import Role, User
from performance.ground.periods import Period
from tests import builders
from tests.builders import COUNCIL, WARDS
from tests.conftest import rows_of
from tests.cycle.do.files.test_importing import add_return, everything, read

pytestmark = pytest.mark.usefixtures("database_on_both")

ENGLAND, NEIGHBOUR = "E92000001", "E08000025"


@pytest.fixture(autouse=True)
def _council(database_on_both: str) -> None:
    """It is 10 November 2017, and what is more than five working days late is locked."""
    builders.add_council(locks_after=5)
    builders.add_measure("BINS")
    builders.add_area(NEIGHBOUR, "Neighbour", AreaKind.OTHER_COUNCIL)
    builders.add_figure("BINS", "2014-06", "40")


@pytest.fixture
def manager() -> User:
    return builders.a_user("manager", Role.SERVICE_MANAGER, "WASTE")


def a_row(period: str, area: str = COUNCIL, value: str = "41") -> str:
    return f"BINS,{area},{period},,,{value},,"


def why_not(row: str, by: User) -> tuple[str, str]:
    """The column and the sentence with which the one row is refused; nothing is written."""
    before = everything()
    with pytest.raises(RefusedError) as refused:
        importing.import_figures(read(row), source="a.csv", reason="Ours", accept_unusual=True, by=by)
    assert everything() == before
    (problem,) = refused.value.problems
    return problem.column, problem.message


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (a_row("2014-06"), "period", "ask the BI team to reopen it"),
        (a_row("2014-07"), "period", "ask the BI team to reopen it"),
        (a_row("2014-06", WARDS[0]), "period", "ask the BI team to reopen it"),
        (a_row("2017-10", ENGLAND), "area_code", "Ask the BI team to import them"),
        (a_row("2017-10", NEIGHBOUR), "area_code", "Ask the BI team to import them"),
        (a_row("2018-06"), "period", "Not open yet. It can be entered from 1 July 2018"),
        (a_row("2017-11"), "period", "Not open yet. It can be entered from 1 December 2017"),
    ],
)
def test_a_service_writes_by_file_what_it_could_type_and_nothing_else(
    row: str, column: str, said: str, manager: User
) -> None:
    found = why_not(row, manager)
    assert found[0] == column
    assert said in found[1]


@pytest.mark.parametrize("period", ["2014-06", "2014-07", "2017-11", "2018-06"])
@pytest.mark.parametrize("area", [COUNCIL, WARDS[0], ENGLAND])
def test_page_and_file_say_the_same(period: str, area: str, manager: User) -> None:
    year, month = (int(part) for part in period.split("-"))
    answer = Answer(measure_code="BINS", numerator="41", based_on=int(period == "2014-06" and area == COUNCIL))
    with pytest.raises(ReturnClosedError) as closed:
        returns.save_figure("BINS", area_code=area, period=Period.month(year, month), answer=answer, by=manager)
    assert why_not(a_row(period, area), manager)[1] == str(closed.value)


def test_what_is_open_is_taken_and_belongs_to_its_return(manager: User) -> None:
    report = importing.import_figures(read(a_row("2017-10")), source="a.csv", by=manager)
    assert (report.added, report.returns) == (1, ("2017-10-WASTE",))


def test_what_the_bi_team_reopened_is_open_to_a_file_too_and_stays_a_correction(manager: User) -> None:
    builders.add_figure("BINS", "2017-06", "40")
    service, bi = manager, builders.a_user("bi", Role.BI_TEAM, "COUNCIL")
    june = Period.month(2017, 6)
    reopenings.ask_to_reopen("WASTE", june, measure_codes=["BINS"], reason="Recounted", by=service)
    (request,) = reopenings.list_requests(by=bi).waiting
    reopenings.grant_reopening(request.reopening.id, open_until=date(2017, 11, 20), by=bi)
    report = importing.import_figures(read(a_row("2017-06")), source="a.csv", by=service)
    assert (report.revised, report.returns) == (1, ("2017-06-WASTE",))
    assert rows_of("SELECT revision FROM figures WHERE reopening_id IS NOT NULL") == [(2,)]


def test_a_figure_missing_in_a_return_that_is_signed_off_comes_late_by_file_as_it_does_by_page(manager: User) -> None:
    builders.add_figure("BINS", "2017-10", "40")
    builders.add_measure("GLASS")
    builders.it_is(date(2017, 11, 12))
    add_return(ReturnStatus.APPROVED, month=10)
    report = importing.import_figures(read("GLASS," + a_row("2017-10").split(",", 1)[1]), source="a.csv", by=manager)
    assert (report.added, report.returns) == (1, ("2017-10-WASTE",))
    assert "Signed off" in why_not(a_row("2017-10"), manager)[1]


def test_those_who_import_for_everyone_bring_comparators_and_history_and_no_future() -> None:
    bi = builders.a_user("bi", Role.BI_TEAM, "COUNCIL")
    rows = read(a_row("2017-09", ENGLAND), a_row("2015-06"), a_row("2017-11", NEIGHBOUR))
    assert importing.import_figures(rows, source="a.csv", by=bi).added == 3
    assert "June 2018 has not begun" in why_not(a_row("2018-06", ENGLAND), bi)[1]


def test_the_operator_is_told_of_periods_that_have_not_begun() -> None:
    report = importing.import_figures(read(a_row("2018-06")), source="a.csv")
    assert report.added == 1
    assert any("June 2018 has not begun" in said for said in report.questioned)


def test_the_audit_trail_says_what_an_import_changed() -> None:
    importing.import_figures(read(a_row("2014-06", value="48")), source="a.csv", by=None)
    ((before, after),) = rows_of("SELECT before, after FROM audit_events WHERE verb = 'import figures'")
    assert '"revision": "1"' in str(before)
    assert '"value": "48"' in str(after)
    assert f"BINS {COUNCIL} 2014-06-01/P1M" in str(after)
