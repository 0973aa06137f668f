"""Two people at one moment, on both databases: one is told, and neither sees a fault."""

import threading

import pytest

from cycle.revise import risks
from cycle.revise.recovery import guard, planning
from performance.ground.people import User
from tests.builders import a_user, add_council
from tests.conftest import rows_of
from tests.cycle.revise.recovery.test_view import OCTOBER, a_draft, people, red
from tests.cycle.revise.test_risks import FLOOD

pytestmark = pytest.mark.usefixtures("database_on_both")


def test_of_two_who_give_a_measure_a_plan_at_once_one_is_told() -> None:
    """One opens a plan for it, the other takes it into one that is open."""
    manager, head = people()
    red("EMPTY")
    plan_id = a_draft(manager)
    together, refused = threading.Barrier(2), []

    def go(number: int) -> None:
        together.wait()
        try:
            if number:
                planning.open_plan("EMPTY", period=OCTOBER, cause="", by=head)
            else:
                planning.share_plan(plan_id, measure_code="EMPTY", version=1, by=manager)
        except guard.PlanOpenError:
            refused.append(number)

    threads = [threading.Thread(target=go, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shared, opened = (
        rows_of("SELECT plan_id FROM recovery_shares"),
        rows_of("SELECT id FROM recovery_plans WHERE measure_code = 'EMPTY'"),
    )
    assert (len(refused), len(shared) + len(opened)) == (1, 1)


def test_two_risks_at_one_moment_have_a_code_each() -> None:
    add_council()
    red("BINS")
    by = [a_user(), a_user("colleague")]
    together, found = threading.Barrier(2), []

    def go(user: User) -> None:
        together.wait()
        found.append(risks.add_risk(FLOOD, by=user))

    threads = [threading.Thread(target=go, args=(user,)) for user in by]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["RK01", "RK02"]
