"""Changing an annual report: its sections and their text, the order of everything, and the report itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.parts import afresh, typed_text
from components.parts.markup import plain
from components.report.annual import shown
from cycle.report.annual.reports import Change, Rename, Reorder, ReportView, TakeOut
from performance.report.annual import LONGEST_TEXT, LONGEST_TITLE, AnnualReport, Place, Section


@dataclass(frozen=True, kw_only=True)
class BeginNext:
    """The report of the next year, made of this one."""


@dataclass(frozen=True, kw_only=True)
class Remove:
    """The whole report."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked for, of the report as it was seen."""

    what: Change | BeginNext | Remove
    version: int


def ask(view: ReportView) -> Wish | None:
    """All of the report with what can be done to each part; answers what was asked for."""
    # All of it is drawn, whatever was pressed.
    found = list(_ask(view))
    return next(iter(found), None)


def begin(report: AnnualReport) -> None:
    """What was typed is kept: the boxes show what is stored from here on."""
    afresh.begin(_about(report))


def _ask(view: ReportView) -> Iterator[Wish]:
    report, number = view.report, 0
    yield from _ask_order(view)
    for section in report.sections:
        st.header(plain(section.title), anchor=False)
        if section.text:
            st.text(section.text)
        yield from _ask_section(report, section)
        for chart in section.charts:
            number += 1
            with st.container(border=True, gap="small"):
                shown.chart(view, chart, number)
                if seen := _pressed(f"Take figure {number} out", f"out-{chart.id}", report):
                    yield Wish(what=TakeOut(chart_id=chart.id), version=seen)
        shown.add_chart(view, section)
    yield from _ask_new_section(report)
    yield from _ask_report(report)


def _ask_section(report: AnnualReport, section: Section) -> Iterator[Wish]:
    name = f"section-{section.id}"
    with st.expander(plain(f"Change the heading and text of {section.title}")):
        with st.form(f"{name}-{report.id}", border=False):
            title = typed_text.line("Heading", value=section.title, key=_key(name, report), at_most=LONGEST_TITLE)
            text = typed_text.area(
                "Text", value=section.text, key=_key(f"{name}-text", report), at_most=LONGEST_TEXT, height=160
            )
            if seen := _sent("Keep the section", name, report):
                yield Wish(what=Section(id=section.id, title=title, text=text), version=seen)
        without = f"Take the section out, with its {len(section.charts)} charts" if section.charts else "Take it out"
        if seen := _pressed(without, f"{name}-out", report):
            yield Wish(what=TakeOut(section_id=section.id), version=seen)


def _ask_new_section(report: AnnualReport) -> Iterator[Wish]:
    with st.expander("Add a section"), st.form(f"new-section-{report.id}", border=False):
        title = typed_text.line("Heading", key=_key("new-section", report), at_most=LONGEST_TITLE)
        text = typed_text.area("Text", key=_key("new-text", report), at_most=LONGEST_TEXT, height=160)
        if seen := _sent("Add the section", "new-section", report):
            yield Wish(what=Section(title=title, text=text), version=seen)


def _ask_order(view: ReportView) -> Iterator[Wish]:
    """A number for each part, and for charts their section: what is written anew moves there."""
    report, titles = view.report, {each.id: each.title for each in view.report.sections}
    if len(report.sections) + len(report.charts) < 2:
        return
    places: dict[int, Place] = {}
    with st.expander("Change the order"), st.form(f"order-{report.id}", border=False):
        for at, section in enumerate(report.sections, start=1):
            st.subheader(plain(section.title), anchor=False)
            number = _ask_number(f"Section number: {section.title}", at, f"place-{section.id}", report)
            places[section.id] = Place(number=number)
            for at_chart, chart in enumerate(section.charts, start=1):
                title = view.charts[chart.id].title
                left, right = st.columns([1, 3])
                with left:
                    number = _ask_number(f"Place: {title}", at_chart, f"place-{chart.id}", report)
                section_id = right.selectbox(
                    plain(f"Section: {title}"), list(titles), index=list(titles).index(section.id),
                    format_func=titles.__getitem__, key=_key(f"in-{chart.id}", report),
                )  # fmt: skip
                places[chart.id] = Place(section_id=section_id, number=number)
        if seen := _sent("Keep the order", "order", report):
            yield Wish(what=Reorder(places=places), version=seen)


def _ask_number(label: str, at: int, name: str, report: AnnualReport) -> int:
    return int(st.number_input(plain(label), min_value=1, value=at, step=1, key=_key(name, report)))


def _ask_report(report: AnnualReport) -> Iterator[Wish]:
    st.header("The report itself", anchor=False)
    following = report.year.following.short
    if seen := _pressed(f"Begin the report of {following} from this one", "next", report, type="primary"):
        yield Wish(what=BeginNext(), version=seen)
    with st.expander("Change its name, or take it away"):
        with st.form(f"rename-{report.id}", border=False):
            title = typed_text.line(
                "What it is called", value=report.title, key=_key("rename", report), at_most=LONGEST_TITLE
            )
            if seen := _sent("Keep the name", "rename", report):
                yield Wish(what=Rename(title=title), version=seen)
        sure = st.checkbox("All that is written in it is to go", key=_key("sure", report))
        if seen := _pressed("Take the report away", "remove", report, disabled=not sure):
            yield Wish(what=Remove(), version=seen)


def _sent(label: str, name: str, report: AnnualReport) -> int | None:
    seen = f"seen-{name}-{report.id}"
    st.form_submit_button(plain(label), type="primary", on_click=_note, args=(seen, report.version))
    version: int | None = st.session_state.pop(seen, None)
    return version


def _pressed(label: str, name: str, report: AnnualReport, **look: Any) -> int | None:
    """The version that was seen as the button was pressed; None where it was not."""
    seen = f"seen-{name}-{report.id}"
    st.button(plain(label), key=f"annual-{name}-{report.id}", on_click=_note, args=(seen, report.version), **look)
    version: int | None = st.session_state.pop(seen, None)
    return version


def _note(seen: str, version: int) -> None:
    st.session_state[seen] = version


def _key(name: str, report: AnnualReport) -> str:
    return afresh.key(name, _about(report))


def _about(report: AnnualReport) -> str:
    return f"annual-report-{report.id}"
