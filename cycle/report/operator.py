"""What the operator asks of reports that go out by themselves, without an account; and the demonstration's own."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from cycle.ground.council import OPERATOR
from cycle.report._choices import choices_of
from cycle.report._planned import Planned as Planned
from cycle.report._planned import planned_of
from data_access.council.settings_store import get_now, get_today
from data_access.report import schedules, sends
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.home.mail import MailState
from performance.report.schedules import Often, ReportKind, Schedule, Way, Whom, WhomKind

_MORNING = time(8)


def every_schedule() -> tuple[list[Planned], date]:
    """In the order in which they were planned, stopped or not; and the day."""
    with reading() as session:
        found = schedules.list_schedules(session)
        return planned_of(session, found, choices_of(session)), get_today(session)


def tell_schedules(rows: Sequence[Mapping[str, str]], sent: Sequence[Mapping[str, str]]) -> None:
    """Each schedule as it was planned, and what became of its reports so far; `schedule` is a name within the rows."""
    with transaction() as session:
        for row in rows:
            schedule = Schedule(
                report=ReportKind(row["report"]),
                about=row["about"],
                ending=row["as"],
                way=Way(row["way"]),
                whom=Whom(kind=WhomKind(row["whom_kind"]), code=row["whom"]),
                often=Often(row["often"]),
                since=date.fromisoformat(row["planned_on"]),
                stopped_on=date.fromisoformat(row["stopped_on"]) if row["stopped_on"] else None,
            )
            number = schedules.add_schedule(session, schedule=schedule, planned_by=row["by"])
            for each in sent:
                if each["schedule"] == row["schedule"]:
                    day = date.fromisoformat(each["day"])
                    sends.add_past(
                        session, schedule_id=number, occasion=each["occasion"], recipient=each["recipient"], day=day,
                        state=MailState(each["state"]), subject=each["subject"], reason=each["reason"],
                        at=datetime.combine(day, _MORNING, UTC), of=(schedule.report, schedule.about),
                    )  # fmt: skip
        count = {"schedules": len(rows)}
        add_event(
            session, at=get_now(session), username=OPERATOR, verb="plan reports", subject="demonstration", after=count
        )
