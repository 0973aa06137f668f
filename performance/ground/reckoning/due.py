"""What a figure says as it stands: a number, or why there is none yet, which hangs on the day it is due."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.values import Absence, Value


def stored_value(measure: Measure, figure: Figure) -> Value:
    """What a figure says, unrounded: its value as entered, or what its counts come to, or why there is none."""
    if figure.absence is not None:
        return figure.absence
    if figure.value is not None:
        return figure.value
    return Absence.NOT_PROVIDED if figure.numerator is None else measure.work_out(figure.numerator, figure.denominator)


def figure_value(measure: Measure, figure: Figure | None, period: Period, *, today: date) -> Value:
    """The unrounded value of a period; without a figure it is not due or not provided, by the due date."""
    stored = Absence.NOT_PROVIDED if figure is None else stored_value(measure, figure)
    if stored not in {Absence.NOT_PROVIDED, Absence.NOT_DUE}:
        return stored
    if not measure.is_active(period):
        return Absence.NOT_APPLICABLE
    return Absence.NOT_PROVIDED if is_due(measure, period, today=today) else Absence.NOT_DUE


def is_due(measure: Measure, period: Period, *, today: date) -> bool:
    """Whether the due date has passed; on the day itself there is still time."""
    return today > measure.due_on(period)


def is_provided(value: Value) -> bool:
    """A number, or an allowed reason why there is none."""
    return isinstance(value, Decimal) or value.is_provided


def numbers(measure: Measure, figures: Mapping[Period, Figure]) -> dict[Period, Decimal]:
    """The unrounded numbers among the figures, in the order of their periods."""
    values = {period: stored_value(measure, figure) for period, figure in sorted(figures.items())}
    return {period: value for period, value in values.items() if isinstance(value, Decimal)}
