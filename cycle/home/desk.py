"""Home: what is due from a person, what waits for them, what is red and what changed, in their part of the council."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.do.delivery import Unsaid, list_unsaid
from cycle.do.return_view import Owed, own_units
from cycle.do.returns import list_owed
from cycle.do.signing_off import Waiting, list_waiting
from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.memory import remembered
from cycle.ground.series.each import Own, of_each
from cycle.ground.series.red_now import RedNow, newest_lines, red_now
from cycle.ground.series.scoring import CORPORATE, opening_of
from cycle.review.quality.asked import Mine
from cycle.review.quality.challenges import list_mine
from cycle.review.what_changed import StatusMoved, statuses_moved
from data_access.council.settings_store import get_today
from data_access.council.units import list_units
from data_access.do.returns import find_last_questions, list_returns
from data_access.plan.register import list_measures
from data_access.store.database import reading
from performance.ground.measures import Measure
from performance.ground.organisation import Return, ReturnStatus, Unit
from performance.ground.people import Permission, Role, User
from performance.ground.periods import Period, add_months
from performance.ground.readers import Reader, reader_of
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.spc import PointType
from performance.review.variation import Variation, change_in_words, variation

# Whose own units narrow what Home shows; everyone else looks at the whole council.
_OWN_PART = {Role.SERVICE_MANAGER, Role.HEAD}
# Who signs off for somebody else for a fortnight looks at the same part as before.
_IN_PASSING = {Role.DEPUTY}
_LATELY, _AT_LEAST = 12, 5  # months, figures


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the measures of a part of the council stand, each at its newest figure, and whose status moved in the
    month that scorecards open on, as the page on what changed counts them.

    `scope` is the part as a scorecard names it; empty where a person's units are several. `real` says of each red, by
    code, whether it is a real change, and `worse` are those that really get worse. `lately` are the last figures of
    each measure that is red or moved: a year of them, or the last five, unrounded.
    """

    now: RedNow
    changed: tuple[StatusMoved, ...]
    month: Period
    scope: str
    real: Mapping[str, str]
    worse: frozenset[str]
    lately: Mapping[str, tuple[tuple[Period, Decimal], ...]]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A return that came back: what was asked, by whom and when."""

    unit: Unit
    period: Period
    question: str
    asked_by: str
    asked_on: date | None


@dataclass(frozen=True, kw_only=True)
class Home:
    """All that Home shows to one person. `standing` is None for those who do not see scorecards.

    `owed` are returns with figures missing, late ones first; `questions` those that came back; `unsaid` actions
    nobody has spoken for; `waiting` what waits for this person's sign-off; `asked` are questions about figures.
    `leads` is whether the person heads several units, each of which has somebody who enters its figures.
    """

    owed: tuple[Owed, ...]
    questions: tuple[Question, ...]
    unsaid: tuple[Unsaid, ...]
    waiting: tuple[Waiting, ...]
    asked: Mine
    today: date
    standing: Standing | None
    whole_council: bool
    leads: bool


def home(*, by: User) -> Home:
    """What matters to the person today."""
    with reading() as session:
        user = demand(session, by, Permission.SIGN_IN)
        own_part = user.roles & _OWN_PART and not user.roles - _OWN_PART - _IN_PASSING
        units = user.units_where(Permission.ENTER_FIGURES) if own_part else None
        reader = reader_of(user) if own_part else reader_of(user).at_large
        standing = None
        if user.may(Permission.VIEW_SCORECARDS):
            at_large = reader_of(user).at_large
            opened = remembered(
                session,
                ("opening month", at_large, None),
                lambda: opening_of(session, reader=at_large, as_known_at=None),
            )
            standing = remembered(
                session,
                ("home", units, reader, at_large),
                lambda: _standing(session, units, reader, month=opened.chosen.period, at_large=at_large),
            )
        enters = user.may(Permission.ENTER_FIGURES)
        questions = remembered(session, ("questions", user), lambda: _questions(session, user)) if enters else ()
        today = get_today(session)
    return Home(
        owed=tuple(sorted(filter(_is_owed, list_owed(by=by)), key=lambda each: each.urgency)) if enters else (),
        questions=questions,
        unsaid=tuple(list_unsaid(by=by)) if enters else (),
        asked=list_mine(by=by),
        today=today,
        waiting=tuple(list_waiting(by=by)) if user.may(Permission.APPROVE_RETURNS) else (),
        standing=standing,
        whole_council=units is None,
        leads=_leads(user),
    )


def _leads(user: User) -> bool:
    """Not of whoever enters a service's figures as well."""
    is_head_alone = Role.HEAD in user.roles and Role.SERVICE_MANAGER not in user.roles
    return is_head_alone and len(user.units_where(Permission.ENTER_FIGURES)) > 1


def _is_owed(owed: Owed) -> bool:
    """Whether the service still has something to enter; what came back stands among the questions."""
    return owed.provided < owed.asked and owed.status is not ReturnStatus.RETURNED


def _questions(session: Session, user: User) -> tuple[Question, ...]:
    """Returns of the person's units that came back, the newest question first."""
    units = {unit.code: unit for unit in own_units(session, user)}
    known_as = names(session)
    found = list_returns(session, unit_codes=list(units), status=ReturnStatus.RETURNED)
    return tuple(
        Question(
            unit=units[each.unit_code],
            period=each.period,
            question=each.question or _beside(session, each),
            asked_by=known_as.get(each.decided_by or "", each.decided_by or ""),
            asked_on=each.decided_at.astimezone().date() if each.decided_at else None,
        )
        for each in sorted(found, key=lambda each: each.period, reverse=True)
    )


def _beside(session: Session, returned: Return) -> str:
    """What was asked about single figures, where nothing was asked about the whole."""
    return " ".join(find_last_questions(session, unit_code=returned.unit_code, period=returned.period).values())


def _standing(
    session: Session, units: frozenset[str] | None, reader: Reader, *, month: Period, at_large: Reader
) -> Standing:
    lines = newest_lines(session, list_measures(session, unit_codes=units), reader=reader)
    now = red_now(lines.values())

    def make(of: Sequence[Measure], own: Own) -> dict[str, Variation | None]:
        return {
            each.code: variation(lines[each.code], own[each.code], up_to=lines[each.code].period.end) for each in of
        }

    found = of_each(session, ("how red",), [line.measure for line in now.red], make, reader=reader)
    real = {line.measure.code: change_in_words(line.measure, found[line.measure.code]) for line in now.red}
    # As on a scorecard: real changes for the worse come first, and then whatever is furthest off.
    worse = frozenset(code for code, each in found.items() if _is_getting_worse(each))
    red = sorted(now.red, key=lambda line: line.measure.code not in worse)
    scopes = _scopes(session, units)
    moved = tuple(each for scope in scopes for each in statuses_moved(session, month, scope, reader=at_large))
    drawn = {line.measure.code: line.measure for line in (*now.red, *(each.now for each in moved))}
    return Standing(
        now=replace(now, red=tuple(red)), changed=moved, month=month, scope=scopes[0] if len(scopes) == 1 else "",
        real=real, worse=worse,
        lately=of_each(session, ("lately",), list(drawn.values()), _lately, reader=reader),
    )  # fmt: skip


def _lately(of: Sequence[Measure], own: Own) -> dict[str, tuple[tuple[Period, Decimal], ...]]:
    """The figures that are known of the year up to the newest; at least the last few, of what comes once a year."""
    found = {}
    for each in of:
        known = list(numbers(each, own[each.code].figures).items()) if each.code in own else []
        since = add_months(known[-1][0].end, -_LATELY) if known else date.min
        older = known[-_AT_LEAST][0].start if len(known) >= _AT_LEAST else date.min
        found[each.code] = tuple(pair for pair in known if pair[0].end > since or pair[0].start >= older)
    return found


def _is_getting_worse(found: Variation | None) -> bool:
    return found is not None and found.kind is PointType.CONCERN


def _scopes(session: Session, units: frozenset[str] | None) -> list[str]:
    """The whole council, or the units that a person's units lie in: mostly one, several where they lie side by side."""
    if units is None:
        return [CORPORATE]
    parents = {unit.code: unit.parent_code for unit in list_units(session, on=get_today(session))}
    return sorted(code for code in units if parents.get(code) not in units)
