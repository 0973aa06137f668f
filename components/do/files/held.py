"""Rows of a file that wait for a word: unusual ones for a yes, corrections of what is signed off for a reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.do.files.questions import FigureChange, HeldRow
from cycle.do.files.rerating import MOST
from performance.ground.incoming import WaitsFor
from performance.ground.texts import LONGEST


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a person said of the rows that wait."""

    accept_unusual: bool = False
    reason: str = ""

    def let_in(self, held: Sequence[HeldRow]) -> int:
        """How many of the rows these words let in."""
        return sum(self._lets_in(each) for each in held)

    def _lets_in(self, held: HeldRow) -> bool:
        has_reason = bool(self.reason.strip()) or not held.change.is_correction
        return has_reason and (self.accept_unusual or not held.is_unusual)


def ask(
    held: Sequence[HeldRow], *, columns: Sequence[Column], row_of: Callable[[FigureChange], list[str]], name: str
) -> Words:
    """The rows that wait, and the boxes that let them in; `row_of` gives the cells of the columns."""
    corrections = [each for each in held if each.problem.waits_for is WaitsFor.REASON]
    unusual = [each for each in held if each.problem.waits_for is WaitsFor.CONFIRMATION]
    for rows, title in ((corrections, "Signed off or locked"), (unusual, "Unusual")):
        if rows:
            with st.expander(plain(f"{title}: {_many(len(rows))}"), expanded=True):
                lines = [[*row_of(each.change), each.problem.message] for each in rows[:MOST]]
                html_table.plain(f"{title} rows", [*columns, Column(title="Why it waits")], lines)
                if len(rows) > MOST:
                    st.write(f"... and {len(rows) - MOST:,} more.")
    reason = ""
    if corrections:
        reason = st.text_area(
            "Why what was signed off or locked is corrected. Without a reason these rows are left out",
            key=f"words-upload-reason-{name}", height=75, help=f"At most {LONGEST:,} letters.",
        )  # fmt: skip
    accepted = False
    if any(each.is_unusual for each in held):
        accepted = st.checkbox(
            "The unusual figures are right as they stand: bring them in. Otherwise they are left out",
            key=f"upload_accept_{name}",
        )
    return Words(accept_unusual=accepted, reason=reason)


def show_said(said: Sequence[str]) -> None:
    """What is brought in all the same, and somebody should look at: it waits for nobody, and is not kept unsaid."""
    if said:
        with st.expander(plain(f"Brought in, and to be looked at: {len(said):,}"), expanded=True):
            st.text("\n".join(said[:MOST]))
            if len(said) > MOST:
                st.write(f"... and {len(said) - MOST:,} more.")


def _many(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"
