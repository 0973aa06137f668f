"""What the operator asks of editions from the command line, without an account; and the demonstration's own."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time

from cycle.report.editions import guard
from cycle.report.editions._lines import lines_to_freeze
from cycle.report.editions.calendar import plan_edition
from data_access.council.settings_store import get_today
from data_access.report import editions
from data_access.store.database import reading, transaction
from performance.ground.incoming import unwatched
from performance.ground.periods import Period, parse_period
from performance.report.editions import Audience, Edition, Freeze

_CABINET, _TEN = "Cabinet", time(10)


def every_edition(period: Period | None) -> list[Edition]:
    """Every edition, or those of a period, whatever their state."""
    with reading() as session:
        return editions.list_editions(session, period=period)


def plan_for_today(period: Period, committee: str) -> int:
    """An edition of a period for a meeting of today, of the cabinet unless another is named. Answers its id."""
    with reading() as session:
        today = get_today(session)
    wanted = Edition(committee=committee or _CABINET, period=period, meets_on=today, closes_on=today)
    return plan_edition(wanted, by=None)


def tell_editions(rows: Iterable[Mapping[str, str]]) -> None:
    """The demonstration's calendar: each meeting planned and, where it says when, frozen as known when its figures
    closed, and published on that day."""
    for row in rows:
        edition = Edition(
            committee=row["committee"],
            period=parse_period(row["period"]),
            closes_on=date.fromisoformat(row["closes_on"]),
            meets_on=date.fromisoformat(row["meets_on"]),
            audience=Audience(row["audience"]),
        )
        with reading() as session:
            frozen = bool(row["published_on"])
            lines = lines_to_freeze(session, edition, as_known_at=edition.closed_at, watch=unwatched) if frozen else []
        with transaction() as session:
            planned = replace(edition, id=editions.add_edition(session, edition=edition, planned_by=row["by"]))
            guard.record(session, "plan edition", planned, None)
            if frozen:
                freeze = Freeze(at=edition.closed_at, by=row["by"])
                editions.add_freeze(session, edition_id=planned.id, freeze=freeze, lines=lines)
                published_at = datetime.combine(date.fromisoformat(row["published_on"]), _TEN, UTC)
                editions.save_edition(
                    session, edition=replace(planned, published_at=published_at, published_by=row["by"])
                )
                guard.record(session, "publish edition", planned, None, lines=len(lines))
