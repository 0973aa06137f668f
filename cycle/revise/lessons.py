"""Revise: what was learnt, kept so that another service finds it: searched, written, corrected and withdrawn.

A closed plan's judgement is a lesson (cycle/revise/recovery/decisions.py); others are written here. The texts stay out
of the audit: what is hashed cannot be erased.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.memory import remembered
from cycle.revise.recovery.guard import LONGEST
from data_access.council.settings_store import get_now, get_today
from data_access.council.units import list_units
from data_access.plan.register import find_measure, list_measures
from data_access.revise import lessons
from data_access.revise.lessons import LessonRecord, StaleLessonError
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.entry import Problem, check_texts
from performance.ground.people import Permission, User
from performance.revise.lessons import Verdict

LONGEST_TITLE = 120


class LessonError(Exception):
    """A change to a lesson that was not made; the sentence says why."""


class LessonRefusedError(LessonError):
    """What was entered cannot be kept; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


@dataclass(frozen=True, kw_only=True)
class LessonText:
    """What a person writes of a lesson."""

    title: str
    what_worked: str = ""
    what_did_not: str = ""
    advice: str = ""
    measure_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonLine:
    """A lesson with the names of what it is about and of who wrote it, and whether this person may change it.

    Where it was searched for, its texts carry the marks of performance.revise.lessons.
    """

    lesson: LessonRecord
    unit_name: str
    measure_title: str
    written_by: str
    may_change: bool


def find_lessons(words: str = "", *, verdict: Verdict | None = None, unit_code: str = "", by: User) -> list[LessonLine]:
    """The lessons with these words, the closest first, or all, the newest first; of one verdict or unit, if asked."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_LESSONS)
        lines = remembered(session, ("lessons", words.casefold().strip(), user), lambda: _lines(session, words, user))
    return [
        line
        for line in lines
        if (verdict is None or line.lesson.verdict is verdict) and unit_code in {"", line.lesson.unit_code}
    ]


def lessons_beside(measure_code: str, *, by: User) -> list[LessonLine]:
    """The lessons of the measure, and then those of its service; of each the newest first."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_LESSONS)
        measure = find_measure(session, code=measure_code)
        lines = remembered(session, ("lessons", "", user), lambda: _lines(session, "", user))
    unit_code = measure.unit_code if measure else ""
    near = [line for line in lines if measure_code == line.lesson.measure_code or unit_code == line.lesson.unit_code]
    return sorted(near, key=lambda line: line.lesson.measure_code != measure_code)


def own_units(*, by: User) -> dict[str, str]:
    """The units whose lessons the person may write, by code, with their names."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_LESSONS)
        own = user.units_where(Permission.WRITE_LESSONS)
        return {unit.code: unit.name for unit in list_units(session, on=get_today(session)) if unit.code in own}


def write_lesson(unit_code: str, *, said: LessonText, by: User) -> int:
    """Keep a lesson of a unit that is no plan's. Answers its id. Raises LessonRefusedError."""
    kept = _read(said)
    with transaction() as session:
        user = demand(session, by, Permission.WRITE_LESSONS, at=unit_code)
        _demand_measure(session, kept)
        lesson = LessonRecord(
            title=kept.title,
            what_worked=kept.what_worked,
            what_did_not=kept.what_did_not,
            advice=kept.advice,
            verdict=Verdict.GENERAL,
            measure_code=kept.measure_code,
            unit_code=unit_code,
            written_by=user.username,
            written_at=get_now(session),
        )
        lesson_id = lessons.add_lesson(session, lesson=lesson)
        _record(session, "write lesson", lesson_id, user, unit=unit_code)
        return lesson_id


def correct_lesson(lesson_id: int, *, said: LessonText, version: int, by: User) -> None:
    """Word a lesson anew; its verdict and its plan stay, and with a plan its measure. Raises LessonRefusedError, or
    LessonError at a conflict."""
    kept = _read(said)
    with transaction() as session:
        lesson = _demand_seen(session, lesson_id, version, by=by)
        _demand_measure(session, kept)
        worded = replace(
            lesson,
            title=kept.title,
            what_worked=kept.what_worked,
            what_did_not=kept.what_did_not,
            advice=kept.advice,
            measure_code=lesson.measure_code if lesson.plan_id else kept.measure_code,
        )
        try:
            lessons.save_lesson(session, lesson=worded)
        except StaleLessonError as fault:
            raise _conflict() from fault
        _record(session, "correct lesson", lesson_id, by, version=version + 1)


def withdraw_lesson(lesson_id: int, *, version: int, by: User) -> None:
    """Take a lesson out of what is found. It is kept, with who withdrew it and when."""
    with transaction() as session:
        lesson = _demand_seen(session, lesson_id, version, by=by)
        try:
            lessons.remove_lesson(session, lesson=lesson, by=by.username, at=get_now(session))
        except StaleLessonError as fault:
            raise _conflict() from fault
        _record(session, "withdraw lesson", lesson_id, by)


def _lines(session: Session, words: str, user: User) -> tuple[LessonLine, ...]:
    found = lessons.find_lessons(session, words=words) if words.strip() else lessons.list_lessons(session)
    units = {unit.code: unit.name for unit in list_units(session, on=get_today(session))}
    titles = {each.code: each.title for each in list_measures(session)}
    known_as = names(session)
    own = user.units_where(Permission.WRITE_LESSONS)
    return tuple(
        LessonLine(
            lesson=each,
            unit_name=units.get(each.unit_code or "", each.unit_code or "The council"),
            measure_title=titles.get(each.measure_code or "", ""),
            written_by=known_as.get(each.written_by, each.written_by),
            may_change=each.unit_code in own,
        )
        for each in found
    )


def _read(said: LessonText) -> LessonText:
    """The texts without what surrounds them. Raises LessonRefusedError."""
    kept = replace(
        said,
        title=said.title.strip(),
        what_worked=said.what_worked.strip(),
        what_did_not=said.what_did_not.strip(),
        advice=said.advice.strip(),
    )
    problems = [
        Problem(field=field, message=f"Enter {name}")
        for field, name in (("title", "what the lesson is about"), ("advice", "what you would tell another service"))
        if not getattr(kept, field)
    ]
    problems += check_texts(
        ("title", "What the lesson is about", kept.title, LONGEST_TITLE),
        ("what_worked", "What worked", kept.what_worked, LONGEST),
        ("what_did_not", "What did not work", kept.what_did_not, LONGEST),
        ("advice", "What you would tell another service", kept.advice, LONGEST),
    )
    if problems:
        raise LessonRefusedError(problems)
    return kept


def _demand_measure(session: Session, said: LessonText) -> None:
    if said.measure_code and find_measure(session, code=said.measure_code) is None:
        raise LessonError("There is no such measure. Choose one from the list.")


def _demand_seen(session: Session, lesson_id: int, version: int, *, by: User) -> LessonRecord:
    try:
        lesson = lessons.get_lesson(session, lesson_id=lesson_id)
    except lessons.LessonNotFoundError as fault:
        demand(session, by, Permission.VIEW_LESSONS)
        raise LessonError(str(fault)) from fault
    demand(session, by, Permission.WRITE_LESSONS, at=lesson.unit_code)
    if lesson.version != version:
        raise _conflict()
    return lesson


def _conflict() -> LessonError:
    return LessonError(
        "Someone else changed this lesson since you opened it. Nothing of yours was saved. Read it as it is now, then"
        " make your change."
    )


def _record(session: Session, verb: str, lesson_id: int, by: User, **after: object) -> None:
    add_event(session, at=get_now(session), username=by.username, verb=verb, subject=f"lesson {lesson_id}",
              before=None, after=after)  # fmt: skip
