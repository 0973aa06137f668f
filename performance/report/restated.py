"""Restatements: what a published edition says of a figure, and what is known of the same figure now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from performance.ground.periods import Period
from performance.ground.values import Absence
from performance.report.frozen import FrozenLine


@dataclass(frozen=True, kw_only=True)
class Restated:
    """A line of an edition that would read otherwise today, with why as far as that is on record."""

    was: FrozenLine
    now: FrozenLine
    because: str

    @property
    def in_words(self) -> str:
        """ "Was 92.1%, amber; now 89.4%, red, because a contractor's returns came late"."""
        was, now = self.was.in_short, self.now.in_short
        if self.was.held_against != self.now.held_against:
            was, now = (f"{each.in_short} ({each.held_against})" for each in (self.was, self.now))
        return f"Was {was}; now {now}. {self.because}"


def shown(found: Iterable[Restated], hidden: Mapping[str, Collection[Period]]) -> tuple[Restated, ...]:
    """Restatements without those that would tell a figure which is hidden by now, by measure code."""
    return tuple(each for each in found if not _within(each.was.period, hidden.get(each.was.measure_code, ())))


def _within(period: Period, hidden: Collection[Period]) -> bool:
    return any(period.start <= each.start and each.end <= period.end for each in hidden)


def is_restated(was: FrozenLine, now: FrozenLine) -> bool:
    """Whether the figure of the same period is printed, rated or held against something otherwise.

    One that was not due yet was not published, and comes in without restating anything; one that is hidden by now says
    nothing that could be otherwise, as long as there is no number in its place.
    """
    if was.value is Absence.SUPPRESSED and isinstance(now.value, Absence):
        return False
    return was.value is not Absence.NOT_DUE and was.period == now.period and _read(was) != _read(now)


def why(was: FrozenLine, now: FrozenLine, reasons: tuple[str, ...]) -> str:
    """Why, in a sentence: what was put on record as it was corrected, or what it can be seen to come from."""
    if reasons and was.figure != now.figure:
        return f"Because: {'; '.join(reason.rstrip('.') for reason in dict.fromkeys(reasons))}."
    if not was.is_provided and now.is_provided:
        return "Its figure came in, or was signed off, after the edition was frozen."
    if was.firmness != now.firmness:
        then, since = was.firmness or "made of all its figures", now.firmness or "of all of them"
        return f"It was {then} then, and is {since} now."
    if was.figure != now.figure:
        return "Its figures, or how they are worked out, were changed since; no reason is on record."
    if was.held_against != now.held_against:
        return "Its target was set anew."
    return "The rule that it is rated by was changed."


def _read(line: FrozenLine) -> tuple[object, ...]:
    return line.figure, line.rag, line.held_against
