"""The quality of a measure's data in six dimensions, from what was recorded; never added up to one score.

What the app cannot know it does not guess: a dimension without evidence is not known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from performance.ground.commentary import read_commentary
from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.periods import add_months, day_in_words
from performance.review.quality.challenges import Challenge, ChallengeKind
from performance.review.quality.received import DueFigure
from performance.review.quality.restating import Restatement

WATCHED_MONTHS = 12


class Dimension(StrEnum):
    """The six dimensions of data quality, in the order in which they are shown."""

    ACCURACY = "accuracy"
    VALIDITY = "validity"
    RELIABILITY = "reliability"
    TIMELINESS = "timeliness"
    RELEVANCE = "relevance"
    COMPLETENESS = "completeness"

    @property
    def in_words(self) -> str:
        return self.value.capitalize()

    @property
    def question(self) -> str:
        return {
            "accuracy": "Were figures right the first time?",
            "validity": "Is it measured as its method says?",
            "reliability": "Is it made the same way each time?",
            "timeliness": "Did figures come by their due date?",
            "relevance": "Is it looked at and reported?",
            "completeness": "Is every figure there, and every gap explained?",
        }[self.value]


class State(StrEnum):
    GOOD = "good"
    LOOK = "look"
    NOT_KNOWN = "not_known"

    @property
    def in_words(self) -> str:
        return {"good": "Good", "look": "Look at it", "not_known": "Not known"}[self.value]

    @property
    def shape(self) -> str:
        return {"good": "✔", "look": "▲", "not_known": "–"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One dimension: its state, and the evidence in a sentence."""

    dimension: Dimension
    state: State
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What is known of a measure over the last year. `due` are the figures whose day fell within it, oldest first;
    `restated` those changed after sign-off within it; `challenges` every question there was about the council's own.
    """

    measure: Measure
    due: Sequence[DueFigure]
    restated: Sequence[Restatement]
    challenges: Sequence[Challenge]
    opened_on: date | None
    reported_on: date | None
    counted_since: date | None


def dimensions(found: Evidence, *, today: date) -> tuple[Finding, ...]:
    """All six, in order."""
    judged = {
        Dimension.ACCURACY: _accuracy(found),
        Dimension.VALIDITY: _validity(found.measure, today),
        Dimension.RELIABILITY: _reliability(found, today),
        Dimension.TIMELINESS: _timeliness(found),
        Dimension.RELEVANCE: _relevance(found, today),
        Dimension.COMPLETENESS: _completeness(found),
    }
    return tuple(Finding(dimension=which, state=state, evidence=said) for which, (state, said) in judged.items())


_Judged = tuple[State, str]
_NOTHING_DUE = (State.NOT_KNOWN, "No figure was due in the last 12 months.")


def _accuracy(found: Evidence) -> _Judged:
    current = [each for each in found.due if each.is_received]
    estimated = [each for each in current if each.is_estimated]
    doubts = [each for each in found.challenges if each.kind is ChallengeKind.DOUBT and each.is_open]
    accepted = {(each.period, each.revision) for each in found.challenges if each.kind is ChallengeKind.ACCEPTED}
    unusual = [
        each for each in current if each.has_confirmed and (each.period, _revision(each.current)) not in accepted
    ]
    faults = [
        f"{_count(len(found.restated), 'figure')} changed after sign-off" if found.restated else "",
        f"{_count(len(doubts), 'doubt')} not settled" if doubts else "",
        f"{_count(len(unusual), 'unusual figure')} confirmed by the service alone" if unusual else "",
        f"{_count(len(estimated), 'figure')} estimated" if estimated else "",
    ]
    if any(faults):
        return State.LOOK, _sentence(faults)
    if not current:
        return State.NOT_KNOWN, "No figure of the last 12 months was received."
    return State.GOOD, "No figure of the last 12 months was changed after sign-off, doubted or estimated."


def _validity(measure: Measure, today: date) -> _Judged:
    missing = [
        name
        for name, text in (
            ("the definition", measure.definition),
            ("the formula", measure.formula or measure.numerator_definition),
            ("the methodology", measure.methodology),
        )
        if not text.strip()
    ]
    reviewed = measure.methodology_reviewed_on
    if missing:
        return State.LOOK, f"Not written: {', '.join(missing)}."
    if reviewed is None:
        return State.LOOK, "The method is written and was never reviewed."
    if add_months(reviewed, WATCHED_MONTHS) < today:
        return State.LOOK, f"The method was last reviewed on {day_in_words(reviewed)}, more than a year ago."
    return State.GOOD, f"The method is written, and was reviewed on {day_in_words(reviewed)}."


def _reliability(found: Evidence, today: date) -> _Judged:
    measure, since = found.measure, add_months(today, -WATCHED_MONTHS)
    broken = [each for each in measure.breaks if since <= each.on <= today]
    unwritten = [
        name
        for name, text in (("the source", measure.source), ("how it is collected", measure.collection_method))
        if not text.strip()
    ]
    faults = [
        f"the series was broken on {day_in_words(broken[-1].on)}" if broken else "",
        f"not written: {' and '.join(unwritten)}" if unwritten else "",
    ]
    if any(faults):
        return State.LOOK, _sentence(faults)
    return State.GOOD, "Source and collection are written down, and the series was not broken in the last 12 months."


def _timeliness(found: Evidence) -> _Judged:
    if not found.due:
        return _NOTHING_DUE
    late = [each for each in found.due if not each.is_on_time]
    if not late:
        return State.GOOD, f"{_all(len(found.due))} of the last 12 months came by the due date."
    said = f"{len(late)} of {len(found.due)} late or missing, the last for {late[-1].period.in_words}."
    return State.LOOK, said


def _relevance(found: Evidence, today: date) -> _Judged:
    used = max(filter(None, (found.opened_on, found.reported_on)), default=None)
    if used is not None and add_months(used, WATCHED_MONTHS) >= today:
        how = "reported" if used == found.reported_on else "opened"
        return State.GOOD, f"Last {how} on {day_in_words(used)}."
    since = found.counted_since
    if since is None or add_months(since, WATCHED_MONTHS) > today:
        return State.NOT_KNOWN, "Uses have been counted for less than a year, and none of this measure yet."
    last = f" since {day_in_words(used)}" if used else ""
    return State.LOOK, f"Neither opened nor reported{last or ' in the last 12 months'}."


def _completeness(found: Evidence) -> _Judged:
    if not found.due:
        return _NOTHING_DUE
    missing = [each for each in found.due if not each.is_received]
    blank = [each for each in found.due if each.is_received and _is_unexplained(each.current)]
    faults = [
        f"{len(missing)} of {len(found.due)} missing, the last for {missing[-1].period.in_words}" if missing else "",
        f"{_count(len(blank), 'gap')} without a word of why" if blank else "",
    ]
    if any(faults):
        return State.LOOK, _sentence(faults)
    return (
        State.GOOD,
        f"{_all(len(found.due))} due in the last 12 months {'is' if len(found.due) == 1 else 'are'} there.",
    )


def _is_unexplained(figure: Figure | None) -> bool:
    """A reason in place of a number, with nothing said about it."""
    return figure is not None and figure.absence is not None and not figure.commentary.strip()


def reason_confirmed(figure: Figure) -> str:
    """Why the service says an unusual figure is right; empty where nothing was said."""
    return read_commentary(figure.commentary).confirmed


def _revision(figure: Figure | None) -> int:
    return figure.revision if figure else 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _all(number: int) -> str:
    return "The one figure" if number == 1 else f"All {number} figures"


def _sentence(parts: Sequence[str]) -> str:
    said = "; ".join(filter(None, parts))
    return f"{said[:1].upper()}{said[1:]}."
