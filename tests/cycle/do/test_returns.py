"""Do: entering, submitting and signing off, as the people of the council are allowed to."""

import json
import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cycle.admin import accounts
from cycle.do import returns
from cycle.ground.access import SignedOutError
from data_access.store.audit import list_breaks, list_events
from data_access.store.database import reading
from performance.do.answers import stored_answer
from performance.do.typed import Answer, Choice
from performance.ground.commentary import Commentary
from performance.ground.figures import FigureStatus
from performance.ground.organisation import ReturnStatus
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Frequency, Period, parse_period
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from tests.builders import COUNCIL, a_user, add_council, add_figure, add_measure, add_share, add_target
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_both")
OCTOBER = Period.month(2017, 10)
SAID = Commentary(
    what_happened="Two crews were short",
    why="Sickness",
    what_next="Recruit two",
    who="Crew leader",
    by_when="1 December 2017",
    back_on_track="January 2018",
)


def a_service(*, value: str = "90", target: str | None = "100") -> User:
    """WASTE with one count and one share due for October, and its manager."""
    add_council()
    add_measure("COUNT")
    add_share("SHARE")
    add_figure("COUNT", "2017-09", value)
    if target is not None:
        add_target("COUNT", "2017-10", target)
    return a_user()


def count(value: str, *, based_on: int = 0, commentary: Commentary = SAID) -> Answer:
    return Answer(measure_code="COUNT", value=value, commentary=commentary, based_on=based_on)


def share(numerator: str, denominator: str, *, based_on: int = 0) -> Answer:
    return Answer(measure_code="SHARE", numerator=numerator, denominator=denominator, based_on=based_on)


def submit(by: User, *answers: Answer, key: str = "key-1") -> returns.Receipt:
    return returns.submit_return("WASTE", OCTOBER, answers=answers, request_key=key, by=by)


def stored_values() -> list[tuple[object, ...]]:
    query = "SELECT measure_code, revision, recorded_by FROM figures WHERE period_start = '2017-10-01' ORDER BY 1, 2"
    return rows_of(query)


def verbs() -> list[str]:
    with reading() as session:
        assert list(list_breaks(session)) == []
        return [event.verb for event in list_events(session)]


# What a return asks for


def test_a_return_shows_what_is_due_with_target_and_last_month() -> None:
    manager = a_service()
    return_ = returns.my_return("WASTE", OCTOBER, by=manager)
    line = return_.lines[0]
    assert [each.measure.code for each in return_.lines] == ["COUNT", "SHARE"]
    assert line.target is not None
    assert line.target.number == 100
    assert line.in_words(line.before) == "90"
    assert (line.revision, line.asked.due_on, line.is_owed) == (0, date(2017, 11, 5), True)
    assert return_.open_lines == return_.lines


def test_a_quarterly_measure_is_asked_in_the_month_its_quarter_ends() -> None:
    add_council()
    add_measure("QUARTER", frequency=Frequency.QUARTERLY)
    manager = a_user()
    assert returns.my_return("WASTE", OCTOBER, by=manager).lines == ()
    (later,) = returns.my_return("WASTE", OCTOBER, by=manager).not_due
    assert later.period.in_words == "Q3 (October to December) 2017/18"
    (asked,) = returns.my_return("WASTE", Period.month(2017, 9), by=manager).lines
    assert asked.period.in_words == "Q2 (July to September) 2017/18"


def test_a_figure_that_arrives_months_later_opens_a_month_before_it_is_due() -> None:
    add_council()
    add_measure("LATE", lag_days=100)
    add_measure("SOON", lag_days=30)
    return_ = returns.my_return("WASTE", OCTOBER, by=a_user())
    assert [line.measure.code for line in return_.lines] == ["SOON"]
    assert [(each.measure.code, each.dates.opens_on, each.due_on) for each in return_.not_due] == [
        ("LATE", date(2018, 1, 8), date(2018, 2, 8))
    ]


def test_a_measure_that_was_retired_is_not_asked() -> None:
    add_council()
    add_measure("GONE", active_to=date(2017, 9, 30))
    assert returns.my_return("WASTE", OCTOBER, by=a_user()).lines == ()


def test_a_month_that_is_not_over_asks_for_nothing() -> None:
    manager = a_service()
    assert returns.my_return("WASTE", Period.month(2017, 11), by=manager).lines == ()


def test_another_services_return_can_be_read_and_says_why_it_cannot_be_changed() -> None:
    a_service()
    stranger = a_user("housing", unit="HOUSING")
    return_ = returns.my_return("WASTE", OCTOBER, by=stranger)
    assert return_.open_lines == ()
    assert return_.locked_because.startswith("Waste and recycling is not your service.")


def test_the_owed_months_are_those_that_ask_for_figures() -> None:
    manager = a_service()
    october, september, *_ = returns.periods_owed("WASTE", by=manager)
    assert (october.period, october.asked, october.provided, october.late) == (OCTOBER, 2, 0, 2)
    assert (september.provided, september.late) == (1, 1)
    assert october.in_words == "0 of 2 in, 2 late"


def test_a_head_enters_for_every_service_with_measures_below() -> None:
    add_council()
    add_measure("A", unit_code="WASTE")
    add_measure("B", unit_code="HOUSING")
    add_measure("C", unit_code="SOCIAL")
    head = a_user("head", Role.HEAD, "PLACE")
    assert [unit.code for unit in returns.units_i_enter_for(by=head)] == ["HOUSING", "WASTE"]


# Checking


def test_checking_reads_the_figures_back_with_their_rating() -> None:
    manager = a_service()
    checked = returns.check_return("WASTE", OCTOBER, answers=[count("1,204"), share("412", "438")], by=manager)
    assert [line.line.in_words(line.figure) for line in checked.lines] == ["1,204", "94.1% (412 of 438)"]
    assert [line.rating for line in checked.lines] == [Rag.GREEN, Rag.NO_TARGET]
    assert checked.problems == checked.gaps == ()
    assert stored_values() == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        pytest.param(count(""), "Enter the October 2017 figure for measure COUNT", id="nothing entered"),
        pytest.param(count("lots"), 'must be a number, like 9.4, not "lots"', id="not a number"),
        pytest.param(count("-3"), "must be 0 or more", id="negative count"),
        pytest.param(share("440", "438"), "must be 438 or fewer, the total you entered", id="above denominator"),
        pytest.param(share("412", ""), "Enter all requests, for measure SHARE", id="denominator missing"),
        pytest.param(share("4", "0"), 'choose "None this month"', id="denominator is 0"),
    ],
)
def test_what_is_impossible_is_said_and_not_saved(answer: Answer, message: str) -> None:
    manager = a_service()
    others = [each for each in (count("120"), share("1", "2")) if each.measure_code != answer.measure_code]
    with pytest.raises(returns.EntryRefusedError) as refused:
        submit(manager, answer, *others)
    assert message in str(refused.value)
    assert stored_values() == []
    assert rows_of("SELECT * FROM returns") == []
    assert verbs() == []


def test_a_red_figure_wants_commentary_before_it_is_submitted() -> None:
    manager = a_service()
    with pytest.raises(returns.EntryRefusedError) as refused:
        submit(manager, count("50", commentary=Commentary(why="Sickness")), share("1", "2"))
    assert [problem.field for problem in refused.value.problems] == [
        "what_happened",
        "what_next",
        "who",
        "by_when",
        "back_on_track",
    ]
    submit(manager, count("50"), share("1", "2"))
    ((text,),) = rows_of("SELECT commentary FROM figures WHERE measure_code = 'COUNT' AND period_start = '2017-10-01'")
    assert text == (
        "What happened: Two crews were short\nWhy: Sickness\nWhat next: Recruit two\n"
        "Who: Crew leader\nBy when: 1 December 2017\nBack on track: January 2018"
    )


def test_a_commentary_longer_than_600_characters_is_counted_for_its_writer() -> None:
    manager = a_service()
    long = replace(SAID, why="x" * 700)
    with pytest.raises(returns.EntryRefusedError, match="600 characters or less"):
        submit(manager, count("50", commentary=long), share("1", "2"))


def test_an_unusual_figure_is_confirmed_with_a_reason_that_is_kept() -> None:
    manager = a_service(target=None)
    answers = [count("90", commentary=Commentary()), share("1", "2")]
    checked = returns.check_return("WASTE", OCTOBER, answers=answers, by=manager)
    assert checked.lines[0].questions[0].message.startswith("Check: this is exactly the same as September (90).")
    with pytest.raises(returns.EntryRefusedError, match="Enter why this is right, for measure COUNT"):
        submit(manager, *answers)
    submit(manager, count("90", commentary=Commentary(confirmed="Counted twice")), share("1", "2"))
    assert rows_of("SELECT commentary FROM figures WHERE measure_code = 'COUNT' AND revision = 1 AND "
                   "period_start = '2017-10-01'") == [("Confirmed as right: Counted twice",)]  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "absence", "status"),
    [
        (Choice.NOT_APPLICABLE, Absence.NOT_APPLICABLE, FigureStatus.FINAL),
        (Choice.NOT_PUBLISHED, Absence.NOT_PUBLISHED, FigureStatus.FINAL),
        (Choice.NONE, None, FigureStatus.FINAL),
        (Choice.SAME, None, FigureStatus.FINAL),
        (Choice.ESTIMATE, None, FigureStatus.ESTIMATED),
    ],
)
def test_an_absence_is_one_choice_and_zero_is_a_figure(
    choice: Choice, absence: Absence | None, status: FigureStatus
) -> None:
    manager = a_service(target=None)
    submit(manager, Answer(measure_code="COUNT", choice=choice, value="7", until="30/11/2017"), share("1", "2"))
    figure = returns.my_return("WASTE", OCTOBER, by=manager).lines[0].current
    assert figure is not None
    expected = {Choice.NONE: Decimal(0), Choice.ESTIMATE: Decimal(7), Choice.SAME: Decimal(90)}.get(choice)
    assert (figure.absence, figure.value, figure.status) == (absence, expected, status)
    assert figure.expected_on == (date(2017, 11, 30) if choice is Choice.NOT_PUBLISHED else None)


def test_the_same_as_a_month_that_has_no_figure_is_refused_in_a_sentence() -> None:
    manager = a_service(target=None)
    same = Answer(measure_code="SHARE", choice=Choice.SAME)
    with pytest.raises(returns.EntryRefusedError, match="There is no September 2017 figure to repeat"):
        submit(manager, count("95"), same)


def test_who_says_same_as_last_month_is_not_asked_whether_it_is() -> None:
    manager = a_service(target=None)
    answer = Answer(measure_code="COUNT", choice=Choice.SAME)
    (line, _) = returns.check_return("WASTE", OCTOBER, answers=[answer], by=manager).lines
    assert (line.figure is not None, line.questions) == (True, ())


@pytest.mark.parametrize(
    ("until", "message"),
    [
        ("", "Enter the day measure COUNT will be available, like 30/11/2017"),
        ("soon", "The day measure COUNT will be available must be a"),
        ("10/11/2017", "The day measure COUNT will be available must be after 10 November 2017"),
        ("31/11/2017", "The day measure COUNT will be available must be a"),
    ],
)
def test_what_is_not_yet_available_is_promised_for_a_day_to_come(until: str, message: str) -> None:
    manager = a_service(target=None)
    answer = Answer(measure_code="COUNT", choice=Choice.NOT_PUBLISHED, until=until)
    with pytest.raises(returns.EntryRefusedError, match=message):
        submit(manager, answer, share("1", "2"))


def test_a_promise_shows_with_its_day_wherever_the_figure_does() -> None:
    manager = a_service(target=None)
    submit(manager, Answer(measure_code="COUNT", choice=Choice.NOT_PUBLISHED, until="30/11/2017"), share("1", "2"))
    line = returns.my_return("WASTE", OCTOBER, by=manager).lines[0]
    assert line.in_words(line.current) == "Not yet available until 30 November 2017"


def test_none_of_none_is_an_allowed_answer_to_a_share() -> None:
    manager = a_service(target=None)
    submit(manager, count("95"), Answer(measure_code="SHARE", choice=Choice.NONE))
    line = returns.my_return("WASTE", OCTOBER, by=manager).lines[1]
    assert line.value_of(line.current) is Absence.NOT_APPLICABLE


# Submitting


def test_a_submission_keeps_figures_return_receipt_and_event_together() -> None:
    manager = a_service()
    a_user("head", Role.HEAD, "PLACE")
    receipt = submit(manager, count("120"), share("412", "438"))
    assert receipt.reference == "2017-10-WASTE"
    assert receipt.signed_off_by == ("Head of service or director, PLACE",)
    assert receipt.sign_off_by_day == date(2017, 11, 17)
    assert [(line.figure, line.rating) for line in receipt.lines] == [
        ("120", "Green"),
        ("94.1% (412 of 438)", "Not rated: no target"),
    ]
    assert stored_values() == [("COUNT", 1, "manager"), ("SHARE", 1, "manager")]
    assert returns.my_return("WASTE", OCTOBER, by=manager).status is ReturnStatus.SUBMITTED
    assert verbs() == ["submit return"]


def test_the_audit_event_holds_numbers_before_and_after_but_no_commentary() -> None:
    manager = a_service()
    submit(manager, count("50"), share("1", "2"))
    with reading() as session:
        (event,) = list_events(session)
    assert json.loads(event.after)["COUNT"]["value"] == "50"
    assert json.loads(event.before)["COUNT"] == {}
    assert "crews" not in event.after


def test_a_receipt_opens_again_from_the_database() -> None:
    manager = a_service()
    receipt = submit(manager, count("120"), share("412", "438"))
    assert returns.get_receipt("key-1", by=manager) == receipt
    with pytest.raises(returns.ReceiptNotFoundError):
        returns.get_receipt("key-2", by=manager)


def test_the_same_request_again_gives_the_same_receipt_and_does_nothing() -> None:
    manager = a_service()
    first = submit(manager, count("120"), share("412", "438"))
    again = submit(manager, count("999", based_on=1), share("1", "438", based_on=1))
    assert again == first
    assert stored_values() == [("COUNT", 1, "manager"), ("SHARE", 1, "manager")]
    assert verbs() == ["submit return"]


def test_a_request_key_of_someone_else_is_refused() -> None:
    submit(a_service(), count("120"), share("412", "438"))
    with pytest.raises(returns.ReturnClosedError, match="already used"):
        submit(a_user("other"), count("999"), share("1", "438"))


def test_a_figure_that_can_wait_may_be_left_out_and_sent_later() -> None:
    add_council(today=date(2017, 11, 3))
    add_measure("COUNT")
    add_measure("LATER", lag_days=30)
    manager = a_user()
    receipt = submit(manager, count("120"))
    assert receipt.still_to_come == ("Measure LATER, on time by 30 November 2017",)
    later = [count("120", based_on=1), Answer(measure_code="LATER", value="4")]
    second = submit(manager, *later, key="key-2")
    assert second.reference == "2017-10-WASTE-2"
    assert stored_values() == [("COUNT", 1, "manager"), ("LATER", 1, "manager")]


def test_an_empty_return_is_refused() -> None:
    add_council(today=date(2017, 11, 3))
    add_measure("COUNT")
    with pytest.raises(returns.EntryRefusedError, match="Enter at least one figure"):
        submit(a_user())


def test_submitting_unchanged_figures_makes_no_new_revision() -> None:
    manager = a_service()
    submit(manager, count("120"), share("412", "438"))
    lines = returns.my_return("WASTE", OCTOBER, by=manager).open_lines
    submit(manager, *[stored_answer(line) for line in lines], key="key-2")
    assert stored_values() == [("COUNT", 1, "manager"), ("SHARE", 1, "manager")]


def test_an_imported_commentary_keeps_its_own_wording() -> None:
    manager = a_service()
    add_figure("COUNT", "2017-10", "120", commentary="A quiet month.\n=HYPERLINK(1)")
    line = returns.my_return("WASTE", OCTOBER, by=manager).lines[0]
    submit(manager, stored_answer(line), share("1", "2"))
    assert [code for code, *_ in stored_values()] == ["COUNT", "SHARE"]


# Who may


@pytest.mark.parametrize("role", [Role.LEADERSHIP, Role.POLICY_OFFICER, Role.BI_TEAM, Role.COUNCILLOR])
def test_only_managers_and_heads_enter_figures(role: Role) -> None:
    a_service()
    other = a_user("other", role, "COUNCIL")
    with pytest.raises(NotAllowedError):
        submit(other, count("120"), share("1", "2"))
    with pytest.raises(NotAllowedError):
        returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=count("120"), by=other)
    assert stored_values() == []


def test_a_manager_may_not_enter_for_another_service() -> None:
    a_service()
    other = a_user("other", unit="HOUSING")
    with pytest.raises(NotAllowedError, match="for WASTE"):
        submit(other, count("120"), share("1", "2"))
    with pytest.raises(NotAllowedError, match="for WASTE"):
        returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=count("120"), by=other)


def test_a_person_disabled_a_moment_ago_saves_nothing() -> None:
    manager = a_service()
    accounts.disable_user("manager")
    with pytest.raises(SignedOutError):
        submit(manager, count("120"), share("1", "2"))
    with pytest.raises(SignedOutError):
        returns.my_return("WASTE", OCTOBER, by=manager)
    assert stored_values() == []


def test_a_measure_of_another_service_is_not_slipped_into_a_return() -> None:
    manager = a_service()
    add_measure("FOREIGN", unit_code="HOUSING")
    with pytest.raises(returns.ReturnClosedError, match="FOREIGN cannot be entered"):
        submit(manager, count("120"), share("1", "2"), Answer(measure_code="FOREIGN", value="1"))
    assert stored_values() == []


# Two people at once


def test_the_second_to_save_is_shown_the_first_ones_figure() -> None:
    manager = a_service()
    colleague = a_user("colleague")
    returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=count("118"), by=colleague)
    with pytest.raises(returns.FigureConflictError) as conflict:
        submit(manager, count("120"), share("412", "438"))
    (each,) = conflict.value.conflicts
    assert each.line.current is not None
    assert each.figure is not None
    assert (each.line.current.value, each.line.current.recorded_by, each.figure.value) == (118, "colleague", 120)
    assert "changed Measure COUNT for October 2017 at" in str(conflict.value)
    assert "118. You entered 120. Choose which to keep." in str(conflict.value)
    assert stored_values() == [("COUNT", 1, "colleague")]
    assert verbs() == ["save figure", "figure refused: changed meanwhile"]


def test_the_loser_may_keep_their_own_on_top_or_keep_the_others() -> None:
    manager = a_service()
    colleague = a_user("colleague")
    submit(colleague, count("118"), share("412", "438"))
    submit(manager, count("120", based_on=1), share("412", "438", based_on=1), key="key-2")
    assert stored_values() == [("COUNT", 1, "colleague"), ("COUNT", 2, "manager"), ("SHARE", 1, "colleague")]


def test_the_same_figure_from_two_people_is_no_conflict() -> None:
    manager = a_service()
    submit(a_user("colleague"), count("120"), share("412", "438"))
    submit(manager, count("120"), share("412", "438"), key="key-2")
    assert stored_values() == [("COUNT", 1, "colleague"), ("SHARE", 1, "colleague")]


def test_of_two_submissions_at_the_same_moment_exactly_one_wins() -> None:
    manager, colleague = a_service(), a_user("colleague")
    start, outcomes = threading.Barrier(2), {}

    def act(person: User, value: str) -> None:
        start.wait()
        try:
            submit(person, count(value), share("412", "438"), key=person.username)
            outcomes[person.username] = "won"
        except returns.FigureConflictError as conflict:
            theirs = conflict.conflicts[0].line.current
            outcomes[person.username] = f"saw {theirs.value if theirs else None}"

    people = [threading.Thread(target=act, args=each) for each in ((manager, "120"), (colleague, "118"))]
    for person in people:
        person.start()
    for person in people:
        person.join()
    winner = next(name for name, outcome in outcomes.items() if outcome == "won")
    loser_saw = "saw 120" if winner == "manager" else "saw 118"
    assert sorted(outcomes.values()) == [loser_saw, "won"]
    assert stored_values() == [("COUNT", 1, winner), ("SHARE", 1, winner)]
    assert sorted(verbs()) == ["figure refused: changed meanwhile", "submit return"]


# One figure at a time


def test_a_saved_figure_is_the_next_revision_and_unchanged_makes_none() -> None:
    manager = a_service()
    saved = returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=count("118"), by=manager)
    again = returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=count("118", based_on=1), by=manager)
    assert saved.revision == again.revision == 1
    assert verbs() == ["save figure"]


def test_a_yearly_figure_is_saved_under_its_own_year() -> None:
    add_council()
    add_measure("YEAR", frequency=Frequency.YEARLY)
    year = parse_period("2016/17")
    saved = returns.save_figure(
        "YEAR", area_code=COUNCIL, period=year, answer=Answer(measure_code="YEAR", value="5"), by=a_user()
    )
    assert saved.period == year
