"""Who reads what is published reads what has been signed off, and officers what came in: both, wherever it stands.

October of a ward and the council: 5 and 50 signed off, then 777,777 and 888,888 while the return is open again.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cycle.ground.exports import Wanted, export_wards
from cycle.ground.series.warding import NoWardFiguresError
from cycle.plan import on_a_page, thread
from cycle.review import explorer, own_ward, readings
from cycle.review.public_ward import public_profile
from data_access.do.figures import current_series, list_histories
from data_access.do.measured import list_areas_measured, list_periods_measured
from data_access.models import FigureRow, ReturnRow
from data_access.plan.tree import get_node, save_nodes
from data_access.store.database import transaction
from performance.ground.dated import Recording
from performance.ground.organisation import AreaKind, ReturnStatus
from performance.ground.people import Role, User
from performance.ground.periods import Period
from tests.builders import COUNCIL, NEIGHBOUR, WARDS, a_user, add_council, add_figure, add_measure, add_target

OCTOBER, SEPTEMBER = Period.month(2017, 10), Period.month(2017, 9)
FIRST, SIGNED, LATER = (datetime(2017, 11, day, 9, tzinfo=UTC) for day in (2, 4, 6))
WARD, NEW_WARD, NEW_WHOLE = WARDS[0], Decimal(777777), Decimal(888888)
NOT_SIGNED = (ReturnStatus.DRAFT, ReturnStatus.SUBMITTED, ReturnStatus.RETURNED)


def a_return(status: ReturnStatus, *, approved_at: datetime | None = None, unit: str = "WASTE") -> None:
    with transaction() as session:
        session.add(
            ReturnRow(
                unit_code=unit, period_start=OCTOBER.start, period_months=1, status=status, version=1,
                submitted_by="manager", submitted_at=FIRST, approved_at=approved_at,
            )
        )  # fmt: skip


def figures(*, both: bool = True) -> None:
    """September by file, October as it stood first where `both`, and as it came in later."""
    for area, old, new in ((WARD, "5", "777777"), (COUNCIL, "50", "888888"), (WARDS[1], "45", "111111")):
        add_figure("TIPS", "2017-09", "4", area=area, at=FIRST)
        if both:
            add_figure("TIPS", "2017-10", old, area=area, at=FIRST)
        add_figure("TIPS", "2017-10", new, area=area, revision=2 if both else 1, at=LATER)


@pytest.fixture
def tips(database_on_both: str) -> None:
    assert database_on_both
    add_council()
    add_measure("TIPS", title="Tips", objective_code="B1")
    for month in ("2017-09", "2017-10"):
        add_target("TIPS", month, "100")
    with transaction() as session:
        node = get_node(session, code="B1")
        recording = Recording(by="policy", at=FIRST, effective_on=date(2017, 11, 2), reason="")
        save_nodes(session, nodes=[type(node)(**(vars(node) | {"evidence": ("TIPS",)}))], recording=recording)


def people() -> tuple[User, User, User]:
    return (
        a_user("councillor", Role.COUNCILLOR, "COUNCIL"),
        a_user("employee", Role.EMPLOYEE, "COUNCIL"),
        a_user("officer", Role.POLICY_OFFICER, "COUNCIL"),
    )


def ward_and_whole(by: User) -> tuple[object, object]:
    found = readings.ward_map("TIPS", OCTOBER, by=by)
    return next(each.value for each in found.wards if each.area.code == WARD), found.whole


def of_profile(by: User) -> object:
    return {line.measure.code: line for line in readings.ward_profile(WARD, by=by).lines}["TIPS"].ward


def on_page(by: User) -> tuple[object, object]:
    page = on_a_page.plan_page("B1", by=by)
    (evidence,) = page.evidence
    wards = evidence.wards
    assert wards is not None
    return page.measures[0].value, next(each.value for each in wards.wards if each.area.code == WARD)


def exported(role: Role | None) -> list[object]:
    """The ward's value in the file of ward figures for a role."""
    found = export_wards(Wanted(role=role, period=OCTOBER))
    return [row[found.columns.index("value")] for row in found.rows if row[found.columns.index("area_code")] == WARD]


@pytest.mark.usefixtures("tips")
@pytest.mark.parametrize("status", NOT_SIGNED)
def test_what_was_signed_off_before_is_read_until_the_new_figure_is(status: ReturnStatus) -> None:
    a_return(status, approved_at=SIGNED)
    figures()
    councillor, employee, officer = people()
    assert ward_and_whole(councillor) == (5, 50)
    assert ward_and_whole(officer) == (NEW_WARD, NEW_WHOLE)
    assert of_profile(councillor) == 5
    assert of_profile(officer) == NEW_WARD
    assert {line.measure.code: line.ward for line in public_profile("Ward 1", None).lines} == {"TIPS": 5}
    assert on_page(employee) == (50, 5)
    assert on_page(officer) == (NEW_WHOLE, NEW_WARD)
    own_ward.choose_own_ward(WARD, by=councillor)
    profile = own_ward.own_ward(by=councillor).profile
    assert profile is not None
    assert [line.ward for line in profile.lines] == [5]
    assert exported(Role.COUNCILLOR) == [5]
    assert exported(Role.POLICY_OFFICER) == exported(None) == [NEW_WARD]


@pytest.mark.usefixtures("tips")
def test_a_figure_that_nobody_signed_off_yet_is_not_there_and_the_month_before_is() -> None:
    a_return(ReturnStatus.SUBMITTED)
    figures(both=False)
    councillor, employee, officer = people()
    found = readings.ward_map("TIPS", None, by=councillor)
    assert (found.period, found.whole, OCTOBER in found.periods) == (SEPTEMBER, 4, False)
    assert ward_and_whole(officer) == (NEW_WARD, NEW_WHOLE)
    assert on_page(employee) == (4, 4)
    assert explorer.explore(["TIPS"], ["ours"], by=officer)[0].lines[0].numbers[OCTOBER] == NEW_WHOLE


@pytest.mark.usefixtures("tips")
def test_a_measure_with_nothing_signed_off_has_no_map_and_no_ward_to_choose() -> None:
    a_return(ReturnStatus.DRAFT)
    add_figure("TIPS", "2017-10", "777777", area=WARD, at=LATER)
    councillor, _, officer = people()
    assert readings.ward_measures(by=councillor) == []
    assert readings.list_wards(by=councillor) == {}
    with pytest.raises(NoWardFiguresError):
        readings.ward_map("TIPS", None, by=councillor)
    assert [each.code for each in readings.ward_measures(by=officer)] == ["TIPS"]
    assert WARD in readings.list_wards(by=officer)


@pytest.mark.usefixtures("tips")
def test_a_ward_is_there_to_choose_once_any_of_its_figures_is_signed_off() -> None:
    """Also where its first one is not: what came before by file is taken back with the return of its month."""
    a_return(ReturnStatus.DRAFT)
    waiting, signed_later, by_file = WARDS[2:5]
    for ward, months in ((waiting, ["2017-10"]), (signed_later, ["2017-10", "2017-11"]), (by_file, ["2017-09"])):
        for month in months:
            add_figure("TIPS", month, "9", area=ward, at=FIRST)
    councillor, _, officer = people()
    assert {waiting, signed_later, by_file} <= readings.list_wards(by=officer).keys()
    assert readings.list_wards(by=councillor).keys() & {waiting, signed_later, by_file} == {signed_later, by_file}


@pytest.mark.usefixtures("tips")
@pytest.mark.parametrize("signed", [None, SIGNED], ids=["never", "once"])
def test_periods_of_which_a_ward_has_a_figure_that_is_signed_off(signed: datetime | None) -> None:
    """October was signed off with its first figures, or never; November is the council's alone."""
    a_return(ReturnStatus.DRAFT, approved_at=signed)
    figures()
    add_figure("TIPS", "2017-11", "9", area=COUNCIL, at=FIRST)
    of_wards: Any = {"measure_codes": ["TIPS"], "kinds": [AreaKind.WARD]}
    with transaction() as session:
        found = list_periods_measured(session, **of_wards, signed_only=True)
        every_one = list_periods_measured(session, **of_wards)
        then = list_areas_measured(session, **of_wards, as_known_at=FIRST - timedelta(days=1), signed_only=True)
    assert found == {"TIPS": {SEPTEMBER, OCTOBER} if signed else {SEPTEMBER}}
    assert every_one == {"TIPS": {SEPTEMBER, OCTOBER}}
    assert then == {}


@pytest.mark.usefixtures("tips")
def test_once_it_is_approved_everybody_reads_it_and_so_what_never_had_a_return() -> None:
    figures()
    councillor, employee, _ = people()
    assert ward_and_whole(councillor) == (NEW_WARD, NEW_WHOLE)
    a_return(ReturnStatus.APPROVED, approved_at=datetime(2017, 11, 7, tzinfo=UTC))
    assert ward_and_whole(councillor) == (NEW_WARD, NEW_WHOLE)
    assert on_page(employee) == (NEW_WHOLE, NEW_WARD)


@pytest.mark.usefixtures("tips")
def test_the_return_of_another_service_or_month_and_other_councils_hold_nothing_back() -> None:
    a_return(ReturnStatus.DRAFT, unit="HOUSING")
    figures()
    councillor, _, _ = people()
    assert ward_and_whole(councillor) == (NEW_WARD, NEW_WHOLE)
    a_return(ReturnStatus.DRAFT)
    add_figure("TIPS", "2017-10", "60", area=NEIGHBOUR, at=LATER)
    with transaction() as session:
        found = current_series(session, measure_codes=["TIPS"], signed_only=True)
    assert found["TIPS", NEIGHBOUR][OCTOBER].value == 60
    assert OCTOBER not in found["TIPS", COUNCIL]
    assert found["TIPS", COUNCIL][SEPTEMBER].value == 4


@pytest.mark.usefixtures("tips")
def test_a_figure_sent_with_a_return_waits_for_it_though_another_service_has_the_measure_by_now() -> None:
    a_return(ReturnStatus.SUBMITTED, unit="HOUSING")
    with transaction() as session:
        of_housing = session.query(ReturnRow).one()
        session.add(
            FigureRow(
                measure_code="TIPS", area_code=COUNCIL, period_start=OCTOBER.start, period_months=1, revision=1,
                value=Decimal(888888), status="provisional", recorded_at=LATER, recorded_by="manager",
                return_id=of_housing.id,
            )
        )  # fmt: skip
    with transaction() as session:
        assert current_series(session, measure_codes=["TIPS"], signed_only=True) == {}
        assert list_histories(session, measure_codes=["TIPS"], area_code=COUNCIL, signed_only=True) == {}
        assert current_series(session, measure_codes=["TIPS"])


@pytest.mark.usefixtures("tips")
def test_the_thread_of_an_employee_is_coloured_by_what_was_signed_off() -> None:
    a_return(ReturnStatus.SUBMITTED, approved_at=SIGNED)
    figures()
    _, employee, officer = people()
    below = thread.golden_thread(by=employee), thread.golden_thread(by=officer)
    assert below[0].counts != below[1].counts
