"""Signing off: exceptions first, questions on single figures, old beside new, deputies, and never one's own."""

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cycle.do import delivery, deputies, drafts, reopenings, returns, signing_off
from cycle.do.files import importing
from cycle.review import readings
from data_access.council import people
from data_access.store.audit import list_events
from data_access.store.database import reading, transaction
from performance.do.typed import Answer, Choice, Draft
from performance.ground.commentary import Commentary
from performance.ground.figures import Figure
from performance.ground.incoming import FigureLine, FiguresRead
from performance.ground.organisation import ReturnStatus
from performance.ground.people import NotAllowedError, Role, User
from tests.builders import COUNCIL, a_user, it_is
from tests.conftest import rows_of
from tests.cycle.do.test_returns import OCTOBER, SAID, a_service, count, share, submit, verbs

pytestmark = pytest.mark.usefixtures("database_on_both")


def submitted() -> tuple[User, User]:
    """A submitted return, its manager and the head who may sign it off."""
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    submit(manager, count("50"), share("412", "438"))
    return manager, head


def test_a_head_signs_off_and_the_figures_are_locked() -> None:
    manager, head = submitted()
    assert [each.stored.reference for each in signing_off.list_waiting(by=head)] == ["2017-10-WASTE"]
    approved = signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
    assert (approved.status, approved.decided_by) == (ReturnStatus.APPROVED, "head")
    assert signing_off.list_waiting(by=head) == []
    return_ = returns.my_return("WASTE", OCTOBER, by=manager)
    assert return_.locked_because == (
        "These figures were signed off by Head of service or director, PLACE on 10 November 2017, "
        "so they are locked. To correct one, ask the BI team to reopen the return."
    )
    with pytest.raises(returns.ReturnClosedError, match="they are locked"):
        submit(manager, count("51", based_on=1), share("412", "438", based_on=1), key="key-2")
    with pytest.raises(returns.ReturnClosedError, match="Signed off by Head of service"):
        returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=count("51", based_on=1), by=manager)
    assert verbs() == ["submit return", "approve return"]


def test_a_figure_that_waits_for_sign_off_is_not_changed_under_the_approver() -> None:
    manager, _ = submitted()
    with pytest.raises(returns.ReturnClosedError, match="wait for sign-off"):
        returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=count("51", based_on=1), by=manager)


def test_a_head_reads_the_exceptions_first() -> None:
    _, head = submitted()
    view = signing_off.sign_off("WASTE", OCTOBER, by=head)
    assert [(each.line.measure.code, each.reasons) for each in view.read_first] == [
        ("COUNT", ("Off target, outside tolerance",))
    ]
    assert [each.line.measure.code for each in view.rest] == ["SHARE"]
    assert view.why_not == ""


def test_a_return_comes_back_with_a_question_and_can_be_submitted_again() -> None:
    manager, head = submitted()
    signing_off.return_with_question("WASTE", OCTOBER, version=1, question="  Is 50 right?  ", by=head)
    return_ = returns.my_return("WASTE", OCTOBER, by=manager)
    assert return_.stored is not None
    assert (return_.status, return_.stored.question) == (ReturnStatus.RETURNED, "Is 50 right?")
    submit(manager, count("95", based_on=1), share("412", "438", based_on=1), key="key-2")
    view = signing_off.sign_off("WASTE", OCTOBER, by=head)
    assert view.read_first[0].reasons == ("Changed since it went back",)
    signing_off.approve_return("WASTE", OCTOBER, version=2, by=head)
    assert verbs() == ["submit return", "return with a question", "submit return", "approve return"]


def test_a_question_without_words_is_refused() -> None:
    _, head = submitted()
    with pytest.raises(signing_off.QuestionRefusedError, match="Enter the question"):
        signing_off.return_with_question("WASTE", OCTOBER, version=1, question=" ", by=head)


def test_nobody_signs_off_their_own_return() -> None:
    a_service()
    head = a_user("head", Role.HEAD, "PLACE")
    a_user("director", Role.HEAD, "COUNCIL")
    submit(head, count("120"), share("412", "438"))
    (waiting,) = signing_off.list_waiting(by=head)
    assert waiting.why_not == (
        "You entered or submitted these figures yourself, so Head of service or director, COUNCIL signs them off."
    )
    with pytest.raises(signing_off.OwnReturnError):
        signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
    with pytest.raises(signing_off.OwnReturnError):
        signing_off.return_with_question("WASTE", OCTOBER, version=1, question="Why?", by=head)


def test_whoever_entered_a_figure_does_not_sign_it_off_either() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=count("120"), by=head)
    submit(manager, count("120", based_on=1), share("412", "438"))
    with pytest.raises(signing_off.OwnReturnError):
        signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)


def typed(by: User, value: str, *, version: int = 0) -> None:
    answer = Answer(measure_code="COUNT", value=value)
    draft = Draft(answer=answer, area_code=COUNCIL, period=OCTOBER, version=version)
    drafts.save_drafts("WASTE", OCTOBER, drafts=[draft], by=by)


def refused(by: User, *, version: int = 1) -> str:
    with pytest.raises(signing_off.OwnReturnError) as refusal:
        signing_off.approve_return("WASTE", OCTOBER, version=version, by=by)
    with pytest.raises(signing_off.OwnReturnError):
        signing_off.return_with_question("WASTE", OCTOBER, version=version, question="Why?", by=by)
    return str(refusal.value)


def test_whoever_typed_what_another_submitted_does_not_sign_it_off() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    director = a_user("director", Role.HEAD, "COUNCIL")
    typed(head, "120")
    receipt = submit(manager, count("120", commentary=Commentary()), share("412", "438"))
    assert rows_of("SELECT * FROM drafts") == []
    assert refused(head) == (
        "You entered or submitted these figures yourself, so Head of service or director, COUNCIL signs them off."
    )
    assert receipt.signed_off_by == ("Head of service or director, COUNCIL",)
    assert signing_off.approve_return("WASTE", OCTOBER, version=1, by=director).decided_by == "director"
    assert rows_of("SELECT * FROM return_hands") == []


def test_whoever_typed_first_is_an_author_though_another_typed_over_it() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    typed(head, "120")
    typed(manager, "121", version=1)
    submit(manager, count("121"), share("412", "438"))
    refused(head)


def test_whoever_only_read_is_no_author() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    typed(manager, "120")
    drafts.save_drafts("WASTE", OCTOBER, by=head)
    typed(head, "120", version=1)  # the same words again change nothing
    returns.my_return("WASTE", OCTOBER, by=head)
    submit(manager, count("120", commentary=Commentary()), share("412", "438"))
    assert signing_off.approve_return("WASTE", OCTOBER, version=1, by=head).decided_by == "head"


def test_who_submitted_or_changed_an_earlier_version_stays_an_author() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=count("120"), by=head)
    submit(manager, count("119", based_on=1), share("412", "438"))
    refused(head)
    other = a_user("other")
    submit(other, count("118", based_on=2), share("412", "438", based_on=1), key="key-2")
    second = a_user("second", Role.HEAD, "WASTE")
    refused(head, version=2)
    assert signing_off.approve_return("WASTE", OCTOBER, version=2, by=second).decided_by == "second"


def test_who_submitted_unchanged_figures_before_another_did_stays_an_author() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    for answer in (count("120"), share("412", "438")):
        returns.save_figure(answer.measure_code, area_code=COUNCIL, period=OCTOBER, answer=answer, by=manager)
    submit(head, count("120", based_on=1), share("412", "438", based_on=1))
    submit(manager, count("120", based_on=1), share("412", "438", based_on=1), key="key-2")
    refused(head, version=2)


def test_who_brought_a_figure_in_by_file_does_not_sign_it_off() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    line = FigureLine(row=2, figure=Figure(measure_code="COUNT", area_code=COUNCIL, period=OCTOBER, value=Decimal(120)))
    importing.import_figures(FiguresRead(lines=(line,), problems=()), source="figures.csv", by=head)
    submit(manager, count("120", based_on=1), share("412", "438"))
    refused(head)


def test_a_deputy_who_typed_a_value_does_not_sign_it_off_and_is_not_named_for_it() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    deputies.name_deputy("PLACE", username="manager", first_day=FROM, last_day=TO, by=head)
    other = a_user("other")
    typed(manager, "120")
    receipt = submit(other, count("120", commentary=Commentary()), share("412", "438"))
    assert "so Head of service or director, PLACE signs them off" in refused(manager)
    assert receipt.signed_off_by == ("Head of service or director, PLACE",)


def test_what_was_typed_before_a_sign_off_does_not_bar_from_the_next() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    director, analyst = a_user("director", Role.HEAD, "COUNCIL"), a_user("analyst", Role.BI_TEAM, "COUNCIL")
    typed(head, "120")
    submit(manager, count("120", commentary=Commentary()), share("412", "438"))
    signing_off.approve_return("WASTE", OCTOBER, version=1, by=director)
    (asked,) = reopenings.ask_to_reopen("WASTE", OCTOBER, measure_codes=["COUNT"], reason="Misread", by=manager)
    reopenings.grant_reopening(asked.id, open_until=TO, by=analyst)
    submit(manager, count("119", based_on=1), key="key-2")
    assert signing_off.approve_return("WASTE", OCTOBER, version=2, by=head).decided_by == "head"


def test_an_approver_approves_only_what_they_read() -> None:
    manager, head = submitted()
    submit(manager, count("60", based_on=1), share("412", "438", based_on=1), key="key-2")
    with pytest.raises(signing_off.ReturnMovedOnError):
        signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
    signing_off.approve_return("WASTE", OCTOBER, version=2, by=head)
    with pytest.raises(signing_off.ReturnMovedOnError):
        signing_off.approve_return("WASTE", OCTOBER, version=2, by=head)


@pytest.mark.parametrize("role", [Role.SERVICE_MANAGER, Role.LEADERSHIP, Role.BI_TEAM, Role.ADMINISTRATOR])
def test_only_heads_sign_off(role: Role) -> None:
    submitted()
    other = a_user("other", role, "COUNCIL")
    with pytest.raises(NotAllowedError):
        signing_off.approve_return("WASTE", OCTOBER, version=1, by=other)
    with pytest.raises(NotAllowedError):
        signing_off.list_waiting(by=other)


def test_a_head_of_another_part_of_the_council_does_not_sign_off() -> None:
    submitted()
    other = a_user("other", Role.HEAD, "PEOPLE")
    assert signing_off.list_waiting(by=other) == []
    with pytest.raises(NotAllowedError):
        signing_off.sign_off("WASTE", OCTOBER, by=other)
    with pytest.raises(NotAllowedError):
        signing_off.approve_return("WASTE", OCTOBER, version=1, by=other)


# Questions about single figures


def test_single_figures_go_back_with_a_question_that_stands_beside_them() -> None:
    manager, head = submitted()
    signing_off.return_with_question("WASTE", OCTOBER, version=1, questions={"COUNT": " Counted twice? ", "SHARE": " "},
                                     by=head)  # fmt: skip
    return_ = returns.my_return("WASTE", OCTOBER, by=manager)
    assert return_.questions == {"COUNT": "Counted twice?"}
    assert rows_of("SELECT version, measure_code, question, asked_by FROM return_questions") == [
        (1, "COUNT", "Counted twice?", "head")
    ]
    with reading() as session:
        event = list(list_events(session))[-1]
    assert (event.verb, event.after) == (
        "return with a question",
        '{"asked about": ["COUNT"], "status": "returned"}',
    )


def test_a_question_about_a_figure_that_is_not_there_is_refused_and_nothing_goes_back() -> None:
    _, head = submitted()
    with pytest.raises(signing_off.QuestionRefusedError, match="NO_SUCH is not among the figures"):
        signing_off.return_with_question("WASTE", OCTOBER, version=1, questions={"NO_SUCH": "Why?"}, by=head)
    assert rows_of("SELECT status FROM returns") == [("submitted",)]
    assert rows_of("SELECT * FROM return_questions") == []


def test_after_it_came_back_only_what_changed_is_to_be_read_with_what_it_was() -> None:
    manager, head = submitted()
    signing_off.return_with_question("WASTE", OCTOBER, version=1, questions={"COUNT": "Right?"}, by=head)
    submit(manager, count("95", based_on=1), share("412", "438", based_on=1), key="key-2")
    view = signing_off.sign_off("WASTE", OCTOBER, by=head)
    (first,) = view.read_first
    assert first.reasons == ("Asked when it went back: Right?", "Changed since it went back")
    assert first.was is not None
    assert [first.line.in_words(first.was), first.line.in_words(first.line.current)] == ["50", "95"]
    assert [each.line.measure.code for each in view.rest] == ["SHARE"]
    assert view.came_back


def test_what_changed_since_it_went_back_says_what_a_first_submission_would_say_of_it() -> None:
    manager, head = submitted()
    signing_off.return_with_question("WASTE", OCTOBER, version=1, questions={"COUNT": "Right?"}, by=head)
    said = replace(SAID, confirmed="A second depot reports now")
    unusual = replace(count("920", based_on=1, commentary=said), choice=Choice.ESTIMATE)
    submit(manager, unusual, share("412", "438", based_on=1), key="key-2")
    (first,) = signing_off.sign_off("WASTE", OCTOBER, by=head).read_first
    assert first.reasons == (
        "Asked when it went back: Right?",
        "Changed since it went back",
        "Unusual, and confirmed as right: A second depot reports now",
        "An estimate",
    )


def test_what_came_by_file_since_it_went_back_and_is_unusual_says_that_nobody_said_why() -> None:
    _, head = submitted()
    signing_off.return_with_question("WASTE", OCTOBER, version=1, question="All of them?", by=head)
    figure = Figure(measure_code="COUNT", area_code=COUNCIL, period=OCTOBER, value=Decimal(920))
    given = FiguresRead(lines=(FigureLine(row=2, figure=figure),), problems=())
    importing.import_figures(given, source="figures.csv", accept_unusual=True)
    (first,) = signing_off.sign_off("WASTE", OCTOBER, by=head).read_first
    assert first.reasons[0] == "Changed since it went back"
    assert first.reasons[1].startswith("Unusual, and nobody has said why: you entered 920.")


def test_a_figure_asked_about_and_left_as_it_was_still_says_why_it_was_confirmed() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    said = replace(SAID, confirmed="A second depot reports now")
    submit(manager, count("920", commentary=said), share("412", "438"))
    signing_off.return_with_question("WASTE", OCTOBER, version=1, questions={"COUNT": "Right?"}, by=head)
    again = count("920", based_on=1, commentary=said)
    submit(manager, again, share("412", "438", based_on=1), key="key-2")
    (first,) = signing_off.sign_off("WASTE", OCTOBER, by=head).read_first
    assert first.reasons[-1] == "Unusual, and confirmed as right: A second depot reports now"


def test_what_was_submitted_twice_since_is_held_against_what_went_back() -> None:
    manager, head = submitted()
    signing_off.return_with_question("WASTE", OCTOBER, version=1, question="Right?", by=head)
    submit(manager, count("95", based_on=1), share("412", "438", based_on=1), key="key-2")
    submit(manager, count("96", based_on=2), share("412", "438", based_on=1), key="key-3")
    (first,) = signing_off.sign_off("WASTE", OCTOBER, by=head).read_first
    assert first.was is not None
    assert first.line.in_words(first.was) == "50"


def test_a_figure_asked_about_and_left_as_it_was_says_so() -> None:
    manager, head = submitted()
    signing_off.return_with_question("WASTE", OCTOBER, version=1, questions={"SHARE": "Right?"}, by=head)
    submit(manager, count("50", based_on=1), share("412", "438", based_on=1), key="key-2")
    (first,) = signing_off.sign_off("WASTE", OCTOBER, by=head).read_first
    assert (first.line.measure.code, first.was) == ("SHARE", None)
    assert first.reasons == ("Asked when it went back: Right?", "Not changed since it went back")


def test_questions_are_gone_from_the_return_once_it_is_submitted_again() -> None:
    manager, head = submitted()
    signing_off.return_with_question("WASTE", OCTOBER, version=1, questions={"COUNT": "Right?"}, by=head)
    submit(manager, count("50", based_on=1), share("412", "438", based_on=1), key="key-2")
    assert returns.my_return("WASTE", OCTOBER, by=manager).questions == {}


def test_an_estimate_is_read_first() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    submit(manager, Answer(measure_code="COUNT", choice=Choice.ESTIMATE, value="110"), share("412", "438"))
    (first,) = signing_off.sign_off("WASTE", OCTOBER, by=head).read_first
    assert "An estimate" in first.reasons


def test_of_two_decisions_at_the_same_moment_one_stands() -> None:
    submitted()
    heads = [a_user("second", Role.HEAD, "PLACE"), a_user("third", Role.HEAD, "COUNCIL")]
    start, outcomes = threading.Barrier(2), []

    def decide(head: User) -> None:
        start.wait()
        try:
            signing_off.return_with_question("WASTE", OCTOBER, version=1, question=head.username, by=head)
            outcomes.append(head.username)
        except signing_off.ReturnMovedOnError:
            outcomes.append("moved on")

    both = [threading.Thread(target=decide, args=(head,)) for head in heads]
    for each in both:
        each.start()
    for each in both:
        each.join()
    (winner,) = set(outcomes) - {"moved on"}
    assert len(outcomes) == 2
    assert rows_of("SELECT decided_by, question FROM returns") == [(winner, winner)]


def test_a_manager_who_submits_again_while_the_approver_decides_loses_nothing_and_neither_does_the_approver() -> None:
    """Either the approver's version stands and is locked, or the manager's new one waits: never one as the other."""
    manager, head = submitted()
    start, outcomes = threading.Barrier(2), []

    def approve() -> None:
        start.wait()
        try:
            signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
            outcomes.append("approved")
        except signing_off.ReturnMovedOnError:
            outcomes.append("moved on")

    def submit_again() -> None:
        start.wait()
        try:
            submit(manager, count("60", based_on=1), share("412", "438", based_on=1), key="key-2")
            outcomes.append("submitted")
        except returns.ReturnClosedError:
            outcomes.append("closed")

    both = [threading.Thread(target=each) for each in (approve, submit_again)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    ((status, version, revisions),) = rows_of(
        "SELECT status, version, (SELECT count(*) FROM figures WHERE measure_code = 'COUNT' AND period_start = "
        "'2017-10-01') FROM returns"
    )
    assert (set(outcomes), status, version, revisions) in (
        ({"approved", "closed"}, "approved", 1, 1),
        ({"moved on", "submitted"}, "submitted", 2, 2),
    )


# Deputies

FROM, TO = date(2017, 11, 6), date(2017, 11, 17)


def a_deputy(head: User, **days: date) -> User:
    """Somebody of another service who signs off for Place for a fortnight."""
    deputy = a_user("deputy", Role.LEADERSHIP, "COUNCIL")
    deputies.name_deputy("PLACE", username="deputy", by=head, **({"first_day": FROM, "last_day": TO} | days))
    return deputy


def test_a_deputy_signs_off_between_the_days() -> None:
    _, head = submitted()
    deputy = a_deputy(head)
    assert [each.stored.reference for each in signing_off.list_waiting(by=deputy)] == ["2017-10-WASTE"]
    assert signing_off.approve_return("WASTE", OCTOBER, version=1, by=deputy).decided_by == "deputy"
    assert verbs() == ["submit return", "name deputy", "approve return"]


@pytest.mark.parametrize(("day", "may"), [(date(2017, 11, 5), False), (FROM, True), (TO, True),
                                          (date(2017, 11, 18), False)])  # fmt: skip
def test_a_deputy_signs_off_on_the_first_and_the_last_day_and_not_beside_them(day: date, may: bool) -> None:
    _, head = submitted()
    deputy = a_deputy(head)
    it_is(day)
    if may:
        assert signing_off.list_waiting(by=deputy)
        return
    with pytest.raises(NotAllowedError):
        signing_off.approve_return("WASTE", OCTOBER, version=1, by=deputy)


def test_a_deputy_neither_passes_it_on_nor_signs_off_what_they_submitted() -> None:
    manager, head = submitted()
    deputies.name_deputy("PLACE", username="manager", first_day=FROM, last_day=TO, by=head)
    a_user("other", Role.LEADERSHIP, "COUNCIL")
    with pytest.raises(NotAllowedError):
        deputies.name_deputy("PLACE", username="other", first_day=FROM, last_day=TO, by=manager)
    with pytest.raises(signing_off.OwnReturnError):
        signing_off.approve_return("WASTE", OCTOBER, version=1, by=manager)


def test_a_head_ends_a_deputy_at_once_and_the_trail_keeps_both() -> None:
    _, head = submitted()
    deputy = a_deputy(head)
    (named,) = deputies.list_deputies(by=head).named
    assert named.in_words.endswith("signs off for Place from 6 November 2017 to 17 November 2017")
    deputies.end_deputy(named.held.id, by=head)
    assert deputies.list_deputies(by=head).named == ()
    with pytest.raises(NotAllowedError):
        signing_off.list_waiting(by=deputy)
    assert verbs() == ["submit return", "name deputy", "end deputy"]


def test_a_deputy_still_to_come_is_taken_back_as_if_never_named() -> None:
    _, head = submitted()
    a_deputy(head, first_day=date(2017, 12, 1), last_day=date(2017, 12, 8))
    (named,) = deputies.list_deputies(by=head).named
    deputies.end_deputy(named.held.id, by=head)
    assert rows_of("SELECT * FROM role_holdings WHERE role = 'deputy'") == []


@pytest.mark.parametrize(
    ("username", "first_day", "last_day", "message"),
    [
        ("head", FROM, TO, "Choose someone else"),
        ("nobody", FROM, TO, "with an account that is open"),
        ("manager", TO, FROM, "must be the first day or after it"),
        ("manager", date(2017, 10, 1), date(2017, 11, 9), "must be 10 November 2017 or later"),
        ("manager", FROM, date(2019, 1, 1), "for a year at most"),
    ],
)
def test_what_makes_no_deputy_is_refused(username: str, first_day: date, last_day: date, message: str) -> None:
    _, head = submitted()
    with pytest.raises(deputies.DeputyRefusedError, match=message):
        deputies.name_deputy("PLACE", username=username, first_day=first_day, last_day=last_day, by=head)


@pytest.mark.parametrize("role", [Role.COUNCILLOR, Role.ADMINISTRATOR, Role.EMPLOYEE])
def test_only_who_reads_scorecards_already_is_offered_and_taken_as_a_deputy(role: Role) -> None:
    _, head = submitted()
    other = a_user("other", role, "COUNCIL")
    assert deputies.list_deputies(by=head).people == {"manager": "Service manager, WASTE"}
    for _ in range(2):
        with pytest.raises(deputies.DeputyRefusedError, match="does not read scorecards"):
            deputies.name_deputy("PLACE", username="other", first_day=FROM, last_day=TO, by=head)
        # Being named somewhere already makes nobody an officer.
        with transaction() as session:
            people.add_holding(session, username=other.username, role=Role.DEPUTY, unit_code="SOCIAL",
                               first_day=FROM, last_day=TO)  # fmt: skip
    with transaction() as session:
        people.add_holding(session, username=other.username, role=Role.LEADERSHIP, unit_code="COUNCIL",
                           first_day=FROM, last_day=TO)  # fmt: skip
    assert (
        deputies.name_deputy("PLACE", username="other", first_day=FROM, last_day=TO, by=head).held.username == "other"
    )
    assert "other" in deputies.list_deputies(by=head).people


def test_a_role_that_ended_makes_no_deputy() -> None:
    _, head = submitted()
    a_user("former", Role.COUNCILLOR, "COUNCIL")
    with transaction() as session:
        people.add_holding(session, username="former", role=Role.LEADERSHIP, unit_code="COUNCIL",
                           first_day=date(2017, 1, 1), last_day=date(2017, 10, 31))  # fmt: skip
    with pytest.raises(deputies.DeputyRefusedError, match="does not read scorecards"):
        deputies.name_deputy("PLACE", username="former", first_day=FROM, last_day=TO, by=head)


def test_being_a_deputy_alone_brings_the_returns_to_sign_off_and_no_other_reading() -> None:
    manager, _ = submitted()
    other = a_user("other", unit="SOCIAL")
    deputy = a_user("deputy", Role.DEPUTY, "PLACE")
    (line, _) = returns.my_return("WASTE", OCTOBER, by=deputy).lines
    assert line.current is not None
    assert line.in_words(line.current) == "50"
    assert returns.get_receipt("key-1", by=deputy).lines == returns.get_receipt("key-1", by=manager).lines
    assert signing_off.sign_off("WASTE", OCTOBER, by=deputy).why_not == ""
    for ask in (returns.my_return, delivery.delivery):
        ask("SOCIAL", OCTOBER, by=other)
        with pytest.raises(NotAllowedError, match="read returns for SOCIAL"):
            ask("SOCIAL", OCTOBER, by=deputy)
    with pytest.raises(NotAllowedError, match="see scorecards"):
        readings.scorecard(OCTOBER, "COUNCIL", by=deputy)
    a_deputy_elsewhere = a_user("elsewhere", Role.DEPUTY, "SOCIAL")
    with pytest.raises(NotAllowedError, match="read returns for WASTE"):
        returns.get_receipt("key-1", by=a_deputy_elsewhere)


def test_nobody_is_named_twice_for_the_same_days() -> None:
    _, head = submitted()
    a_deputy(head)
    with pytest.raises(deputies.DeputyRefusedError, match="for some of these days already"):
        deputies.name_deputy("PLACE", username="deputy", first_day=TO, last_day=date(2017, 12, 1), by=head)


def test_the_receipt_names_the_deputy_beside_the_head() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    a_deputy(head)
    receipt = submit(manager, count("120"), share("412", "438"))
    assert len(receipt.signed_off_by) == 2


def test_the_receipt_names_the_head_behind_a_deputy_of_one_service_alone() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    a_user("director", Role.HEAD, "COUNCIL")
    a_user("deputy", Role.LEADERSHIP, "COUNCIL")
    deputies.name_deputy("WASTE", username="deputy", first_day=FROM, last_day=TO, by=head)
    receipt = submit(manager, count("120"), share("412", "438"))
    assert receipt.signed_off_by == ("Wider Leadership Team, COUNCIL", "Head of service or director, PLACE")


def test_what_was_asked_of_it_all_stands_beside_what_came_back() -> None:
    manager, head = submitted()
    signing_off.return_with_question("WASTE", OCTOBER, version=1, question="Is it all in?", by=head)
    submit(manager, count("50", based_on=1), share("412", "438", based_on=1), key="key-2")
    view = signing_off.sign_off("WASTE", OCTOBER, by=head)
    assert (view.question, view.came_back, view.read_first) == ("Is it all in?", True, ())


def test_a_figure_that_was_sent_again_before_anybody_signed_off_stands_beside_what_it_was() -> None:
    manager, head = submitted()
    submit(manager, count("60", based_on=1), share("412", "438", based_on=1), key="key-2")
    (changed,) = signing_off.sign_off("WASTE", OCTOBER, by=head).read_first
    assert changed.reasons == ("Off target, outside tolerance", "Changed in this submission")
    assert changed.was is not None
    assert changed.line.in_words(changed.was) == "50"
