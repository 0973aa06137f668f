"""A plan on a page to take away: the same words and charts as on the screen, on one A4 side as Word or PDF."""

from dataclasses import replace
from functools import lru_cache

import streamlit as st

from components.frame import sheet_files
from components.plan.on_a_page import words
from cycle.plan.page_view import Evidence, PlanPage
from performance.ground.measures import Measure
from performance.ground.periods import day_in_words
from performance.report.templates import PLAN
from reporting.charts import over_time
from reporting.documents.plan_page import Grid, Picture, Sheet

_ENDS = 3
_WIDE, _HIGH = 430, 190


def show(page: PlanPage) -> None:
    """The page for each program."""
    with st.container(horizontal=True):
        sheet_files.buttons(PLAN, lambda: _sheet(page), name=_sheet(page).file_name)


@lru_cache(maxsize=32)
def _sheet(page: PlanPage) -> Sheet:
    node = page.node
    illustrative = any(measure.illustrative for measure in _measures(page))
    return Sheet(
        title=node.title,
        subject=f"{words.kind_in_words(node)} {node.code}, {page.council_name}",
        council=page.council_name,
        thread=" › ".join((*(each.title for each in page.above), node.title)),
        facts=" ".join(words.facts(page)),
        why=node.why or words.NO_WHY,
        pictures=tuple(picture for each in page.evidence if (picture := _picture(each, page))),
        grids=(_actions(page), _measured(page), _risks(page)),
        lessons=node.lessons or words.NO_LESSONS,
        foot=f"{page.council_name}. As it stood on {day_in_words(page.on)}."
        + (" Some figures are illustrative." if illustrative else ""),
        file_name=f"plan-on-a-page-{node.code}-{page.on:%Y-%m-%d}",
    )


def _measures(page: PlanPage) -> list[Measure]:
    return [*(line.measure for line in page.measures), *(each.measure for each in page.evidence)]


def _picture(evidence: Evidence, page: PlanPage) -> Picture | None:
    chart = None if evidence.wards is not None else words.trend_of(evidence, page)
    if evidence.wards is not None:
        spec = _ends(evidence, page.place)
    elif chart:
        spec = over_time.trend(chart, width=_WIDE, height=_HIGH)
    else:
        return None
    said, alt = words.said(evidence, page.place), words.alt(evidence, page)
    return Picture(title=evidence.measure.title, said=said, alt=alt, spec=spec, trend=chart)


def _ends(evidence: Evidence, place: str) -> over_time.Spec:
    """On paper the highest and the lowest wards: all of them would be too small to read."""
    chart = words.ranking_of(evidence, place)
    if len(chart.bars) > 2 * _ENDS:
        chart = replace(chart, bars=(*chart.bars[:_ENDS], *chart.bars[-_ENDS:]))
    return over_time.ranking(chart, width=_WIDE)


def _actions(page: PlanPage) -> Grid:
    return Grid(
        title="Key actions",
        header=tuple(words.ACTION_COLUMNS),
        widths=(27, 17, 20, 13, 13, 17, 11),
        rows=tuple(tuple(words.action_cells(each)) for each in page.actions),
        empty=words.NO_ACTIONS,
        noun="action",
        part="actions",
    )


def _measured(page: PlanPage) -> Grid:
    return Grid(
        title="Measures" if not page.measures else f"Measures: {words.counts(page)}",
        header=tuple(words.MEASURE_COLUMNS),
        widths=(40, 16, 20, 14, 18, 18),
        rows=tuple(tuple(words.measure_cells(line)) for line in page.measures),
        empty=words.NO_MEASURES,
        noun="measure",
        part="measures",
        tagged=1,
        tags=tuple(line.rag.value for line in page.measures),
    )


def _risks(page: PlanPage) -> Grid:
    return Grid(
        title="Risks",
        header=("Risk", "How high", "What is done about it"),
        widths=(30, 32, 38),
        rows=tuple((each.risk.title, each.in_words, each.risk.mitigation) for each in page.risks),
        empty=words.NO_RISKS,
        noun="risk",
        part="risks",
    )
