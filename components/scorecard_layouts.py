"""Other ways to lay a scorecard out: each measure's latest figures side by side, and money against its budget."""

from decimal import Decimal

import streamlit as st

from components import html_table, scorecard_table
from components.html_table import Column
from cycle.lately import Recent
from cycle.scoring import RECENT, Entry, Scorecard
from performance.measures import ContentKind, Measure, Polarity
from performance.values import round_half_up

LAYOUTS = {"balanced": "Balanced scorecard", "time": "Over time", "money": "Money against budget"}


def show(card: Scorecard, *, layout: str, order: str) -> None:
    """The scorecard in the layout that was chosen."""
    if layout == "time":
        over_time(card, order=order)
    elif layout == "money":
        money(card, order=order)
    else:
        scorecard_table.show(card, order=order)


def over_time(card: Scorecard, *, order: str) -> None:
    """The latest figures of each measure with their colours: what grades, absence or audits did one after another."""
    columns = [
        Column(title="Measure"),
        Column(title="Latest"),
        *(Column(title=f"{back} before") for back in range(1, RECENT)),
    ]
    rows = [[entry.measure.title, *_lately(entry)] for entry in scorecard_table.in_order(card, order)]
    html_table.plain(
        f"{card.scope.name}: the latest figures of each measure, up to {card.period.in_words}", columns, rows
    )


def money(card: Scorecard, *, order: str) -> None:
    """Pounds, and other measures of finance: budget, actual, variance, and what is expected at the year's end."""
    entries = [each for each in scorecard_table.in_order(card, order) if _is_money(each.measure)]
    if not entries:
        st.info("No measure of this part of the council is in pounds or about finance.")
        return
    columns = [Column(title="Measure"), *(Column(title=title, is_number=True) for title in (
        "Budget or target", "Actual", "Variance", "Expected at year end", "Variance then",
    )), Column(title="Status")]  # fmt: skip
    html_table.plain(f"{card.scope.name}, {card.period.in_words}: money", columns, [_money(each) for each in entries])


def _lately(entry: Entry) -> list[str]:
    recent = list(reversed(entry.recent[-RECENT:]))
    said = [_figure(entry.measure, each) for each in recent]
    return said + ["–"] * (RECENT - len(said))


def _figure(measure: Measure, recent: Recent) -> str:
    if recent.number is None:
        return f"{recent.rag.in_words}, {recent.period.short}"
    number = measure.print_value(round_half_up(recent.number, measure.decimals))
    return f"{number} {recent.rag.shape} {recent.rag.in_words}, {recent.period.short}"


def _is_money(measure: Measure) -> bool:
    is_money = measure.unit == "pounds" or measure.content_kind is ContentKind.FINANCE
    return is_money and measure.polarity is not Polarity.CONTEXT


def _money(entry: Entry) -> list[str]:
    line, measure, outlook = entry.line, entry.measure, entry.outlook
    target = line.target.number if line.target else None
    expected = outlook.forecast.value if outlook else None
    of_the_year = outlook.target.number if outlook and outlook.target else None
    return [
        measure.title,
        measure.print_target(target) if target is not None else "No target",
        f"{measure.print_value(line.value)} ({line.period.short})",
        variance(measure, line.value if isinstance(line.value, Decimal) else None, target),
        _expected(measure, expected, of_the_year),
        variance(measure, expected, of_the_year),
        f"{line.rag.shape} {line.rag.in_words}",
    ]


def _expected(measure: Measure, value: Decimal | None, budget: Decimal | None) -> str:
    if value is None:
        return "–"
    return measure.print_value(value) + (f" of {measure.print_target(budget)}" if budget is not None else "")


def variance(measure: Measure, actual: Decimal | None, budget: Decimal | None) -> str:
    """ "£100,000 over (10.0%)": which side of the budget, by how much, and how much of it that is."""
    if actual is None or budget is None:
        return "–"
    gap = round_half_up(actual - budget, measure.decimals)
    if gap == 0:
        return "On budget" if measure.unit == "pounds" else "On target"
    share = f" ({round_half_up(abs(gap) / abs(budget) * 100, 1)}%)" if budget and measure.unit == "pounds" else ""
    size = f"{abs(gap):,} points" if measure.unit == "percent" else measure.print_change(gap)
    return f"{size} {'over' if gap > 0 else 'under'}{share}"
