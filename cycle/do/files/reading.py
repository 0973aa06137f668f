"""A file of figures read and checked in the background: how far it is can be asked, and it can be called off.

Nothing is written here. What was read is held against what is stored by a dry run of the import; the import itself
comes after someone has seen what it would change.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cycle.do.files import importing, rerating
from cycle.do.files.figures_report import FiguresReport
from cycle.do.files.questions import FigureChange
from cycle.do.files.rerating import Ratings
from data_access.store.database import reading
from intake.figures.figures_file import choose_table, read_figures
from intake.files.opening import read_tables
from intake.files.tables import Table
from performance.ground.incoming import FiguresRead, WaitsFor
from performance.ground.people import User


class CalledOffError(Exception):
    """The person no longer wants the file read."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the reading is. Of the first step nobody knows how long it takes, so `share` is 0 until it is over."""

    words: str
    done: int = 0
    rows: int = 0

    @property
    def share(self) -> float:
        return min(self.done / self.rows, 1.0) if self.rows else 0.0


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A file that was read: its table, its rows as figures or problems, what they would change, and areas by name.

    `ratings` are those of as many changes of each kind as anybody looks through.
    """

    table: Table
    read: FiguresRead
    report: FiguresReport
    area_names: Mapping[str, str]
    ratings: Ratings


class Reading:
    """One file on its way from bytes to what it would change, in a thread of its own."""

    def __init__(self, *, source: str, content: bytes = b"", tables: Sequence[Table] = (), by: User) -> None:
        self.source = source
        self.progress = Progress(words=f"Opening {source}")
        self._content, self._tables, self._by = content, tables, by
        self._called_off = threading.Event()
        self._outcome: Checked | Exception | None = None
        self._thread = threading.Thread(target=self._run, name=f"reading {source}", daemon=True)

    def start(self) -> "Reading":
        self._thread.start()
        return self

    def call_off(self) -> None:
        """Nothing more is read; nothing has been written."""
        self._called_off.set()

    @property
    def is_called_off(self) -> bool:
        return self._called_off.is_set()

    @property
    def is_over(self) -> bool:
        return self._outcome is not None

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is over, at most so long; whether it is."""
        self._thread.join(seconds)
        return self.is_over

    def outcome(self) -> Checked:
        """What was found. Raises what stood in the way, CalledOffError where the person did."""
        if isinstance(self._outcome, Checked):
            return self._outcome
        raise self._outcome or CalledOffError("The file is still being read.")

    def _run(self) -> None:
        try:
            self._outcome = self._read()
        except Exception as fault:  # noqa: BLE001 - told to whoever asks for the outcome, in their own thread
            self._outcome = fault

    def _read(self) -> Checked:
        table = choose_table(list(self._tables) or read_tables(self.source, self._content))
        self._content = b""
        rows = len(table.rows)
        self._watch(0, rows)
        known = importing.list_known()
        read = read_figures(table, known=known, watch=lambda done: self._watch(done, rows))
        # The rows with problems are shown beside what the others would change, so the dry run leaves them out.
        report = importing.import_figures(
            read,
            source=self.source,
            partial=True,
            dry_run=True,
            by=self._by,
            watch=lambda done: self._watch(done, len(read.lines), "Compared"),
        )
        self._go_on()
        area_names = {code: area.name for code, area in known.areas.items()}
        with reading() as session:
            ratings = rerating.ratings(session, *_kinds(report))
        return Checked(table=table, read=read, report=report, area_names=area_names, ratings=ratings)

    def _watch(self, done: int, rows: int, what: str = "Checked") -> None:
        self._go_on()
        self.progress = Progress(words=f"{what} {done:,} of {rows:,} rows", done=done, rows=rows)

    def _go_on(self) -> None:
        if self._called_off.is_set():
            raise CalledOffError("Reading was cancelled. Nothing was written.")


def _kinds(report: FiguresReport) -> tuple[list[FigureChange], ...]:
    """The changes as they are looked through: what is changed, what is new, what waits for a reason or for a yes."""
    return (
        [each for each in report.changes if each.before is not None],
        [each for each in report.changes if each.before is None],
        *([held.change for held in report.held if held.problem.waits_for is what] for what in WaitsFor),
    )
