"""The audit trail as it is read: whoever sees no small counts of people finds none in it either."""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from data_access.audit import AuditEvent
from data_access.register import list_measures
from performance.readers import Reader
from performance.values import Absence

_NUMBERS = {"numerator", "denominator", "value"}


def as_told(session: Session, events: Iterable[AuditEvent], *, reader: Reader) -> list[AuditEvent]:
    """The events, to all but those who see every count without the numbers of measures that count people.

    Each keeps its hash, which is of what was recorded.
    """
    if reader.every:
        return list(events)
    counted = {measure.code for measure in list_measures(session) if measure.counts_people}
    return [_told(event, counted) for event in events]


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
