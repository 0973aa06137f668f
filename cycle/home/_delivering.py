"""One report to one recipient on one occasion: made for them, or skipped with its reason; taken, handed over, noted.

A file in a folder may be written twice and is the same file: a job that died while it wrote one writes it again.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from cycle.home._handing import Record
from cycle.home._making import Made, Reader, make
from cycle.home._sending import HandOver, why_none
from data_access.council.people import Person, find_user
from data_access.council.units import list_units
from data_access.report import sends
from data_access.report.schedules import get_schedule, is_at, list_schedules
from data_access.store.database import reading
from performance.ground.organisation import units_below
from performance.ground.people import PERMISSIONS, Permission, Role
from performance.ground.periods import Period, parse_period
from performance.home.mail import LONGEST_HAND_OVER, LONGEST_SUBJECT, Attachment, Envelope, Handed, Outcome, Skip, cut
from performance.home.sends import FOLDER, MAY_COME, NotSent, Send, Waits
from performance.report.editions import Audience
from performance.report.occasions import Days, Occasion, newest
from performance.report.schedules import ReportKind, Schedule, Way, WhomKind, why_not_for
from reporting.folders import folder
from settings import ReportFolder

log = logging.getLogger(__name__)
Result = Outcome | Skip | NotSent | Waits | None


@dataclass(frozen=True, kw_only=True)
class Round:
    """All that is the same for every report of a run. Without `hand_over` no mail goes, without `folders` no file."""

    record: Record
    today: date
    council: str
    people: Mapping[str, Person]
    parents: Mapping[str, str | None]
    folders: Mapping[str, ReportFolder] | None
    hand_over: HandOver | None = None
    public_address: str = ""
    # What says the same is written once: by schedule and digest.
    written: dict[tuple[int, int, str], bytes] = field(default_factory=dict)
    # To whom a schedule goes, by its number and version.
    asked: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict)

    def of(self, schedule: Schedule) -> "Round":
        """The same, with a record in which nothing is put down once the schedule is no longer as it was read."""
        return replace(self, record=replace(self.record, holds=partial(is_at, schedule=schedule)))

    def goes_to(self, username: str, schedule: Schedule) -> bool:
        key = (schedule.id, schedule.version)
        if key not in self.asked:
            self.asked[key] = frozenset(_recipients(schedule, self.people, self.parents))
        return username in self.asked[key]

    def file_of(self, made: Made, schedule: Schedule) -> bytes:
        key = (schedule.id, schedule.version, made.digest)
        if key not in self.written:
            self.written[key] = made.write()
        return self.written[key]


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A report that is to go out: what is put down of it, and its file where one goes along."""

    made: Made
    values: Mapping[str, Any]
    file: bytes | None


def begin(session: Session, *, today: date, days: Days, people: Mapping[str, Person], now: datetime) -> None:
    """The record before a run: of each schedule whatever is due by now, to each who gets it, and what is left of
    earlier occasions put in order."""
    sends.remove_old(session, day=today)
    units = {unit.code: unit.parent_code for unit in list_units(session, on=today)}
    for schedule in list_schedules(session, with_stopped=False):
        found = newest(schedule.often, today=today, days=days)
        # A day that is put off makes an earlier occasion the newest again: the one that has begun goes on.
        if found.due_on < schedule.since or _later(found.key, sends.list_occasions(session, schedule_id=schedule.id)):
            continue
        _add(session, schedule, found, sorted(_recipients(schedule, people, units)))
        sends.save_given_up(session, schedule_id=schedule.id, but=found.key, now=now, why=NotSent.OVERTAKEN.value)


def _add(session: Session, schedule: Schedule, due: Occasion, recipients: list[str]) -> None:
    """One to each who gets it; while some of it is to come, to whoever the schedule names by now too. A file in a
    folder is to nobody by name, as what there is nobody to send to is."""
    which: dict[str, Any] = {"schedule_id": schedule.id, "occasion": due.key}
    begun = sends.has_begun(session, **which)
    if begun and not sends.goes_on(session, **which):
        return
    to_nobody = [FOLDER] if schedule.way is Way.FOLDER or not (begun or recipients) else []
    if to := [*recipients, *to_nobody]:
        sends.add_sends(session, **which, recipients=to, day=due.due_on)


def _places(folders: Mapping[str, ReportFolder]) -> dict[str, str]:
    return {name: each.place for name, each in folders.items()}


def tidy(schedules: Iterable[Schedule], folders: Mapping[str, ReportFolder], *, now: datetime) -> None:
    """Take away what jobs that were killed left half written, wherever a schedule writes or wrote."""
    for name, place in sorted({(each.folder, each.place) for each in schedules if each.way is Way.FOLDER}):
        folder.tidy(_places(folders), name, place, before=now - LONGEST_HAND_OVER)


def _later(occasion: str, begun: Iterable[str]) -> bool:
    """Whether one that is later than the occasion, and as long, has begun."""
    months = occasion.partition("/")[2]
    return any(each > occasion for each in begun if each.partition("/")[2] == months)


def _recipients(
    schedule: Schedule, people: Mapping[str, Person], parents: Mapping[str, str | None]
) -> Iterator[str]:  # fmt: skip
    """By username; of a folder nobody by name. Who may not read it is on the list, so that the record says why not."""
    whom = schedule.whom
    if schedule.way is Way.FOLDER:
        return
    open_accounts = [each for each in people.values() if not each.is_disabled]
    if whom.kind is WhomKind.PERSON:
        yield from ([whom.code] if whom.code in people else [])
    elif whom.kind is WhomKind.UNIT:
        below = units_below(whom.code, parents.items())
        yield from (each.username for each in open_accounts if below & _units_of(each))
    elif whom.audience is not None:
        needs = {whom.audience.needs, schedule.facts.needs}
        yield from (each.username for each in open_accounts if needs <= _permissions_of(each))


def _permissions_of(person: Person) -> frozenset[Permission]:
    return frozenset().union(*(PERMISSIONS[Role(role.partition("@")[0])] for role in person.roles))


def _units_of(person: Person) -> set[str]:
    return {role.partition("@")[2] for role in person.roles}


def deliver(send: Send, within: Round) -> Result:
    """See one through by its schedule as it is now, as far as it goes today; None where another job has it, where the
    schedule was changed meanwhile, or where none goes that way today."""
    with reading() as session:
        schedule = get_schedule(session, schedule_id=send.schedule_id)
    return _deliver(send, schedule, within.of(schedule))


def _deliver(send: Send, schedule: Schedule, within: Round) -> Result:
    if not schedule.is_active:
        return _skip(send, NotSent.STOPPED, within)
    if (schedule.way is Way.FOLDER) is not (send.recipient == FOLDER):
        return _skip(send, NotSent.CHANGED if send.recipient else NotSent.NOBODY, within)
    if schedule.way is Way.FOLDER:
        return _into_folder(send, schedule, within)
    person = within.people.get(send.recipient)
    if person is None:
        return _skip(send, NotSent.NOBODY, within)
    if because := _why_not_to(person, schedule, within):
        return _skip(send, because, within)
    if within.hand_over is None:
        return None
    return _by_mail(send, schedule, person, within)


def _why_not_to(person: Person, schedule: Schedule, within: Round) -> Skip | NotSent | None:
    if schedule.whom.kind is WhomKind.PERSON and schedule.whom.code != person.username:
        return NotSent.CHANGED
    if because := why_none(person):
        return because
    return None if within.goes_to(person.username, schedule) else NotSent.NOT_ASKED


def _by_mail(send: Send, schedule: Schedule, person: Person, within: Round) -> Result:
    made, hand_over = _made(send, schedule, within), within.hand_over
    if not isinstance(made, Ready):
        return made
    file = Attachment(name=_name(send, schedule), data=made.file) if made.file is not None else None
    envelope = Envelope(
        address=person.email.strip(),
        subject=made.values["subject"],
        text=_text(made, schedule, file, within),
        message_id=f"<{send.token}@{urlsplit(within.public_address).hostname}>",
        at=within.record.clock(),
        attachment=file,
    )
    values = {**made.values, "address": envelope.address}
    if hand_over is None or not within.record.take(send, values, at=envelope.at):
        return None
    return within.record.handed_over(send, lambda: hand_over(envelope))


def _into_folder(send: Send, schedule: Schedule, within: Round) -> Result:
    folders = within.folders
    if folders is None:
        return None
    at = within.record.clock()
    if schedule.folder in folders and (why := why_not_for(Audience(folders[schedule.folder].audience), schedule)):
        refused = Outcome(handed=Handed.REFUSED, said=f"{why} (REPORT_FOLDERS)")
        return within.record.handed_over(send, lambda: refused) if within.record.take(send, {}, at=at) else None
    made = _made(send, schedule, within)
    if not isinstance(made, Ready):
        return made
    if not within.record.take(send, {**made.values, "address": _lies_in(schedule)}, at=at):
        return None
    name, data = _name(send, schedule), made.file or b""
    places = _places(folders)
    return within.record.handed_over(send, lambda: folder.put(places, schedule.folder, schedule.place, name, data))


def _made(send: Send, schedule: Schedule, within: Round) -> Ready | Result:
    """The report for its reader, ready to go out; otherwise what became of it."""
    last = _last(send, schedule)
    if last is not None and last.address and schedule.way is Way.FOLDER and last.address != _lies_in(schedule):
        last = None  # there it is new
    try:
        reader = _reader(send, schedule, within)
        made = reader if isinstance(reader, Skip) else make(schedule, period_of(send), reader)
        if not isinstance(made, Made):
            return _not_sent(send, made, within)
        if schedule.skips_unchanged and last is not None and last.said == made.digest:
            # Of editions there is one at a time, and the next is published on its own day.
            of_editions = schedule.report is ReportKind.PACK
            return _not_sent(send, NotSent.NONE_NEWER if of_editions else NotSent.UNCHANGED, within)
        file = None if schedule.way is Way.LINK else within.file_of(made, schedule)
    except Exception:  # one person's report must not keep the others' back
        log.exception("The report %s could not be made", send.id)
        return within.record.not_made(send)
    subject = cut(made.subject(last.red if last else None), LONGEST_SUBJECT)
    values = {
        "subject": subject, "said": made.digest, "red": made.red, "report": schedule.report, "about": schedule.about,
        "looked_on": None,
    }  # fmt: skip
    return Ready(made=made, values=values, file=file)


def _reader(send: Send, schedule: Schedule, within: Round) -> Reader | Skip:
    """Who it is made for; or that the account has been shut meanwhile, or has no role today."""
    if schedule.way is Way.FOLDER:
        return schedule.whom.audience or Audience.PUBLIC
    with reading() as session:
        user = find_user(session, username=send.recipient, on=within.today)
    if user is None:
        return Skip.DISABLED
    return user if user.may(Permission.SIGN_IN) else Skip.NO_ROLE


def period_of(send: Send) -> Period | None:
    """Of which period it is; None for one that says what stands now."""
    return parse_period(send.occasion) if "/" in send.occasion else None


def _last(send: Send, schedule: Schedule) -> Send | None:
    """What the same recipient was last sent of the schedule, as it is now."""
    with reading() as session:
        return sends.find_last_sent(session, schedule=schedule, recipient=send.recipient)


def _not_sent(send: Send, because: Skip | NotSent, within: Round) -> Result:
    """For good; or, of what may still come before the next is due, for today."""
    if not isinstance(because, NotSent) or because not in MAY_COME:
        return _skip(send, because, within)
    return Waits(because=because) if within.record.wait(send, because.value, looked_on=within.today) else None


def _skip(send: Send, because: Skip | NotSent, within: Round) -> Result:
    return because if within.record.skip(send, because.value) else None


def _lies_in(schedule: Schedule) -> str:
    """Where its files lie, and as what: "Share/board, .docx"."""
    return f"{'/'.join(filter(None, (schedule.folder, schedule.place)))}, .{schedule.ending}"


def _name(send: Send, schedule: Schedule) -> str:
    """The same on every try, and of no other schedule: "scorecard-WASTE-2017-10-01_P1M-S-01.docx"."""
    parts = (schedule.report.value.replace(" ", "-"), schedule.about, send.occasion, schedule.reference)
    return re.sub("[^A-Za-z0-9.-]+", "_", "-".join(filter(None, parts))) + f".{schedule.ending}"


def _text(ready: Ready, schedule: Schedule, file: Attachment | None, within: Round) -> str:
    blocks = (
        f"{within.council}, performance: {_flat(ready.made.title)}.",
        f"{ready.values['subject'].rstrip('.')}.",
        f"The file {file.name} goes along with this mail." if file else "",
        f"Read it in the app: {within.public_address}/{ready.made.line.address}",
        f"You get this {schedule.often.in_words[0].lower()}{schedule.often.in_words[1:]}, where there is something "
        f"to say ({schedule.reference}).\n"
        f"To get no mail of the app at all, say so under Mail on Home: {within.public_address}/\n"
        "This mail was made by the app: nobody reads an answer to it.",
    )
    return "\n\n".join(filter(None, blocks)) + "\n"


def _flat(text: str) -> str:
    return " ".join(text.split())
