"""What was worked out once is not worked out again until something that it was worked out from changes.

What a reading has read is noted as it reads (`data_access.store.versions`), so what is kept knows by itself what it
rests on. What is kept are frozen values shared by everyone who may see exactly the same: permission is asked before, on
every call, and whatever narrows what the asker sees belongs in the key.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from data_access.council.settings_store import find_data_version, get_today
from data_access.store.versions import Part, forget_versions, list_versions, reading_apart, reads_of
from performance.ground.measures import Measure

_MOST = 512
_MOST_LINES = 16_384
_lock = threading.Lock()
Worked = TypeVar("Worked")


@dataclass
class _Kept(Generic[Worked]):
    """A value with what it was worked out from, each in the version it had; it held at `newest`, of everything."""

    value: Worked
    rests_on: Mapping[Part, str]
    newest: str

    def holds(self, session: Session, newest: str) -> bool:
        if self.newest == newest:
            return True
        now = list_versions(session, newest=newest)
        if any(now.get(part, "") != version for part, version in self.rests_on.items()):
            return False
        self.newest = newest
        return True


_values: OrderedDict[Hashable, _Kept[Any]] = OrderedDict()
_lines: OrderedDict[Hashable, _Kept[Any]] = OrderedDict()


def remembered(
    session: Session, key: tuple[Hashable, ...], work_out: Callable[[], Worked], *, apart: bool = False
) -> Worked:
    """The value of `work_out()` on this day, kept for the next who asks the same.

    It rests on all that the session has read until it is worked out, since `work_out` may use any of that. One that is
    worked out `apart` rests on what it reads itself and on its key, and on nothing that was read before.
    A session that writes sees what nobody else does yet: there it is worked out anew, and not kept.
    """
    reads = reads_of(session)
    if reads is None:
        return work_out()
    newest = find_data_version(session)
    place = (_url(session), get_today(session), key)
    kept = _find(_values, place)
    if kept is not None and kept.holds(session, newest):
        reads.parts.update(kept.rests_on)
        value: Worked = kept.value
        return value
    with reading_apart(session) if apart else nullcontext():
        value = work_out()
        read = reads_of(session) or reads
        if read.are_versioned:
            _keep(_values, {place: _kept(session, value, read.parts, newest)}, most=_MOST)
    return value


def kept(session: Session, key: tuple[Hashable, ...]) -> Any:
    """What `remembered` would answer without working anything out; None where it would have to."""
    found = None if reads_of(session) is None else _find(_values, (_url(session), get_today(session), key))
    return found.value if found is not None and found.holds(session, find_data_version(session)) else None


def remembered_each(
    session: Session,
    key: tuple[Hashable, ...],
    measures: Iterable[Measure],
    work_out: Callable[[list[Measure]], Mapping[str, Worked]],
    *,
    beside: Mapping[str, Hashable] | None = None,
) -> dict[str, Worked]:
    """A value for each measure, by code in their order; kept for each by itself.

    `work_out` is asked once for all that are missing. Of what belongs to measures and units each value rests on its own
    measure's and its unit's alone: what it takes from another's (whose small counts hide its own) has to stand
    `beside` it, or in the key.
    """
    by_code = {measure.code: measure for measure in measures}
    reads = reads_of(session)
    if reads is None:
        return dict(work_out(list(by_code.values())))
    newest, places = find_data_version(session), _places(session, key, by_code, beside)
    held = _holding(session, places, newest)
    missing = [measure for code, measure in by_code.items() if code not in held]
    if missing:
        made = work_out(missing)
        for code, parts in reads.of_measures({each.code: each.unit_code for each in missing}).items():
            held[code] = _kept(session, made[code], parts, newest)
        if reads.are_versioned:
            _keep(_lines, {places[each.code]: held[each.code] for each in missing}, most=_MOST_LINES)
    for kept in held.values():
        reads.parts.update(kept.rests_on)
    return {code: held[code].value for code in by_code}


def kept_each(
    session: Session,
    key: tuple[Hashable, ...],
    measures: Iterable[Measure],
    *,
    beside: Mapping[str, Hashable] | None = None,
) -> dict[str, Any]:
    """What `remembered_each` would answer without working anything out: of some measures, of all, or of none."""
    if reads_of(session) is None:
        return {}
    places = _places(session, key, {measure.code: measure for measure in measures}, beside)
    return {code: each.value for code, each in _holding(session, places, find_data_version(session)).items()}


def forget() -> None:
    """Work everything out anew from here on: the database is another than the one that was here."""
    with _lock:
        _values.clear()
        _lines.clear()
    forget_versions()


def _places(
    session: Session, key: tuple[Hashable, ...], measures: Mapping[str, Measure], beside: Mapping[str, Hashable] | None
) -> dict[str, Hashable]:
    where, said = (_url(session), get_today(session), key), beside or {}
    return {code: (where, measure, said.get(code)) for code, measure in measures.items()}


def _holding(session: Session, places: Mapping[str, Hashable], newest: str) -> dict[str, _Kept[Any]]:
    """What is kept at these places and still holds."""
    found = {code: _find(_lines, place) for code, place in places.items()}
    return {code: each for code, each in found.items() if each is not None and each.holds(session, newest)}


def _url(session: Session) -> str:
    return str(session.get_bind().engine.url)


def _find(place: OrderedDict[Hashable, _Kept[Any]], key: Hashable) -> _Kept[Any] | None:
    with _lock:
        if key not in place:
            return None
        place.move_to_end(key)
        return place[key]


def _kept(session: Session, value: Worked, parts: Iterable[Part], newest: str) -> _Kept[Worked]:
    now = list_versions(session, newest=newest)
    return _Kept(value, {part: now.get(part, "") for part in parts}, newest)


def _keep(place: OrderedDict[Hashable, _Kept[Any]], values: Mapping[Hashable, _Kept[Any]], *, most: int) -> None:
    with _lock:
        for key, kept in values.items():
            place[key] = kept
            place.move_to_end(key)
        while len(place) > most:
            place.popitem(last=False)
