"""Saved views and requests for data: what is kept, who removes and answers, and of two answers at once the first."""

import pytest

from cycle.review import saved_views
from cycle.review.saved_views import RequestMovedOnError, RequestNotFoundError, ViewNotFoundError, ViewRefusedError
from performance.ground.people import NotAllowedError, Role, User
from tests.builders import a_user, add_council
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_one")
QUERY = {"m": "BINS,TIPS", "a": "ours", "from": "2015", "as": "bars"}


@pytest.fixture
def leader() -> User:
    add_council()
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


@pytest.fixture
def officer(leader: User) -> User:
    assert leader
    return a_user("officer", Role.POLICY_OFFICER, "COUNCIL")


def verbs() -> list[object]:
    return [verb for (verb,) in rows_of("SELECT verb FROM audit_events ORDER BY sequence")]


def test_a_view_keeps_what_the_explorer_has_in_its_address_and_nothing_else(leader: User, officer: User) -> None:
    kept = saved_views.save_view(" Bins and tips ", QUERY | {"find": "x", "to": ""}, by=leader)
    assert kept.title == "Bins and tips"
    assert dict(kept.query) == QUERY
    assert saved_views.list_views(by=officer) == [kept]
    assert saved_views.get_view(kept.id, by=officer) == kept
    assert verbs()[-1] == "save view"


@pytest.mark.parametrize(
    ("title", "query", "said"),
    [
        pytest.param("  ", QUERY, "Enter a title", id="no title"),
        pytest.param("x" * 121, QUERY, "120 characters or less. You have 121", id="a long title"),
        pytest.param("Bins", {"a": "ours"}, "Choose a measure first", id="no measure"),
    ],
)
def test_what_cannot_be_kept_says_why_and_nothing_is_kept(
    leader: User, title: str, query: dict[str, str], said: str
) -> None:
    before = verbs()
    with pytest.raises(ViewRefusedError, match=said):
        saved_views.save_view(title, query, by=leader)
    assert saved_views.list_views(by=leader) == []
    assert verbs() == before


def test_titles_stand_in_the_order_of_the_alphabet(leader: User) -> None:
    for title in ("tips", "Bins", "absence"):
        saved_views.save_view(title, QUERY, by=leader)
    assert [each.title for each in saved_views.list_views(by=leader)] == ["absence", "Bins", "tips"]


def test_only_who_kept_it_or_the_bi_team_removes_a_view(leader: User, officer: User) -> None:
    first, second = (saved_views.save_view(title, QUERY, by=leader) for title in ("First", "Second"))
    with pytest.raises(ViewRefusedError, match="Only who saved a view"):
        saved_views.remove_view(first.id, by=officer)
    saved_views.remove_view(first.id, by=leader)
    saved_views.remove_view(second.id, by=a_user("analyst", Role.BI_TEAM, "COUNCIL"))
    assert saved_views.list_views(by=leader) == []
    with pytest.raises(ViewNotFoundError):
        saved_views.get_view(first.id, by=leader)
    with pytest.raises(ViewNotFoundError):
        saved_views.remove_view(first.id, by=leader)
    assert rows_of("SELECT count(*) FROM saved_views") == [(2,)]  # what it held is kept


def test_a_request_is_asked_answered_and_found_by_the_next_asker(leader: User, officer: User) -> None:
    view = saved_views.save_view("Bins", QUERY, by=officer)
    asked = saved_views.ask(" How many bins were missed? ", asked_for="Scrutiny Board", by=leader)
    assert (asked.question, asked.asked_for, asked.answered_at) == (
        "How many bins were missed?", "Scrutiny Board", None,
    )  # fmt: skip
    answered = saved_views.answer(asked.id, "Thirty in September.", view_id=view.id, version=1, by=officer)
    assert (answered.answer, answered.view_id, answered.answered_by, answered.version) == (
        "Thirty in September.", view.id, "officer", 2,
    )  # fmt: skip
    reader = a_user("reader")
    assert saved_views.asked_before("missed bins", by=reader).requests == (answered,)
    assert saved_views.asked_before(" ", by=reader).requests == ()
    assert saved_views.list_requests("THIRTY", by=reader).requests == (answered,)
    assert saved_views.list_requests("scrutiny", by=reader).requests == (answered,)
    assert saved_views.list_requests("100%_", by=reader).requests == ()
    log = saved_views.list_requests(by=reader)
    assert (log.name_of("officer"), log.views) == (officer.name, (view,))
    assert verbs()[-2:] == ["ask for data", "answer request"]


def test_the_newest_request_stands_first(leader: User) -> None:
    for question in ("First?", "Second?"):
        saved_views.ask(question, by=leader)
    assert [each.question for each in saved_views.list_requests(by=leader).requests] == ["Second?", "First?"]


def test_of_two_answers_at_once_the_first_stands_and_the_second_is_shown_it(leader: User, officer: User) -> None:
    asked = saved_views.ask("How many?", by=leader)
    saved_views.answer(asked.id, "Thirty.", version=1, by=officer)
    with pytest.raises(RequestMovedOnError, match="Someone answered this request meanwhile") as refused:
        saved_views.answer(asked.id, "Forty.", version=1, by=a_user("analyst", Role.BI_TEAM, "COUNCIL"))
    assert refused.value.now.answer == "Thirty."
    assert [each.answer for each in saved_views.list_requests(by=leader).requests] == ["Thirty."]
    again = saved_views.answer(asked.id, "Thirty-one.", version=2, by=officer)
    assert (again.answer, again.version) == ("Thirty-one.", 3)


def test_answers_are_refused_with_a_reason_and_nothing_is_written(leader: User, officer: User) -> None:
    asked = saved_views.ask("How many?", by=leader)
    with pytest.raises(NotAllowedError):
        saved_views.answer(asked.id, "Thirty.", version=1, by=leader)
    with pytest.raises(ViewRefusedError, match="Enter the answer"):
        saved_views.answer(asked.id, "  ", version=1, by=officer)
    with pytest.raises(ViewRefusedError, match="characters"):
        saved_views.answer(asked.id, "x" * 50_000, version=1, by=officer)
    with pytest.raises(ViewNotFoundError):
        saved_views.answer(asked.id, "Thirty.", view_id=99, version=1, by=officer)
    with pytest.raises(RequestNotFoundError):
        saved_views.answer(99, "Thirty.", version=1, by=officer)
    with pytest.raises(ViewRefusedError, match="Enter what you want to know"):
        saved_views.ask(" ", by=leader)
    assert saved_views.list_requests(by=leader).requests == (asked,)
