"""Rows that hold between two dates, both included; an empty date is no limit."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_


def valid_on(table: Any, day: date | ColumnElement[date]) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which a row of a table with valid_from and valid_to holds on the day."""
    return (
        or_(table.valid_from.is_(None), table.valid_from <= day),
        or_(table.valid_to.is_(None), table.valid_to >= day),
    )
