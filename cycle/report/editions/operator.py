"""What the operator asks of editions from the command line, without an account; and the demonstration's own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from cycle.report.editions import guard
from cycle.report.editions._lines import lines_to_freeze
from cycle.report.editions._pack import pack_of
from cycle.report.editions.calendar import plan_edition
from cycle.report.editions.guard import EditionError
from data_access.council.settings_store import get_setting, get_today
from data_access.report import editions
from data_access.store.database import reading, transaction
from performance.ground.incoming import unwatched
from performance.ground.periods import Period, parse_period
from performance.report.editions import Audience, Edition, Freeze
from performance.report.pack import Pack
from performance.report.words import Place, Said

_CABINET, _TEN, _WRITTEN = "Cabinet", time(10), timedelta(days=5)


def every_edition(period: Period | None) -> list[Edition]:
    """Every edition, or those of a period, whatever their state."""
    with reading() as session:
        return editions.list_editions(session, period=period)


def one_edition(period: Period, committee: str) -> Edition:
    """The edition of a period, of one committee where it has several. Raises EditionError."""
    found = _named(period, committee)
    if len(found) > 1:
        those = ", ".join(each.committee for each in found)
        raise EditionError(f"{period.in_words} has several editions: {those}. Say which with --committee.")
    if not found:
        raise EditionError(f"There is no edition of {period.in_words}. Plan one, or freeze its figures.")
    return found[0]


def has_edition(period: Period, committee: str) -> bool:
    """Whether there is one already."""
    return bool(_named(period, committee))


def _named(period: Period, committee: str) -> list[Edition]:
    named = committee.strip().casefold()
    return [each for each in every_edition(period) if named in {"", each.committee.casefold()}]


def pack_to_write(period: Period, committee: str) -> Pack:
    """What a document of a period's edition is made of. Raises EditionError, also where nothing is frozen."""
    edition = one_edition(period, committee)
    if edition.freeze is None:
        raise EditionError(f"Nothing is frozen of {edition.title} yet. Run manage.py edition freeze first.")
    with reading() as session:
        return pack_of(session, edition)


def council() -> dict[str, str]:
    """What the council is called, as its settings say."""
    with reading() as session:
        return {name: get_setting(session, name=name) for name in ("council_name", "council_place")}


def plan_for_today(period: Period, committee: str) -> int:
    """An edition of a period for a meeting of today, of the cabinet unless another is named. Answers its id."""
    with reading() as session:
        today = get_today(session)
    wanted = Edition(committee=committee or _CABINET, period=period, meets_on=today, closes_on=today)
    return plan_edition(wanted, by=None)


def tell_editions(rows: Iterable[Mapping[str, str]], words: Sequence[Mapping[str, str]]) -> None:
    """The demonstration's calendar: each meeting planned and, where it says when, frozen as known when its figures
    closed, with its words, and published on that day."""
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
            at = edition.closed_at + _WRITTEN
            for each in words:
                if (each["period"], each["committee"]) == (row["period"], row["committee"]):
                    spot, said = (
                        (Place(each["place"]), each["measure"]),
                        Said(words=each["words"], by=row["by"], at=at, version=0),
                    )
                    editions.save_words(session, edition_id=planned.id, spot=spot, said=said)
            if frozen:
                freeze = Freeze(at=edition.closed_at, by=row["by"])
                editions.add_freeze(session, edition_id=planned.id, freeze=freeze, lines=lines)
                published_at = datetime.combine(date.fromisoformat(row["published_on"]), _TEN, UTC)
                editions.save_edition(
                    session, edition=replace(planned, published_at=published_at, published_by=row["by"])
                )
                guard.record(session, "publish edition", planned, None, lines=len(lines))
