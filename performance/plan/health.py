"""The health of a measure: ten questions answered yes or no, each with what to do; and which measures to cull.

What the register cannot know it does not guess: each question is answered from what was recorded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from performance.ground.figures import Figure, FigureStatus, Series
from performance.ground.measures import Measure, Polarity
from performance.ground.periods import Period, add_months, day_in_words
from performance.ground.reckoning.completeness import due_periods, is_on_time
from performance.ground.reckoning.due import is_due, numbers
from performance.ground.reckoning.rag import Rag, rate

# A method is looked over, a figure watched and a use counted over a year; a measure that never moves, over two.
WATCHED_MONTHS, STILL_MONTHS = 12, 24


class HealthTest(StrEnum):
    """What is asked of every measure, in the order in which it is shown."""

    OWNER = "owner"
    METHOD = "method"
    POLARITY = "polarity"
    TARGET = "target"
    COMPARATOR = "comparator"
    SOURCE = "source"
    ON_TIME = "on_time"
    RESTATED = "restated"
    COMMENTED = "commented"
    REPORTED = "reported"

    @property
    def question(self) -> str:
        return {
            "owner": "Is its owner in post?",
            "method": "Is its method written down, and was it reviewed within a year?",
            "polarity": "Is it said what good is?",
            "target": "Is its target justified, or is it said why there is none?",
            "comparator": "Is it said whom it is compared with?",
            "source": "Could someone else get the same figures from the source?",
            "on_time": "Did every figure of the last 12 months come on time?",
            "restated": "Was no final figure of the last 12 months changed?",
            "commented": "Was every figure off target in the last 12 months explained?",
            "reported": "Was it used in a report in the last 12 months?",
        }[self.value]

    @property
    def what_to_do(self) -> str:
        return {
            "owner": "Name the owner's role, and give someone at the unit the role of service manager or head.",
            "method": "Write the methodology and the formula, then mark it reviewed.",
            "polarity": "Say in the polarity note what good is, and why.",
            "target": "Write the basis of the target, or the reason there is none.",
            "comparator": "Name a comparator group, or say under data quality why nothing compares.",
            "source": "Name the source system and how the figures are collected.",
            "on_time": "Agree a due date that can be kept, or get the figures sooner.",
            "restated": "Mark figures provisional until they are final; say why the last one changed.",
            "commented": "Ask the owner for commentary on the figures off target.",
            "reported": "Use it in a report, or ask whether it is still needed.",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is known of a measure. `revisions` are each period's in the council's area, the earliest first."""

    measure: Measure
    series: Series
    revisions: Mapping[Period, Sequence[Figure]]
    why_vacant: str
    rationale_of_target: str
    has_comparator: bool
    opened_on: date | None
    reported_on: date | None
    counted_since: date | None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A question with its answer, and what the answer rests on."""

    test: HealthTest
    passed: bool
    detail: str = ""


def examine(record: Record, *, today: date, default_percent: Decimal) -> tuple[Finding, ...]:
    """All ten answers, in order. `default_percent` is the council's tolerance."""
    answers = {
        HealthTest.OWNER: record.why_vacant,
        HealthTest.METHOD: _method(record.measure, today),
        HealthTest.POLARITY: _polarity(record.measure),
        HealthTest.TARGET: _target(record),
        HealthTest.COMPARATOR: _comparator(record),
        HealthTest.SOURCE: _source(record.measure),
        HealthTest.ON_TIME: _late(record, today),
        HealthTest.RESTATED: _restated(record, today),
        HealthTest.COMMENTED: _uncommented(record, today, default_percent),
        HealthTest.REPORTED: _unreported(record, today),
    }
    return tuple(Finding(test=test, passed=not fault, detail=fault) for test, fault in answers.items())


def why_cull(record: Record, *, today: date, default_percent: Decimal) -> tuple[str, ...]:
    """Why a measure in use might be given up, a sentence each; nothing where it earns its keep."""
    measure = record.measure
    if measure.active_to is not None and measure.active_to < today:
        return ()
    reasons = (
        _unopened(record, today),
        _never_off_green(record, today, default_percent),
        _never_updated(record, today),
    )
    return tuple(filter(None, reasons))


def _method(measure: Measure, today: date) -> str:
    missing = [
        name
        for name, text in (
            ("the methodology", measure.methodology),
            ("the definition", measure.definition),
            ("the formula", measure.formula or measure.numerator_definition),
        )
        if not text.strip()
    ]
    if missing:
        return f"Not written: {', '.join(missing)}."
    reviewed = measure.methodology_reviewed_on
    if reviewed is None:
        return "Never reviewed."
    return f"Last reviewed on {day_in_words(reviewed)}." if add_months(reviewed, WATCHED_MONTHS) < today else ""


def _polarity(measure: Measure) -> str:
    """Higher and lower speak for themselves; the others need a word."""
    plain = {Polarity.HIGHER, Polarity.LOWER}
    if measure.polarity in plain or measure.polarity_note.strip():
        return ""
    return f"{measure.polarity.in_words}, and nothing says why."


def _target(record: Record) -> str:
    measure = record.measure
    if measure.polarity is Polarity.CONTEXT or measure.no_target_reason.strip():
        return ""
    if not record.series.targets:
        return "No target, and no reason."
    justified = measure.target_basis.strip() or record.rationale_of_target.strip()
    return "" if justified else "It has a target, and nothing says why this one."


def _comparator(record: Record) -> str:
    """A reason in the data-quality notes counts: not everything can be compared."""
    measure = record.measure
    said = record.has_comparator or measure.comparator_group or "compar" in measure.quality_notes.casefold()
    return "" if said else "No comparator group, no figure of another place, and no reason."


def _source(measure: Measure) -> str:
    missing = [
        name
        for name, text in (("the source", measure.source), ("how it is collected", measure.collection_method))
        if not text.strip()
    ]
    return f"Not written: {', '.join(missing)}." if missing else ""


def _late(record: Record, today: date) -> str:
    periods = _watched(record.measure, today, WATCHED_MONTHS)
    late = [period for period in periods if not is_on_time(record.measure, record.revisions.get(period, ()))]
    return f"{len(late)} of {len(periods)} late or missing, the last for {late[-1].in_words}." if late else ""


def _restated(record: Record, today: date) -> str:
    since = add_months(today, -WATCHED_MONTHS)
    changed = [
        period
        for period, revisions in sorted(record.revisions.items())
        if any(
            before.status is FigureStatus.FINAL and _says_other(before, after) and _recorded(after) >= since
            for before, after in pairwise(revisions)
        )
    ]
    return f"The final figure for {changed[-1].in_words} was changed." if changed else ""


def _says_other(before: Figure, after: Figure) -> bool:
    """Another number, or a number where there was none; a word of commentary restates nothing."""
    kept = (before.numerator, before.denominator, before.value)
    return kept != (after.numerator, after.denominator, after.value)


def _recorded(figure: Figure) -> date:
    return figure.recorded_at.date() if figure.recorded_at else date.min


def _uncommented(record: Record, today: date, default_percent: Decimal) -> str:
    off = {Rag.RED, Rag.AMBER}
    since = add_months(today, -WATCHED_MONTHS)
    silent = [
        period
        for period, rag in _colours(record, default_percent).items()
        if rag in off and period.end >= since and not record.series.figures[period].commentary.strip()
    ]
    return f"{len(silent)} off target without a word, the last for {silent[-1].in_words}." if silent else ""


def _unreported(record: Record, today: date) -> str:
    if record.reported_on is None:
        return "In no report since uses were counted."
    overdue = add_months(record.reported_on, WATCHED_MONTHS) < today
    return f"Last in a report on {day_in_words(record.reported_on)}." if overdue else ""


def _unopened(record: Record, today: date) -> str:
    """Silent until a year has been counted: what nobody could have opened is not to blame."""
    since = record.counted_since
    if since is None or add_months(since, WATCHED_MONTHS) > today:
        return ""
    if record.opened_on is None:
        return f"Nobody opened it since {day_in_words(since)}."
    return (
        f"Nobody opened it since {day_in_words(record.opened_on)}."
        if add_months(record.opened_on, WATCHED_MONTHS) < today
        else ""
    )


def _never_off_green(record: Record, today: date, default_percent: Decimal) -> str:
    since = add_months(today, -STILL_MONTHS)
    colours = _colours(record, default_percent)
    rated = [rag for period, rag in colours.items() if period.end >= since and rag.is_rated]
    spans = any(period.end < since for period in record.series.figures)
    always = spans and rated and all(rag is Rag.GREEN for rag in rated)
    return f"Green {len(rated)} times running, for two years." if always else ""


def _never_updated(record: Record, today: date) -> str:
    periods = _watched(record.measure, today, STILL_MONTHS)
    if not periods or any(record.revisions.get(period) for period in periods):
        return ""
    return "Never updated." if not record.revisions else "No figure in two years."


def _colours(record: Record, default_percent: Decimal) -> dict[Period, Rag]:
    measure, targets = record.measure, record.series.targets
    return {
        period: rate(number, targets.get(period), measure, default_percent=default_percent)
        for period, number in numbers(measure, record.series.figures).items()
    }


def _watched(measure: Measure, today: date, months: int) -> list[Period]:
    """The measure's own periods whose figures fell due in so many months."""
    first = add_months(today, -months)
    whole = Period(start=add_months(first.replace(day=1), -measure.frequency.months), months=months + 2 * 12)
    return [
        period
        for period in due_periods(measure, within=whole, today=today)
        if measure.due_on(period) >= first and is_due(measure, period, today=today)
    ]
