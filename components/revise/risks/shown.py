"""One risk: cause, event and effect, its three scores, what it is of, and its history."""

import streamlit as st

from components.frame import navigation
from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.revise.risks import RiskView
from performance.ground.periods import day_in_words
from performance.revise.risks import RiskEntry, Which, moved_in_words


def asked() -> str:
    """The risk that the address names."""
    return st.query_params.get("risk", "")


def show(view: RiskView) -> None:
    """All that the register has of it."""
    entry, risk = view.entry, view.entry.risk
    st.page_link(navigation.find_entry("Risks").file, label="The risk register")
    if flags := entry.flags(view.today):
        st.markdown(f"**{plain('. '.join(flags))}.**")
    for label, words in (("Cause", risk.cause), ("What may happen", risk.event), ("Effect", risk.effect),
                         ("What is done about it", risk.mitigation), ("Owner", risk.owner_role),
                         ("Service", view.unit_name), ("Part of the plan", view.node_title),
                         ("Closed because", entry.closed_because)):  # fmt: skip
        if words:
            st.text(f"{label}: {words}")
    html_table.plain(
        "Its scores",
        [Column(title="Score"), Column(title="How likely and how bad")],
        [
            [which.in_words, score.in_words if (score := entry.score(which)) else "Not scored yet"]
            for which in (Which.INHERENT, Which.CURRENT, Which.TARGET)
        ],
    )
    st.text(_reviewed(entry))
    if risk.measure_code is not None:
        st.page_link(navigation.find_entry("One measure").file, label=f"See {plain(view.measure_title)}",
                     query_params={"measure": risk.measure_code})  # fmt: skip
    if view.why_not:
        st.caption(plain(view.why_not))


def _reviewed(entry: RiskEntry) -> str:
    if entry.reviewed_on is None:
        return "Nobody has looked at it since it was put on the register."
    due = f" To be looked at again by {day_in_words(entry.review_due)}." if entry.review_due and entry.is_open else ""
    return f"Last looked at on {day_in_words(entry.reviewed_on)}.{due}"


def show_mitigations(view: RiskView) -> None:
    """The actions that are to make it smaller, as they stand on the return of the service."""
    if not view.mitigations:
        return
    html_table.plain(
        "What is done to make it smaller",
        [Column(title=title) for title in ("Action", "Who", "By when", "How it stands")],
        [
            [each.action, each.responsible_role, day_in_words(each.ends_on) if each.ends_on else "",
             each.status.in_words]
            for each in view.mitigations
        ],
    )  # fmt: skip


def show_history(view: RiskView) -> None:
    """Every change, the newest first: when, by whom, what moved and why."""
    st.header("History", anchor=False)
    if not view.changes:
        st.write("Nothing has changed since it came in with the setup of the council.")
        return
    html_table.plain(
        "Every change of this risk, the newest first",
        [Column(title=title) for title in ("When", "Who", "What changed", "Score", "Why")],
        [
            [
                day_in_words(each.recording.effective_on),
                view.known_as.get(each.recording.by, each.recording.by),
                _changed(each.before, each.after),
                moved_in_words(each.before.current if each.before else None, each.after.current),
                each.recording.reason,
            ]
            for each in view.changes
        ],
    )


def _changed(before: RiskEntry | None, after: RiskEntry) -> str:
    """Which parts are worded anew, in their own words."""
    if before is None:
        return "Put on the register"
    if before.is_open and not after.is_open:
        return "Closed"
    named = (("title", "Title"), ("cause", "Cause"), ("event", "Event"), ("effect", "Effect"), ("owner_role", "Owner"),
             ("mitigation", "What is done"), ("node_code", "Part of the plan"),
             ("measure_code", "Measure"))  # fmt: skip
    found = [label for name, label in named if getattr(before.risk, name) != getattr(after.risk, name)]
    found += [label for label, was, now in (("Score before", before.inherent, after.inherent),
                                            ("Aim", before.target, after.target)) if was != now]  # fmt: skip
    if before.unit_code != after.unit_code:
        found.append("Service")
    if before.reviewed_on != after.reviewed_on:
        found.append("Looked at")
    return ", ".join(found) or "Looked at"
