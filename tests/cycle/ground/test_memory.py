"""What was worked out is kept until something changes, and never past it."""

from datetime import date

import pytest

from cycle.ground.memory import _MOST, remembered
from data_access.council.settings_store import get_now, save_setting
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from tests.builders import add_council, add_figure, add_measure, add_target

pytestmark = pytest.mark.usefixtures("database_on_both")


class Work:
    """Counts how often it was done."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self) -> int:
        self.done += 1
        return self.done


def ask(work: Work, *key: str) -> int:
    with reading() as session:
        return remembered(session, key, work)


def test_the_same_question_is_worked_out_once_and_another_for_itself() -> None:
    add_council()
    work = Work()
    assert [ask(work, "a"), ask(work, "a"), ask(work, "b"), ask(work, "a")] == [1, 1, 2, 1]


def test_a_figure_a_target_and_any_event_make_it_worked_out_again() -> None:
    add_council()
    add_measure()
    work = Work()
    assert ask(work, "changing") == 1
    add_figure(value="3")
    assert ask(work, "changing") == 2
    add_target(number="3")
    assert ask(work, "changing") == 3
    with transaction() as session:
        add_event(session, at=get_now(session), username="someone", verb="do something", subject="")
    assert ask(work, "changing") == ask(work, "changing") == 4


def test_a_new_day_is_worked_out_again() -> None:
    add_council()
    work = Work()
    ask(work, "day")
    with transaction() as session:
        save_setting(session, name="fixed_today", value=date(2017, 11, 11).isoformat())
    assert ask(work, "day") == 2


def test_what_failed_is_not_kept() -> None:
    add_council()

    def fail() -> int:
        raise RuntimeError("not today")

    with reading() as session, pytest.raises(RuntimeError):
        remembered(session, ("failing",), fail)
    assert ask(Work(), "failing") == 1


def test_only_so_much_is_kept() -> None:
    add_council()
    work = Work()
    with reading() as session:
        for number in range(_MOST + 1):
            remembered(session, ("many", number), work)
        remembered(session, ("many", 0), work)
    assert work.done == _MOST + 2
