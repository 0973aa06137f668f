"""A person's digest: what Home says to them today, put into parts, each thing with how far it has come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cycle.do import deputies, reopenings
from cycle.do.return_view import Owed
from cycle.do.signing_off import Waiting
from cycle.ground.working_days import build_calendar
from cycle.home import desk, lines
from cycle.review.quality.asked import Question
from cycle.revise.recovery import plans_due
from cycle.revise.risks_shown import risks_due
from data_access.council import people
from data_access.council.settings_store import get_today
from data_access.council.units import list_units
from performance.do.calendar import Calendar
from performance.ground.people import Permission, Role, User
from performance.home import digest, ladder
from performance.home.digest import Digest, Part, Point
from performance.home.ladder import Post
from performance.home.lines import Line, Opens


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """What all digests of a day are measured by, read once: the day, working days, and who stands above whom."""

    today: date
    calendar: Calendar
    ladders: Mapping[str, tuple[Post, ...]]

    @property
    def is_working_day(self) -> bool:
        return self.calendar.is_working_day(self.today)

    def level(self, user: User, unit_code: str) -> int:
        """How far above the first who is asked for the unit's figures; whoever is on no rung is asked as the first."""
        return ladder.level_of(user, self.ladders.get(unit_code, ())) or 0

    def level_of_heads(self, user: User, unit_code: str) -> int:
        """The same of those who sign off; a deputy is one of the first."""
        if any(held.role is Role.DEPUTY and unit_code in held.covers for held in user.holdings):
            return 0
        heads = tuple(post for post in self.ladders.get(unit_code, ()) if post[0] is Role.HEAD)
        return ladder.level_of(user, heads) or 0


def organisation(session: Session) -> Organisation:
    """As it stands today."""
    today = get_today(session)
    parents = {unit.code: unit.parent_code for unit in list_units(session, on=today)}
    posts = frozenset(people.list_posts(session, on=today))
    return Organisation(
        today=today,
        calendar=build_calendar(session),
        ladders={code: ladder.rungs(code, parents, posts) for code in parents},
    )


def digest_of(user: User, within: Organisation) -> Digest:
    """All that the person would be told today. It asks for them what Home asks, and so says no more than Home."""
    found = desk.home(by=user)
    points = (
        *_returns(found, user, within),
        *_to_sign_off(found, user, within),
        *_requests(user),
        *_plans(user),
        *_risks(user),
        *_questions(found),
        *_moved(found),
    )
    red = len(found.standing.now.red) if found.standing is not None else None
    return Digest(day=within.today, points=points, red=red, notes=_deputies(user, within))


def _returns(found: desk.Home, user: User, within: Organisation) -> Iterator[Point]:
    """What is owed, as the service is told, or those above it; with what its actions want on the same line."""
    said = lines.Returns(found.unsaid)
    for asked in found.questions:
        if point := _back(asked, said.question(asked, in_full=False), user, within):
            yield point
    for owed in found.owed:
        line = said.owed(owed, today=within.today)
        if point := _owed(owed, line, level=within.level(user, owed.unit.code), within=within):
            yield point
    for unsaid, line in said.unsaid():
        if not within.level(user, unsaid.unit.code):
            topic = f"actions {unsaid.unit.code} {unsaid.period.iso}"
            yield Point(part=Part.ACTIONS, topic=topic, line=line)


def _back(asked: desk.Question, line: Line, user: User, within: Organisation) -> Point | None:
    """What came back is said to the service, and again each week that it waits; and, after long, to those above it."""
    level, since = within.level(user, asked.unit.code), asked.asked_on or within.today
    weeks = digest.waited(since, today=within.today, calendar=within.calendar)
    about = f"{asked.unit.code} {asked.period.iso} {since.isoformat()} {weeks}"
    if not level:
        return Point(part=Part.BACK, topic=f"back {about}", line=line)
    is_told = digest.is_told_above(since, today=within.today, level=level, calendar=within.calendar)
    return Point(part=Part.ESCALATED, topic=f"above back {about}", line=line) if is_told else None


def _owed(owed: Owed, line: Line, *, level: int, within: Organisation) -> Point | None:
    """The service hears before, on and after the day; those above it once it is late by long."""
    about, today, calendar = f"{owed.unit.code} {owed.period.iso}", within.today, within.calendar
    stage = digest.stage_of(owed.due_on, today=today, calendar=calendar)
    if owed.is_locked:
        # Nothing can be entered any more: said once, and then it is for whoever asks to have it reopened.
        stage = "locked"
    if level:
        is_told = owed.late and digest.is_told_above(owed.due_on, today=today, level=level, calendar=calendar)
        return Point(part=Part.ESCALATED, topic=f"above {about} {stage}", line=line) if is_told else None
    part = Part.LATE if owed.late else Part.DUE
    return Point(part=part, topic=f"return {about} {stage}", line=line) if stage else None


def _to_sign_off(found: desk.Home, user: User, within: Organisation) -> Iterator[Point]:
    for each in found.waiting:
        since = _since(each, within)
        level = within.level_of_heads(user, each.unit.code)
        # What a person may not sign off themselves does not wait for them.
        if each.why_not or not (
            level == 0 or digest.is_told_above(since, today=within.today, level=level, calendar=within.calendar)
        ):
            continue
        weeks = digest.waited(since, today=within.today, calendar=within.calendar)
        topic = f"sign off {each.stored.reference} {each.stored.version} {weeks}"
        yield Point(part=Part.SIGN_OFF, topic=topic, line=lines.waiting(each, today=within.today))


def _since(each: Waiting, within: Organisation) -> date:
    sent = each.stored.submitted_at
    return sent.astimezone().date() if sent else within.today


def _requests(user: User) -> Iterator[Point]:
    if user.may(Permission.GRANT_REOPENINGS):
        for each in reopenings.list_requests(by=user).waiting:
            label = f"{each.unit_name}, {each.reopening.period.in_words}: asked to reopen"
            line = Line(label=label, detail=f"Asked by {each.asked_by}", opens=Opens.REOPENINGS)
            yield Point(part=Part.REOPENINGS, topic=f"reopening {each.reopening.id}", line=line)


def _plans(user: User) -> Iterator[Point]:
    for each, wish, line in lines.plans(plans_due.plans_due(by=user)):
        topic = f"plan {each.plan.id} {wish}"
        yield Point(part=Part.PLANS, topic=topic, line=line)


def _risks(user: User) -> Iterator[Point]:
    """Said once for each that comes to be looked at again, and each time that it does."""
    due = risks_due(by=user)
    topics = [f"risk {each.code} {each.review_due or 'never'}" for each in due]
    if line := lines.risks(due, in_full=False):
        yield Point(part=Part.RISKS, topic=topics[0], line=line, also=tuple(topics[1:]))


def _questions(found: desk.Home) -> Iterator[Point]:
    """That there is one, and about which figure; what was asked is for the page."""
    mine = found.asked
    of_each = (
        (mine.to_answer, "a question to answer"),
        (mine.answered, "answered to you"),
        (mine.doubted, "doubted by the BI team"),
    )
    for asked, what in of_each:
        for each in asked:
            yield Point(part=Part.QUESTIONS, topic=f"question {each.challenge.id} {what}", line=_question(each, what))


def _question(asked: Question, what: str) -> Line:
    about = asked.challenge
    query = (("measure", asked.measure.code), ("period", about.period.iso))
    label = asked.label(what)
    if asked.is_ward:
        return Line(label=label, opens=Opens.WARDS, query=(*query, ("ward", about.area_code)))
    return Line(label=label, opens=Opens.MEASURE, query=query)


def _moved(found: desk.Home) -> Iterator[Point]:
    """Statuses that moved, without their figures: a mail leaves the house, and small counts of people do not."""
    for each in found.standing.changed if found.standing else ():
        measure, period = each.now.measure, each.now.own_period
        moved = f"{each.before.rag.in_words} to {each.now.rag.in_words}"
        line = Line(
            label=f"{measure.title}: {moved}",
            opens=Opens.MEASURE,
            query=(("measure", measure.code), ("period", period.iso)),
        )
        topic = f"moved {measure.code} {period.iso} {each.before.rag.value} {each.now.rag.value}"
        yield Point(part=Part.CHANGED, topic=topic, line=line)


def _deputies(user: User, within: Organisation) -> tuple[str, ...]:
    """Who signs off today in whose place, for both of them."""
    if not user.may(Permission.APPROVE_RETURNS):
        return ()
    named = deputies.list_deputies(by=user).named
    in_force = (each for each in named if each.held.first_day is None or each.held.first_day <= within.today)
    return digest.note_on(each.in_words for each in in_force)
