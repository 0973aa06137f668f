"""Lessons: what was tried, whether it worked, and what another service should know; found by their words."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Text, cast, column, func, literal, select, table, text, update
from sqlalchemy.orm import Session

from data_access.models import LessonRow
from data_access.store.errors import NotFoundError
from performance.ground.alike import telling_words
from performance.revise.lessons import END, FOUND, Verdict

_TEXTS = ("title", "what_worked", "what_did_not", "advice")


@dataclass(frozen=True, kw_only=True)
class LessonRecord:
    """A lesson as kept. `id` is 0 until it is stored; one of a recovery plan names it."""

    title: str
    advice: str
    verdict: Verdict
    written_by: str
    written_at: datetime
    what_worked: str = ""
    what_did_not: str = ""
    plan_id: int | None = None
    measure_code: str | None = None
    unit_code: str | None = None
    version: int = 1
    id: int = 0


class LessonNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such lesson, or it was withdrawn. Choose one from the list.")


class StaleLessonError(Exception):
    """The lesson is no longer at the version the change was based on."""


def add_lesson(session: Session, *, lesson: LessonRecord) -> int:
    """Keep a lesson, in place of the one of the same plan that was withdrawn. Answers its id."""
    withdrawn = select(LessonRow).where(LessonRow.plan_id == lesson.plan_id, LessonRow.withdrawn_at.is_not(None))
    row = (session.scalar(withdrawn) if lesson.plan_id else None) or LessonRow(version=0)
    version = row.version + 1
    for field in fields(lesson):
        if field.name != "id":
            setattr(row, field.name, getattr(lesson, field.name))
    row.version, row.withdrawn_by, row.withdrawn_at = version, None, None
    session.add(row)
    session.flush()
    return row.id


def get_lesson(session: Session, *, lesson_id: int) -> LessonRecord:
    """Raises LessonNotFoundError where there is none, or it was withdrawn."""
    row = session.get(LessonRow, lesson_id)
    if row is None or row.withdrawn_at is not None:
        raise LessonNotFoundError
    return _lesson(row)


def find_lesson_of(session: Session, *, plan_id: int) -> LessonRecord | None:
    """The lesson of a recovery plan, once it was judged and while that stands."""
    row = session.scalar(_standing().where(LessonRow.plan_id == plan_id))
    return None if row is None else _lesson(row)


def list_lessons(session: Session) -> list[LessonRecord]:
    """Every lesson that stands, the newest first."""
    return [_lesson(row) for row in session.scalars(_standing())]


def find_lessons(session: Session, *, words: str) -> list[LessonRecord]:
    """Those with all the telling words in any of their forms, the closest first; or, where none has, with any of them.

    The texts come with FOUND before and END after each word that was found.
    """
    wanted = telling_words(words)
    if not wanted:
        return []
    search = _search_sqlite if session.get_bind().dialect.name == "sqlite" else _search_postgresql
    return search(session, wanted, every=True) or search(session, wanted, every=False)


def save_lesson(session: Session, *, lesson: LessonRecord) -> None:
    """Put texts, measure and verdict in place of what is stored, one version on. Raises StaleLessonError."""
    _change(session, lesson, {name: getattr(lesson, name) for name in (*_TEXTS, "measure_code", "verdict")})


def remove_lesson(session: Session, *, lesson: LessonRecord, by: str, at: datetime) -> None:
    """Withdraw it: it is kept, and no longer found. Raises StaleLessonError."""
    _change(session, lesson, {"withdrawn_by": by, "withdrawn_at": at})


def _change(session: Session, lesson: LessonRecord, values: dict[str, object]) -> None:
    found = session.execute(
        update(LessonRow)
        .where(LessonRow.id == lesson.id, LessonRow.version == lesson.version, LessonRow.withdrawn_at.is_(None))
        .values(values | {"version": lesson.version + 1})
        .execution_options(synchronize_session="fetch")
        .returning(LessonRow.id)
    ).all()
    if not found:
        raise StaleLessonError


def _standing() -> Select[LessonRow]:
    newest = (LessonRow.written_at.desc(), LessonRow.id.desc())
    return select(LessonRow).where(LessonRow.withdrawn_at.is_(None)).order_by(*newest)


def _search_sqlite(session: Session, words: Iterable[str], *, every: bool) -> list[LessonRecord]:
    index = table("lessons_text", column("rowid"), column("lessons_text"), column("rank"))
    query = (" AND " if every else " OR ").join(f'"{word}"' for word in words)
    marked = [func.highlight(text("lessons_text"), place, FOUND, END).label(name) for place, name in enumerate(_TEXTS)]
    found = session.execute(
        select(index.c.rowid, *marked)
        .where(index.c.lessons_text.op("MATCH")(query))
        .order_by(index.c.rank, index.c.rowid.desc())
    ).mappings()
    return _with_marks(session, {each["rowid"]: dict(each) for each in found})


def _search_postgresql(session: Session, words: Iterable[str], *, every: bool) -> list[LessonRecord]:
    query: ColumnElement[str] | None = None
    for word in words:
        one = func.plainto_tsquery(text("'english'"), word)
        query = one if query is None else query.op("&&" if every else "||")(one)
    whole = LessonRow.title
    for name in _TEXTS[1:]:
        whole = whole + " " + getattr(LessonRow, name)
    vector = func.to_tsvector(text("'english'"), whole)
    how = literal(f"StartSel={FOUND}, StopSel={END}, HighlightAll=true")
    marked = [func.ts_headline(text("'english'"), getattr(LessonRow, name), query, cast(how, Text)).label(name)
              for name in _TEXTS]  # fmt: skip
    found = session.execute(
        select(LessonRow.id, *marked)
        .where(vector.op("@@")(query))
        .order_by(func.ts_rank(vector, query).desc(), LessonRow.id.desc())
    ).mappings()
    return _with_marks(session, {each["id"]: dict(each) for each in found})


def _with_marks(session: Session, found: dict[int, dict[str, str]]) -> list[LessonRecord]:
    standing = {each.id: each for each in list_lessons(session)}
    return [
        replace(
            standing[number],
            title=marked["title"],
            what_worked=marked["what_worked"],
            what_did_not=marked["what_did_not"],
            advice=marked["advice"],
        )
        for number, marked in found.items()
        if number in standing
    ]


def _lesson(row: LessonRow) -> LessonRecord:
    return LessonRecord(**{field.name: getattr(row, field.name) for field in fields(LessonRecord)})
