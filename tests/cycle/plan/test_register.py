"""The register is kept: by whom, with reasons, forward only, and nobody overwrites what they have not seen."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cycle.plan import register
from data_access.plan.register import get_measure, list_last_uses
from data_access.store.database import reading
from performance.ground.measures import Measure, Polarity, Use
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from performance.plan.register_changes import Broken, Documented, Replaced, Retired, Reworded
from tests.builders import a_user, add_council, add_figure, add_measure, add_target
from tests.conftest import rows_of

CODE = "WCP1063"
TODAY = date(2017, 11, 10)
METHOD = Documented(sections={"formula": "Missed / due x 100"}, reviewed=True, reason="Asked by the panel")


@pytest.fixture(autouse=True)
def council(database_on_one: str) -> None:
    assert database_on_one
    add_council()
    add_measure(CODE, polarity=Polarity.LOWER, tolerance=Decimal(2))
    add_measure("NEW1")
    add_measure("NEW2")


def an_officer() -> User:
    return a_user("policy", Role.POLICY_OFFICER, "COUNCIL")


def an_analyst() -> User:
    return a_user("bi", Role.BI_TEAM, "COUNCIL")


def stored(code: str = CODE) -> Measure:
    with reading() as session:
        return get_measure(session, code=code)


def test_the_policy_officer_documents_a_measure_and_its_method_has_a_second_version() -> None:
    officer = an_officer()
    before = register.method_page(CODE, by=officer)
    said = register.change_register(CODE, METHOD, version=before.version, by=officer)
    page = register.method_page(CODE, by=officer)
    assert said == "The methodology of Measure WCP1063 is saved."
    assert (stored().formula, stored().methodology_reviewed_on) == ("Missed / due x 100", TODAY)
    assert (before.line.method_version, page.line.method_version, page.version) == (1, 2, 2)
    (version,) = page.history
    assert {change.field for change in version.changes} == {"formula", "methodology_reviewed_on"}
    assert version.changes[0].recording.reason == "Asked by the panel"
    ((verb, subject),) = rows_of("SELECT verb, subject FROM audit_events")
    assert (verb, subject) == ("document measure", CODE)


def test_reviewing_alone_needs_no_reason_and_makes_no_new_version_of_the_method() -> None:
    officer = an_officer()
    register.change_register(CODE, Documented(sections={}, reviewed=True, reason=""), version=1, by=officer)
    assert register.method_page(CODE, by=officer).line.method_version == 1


@pytest.mark.parametrize("change", [replace(METHOD, reason=" "), Documented(sections={}, reviewed=False, reason="x")])
def test_a_change_without_a_reason_or_without_a_change_is_refused(change: Documented) -> None:
    with pytest.raises(register.RegisterRefusedError):
        register.change_register(CODE, change, version=1, by=an_officer())
    assert rows_of("SELECT count(*) FROM audit_events") == [(0,)]


def test_the_second_to_save_is_told_who_changed_what_and_nothing_is_overwritten() -> None:
    officer, analyst = an_officer(), an_analyst()
    register.change_register(CODE, METHOD, version=1, by=officer)
    late = Documented(sections={"formula": "Another"}, reviewed=False, reason="Mine")
    with pytest.raises(register.RegisterConflictError, match=r"Policy officer, COUNCIL .* formula to “Missed / due"):
        register.change_register(CODE, late, version=1, by=analyst)
    assert stored().formula == "Missed / due x 100"
    register.change_register(CODE, late, version=2, by=analyst)
    assert stored().formula == "Another"


def test_what_two_people_write_in_different_fields_is_kept_of_both() -> None:
    register.change_register(CODE, METHOD, version=1, by=an_officer())
    other = Documented(sections={"definition": "Bins missed"}, reviewed=False, reason="Mine")
    register.change_register(CODE, other, version=1, by=an_analyst())
    assert (stored().formula, stored().definition) == ("Missed / due x 100", "Bins missed")


def test_the_policy_officer_may_not_change_what_a_measure_is() -> None:
    officer = an_officer()
    with pytest.raises(NotAllowedError):
        register.change_register(CODE, Reworded(fields={"title": "x"}, reason="y"), version=1, by=officer)
    with pytest.raises(NotAllowedError):
        register.add_measure(replace(stored(), code="X1"), by=officer)


def test_a_new_polarity_leaves_the_colours_of_ended_periods() -> None:
    analyst = an_analyst()
    changed = Reworded(fields={"polarity": Polarity.HIGHER, "tolerance": None}, reason="The panel asked")
    register.change_register(CODE, changed, version=1, by=analyst)
    then, now = stored().at(Period.month(2017, 10)), stored().at(Period.month(2017, 11))
    assert (then.polarity, then.tolerance) == (Polarity.LOWER, Decimal(2))
    assert (now.polarity, now.tolerance) == (Polarity.HIGHER, None)


@pytest.mark.parametrize(
    "field",
    [{"unit": "days"}, {"decimals": 2}, {"numerator_definition": "Bins"}, {"cycle_months": 24}],
    ids=["unit", "decimals", "counts", "cycle"],
)
def test_what_figures_rest_on_cannot_change_once_there_are_figures(field: dict[str, object]) -> None:
    analyst = an_analyst()
    change = Reworded(fields=field, reason="A better way")
    add_figure(CODE, "2017-09", "5")
    with pytest.raises(register.RegisterRefusedError, match="let it replace this one"):
        register.change_register(CODE, change, version=1, by=analyst)


def test_before_there_are_figures_everything_but_the_code_can_change() -> None:
    analyst = an_analyst()
    register.change_register(CODE, Reworded(fields={"unit": "days"}, reason="A slip"), version=1, by=analyst)
    assert stored().unit == "days"
    with pytest.raises(register.RegisterRefusedError, match="code of a measure never changes"):
        register.change_register(CODE, Reworded(fields={"code": "NEW1"}, reason="y"), version=2, by=analyst)


def test_a_measure_is_retired_after_its_newest_figure_and_stays_readable() -> None:
    analyst = an_analyst()
    add_figure(CODE, "2017-10", "5")
    early = Retired(last_day=date(2017, 10, 30), reason="No longer asked for")
    with pytest.raises(register.RegisterRefusedError, match="Choose 31 October 2017 or later"):
        register.change_register(CODE, early, version=1, by=analyst)
    with pytest.raises(register.RegisterRefusedError, match="Choose 31 October 2017 or later"):
        register.change_register(
            CODE, Reworded(fields={"active_to": date(2016, 1, 1)}, reason="y"), version=1, by=analyst
        )
    said = register.change_register(CODE, replace(early, last_day=date(2017, 10, 31)), version=1, by=analyst)
    assert said == "Measure WCP1063 is retired after 31 October 2017."
    line = register.method_page(CODE, by=analyst).line
    assert (line.is_in_use, line.measure.active_to) == (False, date(2017, 10, 31))


def test_a_measure_is_split_into_two_that_remember_it() -> None:
    analyst = an_analyst()
    split = Replaced(successors=("NEW1", "NEW2"), first_day=date(2018, 4, 1), reason="Two services now")
    said = register.change_register(CODE, split, version=1, by=analyst)
    assert said == "Measure NEW1 and Measure NEW2 took the place of Measure WCP1063 from 1 April 2018."
    assert stored().active_to == date(2018, 3, 31)
    assert [(stored(code).replaces, stored(code).active_from) for code in ("NEW1", "NEW2")] == [
        (CODE, date(2018, 4, 1))
    ] * 2
    page = register.method_page(CODE, by=analyst)
    assert [each.code for each in page.successors] == ["NEW1", "NEW2"]
    assert register.method_page("NEW1", by=analyst).replaced == "Measure WCP1063"


@pytest.mark.parametrize("successors", [(), (CODE,)], ids=["nobody", "itself"])
def test_nothing_and_itself_cannot_take_a_measures_place(successors: tuple[str, ...]) -> None:
    change = Replaced(successors=successors, first_day=date(2018, 4, 1), reason="Why not")
    with pytest.raises(register.RegisterRefusedError):
        register.change_register(CODE, change, version=1, by=an_analyst())
    assert stored().active_to is None


def test_a_break_stands_with_its_reason_and_only_once_a_day() -> None:
    analyst = an_analyst()
    change = Broken(on=date(2017, 4, 1), reason="Counted by address")
    register.change_register(CODE, change, version=1, by=analyst)
    assert [(each.on, each.reason) for each in stored().breaks] == [(date(2017, 4, 1), "Counted by address")]
    with pytest.raises(register.RegisterRefusedError, match="already"):
        register.change_register(CODE, change, version=1, by=analyst)
    with pytest.raises(register.RegisterRefusedError, match="Enter what changed"):
        register.change_register(CODE, replace(change, on=date(2017, 5, 1), reason=""), version=1, by=analyst)


def test_a_code_is_taken_once() -> None:
    analyst = an_analyst()
    register.add_measure(replace(stored(), code="NEW3", title="Another"), by=analyst)
    assert stored("NEW3").title == "Another"
    with pytest.raises(register.RegisterRefusedError, match='"NEW3" already'):
        register.add_measure(replace(stored(), code="NEW3"), by=analyst)


def test_a_use_is_kept_once_a_day_and_tells_nothing_of_the_person() -> None:
    analyst = an_analyst()
    for _ in range(3):
        register.note_use(CODE, Use.OPENED, by=analyst)
    register.note_use(CODE, Use.REPORTED, by=analyst)
    register.note_use("NOTHING", Use.OPENED, by=analyst)
    assert rows_of("SELECT measure_code, use FROM measure_uses ORDER BY use") == [(CODE, "opened"), (CODE, "reported")]
    with reading() as session:
        assert list_last_uses(session, use=Use.OPENED) == {CODE: TODAY}
    assert rows_of("SELECT count(*) FROM audit_events") == [(0,)]


def test_the_register_is_examined_with_what_is_stored() -> None:
    add_figure(CODE, "2017-09", "9")
    add_target(CODE, "2017-09", "5")
    lines = {line.measure.code: line for line in register.list_register(by=an_analyst()).lines}
    assert lines[CODE].passed < 10
    assert "1 off target without a word" in " ".join(finding.detail for finding in lines[CODE].findings)
    assert lines["NEW1"].why_cull == ("Never updated.",)


def test_the_register_leaves_with_the_columns_it_comes_in_by() -> None:
    sheet = register.register_sheet(by=an_analyst())
    assert {"measure_code", "rationale", "formula", "replaces"} <= set(sheet.columns)
    assert [row[0] for row in sheet.rows] == ["NEW1", "NEW2", CODE]
