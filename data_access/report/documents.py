"""Frozen lines and annual reports as documents and back: fields by name, numbers as texts, so that no digit is lost on
any database."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cattrs import Converter

from performance.ground.periods import Period, parse_period
from performance.ground.values import Absence, Value
from performance.report.annual import AnnualReport, Section
from performance.report.beside import Beside
from performance.report.frozen import FrozenLine
from performance.report.restated import Restated


def to_document(line: FrozenLine) -> dict[str, Any]:
    """What is stored of a line."""
    document: dict[str, Any] = _CONVERTER.unstructure(line)
    return document


def from_document(document: dict[str, Any]) -> FrozenLine:
    """The line that was stored. A field that a later release has added is as its default."""
    return _CONVERTER.structure(document, FrozenLine)


def freeze_document(restated: Sequence[Restated], beside: Beside) -> dict[str, Any]:
    """What is stored of a freeze beside its lines."""
    found: dict[str, Any] = {"restated": [_CONVERTER.unstructure(each) for each in restated]}
    return found | {"beside": _CONVERTER.unstructure(beside)}


def read_restated(document: dict[str, Any]) -> tuple[Restated, ...]:
    """The restatements that were stored."""
    return tuple(_CONVERTER.structure(each, Restated) for each in document.get("restated", ()))


def read_beside(document: dict[str, Any]) -> Beside:
    """What was stored besides measures; nothing of what was frozen before that was kept."""
    return _CONVERTER.structure(document.get("beside", {}), Beside)


def sections_document(report: AnnualReport) -> dict[str, Any]:
    """What is stored of an annual report beside its title and year."""
    return {"sections": [_CONVERTER.unstructure(each) for each in report.sections], "last_id": report.last_id}


def read_sections(document: dict[str, Any]) -> tuple[tuple[Section, ...], int]:
    """The sections that were stored, and the last number that a part of the report was given."""
    sections = tuple(_CONVERTER.structure(each, Section) for each in document["sections"])
    return sections, document["last_id"]


def _converter() -> Converter:
    found = Converter(omit_if_default=True)
    found.register_unstructure_hook(Decimal, lambda number: format(number, "f"))
    found.register_structure_hook(Decimal, lambda said, _: Decimal(said))
    found.register_unstructure_hook(Period, lambda period: period.iso)
    found.register_structure_hook(Period, lambda said, _: parse_period(said))
    found.register_unstructure_hook(date, date.isoformat)
    found.register_structure_hook(date, lambda said, _: date.fromisoformat(said))
    found.register_unstructure_hook(Value, lambda value: value.value if isinstance(value, Absence) else f"{value:f}")
    found.register_structure_hook(Value, _value)
    return found


def _value(said: str, _: object) -> Value:
    return Absence(said) if said in _ABSENCES else Decimal(said)


_ABSENCES = frozenset(each.value for each in Absence)
_CONVERTER = _converter()
