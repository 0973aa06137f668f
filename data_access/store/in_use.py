"""Who has the embedded database open: a lock that every process shares from its first look at it to its own end.

SQLite's own locks say who is connected at this moment; a server that rests between two visitors holds none of them.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_guard = threading.Lock()
_held: dict[Path, int] = {}


class InUseError(RuntimeError):
    """The database is open elsewhere, and must not be exchanged under whoever has it open."""

    def __init__(self) -> None:
        super().__init__(
            "The app is running, or something else has this database open. Stop the app and whatever else uses the "
            "database, then run this again. Nothing was changed."
        )


def hold(database: Path) -> None:
    """This process has the database open until it ends; waits while it is being exchanged."""
    # Where no such file can be made, SQLite cannot write either and says so itself, and nobody can exchange anything.
    with _guard, suppress(OSError):
        fcntl.flock(_file(database), fcntl.LOCK_SH)


@contextmanager
def alone(database: Path) -> Iterator[None]:
    """While the block runs, no other process of the app opens the database. Raises InUseError where one has it open."""
    with _guard:
        file = _file(database)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            fcntl.flock(file, fcntl.LOCK_SH)
            raise InUseError from fault
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_SH)


def _file(database: Path) -> int:
    key = database.absolute()
    if key not in _held:
        # For reading, so that it also opens where the disk is full, and where another account made it.
        _held[key] = os.open(f"{key}.use-lock", os.O_RDONLY | os.O_CREAT, 0o644)
    return _held[key]
