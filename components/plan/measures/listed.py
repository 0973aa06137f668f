"""The register as a table, narrowed by what stands in the address, and the measures that might be given up."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.frame import navigation, pick
from components.parts import html_table
from components.parts.html_table import Cell, Column, Html
from components.parts.markup import plain
from cycle.plan.register_view import RegisterLine, RegisterView
from performance.ground.measures import ContentKind, Perspective
from performance.ground.organisation import units_below
from performance.ground.periods import day_in_words

_ALL = ""
_ORDERS = {"": "Worst health first", "code": "Code"}
_IN_USE = {"": "In use", "retired": "Retired", "all": "In use and retired"}


def choose(view: RegisterView) -> list[RegisterLine]:
    """The measures of the unit and all below it, of the kind and perspective, that hold the words sought, in order."""
    measured = {line.measure.unit_code for line in view.lines}
    parents = [(unit.code, unit.parent_code) for unit in view.units]
    below = {unit.code: units_below(unit.code, parents) for unit in view.units}
    units = {_ALL: "Whole council"} | {unit.code: unit.name for unit in view.units if below[unit.code] & measured}
    kinds = {_ALL: "Every kind"} | {each.value: each.in_words for each in ContentKind}
    perspectives = {_ALL: "Every perspective"} | {each.value: each.in_words for each in Perspective}
    left, middle, right = st.columns(3)
    with left:
        unit = pick.one("Part of the council", units, name="unit", words=units.__getitem__)
        sought = pick.text("Find", name="find", placeholder="A word of a title, owner or code")
    with middle:
        kind = pick.one("Kind", kinds, name="kind", words=kinds.__getitem__)
        state = pick.one("Shown", _IN_USE, name="shown", words=_IN_USE.__getitem__)
    with right:
        perspective = pick.one("Perspective", perspectives, name="perspective", words=perspectives.__getitem__)
        order = pick.one("Order", _ORDERS, name="order", words=_ORDERS.__getitem__)
    found = [
        line
        for line in view.lines
        if (not unit or line.measure.unit_code in below[unit])
        and kind in {_ALL, line.measure.content_kind.value}
        and perspective in {_ALL, line.measure.perspective.value}
        and (state == "all" or line.is_in_use is (state != "retired"))
        and _holds(line, sought)
    ]
    # Among those that pass as many tests the order of the register stays.
    return found if order else sorted(found, key=lambda line: line.passed)


def show(lines: Sequence[RegisterLine]) -> None:
    """Every measure with its owner, how often it is due, its method's version and its health."""
    if not lines:
        st.info("No measure fits. Choose another part of the council, or fewer words.")
        return
    st.write(f"{len(lines)} {'measure' if len(lines) == 1 else 'measures'}.")
    columns = [
        Column(title=title, leads=title in {"Owner", "Frequency", "Health"})
        for title in ("Measure", "Good is", "Owner", "Frequency", "Method", "Health", "What to do first")
    ]
    html_table.plain("The register of measures", columns, [_row(line) for line in lines])


def open_one(lines: Sequence[RegisterLine]) -> None:
    """The way to a measure's documentation."""
    titles = {line.measure.code: f"{line.measure.title} ({line.measure.code})" for line in lines}
    chosen = st.selectbox(
        "Open the documentation of", titles, format_func=titles.__getitem__, index=None,
        placeholder="Choose a measure", key="pick_method_to_open",
    )  # fmt: skip
    if chosen:
        st.switch_page(navigation.find_entry("Document a measure").file, query_params={"measure": chosen})


def cull(view: RegisterView, lines: Sequence[RegisterLine]) -> None:
    """Measures in use that nobody opens, that never move, or that nobody keeps up to date."""
    found = [line for line in lines if line.why_cull]
    st.header(f"Worth asking whether they are needed: {len(found)}", anchor=False)
    since = f"Openings are counted since {day_in_words(view.counted_since)}" if view.counted_since else "Not yet opened"
    st.caption(plain(f"{since}; a measure counts as unopened after 12 months without a visit."))
    if not found:
        st.write("Every measure in use is opened, moves, and is kept up to date.")
        return
    columns = [Column(title="Measure"), Column(title="Owner"), Column(title="Why")]
    rows: list[list[Cell]] = [
        [
            Html(f"{_link(line)} ({escape(line.measure.code)})"),
            line.measure.owner_role or "Not named",
            " ".join(line.why_cull),
        ]
        for line in found
    ]
    html_table.plain("Measures that might be given up", columns, rows)


def _holds(line: RegisterLine, sought: str) -> bool:
    text = f"{line.measure.code} {line.measure.title} {line.measure.owner_role}".casefold()
    return all(word in text for word in sought.casefold().split())


def _link(line: RegisterLine) -> str:
    """The measure's title as a link to all that is known of it, as HTML."""
    title = line.measure.title if line.is_in_use else f"{line.measure.title} (retired)"
    return navigation.link("One measure", escape(title), measure=line.measure.code)


def _row(line: RegisterLine) -> list[Cell]:
    measure = line.measure
    owner = measure.owner_role or "Not named"
    reviewed = measure.methodology_reviewed_on
    method = f"Version {line.method_version}" + (f", reviewed {reviewed:%-d %b %Y}" if reviewed else ", never reviewed")
    first = next((finding for finding in line.findings if not finding.passed), None)
    return [
        Html(f"{_link(line)} ({escape(measure.code)})"),
        measure.polarity.in_words,
        f"{owner} (not in post)" if line.why_vacant else owner,
        measure.frequency.value.capitalize(),
        method if measure.methodology else "Not written",
        f"{line.passed} of {len(line.findings)}",
        first.test.what_to_do if first else "Nothing",
    ]
