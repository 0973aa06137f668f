"""What people told the council: counted by theme over time, drawn and as a table, and each record in words."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import streamlit as st

from components.frame import navigation, pick
from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.revise.feedback import FeedbackView
from performance.ground.measures import Measure
from performance.ground.periods import day_in_words
from performance.ground.values import round_half_up
from performance.revise.feedback import Feedback, FeedbackKind, ThemeTable, count_themes
from reporting.charts.alternative_text import themes_alt
from reporting.charts.over_time import Line, Trend
from reporting.charts.over_time import trend as trend_spec

_MOST_LINES, _MOST_SHOWN, _MOST_BESIDE, _MOST_QUARTERS, _LONGEST_NAME = 4, 30, 3, 12, 16
_ALL, _EVERY = {"": "All"}, "all"
_KINDS = (FeedbackKind.COMPLAINT, FeedbackKind.SURVEY, FeedbackKind.COMPLIMENT, FeedbackKind.CONSULTATION)


def narrow(view: FeedbackView) -> list[Feedback]:
    """The records that the choices in the address leave."""
    # A survey asks hundreds at once: what people say unasked is counted by itself, unless all is wanted.
    kinds = {each.value: each.in_words for each in _KINDS} | {_EVERY: "All"}
    years = _ALL | {each.year: each.year for each in view.records}
    used = {each.unit_code for each in view.records}
    units = _ALL | {code: name for code, name in view.units.items() if code in used}
    themes = _ALL | {theme: theme for theme in view.themes}
    columns = st.columns(4)
    chosen = {}
    for column, (name, label, options) in zip(
        columns,
        (("kind", "Kind", kinds), ("unit", "Service", units), ("theme", "Theme", themes), ("year", "Year", years)),
        strict=True,
    ):
        with column:
            chosen[name] = pick.one(label, options, name=name, words=options.__getitem__)
    return view.narrowed(
        kind="" if chosen["kind"] == _EVERY else chosen["kind"],
        unit_code=chosen["unit"],
        theme=chosen["theme"],
        year=chosen["year"],
    )


def show_themes(records: Sequence[Feedback]) -> None:
    """The sentence, the chart of the themes with the most, and the table of all."""
    table = count_themes(records)
    if not table.lines:
        st.info("Nothing is recorded of this yet.")
        return
    st.write(plain(_sentence(table)))
    if len(table.periods) > 1:
        st.vega_lite_chart(
            trend_spec(_trend(table, _short)), alt=themes_alt(_trend(table, str)), theme=None, width="stretch"
        )
    shown = table.periods[-_MOST_QUARTERS:]
    html_table.plain(
        "How many said it, by theme and quarter",
        [
            Column(title="Theme"),
            *(Column(title=period.short, is_number=True, leads=period == shown[-1]) for period in shown),
            Column(title="In all", is_number=True, leads=True),
            Column(title="With an action", is_number=True, leads=True),
        ],
        [
            *(
                [
                    line.theme,
                    *(_count(count) for count in line.counts[-_MOST_QUARTERS:]),
                    f"{line.total:,}",
                    f"{line.with_action} of {line.records}",
                ]
                for line in table.lines
            ),
            ["All themes", *(f"{count:,}" for count in table.totals[-_MOST_QUARTERS:]), f"{sum(table.totals):,}",
             f"{sum(line.with_action for line in table.lines)} of {len(records)}"],
        ],
    )  # fmt: skip


def show_records(records: Sequence[Feedback], view: FeedbackView) -> None:
    """Each record, the newest first: what was said, what was learnt and what is done."""
    for each in records[:_MOST_SHOWN]:
        with st.container(border=True, gap="xsmall"):
            _say(each, view)
            if each.measure_code is not None:
                st.page_link(
                    navigation.find_entry("One measure").file, query_params={"measure": each.measure_code},
                    label=f"See {plain(view.measures.get(each.measure_code, each.measure_code))}",
                )  # fmt: skip
    if len(records) > _MOST_SHOWN:
        st.caption(plain(f"And {len(records) - _MOST_SHOWN} more. Narrow them down above."))


def show_beside(measure: Measure, view: FeedbackView) -> None:
    """What was said of a measure, and then of its service, the newest first, folded; nothing without any."""
    records = view.beside(measure.code, measure.unit_code)
    if not records:
        return
    with st.expander(f"What people said of it and of its service ({len(records)})"):
        for each in records[:_MOST_BESIDE]:
            _say(each, view)
        st.page_link(navigation.find_entry("Feedback").file, label="All feedback of this service",
                     query_params={"kind": _EVERY, "unit": measure.unit_code})  # fmt: skip


def _say(each: Feedback, view: FeedbackView) -> None:
    unit = view.units.get(each.unit_code, each.unit_code)
    st.markdown(f"**{plain(each.theme)}: {plain(each.count_in_words)}.** {plain(each.kind.in_words)},"
                f" {plain(each.period.in_words)}. {plain(unit)}.")  # fmt: skip
    for label, words in (("Cause", each.cause), ("Learnt", each.learning), ("Action", _action(each, view))):
        if words:
            st.text(f"{label}: {words}")


def _sentence(table: ThemeTable) -> str:
    """The most frequent theme, and the one that grew most since the quarter before."""
    first = table.lines[0]
    share = round_half_up(Decimal(100 * first.total) / sum(table.totals), 0)
    said = f"{first.theme} stands first: {first.total:,} of {sum(table.totals):,} ({share}%)."
    if len(table.periods) < 2:
        return said
    pairs = [(line.theme, line.counts[-2] or 0, line.counts[-1] or 0) for line in table.lines]
    theme, before, now = max(pairs, key=lambda each: each[2] - each[1])
    newest = table.periods[-1].in_words
    if now <= before:
        return f"{said} No theme grew in {newest}."
    return f"{said} {theme} grew most in {newest}: from {before:,} to {now:,}."


def _short(theme: str) -> str:
    """As it fits beside a line on a telephone; the table has it whole."""
    return theme if len(theme) <= _LONGEST_NAME else f"{theme[: _LONGEST_NAME - 1].rstrip()}…"


def _count(count: int | None) -> str:
    return "–" if count is None else f"{count:,}"


def _action(record: Feedback, view: FeedbackView) -> str:
    """What is done, by whom and by when; as it stands on the service's return, once it is an action there."""
    action = view.actions.get(record.action_id or 0)
    if action is not None:
        return f"{action.action} ({action.responsible_role}{_by(action.ends_on)}): {action.status.in_words.lower()}"
    return f"{record.action} ({record.action_role}{_by(record.action_by)})" if record.action else ""


def _by(day: date | None) -> str:
    return f", by {day_in_words(day)}" if day else ""


def _trend(table: ThemeTable, name: Callable[[str], str]) -> Trend:
    lines = tuple(
        Line(
            name=name(line.theme),
            numbers=tuple(
                (period, Decimal(count))
                for period, count in zip(table.periods, line.counts, strict=True)
                if count is not None
            ),
        )
        for line in table.lines[:_MOST_LINES]
    )
    return Trend(periods=table.periods, lines=lines, unit="number")
