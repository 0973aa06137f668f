"""Which commentary a figure asks for, and what is missing from it or cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from performance.do.returns import ReturnLine
from performance.ground.commentary import Commentary, read_commentary
from performance.ground.days import DayNotUnderstoodError, as_written, read_day, read_day_or_period_end
from performance.ground.entry import Problem
from performance.ground.figures import Figure
from performance.ground.measures import CommentaryRule
from performance.ground.periods import day_in_words
from performance.ground.reckoning.due import stored_value
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import PointType, ProcessPoint, read_process
from performance.ground.values import Absence

NOT_KNOWN = "not known"
"""What may stand for the day a figure is back on track."""

_MISSED = {
    CommentaryRule.RED_OR_CHANGE: {Rag.RED},
    CommentaryRule.OFF_TARGET_OR_CHANGE: {Rag.RED, Rag.AMBER},
}
_TOLD = ("what_happened", "why")
_PLANNED = ("what_next", "who", "by_when")
_ALL = (*_TOLD, *_PLANNED, "back_on_track")
_ENTER = {
    "what_happened": "what happened",
    "why": "why",
    "what_next": "what you will do",
    "who": "who will do it",
    "by_when": "the action due date",
    "back_on_track": "when it will be back on track",
}


@dataclass(frozen=True, kw_only=True)
class CommentaryAsked:
    """Why a figure asks for commentary, as a sentence says it, and which of the questions it needs answered."""

    because: str
    boxes: tuple[str, ...]


def asked_about(line: ReturnLine, figure: Figure) -> CommentaryAsked | None:
    """By the measure's own rule: a missed target, or a real change of the process; never ordinary ups and downs."""
    rule = line.measure.commentary_rule
    if line.rating(figure) in _MISSED.get(rule, set()):
        return CommentaryAsked(because="It is off target", boxes=_ALL)
    change = None if rule is CommentaryRule.NEVER else _real_change(line, figure)
    if change is None:
        return None
    is_worse = change is PointType.CONCERN
    return CommentaryAsked(because=f"It is {change.in_words}", boxes=(*_TOLD, *_PLANNED) if is_worse else _TOLD)


def commentary_gaps(line: ReturnLine, asked: CommentaryAsked | None, said: Commentary, *, name: str) -> list[Problem]:
    """What is missing, and the days that cannot be. Nothing said at all is one problem, not one for each question."""
    found = []
    if asked is not None:
        missing = [box for box in asked.boxes if not getattr(said, box).strip()]
        if len(missing) == len(asked.boxes):
            message = f"Enter commentary for {name}. {asked.because}"
            return [Problem(field="what_happened", message=message)]
        found = [Problem(field=box, message=f"Enter {_ENTER[box]}, for {name}. {asked.because}") for box in missing]
    return [*found, *_wrong_days(line, said, name)]


def carried_forward(line: ReturnLine) -> Commentary | None:
    """The action promised in the period before, for one choice; a day that has gone by is left for a new one."""
    before = said_before(line)
    if not before.what_next:
        return None
    has_passed = _day_or_none(before.by_when) is None or not _is_ahead(line, before.by_when)
    is_on_track = bool(before.back_on_track) and _is_ahead(line, before.back_on_track)
    return Commentary(
        what_next=before.what_next,
        who=before.who,
        by_when="" if has_passed else before.by_when,
        back_on_track=before.back_on_track if is_on_track else "",
    )


# A real change


def _real_change(line: ReturnLine, figure: Figure) -> PointType | None:
    """A special cause at this point that did not already stand, and was explained, at the point before."""
    if isinstance(stored_value(line.measure, figure), Absence):
        return None
    series = replace(line.series, figures={**line.series.figures, line.period: figure})
    process = read_process(line.measure, series, up_to=line.period.end)
    now = process.at(line.period) if process else None
    if process is None or now is None or not _is_special(now) or now.kind is None:
        return None
    before = process.at(line.period.previous)
    went_on = before is not None and before.kind is now.kind and before.signal is now.signal
    return None if went_on and said_before(line).text else now.kind


def _is_special(point: ProcessPoint) -> bool:
    return point.kind not in {None, PointType.COMMON_CAUSE}


# Days


def _wrong_days(line: ReturnLine, said: Commentary, name: str) -> Iterator[Problem]:
    """A day already stored was right when it was given."""
    stored = read_commentary(line.current.commentary) if line.current else Commentary()
    for box, wrong in (("by_when", _wrong_action_day), ("back_on_track", _wrong_track_day)):
        typed = getattr(said, box).strip()
        message = wrong(line, typed) if typed and as_written(typed) != as_written(getattr(stored, box)) else ""
        if message:
            yield Problem(field=box, message=f"{message}, for {name}")


def _wrong_action_day(line: ReturnLine, text: str) -> str:
    try:
        day = read_day(text, label="Action due date")
    except DayNotUnderstoodError as fault:
        return str(fault)
    if day <= line.period.end:
        return f"Action due date must be after {day_in_words(line.period.end)}"
    if day < line.today:
        return f"Action due date must be today, {day_in_words(line.today)}, or later"
    return ""


def _wrong_track_day(line: ReturnLine, text: str) -> str:
    label = "When it will be back on track"
    if " ".join(text.split()).casefold() == NOT_KNOWN:
        return ""
    try:
        day = read_day_or_period_end(text, label=label)
    except DayNotUnderstoodError as fault:
        return f'{fault}. If nobody can say yet, write "{NOT_KNOWN}"'
    return "" if day > line.period.end else f"{label} must be after {day_in_words(line.period.end)}"


def _day_or_none(text: str) -> date | None:
    try:
        return read_day(text)
    except DayNotUnderstoodError:
        return None


def _is_ahead(line: ReturnLine, text: str) -> bool:
    try:
        return read_day_or_period_end(text, label="The date") >= max(line.today, line.period.following.start)
    except DayNotUnderstoodError:
        return text.strip().casefold() == NOT_KNOWN


def said_before(line: ReturnLine) -> Commentary:
    """The commentary on the period before."""
    return read_commentary(line.before.commentary) if line.before else Commentary()
