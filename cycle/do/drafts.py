"""Do: what a service types into its return is kept at once, line by line, until it is submitted.

A draft is no record: it leaves no trace in the audit trail and is never remembered between readings
(docs/adr/0009-drafts-are-not-audited.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from cycle.do.return_view import build_return
from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.memory import remembered
from data_access.council.settings_store import get_now
from data_access.do.drafts import DraftMovedOnError, list_drafts, save_draft
from data_access.store.database import reading, transaction
from performance.do.returns import MyReturn
from performance.do.typed import Draft
from performance.ground.people import Permission, User
from performance.ground.periods import Period


@dataclass(frozen=True, kw_only=True)
class DraftClash:
    """One line typed in two places: what stands there (`theirs`), by whom, and what was typed here."""

    mine: Draft
    theirs: Draft
    saved_by: str

    @property
    def code(self) -> str:
        return self.mine.answer.measure_code


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is half typed of a return, by measure code, and the lines for which a person has to choose."""

    drafts: Mapping[str, Draft] = field(default_factory=dict)
    clashes: tuple[DraftClash, ...] = ()


def save_drafts(unit_code: str, period: Period, *, drafts: Iterable[Draft] = (), by: User) -> Kept:
    """Keep lines as typed and say what is kept of the whole return; without lines it only reads.

    A line that was changed from elsewhere meanwhile is left as it stands there, and comes back as a clash. Lines
    that cannot be entered now are not kept.
    """
    drafts = tuple(drafts)
    if not drafts:
        with reading() as session:
            demand(session, by, Permission.ENTER_FIGURES, at=unit_code)
            return Kept(drafts=list_drafts(session, unit_code=unit_code, period=period))
    clashes = []
    with transaction() as session:
        user = demand(session, by, Permission.ENTER_FIGURES, at=unit_code)
        open_lines = _return(session, unit_code, period, user).open_lines
        open_now = {(line.measure.code, line.area_code, line.period) for line in open_lines}
        now, known_as = get_now(session), names(session)
        for draft in drafts:
            if (draft.answer.measure_code, draft.area_code, draft.period) not in open_now:
                continue
            try:
                save_draft(session, unit_code=unit_code, period=period, draft=draft, by=user.username, at=now)
            except DraftMovedOnError as moved:
                who = known_as.get(moved.theirs.saved_by, moved.theirs.saved_by)
                clashes.append(DraftClash(mine=draft, theirs=moved.theirs, saved_by=who))
        return Kept(drafts=list_drafts(session, unit_code=unit_code, period=period), clashes=tuple(clashes))


def _return(session: Session, unit_code: str, period: Period, user: User) -> MyReturn:
    """The return as it stands: a draft changes nothing of it, so it need not be read anew for each line."""
    key = ("my return", unit_code, period, user.username)
    return remembered(session, key, lambda: build_return(session, unit_code=unit_code, period=period, by=user))
