"""A draft, or an adopted plan, as people read it: what differs by priority, and the plan as it would be."""

import streamlit as st

from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.plan.refresh_view import RefreshView
from performance.ground.periods import day_in_words
from performance.plan.refresh import Noun, RefreshState, in_order
from reporting.documents import refresh_diff

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_COLUMNS = [Column(title=title) for title in ("Part of the plan", "What", "Field", "This year", "Next year")]


def show_state(view: RefreshView) -> None:
    """Where it stands, by whom and since when, and what differs in a sentence."""
    refresh = view.refresh
    st.header(plain(refresh.title), anchor=False)
    starts = day_in_words(refresh.starts_on)
    if refresh.state is RefreshState.DRAFT:
        opened = f"{view.who(refresh.opened_by)} opened this draft on {day_in_words(refresh.opened_at.date())}."
        st.write(plain(f"{opened} Once adopted, it takes effect on {starts}. Until then this year's plan holds."))
    elif refresh.decided_at is not None:
        who, when = view.who(refresh.decided_by), day_in_words(refresh.decided_at.date())
        reason = f" Why: {refresh.reason}" if refresh.reason else ""
        takes = f" It takes effect on {starts}." if refresh.state is RefreshState.ADOPTED else ""
        st.text(f"{who} {refresh.state.value} it on {when}.{takes}{reason}")
    st.text(view.diff.in_words)


def show_diff(view: RefreshView, *, author: str) -> None:
    """This year against next, a table a priority, and the same as a Word document."""
    st.header("What differs from this year", anchor=False)
    if view.diff.is_empty:
        st.write("Nothing yet: everything is carried over as it is.")
    for group in view.diff.groups:
        if group.rows:
            rows = [[row.name, row.what, row.field, row.before, row.after] for row in group.rows]
            html_table.plain(f"{group.title}: {group.carried_over} carried over as they are", _COLUMNS, rows)
    same = [f"{group.title}: {group.carried_over}" for group in view.diff.groups if not group.rows]
    if same and not view.diff.is_empty:
        st.text("Carried over as a whole. " + ". ".join(same) + ".")
    st.download_button(
        "Word document of what differs", data=lambda: refresh_diff.document(view.diff, author=author),
        file_name=f"{_file_name(view.refresh.title)}.docx", mime=_WORD, on_click="ignore",
    )  # fmt: skip


def show_preview(view: RefreshView) -> None:
    """The plan of the first day as a table, read as a tree."""
    measures: dict[str | None, int] = {}
    for code in view.next_year.links.values():
        measures[code] = measures.get(code, 0) + 1
    with st.expander(plain(f"The plan on {day_in_words(view.refresh.starts_on)}: {len(view.next_year.nodes)} parts")):
        html_table.plain(
            f"{view.refresh.title}, in order",
            [Column(title="Part of the plan"), Column(title="Kind"), Column(title="Owner role"),
             Column(title="Measures", is_number=True), Column(title="In the draft")],
            [
                [f"{'› ' * depth}{node.title}", node.kind.value.capitalize(), node.owner_role or "Nobody named",
                 str(measures.get(node.code, 0)), _said(view, node.code)]
                for depth, node in in_order(view.next_year.nodes)
            ],
        )  # fmt: skip


def _said(view: RefreshView, code: str) -> str:
    line = view.lines.get((Noun.NODE, code))
    return "Carried over" if line is None or line.carries_over else line.kind.in_words


def _file_name(title: str) -> str:
    return "-".join("".join(sign if sign.isalnum() else " " for sign in title.lower()).split()) or "plan"
