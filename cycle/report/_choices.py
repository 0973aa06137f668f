"""What a schedule of reports may be of and for, by code and as it is called."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

import settings
from cycle.ground.council import OPERATOR, names
from cycle.ground.series.scoring import scopes_of
from data_access.council.areas import list_areas
from data_access.council.settings_store import get_today
from data_access.council.units import list_units
from data_access.report.annual import list_annual_reports
from performance.ground.organisation import AreaKind
from performance.report.editions import Audience
from performance.report.schedules import About, Schedule, Way, WhomKind


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a schedule may be of and for, each by code with what it is called; folders with who reads them."""

    about: Mapping[About, Mapping[str, str]]
    whom: Mapping[WhomKind, Mapping[str, str]]
    folders: Mapping[str, Audience]

    def of(self, schedule: Schedule) -> str:
        """ "Scorecard of Waste and recycling"."""
        named = self.about[schedule.facts.about].get(schedule.about, schedule.about)
        return f"{schedule.facts.title}: {named}" if named else schedule.facts.title

    def is_gone(self, schedule: Schedule) -> bool:
        """Whether what it is about is there no longer."""
        return bool(schedule.about) and schedule.about not in self.about[schedule.facts.about]

    def to(self, schedule: Schedule) -> str:
        """Who gets it, or where it is written and for whom."""
        whom = schedule.whom
        named = self.whom[whom.kind].get(whom.code, whom.code)
        if schedule.way is Way.FOLDER:
            return f"{'/'.join(filter(None, (schedule.folder, schedule.place)))}, for {named[0].lower()}{named[1:]}"
        return f"Everybody of {named}" if whom.kind is WhomKind.UNIT else named


def choices_of(session: Session) -> Choices:
    """What there is to choose from today."""
    today = get_today(session)
    wards = list_areas(session, kinds=[AreaKind.WARD])
    try:
        folders = {name: Audience(each.audience) for name, each in settings.report_folders().items()}
    except settings.ReportFoldersError:
        folders = {}
    return Choices(
        about={
            About.PART: {scope.code: scope.name for scope in scopes_of(session)},
            About.WARD: {ward.code: ward.name for ward in wards if ward.valid_to is None or ward.valid_to >= today},
            About.ANNUAL_REPORT: {
                str(each.id): f"{each.title} ({each.year.short})" for each in list_annual_reports(session)
            },
            About.NOTHING: {},
        },
        whom={
            WhomKind.PERSON: {code: name for code, name in names(session).items() if code != OPERATOR},
            WhomKind.UNIT: {unit.code: unit.name for unit in list_units(session, on=today)},
            WhomKind.AUDIENCE: {each.value: each.in_words for each in Audience},
        },
        folders=folders,
    )
