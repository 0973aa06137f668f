"""Do: services enter and submit their figures.

A return may be submitted again until it is approved; every submission moves its version on, and whoever signs off
names the version they saw. Nothing is overwritten: a figure based on a revision that is no longer the newest is
refused, with both figures shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from cycle.do._authors import authors_of
from cycle.do.return_view import (
    SUBMIT,
    Owed,
    build_return,
    demand_reader,
    line_of,
    owed_by_month,
    own_units,
    return_reader,
)
from cycle.ground.access import demand
from cycle.ground.council import approvers, council_area, names
from cycle.ground.memory import remembered
from cycle.ground.series.hiding import hidden_from
from data_access.council.settings_store import get_now
from data_access.do import drafts, figures, returns
from data_access.plan.register import get_measure, list_measures
from data_access.store import requests
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from data_access.store.errors import NotFoundError
from performance.do.answers import CheckedLine, CheckedReturn, check, check_line
from performance.do.receipts import Receipt, ReceiptLine, read_receipt, write_receipt
from performance.do.returns import SIGN_OFF_WITHIN, MyReturn, ReturnLine
from performance.do.typed import Answer
from performance.ground.entry import Problem
from performance.ground.figures import Figure
from performance.ground.organisation import Return, ReturnStatus, Unit
from performance.ground.people import Permission, User
from performance.ground.periods import Period, day_in_words
from performance.ground.values import Absence


class EntryRefusedError(ValueError):
    """What was entered cannot be saved; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems) or "Enter at least one figure.")


class ReturnClosedError(Exception):
    """The figure or the return cannot be changed now; the sentence says why and who can help."""


class FigureConflictError(Exception):
    """Someone else saved meanwhile. Each conflict holds their figure (`line.current`) and mine (`figure`)."""

    def __init__(self, conflicts: Iterable[CheckedLine], *, known_as: Mapping[str, str]) -> None:
        self.conflicts = tuple(conflicts)
        super().__init__("\n".join(_conflict_in_words(each, known_as) for each in self.conflicts))


class ReceiptNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no receipt at this address. Open the return to see where it stands.")


# What a person sees


def units_i_enter_for(*, by: User) -> list[Unit]:
    """The units, as they stand today, that have measures and whose figures the person may enter."""
    with reading() as session:
        user = demand(session, by, Permission.ENTER_FIGURES)
        return list(remembered(session, ("my units", user), lambda: own_units(session, user)))


def list_owed(*, by: User) -> list[Owed]:
    """For each unit the person enters for, each month of the last thirteen that asks for figures, newest first."""
    with reading() as session:
        user = demand(session, by, Permission.ENTER_FIGURES)
        found = remembered(session, ("owed", user), lambda: owed_by_month(session, units=own_units(session, user)))
        return list(found)


def periods_owed(unit_code: str, *, by: User) -> list[Owed]:
    """The months of one unit that ask for figures, newest first."""
    return [owed for owed in list_owed(by=by) if owed.unit.code == unit_code]


def my_return(unit_code: str, period: Period, *, by: User) -> MyReturn:
    """A service's return for a month. Officers and whoever signs it off may read it; it says who may change it."""
    with reading() as session:
        user = demand_reader(session, by, unit_code)
        return remembered(
            session,
            ("my return", unit_code, period, user.username),
            lambda: build_return(session, unit_code=unit_code, period=period, by=user),
        )


def check_return(unit_code: str, period: Period, *, answers: Iterable[Answer], by: User) -> CheckedReturn:
    """Read and check what was typed against what is stored now. Changes nothing."""
    return check(my_return(unit_code, period, by=by), answers)


def get_receipt(key: str, *, by: User) -> Receipt:
    """A receipt by its key, as it was given, without what is hidden from this person. Raises ReceiptNotFoundError."""
    with reading() as session:
        demand(session, by, Permission.READ_RETURNS)
        done = requests.find_request(session, key=key)
        if done is None or done.verb != SUBMIT:
            raise ReceiptNotFoundError
        receipt = read_receipt(done.answer)
        return _as_seen(session, receipt, by=demand_reader(session, by, receipt.unit_code))


def _as_seen(session: Session, receipt: Receipt, *, by: User) -> Receipt:
    measures = list_measures(session, codes={line.code for line in receipt.lines})
    ours = council_area(session)
    hidden = {
        (code, period.in_words)
        for code, area, period in hidden_from(session, measures, reader=return_reader(by))
        if area == ours
    }
    words = Absence.SUPPRESSED.in_words
    return replace(
        receipt,
        lines=tuple(
            replace(line, figure=words, rating=words, commentary="") if (line.code, line.period) in hidden else line
            for line in receipt.lines
        ),
    )


# Entering and submitting


def save_figure(measure_code: str, *, area_code: str, period: Period, answer: Answer, by: User) -> Figure:
    """Save one figure as its next revision, without submitting anything; unchanged, it stays as it is.

    Raises EntryRefusedError, ReturnClosedError, or FigureConflictError where someone else saved meanwhile.
    """
    try:
        with transaction() as session:
            measure = get_measure(session, code=measure_code)
            demand(session, by, Permission.ENTER_FIGURES, at=measure.unit_code)
            month = Period.containing(period.end, months=1)
            return_id = returns.save_draft(session, unit_code=measure.unit_code, period=month)
            line = line_of(session, measure=measure, area_code=area_code, period=period)
            _demand_open(returns.get_return(session, unit_code=measure.unit_code, period=month), line)
            checked = check_line(line, answer)
            if checked.figure is None or (checked.too_long and not checked.figure.commentary):
                raise EntryRefusedError([*checked.problems, *checked.too_long])
            saved = _add_figures(session, [checked], return_id=return_id, by=by, at=get_now(session))
            if checked.is_changed:
                subject = f"{measure_code} {area_code} {period.iso}"
                _record(session, by, "save figure", subject, before=_brief(line.current), after=saved[0].brief)
            return saved[0]
    except FigureConflictError as conflict:
        _record_conflict(conflict, by=by)
        raise


def submit_return(unit_code: str, period: Period, *, answers: Iterable[Answer], request_key: str, by: User) -> Receipt:
    """Save every figure and send the return for sign-off: all or nothing, and once for each request key.

    Raises EntryRefusedError, ReturnClosedError, or FigureConflictError where someone else saved meanwhile.
    """
    answers = tuple(answers)
    try:
        with transaction() as session:
            user = demand(session, by, Permission.ENTER_FIGURES, at=unit_code)
            return_id = returns.save_draft(session, unit_code=unit_code, period=period)
            if done := requests.find_request(session, key=request_key):
                return _same_answer(done, by=user)
            checked = check(build_return(session, unit_code=unit_code, period=period, by=user), answers)
            _demand_whole(checked, answers)
            now = get_now(session)
            saved = _add_figures(session, checked.to_submit, return_id=return_id, by=user, at=now)
            for each in checked.to_submit:
                drafts.add_hand(
                    session, unit_code=unit_code, period=period, measure_code=each.measure.code, username=user.username
                )
            drafts.remove_drafts(session, unit_code=unit_code, period=period, answers=answers)
            stored = returns.save_submission(session, unit_code=unit_code, period=period, by=user.username, at=now)
            receipt = _receipt(session, checked, stored, at=now, key=request_key, by=user)
            done = requests.CarriedOut(
                key=request_key, username=user.username, verb=SUBMIT, answer=write_receipt(receipt), at=now
            )
            requests.add_request(session, request=done)
            before = {line.measure.code: _brief(line.line.current) for line in checked.to_submit}
            after = {figure.measure_code: figure.brief for figure in saved}
            _record(session, user, SUBMIT, receipt.reference, before=before, after=after)
            return receipt
    except FigureConflictError as conflict:
        _record_conflict(conflict, by=by)
        raise


# What the verbs share


def _add_figures(
    session: Session, lines: Iterable[CheckedLine], *, return_id: int, by: User, at: datetime
) -> list[Figure]:
    """The figures as they stand afterwards; only those that say something new become a revision."""
    saved, lines = [], tuple(lines)
    if conflicts := [line for line in lines if line.is_conflict]:
        raise FigureConflictError(conflicts, known_as=names(session))
    for line in lines:
        figure = line.line.current if not line.is_changed else line.next_revision(by=by.username, at=at)
        if figure is None:
            continue
        if line.is_changed:
            try:
                figures.add_figure(session, figure=figure, return_id=return_id)
            except figures.RevisionTakenError as fault:
                newest = line_of(session, measure=line.measure, area_code=line.line.area_code, period=line.line.period)
                raise FigureConflictError([check_line(newest, line.answer)], known_as=names(session)) from fault
        saved.append(figure)
    return saved


def _demand_open(stored: Return, line: ReturnLine) -> None:
    if stored.status is ReturnStatus.SUBMITTED:
        raise ReturnClosedError("These figures wait for sign-off. Change them on My return and submit them again.")
    if line.is_locked:
        raise ReturnClosedError(line.locked_because)


def _demand_whole(checked: CheckedReturn, answers: Iterable[Answer]) -> None:
    """Everything that was answered may be changed, and everything that is asked was answered."""
    return_ = checked.return_
    strangers = {answer.measure_code for answer in answers} - {line.measure.code for line in return_.open_lines}
    if return_.locked_because or strangers:
        because = {line.measure.code: line.locked_because for line in return_.lines}
        each = [f"{code} cannot be entered in this return now. {because.get(code, '')}" for code in sorted(strangers)]
        raise ReturnClosedError(return_.locked_because or " ".join(each).strip())
    problems = [problem for _, problem in (*checked.problems, *checked.gaps)]
    if problems or not checked.to_submit:
        raise EntryRefusedError(problems)


def _receipt(session: Session, checked: CheckedReturn, stored: Return, *, at: datetime, key: str, by: User) -> Receipt:
    lines = [(line.measure.code, line.line.period) for line in checked.to_submit]
    authors = authors_of(session, stored, lines=lines)
    return Receipt(
        key=key,
        unit_code=stored.unit_code,
        unit_name=checked.return_.unit.name,
        period=stored.period,
        version=stored.version,
        submitted_by=by.name,
        submitted_at=at,
        lines=tuple(
            ReceiptLine(
                code=line.measure.code,
                title=line.measure.title,
                period=line.line.period.in_words,
                figure=line.line.in_words(line.figure),
                rating=line.rating.in_words,
                commentary=line.figure.commentary if line.figure else "",
            )
            for line in checked.to_submit
        ),
        signed_off_by=tuple(approvers(session, stored.unit_code, without=authors)),
        sign_off_by_day=checked.return_.today + SIGN_OFF_WITHIN,
        still_to_come=tuple(
            f"{line.measure.title}, on time by {day_in_words(line.line.asked.dates.on_time_by)}"
            for line in checked.left_out
        ),
    )


def _same_answer(done: requests.CarriedOut, *, by: User) -> Receipt:
    if done.username != by.username or done.verb != SUBMIT:
        raise ReturnClosedError("This request was already used for something else. Open the page again.")
    return read_receipt(done.answer)


def _conflict_in_words(conflict: CheckedLine, known_as: Mapping[str, str]) -> str:
    theirs, line = conflict.line.current, conflict.line
    if theirs is None:
        return f"Someone else is saving {line.measure.title} for {line.period.in_words}. Try again."
    who, when = known_as.get(theirs.recorded_by, theirs.recorded_by), theirs.recorded_at
    at = f" at {when.astimezone():%H:%M}" if when else ""
    return (
        f"{who} changed {line.measure.title} for {line.period.in_words}{at}: {line.in_words(theirs)}. "
        f"You entered {line.in_words(conflict.figure)}. Choose which to keep."
    )


def _brief(figure: Figure | None) -> dict[str, str]:
    return figure.brief if figure else {}


def _record(
    session: Session, by: User, verb: str, subject: str, *, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """The audit event; last in its transaction, since on PostgreSQL the chain is a queue of one."""
    add_event(
        session, at=get_now(session), username=by.username, verb=verb, subject=subject, before=before, after=after
    )


def _record_conflict(conflict: FigureConflictError, *, by: User) -> None:
    """The attempt that lost leaves its trace too: what stood there, and what was refused."""
    with transaction() as session:
        for each in conflict.conflicts:
            subject = f"{each.measure.code} {each.line.area_code} {each.line.period.iso}"
            theirs, mine = _brief(each.line.current), _brief(each.figure)
            _record(session, by, "figure refused: changed meanwhile", subject, before=theirs, after=mine)
