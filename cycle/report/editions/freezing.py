"""Freezing an edition copies all that it shows; publishing it shows that to its audience, for good."""

from dataclasses import replace

from cycle.ground.council import account_of
from cycle.report.editions import guard
from cycle.report.editions._beside import beside_of, with_recovery
from cycle.report.editions._lines import lines_to_freeze
from cycle.report.editions._pack import lines_of
from cycle.report.editions._restated import restated_before
from cycle.report.editions.guard import EditionError
from data_access.council.settings_store import get_now, get_today
from data_access.report import editions
from data_access.store.database import reading, transaction
from performance.ground.incoming import Watch, unwatched
from performance.ground.people import User
from performance.ground.periods import day_in_words
from performance.report.editions import Edition, EditionState, Freeze
from performance.report.words import story


def freeze_edition(
    edition_id: int, *, version: int, at_its_close: bool = False, watch: Watch = unwatched, by: User | None
) -> Freeze:
    """Copy the figures of the edition's period as they are known now, or were known when they closed, and all that is
    said of them.

    Until it is published an edition may be frozen again: what was frozen before is kept, and no longer counts. `watch`
    is told how many measures have been worked out. Raises EditionError, EditionMovedError.
    """
    with reading() as session:
        guard.demand_maker(session, by)
        edition = guard.demand_open(session, edition_id, version)
        if edition.period.end >= get_today(session):
            ended = day_in_words(edition.period.end)
            raise EditionError(f"The period is not over yet. Freeze its figures after it ends, on {ended}.")
        moment, today = get_now(session), get_today(session)
        closed = edition.closed_at if at_its_close and edition.closes_on < today else None
        lines = lines_to_freeze(session, edition, as_known_at=closed, watch=watch)
        if not lines:
            raise EditionError("There is no measure of these kinds in the period. Change what the edition is of.")
        before, restated = restated_before(session, edition, as_known_at=closed)
        lines = with_recovery(session, lines)
        beside = beside_of(session, edition, lines, since=before)
    # What is copied is of one moment; writing waits for nobody who works it out.
    with transaction() as session:
        guard.demand_maker(session, by)
        edition = guard.demand_open(session, edition_id, version)
        number = edition.freeze.number + 1 if edition.freeze else 1
        guard.save(session, edition)
        freeze = Freeze(at=closed or moment, by=account_of(by), number=number, before_id=before.id if before else None)
        kept = editions.add_freeze(session, edition_id=edition_id, freeze=freeze, lines=lines, restated=restated,
                                   beside=beside)  # fmt: skip
        guard.record(session, "freeze edition", edition, by, number=number, lines=len(lines))
        return kept


def publish_edition(edition_id: int, *, version: int, by: User | None) -> Edition:
    """Show what is frozen to the edition's audience; from then on it never changes.

    Raises EditionError, also for a red without its three parts and for words with a figure that there is not;
    EditionMovedError.
    """
    with transaction() as session:
        guard.demand_maker(session, by)
        edition = guard.demand_open(session, edition_id, version)
        if edition.state is not EditionState.FROZEN:
            raise EditionError("Nothing is frozen yet. Freeze its figures, look at them, and publish them then.")
        published = replace(edition, published_at=get_now(session), published_by=account_of(by))
        # Saved first: whoever writes words meanwhile waits for this, or this for them; what is looked at is theirs too.
        guard.save(session, published)
        written = editions.list_words(session, edition_id=edition_id)
        if unfinished := story(lines_of(session, edition.freeze), written).unfinished:
            raise EditionError(f"It cannot be published yet. {' '.join(unfinished)}")
        freeze = edition.freeze.number if edition.freeze else 0
        guard.record(session, "publish edition", edition, by, freeze=freeze, audience=edition.audience.value)
        return published
