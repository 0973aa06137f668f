"""What the operator's timer asks, without an account: that everybody is told by mail what Home says to them, and that
reports go out by their schedules."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from cycle.ground.council import OPERATOR
from cycle.ground.working_days import days_of
from cycle.home._delivering import Round, deliver, tidy
from cycle.home._delivering import begin as begin_reports
from cycle.home._digest import organisation
from cycle.home._handing import UNKNOWN, Clock, Record
from cycle.home._sending import HandOver, Post, begin, settle
from data_access.council.people import list_people
from data_access.council.settings_store import get_now, get_setting, get_today
from data_access.council.units import list_units
from data_access.home import mails
from data_access.home.handing import MAILS, REPORTS, save_stuck
from data_access.report import sends
from data_access.report.schedules import list_schedules
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.home.mail import Handed, Outcome, Skip
from performance.home.sends import FOLDER, NotSent, Waits
from settings import ReportFolder


@dataclass
class Run:
    """What came of a run, as it is printed: how many mails went which way, and why it ended early, if it did.

    `to_come` are mails of the day that a later run tries, `waits` reports that began to wait, with the reason;
    `doubtful` includes those that an earlier run left. `in_a_row` counts mails that were lost one after another, and
    `taken_by_server` those that were not; files in folders are in `handed` alone, as they say nothing of the server.
    """

    day: date
    is_working_day: bool = True
    handed: Counter[Handed] = field(default_factory=Counter)
    skipped: Counter[Skip | NotSent] = field(default_factory=Counter)
    waits: Counter[NotSent] = field(default_factory=Counter)
    doubtful: int = 0
    to_come: int = 0
    stopped: str = ""
    is_set_wrong: bool = False
    in_a_row: int = 0
    taken_by_server: int = 0

    @property
    def failed(self) -> int:
        return self.handed[Handed.REFUSED] + self.handed[Handed.PUT_OFF] + self.handed[Handed.NO_SERVER]

    def count(self, result: Outcome | Skip | NotSent | Waits | None, *, is_file: bool = False) -> None:
        if isinstance(result, Skip | NotSent):
            self.skipped[result] += 1
        elif isinstance(result, Waits):
            self.waits[result.because] += 1
        elif result is not None:
            self.handed[result.handed] += 1
            self.doubtful += result.handed is Handed.UNKNOWN
            if result.handed is Handed.NO_SERVER:
                self.stopped, self.is_set_wrong = result.said, result.is_set_wrong
            if not is_file:
                self._stop_where_nothing_goes(result)

    def _stop_where_nothing_goes(self, result: Outcome) -> None:
        """One fault at the server must not use up everybody's mail of the day."""
        is_lost = result.handed in {Handed.REFUSED, Handed.UNKNOWN}
        self.in_a_row = self.in_a_row + 1 if is_lost else 0
        self.taken_by_server += result.handed is Handed.TAKEN
        if self.in_a_row == _MOST_LOST and not self.taken_by_server:
            self.stopped = f"The server took none of the first {_MOST_LOST} mails, of the last because: {result.said}"
            self.is_set_wrong = True


_MOST_LOST = 3


def _now() -> datetime:
    """By the clock on the wall, also where the council's own day is another."""
    return datetime.now(UTC)


def send_digests(hand_over: HandOver, *, public_address: str, clock: Clock = _now) -> Run:
    """Tell everybody what Home says to them, once a working day; what is to be tried again is tried.

    Each mail is taken by this run before it is handed over, and what came of it is kept at once: it may be broken off
    anywhere, run twice, or run beside another, and no mail goes out twice.
    """
    with reading() as session:
        within = organisation(session)
        people = {each.username: each for each in list_people(session, on=within.today)}
        council = get_setting(session, name="council_name")
    run = Run(day=within.today, is_working_day=within.is_working_day)
    with transaction() as session:
        run.doubtful = save_stuck(session, MAILS, now=clock(), reason=UNKNOWN)
        if run.is_working_day:
            begin(session, within=within, people=people, now=clock())
    if not run.is_working_day:
        return run
    with reading() as session:
        due, told = mails.list_due(session, day=run.day, now=clock()), mails.list_told(session)
    post = Post(
        hand_over=hand_over, clock=clock, within=within, council=council, public_address=public_address,
        people=people, told=told,
    )  # fmt: skip
    for mail in due:
        if not run.stopped and mail.username in people:
            run.count(settle(mail, post))
    with transaction() as session:
        run.to_come = mails.count_to_come(session, day=run.day)
        _record(session, run)
    return run


def send_reports(
    hand_over: HandOver | None, *, public_address: str, folders: Mapping[str, ReportFolder] | None, clock: Clock = _now
) -> Run:
    """Send the reports that are due by their schedules, by mail and into folders; without `hand_over` into folders
    alone, and without `folders`, where nobody can tell which are meant, by mail alone.

    Each is taken before it is handed over, as the digests are, and what failed is tried again at a later run.
    """
    with reading() as session:
        today, days = get_today(session), days_of(session)
        people = {each.username: each for each in list_people(session, on=today)}
        council = get_setting(session, name="council_name")
    run = Run(day=today, is_working_day=days.working_day(today) == today)
    with transaction() as session:
        run.doubtful = sends.save_stuck(session, now=clock(), reason=UNKNOWN)
        if run.is_working_day:
            begin_reports(session, today=today, days=days, people=people, now=clock())
    if not run.is_working_day:
        return run
    with reading() as session:
        due = sends.list_due(session, now=clock(), today=today)
        planned = list_schedules(session)
        parents = {unit.code: unit.parent_code for unit in list_units(session, on=today)}
    tidy(planned, folders or {}, now=clock())
    within = Round(
        record=Record(table=REPORTS, clock=clock), today=today, council=council, people=people, parents=parents,
        folders=folders, hand_over=hand_over, public_address=public_address,
    )  # fmt: skip
    for send in due:
        # A server that takes no mail keeps no file out of a folder.
        round_ = replace(within, hand_over=None) if run.stopped else within
        run.count(deliver(send, round_), is_file=send.recipient == FOLDER)
    with transaction() as session:
        run.to_come = sends.count_to_come(session)
        _record(session, run, verb="send reports")
    return run


def _record(session: Session, run: Run, *, verb: str = "send digests") -> None:
    """An event where something was handed over; who was sent what is in the record of each, which can be erased."""
    done: Mapping[str, int] = {each.value: many for each, many in sorted(run.handed.items()) if many}
    if done:
        now = get_now(session)
        add_event(session, at=now, username=OPERATOR, verb=verb, subject=run.day.isoformat(), after=done)
