"""What whoever keeps the council's figures looks at first: what came of the month's, and who waits for an answer."""

from dataclasses import dataclass
from datetime import UTC, datetime

from cycle.do import reopenings
from cycle.ground.access import demand
from cycle.review.quality import data_quality
from data_access.home import mails
from data_access.report import sends
from data_access.store.database import reading
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.review.quality.received import Counts


@dataclass(frozen=True, kw_only=True)
class FiguresIn:
    """Of the newest month with something due, in the whole council; `waiting` are requests to reopen, unanswered, and
    `mails` those that wait for a decision since they failed, or nobody knows whether they came; `reports` that failed,
    also where they are tried again, or may not have come."""

    month: Period
    counts: Counts
    waiting: int
    mails: int
    reports: int


def figures_in(*, by: User) -> FiguresIn:
    """The same counts as the page on data quality opens with."""
    with reading() as session:
        demand(session, by, Permission.GRANT_REOPENINGS)
        now = datetime.now(UTC)
        undecided, failing = len(mails.list_undecided(session, now=now)), sends.count_failing(session, now=now)
    month = data_quality.list_months(by=by)[0]
    counts = data_quality.data_quality(month, by=by).counts
    waiting = len(reopenings.list_requests(by=by).waiting)
    return FiguresIn(month=month, counts=counts, waiting=waiting, mails=undecided, reports=failing)
