"""The reporting calendar: bank holidays, days that were set, six reasons for a lock, and correcting all the same."""

import threading
from datetime import date
from decimal import Decimal

import pytest

from cycle.do import calendar, drafts, reopenings, returns, signing_off
from cycle.do.calendar import Round
from data_access.models import SettingRow, UnitPlacementRow
from data_access.store.audit import list_breaks, list_events
from data_access.store.database import reading, transaction
from performance.do.calendar import DatesRefusedError
from performance.do.typed import Answer, Draft
from performance.ground.organisation import ReopeningStatus, ReturnStatus
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Frequency, Period
from tests.builders import COUNCIL, a_user, add_council, add_figure, add_measure
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_one")
SEPTEMBER, OCTOBER, DECEMBER = Period.month(2017, 9), Period.month(2017, 10), Period.month(2017, 12)


def a_service(*, locks_after: int | None = 10, today: date = date(2017, 11, 10)) -> User:
    """WASTE with two counts, due on the fifth, one of which came in for September."""
    add_council(today=today, locks_after=locks_after)
    add_measure("COUNT", title="Missed bins")
    add_measure("OTHER", title="Calls")
    add_figure("COUNT", "2017-09", "90")
    return a_user()


def setting(name: str, value: str) -> None:
    with transaction() as session:
        session.merge(SettingRow(name=name, value=value))


def verbs() -> list[str]:
    with reading() as session:
        assert list(list_breaks(session)) == []
        return [event.verb for event in list_events(session)]


def count(value: str, *, based_on: int = 0) -> Answer:
    return Answer(measure_code="COUNT", value=value, based_on=based_on)


def submit(by: User, period: Period, *answers: Answer, key: str = "key") -> returns.Receipt:
    return returns.submit_return("WASTE", period, answers=answers, request_key=key, by=by)


# The days


def october_of(rounds: calendar.Rounds) -> Round:
    return next(each for each in rounds.rounds if each.period == OCTOBER)


def test_the_calendar_shows_the_rounds_of_each_frequency_with_the_days_of_the_rule() -> None:
    manager = a_service()
    add_measure("SLOW", lag_days=60)
    add_measure("QUARTER", frequency=Frequency.QUARTERLY)
    rounds = calendar.list_rounds(by=manager)
    assert {each.frequency for each in rounds.rounds} == {Frequency.MONTHLY, Frequency.QUARTERLY}
    found = october_of(rounds)
    assert (found.dates.on_time_by, found.dates.locks_on) == (date(2017, 11, 6), date(2017, 11, 20))
    assert (found.measures, found.others, found.is_set) == (3, 1, False)


@pytest.mark.parametrize(("region", "on_time_by"), [("ENG", date(2018, 1, 2)), ("SCT", date(2018, 1, 3))])
def test_bank_holidays_are_those_of_the_councils_region(region: str, on_time_by: date) -> None:
    """New Year's Day is a holiday everywhere, the second of January in Scotland alone."""
    manager = a_service(today=date(2018, 1, 4))
    setting("holidays_region", region)
    add_measure("SWIFT", lag_days=1)
    lines = {line.measure.code: line for line in returns.my_return("WASTE", DECEMBER, by=manager).lines}
    assert lines["SWIFT"].asked.dates.on_time_by == on_time_by


def set_october(by: User, *, reason: str = "The ledger is late") -> None:
    calendar.set_dates(
        Frequency.MONTHLY, OCTOBER, opens_on=date(2017, 11, 1), on_time_by=date(2017, 11, 20),
        locks_on=date(2017, 12, 4), reason=reason, by=by,
    )  # fmt: skip


def test_the_bi_team_sets_other_days_and_every_return_follows_until_they_are_taken_back() -> None:
    manager, analyst = a_service(), a_user("analyst", Role.BI_TEAM, "COUNCIL")
    set_october(analyst)
    line = returns.my_return("WASTE", OCTOBER, by=manager).lines[0]
    assert line.asked.in_words == "On time by 20 November 2017, locks on 4 December 2017"
    assert not line.is_owed
    assert october_of(calendar.list_rounds(by=manager)).dates.reason == "The ledger is late"
    (owed,) = [each for each in returns.list_owed(by=manager) if each.period == OCTOBER]
    assert (owed.due_on, owed.late) == (date(2017, 11, 20), 0)
    calendar.reset_dates(Frequency.MONTHLY, OCTOBER, by=analyst)
    assert returns.my_return("WASTE", OCTOBER, by=manager).lines[0].is_owed
    calendar.reset_dates(Frequency.MONTHLY, OCTOBER, by=analyst)
    assert verbs() == ["set reporting dates", "reset reporting dates"]


def test_only_the_bi_team_sets_days_and_always_says_why() -> None:
    manager, analyst = a_service(), a_user("analyst", Role.BI_TEAM, "COUNCIL")
    with pytest.raises(NotAllowedError):
        set_october(manager)
    with pytest.raises(DatesRefusedError, match="Enter why the dates are other than usual"):
        set_october(analyst, reason="  ")
    assert rows_of("SELECT * FROM reporting_dates") == []


# Six reasons for a lock


def why(by: User, period: Period = SEPTEMBER) -> str:
    return returns.my_return("WASTE", period, by=by).locked_because


def test_a_month_that_is_over_for_too_long_is_locked_for_everybody() -> None:
    manager = a_service()
    assert why(manager) == (
        "These figures are locked since 19 October 2017. To enter or correct one, ask the BI team to reopen the return."
    )
    line = returns.my_return("WASTE", SEPTEMBER, by=manager).lines[0]
    assert line.locked_because == (
        "Locked since 19 October 2017, its last day. To enter or correct it, ask the BI team to reopen it."
    )
    with pytest.raises(returns.ReturnClosedError, match="are locked since 19 October 2017"):
        submit(manager, SEPTEMBER, count("91", based_on=1), Answer(measure_code="OTHER", value="7"))
    with pytest.raises(returns.ReturnClosedError, match="Locked since 19 October 2017"):
        returns.save_figure("COUNT", area_code=COUNCIL, period=SEPTEMBER, answer=count("91", based_on=1), by=manager)
    draft = Draft(answer=count("91", based_on=1), area_code=COUNCIL, period=SEPTEMBER)
    assert drafts.save_drafts("WASTE", SEPTEMBER, drafts=[draft], by=manager).drafts == {}
    assert verbs() == []


def test_a_month_that_is_not_open_yet_says_from_when() -> None:
    manager = a_service()
    with pytest.raises(returns.ReturnClosedError, match=r"Not open yet\. It can be entered from 1 December 2017"):
        returns.save_figure("COUNT", area_code=COUNCIL, period=Period.month(2017, 11), answer=count("1"), by=manager)
    assert returns.my_return("WASTE", Period.month(2017, 11), by=manager).lines == ()


def test_what_waits_for_sign_off_says_so() -> None:
    manager = a_service()
    submit(manager, OCTOBER, count("91"), Answer(measure_code="OTHER", value="7"))
    with pytest.raises(returns.ReturnClosedError, match="These figures wait for sign-off"):
        returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=count("92", based_on=1), by=manager)


def test_what_was_approved_says_by_whom() -> None:
    manager, _ = approved()
    assert "signed off by Head of service or director, PLACE on 10 November 2017" in why(manager, OCTOBER)


def test_another_service_is_not_ones_own() -> None:
    a_service()
    assert why(a_user("other", Role.SERVICE_MANAGER, "SOCIAL"), OCTOBER).startswith(
        "Waste and recycling is not your service. You may not enter and submit figures"
    )


def test_a_unit_that_closed_says_who_records_its_figures() -> None:
    a_service()
    director = a_user("director", Role.HEAD, "COUNCIL")
    with transaction() as session:
        for row in session.query(UnitPlacementRow).filter_by(unit_code="WASTE"):
            row.valid_to = date(2017, 10, 31)
    assert why(director, OCTOBER) == (
        "Waste and recycling closed on 31 October 2017. Ask the BI team to record its figures."
    )


# Reopening


def approved() -> tuple[User, User]:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    submit(manager, OCTOBER, count("91"), Answer(measure_code="OTHER", value="7"))
    signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
    return manager, head


def granted(manager: User, period: Period, *, until: date = date(2017, 11, 17)) -> User:
    analyst = a_user("analyst", Role.BI_TEAM, "COUNCIL")
    (asked,) = reopenings.ask_to_reopen(
        "WASTE", period, measure_codes=["COUNT"], reason="A slip: 19, not 91", by=manager
    )
    reopenings.grant_reopening(asked.id, open_until=until, by=analyst)
    return analyst


def test_a_granted_figure_is_corrected_for_a_reason_and_goes_to_sign_off_again() -> None:
    manager, head = approved()
    granted(manager, OCTOBER)
    return_ = returns.my_return("WASTE", OCTOBER, by=manager)
    assert [line.measure.code for line in return_.open_lines] == ["COUNT"]
    receipt = submit(manager, OCTOBER, count("19", based_on=1), key="key-2")
    assert [line.code for line in receipt.lines] == ["COUNT"]
    after = returns.my_return("WASTE", OCTOBER, by=manager)
    assert after.status is ReturnStatus.SUBMITTED
    assert rows_of("SELECT revision, value, reopening_id FROM figures WHERE measure_code = 'COUNT' "
                   "AND period_start = '2017-10-01' ORDER BY revision")[1][2] == 1  # fmt: skip
    signing_off.approve_return("WASTE", OCTOBER, version=2, by=head)
    assert verbs() == [
        "submit return", "approve return", "ask to reopen", "grant reopening", "submit return", "approve return",
    ]  # fmt: skip


def test_a_figure_late_beyond_its_lock_is_entered_under_a_reopening() -> None:
    manager = a_service()
    analyst = a_user("analyst", Role.BI_TEAM, "COUNCIL")
    (asked,) = reopenings.ask_to_reopen("WASTE", SEPTEMBER, measure_codes=["OTHER"], reason="Found", by=manager)
    reopenings.grant_reopening(asked.id, open_until=date(2017, 11, 10), by=analyst)
    submit(manager, SEPTEMBER, Answer(measure_code="OTHER", value="7"))
    assert rows_of("SELECT measure_code, reopening_id FROM figures WHERE reopening_id IS NOT NULL") == [("OTHER", 1)]


@pytest.mark.parametrize(("until", "is_open"), [(date(2017, 11, 14), True), (date(2017, 11, 13), False)])
def test_what_was_opened_closes_by_itself_after_its_last_day(until: date, is_open: bool) -> None:
    manager, _ = approved()
    granted(manager, OCTOBER, until=until)
    setting("fixed_today", "2017-11-14")
    assert bool(returns.my_return("WASTE", OCTOBER, by=manager).open_lines) is is_open


def test_the_bi_team_refuses_with_a_reason_that_the_service_reads() -> None:
    manager, _ = approved()
    analyst = a_user("analyst", Role.BI_TEAM, "COUNCIL")
    (asked,) = reopenings.ask_to_reopen("WASTE", OCTOBER, measure_codes=["COUNT"], reason="A slip", by=manager)
    with pytest.raises(reopenings.ReopeningRefusedError, match="Enter why it stays locked"):
        reopenings.refuse_reopening(asked.id, answer=" ", by=analyst)
    reopenings.refuse_reopening(asked.id, answer="The edition is out", by=analyst)
    (request,) = reopenings.list_requests(by=manager).decided
    assert request.in_words == "Refused by Business intelligence team, COUNCIL: The edition is out"
    assert returns.my_return("WASTE", OCTOBER, by=manager).open_lines == ()
    assert verbs()[-1] == "refuse reopening"


def test_nobody_answers_their_own_request() -> None:
    approved()
    analyst = a_user("analyst", Role.BI_TEAM, "COUNCIL")
    reader = a_user("reader", Role.BI_TEAM, "COUNCIL")
    (asked,) = reopenings.ask_to_reopen("WASTE", OCTOBER, measure_codes=["COUNT"], reason="A slip", by=analyst)
    with pytest.raises(reopenings.ReopeningRefusedError, match="someone else of the BI team answers it"):
        reopenings.grant_reopening(asked.id, open_until=date(2017, 11, 17), by=analyst)
    assert reopenings.grant_reopening(asked.id, open_until=date(2017, 11, 17), by=reader).decided_by == "reader"


@pytest.mark.parametrize(
    ("codes", "reason", "message"),
    [
        ([], "A slip", "Choose at least one figure"),
        (["COUNT"], " ", "Enter what is to be corrected"),
        (["NO_SUCH"], "A slip", "NO_SUCH is not locked"),
    ],
)
def test_a_request_says_what_and_why(codes: list[str], reason: str, message: str) -> None:
    manager, _ = approved()
    with pytest.raises(reopenings.ReopeningRefusedError, match=message):
        reopenings.ask_to_reopen("WASTE", OCTOBER, measure_codes=codes, reason=reason, by=manager)


def test_what_is_open_needs_no_request_and_one_that_waits_no_second() -> None:
    manager = a_service()
    with pytest.raises(reopenings.ReopeningRefusedError, match=r"COUNT is not locked\. It can be entered on My return"):
        reopenings.ask_to_reopen("WASTE", OCTOBER, measure_codes=["COUNT"], reason="A slip", by=manager)
    reopenings.ask_to_reopen("WASTE", SEPTEMBER, measure_codes=["COUNT"], reason="A slip", by=manager)
    with pytest.raises(reopenings.ReopeningRefusedError, match="waits for the BI team's answer already"):
        reopenings.ask_to_reopen("WASTE", SEPTEMBER, measure_codes=["COUNT", "OTHER"], reason="A slip", by=manager)
    assert len(rows_of("SELECT * FROM reopenings")) == 1


@pytest.mark.parametrize("until", [date(2017, 11, 9), date(2017, 12, 12)])
def test_a_reopening_is_for_a_time(until: date) -> None:
    manager, _ = approved()
    with pytest.raises(reopenings.ReopeningRefusedError, match="must be from today to 11 December 2017"):
        granted(manager, OCTOBER, until=until)


def test_a_service_sees_its_own_requests_and_the_bi_team_all() -> None:
    manager, _ = approved()
    analyst = a_user("analyst", Role.BI_TEAM, "COUNCIL")
    reopenings.ask_to_reopen("WASTE", OCTOBER, measure_codes=["COUNT"], reason="A slip", by=manager)
    stranger = a_user("stranger", Role.SERVICE_MANAGER, "SOCIAL")
    assert [len(reopenings.list_requests(by=each).waiting) for each in (manager, analyst, stranger)] == [1, 1, 0]
    with pytest.raises(NotAllowedError):
        reopenings.ask_to_reopen("WASTE", OCTOBER, measure_codes=["OTHER"], reason="A slip", by=stranger)


def test_of_two_answers_at_the_same_moment_one_stands() -> None:
    manager, _ = approved()
    (asked,) = reopenings.ask_to_reopen("WASTE", OCTOBER, measure_codes=["COUNT"], reason="A slip", by=manager)
    start, outcomes = threading.Barrier(2), []

    def decide(analyst: User, answer: str) -> None:
        start.wait()
        try:
            reopenings.refuse_reopening(asked.id, answer=answer, by=analyst)
            outcomes.append(answer)
        except reopenings.ReopeningRefusedError as refusal:
            outcomes.append(str(refusal))

    people = [a_user(name, Role.BI_TEAM, "COUNCIL") for name in ("one", "two")]
    both = [threading.Thread(target=decide, args=(each, each.username)) for each in people]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(outcomes)[0].startswith("Someone answered this request meanwhile")
    ((status, answer),) = rows_of("SELECT status, answer FROM reopenings")
    assert (status, answer) == (ReopeningStatus.REFUSED.value, sorted(outcomes)[1])


# What stays locked, and what does not


def test_correcting_one_figure_leaves_the_others_that_were_approved_locked() -> None:
    manager, _ = approved()
    granted(manager, OCTOBER)
    submit(manager, OCTOBER, count("19", based_on=1), key="key-2")
    after = returns.my_return("WASTE", OCTOBER, by=manager)
    assert [line.measure.code for line in after.open_lines] == ["COUNT"]
    with pytest.raises(returns.ReturnClosedError, match=r"OTHER cannot be entered in this return now\. Signed off"):
        submit(manager, OCTOBER, Answer(measure_code="OTHER", value="8", based_on=1), key="key-3")


def test_a_correction_that_came_back_with_a_question_is_still_a_correction() -> None:
    manager, head = approved()
    granted(manager, OCTOBER, until=date(2017, 11, 10))
    submit(manager, OCTOBER, count("19", based_on=1), key="key-2")
    setting("fixed_today", "2017-11-13")
    signing_off.return_with_question("WASTE", OCTOBER, version=2, questions={"COUNT": "Is it 19?"}, by=head)
    submit(manager, OCTOBER, count("18", based_on=2), key="key-3")
    kept = rows_of(
        "SELECT value, reopening_id FROM figures WHERE measure_code = 'COUNT' AND period_start = '2017-10-01' "
        "ORDER BY revision"
    )
    assert [(Decimal(value), under) for value, under in kept] == [(91, None), (19, 1), (18, 1)]


def test_what_comes_back_with_a_question_can_be_answered_after_the_lock() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    submit(manager, OCTOBER, count("91"), Answer(measure_code="OTHER", value="7"))
    setting("fixed_today", "2017-11-23")
    assert why(manager, OCTOBER).startswith("These figures are locked since 20 November 2017")
    signing_off.return_with_question("WASTE", OCTOBER, version=1, questions={"COUNT": "Is it 19?"}, by=head)
    receipt = submit(manager, OCTOBER, count("19", based_on=1), Answer(measure_code="OTHER", value="7", based_on=1),
                     key="key-2")  # fmt: skip
    assert len(receipt.lines) == 2
    assert why(manager, OCTOBER).startswith("These figures are locked since 20 November 2017")


def test_a_figure_late_in_an_approved_return_does_not_open_the_approved_ones() -> None:
    manager, head = approved()
    add_measure("SLOW", title="Letters", lag_days=9)
    submit(manager, OCTOBER, Answer(measure_code="SLOW", value="3"), key="key-2")
    assert [line.measure.code for line in returns.my_return("WASTE", OCTOBER, by=manager).open_lines] == ["SLOW"]
    signing_off.approve_return("WASTE", OCTOBER, version=2, by=head)


def test_nothing_of_a_closed_unit_is_saved_or_reopened() -> None:
    manager = a_service()
    with transaction() as session:
        for row in session.query(UnitPlacementRow).filter_by(unit_code="WASTE"):
            row.valid_to = date(2017, 10, 31)
    with pytest.raises(returns.ReturnClosedError, match="Waste and recycling closed on 31 October 2017"):
        returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=count("1"), by=manager)
    with pytest.raises(reopenings.ReopeningRefusedError, match="Waste and recycling closed on 31 October 2017"):
        reopenings.ask_to_reopen("WASTE", SEPTEMBER, measure_codes=["COUNT"], reason="A slip", by=manager)
    assert verbs() == []


def test_of_two_requests_at_the_same_moment_one_waits() -> None:
    manager, _ = approved()
    start, outcomes = threading.Barrier(2), []

    def ask() -> None:
        start.wait()
        try:
            reopenings.ask_to_reopen("WASTE", OCTOBER, measure_codes=["COUNT"], reason="A slip", by=manager)
            outcomes.append("")
        except reopenings.ReopeningRefusedError as refusal:
            outcomes.append(str(refusal))

    both = [threading.Thread(target=ask) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(outcomes) == ["", "Missed bins waits for the BI team's answer already"]
    assert len(rows_of("SELECT * FROM reopenings")) == 1


def test_days_are_set_for_a_period_of_the_frequency_alone() -> None:
    a_service()
    analyst = a_user("analyst", Role.BI_TEAM, "COUNCIL")
    with pytest.raises(DatesRefusedError, match="October 2017 is not a period of quarterly figures"):
        calendar.set_dates(
            Frequency.QUARTERLY, OCTOBER, opens_on=date(2017, 11, 1), on_time_by=date(2017, 11, 20),
            locks_on=date(2017, 12, 4), reason="The ledger is late", by=analyst,
        )  # fmt: skip
