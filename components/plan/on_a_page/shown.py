"""A plan on a page as it is read: its place in the thread, why it matters, actions, measures, risks and lessons."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from html import escape

import streamlit as st

from components.frame import address, navigation, pick, sign_in
from components.parts import asset, delivery_history, html_table, rating
from components.parts.html_table import Cell, Column, Html
from components.parts.markup import plain
from components.plan.on_a_page import words
from cycle.plan.on_a_page import Shelf
from cycle.plan.page_view import Evidence, HistoryLine, PlanPage
from performance.ground.organisation import PlanNode
from performance.ground.people import Permission, User
from performance.ground.periods import day_in_words
from performance.review.scorecard import ScorecardLine
from reporting.charts import over_time

_STYLE = asset.style(__file__)


def day_asked() -> date | None:
    """The day in the address, as `on=2017-06-30`; None for today. Raises NothingThereError."""
    today = sign_in.arrive().today
    return address.day(name="on", first=date(today.year - 25, 1, 1), last=today)


def nothing(shelf: Shelf) -> None:
    """There was no plan on the day, or there is none yet."""
    if shelf.on < shelf.today:
        st.info(plain(f"There was no plan on {day_in_words(shelf.on)}."))
        st.page_link(navigation.find_entry("Plan on a page").file, label="See the plan as of today")
    else:
        st.info("There is no plan yet. It comes in with a setup workbook, or is refreshed from last year's.")


def choose(shelf: Shelf) -> str:
    """The page the address names, else the first; and the day it is to be read as of."""
    titles = {node.code: f"{words.kind_in_words(node)}: {node.title} ({node.code})" for node in shelf.nodes}
    left, right = st.columns([3, 1])
    st.session_state["plan_page_on"] = shelf.on
    with right:
        st.date_input(
            "As it stood on", max_value=shelf.today, format="DD/MM/YYYY", key="plan_page_on",
            on_change=_day_into_address, args=(shelf.today,),
        )  # fmt: skip
    asked = address.read("node")
    if asked and asked not in titles:
        sentence = f"“{asked[:60]}” was not in the plan on {day_in_words(shelf.on)}. Choose another day."
        raise address.NothingThereError(sentence, "node")
    with left:
        return pick.one("Page of the plan", titles, name="node", words=titles.__getitem__)


def _day_into_address(today: date) -> None:
    chosen: date = st.session_state["plan_page_on"]
    address.keep("on", "" if chosen is None or chosen >= today else chosen.isoformat())


def top(page: PlanPage) -> None:
    """Where it hangs, whose it is, when it was last reviewed, and how its measures stand."""
    node = page.node
    if page.on < page.today:
        st.info(
            plain(f"As it stood on {day_in_words(page.on)}: its words, actions and figures as they were known then.")
        )
    st.html(f'{_STYLE}<nav aria-label="Place in the golden thread">{_way(page)}</nav>')
    said = " ".join((*words.facts(page), f"Measures: {words.counts(page)}."))
    st.text(f"{words.kind_in_words(node)} {node.code}. {said}")


def _way(page: PlanPage) -> str:
    up = " › ".join((*(_link(each, page) for each in page.above), f"<strong>{escape(page.node.title)}</strong>"))
    down = ", ".join(_link(each, page) for each in page.below)
    below = f'<p class="thread-up">Below it: {down}</p>' if down else ""
    return f'<p class="thread-up">{up}</p>{below}'


def _link(node: PlanNode, page: PlanPage) -> str:
    day = {"on": page.on.isoformat()} if page.on < page.today else {}
    return navigation.link("Plan on a page", escape(node.title), node=node.code, **day)


def why(page: PlanPage) -> None:
    """Why it matters, and the figures that show it."""
    st.header("Why it matters", anchor=False)
    _prose(page.node.why or words.NO_WHY)
    if not page.evidence:
        st.caption("No measure is named as evidence yet.")
        return
    for place, each in zip(st.columns(len(page.evidence), gap="large"), page.evidence, strict=True):
        with place:
            _draw(each, page)


def _draw(evidence: Evidence, page: PlanPage) -> None:
    measure = evidence.measure
    st.subheader(plain(measure.title), anchor=False)
    st.caption(plain(words.said(evidence, page.place)))
    spec = _spec(evidence, page)
    if spec is None:
        return
    key = f"evidence_{page.node.code}_{measure.code}_{page.on}"
    st.vega_lite_chart(spec, alt=words.alt(evidence, page), theme=None, key=key, width="stretch")
    if measure.illustrative:
        st.caption("Illustrative figures.")


@lru_cache(maxsize=128)
def _spec(evidence: Evidence, page: PlanPage) -> over_time.Spec | None:
    if evidence.wards is not None:
        return over_time.ranking(words.ranking_of(evidence, page.place))
    chart = words.trend_of(evidence, page)
    return over_time.trend(chart, height=260) if chart else None


def actions(page: PlanPage) -> None:
    """Appendix A's columns."""
    st.header("Key actions", anchor=False)
    if not page.actions:
        st.write(words.NO_ACTIONS)
        return
    columns = [Column(title=title) for title in words.ACTION_COLUMNS]
    html_table.plain(f"Key actions of {page.node.title}", columns, [words.action_cells(each) for each in page.actions])
    delivery_history.show(((each.action.action, each.said) for each in page.actions), page.known_as)


def measures(page: PlanPage, *, user: User) -> None:
    """Each measure's status as word, shape and colour, with its latest figure, target and direction."""
    st.header("Measures", anchor=False)
    if page.measures_of:
        st.caption(plain(page.measures_of))
    if page.measures:
        may_open = user.may(Permission.VIEW_SCORECARDS)
        st.html(html_table.wrapped("Measures of this page of the plan", _measures(page, linked=may_open)))
    elif not page.by_ward_alone:
        st.write(words.NO_MEASURES)
    if page.by_ward_alone:
        st.caption(plain(f"By ward only: {'; '.join(measure.title for measure in page.by_ward_alone)}."))


@lru_cache(maxsize=128)
def _measures(page: PlanPage, *, linked: bool) -> str:
    columns = [Column(title=title) for title in words.MEASURE_COLUMNS]
    rows = [_measure(line, linked=linked) for line in page.measures]
    return f"{rating.STYLE}{html_table.table('Latest figures, and how they are rated', columns, rows)}"


def _measure(line: ScorecardLine, *, linked: bool) -> list[Cell]:
    title, _, *rest = words.measure_cells(line)
    name = escape(title)
    if linked:
        name = navigation.link("One measure", name, measure=line.measure.code, period=line.own_period.iso)
    return [Html(name), Html(rating.tag(line.rag)), *rest]


def risks(page: PlanPage) -> None:
    """In words and in number, with what is done about each."""
    st.header("Risks", anchor=False)
    if not page.risks:
        st.write(words.NO_RISKS)
        return
    columns = [Column(title=title) for title in ("Risk", "Likelihood and impact", "Owner", "What is done about it")]
    rows = [[each.risk.title, each.in_words, each.risk.owner_role, each.risk.mitigation] for each in page.risks]
    html_table.plain(f"Risks of {page.node.title}", columns, rows)


def lessons(page: PlanPage) -> None:
    st.header("Lessons", anchor=False)
    _prose(page.node.lessons or words.NO_LESSONS)


def history(lines: Sequence[HistoryLine]) -> None:
    """Who changed what, when and why; the newest first."""
    with st.expander(f"History: {len(lines)} change{'' if len(lines) == 1 else 's'}"):
        if not lines:
            st.write("Nothing has been changed since the plan was set up.")
            return
        titles = ("When", "Who", "What", "Before", "After", "Why")
        html_table.plain("What changed on this page", [Column(title=title) for title in titles], _changes(lines))


def _changes(lines: Sequence[HistoryLine]) -> list[list[str]]:
    return [
        [
            f"{line.at.astimezone():%d/%m/%Y %H:%M}"
            + (f", from {line.effective_on:%d/%m/%Y}" if line.effective_on > line.at.date() else ""),
            line.by,
            line.field,
            line.before or "–",
            line.after or "–",
            line.reason or "–",
        ]
        for line in lines
    ]


def _prose(text: str) -> None:
    st.html(f'<p class="prose">{escape(text)}</p>')
