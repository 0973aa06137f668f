"""One edition as its readers see it: what it comes to, each red with its story, what is restated, and every line."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.frame import address, navigation
from components.parts import html_table, rating
from components.parts.html_table import Cell, Column, Html
from components.parts.markup import plain
from components.report.editions.listed import stands
from cycle.report.editions.shown import EditionView
from performance.ground.periods import day_in_words
from performance.ground.reckoning.rag import Standing
from performance.report.editions import EditionState
from performance.report.frozen import FrozenLine
from performance.report.restated import Restated

_COLUMNS = [
    Column(title="Measure"), Column(title="Target", is_number=True), Column(title="Figure", is_number=True),
    Column(title="Status"), Column(title="Direction"), Column(title="Year to date"),
]  # fmt: skip


def asked() -> int | None:
    """The edition that the address names."""
    return address.as_number(address.read("edition"))


def head(view: EditionView) -> None:
    """Which edition it is and how it stands; and the way back."""
    edition = view.edition
    meets = f"For the meeting on {day_in_words(edition.meets_on)}."
    st.text(
        " ".join(filter(None, (edition.reference + ".", meets, stands(edition), edition.when_in_words(view.today))))
    )
    if edition.published_at and edition.published_by:
        day, who = day_in_words(edition.published_at.astimezone().date()), edition.published_by
        st.caption(plain(f"Published on {day} by {view.known_as.get(who, who)}."))
    st.page_link(navigation.find_entry("Editions").file, label="All editions")


def checks(view: EditionView) -> None:
    """What its makers look at before they publish: what has not come in, and what reds lack."""
    if not view.may_make or view.edition.is_published:
        return
    if view.edition.state is EditionState.PLANNED:
        _listed("Not signed off or not received yet", view.awaited)
        return
    there = len(view.lines) - len(view.missing)
    st.write(plain(f"Figures in and signed off: {there} of {len(view.lines)}."))
    _listed("Not signed off or not received", [f"{each.title} ({each.unit_name})" for each in view.missing])
    reds = view.reds
    st.write(plain(f"Reds with a comparator, a cause and an action: {len(reds) - len(view.lacking)} of {len(reds)}."))
    _listed("Reds that lack something", [f"{each.title}: {', '.join(each.lacks)}" for each in view.lacking])


def lines(view: EditionView) -> None:
    """What was frozen, the reds first with their stories, then every line in a table."""
    if not view.lines:
        return
    st.header("What it says", anchor=False)
    st.html(rating.STYLE + _counts(view.lines))
    if reds := view.reds:
        st.header(f"Red: {len(reds)}, the worst first", anchor=False)
    for each in reds:
        _red(each)
    st.header("Every measure", anchor=False)
    caption = f"{view.edition.title}, as known on {_known(view)}"
    html_table.plain(caption, _COLUMNS, [_row(each) for each in view.lines])


def restated(view: EditionView) -> None:
    """Figures that would read otherwise today: was, now, and why."""
    if not view.restated:
        return
    since = "since it was published" if view.edition.is_published else "since it was frozen"
    st.header(f"Restated {since}: {len(view.restated)}", anchor=False)
    st.write("The edition stays as it is. This is what is known of the same figures now.")
    columns = [Column(title="Measure"), Column(title="In this edition"), Column(title="Now"), Column(title="Why")]
    html_table.plain("Figures restated since", columns, [_restated(each) for each in view.restated])


def _restated(each: Restated) -> list[Cell]:
    was, now = (f"{line.in_short}; {line.held_against}" for line in (each.was, each.now))
    return [f"{each.was.title}, {each.was.period.in_words}", was, now, each.because]


def _known(view: EditionView) -> str:
    freeze = view.edition.freeze
    return day_in_words(freeze.at.astimezone().date()) if freeze else ""


def _counts(found: Sequence[FrozenLine]) -> str:
    counted = [(standing, sum(Standing.of(each.rag) is standing for each in found)) for standing in Standing]
    said = "; ".join(f"{standing.in_words}: {many}" for standing, many in counted if many)
    return f"<p>{escape(f'{len(found)} measures. {said}.')}</p>"


def _red(line: FrozenLine) -> None:
    with st.container(border=True, gap="small"):
        st.subheader(plain(line.title), anchor=False)
        figure = f"{line.figure} in {line.period.in_words}, {line.held_against}"
        st.html(f"<p style='margin:0'>{rating.STYLE}{rating.tag(line.rag)} {escape(figure)}</p>")
        st.text(f"{line.polarity.in_words}. {line.bands}")
        st.text(f"{line.heading}. {line.usual[0].upper()}{line.usual[1:]}.")
        st.text(_compared(line) or "No comparator is published for this measure.")
        if line.outlook:
            st.text(f"Expected for the year: {line.outlook.in_words}.")
        st.text(line.commentary or "Its service has said nothing of this figure.")
        st.caption(plain(f"{line.measure_code}. {line.unit_name}.{' Illustrative.' if line.is_illustrative else ''}"))


def _compared(line: FrozenLine) -> str:
    return "; ".join(each.in_words for each in line.comparators)


def _row(line: FrozenLine) -> list[Cell]:
    notes = ", ".join(filter(None, (line.period.short, line.firmness)))
    about = f"{line.measure_code}. {line.polarity.in_words}. {line.unit_name}."
    compared = f"<br><small>{escape(_compared(line))}</small>" if line.comparators else ""
    return [
        Html(f"{escape(line.title)}<br><small>{escape(about)}</small>{compared}"),
        line.target_in_words,
        Html(f"{escape(line.figure)}<br><small>{escape(notes)}</small>"),
        Html(rating.tag(line.rag)),
        line.heading,
        line.to_date.in_words if line.to_date else "–",
    ]


def _listed(label: str, found: Sequence[str]) -> None:
    if not found:
        return
    with st.expander(f"{label}: {len(found)}"):
        for each in found:
            st.text(each)
