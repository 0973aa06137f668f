"""`python manage.py ...` as an operator calls it, without the seconds that a process of its own takes to begin."""

import contextlib
import io
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

import manage as program
from settings import ROOT


@dataclass(frozen=True)
class Done:
    """What the command left behind: its exit code, and what it said on either stream."""

    returncode: int
    stdout: str
    stderr: str


def manage(*arguments: object) -> Done:
    """Run the command; the database is the one that the environment names."""
    said, complained = io.StringIO(), io.StringIO()
    with (
        _as_a_process(*arguments),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(complained),
        pytest.raises(SystemExit) as ended,
    ):
        program.main()
    code = ended.value.code
    assert isinstance(code, int), code
    return Done(code, said.getvalue(), complained.getvalue())


def done(*arguments: object) -> str:
    """What the command says; it has to come to a good end."""
    found = manage(*arguments)
    assert found.returncode == 0, found.stderr
    return found.stdout


@contextlib.contextmanager
def _as_a_process(*arguments: object) -> Iterator[None]:
    """What the command changes for the life of its process ends with the call."""
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(ROOT)
        patched.setattr(sys, "argv", ["manage.py", *map(str, arguments)])
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)
