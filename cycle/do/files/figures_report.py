"""What an import of figures did, or would do."""

from dataclasses import dataclass

from cycle.do.files.questions import FigureChange, HeldRow
from performance.ground.incoming import RowProblem


@dataclass(frozen=True, kw_only=True)
class FiguresReport:
    """What an import of figures did (or, tried only, would do), counted in rows.

    `returns` are the references of the returns the figures were put into; `fingerprint` tells apart what two files
    would change, whatever of it is confirmed. `held` are the rows, among those refused, that a confirmation or a reason
    would let in. `questioned` says where wards and city disagree, and points out of place in a series that begins:
    kept all the same, for someone to look at; and what was confirmed of another number, and is left out.
    `run` is its number in the log of imports, 0 of a dry run.
    """

    rows: int
    added: int
    revised: int
    same: int
    empty: int
    refused: tuple[RowProblem, ...] = ()
    changes: tuple[FigureChange, ...] = ()
    held: tuple[HeldRow, ...] = ()
    returns: tuple[str, ...] = ()
    fingerprint: str = ""
    questioned: tuple[str, ...] = ()
    run: int = 0

    @property
    def in_words(self) -> str:
        waiting = {each.change.row for each in self.held}
        counts = (
            (self.added, "new"),
            (self.revised, "revised"),
            (self.same, "the same as stored"),
            (self.empty, "without counts or value"),
            (len({problem.row for problem in self.refused} - waiting), "refused"),
            (len(waiting), "held back until confirmed or given a reason"),
        )
        said = ", ".join(f"{count:,} {words}" for count, words in counts if count) or "nothing"
        return f"{self.rows:,} row{'' if self.rows == 1 else 's'} read: {said}."
