"""What an edition says, what stands between it and its publication, and what is known otherwise since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.report.editions import guard
from cycle.report.editions._lines import card_of, terms_of
from cycle.report.editions._pack import find_before, pack_of
from cycle.report.editions._restated import restated_since
from cycle.report.editions.guard import EditionError
from data_access.council.settings_store import get_today
from data_access.report import editions
from data_access.store.database import reading
from performance.ground.people import Permission, User
from performance.report.editions import Edition
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from performance.report.restated import Restated
from performance.report.tasks import Awaited, Left, Task, awaited_in, awaited_of, tasks_of


@dataclass(frozen=True, kw_only=True)
class EditionView:
    """An edition as it is put together, and what has been restated since.

    `may_make` says that the reader plans, freezes and publishes; for them `tasks` are the steps until it is published.
    """

    pack: Pack
    restated: tuple[Restated, ...]
    known_as: Mapping[str, str]
    today: date
    may_make: bool
    tasks: tuple[Task, ...] = ()

    @property
    def edition(self) -> Edition:
        return self.pack.edition

    @property
    def lines(self) -> tuple[FrozenLine, ...]:
        return self.pack.lines


def get_edition(edition_id: int, *, by: User) -> EditionView:
    """One edition. Raises EditionError where there is none, or none that is published to this person."""
    with reading() as session:
        user = demand(session, by, Permission.SIGN_IN)
        edition = guard.get(session, edition_id)
        if not edition.may_read(user):
            # Whether it is planned or frozen is nobody else's to know.
            raise EditionError(str(editions.EditionNotFoundError()))
        pack, may_make, today = pack_of(session, edition), user.may(Permission.MAKE_EDITIONS), get_today(session)
        restated = restated_since(session, edition.freeze, pack.lines) if edition.freeze else ()
        tasks: tuple[Task, ...] = ()
        if may_make and not edition.is_published:
            awaited = awaited_in(pack) if edition.freeze else _awaited(session, edition)
            now = find_before(session, edition)
            tasks = tasks_of(pack, awaited, today=today, restated=len(restated), before_now=now)
        return EditionView(
            pack=pack, restated=restated, known_as=names(session), today=today, may_make=may_make, tasks=tasks
        )


def _awaited(session: Session, edition: Edition) -> Awaited:
    """Measures without a figure that was signed off, and their services, as everybody's scorecard has them now."""
    units, entries = terms_of(session).units, card_of(session, edition).entries
    return awaited_of(
        (
            Left(
                says=units.get(each.measure.unit_code, each.measure.unit_code),
                measure_code=each.measure.code,
                title=each.measure.title,
                unit_code=each.measure.unit_code,
                period=each.line.period,
            ),
            each.line.value,
        )
        for each in entries
    )
