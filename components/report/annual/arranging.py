"""Changing an annual report: its sections and their text, the order of everything, and the report itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.parts import afresh, typed_text
from components.parts.markup import plain
from components.report.annual import shown, since
from cycle.report.annual.reports import ReportView
from performance.report.annual import LONGEST_TEXT, LONGEST_TITLE, AnnualReport, Place, Section
from performance.report.annual_changes import AddCharts, Change, KeepChart, Rename, Reorder, TakeOut, Touched, touched


@dataclass(frozen=True, kw_only=True)
class BeginNext:
    """The report of the next year, made of this one."""


@dataclass(frozen=True, kw_only=True)
class Remove:
    """The whole report."""


@dataclass(frozen=True, kw_only=True)
class AddSeveral:
    """A chart of each measure, as its figures suggest it, at the end of a section."""

    measure_codes: tuple[str, ...]
    section_id: int


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked for, and how what it touches stood as it was asked."""

    what: Change | AddSeveral | BeginNext | Remove
    seen: Touched = ()


def ask(view: ReportView) -> Wish | None:
    """All of the report with what can be done to each part; answers what was asked for."""
    # All of it is drawn, whatever was pressed.
    found = list(_ask(view))
    return next(iter(found), None)


def begin(report: AnnualReport) -> None:
    """What was typed is kept: the boxes show what is stored from here on."""
    afresh.begin(_about(report))


def begin_several(report: AnnualReport, section_id: int) -> None:
    """The measures that were chosen for a section are in it; whatever else is half typed or chosen stays."""
    afresh.begin(_of_several(report, section_id))


def have_read(report: AnnualReport, wish: Wish) -> None:
    """What somebody else made of the part has been shown: the same change may now be made to it."""
    if not isinstance(wish.what, AddSeveral | BeginNext | Remove):
        since.renew(_part(wish.what), _about(report), touched(report, wish.what))


def _ask(view: ReportView) -> Iterator[Wish]:
    report = view.report
    yield from _ask_order(view)
    for section in report.sections:
        st.header(plain(section.title), anchor=False)
        if section.text:
            st.text(section.text)
        yield from _ask_section(report, section)
        for chart in section.charts:
            with st.container(border=True, gap="small"):
                shown.chart(view, chart)
                yield from _asked(f"Take {shown.called(view, chart)} out", TakeOut(chart_id=chart.id), report)
        shown.add_chart(view, section)
        yield from _ask_several(view, section)
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
            yield from _sent("Keep the section", Section(id=section.id, title=title, text=text), report)
        many, sure = len(section.charts), True
        if many:
            charts = f"{many} chart{'' if many == 1 else 's'}"
            sure = st.checkbox(plain(f"{section.title} is to go with its {charts}"), key=_key(f"{name}-sure", report))
        without = "Take the section out, with its charts" if many else "Take the section out"
        yield from _asked(without, TakeOut(section_id=section.id), report, disabled=not sure)


def _ask_several(view: ReportView, section: Section) -> Iterator[Wish]:
    """Measures that the report has no chart of yet; each may be changed afterwards."""
    there, name = {each.measure_code for each in view.report.charts}, f"several-{section.id}"
    titles = {each.code: f"{each.title} ({each.code})" for each in view.measures if each.code not in there}
    with (
        st.expander(plain(f"Add charts of several measures to {section.title}"), expanded=not section.charts),
        st.form(f"{name}-{view.report.id}", border=False),
    ):
        chosen = st.multiselect(
            plain(f"Measures to draw in {section.title}"), list(titles), format_func=titles.__getitem__,
            key=afresh.key(name, _of_several(view.report, section.id)), placeholder="Choose measures", select_all=False,
        )  # fmt: skip
        st.text(
            "Each is drawn by years where one is over, else by its own periods, with the words that its figures"
            " suggest. Change what you like afterwards."
        )
        if st.form_submit_button(plain(f"Add their charts to {section.title}"), type="primary"):
            yield Wish(what=AddSeveral(measure_codes=tuple(chosen), section_id=section.id))


def _ask_new_section(report: AnnualReport) -> Iterator[Wish]:
    with st.expander("Add a section", expanded=not report.charts), st.form(f"new-section-{report.id}", border=False):
        title = typed_text.line("Heading", key=_key("new-section", report), at_most=LONGEST_TITLE)
        text = typed_text.area("Text", key=_key("new-text", report), at_most=LONGEST_TEXT, height=160)
        yield from _sent("Add the section", Section(title=title, text=text), report)


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
        yield from _sent("Keep the order", Reorder(places=places), report)


def _ask_number(label: str, at: int, name: str, report: AnnualReport) -> int:
    return int(st.number_input(plain(label), min_value=1, value=at, step=1, key=_key(name, report)))


def _ask_report(report: AnnualReport) -> Iterator[Wish]:
    st.header("The report itself", anchor=False)
    following = report.year.following.short
    if st.button(plain(f"Begin the report of {following} from this one"), key=f"next-{report.id}", type="primary"):
        yield Wish(what=BeginNext())
    with st.expander("Change its name, or take it away"):
        with st.form(f"rename-{report.id}", border=False):
            title = typed_text.line(
                "What it is called", value=report.title, key=_key("rename", report), at_most=LONGEST_TITLE
            )
            yield from _sent("Keep the name", Rename(title=title), report)
        sure = st.checkbox("All that is written in it is to go", key=_key("sure", report))
        if st.button("Take the report away", key=f"remove-{report.id}", disabled=not sure):
            yield Wish(what=Remove())


def _sent(label: str, change: Change, report: AnnualReport) -> Iterator[Wish]:
    """The button of a form; what the change touches is seen as the boxes are first drawn, and not at each redrawing."""
    seen = since.seen(_part(change), _about(report), touched(report, change))
    if st.form_submit_button(plain(label), type="primary"):
        yield Wish(what=change, seen=seen)


def _asked(label: str, change: Change, report: AnnualReport, **look: Any) -> Iterator[Wish]:
    """A button of its own: what it takes is what stood there as it was drawn, and not as it is answered."""
    name = f"{_part(change)}-{report.id}"
    pressed = st.button(plain(label), key=name, on_click=_note, args=(name, touched(report, change)), **look)
    if pressed:
        yield Wish(what=change, seen=st.session_state.pop(f"seen-{name}", ()))


def _note(name: str, seen: Touched) -> None:
    st.session_state[f"seen-{name}"] = seen


def _part(change: Change) -> str:
    """The part of the report that a change is of, as a key."""
    match change:
        case Section(id=section_id):
            return f"section-{section_id}"
        case TakeOut(chart_id=chart_id, section_id=section_id):
            return f"out-{chart_id}-{section_id}"
        case KeepChart(chart=chart):
            return f"chart-{chart.id}"
        case AddCharts(section_id=section_id):
            return f"several-{section_id}"
        case Reorder():
            return "order"
        case Rename():
            return "name"


def _key(name: str, report: AnnualReport) -> str:
    return afresh.key(name, _about(report))


def _of_several(report: AnnualReport, section_id: int) -> str:
    return f"{_about(report)}-several-{section_id}"


def _about(report: AnnualReport) -> str:
    return f"annual-report-{report.id}"
