"""What every command stands on: how it is run, how it refuses, and how much it says."""

import gc
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from shutil import copymode
from tempfile import NamedTemporaryFile
from typing import IO, NoReturn, TypeVar

import typer

from cycle.admin.refusals import REFUSALS, in_words
from cycle.report.annual.refused import AnnualReportError
from cycle.report.editions.guard import EditionError
from intake.files.tables import FileNotReadError
from performance.ground.incoming import RefusedError, Watch
from performance.ground.periods import PeriodNotUnderstoodError
from settings import MailNotSetError, ReportFoldersError

Written = TypeVar("Written")
Passing = TypeVar("Passing")
MOST_SAID = 50
# New values until those that refer to each other in a circle are looked for. A command holds many and makes none in
# circles: with Python's own 700, a fifth of a large import went into looking.
_UNTIL_LOOKED_FOR = 50_000
REFUSED: tuple[type[Exception], ...] = (
    FileNotReadError,
    PeriodNotUnderstoodError,
    EditionError,
    AnnualReportError,
    MailNotSetError,
    ReportFoldersError,
    *REFUSALS,
)


def by_ending(output: Path, ways: Mapping[str, Written]) -> Written:
    """The way of writing that the ending of the file's name asks for."""
    way = ways.get(output.suffix.casefold())
    if way is None:
        raise typer.BadParameter(f"--output ends in {' or '.join(ways)}.")
    return way


@contextmanager
def progress(words: str, many: int) -> Iterator[Watch]:
    """A bar that is told how many are done; none where the output goes to a file, which nobody watches."""
    with typer.progressbar(length=many, label=words, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield lambda done: bar.update(done - bar.pos)
        bar.update(many - bar.pos)


def progress_of(words: str, rows: Iterable[Passing]) -> AbstractContextManager[Iterable[Passing]]:
    """Rows that move such a bar as they pass, however many there are."""
    hidden = not sys.stderr.isatty()
    return typer.progressbar(rows, label=words, show_pos=True, update_min_steps=1000, file=sys.stderr, hidden=hidden)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that is there once all of it is written; one that was there before stays until then, and who may read it.

    A new one is its owner's alone, as it may hold every small count.
    """
    path = path.resolve()
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        part = Path(file.name)
        try:
            yield file.file
            file.flush()
            if path.exists():
                copymode(path, part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def run(app: typer.Typer) -> NoReturn:
    """Run, and say every refusal as a sentence."""
    gc.set_threshold(_UNTIL_LOOKED_FOR)
    wants_traceback = os.environ.get("GOLDEN_THREAD_TRACEBACK") == "1"
    if not wants_traceback:
        logging.disable()  # what the log would hold is said below, as a sentence
    try:
        app()
    except RefusedError as refused:
        _say_problems(refused)
    except REFUSED as refused:
        typer.echo(in_words(refused), err=True)
    except Exception as fault:  # whoever runs a command reads a sentence; the traceback is there for the asking
        if wants_traceback:
            raise
        typer.echo(
            f"This failed in a way nobody expected ({type(fault).__name__}); nothing was half done."
            " Set GOLDEN_THREAD_TRACEBACK=1 and run it again to see where.",
            err=True,
        )
    raise SystemExit(1)


def _say_problems(refused: RefusedError) -> None:
    for problem in refused.problems[:MOST_SAID]:
        typer.echo(problem.in_words, err=True)
    if (more := len(refused.problems) - MOST_SAID) > 0:
        typer.echo(f"... and {more:,} more.", err=True)
    typer.echo("Nothing was changed.", err=True)
