"""Files for their owner only: the embedded database and copies of it hold what people have not published."""

import os
import threading
from contextlib import suppress
from pathlib import Path

_OTHERS, _NOT_THE_OWNER, _GROUP_WRITES = 0o007, 0o077, 0o020
# What SQLite keeps beside a database, with the database's own mode when it makes them.
_BESIDE = ("", "-wal", "-shm")
_one_at_a_time = threading.Lock()


def begin(path: Path) -> None:
    """An empty file that only its owner reads, where there is none. Whoever opens it says why it cannot be made.

    A file that is there is not even opened. The system forgets every lock that a process has on a file as soon as the
    process closes it anywhere, SQLite's among them: another process would believe itself alone with the database,
    clear the journal away, and with it whatever this process goes on writing there. For the same reason nobody else
    here may find the new file before it is closed.
    """
    with _one_at_a_time, suppress(OSError):
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def close_to_others(path: Path) -> None:
    """Nobody else reads what an earlier version left open to all. A group that may write was let in by somebody."""
    for each in (Path(f"{path}{suffix}") for suffix in _BESIDE):
        with suppress(OSError):  # not there, or another account's
            mode = each.stat().st_mode
            shut = _OTHERS if mode & _GROUP_WRITES else _NOT_THE_OWNER
            if mode & shut:
                each.chmod(mode & 0o7777 & ~shut)
