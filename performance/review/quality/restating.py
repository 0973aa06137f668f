"""Restatements: figures that said something else after they had been approved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from performance.ground.figures import Figure
from performance.ground.periods import Period


@dataclass(frozen=True, kw_only=True)
class Restatement:
    """An approved figure and what took its place."""

    before: Figure
    after: Figure

    @property
    def period(self) -> Period:
        return self.after.period


def restatements(
    revisions: Mapping[Period, Sequence[Figure]], approved_at: Mapping[Period, datetime]
) -> list[Restatement]:
    """Those of a measure, by period. `approved_at` is when the figure of a period was last signed off.

    What was opened again to be corrected was approved or locked, whatever was signed off since. A word of commentary
    restates nothing.
    """
    return [
        Restatement(before=before, after=after)
        for period, history in sorted(revisions.items())
        for before, after in pairwise(history)
        if says_other(before, after) and (after.reopening_id or _was_approved(before, after, approved_at.get(period)))
    ]


def says_other(before: Figure, after: Figure) -> bool:
    """Another number, or another reason for none."""
    return _said(before) != _said(after)


def _said(figure: Figure) -> tuple[object, ...]:
    return figure.numerator, figure.denominator, figure.value, figure.absence


def _was_approved(before: Figure, after: Figure, approved: datetime | None) -> bool:
    if approved is None or before.recorded_at is None or after.recorded_at is None:
        return False
    return before.recorded_at <= approved < after.recorded_at
