"""What is seen as a file to take away, a workbook or CSV: made when it is asked for, and it says what it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

import streamlit as st

from components.frame import page, sign_in
from components.parts.markup import plain
from performance.ground.measures import Measure
from performance.ground.periods import day_in_words
from performance.ground.values import Absence
from reporting.tables.facts import GAP, Table

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Tables = Callable[[], Sequence[Table]]
About = Sequence[tuple[str, str]]
Template = Callable[[], bytes | None] | None


def as_excel(label: str, tables: Tables, about: About, *, file: str, template: Template = None) -> None:
    """The button of a workbook; its last sheet is `about`, and its `template` one that was restyled."""
    facts = dict(about)
    known = ". ".join(facts[name].rstrip(".") for name in ("As known at", "Who may see it") if name in facts)
    told = {"title": about[0][1], "about": f"{known}.", "council": page.our_council()}
    st.download_button(
        plain(label), data=lambda: _workbook(tables, about, template, told), file_name=f"{safe(file)}.xlsx",
        mime=_EXCEL, on_click="ignore", key=f"excel_{file}",
    )  # fmt: skip


def as_csv(label: str, tables: Tables, *, file: str) -> None:
    """The button of a CSV file, in which the tables stand one under another."""
    st.download_button(
        plain(label), data=lambda: _csv(tables), file_name=f"{safe(file)}.csv", mime="text/csv",
        on_click="ignore", key=f"wide_csv_{file}",
    )  # fmt: skip


def about(title: str, *, of: str, at: datetime | None, in_full: Iterable[Measure] = ()) -> list[tuple[str, str]]:
    """What the file is, and who may see it. `of` is the page; `in_full` the measures of which small counts are seen."""
    return [
        ("What this is", title),
        ("Taken from", f"Golden Thread, {page.our_council()}: the page {of}"),
        ("As known at", known_in_words(at)),
        ("Who may see it", who(list(in_full))),
        ("A cell without a number", f"Says why there is none. {GAP} stands where there is no figure."),
    ]


def known_in_words(at: datetime | None) -> str:
    """When what is in it was known."""
    if at:
        return f"What was known at the end of {day_in_words(at.date())}"
    return f"What was known on {day_in_words(sign_in.arrive().today)}, when it was taken away"


def of_measure(measure: Measure) -> tuple[str, str]:
    """A measure's own line: what is good, what is counted, and where the figures come from."""
    source = f"Source: {measure.source.rstrip('.')}." if measure.source else "No source is named."
    made_up = "Illustrative figures, made for this demonstration." if measure.illustrative else ""
    good = f"{measure.polarity.in_words}."
    return f"{measure.title} ({measure.code})", " ".join(filter(None, (good, measure.definition, source, made_up)))


def _workbook(tables: Tables, about: About, template: Template, told: Mapping[str, str]) -> bytes:
    # pandas takes half a second to come, once: whoever takes nothing away does not wait for it.
    from reporting.tables import wide

    return wide.as_workbook(tables(), about, template=template() if template else None, told=told)


def _csv(tables: Tables) -> bytes:
    from reporting.tables import wide

    return wide.as_csv(tables())


def who(in_full: Sequence[Measure]) -> str:
    """Who may see a file in which small counts of people of these measures stand."""
    if not in_full:
        hidden = Absence.SUPPRESSED.in_words
        return f"Whoever sees the page. Small counts of people are not in it: their cells say “{hidden}”."
    titles = "; ".join(each.title for each in in_full)
    return (
        "Only those who may see small counts of people. They are shown to you and hidden from others, and stand in "
        f"this file as on your page: {titles}."
    )


def safe(name: str) -> str:
    return name.replace("/", "_")
