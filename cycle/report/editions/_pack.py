"""An edition put together: what is frozen, what is written, and what of the committee's edition before has changed."""

from sqlalchemy.orm import Session

from cycle.ground.memory import remembered
from data_access.report import editions
from performance.report.editions import Edition, Freeze
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack, changed_since
from performance.report.words import story


def lines_of(session: Session, freeze: Freeze | None) -> tuple[FrozenLine, ...]:
    """What was frozen, in the order of the register; nothing before it is frozen."""
    if freeze is None:
        return ()
    return remembered(
        session, ("frozen", freeze.id), lambda: editions.list_frozen_lines(session, freeze_id=freeze.id), apart=True
    )


def pack_of(session: Session, edition: Edition) -> Pack:
    """The edition with its words, made of what is frozen and written alone."""
    lines, freeze = lines_of(session, edition.freeze), edition.freeze
    told = story(lines, editions.list_words(session, edition_id=edition.id))
    before = editions.find_edition_of(session, freeze_id=freeze.before_id) if freeze and freeze.before_id else None
    if freeze is None or before is None:
        return Pack(edition=edition, lines=lines, story=told)
    return Pack(
        edition=edition,
        lines=lines,
        story=told,
        before=before,
        changed=changed_since(lines_of(session, before.freeze), lines),
        restated=editions.list_frozen_restated(session, freeze_id=freeze.id),
    )


def find_before(session: Session, edition: Edition) -> Edition | None:
    """The newest edition that was published for the same committee, of an earlier period."""
    earlier = [
        each
        for each in editions.list_editions(session)
        if each.is_published
        and each.period.end < edition.period.end
        and each.committee.casefold() == edition.committee.casefold()
    ]
    return max(earlier, key=lambda each: (each.period.end, each.period.months, each.id), default=None)
