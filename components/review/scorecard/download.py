"""The scorecard to take away as it is seen: the same measures, with what is hidden hidden."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import streamlit as st

from components.parts import taken_away
from components.review.scorecard import folds
from cycle.ground.series.scoring import Entry, Scorecard
from performance.ground.measures import Measure
from performance.ground.periods import add_months
from performance.ground.values import Absence, Value, round_half_up
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


def show(card: Scorecard, *, order: str) -> None:
    """Two buttons: a workbook, with twelve months of each measure on a sheet of their own, and a file of rows."""
    name = f"scorecard-{card.scope.code}-{'now' if card.is_now else card.period.iso}"
    with st.container(horizontal=True):
        about = _about(card)
        taken_away.as_excel(
            "Download as Excel", lambda: [scorecard(card, order), lately(card, order)], about, file=name
        )
        taken_away.as_csv("Download as CSV", lambda: [scorecard(card, order)], file=name)


def scorecard(card: Scorecard, order: str) -> Table:
    """A row a measure, with what the balanced scorecard says of it."""
    return Table(
        name="Scorecard",
        rows_are="Measure",
        rows=_rows(card, order),
        columns=_COLUMNS,
        facts=[
            Fact(row=entry.measure.code, column=column, said=said)
            for entry in card.entries
            for column, said in _said(entry)
        ],
    )


def lately(card: Scorecard, order: str) -> Table:
    """A row a measure and a column a period of the last twelve months: each figure, or why there is none."""
    since = add_months(card.period.end, -12)
    found = [(entry.measure, each) for entry in card.entries for each in entry.recent if each.period.end > since]
    periods = sorted({each.period for _, each in found}, key=lambda period: (period.end, period.months))
    return Table(
        name="Twelve months",
        rows_are="Measure",
        rows=_rows(card, order),
        columns={period.iso: period.in_words for period in periods},
        facts=[
            Fact(
                row=measure.code, column=each.period.iso,
                said=each.rag.in_words if each.number is None else _number(measure, each.number),
            )
            for measure, each in found
        ],
    )  # fmt: skip


def _rows(card: Scorecard, order: str) -> dict[str, str]:
    """In the order of the page; two measures of one title are told apart by the column of codes."""
    titles = Counter(entry.measure.title for entry in card.entries)
    return {
        each.code: f"{each.title} ({each.code})" if titles[each.title] > 1 else each.title
        for each in (entry.measure for entry in folds.in_order(card.entries, order))
    }


def _said(entry: Entry) -> Iterator[tuple[str, Said]]:
    line, measure, expected = entry.line, entry.measure, entry.outlook
    to_date = line.year_to_date_value
    yield from (
        ("code", measure.code),
        ("good", measure.polarity.in_words),
        ("period", line.period.in_words),
        ("target", _target(entry)),
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
        yield from (("to_date", _number(measure, to_date)), ("to_date_status", line.ytd_rag.in_words))
    if expected is not None:
        yield "year_end", _number(measure, expected.forecast.value)
        if expected.target is not None:
            yield "chance", expected.chance_in_words


def _target(entry: Entry) -> Said:
    target, measure = entry.line.target, entry.measure
    if target is None:
        return "No target"
    if target.bounds:
        low, high = target.bounds
        return f"{measure.print_target(low)} to {measure.print_target(high)}"
    return (
        "No target" if target.number is None else Number(value=measure.round_target(target.number), unit=measure.unit)
    )


def _value(measure: Measure, value: Value) -> Said:
    return value if isinstance(value, Absence) else _number(measure, value)


def _number(measure: Measure, number: Decimal) -> Number:
    return Number(value=round_half_up(number, measure.decimals), unit=measure.unit)


def _about(card: Scorecard) -> taken_away.About:
    measures = [entry.measure for entry in card.entries]
    in_full = [each for each in measures if card.in_full and each.counts_people]
    title = f"Scorecard: {card.scope.name}, {card.when_in_words}"
    said = taken_away.about(title, of="Scorecard", at=card.as_known_at, in_full=in_full)
    return [*said, *(taken_away.of_measure(each) for each in measures)]
