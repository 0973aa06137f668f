"""A council with counts of people that stand nowhere else, and everything that files are made of.

Each planted count is a large prime, so that it can be looked for. The setting says from which number on a count is
large: with `hiding` the planted ones are small and hidden, without it they are shown to everybody, in the same files.
Where a ward's count is all of its month, the council's own figure is that count as well, and hidden with it: so it
would stand wherever a figure of the council does.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from cycle.do import returns
from cycle.report.annual import reports as annual
from cycle.report.editions import calendar, freezing, writing
from cycle.revise.meetings import agenda
from cycle.revise.recovery import planning
from data_access.council.settings_store import save_setting
from data_access.report import editions
from data_access.store.database import reading, transaction
from performance.do.typed import Answer
from performance.ground.measures import Polarity
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from performance.report.annual import ChartKind, ReportChart, Section
from performance.report.annual_changes import Change, KeepChart, touched
from performance.report.editions import Audience, Edition
from performance.report.words import Place, Said
from tests.builders import COUNCIL, RECORDED, WARDS, a_user, add_council, add_figure, add_measure, add_share, add_target

MONTHS = [Period.month(2016, 9).shifted(step) for step in range(13)]
AUGUST, SEPTEMBER, OCTOBER = MONTHS[-2], MONTHS[-1], Period.month(2017, 10)
LARGE_FROM = 10_000
"""From this number on a count is shown, where the planted ones are to be hidden."""
KEY = "given"
COUNTED = ("NOW", "BEFORE", "SINCE", "PART", "SHARE")


@dataclass(frozen=True, kw_only=True)
class Planted:
    """Counts of people in the first ward: of the newest month, of the month before, of one that is not all of its
    month, above and below in a share, of a return, and one that becomes known after it was published as a total."""

    now: int = 7919
    before: int = 8171
    part: int = 7793
    above: int = 7561
    below: int = 9203
    given: int = 7457
    since: int = 7253

    @property
    def told(self) -> tuple[str, ...]:
        """As they are looked for: each of them, and the share that two of them make."""
        counts = (self.now, self.before, self.part, self.above, self.below, self.given, self.since)
        return (*map(str, counts), f"{100 * self.above / self.below:.3f}")


PLANTED = Planted()
OTHERS = Planted(now=6007, before=6011, part=6029, above=6037, below=9871, given=6043, since=6047)
"""As small as the planted ones, of each as many more and fewer."""


def a_council(planted: Planted = PLANTED, *, hiding: bool) -> dict[str, User]:
    """By their role: who reads files, of whom none may see small counts."""
    add_council()
    if hiding:
        with transaction() as session:
            save_setting(session, name="small_number_threshold", value=str(LARGE_FROM))
    _people(planted)
    people = {
        "officer": a_user("officer", Role.POLICY_OFFICER, "COUNCIL"),
        "administrator": a_user("administrator", Role.ADMINISTRATOR, "COUNCIL"),
        "councillor": a_user("councillor", Role.COUNCILLOR, "COUNCIL"),
        "stranger": a_user("stranger", Role.HEAD, "PEOPLE"),
    }
    _publish(people["officer"])
    _a_return(planted)
    _an_annual_report(people["officer"])
    manager = a_user("manager")
    for code in ("NOW", "BEFORE"):
        planning.open_plan(code, period=SEPTEMBER, cause="Not enough", by=manager)
    agenda.open_meeting("Half a year", forum="Leaders", scope="corporate", held_on=date(2017, 11, 10),
                        by=people["officer"])  # fmt: skip
    add_figure("SINCE", SEPTEMBER.iso, str(planted.since), area=WARDS[0], at=RECORDED + timedelta(days=40))
    return people


def _people(planted: Planted) -> None:
    for code, title in (("NOW", "People waiting"), ("BEFORE", "People moved"), ("SINCE", "People told")):
        add_measure(code, title=title, counts_people=True, polarity=Polarity.LOWER, numerator_definition=title)
        for number, month in enumerate(MONTHS):
            add_target(code, month.iso, "100")
            whole = {("NOW", SEPTEMBER): planted.now, ("BEFORE", AUGUST): planted.before}.get((code, month))
            if whole:
                _count(code, month, whole)
            elif code != "SINCE":
                _count(code, month, 20_011 + number, 30_013 + number)
            else:
                add_figure(code, month.iso, str(planted.since if month == SEPTEMBER else 50_021 + number))
    add_measure(
        "PART", title="People housed", counts_people=True, polarity=Polarity.LOWER, numerator_definition="Homes"
    )
    add_share("SHARE", title="People answered", counts_people=True, decimals=3)
    for number, month in enumerate(MONTHS):
        add_target("SHARE", month.iso, "99")
        add_target("PART", month.iso, "100")
        first = planted.part if month == SEPTEMBER else 15_013
        # The total is the same whatever the first is: it says no more than that two wards make up the rest of it.
        _count("PART", month, first, 22_906 - first, 18_041 + number, 18_301, 18_401, 18_511)
        above, below = (planted.above, planted.below) if month == SEPTEMBER else (20_011 + number, 40_009)
        for area in (WARDS[0], COUNCIL):
            add_figure("SHARE", month.iso, counts=(str(above), str(below)), area=area)


def _count(code: str, month: Period, *of_wards: int) -> None:
    for ward, count in zip(WARDS, of_wards, strict=False):
        add_figure(code, month.iso, str(count), area=ward)
    add_figure(code, month.iso, str(sum(of_wards)))


def _publish(officer: User) -> None:
    """Two editions, the second with words in which figures stand."""
    for period in (AUGUST, SEPTEMBER):
        wanted = Edition(committee="Cabinet", period=period, closes_on=date(2017, 11, 9), meets_on=date(2017, 12, 11),
                         audience=Audience.PUBLIC)  # fmt: skip
        edition_id = calendar.plan_edition(wanted, by=officer)
        freezing.freeze_edition(edition_id, version=_version(edition_id), by=officer)
        lines = writing.words_of(edition_id, by=officer).pack.lines
        told = (f"{{{{{each.measure_code}.value}}}}" for each in lines if not isinstance(each.value, Absence))
        words = {(Place.SUMMARY, ""): "Now " + ", ".join(told)}
        for code in (each.measure_code for each in lines if each.rag is Rag.RED):
            words |= {(place, code): "As said" for place in (Place.COMPARATOR, Place.CAUSE, Place.ACTION)}
        said = {spot: Said(words=each, by="", version=0) for spot, each in words.items()}
        writing.keep_words(edition_id, said, by=officer)
        freezing.publish_edition(edition_id, version=_version(edition_id), by=officer)


def _version(edition_id: int) -> int:
    with reading() as session:
        return editions.get_edition(session, edition_id=edition_id).version


def _a_return(planted: Planted) -> None:
    add_measure("GIVEN", title="People seen", counts_people=True, unit_code="HOUSING")
    add_figure("GIVEN", OCTOBER.iso, str(planted.given), area=WARDS[0])
    answer = Answer(measure_code="GIVEN", value=str(planted.given))
    manager = a_user("housing", unit="HOUSING")
    a_user("head", Role.HEAD, "PLACE")
    returns.submit_return("HOUSING", OCTOBER, answers=[answer], request_key=KEY, by=manager)


def _an_annual_report(officer: User) -> None:
    number = annual.begin_report("Annual report", Period.year(2017), by=officer)
    changes: list[Change] = [Section(title="People", text="Said")]
    for code in ("NOW", "BEFORE", "SHARE"):
        chart = ReportChart(measure_code=code, first=MONTHS[0], last=SEPTEMBER, kind=ChartKind.LINE, yearly=False)
        changes.append(KeepChart(chart=chart, section_id=1))
    for each in changes:
        seen = annual.get_report(number, by=officer).report
        annual.change_report(number, each, seen=touched(seen, each), by=officer)
