"""What every worker of a run needs is made by the first that asks for it; the others wait, and use the same."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(name: str, factory: pytest.TempPathFactory, make: Callable[[Path], None]) -> Path:
    """A folder that `make` has filled, the same for all workers: to be copied from, never written to."""
    ours = factory.getbasetemp()
    # Under xdist each worker has a folder of its own within the run's.
    run = ours.parent if ours.name.startswith("popen-") else ours
    folder, done = run / name, run / f"{name}.done"
    with (run / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
