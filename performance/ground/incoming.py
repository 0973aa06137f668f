"""What comes in by file, as values: figures with their rows, a register, boundaries, and the problems found."""

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from performance.ground.figures import Figure, Target
from performance.ground.measures import Measure, SeriesBreak
from performance.ground.organisation import Action, Area, BoundaryEdition, ComparatorMembership, PlanNode, Risk, Unit
from performance.ground.people import Role

Watch = Callable[[int], None]
"""Told now and then how many rows are done; may end the work by raising."""


def unwatched(_rows: int) -> None:
    """Nobody asks how far it is."""


class WaitsFor(StrEnum):
    """What a row that could be kept waits for."""

    CONFIRMATION = "confirmation"
    REASON = "reason"


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """What is wrong, and where: rows are numbered from the heading, row 1. Row 0 is the file or sheet itself.

    `waits_for` is what would let the row in as it stands, where anything would.
    """

    row: int
    column: str
    message: str
    sheet: str = ""
    waits_for: WaitsFor | None = None

    @property
    def in_words(self) -> str:
        """Row 14: measure code "A1O" is not in the register. The nearest match is "A10"."""
        place = ", ".join(
            part for part in (self.sheet and f"Sheet {self.sheet}", self.row and f"row {self.row}") if part
        )
        place = place[:1].upper() + place[1:]
        if self.column and not self.message.startswith(self.column.replace("_", " ")):
            place = f"{place}, {self.column}" if place else self.column
        said = self.message if self.message.endswith((".", "?")) else f"{self.message}."
        return f"{place}: {said}" if place else said


class RefusedError(Exception):
    """A file was refused and nothing was changed; the problems say where and why."""

    def __init__(self, problems: Iterable[RowProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.in_words for problem in self.problems))


def nearest(code: str, known: Collection[str]) -> str:
    """A sentence with the known code most like the one given; empty where none is like it."""
    return _nearest(code, frozenset(known))


@lru_cache(maxsize=1024)
def _nearest(code: str, known: frozenset[str]) -> str:
    plain = {each.casefold(): each for each in sorted(known)}
    found = difflib.get_close_matches(code.casefold(), plain, n=1, cutoff=0.6)
    return f' The nearest match is "{plain[found[0]]}".' if found else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureLine:
    """A figure from a file. `revision_seen` is the revision an earlier export showed, where the row tells it."""

    row: int
    figure: Figure
    revision_seen: int | None = None


_ROWS_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A text that could have been written more plainly, as what it was read, and in which rows and column."""

    text: str
    read_as: str
    column: str
    rows: tuple[int, ...] = ()

    @property
    def in_words(self) -> str:
        """ "1,234" was read as 1234 in 5 rows (value, rows 2, 3, 4 and 2 more)."""
        column = self.column.replace("_", " ")
        if len(self.rows) == 1:
            return f'"{self.text}" was read as {self.read_as}: {column}, row {self.rows[0]:,}.'
        first = ", ".join(f"{row:,}" for row in self.rows[:_ROWS_NAMED])
        more = f" and {len(self.rows) - _ROWS_NAMED:,} more" if len(self.rows) > _ROWS_NAMED else ""
        return f'"{self.text}" was read as {self.read_as} in {len(self.rows):,} cells: {column}, rows {first}{more}.'


def how_many_read(readings: Iterable[Reading]) -> str:
    """What the readings are, as a heading over them."""
    cells = sum(len(each.rows) for each in readings)
    return f"What was read from {cells:,} cell{'' if cells == 1 else 's'} that could be written more plainly"


@dataclass(frozen=True, kw_only=True)
class FiguresRead:
    """A figures file as read. `readings` says how texts were understood that could have been written more plainly."""

    lines: tuple[FigureLine, ...]
    problems: tuple[RowProblem, ...]
    empty_rows: int = 0
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TargetLine:
    target: Target
    rationale: str = ""


@dataclass(frozen=True, kw_only=True)
class AccountLine:
    """A person to make an account for, with roles at units; without a manager, whoever it is stays."""

    username: str
    name: str
    email: str = ""
    roles: tuple[tuple[Role, str], ...] = ()
    manager: str = ""


@dataclass(frozen=True, kw_only=True)
class SettingLine:
    """A setting of the council and the value it is to have."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Register:
    """What a setup workbook holds, sheet by sheet; parents stand before their children.

    `columns` are those each sheet had: what a file does not say about something stored stays as it is.
    """

    columns: Mapping[str, Collection[str]] = field(default_factory=dict)
    settings: tuple[SettingLine, ...] = ()
    areas: tuple[Area, ...] = ()
    organisation: tuple[Unit, ...] = ()
    plan: tuple[PlanNode, ...] = ()
    comparator_groups: tuple[ComparatorMembership, ...] = ()
    measures: tuple[Measure, ...] = ()
    series_breaks: tuple[tuple[str, SeriesBreak], ...] = ()
    targets: tuple[TargetLine, ...] = ()
    actions: tuple[Action, ...] = ()
    risks: tuple[Risk, ...] = ()
    people: tuple[AccountLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the database holds that a file may refer to."""

    measures: Mapping[str, Measure] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    unit_codes: frozenset[str] = frozenset()
    node_codes: frozenset[str] = frozenset()
    group_names: frozenset[str] = frozenset()
    usernames: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class BoundariesRead:
    """A boundary file as read: GeoJSON geometries, outer rings clockwise, and the names the file gives."""

    edition: BoundaryEdition
    geometries: Mapping[str, dict[str, Any]]
    names: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Demonstration:
    """What seeds/ holds, read. `past` has the rows of each file of seeds/story, as texts by column."""

    settings: Mapping[str, str]
    register: Register
    boundaries: BoundariesRead
    published: FiguresRead
    illustrative: Sequence[Figure]
    past: Mapping[str, Sequence[Mapping[str, str]]]
