"""Many people at once: everything arrives, once, and nobody is overwritten without knowing."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from cycle.do import drafts, returns, signing_off
from data_access.store.audit import list_breaks
from data_access.store.database import reading
from performance.do.typed import Answer, Draft
from performance.ground.people import Role, User
from performance.ground.periods import Period
from tests.builders import COUNCIL, a_user, add_council, add_measure
from tests.conftest import rows_of
from tests.faults.writer import submit

pytestmark = pytest.mark.usefixtures("database_on_both")
THREADS, EACH = 8, 25
OCTOBER = Period.month(2017, 10)


def a_council_with(*people: str) -> list[User]:
    add_council()
    for code in ("A", "B", "C"):
        add_measure(code)
    return [a_user(name) for name in people]


def chain_holds() -> bool:
    with reading() as session:
        return list(list_breaks(session)) == []


def test_eight_people_submit_twenty_five_returns_each_and_all_arrive_once() -> None:
    users = a_council_with(*[f"manager{number}" for number in range(THREADS)])

    def work(number: int) -> int:
        return sum(submit(number * EACH + step, by=users[number]).version for step in range(EACH))

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(work, range(THREADS))) == [EACH] * THREADS
    assert rows_of("SELECT COUNT(*), SUM(version) FROM returns") == [(200, 200)]
    assert rows_of("SELECT COUNT(*) FROM figures WHERE revision = 1") == [(600,)]
    assert rows_of("SELECT COUNT(*) FROM requests") == [(200,)]
    assert rows_of("SELECT COUNT(*) FROM audit_events") == [(200,)]
    assert chain_holds()


def test_one_request_sent_eight_times_at_once_is_carried_out_once() -> None:
    (user,) = a_council_with("manager")
    start = threading.Barrier(THREADS)

    def send(_: int) -> returns.Receipt:
        start.wait()
        return submit(0, by=user)

    with ThreadPoolExecutor(THREADS) as pool:
        receipts = set(pool.map(send, range(THREADS)))
    assert len(receipts) == 1
    assert rows_of("SELECT COUNT(*) FROM figures") == [(3,)]
    assert rows_of("SELECT COUNT(*) FROM audit_events") == [(1,)]


def test_of_eight_people_changing_the_same_figure_each_change_is_seen_by_the_next() -> None:
    """Everyone adds to a digit of their own, and tries again when refused: no addition is lost or counted twice."""
    users = a_council_with(*[f"manager{number}" for number in range(THREADS)])
    refused: Counter[str] = Counter()

    def add_five(number: int) -> None:
        for _ in range(5):
            while not _add(10**number, by=users[number]):
                refused[users[number].username] += 1

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(add_five, range(THREADS)))
    assert rows_of("SELECT MAX(revision), COUNT(*) FROM figures") == [(40, 40)]
    (last,) = rows_of("SELECT value FROM figures WHERE revision = 40")
    assert str(last[0]) == "55555555"
    losses = rows_of("SELECT COUNT(*) FROM audit_events WHERE verb = 'figure refused: changed meanwhile'")
    assert losses == [(refused.total(),)]
    assert chain_holds()


def _add(amount: int, *, by: User) -> bool:
    line = returns.my_return("WASTE", OCTOBER, by=by).lines[0]
    number = int(line.current.value or 0) if line.current else 0
    answer = Answer(measure_code="A", value=str(number + amount), based_on=line.revision)
    try:
        returns.save_figure("A", area_code=COUNCIL, period=OCTOBER, answer=answer, by=by)
    except returns.FigureConflictError:
        return False
    return True


def test_two_managers_and_an_approver_at_one_return_lose_no_cell() -> None:
    """Two type every line again and again, and submit; a third approves whenever something waits.

    Whatever a person was told is kept, and was not taken over by someone who was shown it, is in the figures.
    """
    managers = a_council_with("first", "second")
    head = a_user("head", Role.HEAD, "PLACE")
    told: dict[str, list[str]] = {"first": [], "second": []}
    over = threading.Event()

    def work(user: User, code: str) -> None:
        for step in range(20):
            kept = drafts.save_drafts("WASTE", OCTOBER, by=user).drafts.get(code)
            said = Answer(measure_code=code, value=f"{user.username == 'second':d}{step:03d}")
            draft = Draft(answer=said, area_code=COUNCIL, period=OCTOBER, version=kept.version if kept else 0)
            done = drafts.save_drafts("WASTE", OCTOBER, drafts=[draft], by=user)
            assert done.clashes or done.drafts[code].answer == said
            told[user.username].append("clash" if done.clashes else said.value)

    def approve() -> None:
        while not over.wait(0.02):
            for waiting in signing_off.list_waiting(by=head):
                with suppress(signing_off.ReturnMovedOnError):
                    signing_off.approve_return("WASTE", OCTOBER, version=waiting.stored.version, by=head)

    approver = threading.Thread(target=approve)
    approver.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, [*managers, *managers], ["A", "B", "C", "C"]))
    kept = drafts.save_drafts("WASTE", OCTOBER, by=managers[0]).drafts
    answers = [kept[code].answer for code in ("A", "B", "C")]
    returns.submit_return("WASTE", OCTOBER, answers=answers, request_key="last", by=managers[0])
    over.set()
    approver.join()
    assert [kept["A"].answer.value, kept["B"].answer.value] == ["0019", "1019"]
    assert kept["C"].answer.value in {"0019", "1019"}
    # Each version of the line that both typed was seen by whoever typed the next one: none was passed over.
    assert kept["C"].version == sum(each != "clash" for each in [*told["first"], *told["second"]]) - 40
    assert {str(value) for (value,) in rows_of("SELECT value FROM figures WHERE measure_code = 'C'")} == {
        str(int(kept["C"].answer.value))
    }
    assert chain_holds()
