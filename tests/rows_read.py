"""How much is read: the rows of a table, so that a test can say whose they were, and how many questions are asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from data_access.store.database import engine


@contextmanager
def rows_read(table: str) -> Iterator[list[Any]]:
    """What the questions to a table find while the block runs; each is asked once more, for its rows."""
    found: list[Any] = []

    def ask_again(_: Any, cursor: Any, statement: str, parameters: Any, *__: Any) -> None:
        if statement.startswith("SELECT") and f"FROM {table}" in " ".join(statement.split()):
            again = cursor.connection.cursor()
            again.execute(statement, parameters)
            found.extend(again.fetchall())

    listened = engine()
    event.listen(listened, "after_cursor_execute", ask_again)
    try:
        yield found
    finally:
        event.remove(listened, "after_cursor_execute", ask_again)


@contextmanager
def questions_asked() -> Iterator[list[str]]:
    """What is asked of the database while the block runs."""
    found: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.startswith("SELECT"):
            found.append(statement)

    listened = engine()
    event.listen(listened, "after_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(listened, "after_cursor_execute", note)
