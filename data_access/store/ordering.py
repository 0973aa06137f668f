"""One order of codes whatever the database: by code point, as Python compares texts and SQLite does of itself.

A PostgreSQL server orders by the collation it was set up with: in one for English "A-1", "a1" and "B_1" stand elsewhere
than on SQLite, so that two councils with the same figures would be given different files. Titles are not ordered in
SQL at all, but as they are read, by `performance.ground.reading_order`.
"""

from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _ByCode(FunctionElement[str]):
    name = "by_code"
    inherit_cache = True
    type = String()


def by_code(column: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """The column for an ORDER BY: by code point on every database, and still in SQLite by the column's index."""
    return _ByCode(column)


@compiles(_ByCode)
def _as_it_is(element: _ByCode, compiler: SQLCompiler, **told: Any) -> str:
    return compiler.process(element.clauses.clauses[0], **told)


@compiles(_ByCode, "postgresql")
def _by_code_point(element: _ByCode, compiler: SQLCompiler, **told: Any) -> str:
    return f'{_as_it_is(element, compiler, **told)} COLLATE "C"'
