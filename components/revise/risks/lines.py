"""The risks of a part of the council or of a measure, in a line each, where its figures are looked at."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.frame import navigation
from components.parts.markup import plain
from performance.revise.risks import RiskEntry

_MOST = 5


def show(entries: Sequence[RiskEntry], *, narrowed: Mapping[str, str] | None = None) -> None:
    """The highest few, folded under how many there are, and the way to all, as the register is `narrowed` to them;
    nothing without any."""
    if not entries:
        return
    with st.expander(f"Risks ({len(entries)})"):
        for each in entries[:_MOST]:
            score = each.in_words
            st.text(f"{each.risk.title}. {score}.")
            st.page_link(navigation.find_entry("One risk").file, label=plain(f"Open {each.code}"),
                         query_params={"risk": each.code})  # fmt: skip
        if len(entries) > _MOST:
            st.page_link(navigation.find_entry("Risks").file, label=plain(f"All {len(entries)} on the register"),
                         query_params=dict(narrowed or {}))  # fmt: skip
