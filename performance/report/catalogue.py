"""The reports there are, level by level, with those that go out by themselves: who gets what, as what, how often."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from performance.ground.people import PERMISSIONS, Permission, Role
from performance.report.schedules import FORMATS, REPORTS, ReportKind


class Level(StrEnum):
    """Whom regular reports are for, from the widest down."""

    PUBLIC = "public"
    MEMBERS = "members"
    COUNCIL = "council"
    DIRECTORATE = "directorate"
    SERVICE = "service"
    WARD = "ward"

    @property
    def in_words(self) -> str:
        return {
            "public": "The public and partners",
            "members": "Cabinet, scrutiny and councillors",
            "council": "The whole council and its leadership",
            "directorate": "A directorate",
            "service": "A service or a team",
            "ward": "A ward",
        }[self.value]


LEVELS: Mapping[ReportKind, tuple[Level, ...]] = {
    ReportKind.SCORECARD: (Level.COUNCIL, Level.DIRECTORATE, Level.SERVICE),
    ReportKind.BRIEF: (Level.COUNCIL, Level.DIRECTORATE, Level.SERVICE),
    ReportKind.WARD_PROFILE: (Level.WARD,),
    ReportKind.PACK: (Level.MEMBERS, Level.PUBLIC),
    ReportKind.ANNUAL: (Level.PUBLIC,),
    ReportKind.INFOGRAPHIC: (Level.COUNCIL, Level.DIRECTORATE, Level.SERVICE),
    ReportKind.WARD_INFOGRAPHIC: (Level.WARD,),
    ReportKind.PLAN_PAGE: (Level.COUNCIL, Level.DIRECTORATE, Level.SERVICE),
    ReportKind.RECOVERY_PLAN: (Level.DIRECTORATE, Level.SERVICE),
    ReportKind.MEMO: (Level.COUNCIL, Level.DIRECTORATE, Level.SERVICE),
}


@dataclass(frozen=True, kw_only=True)
class GoesOut:
    """A report that goes out by itself, as everybody may read of it: no person and no folder is named."""

    report: ReportKind
    level: Level
    what: str
    whom: str
    often: str
    made: str


@dataclass(frozen=True, kw_only=True)
class Available:
    """A report at a level: its files, who opens it in the app, and where it goes out by itself."""

    level: Level
    report: ReportKind
    goes_out: tuple[GoesOut, ...]

    @property
    def title(self) -> str:
        return REPORTS[self.report].title

    @property
    def says(self) -> str:
        return f"{REPORTS[self.report].says}."

    @property
    def files(self) -> str:
        return ", ".join(FORMATS[ending] for ending in REPORTS[self.report].endings)

    @property
    def readers(self) -> str:
        """By role; whoever makes a report reads it before it goes out."""
        needs = REPORTS[self.report].needs
        if needs is Permission.SIGN_IN:
            return "Everybody who signs in, as far as it is published to them"
        return ", ".join(role.in_words for role in Role if needs in PERMISSIONS[role])

    @property
    def sent(self) -> str:
        """ "Waste and recycling: everybody of Waste and recycling, each month, after its figures close (Word)"."""
        return "; ".join(f"{each.what}: {each.whom}. {each.often} ({each.made})" for each in self.goes_out) or "–"


def catalogue(going_out: Iterable[GoesOut]) -> tuple[Available, ...]:
    """Every report at each of its levels, the widest level first."""
    return tuple(_each(list(going_out)))


def _each(going_out: list[GoesOut]) -> Iterator[Available]:
    for level in Level:
        for report, levels in LEVELS.items():
            if level in levels:
                sent = tuple(each for each in going_out if (each.report, each.level) == (report, level))
                yield Available(level=level, report=report, goes_out=sent)
