"""The audit trail as it is read: in words, by person, deed and thing, without small counts for whoever sees none."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from cycle.admin import upkeep
from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.exports import Export, Wanted, demand_role, reader_for, was_known
from cycle.ground.memory import remembered
from data_access.council.areas import list_areas
from data_access.council.settings_store import get_today
from data_access.council.units import list_units
from data_access.plan.register import list_measures
from data_access.store.audit import (
    AuditEvent,
    deed_in_words,
    find_last_hash,
    list_breaks,
    list_deeds,
    list_doers,
    list_events,
)
from data_access.store.database import reading
from performance.ground.people import Permission, User
from performance.ground.periods import PeriodNotUnderstoodError, parse_period
from performance.ground.readers import Reader, reader_of
from performance.ground.values import Absence

PAGE = 50  # events
AUDIT_COLUMNS = ("sequence", "at", "username", "verb", "subject", "before", "after", "hash")
_NUMBERS = {"numerator", "denominator", "value"}
_MOST_CODES, _MOST_PARTS = 50, 5


@dataclass(frozen=True, kw_only=True)
class AuditQuery:
    """Which events are looked for: of a person, of a deed, about something; empty is any. `older_than` is the number
    of the event from which the reader goes on into the past."""

    username: str = ""
    verb: str = ""
    words: str = ""
    older_than: int | None = None


@dataclass(frozen=True, kw_only=True)
class AuditLine:
    """An event in words: who did it, what it is called, of what, and what changed, a sentence each."""

    event: AuditEvent
    who: str
    deed: str
    about: str
    changes: tuple[str, ...]


# Compared by identity: a kept trail is drawn once and the drawing kept with it.
@dataclass(frozen=True, kw_only=True, eq=False)
class AuditTrail:
    """So many events as stand on a page, newest first; `older` is where the next page begins, None where none follows.

    `count` is how many events there are altogether, `breaks` what verifying the chain found (nothing is good), and
    `doers` and `deeds` what may be looked for, by name and as people call it.
    """

    lines: tuple[AuditLine, ...]
    older: int | None
    count: int
    breaks: tuple[str, ...]
    last_hash: str
    doers: Mapping[str, str]
    deeds: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class _Names:
    """What the codes of an event stand for."""

    people: Mapping[str, str]
    things: Mapping[str, str]


def trail(query: AuditQuery, *, by: User) -> AuditTrail:
    """A page of the audit trail, with its chain verified."""
    with reading() as session:
        reader = reader_of(demand(session, by, Permission.VIEW_AUDIT)).at_large
        return remembered(session, ("audit", query, reader), lambda: _trail(session, query, reader))


def rows(query: AuditQuery, *, by: User) -> Sequence[tuple[object, ...]]:
    """Every event that is looked for, however many, newest first, under AUDIT_COLUMNS."""
    with reading() as session:
        reader = reader_of(demand(session, by, Permission.VIEW_AUDIT)).at_large
        found = as_told(session, _found(session, replace(query, older_than=None)), reader=reader)
    return [tuple(getattr(event, name) for name in AUDIT_COLUMNS) for event in found]


def verify(*, by: User) -> list[str]:
    """A sentence for whatever does not hold: of the chain, of every row that hangs on it, of the rules that guard them.

    Reads the whole database. Raises NotReadyError where it is not at this version.
    """
    with reading() as session:
        demand(session, by, Permission.VIEW_AUDIT)
    return list(upkeep.verify().faults)


def as_told(session: Session, events: Iterable[AuditEvent], *, reader: Reader) -> list[AuditEvent]:
    """The events, to all but those who see every count without the numbers of measures that count people.

    Each keeps its hash, which is of what was recorded.
    """
    if reader.every:
        return list(events)
    counted = {measure.code for measure in list_measures(session) if measure.counts_people}
    return [_told(event, counted) for event in events]


def _trail(session: Session, query: AuditQuery, reader: Reader) -> AuditTrail:
    known = _names(session)
    found = as_told(session, _found(session, query, limit=PAGE + 1), reader=reader)
    newest = list_events(session, newest_first=True, limit=1)
    return AuditTrail(
        lines=tuple(_line(event, known) for event in found[:PAGE]),
        older=found[PAGE - 1].sequence if len(found) > PAGE else None,
        count=newest[0].sequence if newest else 0,
        breaks=tuple(remembered(session, ("audit breaks",), lambda: list(list_breaks(session)))),
        last_hash=find_last_hash(session) or "",
        doers={each: known.people.get(each, each) for each in list_doers(session)},
        deeds={each: deed_in_words(each) for each in list_deeds(session)},
    )


def _found(session: Session, query: AuditQuery, *, limit: int | None = None) -> list[AuditEvent]:
    measures = {measure.code for measure in list_measures(session)} if query.words else set()
    about = _about(session, query.words)
    return list_events(
        session, verb=query.verb or None, username=query.username or None, about=about,
        wrote=[each for each in about if each in measures], older_than=query.older_than, newest_first=True, limit=limit,
    )  # fmt: skip


def _about(session: Session, words: str) -> list[str]:
    """What a subject may hold: the words themselves, or the code of whatever is called so."""
    wanted = words.strip()
    if not wanted:
        return []
    things = _names(session).things.items()
    return [wanted, *[code for code, name in things if wanted.casefold() in name.casefold()][:_MOST_CODES]]


def _names(session: Session) -> _Names:
    today = get_today(session)
    return _Names(
        people=names(session),
        things={each.code: each.name for each in list_areas(session)}
        | {unit.code: unit.name for unit in list_units(session, on=today)}
        | {measure.code: f"{measure.title} ({measure.code})" for measure in list_measures(session)},
    )


def _line(event: AuditEvent, known: _Names) -> AuditLine:
    before, after = (json.loads(text) if text else {} for text in (event.before, event.after))
    return AuditLine(
        event=event,
        who=known.people.get(event.username, event.username),
        deed=deed_in_words(event.verb),
        about=_about_in_words(event.subject, known),
        changes=tuple(_changes(before, after, known)),
    )


def _about_in_words(subject: str, known: _Names) -> str:
    """The codes and periods of a subject by what people call them, set apart from the words between."""
    parts: list[str] = []
    for is_known, group in groupby(subject.split(), key=lambda each: _word(each, known) != each):
        words = list(group)
        parts += [_word(each, known) for each in words] if is_known else [" ".join(words)]
    return ", ".join(parts)


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], known: _Names) -> Iterable[str]:
    told = [name for name in {**after, **before} if before.get(name) not in (None, "") or after.get(name) is not None]
    for name in told[:_MOST_PARTS]:
        label, new = _word(name, known).replace("_", " "), _said(after.get(name), known)
        if name not in before:
            yield f"{label}: {new}"
        elif name in after:
            yield f"{label}: from {_said(before[name], known)} to {new}"
        else:
            yield f"{label}: {_said(before[name], known)} before"
    if len(told) > _MOST_PARTS:
        yield f"and {len(told) - _MOST_PARTS} more"


def _said(value: Any, known: _Names) -> str:
    if isinstance(value, Mapping):
        told = {name: each for name, each in value.items() if each not in (None, "", [], {})}
        parts = [f"{_word(name, known).replace('_', ' ')} {_said(each, known)}" for name, each in told.items()]
    elif isinstance(value, list):
        parts = [_said(each, known) for each in value]
    elif isinstance(value, bool):
        return "yes" if value else "no"
    else:
        return "nothing" if value in (None, "") else _word(str(value), known)
    return ", ".join(parts) or "nothing" if len(parts) <= _MOST_PARTS else f"{len(parts)} of them"


def _word(text: str, known: _Names) -> str:
    """A code or period by what people call it; any other word as it is."""
    if text in known.things:
        return known.things[text]
    if "/P" in text:
        try:
            return parse_period(text).in_words
        except PeriodNotUnderstoodError:
            return text
    return text


def _told(event: AuditEvent, counted: Collection[str]) -> AuditEvent:
    about = event.subject.split(" ")[0] in counted
    return replace(
        event,
        before=_without_numbers(event.before, counted, about=about),
        after=_without_numbers(event.after, counted, about=about),
    )


def _without_numbers(text: str, counted: Collection[str], *, about: bool) -> str:
    if not text or not (about or any(code in text for code in counted)):
        return text
    return json.dumps(_emptied(json.loads(text), counted, about=about), ensure_ascii=False)


def _emptied(told: Any, counted: Collection[str], *, about: bool) -> Any:
    if not isinstance(told, dict):
        return told
    return {
        name: Absence.SUPPRESSED.in_words
        if about and name in _NUMBERS
        else _emptied(each, counted, about=about or name in counted)
        for name, each in told.items()
    }


def export_audit(wanted: Wanted) -> Export:
    """The audit trail from its first event."""
    with reading() as session:
        demand_role(wanted, Permission.VIEW_AUDIT)
        known = (event for event in list_events(session) if was_known(event.at, wanted))
        events = as_told(session, known, reader=reader_for(wanted))
    return Export(
        columns=AUDIT_COLUMNS,
        rows=[tuple(getattr(event, name) for name in AUDIT_COLUMNS) for event in events],
    )
