"""Writing an edition's words: the pack's own, and what its reds come with. Figures in them are never typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.report.editions import guard
from cycle.report.editions._pack import as_frozen, pack_of
from cycle.report.editions.guard import EditionError, EditionRefusedError
from data_access.council.settings_store import get_now
from data_access.report import editions
from data_access.store.database import reading, transaction
from performance.ground.entry import check_texts
from performance.ground.people import Permission, User
from performance.ground.reckoning.rag import Rag
from performance.report.editions import Edition
from performance.report.pack import Pack
from performance.report.words import LONGEST_WORDS, OF_RED, Place, Said, Spot

NOTHING = Said(words="", by="", version=0)


class WordsMovedError(EditionError):
    """Somebody else wrote at the same places meanwhile; `theirs` is what stands there now."""

    def __init__(self, theirs: Mapping[Spot, Said]) -> None:
        self.theirs = theirs
        said = "; ".join(f"{place.in_words}: “{each.words}”" for (place, _), each in theirs.items())
        super().__init__(
            f"Somebody else wrote there meanwhile. Yours are not kept yet: read theirs, then keep yours. {said}"
        )


@dataclass(frozen=True, kw_only=True)
class WordsView:
    """What is written of an edition, place by place, and the pack that it makes."""

    pack: Pack
    written: Mapping[Spot, Said]
    before: Mapping[Spot, Said]

    def at(self, spot: Spot) -> Said:
        """What stands there, with its version; nothing where nobody has written yet. A comparator that there is none of
        is mostly the same as in the edition before: what was written then is there to be kept."""
        found = self.written.get(spot)
        if found is None and spot[0] is Place.COMPARATOR and spot in self.before:
            return Said(words=self.before[spot].words, by="", version=0)
        return found or NOTHING


def words_of(edition_id: int, *, by: User) -> WordsView:
    """The words of an edition that is not published yet. Raises EditionError."""
    with reading() as session:
        demand(session, by, Permission.MAKE_EDITIONS)
        edition = guard.get(session, edition_id)
        guard.demand_frozen(edition)
        pack = pack_of(session, edition)
        return WordsView(
            pack=pack,
            written=editions.list_words(session, edition_id=edition_id),
            before=editions.list_words(session, edition_id=pack.before.id) if pack.before else {},
        )


def keep_words(edition_id: int, said: Mapping[Spot, Said], *, by: User) -> int:
    """Keep words at their places, each at the version that was seen; all of them or none. Answers how many changed.

    Raises EditionError once it is published, EditionRefusedError for what is too long, WordsMovedError.
    """
    problems = check_texts(*((f"{place}-{code}", place.in_words, each.words, LONGEST_WORDS)
                             for (place, code), each in said.items()))  # fmt: skip
    if problems:
        raise EditionRefusedError(problems)
    with transaction() as session:
        user = demand(session, by, Permission.MAKE_EDITIONS)
        edition = guard.get(session, edition_id)
        guard.demand_frozen(edition)
        _demand_lines(session, edition, said)
        stored, now = editions.list_words(session, edition_id=edition_id), get_now(session)
        changed = {
            spot: Said(words=each.words.strip(), by=user.username, at=now, version=each.version)
            for spot, each in said.items()
            if each.words.strip() != stored.get(spot, NOTHING).words
        }
        if theirs := {
            spot: stored.get(spot, NOTHING)
            for spot, each in changed.items()
            if stored.get(spot, NOTHING).version != each.version
        }:
            raise WordsMovedError(theirs)
        if changed:
            # Whoever is about to publish has to see them first.
            guard.save(session, edition)
            _save(session, edition_id, changed)
            # What is hashed cannot be erased: where was written, and not what.
            places = sorted(f"{place} {code}".strip() for place, code in changed)
            guard.record(session, "write edition", edition, user, places=places)
        return len(changed)


def _save(session: Session, edition_id: int, changed: Mapping[Spot, Said]) -> None:
    for spot, each in changed.items():
        try:
            editions.save_words(session, edition_id=edition_id, spot=spot, said=each)
        except editions.StaleWordsError as fault:
            raise WordsMovedError({}) from fault


def _demand_lines(session: Session, edition: Edition, said: Mapping[Spot, Said]) -> None:
    reds = {each.measure_code for each in as_frozen(session, edition.freeze) if each.rag is Rag.RED}
    if any(bool(code) is not (place in OF_RED) or (code and code not in reds) for place, code in said):
        raise EditionError("That measure is not red in this edition. Open its words again.")
