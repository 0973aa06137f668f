"""The ways to lay a scorecard out: balanced, over time, and as money, staffing and quality assurance are read."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import streamlit as st

from components.frame import pick
from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from components.parts.words import on_page
from components.review.scorecard import assurance, download, folds, money, people, table
from components.review.scorecard.folds import Group, Part
from cycle.ground.series.lately import Recent
from cycle.ground.series.scoring import RECENT, Entry, Scorecard
from performance.ground.measures import Measure
from performance.ground.values import round_half_up

LAYOUTS = {
    "balanced": "Balanced scorecard",
    "time": "Over time",
    "money": "Money against budget",
    "people": "HR and staffing",
    "quality": "Quality assurance by theme",
}
# Of the headings of each, what the glossary has.
_WORDS = {
    "balanced": ("Target", "Status", "Lately", "Direction", "Year to date", "At year end"),
    "time": (),
    "money": ("Status",),
    "people": ("Target", "Status", "Lately"),
    "quality": ("Target",),
}


def choose() -> str:
    """Which layout. Raises NothingThereError."""
    return pick.one("Layout", LAYOUTS, name="layout", words=LAYOUTS.__getitem__)


def choose_order() -> str:
    """In which order the lines stand. Raises NothingThereError."""
    return pick.one("Order", folds.ORDERS, name="order", words=folds.ORDERS.__getitem__)


def show(card: Scorecard, *, layout: str, order: str, unfolded: bool) -> None:
    """The scorecard in the layout that was chosen, folded where it is more than a person takes in.

    `unfolded` opens every fold, for someone who narrowed it.
    """
    parts = _parts(card, layout, order)
    if not parts:
        st.info(plain(_NOTHING.get(layout, "No measure of this part of the council is shown.")))
    on_page.explain(*(_WORDS[layout] if parts else ()))
    folds.show(parts, unfolded=unfolded)
    if (shown := _shown(card, layout)) and not card.to_come:
        words = (LAYOUTS[layout].lower(),) if len(shown) < len(card.entries) else ()
        download.show(card.only(shown, *words), order=order)


@lru_cache(maxsize=128)
def _parts(card: Scorecard, layout: str, order: str) -> tuple[Part, ...]:
    shown = _shown(card, layout)
    groups = folds.groups_of(folds.in_order(shown, order), order) if shown else ()
    is_all = len(groups) == 1 and not groups[0].title
    draw = _DRAWN.get(layout) or partial(table.as_html, by_perspective=is_all and order != "name")
    return tuple(Part(label=each.label, table=draw(card, each), is_all=is_all) for each in groups)


def _shown(card: Scorecard, layout: str) -> tuple[Entry, ...]:
    belongs = _BELONGS.get(layout)
    return card.entries if belongs is None else tuple(each for each in card.entries if belongs(each.measure))


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


def _table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    return html_table.wrapped(caption, html_table.table(caption, columns, rows))


_DRAWN: dict[str, Callable[[Scorecard, Group], str]] = {
    "time": _over_time,
    "money": money.as_html,
    "people": people.as_html,
    "quality": assurance.as_html,
}
_BELONGS: dict[str, Callable[[Measure], bool]] = {
    "money": money.is_money,
    "people": people.is_of_people,
    "quality": assurance.is_of_quality,
}
_NOTHING = {
    "money": "No measure of this part of the council is in pounds or about finance.",
    "people": "No measure of this part of the council is about HR and staffing.",
    "quality": "No measure of this part of the council comes from quality assurance.",
}


def _lately(entry: Entry) -> list[str]:
    recent = list(reversed(entry.recent[-RECENT:]))
    said = [_figure(entry.measure, each) for each in recent]
    return said + ["–"] * (RECENT - len(said))


def _figure(measure: Measure, recent: Recent) -> str:
    if recent.number is None:
        return f"{recent.rag.in_words}, {recent.period.short}"
    number = measure.print_value(round_half_up(recent.number, measure.decimals))
    return f"{number} {recent.rag.shape} {recent.rag.in_words}, {recent.period.short}"
