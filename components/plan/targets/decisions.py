"""Targets that wait: agreed, many at once, or declined by someone other than whoever proposed them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from components.parts import html_table, typed_text
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.ground.series.proposals import Proposal
from cycle.plan.targets import Consideration
from performance.ground.periods import day_in_words
from performance.ground.texts import LONGEST_SENTENCE


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a person pressed: the targets they ticked, or the one they decline."""

    agreed: tuple[Proposal, ...] = ()
    declined: Proposal | None = None
    reason: str = ""

    @property
    def in_words(self) -> str:
        if self.declined:
            return f"Declined: {_named(self.declined)}."
        if len(self.agreed) == 1:
            return f"Agreed: {_named(self.agreed[0])}."
        return f"Agreed {len(self.agreed)} targets. They rule from the day each takes effect."


def show(waiting: Sequence[Proposal], considered: Mapping[int, Consideration]) -> Decision | None:
    """Those this person may decide on, each with its story to tick; the others as a list of what waits for whom."""
    mine = [proposal for proposal in waiting if not proposal.why_not]
    others = [proposal for proposal in waiting if proposal.why_not]
    if not waiting:
        return None
    decision = None
    if mine:
        st.header(f"Waiting for your agreement: {len(mine)}", anchor=False)
        decision = _ask(mine, considered)
    if others:
        with st.expander(f"Waiting for others to agree: {len(others)}"):
            _list(others, "Proposed targets")
    return decision


def _ask(mine: Sequence[Proposal], considered: Mapping[int, Consideration]) -> Decision | None:
    if len(mine) > 1:
        keys = [f"tick-{each.id}" for each in mine]
        st.checkbox(f"Tick all {len(mine)}", key="tick-all", on_change=_tick_all, args=(keys,))
    declined = [decision for each in mine if (decision := _one(each, considered.get(each.id))) is not None]
    ticked = tuple(each for each in mine if st.session_state.get(f"tick-{each.id}"))
    count = len(ticked)
    agrees = st.button(
        plain(f"Agree {count} target{'' if count == 1 else 's'}" if count else "Agree the ticked targets"),
        type="primary", key="agree-ticked",
    )  # fmt: skip
    if agrees and not ticked:
        st.warning("Tick the targets that you agree.")
    if agrees and ticked:
        return Decision(agreed=ticked)
    return declined[0] if declined else None


def _one(proposal: Proposal, considered: Consideration | None) -> Decision | None:
    with st.container(border=True, gap="small"):
        st.checkbox(f"**{plain(proposal.measure.title)}**: {plain(proposal.in_words)}", key=f"tick-{proposal.id}")
        st.text("\n".join(_story(proposal, considered)))
        with st.expander("Decline with a reason"), st.form(f"decline-{proposal.id}", border=False):
            reason = typed_text.line("Why you decline it", key=f"reason-{proposal.id}", at_most=LONGEST_SENTENCE)
            declines = st.form_submit_button(plain(f"Decline {proposal.in_words}"))
    return Decision(declined=proposal, reason=reason) if declines else None


def _story(proposal: Proposal, considered: Consideration | None) -> list[str]:
    """What is proposed, in place of what, by whom and why, and what it would mean: a line each."""
    begins = proposal.target.effective_from
    when = f", to take effect on {day_in_words(begins)}" if begins else ""
    reading = considered.reading if considered else None
    labelled = (
        ("Now", proposal.in_force_in_words),
        ("Why", proposal.rationale),
        ("Last result", proposal.baseline),
        ("Compared with", proposal.benchmark),
    )
    met = " ".join(filter(None, (f"{considered.met}.", considered.chance, considered.looser))) if considered else ""
    return [
        f"{proposal.in_words} for {proposal.target.period.in_words}. {proposal.measure.polarity.in_words}.",
        f"Proposed by {proposal.proposed_by} on {day_in_words(proposal.proposed_at.date())}{when}.",
        *([f"{reading.in_words}."] if reading else []),
        *([met] if met else []),
        *(f"{label}: {text}" for label, text in labelled if text),
    ]


def _list(others: Sequence[Proposal], caption: str) -> None:
    html_table.plain(
        caption,
        [Column(title=title) for title in ("Measure", "Year", "Proposed", "Now", "Proposed by", "Who decides")],
        [
            [
                each.measure.title,
                each.target.period.in_words,
                each.in_words,
                each.in_force_in_words,
                each.proposed_by,
                " or ".join(each.deciders) or "Another head of service",
            ]
            for each in others
        ],
    )


def _tick_all(keys: Sequence[str]) -> None:
    for key in keys:
        st.session_state[key] = st.session_state["tick-all"]


def _named(proposal: Proposal) -> str:
    return f"{proposal.measure.title}, {proposal.in_words} for {proposal.target.period}"
