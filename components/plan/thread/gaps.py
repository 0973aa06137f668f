"""The holes in the golden thread: how many of each kind, and a list of what to do about them."""

from html import escape

import streamlit as st

from components.parts import asset
from components.parts.markup import plain
from components.plan.thread import links
from cycle.plan.thread_view import GoldenThread
from performance.ground.people import User
from performance.plan.thread import Gap, GapItem, GapKind

_STYLE = asset.style(__file__)
_NONE = (
    "No gaps. Every objective has a measure, every measure has an objective and a methodology, every owner is in post,"
    " and every plan was reviewed within a year."
)


def show(thread: GoldenThread, user: User) -> None:
    """The gaps line, each part of which unfolds into a list."""
    many = sum(len(gap.items) for gap in thread.gaps)
    st.header(plain(f"Gaps: {many} to close" if many else "Gaps"), anchor=False)
    if not thread.gaps:
        st.write(_NONE)
        return
    inner = "".join(_gap(gap, thread, user) for gap in thread.gaps)
    st.html(f'{_STYLE}<div class="gaps">{inner}</div>')


def _gap(gap: Gap, thread: GoldenThread, user: User) -> str:
    items = "".join(f"<li>{_item(item, gap.kind, thread, user)}</li>" for item in gap.items)
    what = escape(gap.kind.what_to_do)
    return f"<details><summary>{escape(_headline(gap))}</summary><p>{what}</p><ul>{items}</ul></details>"


def _headline(gap: Gap) -> str:
    """3 objectives have no measure; an owner's vacancy counts plans and measures alike, so it says which."""
    if gap.kind is not GapKind.VACANT_OWNER:
        return gap.in_words
    measures = sum(item.is_measure for item in gap.items)
    parts = [(len(gap.items) - measures, "part", "parts"), (measures, "measure", "measures")]
    counted = " and ".join(
        f"{many} {one if many == 1 else more}{' of the plan' if one == 'part' else ''}"
        for many, one, more in parts
        if many
    )
    return f"{counted} {'has' if len(gap.items) == 1 else 'have'} no owner in post"


def _item(item: GapItem, kind: GapKind, thread: GoldenThread, user: User) -> str:
    unit = thread.unit_names.get(item.unit_code or "", "")
    known = " ".join(part for part in (f"{unit}." if unit else "", item.detail) if part)
    return f"{links.gap_item(item, kind, user)} <small>{escape(known)}</small>"
