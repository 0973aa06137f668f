"""What whoever keeps the council's figures looks at first: what came of the month's, and who waits for an answer."""

from dataclasses import dataclass

from cycle import quality, reopening
from cycle.access import demand
from data_access.database import reading
from performance.people import Permission, User
from performance.periods import Period
from performance.received import Counts


@dataclass(frozen=True, kw_only=True)
class FiguresIn:
    """Of the newest month with something due, in the whole council; `waiting` are requests to reopen, unanswered."""

    month: Period
    counts: Counts
    waiting: int


def figures_in(*, by: User) -> FiguresIn:
    """The same counts as the page on data quality opens with."""
    with reading() as session:
        demand(session, by, Permission.GRANT_REOPENINGS)
    month = quality.list_months(by=by)[0]
    counts = quality.data_quality(month, by=by).counts
    return FiguresIn(month=month, counts=counts, waiting=len(reopening.list_requests(by=by).waiting))
