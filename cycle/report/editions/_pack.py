"""An edition put together: what is frozen, what is written, and what of the committee's edition before has changed."""

from sqlalchemy.orm import Session

from cycle.ground.memory import remembered
from cycle.ground.series.hidden_by_now import hidden_by_now
from data_access.report import editions
from performance.ground.readers import PUBLIC
from performance.report.beside import NOTHING_BESIDE
from performance.report.editions import Edition, Freeze
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack, changed_since
from performance.report.restated import shown
from performance.report.words import story


def as_frozen(session: Session, freeze: Freeze | None) -> tuple[FrozenLine, ...]:
    """What was frozen, in the order of the register; nothing before it is frozen. Not for readers: see lines_of."""
    if freeze is None:
        return ()
    return remembered(
        session, ("frozen", freeze.id), lambda: editions.list_frozen_lines(session, freeze_id=freeze.id), apart=True
    )


def lines_of(session: Session, freeze: Freeze | None) -> tuple[FrozenLine, ...]:
    """What was frozen, without what is hidden by now."""
    lines = as_frozen(session, freeze)
    hidden = hidden_by_now(session, {each.measure_code for each in lines}, reader=PUBLIC)
    return tuple(each.without(hidden.get(each.measure_code, ())) for each in lines)


def pack_of(session: Session, edition: Edition) -> Pack:
    """The edition with its words, made of what is frozen and written alone."""
    lines, freeze = lines_of(session, edition.freeze), edition.freeze
    told = story(lines, editions.list_words(session, edition_id=edition.id))
    told = told.as_published if edition.is_published else told
    before = editions.find_edition_of(session, freeze_id=freeze.before_id) if freeze and freeze.before_id else None
    beside = editions.find_frozen_beside(session, freeze_id=freeze.id) if freeze else NOTHING_BESIDE
    if freeze is None or before is None or not edition.follows(before):
        return Pack(edition=edition, lines=lines, story=told, beside=beside)
    restated = editions.list_frozen_restated(session, freeze_id=freeze.id)
    return Pack(
        edition=edition,
        lines=lines,
        story=told,
        before=before,
        beside=beside,
        changed=changed_since(lines_of(session, before.freeze), lines),
        restated=shown(restated, hidden_by_now(session, {each.was.measure_code for each in restated}, reader=PUBLIC)),
    )


def find_before(session: Session, edition: Edition) -> Edition | None:
    """The newest edition that its pack goes on from."""
    earlier = [each for each in editions.list_editions(session) if edition.follows(each)]
    return max(earlier, key=lambda each: (each.period.end, each.id), default=None)
