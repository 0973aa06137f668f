"""The public face: what stands at an address that anybody may ask for, without signing in (docs/adr/0024)."""

from collections.abc import Iterable
from datetime import UTC, datetime

from performance.report.editions import Edition

OPEN = "/open/"
"""Where the public addresses begin. They are promises: whoever quoted one finds there what was published."""

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


def newest_first(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Those of them that are public: the newest period first, and of one period what was published last."""
    found = [each for each in editions if each.is_public]
    key = [(each.period.end, each.published_at or _BEFORE_ALL, each.id) for each in found]
    return tuple(each for _, each in sorted(zip(key, found, strict=True), key=lambda pair: pair[0], reverse=True))


def address_of(edition: Edition) -> str:
    """Where the public finds it; empty for one that is not public."""
    return f"{OPEN}editions/{edition.reference}/" if edition.is_public else ""
