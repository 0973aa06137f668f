"""Checks that need the database: wards against the city, the council's own limits, and what is kept of a yes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cycle.do import _ward_totals, returns
from cycle.do.files import importing
from data_access.council.settings_store import get_check_limits, save_setting
from data_access.store.database import reading, transaction
from performance.admin.council import WORKBOOK_SETTINGS, SettingError, checked_setting
from performance.do.typed import Answer
from performance.ground.commentary import Commentary
from performance.ground.figures import Figure
from performance.ground.incoming import FigureLine, FiguresRead
from performance.ground.measures import Accumulation, CommentaryRule
from performance.ground.organisation import AreaKind
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.reckoning.unusual import Check, CheckLimits
from performance.ground.values import Absence
from tests.builders import COUNCIL, WARDS, a_user, add_area, add_council, add_figure, add_measure, add_share, add_target
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_one")
OCTOBER = Period.month(2017, 10)
NORTH, SOUTH, *OTHERS = WARDS
OLD = "E05000003"


def a_city(*wards: str | Absence | None, **fields: object) -> User:
    """A count for October in the first two wards, none in the others; and a ward that closed in 2016."""
    add_council()
    add_area(OLD, "Old", AreaKind.WARD, parent_code=COUNCIL, valid_to=date(2016, 3, 31))
    add_measure("COUNT", **fields)
    for code, value in zip((NORTH, SOUTH), wards, strict=False):
        if isinstance(value, Absence):
            add_figure("COUNT", "2017-10", area=code, absence=value)
        elif value is not None:
            add_figure("COUNT", "2017-10", value, area=code)
    for code in OTHERS if wards else ():
        add_figure("COUNT", "2017-10", "0", area=code)
    return a_user()


def setting(name: str, value: str) -> None:
    with transaction() as session:
        save_setting(session, name=name, value=value)


def checks(manager: User, value: str, **commentary: str) -> list[tuple[Check, str]]:
    answer = Answer(measure_code="COUNT", value=value, commentary=Commentary(**commentary))
    checked = returns.check_return("WASTE", OCTOBER, answers=[answer], by=manager)
    return [(each.check, each.message) for each in checked.lines[0].questions]


def test_wards_that_do_not_add_up_to_the_city_are_questioned() -> None:
    manager = a_city("40", "62")
    assert checks(manager, "104") == [(Check.WARDS, "Check: the wards add up to 102, not 104. Confirm it or change it")]
    assert checks(manager, "102") == []


@pytest.mark.parametrize(
    ("wards", "fields"),
    [
        pytest.param(("40", None), {}, id="a ward is missing"),
        pytest.param(("40", Absence.SUPPRESSED), {}, id="a ward is hidden at source"),
        pytest.param(("40", "62"), {"unit": "per 1,000"}, id="rates"),
        pytest.param(("40", "62"), {"unit": "score"}, id="scores"),
        pytest.param((), {}, id="no figures by ward"),
    ],
)
def test_what_cannot_be_added_up_is_not(wards: tuple[str | Absence | None, ...], fields: dict[str, object]) -> None:
    assert checks(a_city(*wards, **fields), "104") == []


def test_a_running_total_adds_up_over_wards_too() -> None:
    manager = a_city("40", "62", accumulation=Accumulation.CUMULATIVE)
    assert [check for check, _ in checks(manager, "104")] == [Check.WARDS]


def test_a_file_is_told_where_wards_and_city_disagree_from_either_side() -> None:
    manager = a_city("40", "62")
    measure = returns.my_return("WASTE", OCTOBER, by=manager).lines[0].measure
    city = Figure(measure_code="COUNT", area_code=COUNCIL, period=OCTOBER, value=Decimal(104))
    with reading() as session:
        assert _ward_totals.disagreements(session, [(measure, city)]) == (
            "Check COUNT, October 2017: the wards add up to 102, not 104.",
        )
        assert _ward_totals.disagreements(session, [(measure, replace(city, value=Decimal(102)))]) == ()
        assert _ward_totals.disagreements(session, []) == ()
    add_figure("COUNT", "2017-10", "104")
    with reading() as session:
        told = _ward_totals.disagreements(session, [(measure, replace(city, area_code=NORTH, value=Decimal(41)))])
        assert told == ("Check COUNT, October 2017: the wards add up to 103, not 104.",)
        assert _ward_totals.disagreements(session, [(measure, replace(city, area_code=NORTH, value=Decimal(42)))]) == ()


def test_an_import_keeps_what_it_questions() -> None:
    a_city("40", "62")
    city = Figure(measure_code="COUNT", area_code=COUNCIL, period=OCTOBER, value=Decimal(104))
    read = FiguresRead(lines=(FigureLine(row=2, figure=city),), problems=())
    report = importing.import_figures(read, source="nightly.csv")
    assert (report.added, report.questioned) == (1, ("Check COUNT, October 2017: the wards add up to 102, not 104.",))


def test_a_yes_keeps_the_rule_and_the_reason_who_and_when() -> None:
    manager = a_city("40", "62")
    answer = Answer(measure_code="COUNT", value="104", commentary=Commentary(confirmed="Two live in no ward"))
    returns.submit_return("WASTE", OCTOBER, answers=[answer], request_key="k", by=manager)
    kept = rows_of("SELECT confirmed_checks, commentary, recorded_by FROM figures WHERE recorded_by = 'manager'")
    assert kept == [("wards", "Confirmed as right: Two live in no ward", "manager")]


def test_an_unusual_figure_without_a_reason_is_not_submitted_but_may_be_kept_as_a_draft() -> None:
    manager = a_city("40", "62")
    answer = Answer(measure_code="COUNT", value="104")
    with pytest.raises(returns.EntryRefusedError, match="Enter why this is right, for measure COUNT, or change it"):
        returns.submit_return("WASTE", OCTOBER, answers=[answer], request_key="k", by=manager)
    assert returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=answer, by=manager).revision == 1


def test_a_commentary_that_cannot_be_kept_whole_is_never_cut() -> None:
    manager = a_city()
    answer = Answer(measure_code="COUNT", value="104", commentary=Commentary(why="x" * 20_000))
    for act in (
        lambda: returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=answer, by=manager),
        lambda: returns.submit_return("WASTE", OCTOBER, answers=[answer], request_key="k", by=manager),
    ):
        with pytest.raises(returns.EntryRefusedError, match=r"must be 600 characters or less. You have 20,000"):
            act()
    assert rows_of("SELECT * FROM figures") == []


# The council's own limits


def test_the_defaults_are_four_deviations_and_one_period() -> None:
    add_council()
    with reading() as session:
        assert get_check_limits(session) == CheckLimits()
    assert {"usual_range", "unchanged_periods"} <= WORKBOOK_SETTINGS.keys()


@pytest.mark.parametrize(("periods", "asked"), [("1", [Check.UNCHANGED]), ("2", [Check.UNCHANGED]), ("3", [])])
def test_the_council_says_how_long_a_figure_may_stay_the_same(periods: str, asked: list[Check]) -> None:
    manager = a_city()
    setting("unchanged_periods", periods)
    for month in ("2017-08", "2017-09"):
        add_figure("COUNT", month, "9")
    assert [check for check, _ in checks(manager, "9")] == asked


@pytest.mark.parametrize(("multiple", "asked"), [("4", [Check.UNUSUAL]), ("12.5", [])])
def test_the_council_says_how_far_is_unusual(multiple: str, asked: list[Check]) -> None:
    manager = a_city()
    setting("usual_range", multiple)
    for year, value in ((2014, "660"), (2015, "671"), (2016, "680")):
        add_figure("COUNT", f"{year}-10", value)
    assert [check for check, _ in checks(manager, "770")] == asked


@pytest.mark.parametrize(
    ("name", "value"),
    [("usual_range", "0"), ("usual_range", "far"), ("unchanged_periods", "0"), ("unchanged_periods", "1.5")],
)
def test_limits_that_make_no_sense_are_refused(name: str, value: str) -> None:
    with pytest.raises(SettingError, match="from 1 to"):
        checked_setting(name, value)


# Whose role an action is, and when it is asked for


def test_an_action_is_given_to_a_role_of_the_organisation() -> None:
    manager = a_city(owner_role="Waste Data Officer")
    roles = returns.my_return("WASTE", OCTOBER, by=manager).role_titles
    assert roles[0] == "Waste Data Officer"
    assert "Head of Waste and recycling" in roles
    assert len(set(roles)) == len(roles)


def test_a_measures_own_rule_is_kept_and_followed() -> None:
    add_council()
    add_share("SHARE", commentary_rule=CommentaryRule.NEVER)
    add_target("SHARE", "2017-10", "95")
    manager = a_user()
    answer = Answer(measure_code="SHARE", numerator="1", denominator="2")
    (line,) = returns.check_return("WASTE", OCTOBER, answers=[answer], by=manager).lines
    assert (line.rating.in_words, line.wants_commentary, line.gaps) == ("Red", False, ())


def test_who_may_not_enter_figures_is_asked_nothing() -> None:
    a_city("40", "62")
    reader = a_user("reader", Role.LEADERSHIP, "COUNCIL")
    assert returns.check_return("WASTE", OCTOBER, answers=[], by=reader).lines == ()
