"""What was worked out is kept until something that it was worked out from changes, and never past it."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cycle.ground.memory import _MOST, remembered, remembered_each
from data_access.council.settings_store import get_now, get_setting, list_settings, save_setting
from data_access.do.figures import current_series
from data_access.models import AreaRow, FigureRow, MeasureRow, ReturnRow, SignInRow
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.measures import Measure
from performance.ground.organisation import AreaKind, ReturnStatus
from tests.builders import add_area, add_council, add_figure, add_measure, add_target
from tests.performance.builders import a_measure

pytestmark = pytest.mark.usefixtures("database_on_both")


class Work:
    """Counts how often it was done, and reads as it is told."""

    def __init__(self, read: Callable[[Session], object] = lambda _: None) -> None:
        self.done, self.read = 0, read

    def __call__(self, session: Session) -> int:
        self.read(session)
        self.done += 1
        return self.done


def ask(work: Work, *key: str) -> int:
    with reading() as session:
        return remembered(session, key, lambda: work(session))


def ask_each(work: Work, *codes: str) -> dict[str, int]:
    """How often the work was done when each was worked out."""
    with reading() as session:
        return remembered_each(session, ("each",), measures(*codes), in_one(lambda: work(session)))


def measures(*codes: str) -> list[Measure]:
    return [a_measure(code=code) for code in codes]


def in_one(work: Callable[[], int]) -> Callable[[list[Measure]], dict[str, int]]:
    """The work is done once for all that are asked for."""
    return lambda missing: dict.fromkeys([each.code for each in missing], work())


def of_measures(*codes: str) -> Callable[[Session], object]:
    return lambda session: current_series(session, measure_codes=codes)


def save_an_event() -> None:
    with transaction() as session:
        add_event(session, at=get_now(session), username="someone", verb="do something", subject="")


def test_the_same_question_is_worked_out_once_and_another_for_itself() -> None:
    add_council()
    work = Work()
    assert [ask(work, "a"), ask(work, "a"), ask(work, "b"), ask(work, "a")] == [1, 1, 2, 1]


def test_what_rests_on_a_measures_figures_is_worked_out_again_after_one_and_after_nothing_else() -> None:
    add_council()
    for code in ("A1", "B2"):
        add_measure(code)
    work = Work(of_measures("A1"))
    assert ask(work, "changing") == 1
    add_figure("B2", value="3")
    add_target("A1", number="3")
    save_an_event()
    assert ask(work, "changing") == 1
    add_figure("A1", value="3")
    assert ask(work, "changing") == ask(work, "changing") == 2


def test_what_rests_on_a_table_is_worked_out_again_after_any_row_of_it() -> None:
    add_council()
    work = Work(lambda session: session.scalars(select(AreaRow.code)).all())
    assert ask(work, "changing") == 1
    add_measure()
    assert ask(work, "changing") == 1
    add_area("X1", "Another", AreaKind.WARD)
    assert ask(work, "changing") == 2


def test_what_was_read_before_in_the_same_session_counts_too() -> None:
    """What is worked out may use anything that was read before, and nobody sees from where it has it."""
    add_council()
    add_measure()

    def title(session: Session) -> str:
        found = session.scalars(select(MeasureRow.title)).one()
        return remembered(session, ("said",), lambda: found.upper())

    with reading() as session:
        assert title(session) == "MEASURE WCP1063"
    with transaction() as session:
        session.get_one(MeasureRow, "WCP1063").title = "Another"
    with reading() as session:
        assert title(session) == "ANOTHER"


def test_what_is_worked_out_apart_rests_on_what_it_reads_itself_and_whoever_uses_it_on_both() -> None:
    add_council()
    add_measure()
    inner, outer = Work(of_measures("WCP1063")), Work()

    def read() -> tuple[int, int]:
        with reading() as session:
            session.scalars(select(AreaRow.code)).all()

            def work_out() -> int:
                remembered(session, ("inner",), lambda: inner(session), apart=True)
                return outer(session)

            remembered(session, ("outer",), work_out)
        return inner.done, outer.done

    assert read() == read() == (1, 1)
    add_area("X1", "Another", AreaKind.WARD)
    assert read() == (1, 2)
    add_figure(value="3")
    assert read() == (2, 3)


def test_a_setting_counts_however_long_ago_the_session_read_it() -> None:
    add_council()
    work = Work(lambda session: get_setting(session, name="council_name"))

    def read() -> int:
        with reading() as session:
            list_settings(session)
            return remembered(session, ("setting",), lambda: work(session), apart=True)

    assert read() == read() == 1
    with transaction() as session:
        save_setting(session, name="council_name", value="Another")
    assert read() == 2


def test_each_measure_is_kept_by_itself() -> None:
    add_council()
    for code in ("A1", "B2", "C3"):
        add_measure(code)
    work = Work(lambda session: session.scalars(select(FigureRow.id)).all())
    assert ask_each(work, "A1", "B2") == {"A1": 1, "B2": 1}
    add_figure("B2", value="3")
    assert ask_each(work, "C3", "B2", "A1") == {"C3": 2, "B2": 2, "A1": 1}
    assert work.done == 2


def test_what_a_unit_sent_in_is_of_the_measures_that_are_its_own() -> None:
    add_council()
    add_measure("A1")
    add_measure("B2", unit_code="HOUSING")
    work = Work(lambda session: session.scalars(select(ReturnRow.id)).all())
    asked = [a_measure(code="A1", unit_code="WASTE"), a_measure(code="B2", unit_code="HOUSING")]

    def ask_both() -> dict[str, int]:
        with reading() as session:
            return remembered_each(session, ("sent",), asked, in_one(lambda: work(session)))

    assert ask_both() == {"A1": 1, "B2": 1}
    with transaction() as session:
        session.add(
            ReturnRow(unit_code="WASTE", period_start=date(2017, 9, 1), period_months=1, status=ReturnStatus.DRAFT)
        )
    assert ask_both() == {"A1": 2, "B2": 1}


def test_whoever_uses_the_lines_of_measures_rests_on_them_kept_or_not() -> None:
    add_council()
    for code in ("A1", "B2"):
        add_measure(code)
    lines, whole = Work(of_measures("A1", "B2")), Work()

    def read() -> tuple[int, int]:
        with reading() as session:

            def work_out() -> int:
                remembered_each(session, ("lines",), measures("A1", "B2"), in_one(lambda: lines(session)))
                return whole(session)

            remembered(session, ("whole",), work_out, apart=True)
        return lines.done, whole.done

    assert read() == read() == (1, 1)
    add_figure("A1", value="3")
    assert read() == (2, 2)
    add_figure("B2", value="3")
    assert read() == (3, 3)


def test_what_stands_beside_a_measure_is_part_of_the_question() -> None:
    add_council()
    work = Work()
    with reading() as session:
        for said in ("hidden", "shown", "hidden"):
            remembered_each(session, ("beside",), measures("A1"), in_one(lambda: work(session)), beside={"A1": said})
    assert work.done == 2


def test_a_new_day_is_worked_out_again() -> None:
    add_council()
    work = Work()
    ask(work, "day")
    with transaction() as session:
        save_setting(session, name="fixed_today", value=date(2017, 11, 11).isoformat())
    assert ask(work, "day") == 2


def test_what_failed_is_not_kept_nor_what_rests_on_what_has_no_version() -> None:
    add_council()

    def fail() -> int:
        raise RuntimeError("not today")

    with reading() as session, pytest.raises(RuntimeError):
        remembered(session, ("failing",), fail)
    assert ask(Work(), "failing") == 1
    work = Work(lambda session: session.scalars(select(SignInRow)).all())
    assert [ask(work, "signed in"), ask(work, "signed in")] == [1, 2]
    assert [ask_each(work, "A1"), ask_each(work, "A1")] == [{"A1": 3}, {"A1": 4}]


def test_a_session_that_writes_sees_its_own_and_keeps_nothing_for_others() -> None:
    add_council()
    with reading() as session:
        assert remembered(session, ("areas",), lambda: count_areas(session)) == 10
    with transaction() as session, session.begin_nested() as undone:
        session.add(AreaRow(code="X1", name="Another", kind=AreaKind.WARD))
        session.flush()
        assert remembered(session, ("areas",), lambda: count_areas(session)) == 11
        undone.rollback()
    with reading() as session:
        assert remembered(session, ("areas",), lambda: count_areas(session)) == 10


def count_areas(session: Session) -> int:
    return len(session.scalars(select(AreaRow.code)).all())


def test_only_so_much_is_kept() -> None:
    add_council()
    work = Work()
    with reading() as session:
        for number in range(_MOST + 1):
            remembered(session, ("many", number), lambda: work(session))
        remembered(session, ("many", 0), lambda: work(session))
    assert work.done == _MOST + 2
