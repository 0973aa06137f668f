"""The form a target is proposed in, with what the number would mean beside it while it is typed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape

import streamlit as st

from components import problems
from cycle.plan import Consideration
from cycle.proposals import MeasureTargets
from performance.entry import NumberNotUnderstoodError, Problem, read_number
from performance.figures import Profile, Target
from performance.measures import Accumulation, Polarity
from performance.periods import Frequency, day_in_words
from performance.rag import Rag

_LABELS = {"target": "Target", "lower": "Lower bound", "upper": "Upper bound"}
_WHOLE_YEAR = "whole year"
_PROFILES = {
    Profile.FLAT: "The same every period",
    Profile.STRAIGHT_LINE: "In a straight line from last year's result",
    Profile.CUMULATIVE: "Growing evenly to the year's end",
    Profile.SEASONAL: "By the seasons of earlier years",
    _WHOLE_YEAR: "Only the year as a whole",
}
_STRIP = """<style>
.past{display:flex;flex-wrap:wrap;gap:3px;list-style:none;margin:0 !important;padding:0 !important}
.past li{margin:0;padding:.1rem .3rem;font-size:.78rem;white-space:nowrap;border:1px solid transparent}
.past .rag-red{background:#8F2413;color:#fff}.past .rag-green{background:#0F7C86;color:#fff}
.past .rag-amber{background:#FFBF1F;color:#0B0C0C;border-color:#0B0C0C}
</style>"""


@dataclass(frozen=True, kw_only=True)
class TargetDraft:
    """What is typed. `target` is None while nothing readable is typed; `unread` and `refused` say what is wrong."""

    line: MeasureTargets
    may_propose: bool = True
    target: Target | None = None
    rationale: str = ""
    unread: tuple[Problem, ...] = ()
    asked: bool = False
    attempt: int = 0
    based_on: int = 0
    refused: tuple[Problem, ...] = ()

    @property
    def summary(self) -> list[tuple[str, str]]:
        """For the error summary: the key of each field and what is wrong with it, once it was asked to propose."""
        found = (*self.unread, *self.refused) if self.asked else ()
        return [(f"{problem.field}-{_name(self.line)}", problem.message) for problem in found]

    @property
    def done_in_words(self) -> str:
        return f"Proposed a target for {self.line.measure.title}. It waits for someone else to agree it."


def show(line: MeasureTargets, *, why_not: str) -> TargetDraft:
    """The boxes for one measure and year; or why there are none for this person or this measure."""
    name = _name(line)
    empty = TargetDraft(line=line, may_propose=False)
    if line.measure.polarity is Polarity.CONTEXT:
        return empty
    if why_not:
        st.text(why_not)
        return empty
    st.subheader(f"Propose a target for {line.year.in_words}", anchor=False)
    typed = _ask_numbers(line, name)
    profile = _ask_profile(line, name)
    begins = _ask_day(line, name)
    rationale = st.text_area("Why this number", key=f"rationale-{name}", max_chars=2000, height=100)
    asked = st.button(
        "Propose this target", type="primary", key=f"propose-{name}", on_click=_count, args=(f"attempt-{name}",)
    )
    read, unread = _read(typed)
    target = None
    if read and not unread:
        target = Target(
            measure_code=line.measure.code, area_code=line.area_code, period=line.year, profile=profile,
            effective_from=begins, number=read.get("target"), lower=read.get("lower"), upper=read.get("upper"),
        )  # fmt: skip
    if asked and not read and not unread:
        unread = (Problem(field=next(iter(typed)), message=f"Enter the target for {line.measure.title}"),)
    return TargetDraft(
        line=line,
        target=target,
        rationale=rationale,
        unread=unread,
        asked=asked,
        attempt=st.session_state.get(f"attempt-{name}", 0),
        based_on=_seen(line, name),
    )


def show_meaning(draft: TargetDraft, considered: Consideration | None) -> None:
    """What the number would mean; what is wrong with it or doubtful, in the words of the rules."""
    if draft.may_propose:
        st.subheader("What it would mean", anchor=False)
    found = [*draft.unread, *(considered.problems if considered else ()), *draft.refused]
    for message in dict.fromkeys(problem.message for problem in found):
        problems.beside(message)
    if considered is None or considered.problems:
        if draft.may_propose and not draft.unread and considered is None:
            st.text("Type a number to see what it would have meant for the past.")
        return
    for question in considered.questions:
        said = question.message if question.message.endswith("?") else f"{question.message}."
        st.html(
            '<p style="margin:0;padding:.35rem .75rem;border-left:5px solid #6f7777;background:#f3f3f3">'
            f"{escape(said)} If it is right, say why beside it.</p>"
        )
    st.text(f"{considered.met}.")
    st.text(considered.bands)
    if considered.colours:
        st.html(_strip(considered))


def _strip(considered: Consideration) -> str:
    """Each past period with the colour it would have had, as a word for ears, a shape and a colour for eyes."""
    counts = [
        (rag, sum(each is rag for each in considered.colours.values())) for rag in (Rag.RED, Rag.AMBER, Rag.GREEN)
    ]
    words = ", ".join(f"{count} {rag.in_words.lower()}" for rag, count in counts if count)
    cells = "".join(
        f'<li class="rag-{rag.value}"><span aria-hidden="true">{rag.shape}</span> {escape(period.short)}'
        f'<span class="vh">: {escape(rag.in_words)}</span></li>'
        for period, rag in considered.colours.items()
    )
    return (
        f"{_STRIP}<p style='margin:.25rem 0'>The past under this target: {escape(words)}</p>"
        f'<ol class="past" aria-label="The past under this target">{cells}</ol>'
    )


def _name(line: MeasureTargets) -> str:
    """Part of every widget's key: a number typed for one measure and year never appears for another."""
    return f"{line.measure.code}-{line.year.start:%Y}"


def _seen(line: MeasureTargets, name: str) -> int:
    """The newest target that was on the page when the button was pressed, not the newest there is."""
    seen: int = st.session_state.get(f"seen-{name}", line.revision)
    st.session_state[f"seen-{name}"] = line.revision
    return seen


def _count(key: str) -> None:
    st.session_state[key] = st.session_state.get(key, 0) + 1


def _ask_numbers(line: MeasureTargets, name: str) -> dict[str, str]:
    fields = ("lower", "upper") if line.measure.polarity is Polarity.RANGE else ("target",)
    places = st.columns(len(fields))
    return {
        field: place.text_input(
            f"{_LABELS[field]}, {_unit(line.measure.unit)}", key=f"{field}-{name}", autocomplete="off"
        )
        for field, place in zip(fields, places, strict=True)
    }


def _ask_profile(line: MeasureTargets, name: str) -> Profile | None:
    if line.measure.frequency is Frequency.YEARLY:
        return None
    growing = line.measure.accumulation is Accumulation.CUMULATIVE
    offered = [each for each in _PROFILES if each is not (Profile.FLAT if growing else Profile.CUMULATIVE)]
    if growing:
        offered.sort(key=lambda each: each is not Profile.CUMULATIVE)
    before = line.agreed.target.profile if line.agreed else None
    chosen = st.selectbox(
        "Over the year", offered, format_func=lambda each: _PROFILES[each], key=f"profile-{name}", filter_mode=None,
        index=offered.index(before) if before in offered else 0,
    )  # fmt: skip
    return None if chosen == _WHOLE_YEAR else Profile(chosen)


def _ask_day(line: MeasureTargets, name: str) -> date:
    """The day a change takes effect; the first target of a year rules it from its start."""
    if line.agreed is None:
        return line.year.start
    return st.date_input(
        f"Takes effect on (not before {day_in_words(line.earliest)})",
        value=line.earliest, min_value=line.earliest, max_value=line.year.end,
        format="DD/MM/YYYY", key=f"day-{name}",
    )  # fmt: skip


def _read(typed: dict[str, str]) -> tuple[dict[str, Decimal], tuple[Problem, ...]]:
    read: dict[str, Decimal] = {}
    unread: list[Problem] = []
    for field, text in typed.items():
        if not text.strip():
            continue
        try:
            read[field] = read_number(text, label=_LABELS[field])
        except NumberNotUnderstoodError as fault:
            unread.append(Problem(field=field, message=str(fault)))
    return read, tuple(unread)


def _unit(unit: str) -> str:
    return {"percent": "in %", "pounds": "in £"}.get(unit, f"in {unit}" if unit else "a number")
