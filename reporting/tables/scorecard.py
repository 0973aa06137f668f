"""The scorecard as a wide table: a row a measure, with what the balanced scorecard says of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from performance.ground.measures import Measure
from performance.ground.values import Absence, Value, round_half_up
from performance.review.told import Told
from performance.review.variance import variance
from reporting.tables.facts import Fact, Number, Said, Table

_COLUMNS = {
    "code": "Code",
    "good": "What is good",
    "period": "Period",
    "target": "Target",
    "latest": "Latest",
    "variance": "Variance from the target",
    "variance_percent": "Variance in percent of the target",
    "status": "Status",
    "direction": "Direction",
    "to_date": "Year to date",
    "to_date_status": "Status of the year to date",
    "year_end": "At year end",
    "chance": "Chance of the target",
}


def scorecard_table(lines: Sequence[Told]) -> Table:
    """In the order of the lines."""
    return Table(
        name="Scorecard",
        rows_are="Measure",
        rows=rows_of([each.measure for each in lines]),
        columns=_COLUMNS,
        facts=[Fact(row=each.measure.code, column=column, said=said) for each in lines for column, said in _said(each)],
    )


def rows_of(measures: Sequence[Measure]) -> dict[str, str]:
    """What each row is called, by its measure's code; two measures of one title are told apart by their codes."""
    titles = Counter(each.title for each in measures)
    return {each.code: f"{each.title} ({each.code})" if titles[each.title] > 1 else each.title for each in measures}


def number_of(measure: Measure, number: Decimal) -> Number:
    """As the measure prints it."""
    return Number(value=round_half_up(number, measure.decimals), unit=measure.unit)


def _said(told: Told) -> Iterator[tuple[str, Said]]:
    line, measure, expected = told.line, told.measure, told.outlook
    to_date = line.year_to_date_value
    yield from (
        ("code", measure.code),
        ("good", measure.polarity.in_words),
        ("period", line.period.in_words),
        ("target", _target(told)),
        ("latest", _value(measure, line.value)),
        ("status", line.rag.in_words),
        ("direction", line.travel.in_words(measure)),
    )
    apart = variance(measure, line.value, line.target)
    if apart is not None:
        yield "variance", Number(value=apart.amount, unit=measure.unit)
        if apart.percent is not None:
            yield "variance_percent", Number(value=apart.percent, unit="percent")
    if isinstance(to_date, Decimal):
        yield from (("to_date", number_of(measure, to_date)), ("to_date_status", line.ytd_rag.in_words))
    if expected is not None:
        yield "year_end", number_of(measure, expected.forecast.value)
        if expected.target is not None:
            yield "chance", expected.chance_in_words


def _target(told: Told) -> Said:
    target, measure = told.line.target, told.measure
    if target is None:
        return "No target"
    if target.bounds:
        low, high = target.bounds
        return f"{measure.print_target(low)} to {measure.print_target(high)}"
    return (
        "No target" if target.number is None else Number(value=measure.round_target(target.number), unit=measure.unit)
    )


def _value(measure: Measure, value: Value) -> Said:
    return value if isinstance(value, Absence) else number_of(measure, value)
