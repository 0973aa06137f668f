"""What is made of each measure's own series, kept for each by itself: a figure saved costs its own measure's alone."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.memory import kept_each, remembered_each
from cycle.ground.series.hiding import council_series
from data_access.store.versions import Reads, reading_apart, reads_of
from performance.ground.figures import Series
from performance.ground.measures import Measure
from performance.ground.readers import Reader

_HELD = "series that the session has read"
Made = TypeVar("Made")
Own = Mapping[str, Series]
"""Series of the council's own by measure code; none of a measure that has neither figures nor targets."""


def of_each(
    session: Session,
    what: tuple[Hashable, ...],
    measures: Sequence[Measure],
    make: Callable[[Sequence[Measure], Own], Mapping[str, Made]],
    *,
    reader: Reader,
    as_known_at: datetime | None = None,
) -> dict[str, Made]:
    """What `make` makes of measures and their series as the reader may see them, by code in the order of the measures.

    `what` names it, with all that `make` knows besides: the period, the day where it is not today.
    """

    def work_out(missing: list[Measure]) -> Mapping[str, Made]:
        return make(missing, _own(session, missing, reader=reader, as_known_at=as_known_at))

    return remembered_each(session, (*what, as_known_at), measures, work_out, beside=_beside(measures, reader))


def kept_of_each(
    session: Session,
    what: tuple[Hashable, ...],
    measures: Sequence[Measure],
    *,
    reader: Reader,
    as_known_at: datetime | None = None,
) -> dict[str, Any]:
    """What `of_each` would answer at once: for those measures alone of which it is kept."""
    return kept_each(session, (*what, as_known_at), measures, beside=_beside(measures, reader))


def _own(session: Session, measures: Sequence[Measure], *, reader: Reader, as_known_at: datetime | None) -> Own:
    """The council's own series, read once by a session: what one reading makes of a history, the next asks for too.

    They are gone with the session, and whoever is given one rests on what was read for it. A session that writes reads
    anew each time.
    """
    reads = reads_of(session)
    if reads is None:
        return _read(session, measures, reader, as_known_at)
    held: dict[Hashable, tuple[Series | None, Reads]] = session.info.setdefault(_HELD, {})
    keys = {each.code: (each, reader.of(each), as_known_at) for each in measures}
    if missing := [each for each in measures if keys[each.code] not in held]:
        with reading_apart(session):
            found = _read(session, missing, reader, as_known_at)
            read = reads_of(session) or Reads()
        held |= {keys[each.code]: (found.get(each.code), read) for each in missing}
    for read in {id(held[key][1]): held[key][1] for key in keys.values()}.values():
        reads.add(read)
    return {code: series for code, key in keys.items() if (series := held[key][0]) is not None}


def _read(session: Session, measures: Sequence[Measure], reader: Reader, as_known_at: datetime | None) -> Own:
    area = council_area(session)
    found = council_series(session, measures=measures, area=area, reader=reader, as_known_at=as_known_at)
    return {code: own for (code, _), own in found.items()}


def _beside(measures: Sequence[Measure], reader: Reader) -> dict[str, Hashable]:
    """Who reads it, as far as this measure is concerned."""
    return {each.code: reader.of(each) for each in measures}
