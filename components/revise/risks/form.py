"""Putting a risk on the register, looking at one again, wording it anew and closing it. The forms save nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from components.frame import notice
from components.parts import afresh, typed_text
from components.parts.markup import plain
from cycle.revise.risks import Register, RiskView
from performance.ground.organisation import Action, Risk
from performance.ground.texts import LONGEST_ROLE
from performance.revise.risks import IMPACTS, LIKELIHOODS, LONGEST, RiskEntry, Score

FORM = "new-risk"


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """The score now, and why."""

    score: Score
    reason: str


@dataclass(frozen=True, kw_only=True)
class Reworded:
    """The risk as it should be worded, and why."""

    entry: RiskEntry
    reason: str


@dataclass(frozen=True, kw_only=True)
class Closed:
    """It is over, and why."""

    because: str


@dataclass(frozen=True, kw_only=True)
class _Of:
    """What a risk hangs on, by code."""

    unit: str
    node: str | None = None
    measure: str | None = None


def ask_new(register: Register) -> RiskEntry | None:
    """A new risk of one of the person's own units; nothing for those who have none."""
    if not register.own:
        return None
    if notice.is_fresh(FORM):
        afresh.begin("risk")
    name = afresh.key("new", "risk")
    with st.expander("Put a risk on the register"), st.form(FORM, border=False):
        of = _ask_of(name, _Of(unit=next(iter(register.own))), register)
        found = _ask_words(name, RiskEntry(risk=Risk(code="", title="")))
        score = _ask_score("Now", None, f"now-{name}")
        saved = st.form_submit_button("Put it on the register")
    if not saved:
        return None
    words = replace(found.risk, measure_code=of.measure, node_code=of.node,
                    likelihood=score.likelihood if score else None,
                    impact=score.impact if score else None)  # fmt: skip
    return replace(found, risk=words, unit_code=of.unit)


def ask(view: RiskView) -> Reviewed | Reworded | Action | Closed | None:
    """What can be done to a risk that is open, for those who keep it."""
    if view.why_not or not view.entry.is_open:
        return None
    about = of(view)
    if notice.is_fresh(about):
        afresh.begin(about)
    if begun_on(view) != view.entry.version:
        st.text("Someone else changed this risk while you wrote. It stands above as it is now.")
    name = afresh.key("of", about)
    found: list[Reviewed | Reworded | Action | Closed | None] = [
        _ask_review(view, name),
        _ask_mitigation(name),
        _ask_wording(view, name),
        _ask_closing(name),
    ]
    return next((each for each in found if each is not None), None)


def of(view: RiskView) -> str:
    """What the boxes of a risk are about."""
    return f"risk-{view.entry.code}"


def begun_on(view: RiskView) -> int:
    """The version of the risk that the person had before them as they began to write."""
    return afresh.seen(of(view), view.entry.version)


def told(view: RiskView) -> None:
    """After a refusal, which says it where somebody else was first."""
    afresh.told(of(view), view.entry.version)


def _ask_review(view: RiskView, name: str) -> Reviewed | None:
    with st.expander("Look at it again"), st.form(f"review-{name}", border=False):
        score = _ask_score("Now", view.entry.current, f"review-{name}")
        reason = typed_text.area(
            "Why it is so, or what changed", key=f"review-reason-{name}", at_most=LONGEST, height=80
        )
        saved = st.form_submit_button("Keep the review")
    if saved and score is None:
        st.error("Choose how likely and how bad it is now")
    return Reviewed(score=score, reason=reason) if saved and score else None


def _ask_mitigation(name: str) -> Action | None:
    """An action to make it smaller."""
    form = f"mitigation-{name}"
    with st.expander("Add what is done about it"), st.form(form, border=False):
        what = typed_text.line("What is done", key=f"what-{form}", at_most=LONGEST)
        who = typed_text.line("Who does it (role)", key=f"who-{form}", at_most=LONGEST_ROLE)
        by = st.date_input("By when", value=None, format="DD/MM/YYYY", key=f"by-{form}")
        saved = st.form_submit_button("Add it")
    return Action(id=0, action=what.strip(), responsible_role=who.strip(), ends_on=by) if saved else None


def _ask_wording(view: RiskView, name: str) -> Reworded | None:
    before = _Of(unit=view.unit_code, node=view.entry.risk.node_code, measure=view.entry.risk.measure_code)
    with st.expander("Word it anew, or move it"), st.form(f"word-{name}", border=False):
        of = _ask_of(name, before, view)
        words = _ask_words(name, view.entry)
        reason = typed_text.line("Why it is worded anew", key=f"word-reason-{name}", at_most=LONGEST)
        saved = st.form_submit_button("Save the wording")
    moved = replace(words, risk=replace(words.risk, node_code=of.node, measure_code=of.measure), version=begun_on(view))
    # Whose it is follows from what it hangs on until somebody says otherwise, and then as they see it.
    entry = moved if of == before else replace(moved, unit_code=of.unit)
    return Reworded(entry=entry, reason=reason) if saved else None


def _ask_closing(name: str) -> Closed | None:
    with st.expander("Close it"), st.form(f"close-{name}", border=False):
        because = typed_text.line("Why it is over", key=f"close-reason-{name}", at_most=LONGEST)
        saved = st.form_submit_button("Close the risk")
    return Closed(because=because) if saved else None


def _ask_of(name: str, stored: _Of, among: Register | RiskView) -> _Of:
    """Whose risk it is and what it threatens; what is not offered any more stays where it is."""
    units = {stored.unit: stored.unit} | dict(among.own)
    unit = st.selectbox("Service", list(units), format_func=units.__getitem__, index=list(units).index(stored.unit),
                        key=f"risk-unit-{name}")  # fmt: skip
    nodes = {"": "No part of it", stored.node or "": stored.node or "No part of it"} | dict(among.nodes)
    node = st.selectbox("Part of the plan it threatens", list(nodes), format_func=nodes.__getitem__,
                        index=list(nodes).index(stored.node or ""), key=f"risk-node-{name}")  # fmt: skip
    measures = {"": "No measure", stored.measure or "": stored.measure or "No measure"} | dict(among.measures)
    measure = st.selectbox("Measure it threatens", list(measures), format_func=measures.__getitem__,
                           index=list(measures).index(stored.measure or ""), key=f"risk-measure-{name}")  # fmt: skip
    return _Of(unit=unit, node=node or None, measure=measure or None)


def _ask_words(name: str, stored: RiskEntry) -> RiskEntry:
    risk = stored.risk
    title = typed_text.line("Risk", value=risk.title, key=f"risk-title-{name}", at_most=LONGEST)
    cause, event, effect = (
        typed_text.area(label, value=text, key=f"risk-{field}-{name}", at_most=LONGEST, height=68)
        for label, text, field in (
            ("Cause", risk.cause, "cause"),
            ("What may happen", risk.event, "event"),
            ("Effect", risk.effect, "effect"),
        )
    )
    owner = typed_text.line("Owner (role)", value=risk.owner_role, key=f"risk-owner-{name}", at_most=LONGEST_ROLE)
    done = typed_text.area("What is done about it", value=risk.mitigation, key=f"risk-done-{name}", at_most=LONGEST,
                        height=68)  # fmt: skip
    inherent = _ask_score("Before anything is done", stored.inherent, f"inherent-{name}")
    target = _ask_score("Aimed at", stored.target, f"target-{name}")
    emerging = st.checkbox("It is emerging: seen coming, not yet understood", value=stored.is_emerging,
                           key=f"risk-emerging-{name}")  # fmt: skip
    worded = replace(risk, title=title.strip(), cause=cause.strip(), event=event.strip(), effect=effect.strip(),
                     owner_role=owner.strip(), mitigation=done.strip())  # fmt: skip
    return replace(stored, risk=worded, inherent=inherent, target=target, is_emerging=emerging)


def _ask_score(label: str, stored: Score | None, name: str) -> Score | None:
    """A likelihood and an impact; None unless both are chosen."""
    left, right = st.columns(2)
    likelihood = left.selectbox(plain(f"{label}: how likely"), _scale(LIKELIHOODS), key=f"likely-{name}",
                                filter_mode=None,
                                index=stored.likelihood if stored else 0,
                                format_func=_scale(LIKELIHOODS).__getitem__)  # fmt: skip
    impact = right.selectbox(plain(f"{label}: how bad"), _scale(IMPACTS), key=f"bad-{name}", filter_mode=None,
                             index=stored.impact if stored else 0, format_func=_scale(IMPACTS).__getitem__)  # fmt: skip
    return Score(likelihood=likelihood, impact=impact) if likelihood and impact else None


def _scale(words: tuple[str, ...]) -> Mapping[int, str]:
    return {0: "Not scored"} | {number: f"{number}. {word.capitalize()}" for number, word in enumerate(words, start=1)}
