"""Whatever is written has another version afterwards; whatever is read is noted, with the measures it was asked for."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import bindparam, delete, exists, func, insert, or_, select, union_all, update
from sqlalchemy.orm import Session, aliased

from data_access.models import (
    AreaRow,
    Base,
    DraftRow,
    FigureRow,
    MeasureRow,
    RebaseRow,
    RegisterChangeRow,
    ReturnRow,
    SettingRow,
    SignInRow,
    TargetRow,
)
from data_access.store.database import reading, transaction
from data_access.store.versions import UNTOLD, UNVERSIONED, WHOLE, Part, list_versions, reading_apart, reads_of
from performance.ground.organisation import AreaKind, ReturnStatus
from tests.builders import COUNCIL, RECORDED, WARDS, add_area, add_council, add_figure, add_measure, add_target

FIGURES, A, B = "figures", "A1", "B2"
WHOLE_FIGURES = {(FIGURES, WHOLE)}
OF_A = {(FIGURES, A), (FIGURES, UNTOLD)}


def versions() -> dict[Part, str]:
    with reading() as session:
        return dict(list_versions(session, newest=""))


def moved_by(write: Callable[[Session], object]) -> set[Part]:
    """What has another version after the transaction than before it."""
    before = versions()
    with transaction() as session:
        write(session)
    return {part for part, token in versions().items() if before.get(part) != token}


def read_by(read: Callable[[Session], object]) -> set[Part]:
    with reading() as session:
        read(session)
        reads = reads_of(session)
        assert reads is not None
        return reads.parts


@pytest.fixture(autouse=True)
def two_measures(database_on_both: str) -> None:
    add_council()
    for code in (A, B):
        add_measure(code)
        add_figure(code, value="3")
        add_target(code, number="4")


def a_row(code: str = A, revision: int = 2, area: str = COUNCIL) -> dict[str, object]:
    return {
        "measure_code": code, "area_code": area, "period_start": date(2017, 9, 1), "period_months": 1,
        "revision": revision, "value": 5, "status": "final", "commentary": "", "confirmed_checks": "",
        "recorded_at": RECORDED, "recorded_by": "import",
    }  # fmt: skip


def test_a_row_moves_its_table_its_measure_and_everything_on() -> None:
    moved = moved_by(lambda session: session.add(FigureRow(**a_row())))
    assert moved == {(FIGURES, WHOLE), (FIGURES, A), (WHOLE, WHOLE)}


def test_a_row_that_is_of_no_measure_is_nobodys_and_a_return_its_units() -> None:
    change = RegisterChangeRow(
        node_code="B1", version=2, field="title", before="1", after="2", effective_on=date(2017, 9, 1), reason="",
        recorded_by="someone", recorded_at=RECORDED,
    )  # fmt: skip
    sent = ReturnRow(unit_code="WASTE", period_start=date(2017, 9, 1), period_months=1, status=ReturnStatus.DRAFT)
    assert ("register_changes", UNTOLD) in moved_by(lambda session: session.add(change))
    assert moved_by(lambda session: session.add(sent)) == {("returns", WHOLE), ("returns", "WASTE"), (WHOLE, WHOLE)}


def test_of_a_table_that_belongs_to_no_measure_it_moves_the_table() -> None:
    moved = moved_by(lambda session: session.add(AreaRow(code="X", name="X", kind=AreaKind.WARD)))
    assert moved == {("areas", WHOLE), (WHOLE, WHOLE)}


@pytest.mark.parametrize(
    ("write", "parts"),
    [
        (lambda session: session.execute(insert(FigureRow), [a_row(A), a_row(B)]), {A, B}),
        (lambda session: session.execute(insert(FigureRow).values(**a_row(B))), {B}),
        (lambda session: session.execute(insert(FigureRow.__table__), [a_row(A)]), {A}),
    ],
)
def test_what_comes_in_many_at_once_moves_each_measure(write: Callable[[Session], object], parts: set[str]) -> None:
    moved = moved_by(write)
    assert {part for table, part in moved if table == FIGURES} == {WHOLE, *parts}


@pytest.mark.parametrize(
    ("write", "parts"),
    [
        (update(TargetRow).where(TargetRow.measure_code == A).values(rationale="because"), {A}),
        (update(TargetRow).where(TargetRow.measure_code.in_([A, B])).values(rationale="because"), {A, B}),
        (update(TargetRow).where(TargetRow.area_code == COUNCIL).values(rationale="because"), {UNTOLD}),
        (delete(TargetRow).where(TargetRow.measure_code == B, TargetRow.area_code == COUNCIL), {B}),
        (delete(TargetRow), {UNTOLD}),
    ],
)
def test_what_is_changed_by_a_condition_moves_those_it_names_or_says_that_it_named_none(
    write: object, parts: set[str]
) -> None:
    moved = moved_by(lambda session: session.execute(write))  # type: ignore[call-overload]
    assert {part for table, part in moved if table == "targets"} == {WHOLE, *parts}


def test_a_row_that_is_another_measures_now_moves_both() -> None:
    def write(session: Session) -> None:
        row = session.scalars(select(TargetRow).where(TargetRow.measure_code == A)).one()
        row.measure_code, row.revision = B, 2

    assert {part for table, part in moved_by(write) if table == "targets"} == {WHOLE, A, B}


def test_a_row_taken_away_and_a_measure_itself_move_on() -> None:
    def take_away(session: Session) -> None:
        session.delete(session.scalars(select(TargetRow).where(TargetRow.measure_code == A)).one())

    def reword(session: Session) -> None:
        session.get_one(MeasureRow, B).title = "Another title"

    assert ("targets", A) in moved_by(take_away)
    assert moved_by(reword) == {("measures", WHOLE), ("measures", B), (WHOLE, WHOLE)}


def test_nothing_moves_where_nothing_is_kept_of_what_was_written() -> None:
    def fail(session: Session) -> None:
        session.add(FigureRow(**a_row()))
        session.flush()
        raise RuntimeError("not today")

    before = versions()
    with pytest.raises(RuntimeError), transaction() as session:
        fail(session)
    assert versions() == before
    assert moved_by(lambda session: session.get_one(SettingRow, "council_area")) == set()


def test_a_half_typed_line_and_a_sign_in_move_nothing() -> None:
    draft = DraftRow(
        unit_code="WASTE", return_start=date(2017, 9, 1), measure_code=A, area_code=COUNCIL,
        period_start=date(2017, 9, 1), period_months=1, answer={}, saved_by="someone", saved_at=RECORDED,
    )  # fmt: skip
    assert moved_by(lambda session: session.add(draft)) == set()


def test_no_version_is_ever_said_again() -> None:
    seen = set()
    for revision in range(2, 6):
        moved_by(lambda session, revision=revision: session.add(FigureRow(**a_row(revision=revision))))  # type: ignore[misc]
        seen.add(versions()[FIGURES, A])
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (select(FigureRow.id), WHOLE_FIGURES),
        (select(FigureRow.id).where(FigureRow.measure_code == A), OF_A),
        (select(FigureRow.id).where(FigureRow.measure_code.in_([A]), FigureRow.area_code == COUNCIL), OF_A),
        (select(func.max(FigureRow.id)).where(FigureRow.measure_code.in_([A, B])), {*OF_A, (FIGURES, B)}),
        (select(FigureRow.id).where(FigureRow.measure_code.in_([])), {(FIGURES, UNTOLD)}),
        (select(FigureRow.id).where(FigureRow.measure_code != A), WHOLE_FIGURES),
        (select(FigureRow.id).where(FigureRow.measure_code.not_in([A])), WHOLE_FIGURES),
        (select(FigureRow.id).where(~FigureRow.measure_code.in_([A])), WHOLE_FIGURES),
        (select(FigureRow.id).where(or_(FigureRow.measure_code == A, FigureRow.area_code == "X")), WHOLE_FIGURES),
        (select(FigureRow.id).where(FigureRow.measure_code == MeasureRow.code),
         {(FIGURES, WHOLE), ("measures", WHOLE)}),
        (select(FigureRow.id).where(FigureRow.measure_code.in_(select(MeasureRow.code))),
         {(FIGURES, WHOLE), ("measures", WHOLE)}),
        (select(ReturnRow.id).where(ReturnRow.unit_code == "WASTE"), {("returns", "WASTE"), ("returns", UNTOLD)}),
        (select(MeasureRow).where(MeasureRow.code == A), {("measures", A), ("measures", UNTOLD)}),
        (select(FigureRow.id).join(AreaRow, AreaRow.code == FigureRow.area_code).where(FigureRow.measure_code == A),
         {*OF_A, ("areas", WHOLE)}),
        (select(MeasureRow.code).where(MeasureRow.code == A, exists().where(FigureRow.measure_code == MeasureRow.code)),
         {("measures", WHOLE), (FIGURES, WHOLE)}),
        (select(FigureRow.id).where(FigureRow.measure_code == A).union_all(select(FigureRow.id)), WHOLE_FIGURES),
        (union_all(select(RebaseRow.id), select(FigureRow.id).where(FigureRow.measure_code == A)),
         {("rebases", WHOLE), (FIGURES, WHOLE)}),
        (select(select(FigureRow.id).where(FigureRow.measure_code == A).scalar_subquery()), WHOLE_FIGURES),
    ],
)  # fmt: skip
def test_what_is_read_is_noted_with_the_measures_that_the_question_names(question: object, parts: set[Part]) -> None:
    assert read_by(lambda session: session.execute(question).all()) == parts  # type: ignore[call-overload]


def test_a_table_that_is_asked_twice_is_read_whole_where_one_of_them_names_no_measure() -> None:
    other = aliased(FigureRow)
    question = (
        select(FigureRow.id).join(other, other.area_code == FigureRow.area_code).where(FigureRow.measure_code == A)
    )
    assert read_by(lambda session: session.execute(question).all()) == WHOLE_FIGURES


def test_more_measures_than_are_worth_naming_are_the_whole_table() -> None:
    many = [f"M{number}" for number in range(200)]
    question = select(FigureRow.id).where(FigureRow.measure_code.in_(many))
    assert read_by(lambda session: session.execute(question).all()) == WHOLE_FIGURES


def test_a_measure_that_is_named_only_as_the_question_is_asked_is_the_whole_table() -> None:
    question = select(FigureRow.id).where(FigureRow.measure_code == bindparam("code"))
    assert read_by(lambda session: session.execute(question, {"code": A}).all()) == WHOLE_FIGURES


def test_a_single_row_asked_for_by_its_key_is_noted() -> None:
    assert ("areas", WHOLE) in read_by(lambda session: session.get(AreaRow, COUNCIL))


def test_what_is_read_apart_counts_alone_and_then_with_the_rest() -> None:
    with reading() as session:
        session.execute(select(FigureRow.id))
        with reading_apart(session):
            session.execute(select(AreaRow.code))
            inside = reads_of(session)
            assert inside is not None
            assert inside.parts == {("areas", WHOLE)}
        after = reads_of(session)
        assert after is not None
        assert after.parts == {(FIGURES, WHOLE), ("areas", WHOLE)}


def test_what_rests_on_a_table_without_versions_says_so() -> None:
    with reading() as session:
        reads = reads_of(session)
        assert reads is not None
        session.execute(select(AreaRow.code))
        assert reads.are_versioned
        with reading_apart(session):
            session.execute(select(SignInRow))
        assert not reads.are_versioned


def test_a_session_that_writes_notes_nothing_that_it_reads() -> None:
    with transaction() as session:
        session.execute(select(FigureRow.id))
        assert reads_of(session) is None


def test_every_table_without_versions_is_one() -> None:
    assert Base.metadata.tables.keys() >= UNVERSIONED


def test_an_area_added_later_is_no_figure() -> None:
    before = versions()
    add_area("E05009999", "New ward", AreaKind.WARD)
    assert versions()[FIGURES, WHOLE] == before[FIGURES, WHOLE]
    add_figure(A, value="3", area=WARDS[0])
    assert versions()[FIGURES, WHOLE] != before[FIGURES, WHOLE]
