"""Do: heads of service sign off what their services submitted, or send single figures back with a question.

Whoever signs off names the version they saw. Nobody signs off what they had a hand in (_authors.py), and a
deputy does so only between the days the head named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cycle.do._authors import authors_of
from cycle.do.return_view import build_return
from cycle.ground.access import demand
from cycle.ground.council import approvers, council_area, names
from cycle.ground.memory import remembered
from data_access.council.settings_store import get_now
from data_access.council.units import list_units
from data_access.do import drafts, returns
from data_access.do.figures import current_series
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.do.returns import MyReturn
from performance.do.sign_off import SignOff, lines_since, sign_off_lines
from performance.ground.entry import Problem
from performance.ground.figures import Figure
from performance.ground.organisation import Return, ReturnStatus, Unit
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.ground.texts import TextTooLongError, clean

# What stood before a submission was known up to the moment before it.
_A_MOMENT = timedelta(microseconds=1)


class OwnReturnError(Exception):
    """Nobody signs off what they typed, brought in or submitted themselves, in whole or in part."""


class ReturnMovedOnError(Exception):
    """The return is no longer what the person had before them."""

    def __init__(self) -> None:
        super().__init__("These figures were submitted again, or decided on, since you opened them. Read them again.")


class QuestionRefusedError(ValueError):
    """There is no question to send back, or one that cannot be kept; `problem` says which box."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A return that waits for sign-off. `why_not` says why this person may not sign it off, if so."""

    stored: Return
    unit: Unit
    submitted_by: str
    why_not: str


def list_waiting(*, by: User) -> list[Waiting]:
    """The returns that wait for sign-off in the person's part of the council, the oldest first."""
    with reading() as session:
        user = demand(session, by, Permission.APPROVE_RETURNS)
        return list(remembered(session, ("waiting", user), lambda: _waiting_for(session, user)))


def sign_off(unit_code: str, period: Period, *, by: User) -> SignOff:
    """A submitted return as its approver reads it: what to look at first, with why, and the rest."""
    with reading() as session:
        user = demand(session, by, Permission.APPROVE_RETURNS, at=unit_code)
        key = ("sign off", unit_code, period, user)
        return remembered(session, key, lambda: _sign_off_of(session, unit_code, period, user))


def approve_return(unit_code: str, period: Period, *, version: int, by: User) -> Return:
    """Sign off the version that was read. Raises OwnReturnError or ReturnMovedOnError."""
    with transaction() as session:
        user = _demand_decision(session, unit_code, period, version=version, by=by)
        return _decide(session, unit_code, period, ReturnStatus.APPROVED, by=user, at=get_now(session))


def return_with_question(
    unit_code: str,
    period: Period,
    *,
    version: int,
    question: str = "",
    questions: Mapping[str, str] | None = None,
    by: User,
) -> Return:
    """Send the version that was read back, with a question to the service, to single figures by measure code, or both.

    It can be submitted again. Raises QuestionRefusedError, OwnReturnError or ReturnMovedOnError.
    """
    asked = {code: _kept(text, box=code) for code, text in (questions or {}).items() if text.strip()}
    question = _kept(question, box="question")
    if not question and not asked:
        raise QuestionRefusedError(Problem(field="question", message="Enter the question for the service"))
    with transaction() as session:
        user = _demand_decision(session, unit_code, period, version=version, by=by)
        provided = {line.measure.code for line in _build(session, unit_code, period, user).lines if line.is_provided}
        if strangers := asked.keys() - provided:
            message = f"{', '.join(sorted(strangers))} is not among the figures of this return"
            raise QuestionRefusedError(Problem(field="question", message=message))
        now = get_now(session)
        returns.add_questions(session, unit_code=unit_code, period=period, questions=asked, by=user.username, at=now)
        status = ReturnStatus.RETURNED
        return _decide(session, unit_code, period, status, question=question, asked=asked, by=user, at=now)


def _kept(text: str, *, box: str) -> str:
    try:
        return clean(text.strip())
    except TextTooLongError as fault:
        raise QuestionRefusedError(Problem(field=box, message=str(fault))) from fault


def _demand_decision(session: Session, unit_code: str, period: Period, *, version: int, by: User) -> User:
    user = demand(session, by, Permission.APPROVE_RETURNS, at=unit_code)
    stored = returns.get_return(session, unit_code=unit_code, period=period)
    if stored.status is not ReturnStatus.SUBMITTED or stored.version != version:
        raise ReturnMovedOnError
    if why_not := _why_not(session, stored, by=user):
        raise OwnReturnError(why_not)
    return user


def _decide(
    session: Session,
    unit_code: str,
    period: Period,
    status: ReturnStatus,
    *,
    question: str = "",
    asked: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
) -> Return:
    decided = returns.save_decision(
        session, unit_code=unit_code, period=period, status=status, by=by.username, at=at, question=question
    )
    if status is ReturnStatus.APPROVED:
        drafts.remove_hands(session, unit_code=unit_code, period=period)
    verb = "approve return" if status is ReturnStatus.APPROVED else "return with a question"
    after = {"status": status.value} | ({"asked about": sorted(asked)} if asked else {})
    add_event(
        session, at=at, username=by.username, verb=verb, subject=decided.reference,
        before={"version": decided.version}, after=after,
    )  # fmt: skip
    return decided


def _build(session: Session, unit_code: str, period: Period, user: User) -> MyReturn:
    return build_return(session, unit_code=unit_code, period=period, by=user)


def _waiting_for(session: Session, user: User) -> tuple[Waiting, ...]:
    codes = user.units_where(Permission.APPROVE_RETURNS)
    known_as = names(session)
    return tuple(
        Waiting(
            stored=stored,
            unit=unit,
            submitted_by=known_as.get(stored.submitted_by or "", ""),
            why_not=_why_not(session, stored, by=user),
        )
        for stored in returns.list_returns(session, unit_codes=codes, status=ReturnStatus.SUBMITTED)
        for unit in list_units(session, on=stored.period.end)
        if unit.code == stored.unit_code
    )


def _why_not(session: Session, stored: Return, *, by: User, built: MyReturn | None = None) -> str:
    """Why the person may not sign the return off, in a sentence; empty where they may."""
    if stored.status is not ReturnStatus.SUBMITTED:
        return f"These figures do not wait for sign-off: {stored.status.in_words.lower()}."
    built = built or _build(session, stored.unit_code, stored.period, by)
    lines = [(line.measure.code, line.period) for line in built.lines if line.revision]
    authors = authors_of(session, stored, lines=lines)
    if by.username not in authors:
        return ""
    others = " or ".join(approvers(session, stored.unit_code, without=authors)) or "another head of service"
    return f"You entered or submitted these figures yourself, so {others} signs them off."


def _sign_off_of(session: Session, unit_code: str, period: Period, user: User) -> SignOff:
    """A return as its approver reads it, and why they may not sign it off, if so."""
    return_ = _build(session, unit_code, period, user)
    stored = return_.stored
    if stored is None:
        return SignOff(
            return_=return_, lines=sign_off_lines(return_, {}), why_not="These figures have not been submitted."
        )
    why_not = _why_not(session, stored, by=user, built=return_)
    if stored.returned_at is None:
        before = stored.submitted_at - _A_MOMENT if stored.submitted_at else get_now(session)
        lines = sign_off_lines(return_, _stood(session, return_, before))
        return SignOff(return_=return_, lines=lines, why_not=why_not)
    asked = returns.find_last_questions(session, unit_code=unit_code, period=period)
    lines = lines_since(return_, _stood(session, return_, stored.returned_at), asked=asked)
    return SignOff(return_=return_, lines=lines, why_not=why_not, asked=asked, question=stored.question, came_back=True)


def _stood(session: Session, return_: MyReturn, at: datetime) -> dict[str, Figure]:
    """The figures of the return as they were known at a moment, by measure code."""
    codes, area = [line.measure.code for line in return_.lines], council_area(session)
    periods = {line.period for line in return_.lines}
    known = current_series(session, measure_codes=codes, area_codes=[area], periods=periods, as_known_at=at)
    return {
        line.measure.code: figure
        for line in return_.lines
        if (figure := known.get((line.measure.code, area), {}).get(line.period)) is not None
    }
