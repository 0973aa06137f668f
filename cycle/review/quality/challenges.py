"""Review: questions about figures, asked where they are seen and answered by the service that submits them.

A question names one figure: a measure, an area and a period. Whoever may enter the measure's figures answers it, and
whoever asked settles it or asks on. The version is the lock: of two answers at once the first stands, and the second
is shown it.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import council_area
from cycle.ground.memory import remembered
from cycle.review.quality.asked import Mine, Question, Thread, doubts_of, mine_of, thread_of
from data_access.council.areas import get_area
from data_access.council.settings_store import get_now
from data_access.do.figures import find_current
from data_access.plan.register import get_measure
from data_access.review import challenges
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.figures import Figure
from performance.ground.organisation import AreaKind
from performance.ground.people import NotAllowedError, Permission, User
from performance.ground.periods import Period
from performance.ground.texts import TextTooLongError, clean
from performance.review.quality.challenges import Challenge, ChallengeKind, may_answer, may_settle


class ChallengeError(Exception):
    """A question or an answer that cannot stand; the sentence says what to do."""


class ChallengeMovedOnError(ChallengeError):
    """Someone else did something with the question meanwhile; `now` is how it stands."""

    def __init__(self, now: Challenge) -> None:
        self.now = now
        done = "settled" if not now.is_open else "answered" if now.answered_at else "changed"
        super().__init__(f"Someone {done} this question meanwhile. Read it again; what you wrote was not sent.")


# What a person sees


def thread(measure_code: str, area_code: str | None = None, *, as_known_at: datetime | None = None, by: User) -> Thread:
    """What was asked about a measure's figures in an area, the council's own where none is named; newest first."""
    with reading() as session:
        user = demand(session, by, Permission.ASK_QUESTIONS)
        area = area_code or council_area(session)
        _demand_sight(session, user, area)
        key = ("thread", measure_code, area, as_known_at, user)
        return remembered(
            session, key, lambda: thread_of(session, measure_code, area, as_known_at=as_known_at, by=user)
        )


def list_mine(*, by: User) -> Mine:
    """What waits for this person's answer, what was answered to them, and what is doubted of what they sign off."""
    with reading() as session:
        user = demand(session, by, Permission.SIGN_IN)
        return remembered(session, ("my questions", user), lambda: mine_of(session, by=user))


def list_doubts(unit_code: str, period: Period, *, by: User) -> tuple[Question, ...]:
    """What is doubted and not settled of a unit's return for a month, for whoever signs it off."""
    with reading() as session:
        user = demand(session, by, Permission.APPROVE_RETURNS, at=unit_code)
        key = ("doubts", unit_code, period, user)
        return remembered(session, key, lambda: doubts_of(session, unit_code, period, by=user))


# What a person does


def ask(measure_code: str, area_code: str | None, period: Period, *, text: str, by: User) -> Challenge:
    """Ask about a figure. The same question asked twice, as by a double click, is asked once. Raises ChallengeError."""
    kept = _text(text, otherwise="Enter your question.")
    with transaction() as session:
        user = demand(session, by, Permission.ASK_QUESTIONS)
        area = area_code or council_area(session)
        _demand_sight(session, user, area)
        measure = get_measure(session, code=measure_code)
        for each in challenges.list_challenges(session, measure_codes=[measure.code], area_code=area):
            if each.is_open and (each.period, each.text, each.asked_by) == (period, kept, user.username):
                return each
        return _add(session, user, ChallengeKind.QUESTION, measure.code, area, period, text=kept)


def answer(challenge_id: int, *, text: str, version: int, by: User) -> Challenge:
    """Answer for the service, once however often it is pressed.

    Raises ChallengeError, and ChallengeMovedOnError where someone was first.
    """
    with transaction() as session:
        demand(session, by, Permission.ENTER_FIGURES)
        asked = challenges.get_challenge(session, challenge_id=challenge_id)
        measure = get_measure(session, code=asked.measure_code)
        user = demand(session, by, Permission.ENTER_FIGURES, at=measure.unit_code)
        kept = _text(text, otherwise="Enter your answer.")
        if (asked.answer, asked.answered_by) == (kept, user.username):
            return asked
        _check_version(asked, version)
        if not may_answer(asked, user.username):
            raise ChallengeError("You asked this yourself, so someone else of the service answers it.")
        now = get_now(session)
        saved = challenges.save_answer(session, challenge_id=asked.id, answer=kept, by=user.username, at=now)
        _record(session, user, "answer a question", saved)
        return saved


def settle(challenge_id: int, *, version: int, by: User) -> Challenge:
    """Say that the question is settled, or take one's own back. Raises ChallengeError."""
    with transaction() as session:
        user = demand(session, by, Permission.ASK_QUESTIONS)
        return _settle(session, user, challenge_id, version)


def ask_on(challenge_id: int, *, text: str, version: int, by: User) -> Challenge:
    """Not yet answered for the asker: the question is closed and the next one follows it. Raises ChallengeError."""
    kept = _text(text, otherwise="Enter what you still want to know.")
    with transaction() as session:
        user = demand(session, by, Permission.ASK_QUESTIONS)
        for each in challenges.list_challenges(session):
            if (each.follows, each.text, each.asked_by) == (challenge_id, kept, user.username):
                return each
        before = _settle(session, user, challenge_id, version)
        if before.answered_at is None:
            raise ChallengeError("This question has no answer yet. Wait for it, or take the question back.")
        return _add(
            session, user, before.kind, before.measure_code, before.area_code, before.period,
            text=kept, doubted=before.doubted, revision=before.revision, follows=before.id,
        )  # fmt: skip


def doubt(measure_code: str, period: Period, *, text: str, revision: int, by: User) -> Challenge:
    """Doubt what a service confirmed at entry: a question that it must answer. Raises ChallengeError."""
    kept = _text(text, otherwise="Enter what you doubt, and why.")
    with transaction() as session:
        user = demand(session, by, Permission.DOUBT_FIGURES)
        return _judge(session, user, ChallengeKind.DOUBT, measure_code, period, revision, text=kept)


def accept(measure_code: str, period: Period, *, revision: int, by: User) -> Challenge:
    """Accept what a service confirmed at entry. It holds for the figure as it stands. Raises ChallengeError."""
    with transaction() as session:
        user = demand(session, by, Permission.DOUBT_FIGURES)
        accepted = _judge(session, user, ChallengeKind.ACCEPTED, measure_code, period, revision, text="")
        now = get_now(session)
        return challenges.save_settled(session, challenge_id=accepted.id, by=user.username, at=now)


def _judge(
    session: Session, user: User, kind: ChallengeKind, measure_code: str, period: Period, revision: int, *, text: str
) -> Challenge:
    """One judgement of one revision: the second is told of the first."""
    area = council_area(session)
    challenges.hold_judgements(session, measure_code=measure_code)
    figure = find_current(session, measure_code=measure_code, area_code=area, period=period)
    if figure is None or not figure.confirmed_checks:
        raise ChallengeError("Nothing was confirmed of this figure, so there is nothing to doubt or accept.")
    _check_revision(figure, revision)
    for each in challenges.list_challenges(session, measure_codes=[measure_code], area_code=area):
        if each.kind is not ChallengeKind.QUESTION and (each.period, each.revision) == (period, revision):
            raise ChallengeMovedOnError(each)
    return _add(
        session, user, kind, measure_code, area, period,
        text=text, doubted="|".join(figure.confirmed_checks), revision=revision,
    )  # fmt: skip


def _check_revision(figure: Figure, revision: int) -> None:
    if figure.revision != revision:
        raise ChallengeError("The service changed this figure meanwhile. Read it again, then decide.")


def _check_version(asked: Challenge, version: int) -> None:
    if asked.version != version or not asked.is_open:
        raise ChallengeMovedOnError(asked)


def _settle(session: Session, user: User, challenge_id: int, version: int) -> Challenge:
    asked = challenges.get_challenge(session, challenge_id=challenge_id)
    _demand_sight(session, user, asked.area_code)
    if asked.settled_by == user.username:
        return asked
    _check_version(asked, version)
    if not may_settle(asked, user.username, may_doubt=user.may(Permission.DOUBT_FIGURES)):
        raise ChallengeError("Whoever asked settles the question, or the BI team once it is answered.")
    now = get_now(session)
    saved = challenges.save_settled(session, challenge_id=asked.id, by=user.username, at=now)
    _record(session, user, "settle a question" if saved.answered_at else "take a question back", saved)
    return saved


def _demand_sight(session: Session, user: User, area_code: str) -> None:
    """Questions are for those who see the figure: who sees no scorecards asks about wards alone.

    Raises NotAllowedError, and ChallengeError for an area elsewhere.
    """
    if get_area(session, code=area_code).kind is AreaKind.WARD:
        if not user.may(Permission.VIEW_WARDS):
            raise NotAllowedError(Permission.VIEW_WARDS)
    elif not user.may(Permission.VIEW_SCORECARDS):
        raise NotAllowedError(Permission.VIEW_SCORECARDS)
    elif area_code != council_area(session):
        raise ChallengeError("Questions are about our own figures. Nobody here answers for another council.")


def _add(
    session: Session, user: User, kind: ChallengeKind, measure_code: str, area_code: str, period: Period, *,
    text: str, doubted: str = "", revision: int = 0, follows: int | None = None,
) -> Challenge:  # fmt: skip
    added = challenges.add_challenge(
        session, measure_code=measure_code, area_code=area_code, period=period, kind=kind, text=text,
        doubted=doubted, revision=revision, follows=follows, by=user.username, at=get_now(session),
    )  # fmt: skip
    verbs = {
        ChallengeKind.QUESTION: "ask a question",
        ChallengeKind.DOUBT: "doubt a figure",
        ChallengeKind.ACCEPTED: "accept a confirmed check",
    }
    _record(session, user, verbs[kind], added)
    return added


def _record(session: Session, user: User, verb: str, challenge: Challenge) -> None:
    """What was written stays with the question: the audit trail says only that it was."""
    subject = f"{challenge.measure_code} {challenge.area_code} {challenge.period.iso}"
    after = {"question": challenge.id} | ({"follows": challenge.follows} if challenge.follows else {})
    add_event(session, at=get_now(session), username=user.username, verb=verb, subject=subject, after=after)


def _text(text: str, *, otherwise: str) -> str:
    try:
        kept = clean(text.strip())
    except TextTooLongError as fault:
        raise ChallengeError(str(fault)) from fault
    if not kept:
        raise ChallengeError(otherwise)
    return kept
