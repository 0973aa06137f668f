"""The register from a workbook: compared first, kept whole, the same again changes nothing. On both databases."""

from datetime import date
from decimal import Decimal

import pytest

from cycle.admin.setup import SetupMovedError, import_setup
from cycle.do.files.importing import list_known
from cycle.review import readings
from data_access.council.people import add_holding
from data_access.council.settings_store import list_settings
from data_access.plan.register import get_measure
from data_access.plan.targets import list_records
from data_access.store.database import reading, transaction
from intake.files.csv_text import read_csv
from intake.setup.setup_file import read_setup
from performance.admin.setup_report import SetupReport
from performance.ground.incoming import RefusedError
from performance.ground.people import NotAllowedError, Role
from tests import builders
from tests.conftest import rows_of
from tests.cycle.do.files.test_importing import everything

pytestmark = pytest.mark.usefixtures("database_on_both")

SHEETS = {
    "areas": "area_code,name,kind\nE08000031,Wolverhampton,council\n",
    "organisation": "unit_code,name,kind,parent_code\nCWC,Council,council,\nWASTE,Waste,service,CWC\n",
    "plan": "node_code,title,kind,parent_code,order\nO1,Outcome,outcome,P1,2\nP1,Priority,priority,,1\n",
    "comparator_groups": "group_name,area_code,rank\nNeighbours,E08000031,1\n",
    "measures": "measure_code,title,unit,polarity,accumulation,frequency,organisation_unit,objective,illustrative\n"
    "A10,A title,percent,higher,in_period,monthly,WASTE,O1,yes\n",
    "series_breaks": "measure_code,on,reason\nA10,2015-04-01,Counted anew\n",
    "targets": "measure_code,area_code,period,target,profile,rationale\n"
    "A10,E08000031,2017/18,95,flat,Best of last year\n",
    "actions": "measure_code,action,status\nA10,Do it,on_track\n",
    "risks": "risk_code,title,likelihood,impact\nR1,Flood,2,5\n",
    "people": "username,name,email,roles\nmanager,Service manager,m@example.org,service_manager@WASTE\n",
}


def bring(dry_run: bool = False, **changed: str) -> SetupReport:
    tables = [read_csv(text.encode(), name=name) for name, text in (SHEETS | changed).items()]
    register, problems = read_setup(tables, known=list_known())
    assert not problems, problems[0].in_words
    return import_setup(register, source="setup", dry_run=dry_run)


def test_an_empty_database_takes_the_whole_register() -> None:
    report = bring()
    assert report.changes == 12
    with reading() as session:
        measure = get_measure(session, code="A10")
        (target,) = list_records(session)
    assert (measure.objective_code, measure.multiplier, measure.illustrative) == ("O1", Decimal(100), True)
    assert [each.reason for each in measure.breaks] == ["Counted anew"]
    assert (target.imported, target.decided_by, target.target.number) == (True, "operator", Decimal(95))
    assert rows_of("SELECT value FROM settings WHERE name = 'council_area'") == [("E08000031",)]


def test_importing_again_changes_nothing() -> None:
    bring()
    before = everything()
    assert bring().changes == 0
    assert everything() == before


def test_a_dry_run_shows_the_difference_and_changes_nothing() -> None:
    bring()
    before = everything()
    report = bring(dry_run=True, risks="risk_code,title,likelihood,impact\nR1,Flood,3,5\nR2,Fire,1,1\n")
    said = {sheet.sheet: sheet.in_words for sheet in report.sheets}
    assert said["risks"] == "risks: 1 new, 1 changed, 0 the same (R1)"
    assert said["areas"] == "areas: 0 new, 0 changed, 1 the same"
    assert everything() == before


def test_a_changed_target_is_a_new_revision_and_the_old_one_stays() -> None:
    bring()
    bring(targets=SHEETS["targets"].replace(",95,", ",90,"))
    with reading() as session:
        found = [(each.target.revision, each.target.number) for each in list_records(session)]
    assert found == [(1, Decimal(95)), (2, Decimal(90))]


def test_a_service_that_moves_keeps_its_earlier_place() -> None:
    bring()
    moved = (
        "unit_code,name,kind,parent_code,valid_from,valid_to\nCWC,Council,council,,,\nPLACE,Place,directorate,CWC,,\n"
        "WASTE,Waste,service,CWC,,2016-03-31\nWASTE,Waste,service,PLACE,2016-04-01,\n"
    )
    bring(organisation=moved)
    places = rows_of(
        "SELECT parent_code FROM unit_placements WHERE unit_code = 'WASTE' ORDER BY valid_from IS NOT NULL"
    )
    assert places == [("CWC",), ("PLACE",)]


def test_accounts_already_there_are_not_changed_by_an_import() -> None:
    bring()
    before = everything()
    with pytest.raises(RefusedError, match="has an account already"):
        bring(people=SHEETS["people"].replace("service_manager", "head"))
    assert everything() == before


def test_an_account_that_deputises_for_a_while_is_still_the_same() -> None:
    bring()
    with transaction() as session:
        add_holding(session, username="manager", role=Role.DEPUTY, unit_code="CWC", first_day=date(2000, 1, 1),
                    last_day=date(2100, 1, 1))  # fmt: skip
    assert bring().changes == 0


def test_only_those_who_maintain_the_register_may() -> None:
    builders.add_council()
    head = builders.a_user("head", Role.HEAD, "WASTE")
    register, _ = read_setup([read_csv(SHEETS["areas"].encode(), name="areas")], known=list_known())
    with pytest.raises(NotAllowedError):
        import_setup(register, source="setup", by=head)


MEASURE = "measure_code,title,unit,polarity,accumulation,frequency,organisation_unit"


def test_a_column_the_file_does_not_have_leaves_what_is_stored_and_an_empty_cell_empties_it() -> None:
    bring(
        measures=f"{MEASURE},definition,source,decimals\n"
        "A10,A title,percent,higher,in_period,monthly,WASTE,Said well,A register,1\n"
    )
    report = bring(measures=f"{MEASURE},source\nA10,A better title,percent,higher,in_period,monthly,WASTE,\n")
    with reading() as session:
        measure = get_measure(session, code="A10")
    assert (measure.title, measure.definition, measure.decimals) == ("A better title", "Said well", 1)
    assert measure.source == ""
    (changed,) = next(sheet.changed for sheet in report.sheets if sheet.sheet == "measures")
    assert [each.in_words for each in changed.fields] == [
        "title: A title -> A better title",
        "source: A register -> empty",
    ]


def test_what_follows_from_the_unit_follows_a_new_unit() -> None:
    bring(measures=f"{MEASURE}\nA10,A title,percent,higher,in_period,monthly,WASTE\n")
    bring(measures=f'{MEASURE}\nA10,A title,"per 1,000",higher,in_period,monthly,WASTE\n')
    with reading() as session:
        assert get_measure(session, code="A10").multiplier == Decimal(1000)


def settings(*rows: str) -> str:
    return "name,value\n" + "\n".join(rows) + "\n"


def test_the_workbook_names_the_council_and_says_what_holds_for_all_of_it() -> None:
    report = bring(settings=settings("council_name,Seaborough District Council", "default_tolerance,3%"))
    (sheet,) = (each for each in report.sheets if each.sheet == "settings")
    assert [(row.code, row.fields[0].in_words) for row in sheet.changed] == [
        ("council_name", "value: Your council -> Seaborough District Council"),
        ("default_tolerance", "value: 5 -> 3"),
    ]
    with reading() as session:
        council = list_settings(session)
    assert (council["council_name"], council["council_area"]) == ("Seaborough District Council", "E08000031")
    assert (council["default_tolerance"], council["council_place"]) == ("3", "Wolverhampton")
    assert bring(settings=settings("default_tolerance,3.0")).changes == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("default_tolerance,much", 'default tolerance "much" is not a number from 0 to 100'),
        ("default_tolerance,-1", "not a number from 0 to 100"),
        ("default_tolerance,NaN", "not a number from 0 to 100"),
        ("reds_running,1.5", "not a whole number from 1 to 12"),
        ("council_name,", "has 1 to 120 characters"),
        ("council_area,E99999999", "not in the list of areas"),
        ("fixed_today,2017-11-10", '"fixed_today" is not a setting'),
        ("demonstration,yes", '"demonstration" is not a setting'),
    ],
)
def test_a_setting_that_cannot_be_is_named_with_what_it_may_be(row: str, said: str) -> None:
    tables = [read_csv(text.encode(), name=name) for name, text in (SHEETS | {"settings": settings(row)}).items()]
    _, problems = read_setup(tables, known=list_known())
    assert any(said in problem.in_words for problem in problems), [problem.in_words for problem in problems]


def test_the_councils_own_area_is_a_council() -> None:
    ward = SHEETS["areas"] + "E05000001,A ward,ward\n"
    with pytest.raises(RefusedError, match="not an area of kind council"):
        bring(areas=ward, settings=settings("council_area,E05000001"))


def test_a_new_default_tolerance_by_file_holds_forward_only() -> None:
    builders.add_council()
    builders.add_measure(polarity="lower")
    reader = builders.a_user("reader", Role.LEADERSHIP, "COUNCIL")
    for month, number in (("2017-08", "104"), ("2017-09", "104")):
        builders.add_figure("WCP1063", month, number)
        builders.add_target("WCP1063", month, "100")
    before = [each.rag for each in readings.measure_page("WCP1063", by=reader).figures]
    tables = [read_csv(settings("default_tolerance,1").encode(), name="settings")]
    register, _ = read_setup(tables, known=list_known())
    import_setup(register, source="setup.xlsx")
    assert [each.rag for each in readings.measure_page("WCP1063", by=reader).figures] == before


def test_what_was_confirmed_is_written_only_if_it_is_still_what_would_change() -> None:
    shown = bring(dry_run=True).fingerprint
    bring()
    tables = [read_csv(text.encode(), name=name) for name, text in SHEETS.items()]
    register, _ = read_setup(tables, known=list_known())
    with pytest.raises(SetupMovedError):
        import_setup(register, source="setup", shown=shown)


def test_an_import_leaves_one_event_and_its_number() -> None:
    report = bring()
    assert rows_of("SELECT sequence, verb, subject FROM audit_events") == [(report.receipt, "import setup", "setup")]


MANAGED = "username,name,roles,manager\nboss,Head of Waste,head@WASTE,\nofficer,Waste officer,employee@WASTE,Boss\n"


def test_people_come_with_their_manager_and_a_sheet_that_leaves_it_out_changes_nothing() -> None:
    bring()
    bring(people=MANAGED)
    managed = rows_of("SELECT username, manager FROM people WHERE username IN ('boss', 'officer') ORDER BY username")
    assert managed == [("boss", None), ("officer", "boss")]
    before = everything()
    bring(people=MANAGED)
    bring(people="username,name,roles\nofficer,Waste officer,employee@WASTE\n")
    assert everything() == before


@pytest.mark.parametrize("manager", ["nobody", "officer"], ids=["without an account", "themselves"])
def test_a_manager_has_an_account_of_their_own(manager: str) -> None:
    bring()
    before = everything()
    with pytest.raises(RefusedError, match=f'officer is managed by "{manager}"'):
        bring(people=MANAGED.replace("Boss", manager))
    assert everything() == before


def test_an_import_does_not_give_someone_another_manager() -> None:
    bring()
    bring(people=MANAGED)
    with pytest.raises(RefusedError, match="another name, e-mail, manager or other roles"):
        bring(people=MANAGED.replace("WASTE,\n", "WASTE,officer\n").replace("WASTE,Boss", "WASTE,"))
