"""What is half typed: kept as it stands, for whom, until when, and how two hands at one line lose nothing."""

import pytest

from cycle.do import drafts as do_drafts
from cycle.do import returns, signing_off
from cycle.do.drafts import Kept
from data_access.store.audit import list_events
from data_access.store.database import reading
from performance.do.typed import Answer, Choice, Draft
from performance.ground.commentary import Commentary
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from tests.builders import COUNCIL, a_user, add_council, add_figure, add_measure
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_both")
SEPTEMBER, OCTOBER = Period.month(2017, 9), Period.month(2017, 10)


def a_service() -> User:
    add_council()
    add_measure("COUNT")
    add_measure("OTHER")
    return a_user()


def typed(value: str, *, code: str = "COUNT", version: int = 0, period: Period = OCTOBER, **boxes: object) -> Draft:
    answer = Answer(measure_code=code, value=value, **boxes)
    return Draft(answer=answer, area_code=COUNCIL, period=period, version=version)


def keep(by: User, *drafts: Draft) -> Kept:
    return do_drafts.save_drafts("WASTE", OCTOBER, drafts=drafts, by=by)


def values(kept: Kept) -> dict[str, str]:
    return {code: draft.answer.value for code, draft in kept.drafts.items()}


@pytest.mark.parametrize("text", [" 1,204.0 ", "96.5%", "12.0.1", "１２", "<b>1</b>", "'; DROP TABLE drafts; --", ""])
def test_a_line_is_kept_exactly_as_it_was_typed(text: str) -> None:
    manager = a_service()
    said = Commentary(what_happened="Zwei\nLinien ✔")
    keep(manager, typed(text, choice=Choice.NOT_PUBLISHED, until=" 30/11/2017 ", commentary=said, based_on=3))
    (draft,) = do_drafts.save_drafts("WASTE", OCTOBER, by=manager).drafts.values()
    assert (
        draft.answer
        == typed(text, choice=Choice.NOT_PUBLISHED, until=" 30/11/2017 ", commentary=said, based_on=3).answer
    )
    assert (draft.version, draft.saved_by) == (1, "manager")
    assert draft.saved_at is not None


def test_each_change_is_a_version_and_the_same_again_is_none() -> None:
    manager = a_service()
    assert keep(manager, typed("1")).drafts["COUNT"].version == 1
    assert keep(manager, typed("2", version=1)).drafts["COUNT"].version == 2
    assert keep(manager, typed("2", version=1)).drafts["COUNT"].version == 2
    assert keep(manager, typed("2")).clashes == ()


def test_a_line_typed_in_two_places_is_left_as_it_stands_and_comes_back_as_a_choice() -> None:
    manager, colleague = a_service(), a_user("colleague")
    keep(manager, typed("120"))
    kept = keep(colleague, typed("118"), typed("7", code="OTHER"))
    assert values(kept) == {"COUNT": "120", "OTHER": "7"}
    (clash,) = kept.clashes
    assert (clash.code, clash.mine.answer.value, clash.theirs.answer.value) == ("COUNT", "118", "120")
    assert clash.saved_by == "Service manager, WASTE"
    assert values(keep(colleague, typed("118", version=clash.theirs.version))) == {"COUNT": "118", "OTHER": "7"}


def test_a_line_that_was_submitted_meanwhile_begins_anew_and_is_asked_about_when_it_is_checked() -> None:
    manager, colleague = a_service(), a_user("colleague")
    keep(colleague, typed("120"))
    returns.submit_return(
        "WASTE", OCTOBER, by=colleague, request_key="k",
        answers=[typed("120").answer, typed("7", code="OTHER").answer],
    )  # fmt: skip
    kept = keep(manager, typed("118", version=1))
    assert (values(kept), kept.clashes) == ({"COUNT": "118"}, ())
    checked = returns.check_return("WASTE", OCTOBER, answers=[kept.drafts["COUNT"].answer], by=manager)
    assert [line.measure.code for line in checked.conflicts] == ["COUNT"]


def test_submitting_takes_what_was_submitted_and_leaves_what_says_something_else() -> None:
    manager = a_service()
    keep(manager, typed("120"), typed("8", code="OTHER"))
    answers = [typed("120").answer, typed("7", code="OTHER").answer]
    returns.submit_return("WASTE", OCTOBER, answers=answers, request_key="k", by=manager)
    assert values(do_drafts.save_drafts("WASTE", OCTOBER, by=manager)) == {"OTHER": "8"}


def test_a_refused_submission_leaves_every_draft() -> None:
    manager = a_service()
    keep(manager, typed("120"), typed("many", code="OTHER"))
    answers = [typed("120").answer, typed("many", code="OTHER").answer]
    with pytest.raises(returns.EntryRefusedError):
        returns.submit_return("WASTE", OCTOBER, answers=answers, request_key="k", by=manager)
    assert values(do_drafts.save_drafts("WASTE", OCTOBER, by=manager)) == {"COUNT": "120", "OTHER": "many"}


def test_what_cannot_be_entered_now_is_not_kept() -> None:
    manager = a_service()
    strangers = [typed("1", code="NO_SUCH"), typed("1", period=SEPTEMBER)]
    elsewhere = Draft(answer=Answer(measure_code="COUNT", value="1"), area_code="E05001321", period=OCTOBER)
    assert keep(manager, *strangers, elsewhere).drafts == {}


def test_an_approved_figure_takes_no_draft() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    answers = [typed("120").answer, typed("7", code="OTHER").answer]
    returns.submit_return("WASTE", OCTOBER, answers=answers, request_key="k", by=manager)
    signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
    assert keep(manager, typed("121", based_on=1)).drafts == {}


def test_drafts_are_the_services_own_and_no_record() -> None:
    manager = a_service()
    keep(manager, typed("120"))
    stranger = a_user("stranger", Role.SERVICE_MANAGER, "SOCIAL")
    reader = a_user("reader", Role.LEADERSHIP, "COUNCIL")
    for person in (stranger, reader):
        with pytest.raises(NotAllowedError):
            do_drafts.save_drafts("WASTE", OCTOBER, by=person)
        with pytest.raises(NotAllowedError):
            keep(person, typed("1", version=1))
    with reading() as session:
        assert list(list_events(session)) == []
    assert rows_of("SELECT COUNT(*) FROM figures") == [(0,)]


def test_a_draft_shows_at_once_to_the_colleague_although_no_event_was_written() -> None:
    manager, colleague = a_service(), a_user("colleague")
    add_figure("COUNT", "2017-09", "90")
    assert values(do_drafts.save_drafts("WASTE", OCTOBER, by=colleague)) == {}
    keep(manager, typed("120"))
    assert values(do_drafts.save_drafts("WASTE", OCTOBER, by=colleague)) == {"COUNT": "120"}
