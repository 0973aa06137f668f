"""Report: the reports there are for everybody, from the registry, and which of them go out by themselves."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.series.scoring import CORPORATE
from cycle.report._choices import Choices, choices_of
from data_access.council.settings_store import get_setting, get_today
from data_access.council.units import list_units
from data_access.report.schedules import list_schedules
from data_access.store.database import reading
from performance.ground.organisation import UnitKind
from performance.ground.people import Permission, User
from performance.report.catalogue import LEVELS, Available, GoesOut, Level, catalogue
from performance.report.editions import Audience
from performance.report.schedules import About, Schedule, Way, WhomKind


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Every report at each level; and of which council, on which day."""

    reports: tuple[Available, ...]
    council: str
    today: date


def read_catalogue(*, by: User) -> Catalogue:
    """For everybody who signs in."""
    with reading() as session:
        demand(session, by, Permission.SIGN_IN)
        choices, kinds = choices_of(session), _kinds(session)
        found = [_told(each, choices, kinds) for each in list_schedules(session, with_stopped=False)]
        council = get_setting(session, name="council_name")
        return Catalogue(reports=catalogue(found), council=council, today=get_today(session))


def _kinds(session: Session) -> dict[str, UnitKind]:
    return {unit.code: unit.kind for unit in list_units(session, on=get_today(session))}


def _told(schedule: Schedule, choices: Choices, kinds: dict[str, UnitKind]) -> GoesOut:
    return GoesOut(
        report=schedule.report,
        level=_level(schedule, kinds),
        what=choices.about[schedule.facts.about].get(schedule.about, "") or schedule.facts.title,
        whom=_whom(schedule, choices),
        often=schedule.often.in_words,
        made=schedule.format_in_words,
    )


def _level(schedule: Schedule, kinds: dict[str, UnitKind]) -> Level:
    """Of a part of the council by what it is; of the plan, which no unit stands for, the whole council's."""
    levels = LEVELS[schedule.report]
    if schedule.facts.about is About.PART:
        kind = kinds.get(schedule.about)
        if schedule.about == CORPORATE or kind is None:
            return Level.COUNCIL
        return Level.DIRECTORATE if kind is UnitKind.DIRECTORATE else Level.SERVICE
    is_public = schedule.whom.audience is Audience.PUBLIC and Level.PUBLIC in levels
    return Level.PUBLIC if is_public else levels[0]


def _whom(schedule: Schedule, choices: Choices) -> str:
    whom = schedule.whom
    if whom.kind is WhomKind.PERSON:
        return "one person"
    named = choices.whom[whom.kind].get(whom.code, "")
    said = f"everybody of {named}" if whom.kind is WhomKind.UNIT else f"{named[:1].lower()}{named[1:]}"
    return f"in a folder, for {said}" if schedule.way is Way.FOLDER else said
