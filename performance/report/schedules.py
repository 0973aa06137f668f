"""Which reports go out by themselves, as what, to whom and how often: one registry of the reports there are, and what a
schedule says (docs/domain.md, Reports that go out by themselves)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from performance.ground.entry import Problem
from performance.ground.people import Permission
from performance.report.editions import Audience

LONGEST_ABOUT, LONGEST_FOLDER, LONGEST_PLACE = 80, 40, 120
_PART = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _-]*[A-Za-z0-9_-])?", re.ASCII)


class ReportKind(StrEnum):
    """Which report."""

    SCORECARD = "scorecard"
    BRIEF = "brief"
    WARD_PROFILE = "ward profile"
    PACK = "pack"
    ANNUAL = "annual report"
    INFOGRAPHIC = "infographic"
    WARD_INFOGRAPHIC = "ward infographic"
    PLAN_PAGE = "plan on a page"
    RECOVERY_PLAN = "recovery plan"
    MEMO = "review memo"


class About(StrEnum):
    """What a report is about: a part of the council or of the plan, a ward, one annual report, or nothing to choose."""

    PART = "part"
    WARD = "ward"
    ANNUAL_REPORT = "annual report"
    NOTHING = ""


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """A report as the catalogue names it: what it says, the files there are of it, and what its reader needs.

    `widest` is the widest audience whose folder it may lie in: nothing that is not published lies before the public.
    One that does not `goes_out` by itself is taken from its page, by whoever is talking about it.
    """

    title: str
    says: str
    about: About
    endings: tuple[str, ...]
    needs: Permission
    widest: Audience
    goes_out: bool = True


REPORTS: Mapping[ReportKind, ReportFacts] = {
    ReportKind.SCORECARD: ReportFacts(
        title="Scorecard",
        says="Every measure of a part of the council with figure, target, status, trend and year end",
        about=About.PART,
        endings=("docx", "pdf", "pptx", "xlsx"),
        needs=Permission.VIEW_SCORECARDS,
        widest=Audience.MEMBERS,
    ),
    ReportKind.BRIEF: ReportFacts(
        title="Two-minute brief",
        says="A scorecard on one page: three changes, worries, improvements and questions",
        about=About.PART,
        endings=("docx", "pdf", "txt"),
        needs=Permission.VIEW_SCORECARDS,
        widest=Audience.MEMBERS,
    ),
    ReportKind.WARD_PROFILE: ReportFacts(
        title="Ward profile",
        says="One ward on one page, beside the council and wards like it",
        about=About.WARD,
        endings=("docx", "pdf", "pptx", "xlsx"),
        needs=Permission.VIEW_WARDS,
        widest=Audience.EVERYBODY,
    ),
    ReportKind.PACK: ReportFacts(
        title="Cabinet pack",
        says="The newest published edition: what changed, each red with its reason and action, every measure",
        about=About.NOTHING,
        endings=("docx", "pdf", "pptx", "xlsx", "png", "svg"),
        needs=Permission.SIGN_IN,
        widest=Audience.PUBLIC,
    ),
    ReportKind.ANNUAL: ReportFacts(
        title="Annual report",
        says="The charts of a year with what is written about them, as it stands",
        about=About.ANNUAL_REPORT,
        endings=("docx", "pdf", "pptx", "xlsx"),
        needs=Permission.MAKE_REPORTS,
        widest=Audience.MEMBERS,
    ),
    ReportKind.INFOGRAPHIC: ReportFacts(
        title="Infographic",
        says="A scorecard as one page of big numbers, small lines and icons",
        about=About.PART,
        endings=("pdf", "png", "svg"),
        needs=Permission.VIEW_SCORECARDS,
        widest=Audience.MEMBERS,
    ),
    ReportKind.WARD_INFOGRAPHIC: ReportFacts(
        title="Infographic of a ward",
        says="One ward as a page of big numbers",
        about=About.WARD,
        endings=("pdf", "png", "svg"),
        needs=Permission.VIEW_WARDS,
        widest=Audience.EVERYBODY,
    ),
    ReportKind.PLAN_PAGE: ReportFacts(
        title="Plan on a page",
        says="What a part of the council is there for, its objectives, measures with targets, and actions, on one page",
        about=About.PART,
        endings=("docx", "pdf", "pptx", "xlsx"),
        needs=Permission.VIEW_PLAN,
        widest=Audience.EVERYBODY,
        goes_out=False,
    ),
    ReportKind.RECOVERY_PLAN: ReportFacts(
        title="Recovery plan",
        says="Why a measure is red, what is done about it by whom, the course that is expected, and whether it worked",
        about=About.NOTHING,
        endings=("docx", "pdf", "pptx", "xlsx"),
        needs=Permission.VIEW_RECOVERY_PLANS,
        widest=Audience.MEMBERS,
        goes_out=False,
    ),
    ReportKind.MEMO: ReportFacts(
        title="Memo of a review meeting",
        says="What was left, what the signals ask, and what the meeting answered and decided",
        about=About.NOTHING,
        endings=("docx",),
        needs=Permission.VIEW_MEETINGS,
        widest=Audience.MEMBERS,
        goes_out=False,
    ),
}
GOING_OUT = tuple(kind for kind, facts in REPORTS.items() if facts.goes_out)


class Way(StrEnum):
    """How it comes. By mail the file itself goes along only if somebody asked for it."""

    LINK = "link"
    ATTACHED = "attached"
    FOLDER = "folder"

    @property
    def in_words(self) -> str:
        return {"link": "Mail with a link", "attached": "Mail with the file", "folder": "File in a folder"}[self.value]


class Often(StrEnum):
    """How often. After figures close is the working day after they are all to be in."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"

    @property
    def in_words(self) -> str:
        return {
            "weekly": "Each week, on its first working day",
            "monthly": "Each month, after its figures close",
            "quarterly": "Each quarter, after its figures close",
        }[self.value]

    @property
    def months(self) -> int:
        """Of the period that it is of; 0 for a week, which says what stands now."""
        return {"weekly": 0, "monthly": 1, "quarterly": 3}[self.value]


class WhomKind(StrEnum):
    """Who gets it: a person by username, everybody with a role in a unit or below it, or an audience."""

    PERSON = "person"
    UNIT = "unit"
    AUDIENCE = "audience"


@dataclass(frozen=True, kw_only=True)
class Whom:
    """`code` is a username, a unit's code, or an audience."""

    kind: WhomKind
    code: str

    @property
    def audience(self) -> Audience | None:
        known = self.kind is WhomKind.AUDIENCE and self.code in list(Audience)
        return Audience(self.code) if known else None


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A report that goes out by itself from the day `since`. `about` is a code, empty where there is nothing to choose;
    `folder` is one that the operator named, `place` a folder inside it. A stopped one sends no more."""

    report: ReportKind
    about: str
    ending: str
    way: Way
    whom: Whom
    often: Often
    since: date
    folder: str = ""
    place: str = ""
    skips_unchanged: bool = True
    stopped_on: date | None = None
    version: int = 1
    id: int = 0

    @property
    def reference(self) -> str:
        return f"S-{self.id:02d}"

    @property
    def facts(self) -> ReportFacts:
        return REPORTS[self.report]

    @property
    def is_active(self) -> bool:
        return self.stopped_on is None

    @property
    def goes_out(self) -> tuple[object, ...]:
        """What is sent to whom and how often: two that are the same in this send everything twice. A link has no
        format."""
        ending = "" if self.way is Way.LINK else self.ending
        return (self.report, self.about, ending, self.way, self.whom, self.often, self.folder, self.place)

    @property
    def format_in_words(self) -> str:
        """A link has no format: what it opens is a page."""
        return FORMATS[self.ending] if self.way is not Way.LINK else "Page of the app"


FORMATS = {
    "docx": "Word", "pdf": "PDF", "xlsx": "Excel", "pptx": "PowerPoint", "txt": "Text", "png": "Picture (PNG)",
    "svg": "Picture (SVG)",
}  # fmt: skip


def check_schedule(schedule: Schedule) -> list[Problem]:
    """What keeps a report from going out like this, each at its field; whether codes are known is not asked here."""
    found = [
        _unless(schedule.facts.goes_out, "report", f"{schedule.facts.title}: it is taken from its own page"),
        _unless(schedule.ending in schedule.facts.endings, "ending", f"{schedule.facts.title}: choose {_or(schedule)}"),
        _unless(schedule.about or schedule.facts.about is About.NOTHING, "about", "Choose what the report is about"),
        _unless(schedule.whom.code, "whom", "Choose who gets it"),
        *(_check_folder(schedule) if schedule.way is Way.FOLDER else _check_mail(schedule)),
    ]
    return [each for each in found if each]


def _check_mail(schedule: Schedule) -> list[Problem | None]:
    is_public = schedule.whom.audience is Audience.PUBLIC
    return [_unless(not is_public, "whom", "The public gets no mail: write the file into a folder")]


def _check_folder(schedule: Schedule) -> list[Problem | None]:
    return [
        _unless(schedule.whom.audience, "whom", "A folder is read by an audience: choose for which one the file is"),
        _unless(
            schedule.whom.audience is None or schedule.facts.widest.holds(schedule.whom.audience), "whom",
            f"{schedule.facts.title}: a folder for {schedule.facts.widest.in_words.lower()} is the widest that it may"
            " lie in",
        ),
        _unless(schedule.folder, "folder", "Choose a folder"),
        _unless(
            is_place(schedule.place), "place",
            "A folder inside it has letters, digits, spaces, _ and - in its name, and / between folders",
        ),
    ]  # fmt: skip


def why_not_for(folder: Audience, schedule: Schedule) -> str:
    """Why a file does not lie in a folder that this audience reads; empty where it may. It is for its own audience
    alone: what is for members is not for the public, and what is for the public is published where the public looks."""
    if schedule.whom.audience is folder:
        return ""
    return f"The folder {schedule.folder} is for another audience: {folder.in_words[:1].lower()}{folder.in_words[1:]}"


def is_place(text: str) -> bool:
    """Whether it is a way down from a folder, and down alone: no part is empty or begins with a dot."""
    return not text or (len(text) <= LONGEST_PLACE and all(_PART.fullmatch(part) for part in text.split("/")))


def _or(schedule: Schedule) -> str:
    return " or ".join(FORMATS[ending] for ending in schedule.facts.endings)


def _unless(good: object, field: str, message: str) -> Problem | None:
    return None if good else Problem(field=field, message=message)
