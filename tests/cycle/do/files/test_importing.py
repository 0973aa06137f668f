"""Figures from a file: whole or not at all, never twice, and only by those who may. On both databases."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from cycle.admin import outlines
from cycle.do import returns
from cycle.do.files import importing, log
from data_access.council.people import PersonNotFoundError
from data_access.models import AreaRow, Base, ReturnRow
from data_access.store import database
from data_access.store.database import transaction
from intake.figures.figures_file import COLUMNS, read_figures
from intake.files.csv_text import read_csv
from performance.do.import_runs import MOST_PROBLEMS
from performance.ground.figures import Figure
from performance.ground.incoming import BoundariesRead, FigureLine, FiguresRead, RefusedError
from performance.ground.organisation import AreaKind, BoundaryEdition, ReturnStatus
from performance.ground.people import NotAllowedError, Role
from performance.ground.periods import Period
from tests import builders
from tests.builders import COUNCIL, WARDS
from tests.conftest import rows_of
from tests.rows_read import rows_read

pytestmark = pytest.mark.usefixtures("database_on_both")


@pytest.fixture(autouse=True)
def _council(database_on_both: str) -> None:
    builders.add_council()
    builders.add_measure("WCP1063")
    builders.add_measure("HOMES", unit_code="HOUSING")


def read(*rows: str, heading: str = ",".join(COLUMNS)) -> FiguresRead:
    return read_figures(read_csv("\n".join([heading, *rows]).encode(), name="f"), known=importing.list_known())


def everything() -> dict[str, list[tuple[object, ...]]]:
    with database.engine().connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(text(f"SELECT * FROM {name}"))), key=repr)  # noqa: S608
            for name in Base.metadata.tables
            if name not in {"import_runs", "versions"}  # the log of imports notes every run, whatever came of it
        }


OWED = f"WCP1063,{COUNCIL},2017-10,,,130,,"
GOOD = f"WCP1063,{COUNCIL},2017-09,,,120,provisional,Words"


def test_a_file_is_kept_as_first_revisions_with_one_event() -> None:
    report = importing.import_figures(read(GOOD, f"HOMES,{COUNCIL},2017-09,,,z,,"), source="september.csv")
    assert report.in_words == "2 rows read: 2 new."
    assert rows_of("SELECT measure_code, revision, recorded_by FROM figures ORDER BY 1") == [
        ("HOMES", 1, "operator"), ("WCP1063", 1, "operator"),
    ]  # fmt: skip
    assert rows_of("SELECT verb, subject FROM audit_events") == [("import figures", "september.csv")]


def test_the_same_file_again_adds_nothing_at_all() -> None:
    importing.import_figures(read(GOOD), source="a.csv")
    before = everything()
    report = importing.import_figures(read(GOOD), source="a.csv")
    assert (report.added, report.revised, report.same) == (0, 0, 1)
    assert everything() == before


def test_a_different_figure_is_the_next_revision_and_the_first_stays() -> None:
    importing.import_figures(read(GOOD), source="a.csv")
    report = importing.import_figures(read(GOOD.replace("provisional", "final")), source="b.csv")
    assert report.revised == 1
    assert rows_of("SELECT revision, status FROM figures ORDER BY 1") == [(1, "provisional"), (2, "final")]


def test_one_bad_row_refuses_the_file_and_changes_nothing() -> None:
    before = everything()
    with pytest.raises(RefusedError) as refused:
        importing.import_figures(read(GOOD, f"WCP1O63,{COUNCIL},2017-09,,,1,,"), source="a.csv")
    assert "Row 3: measure code" in str(refused.value)
    assert everything() == before


def test_the_rows_without_problems_are_kept_only_where_that_is_asked_for() -> None:
    bad = f"WCP1063,{COUNCIL},2017-10,,,1x,,"
    report = importing.import_figures(read(GOOD, bad), source="a.csv", partial=True)
    assert (report.rows, report.added, [problem.row for problem in report.refused]) == (2, 1, [3])


def test_a_dry_run_says_what_would_happen_and_changes_nothing() -> None:
    before = everything()
    assert importing.import_figures(read(GOOD), source="a.csv", dry_run=True).added == 1
    assert everything() == before


def test_an_export_that_comes_back_is_no_revision_though_it_prints_fewer_digits() -> None:
    importing.import_figures(read(f"WCP1063,{COUNCIL},2017-09,,,2.7618645600916603,,"), source="a.csv")
    heading = "measure_code,area_code,period,value,revision"
    printed = read(f"WCP1063,{COUNCIL},2017-09,3,1", heading=heading)
    assert importing.import_figures(printed, source="b.csv").same == 1
    without = read(f"WCP1063,{COUNCIL},2017-09,3,", heading=heading)
    assert importing.import_figures(without, source="c.csv").revised == 1


def test_a_file_that_breaks_half_way_leaves_nothing_behind() -> None:
    """The database itself refuses the second figure; the first must not stay."""
    month = Period.month(2017, 9)
    lines = tuple(
        FigureLine(row=row, figure=Figure(measure_code="WCP1063", area_code=area, period=month, value=Decimal(1)))
        for row, area in enumerate((COUNCIL, "NOWHERE"), start=2)
    )
    before = everything()
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        importing.import_figures(FiguresRead(lines=lines, problems=()), source="a.csv")
    assert everything() == before


def test_the_bi_team_imports_for_everyone() -> None:
    bi = builders.a_user("bi", Role.BI_TEAM, "COUNCIL")
    rows = read(GOOD, f"HOMES,{COUNCIL},2017-09,,,1,,")
    assert importing.import_figures(rows, source="a.csv", by=bi).added == 2
    assert rows_of("SELECT DISTINCT recorded_by FROM figures") == [("bi",)]


def test_a_service_manager_imports_only_what_is_theirs() -> None:
    manager = builders.a_user("manager", Role.SERVICE_MANAGER, "WASTE")
    assert importing.import_figures(read(GOOD), source="a.csv", by=manager).added == 1
    with pytest.raises(RefusedError, match="HOUSING"):
        importing.import_figures(read(f"HOMES,{COUNCIL},2017-09,,,1,,"), source="a.csv", by=manager)


@pytest.mark.parametrize("role", [Role.COUNCILLOR, Role.ADMINISTRATOR, Role.LEADERSHIP, Role.POLICY_OFFICER])
def test_others_import_nothing(role: Role) -> None:
    other = builders.a_user("other", role, "COUNCIL")
    before = everything()
    with pytest.raises(NotAllowedError):
        importing.import_figures(read(GOOD), source="a.csv", by=other)
    assert everything() == before


def test_figures_of_an_approved_return_are_locked_for_the_service() -> None:
    manager = builders.a_user("manager", Role.SERVICE_MANAGER, "WASTE")
    builders.add_figure("WCP1063", "2017-09", "110")
    add_return(ReturnStatus.APPROVED)
    with pytest.raises(RefusedError, match="Signed off"):
        importing.import_figures(read(GOOD), source="a.csv", by=manager)


def test_every_run_is_noted_with_what_became_of_its_rows() -> None:
    importing.import_figures(read(GOOD), source="a.csv")
    importing.import_figures(read(GOOD), source="a.csv")
    with pytest.raises(RefusedError):
        importing.import_figures(read(GOOD, f"WCP1O63,{COUNCIL},2017-09,,,1,,"), source="b.csv")
    importing.import_figures(read(GOOD), source="c.csv", dry_run=True)
    importing.note_unread("d.csv cannot be read.", source="d.csv")
    noted = rows_of('SELECT source, "rows", added, revised, same, refused FROM import_runs ORDER BY id')
    assert noted == [
        ("a.csv", 1, 1, 0, 0, 0), ("a.csv", 1, 0, 0, 1, 0), ("b.csv", 2, 0, 0, 0, 1), ("d.csv", 0, 0, 0, 0, 1),
    ]  # fmt: skip
    same = rows_of("SELECT DISTINCT content FROM import_runs WHERE source = 'a.csv'")
    assert len(same) == 1


def test_the_log_keeps_the_first_problems_and_says_how_many_more() -> None:
    bad = [f"WCP1O63,{COUNCIL},2017-09,,,{number},," for number in range(MOST_PROBLEMS + 7)]
    with pytest.raises(RefusedError):
        importing.import_figures(read(*bad), source="a.csv")
    (run,) = log.list_runs(by=builders.a_user("bi", Role.BI_TEAM, "COUNCIL"))
    assert (len(run.problems), run.more_problems, run.refused) == (MOST_PROBLEMS, 7, MOST_PROBLEMS + 7)
    assert run.imported_by == "Server operator"
    assert run.outcome == "Refused, nothing changed"


def test_a_figure_that_an_open_return_asks_for_becomes_part_of_it() -> None:
    report = importing.import_figures(read(OWED), source="nightly.csv")
    assert report.returns == ("2017-10-WASTE",)
    assert rows_of("SELECT unit_code, status, version FROM returns") == [("WASTE", "draft", 0)]
    assert rows_of("SELECT count(*) FROM figures WHERE return_id IS NOT NULL") == [(1,)]


def test_history_a_ward_and_another_council_belong_to_no_return() -> None:
    history, ward = OWED.replace("2017-10", "2015-10"), OWED.replace(COUNCIL, WARDS[0])
    assert importing.import_figures(read(history, ward), source="history.csv").returns == ()
    assert rows_of("SELECT count(*) FROM returns") == [(0,)]


def test_a_figure_of_an_approved_return_is_history_for_the_operator() -> None:
    add_return(ReturnStatus.APPROVED)
    report = importing.import_figures(read(OWED.replace("2017-10", "2017-09")), source="nightly.csv")
    assert (report.added, report.returns) == (1, ())


def test_a_new_figure_takes_back_what_waits_for_sign_off() -> None:
    add_return(ReturnStatus.SUBMITTED)
    importing.import_figures(read(OWED.replace("2017-10", "2017-09")), source="nightly.csv")
    assert rows_of("SELECT status, version, submitted_by FROM returns") == [("draft", 2, None)]


def test_the_service_sees_where_its_figure_came_from_and_others_do_not() -> None:
    manager = builders.a_user("manager", Role.SERVICE_MANAGER, "WASTE")
    other = builders.a_user("other", Role.SERVICE_MANAGER, "HOUSING")
    importing.import_figures(read(OWED, f"HOMES,{COUNCIL},2017-10,,,8,,"), source="nightly.csv")
    return_ = returns.my_return("WASTE", Period.month(2017, 10), by=manager)
    (origin,) = log.origins(return_, by=manager)
    assert (origin.measure_code, origin.source) == ("WCP1063", "nightly.csv")
    assert [run.returns for run in log.list_runs(by=manager)] == [("2017-10-WASTE",)]
    assert [run.returns for run in log.list_runs(by=other)] == [("2017-10-HOUSING",)]
    importing.import_figures(read(GOOD.replace("2017-09", "2014-09")), source="history.csv")
    assert len(log.list_runs(by=manager)) == 1


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ((2017, 11, 10, 2, 10), "02:10 last night"),
        ((2017, 11, 10, 14, 5), "14:05 today"),
        ((2017, 11, 9, 2, 10), "02:10 yesterday"),
        ((2017, 11, 3, 9, 30), "09:30 on 3 November 2017"),
    ],
)
def test_when_a_figure_came_is_said_as_people_say_it(at: tuple[int, int, int, int, int], said: str) -> None:
    moment = datetime(*at).astimezone()
    origin = log.Origin(measure_code="A", title="A", source="a.csv", who="", at=moment, today=date(2017, 11, 10))
    assert origin.in_words == f"From a.csv, {said}"


def test_what_was_shown_is_what_is_written() -> None:
    shown = importing.import_figures(read(GOOD), source="a.csv", dry_run=True).fingerprint
    importing.import_figures(read(GOOD), source="other.csv")
    with pytest.raises(importing.FiguresMovedError):
        importing.import_figures(read(GOOD), source="a.csv", shown=shown)


def add_return(status: ReturnStatus, *, month: int = 9) -> None:
    """The return of WASTE for September 2017, or another month of it, submitted or signed off."""
    decided = status is ReturnStatus.APPROVED
    with transaction() as session:
        session.add(
            ReturnRow(
                unit_code="WASTE", period_start=date(2017, month, 1), period_months=1, status=status,
                submitted_by="manager", submitted_at=builders.RECORDED,
                decided_by="head" if decided else None, decided_at=builders.RECORDED if decided else None,
            )
        )  # fmt: skip


def test_a_person_nobody_knows_cannot_import() -> None:
    with pytest.raises(PersonNotFoundError):
        importing.find_importer("nobody")


def boundaries(*codes: str, until: date | None = None) -> BoundariesRead:
    """An outline for each of the wards; the first has another name in the file."""
    ring = [[-2.1, 52.5], [-2.1, 52.6], [-2.0, 52.6], [-2.1, 52.5]]
    return BoundariesRead(
        edition=BoundaryEdition(name="2013", valid_from=date(2004, 6, 10), valid_to=until),
        geometries={code: {"type": "Polygon", "coordinates": [ring]} for code in codes or WARDS},
        names={WARDS[0]: "Another name"},
    )


def test_boundaries_are_kept_once_and_other_names_are_said() -> None:
    report = outlines.import_boundaries(boundaries(), source="wards.geojson")
    assert report.changed
    assert report.other_names == (f"{WARDS[0]}: Another name",)
    before = everything()
    assert not outlines.import_boundaries(boundaries(), source="wards.geojson").changed
    assert everything() == before


@pytest.mark.parametrize("dry_run", [False, True])
def test_boundaries_without_all_wards_of_the_register_are_refused_and_the_wards_named(dry_run: bool) -> None:
    before = everything()
    with pytest.raises(RefusedError) as refused:
        outlines.import_boundaries(boundaries(*WARDS[1:]), source="wards.geojson", dry_run=dry_run)
    assert f"The file does not draw 1 ward of the 6 in the register: {WARDS[0]} Ward 1. Export" in str(refused.value)
    add_ward("E05009999", "Elsewhere", parent_code=builders.NEIGHBOUR)
    add_ward("E05001399", "Nobody's")
    with pytest.raises(RefusedError) as refused:
        outlines.import_boundaries(boundaries("E05009999"), source="wards.geojson", dry_run=dry_run)
    assert f"7 wards of the 7 in the register: {WARDS[0]} Ward 1, " in str(refused.value)
    assert f"{WARDS[4]} Ward 5 and 2 more." in str(refused.value)
    assert everything()["boundaries"] == before["boundaries"]


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "until", "due"),
    [
        (None, date(2004, 6, 9), None, False),  # gone before the edition began
        (date(2004, 6, 11), None, None, False),  # came after that
        (date(2004, 6, 10), None, None, True),
        (None, date(2004, 6, 10), None, True),
        (None, date(2015, 5, 6), date(2023, 5, 3), False),  # gone before its last day
        (None, date(2023, 5, 3), date(2023, 5, 3), True),
    ],
)
def test_only_wards_that_stood_in_the_time_of_the_boundaries_have_to_be_drawn(
    valid_from: date | None, valid_to: date | None, until: date | None, due: bool
) -> None:
    add_ward("E05001399", "Of its time", parent_code=COUNCIL, valid_from=valid_from, valid_to=valid_to)
    if due:
        with pytest.raises(RefusedError, match="E05001399 Of its time"):
            outlines.import_boundaries(boundaries(until=until), source="wards.geojson")
    else:
        assert outlines.import_boundaries(boundaries(until=until), source="wards.geojson").count == len(WARDS)


def add_ward(code: str, name: str, **fields: Any) -> None:
    with transaction() as session:
        session.merge(AreaRow(code=code, name=name, kind=AreaKind.WARD, **fields))


def test_only_the_bi_team_draws_the_map() -> None:
    manager = builders.a_user("manager", Role.SERVICE_MANAGER, "WASTE")
    with pytest.raises(NotAllowedError):
        outlines.import_boundaries(boundaries(), source="wards.geojson", by=manager)


# Many rows


def _of_many_measures(count: int) -> list[str]:
    codes = [f"M{number:02}" for number in range(count)]
    for code in codes:
        builders.add_measure(code)
    return codes


def test_what_a_file_of_many_measures_changes_stands_in_the_order_of_its_rows() -> None:
    codes = _of_many_measures(20)
    mixed = [*codes[::2], *codes[1::2]]
    report = importing.import_figures(read(*(f"{code},{COUNCIL},2017-09,,,120,," for code in mixed)), source="a.csv")
    assert [each.measure.code for each in report.changes] == mixed
    assert [each.row for each in report.changes] == list(range(2, 22))


def test_it_is_said_how_far_the_comparing_is_and_calling_it_off_changes_nothing() -> None:
    rows = read(*(f"{code},{COUNCIL},2017-09,,,120,," for code in _of_many_measures(20)))
    before, told = everything(), []

    def call_off(done: int) -> None:
        told.append(done)
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        importing.import_figures(rows, source="a.csv", watch=call_off)
    assert everything() == before
    assert (told[0], len(told)) == (0, 2)
    assert 0 < told[1] < 20


def test_the_council_alone_is_compared_with_the_council_alone() -> None:
    builders.add_measure("RATE", unit="per 1,000 people")
    for month in range(1, 10):
        for area in (COUNCIL, *WARDS):
            builders.add_figure("RATE", f"2017-{month:02}", "120", area=area)
    with rows_read("figures") as found:
        importing.import_figures(read(f"RATE,{COUNCIL},2017-09,,,130,,"), source="a.csv", dry_run=True)
    assert {row[1] for row in found} == {COUNCIL}


def test_of_a_file_of_many_measures_all_is_asked_that_is_asked_of_one() -> None:
    codes = _of_many_measures(30)
    early = [f"{code},{COUNCIL},2030-01,,,120,," for code in codes]
    apart = [f"{codes[-1]},{ward},2017-09,,,1,," for ward in WARDS]
    report = importing.import_figures(read(*early, f"{codes[-1]},{COUNCIL},2017-09,,,9,,", *apart), source="a.csv")
    begun = [each for each in report.questioned if "has not begun" in each]
    assert len(begun) == 20
    assert report.questioned[20].startswith(f"Check {codes[-1]}, September 2017: ")
