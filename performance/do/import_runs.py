"""The log of imports: what was brought in, how many rows, what became of them, who and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from performance.ground.incoming import RowProblem

# A file may have as many problems as rows; the log keeps the first of them and says how many there were.
MOST_PROBLEMS = 200


@dataclass(frozen=True, kw_only=True)
class ImportRun:
    """One run of an import. `returns` are the references of the returns it touched: 2017-10-WASTE.

    `problems` are the sentences about rows, the first of them; `more_problems` says how many others there were.
    """

    source: str
    content: str
    rows: int = 0
    added: int = 0
    revised: int = 0
    same: int = 0
    empty: int = 0
    refused: int = 0
    problems: tuple[str, ...] = ()
    more_problems: int = 0
    returns: tuple[str, ...] = ()
    imported_by: str
    imported_at: datetime
    id: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether anything of the file stands in the database now, new or as it was before."""
        return bool(self.added or self.revised or self.same)

    @property
    def outcome(self) -> str:
        """What came of it in two or three words."""
        if self.refused and not self.is_kept:
            return "Refused, nothing changed"
        if self.refused:
            return "Kept in part"
        return "Kept" if self.added or self.revised else "Nothing new"

    def problems_as_json(self) -> dict[str, Any]:
        return {"said": list(self.problems), "more": self.more_problems}


def capped(problems: Iterable[RowProblem]) -> tuple[tuple[str, ...], int]:
    """The first problems as sentences, and how many more there are."""
    said = [problem.in_words for problem in problems]
    return tuple(said[:MOST_PROBLEMS]), max(len(said) - MOST_PROBLEMS, 0)


def problems_from_json(kept: Mapping[str, Any]) -> tuple[tuple[str, ...], int]:
    return tuple(str(each) for each in kept.get("said", ())), int(kept.get("more", 0))
