"""Targets that wait: agreed or declined by someone other than whoever proposed them."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components import html_table
from components.html_table import Column
from cycle.proposals import Proposal
from performance.periods import day_in_words


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a person pressed."""

    proposal: Proposal
    agrees: bool
    reason: str = ""

    @property
    def in_words(self) -> str:
        done = "Agreed" if self.agrees else "Declined"
        return f"{done}: {self.proposal.measure.title}, {self.proposal.in_words} for {self.proposal.target.period}."


def show(waiting: Sequence[Proposal]) -> Decision | None:
    """Those this person may decide on, each with its story; the others as a list of what waits for whom."""
    mine = [proposal for proposal in waiting if not proposal.why_not]
    others = [proposal for proposal in waiting if proposal.why_not]
    if not waiting:
        return None
    st.header(f"Waiting for agreement: {len(waiting)}", anchor=False)
    pressed = [decision for proposal in mine if (decision := _ask(proposal))]
    if others:
        html_table.plain(
            "Waiting for others" if mine else "Proposed targets",
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
    return pressed[0] if pressed else None


def _ask(proposal: Proposal) -> Decision | None:
    with st.container(border=True, gap="small"):
        st.subheader(proposal.measure.title, anchor=False)
        st.text("\n".join(_story(proposal)))
        agree, decline = st.columns([1, 2])
        agrees = agree.button(f"Agree {proposal.in_words}", key=f"agree-{proposal.id}", type="primary")
        with decline.expander("Decline with a reason"), st.form(f"decline-{proposal.id}", border=False):
            reason = st.text_input("Why you decline it", key=f"reason-{proposal.id}", max_chars=500)
            declines = st.form_submit_button(f"Decline {proposal.in_words}")
    if agrees or declines:
        return Decision(proposal=proposal, agrees=agrees, reason=reason)
    return None


def _story(proposal: Proposal) -> list[str]:
    """What is proposed, in place of what, by whom and why: a line each."""
    begins = proposal.target.effective_from
    when = f", to take effect on {day_in_words(begins)}" if begins else ""
    labelled = (
        ("Now", proposal.in_force_in_words),
        ("Why", proposal.rationale),
        ("Last result", proposal.baseline),
        ("Compared with", proposal.benchmark),
    )
    return [
        f"{proposal.in_words} for {proposal.target.period.in_words}. {proposal.measure.polarity.in_words}.",
        f"Proposed by {proposal.proposed_by} on {day_in_words(proposal.proposed_at.date())}{when}.",
        *(f"{label}: {text}" for label, text in labelled if text),
    ]
