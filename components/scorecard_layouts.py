"""Other ways to lay a scorecard out: each measure's latest figures side by side, and money against its budget."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache, partial

import streamlit as st

from components import html_table, pick, scorecard_download, scorecard_folds, scorecard_table
from components.html_table import Column
from components.scorecard_folds import Group, Part
from cycle.lately import Recent
from cycle.scoring import RECENT, Entry, Scorecard
from performance.measures import ContentKind, Measure, Polarity
from performance.values import round_half_up

LAYOUTS = {"balanced": "Balanced scorecard", "time": "Over time", "money": "Money against budget"}


def choose() -> str:
    """Which layout. Raises NothingThereError."""
    return pick.one("Layout", LAYOUTS, name="layout", words=LAYOUTS.__getitem__)


def choose_order() -> str:
    """In which order the lines stand. Raises NothingThereError."""
    return pick.one("Order", scorecard_folds.ORDERS, name="order", words=scorecard_folds.ORDERS.__getitem__)


def show(card: Scorecard, *, layout: str, order: str, unfolded: bool) -> None:
    """The scorecard in the layout that was chosen, folded where it is more than a person takes in.

    `unfolded` opens every fold, for someone who narrowed it.
    """
    parts = _parts(card, layout, order)
    if not parts:
        st.info("No measure of this part of the council is in pounds or about finance.")
    scorecard_folds.show(parts, unfolded=unfolded)
    if shown := _shown(card, layout):
        scorecard_download.show(replace(card, entries=shown), order=order)


@lru_cache(maxsize=128)
def _parts(card: Scorecard, layout: str, order: str) -> tuple[Part, ...]:
    shown = _shown(card, layout)
    groups = scorecard_folds.groups_of(scorecard_folds.in_order(shown, order), order) if shown else ()
    is_all = len(groups) == 1 and not groups[0].title
    draw = _DRAWN.get(layout) or partial(scorecard_table.as_html, by_perspective=is_all and order != "name")
    return tuple(Part(label=each.label, table=draw(card, each), is_all=is_all) for each in groups)


def _shown(card: Scorecard, layout: str) -> tuple[Entry, ...]:
    return tuple(each for each in card.entries if layout != "money" or _is_money(each.measure))


def _over_time(card: Scorecard, group: Group) -> str:
    """The latest figures of each measure with their colours: what grades, absence or audits did one after another."""
    columns = [
        Column(title="Measure"),
        Column(title="Latest"),
        *(Column(title=f"{back} before") for back in range(1, RECENT)),
    ]
    rows = [[entry.measure.title, *_lately(entry)] for entry in group.entries]
    of_all = f"{card.scope.name}: the latest figures of each measure, up to {card.when_in_words}"
    return _table(group.caption(of_all), columns, rows)


def _money(card: Scorecard, group: Group) -> str:
    """Pounds, and other measures of finance: budget, actual, variance, and what is expected at the year's end."""
    columns = [Column(title="Measure"), *(Column(title=title, is_number=True) for title in (
        "Budget or target", "Actual", "Variance", "Expected at year end", "Variance then",
    )), Column(title="Status")]  # fmt: skip
    rows = [_money_line(each) for each in group.entries]
    return _table(group.caption(f"{card.scope.name}, {card.when_in_words}: money"), columns, rows)


def _table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    return html_table.wrapped(caption, html_table.table(caption, columns, rows))


_DRAWN: dict[str, Callable[[Scorecard, Group], str]] = {"time": _over_time, "money": _money}


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


def _money_line(entry: Entry) -> list[str]:
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
