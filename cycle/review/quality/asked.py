"""Questions as people read them: who asked what of whom, since when it waits, and what the reader may do with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from cycle.ground.council import names
from cycle.ground.moments import day_of
from cycle.ground.series.hiding import hidden_from
from data_access.council.areas import get_area, list_areas
from data_access.council.units import list_units
from data_access.plan.register import get_measure, list_measures
from data_access.review.challenges import list_challenges
from performance.ground.measures import Measure
from performance.ground.organisation import AreaKind
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.ground.readers import reader_of
from performance.ground.reckoning.linked_counts import Cell
from performance.review.quality.challenges import Challenge, ChallengeKind, may_answer, may_settle


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question with the names a reader may know, the days it has been open, and what they may do."""

    challenge: Challenge
    measure: Measure
    area_name: str
    is_ward: bool
    unit_name: str
    asked_by: str
    answered_by: str
    settled_by: str
    days: int
    may_answer: bool
    may_settle: bool

    @property
    def is_doubt(self) -> bool:
        return self.challenge.kind is ChallengeKind.DOUBT

    def label(self, what: str) -> str:
        """Which figure it is about, and what it is."""
        place = f", {self.area_name}" if self.is_ward else ""
        return f"{self.measure.title}{place}, {self.challenge.period.in_words}: {what}"


@dataclass(frozen=True, kw_only=True)
class Thread:
    """What was asked about a measure's figures in an area, newest first. `may_ask` is false in the past."""

    measure: Measure
    area_code: str
    area_name: str
    questions: tuple[Question, ...]
    may_ask: bool

    @property
    def open(self) -> tuple[Question, ...]:
        return tuple(each for each in self.questions if each.challenge.is_open)

    @property
    def settled(self) -> tuple[Question, ...]:
        return tuple(each for each in self.questions if not each.challenge.is_open)


@dataclass(frozen=True, kw_only=True)
class Mine:
    """Of the open questions, oldest first: those this person answers, those answered to them, and doubts about
    figures that they sign off and others answer."""

    to_answer: tuple[Question, ...] = ()
    answered: tuple[Question, ...] = ()
    doubted: tuple[Question, ...] = ()


def thread_of(session: Session, measure_code: str, area_code: str, *, as_known_at: datetime | None, by: User) -> Thread:
    area, measure = get_area(session, code=area_code), get_measure(session, code=measure_code)
    found = list_challenges(session, measure_codes=[measure_code], area_code=area_code, as_known_at=as_known_at)
    asked = [each for each in reversed(found) if each.kind is not ChallengeKind.ACCEPTED]
    return Thread(
        measure=measure,
        area_code=area_code,
        area_name=area.name,
        questions=questions_of(session, asked, as_known_at=as_known_at, by=by),
        may_ask=as_known_at is None,
    )


def mine_of(session: Session, *, by: User) -> Mine:
    enters, signs = (by.units_where(each) for each in (Permission.ENTER_FIGURES, Permission.APPROVE_RETURNS))
    found = [each for each in list_challenges(session) if each.is_open and each.kind is not ChallengeKind.ACCEPTED]
    read = questions_of(session, found, as_known_at=None, by=by)
    return Mine(
        to_answer=tuple(each for each in read if each.may_answer),
        answered=tuple(each for each in read if each.challenge.answered_at and each.challenge.asked_by == by.username),
        doubted=tuple(each for each in read if each.is_doubt and each.measure.unit_code in signs - enters),
    )


def doubts_of(session: Session, unit_code: str, period: Period, *, by: User) -> tuple[Question, ...]:
    """Open doubts about the figures of a unit whose periods end with the month."""
    codes = [measure.code for measure in list_measures(session, unit_codes=[unit_code])]
    found = [
        each
        for each in list_challenges(session, measure_codes=codes)
        if each.kind is ChallengeKind.DOUBT and each.is_open and each.period.end == period.end
    ]
    return questions_of(session, found, as_known_at=None, by=by)


def questions_of(
    session: Session, asked: Iterable[Challenge], *, as_known_at: datetime | None, by: User
) -> tuple[Question, ...]:
    """Questions in the order given; of those of the past nothing can be done."""
    asked = list(asked)
    if not asked:
        return ()
    today, known_as = day_of(session, as_known_at), names(session)
    measures = {each.code: each for each in list_measures(session, codes={each.measure_code for each in asked})}
    areas = {each.code: each for each in list_areas(session, kinds=[AreaKind.COUNCIL, AreaKind.WARD])}
    units = {unit.code: unit.name for unit in list_units(session, on=today)}
    now, hidden = as_known_at is None, _hidden(session, asked, measures, by)
    found = []
    for each in asked:
        measure, area = measures[each.measure_code], areas[each.area_code]
        enters = by.may(Permission.ENTER_FIGURES, at=measure.unit_code)
        may_doubt = by.may(Permission.DOUBT_FIGURES)
        found.append(
            Question(
                challenge=replace(each, doubted="") if _place(each) in hidden else each,
                measure=measure,
                area_name=area.name,
                is_ward=area.kind is AreaKind.WARD,
                unit_name=units.get(measure.unit_code, measure.unit_code),
                asked_by=_name(each.asked_by, known_as, by, otherwise="somebody else"),
                answered_by=_name(each.answered_by, known_as, by, otherwise="the service"),
                settled_by=_name(each.settled_by, known_as, by, otherwise="somebody else"),
                days=each.days_open(today),
                may_answer=now and enters and may_answer(each, by.username),
                may_settle=now and may_settle(each, by.username, may_doubt=may_doubt),
            )
        )
    return tuple(found)


def _hidden(session: Session, asked: Iterable[Challenge], measures: Mapping[str, Measure], by: User) -> frozenset[Cell]:
    """The figures of which the reader may not even know what a check said: that too tells what they are like."""
    doubted = {each.measure_code for each in asked if each.doubted}
    return hidden_from(session, [measures[code] for code in sorted(doubted)], reader=reader_of(by))


def _place(asked: Challenge) -> Cell:
    return asked.measure_code, asked.area_code, asked.period


def _name(username: str | None, known_as: Mapping[str, str], by: User, *, otherwise: str) -> str:
    """By name for those who work with the figures; to others everybody but themselves stays unnamed."""
    if not username:
        return ""
    if username == by.username:
        return "you"
    return known_as.get(username, username) if by.may(Permission.VIEW_SCORECARDS) else otherwise
