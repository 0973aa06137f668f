"""One measure's target in full: how it runs over the year, its tolerance, its day, and why; or that there is none."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import streamlit as st

from components.parts import typed_text
from components.parts.markup import plain
from components.plan.targets import drafts
from components.plan.targets.drafts import PROFILES, Typed, name_of
from components.plan.targets.year_grid import Grid
from cycle.ground.series.proposals import MeasureTargets
from performance.ground.entry import NumberNotUnderstoodError, Problem, read_number
from performance.ground.figures import Profile, Target
from performance.ground.measures import Accumulation, ToleranceKind
from performance.ground.periods import Frequency, Period, day_in_words
from performance.ground.reckoning.aggregation import own_periods
from performance.ground.texts import LONGEST_SENTENCE
from performance.plan.target_profiles import check_parts, reached_by_hand
from performance.plan.targets import LONGEST_RATIONALE

_USUAL = "As the measure has it"
_KINDS = {_USUAL: None, "Percent of the target": ToleranceKind.PERCENT, "In the measure's unit": ToleranceKind.ABSOLUTE}


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One measure as it is opened: what is typed of it in full, and which of its buttons was pressed."""

    typed: Typed | None = None
    asked: bool = False
    no_target: str | None = None

    @property
    def done_in_words(self) -> str:
        if self.typed is None or self.no_target is None:
            return ""
        return f"{self.typed.line.measure.title} has no target: {self.no_target.strip()}"


def show(line: MeasureTargets, grid: Grid) -> Opened:
    """What else can be said of the number in the measure's row."""
    typed = next((each for each in grid.typed if each.line.measure == line.measure), None)
    if typed is None:
        st.text(grid.service.why_not or "This measure is for context and takes no target.")
        return Opened()
    name = name_of(line)
    st.subheader(plain(f"Propose a target for {line.year.in_words}"), anchor=False)
    if typed.target is None:
        st.text("Type its number in its row above. Here you say how it runs over the year, and why.")
    profile = _ask_profile(line, typed, name)
    tolerance, kind, unread = _ask_tolerance(typed, name)
    begins = _ask_day(line, typed, name)
    parts, by_hand = _ask_parts(line, typed, name) if profile is Profile.MANUAL else ((), ())
    rationale = typed_text.area("Why this number", key=f"rationale-{name}", at_most=LONGEST_RATIONALE, height=100)
    asked = st.button("Propose this target", type="primary", key=f"propose-{name}", on_click=_count)
    target = typed.target and replace(
        typed.target, profile=profile, tolerance=tolerance, tolerance_kind=kind, effective_from=begins, parts=parts
    )
    whole = replace(typed, target=target, rationale=rationale, unread=(*typed.unread, *unread, *by_hand))
    return Opened(typed=whole, asked=asked, no_target=_ask_no_target(line, name))


def _ask_profile(line: MeasureTargets, typed: Typed, name: str) -> Profile | None:
    if line.measure.frequency is Frequency.YEARLY:
        return None
    growing = line.measure.accumulation is Accumulation.CUMULATIVE
    offered = [each for each in PROFILES if each is not (Profile.FLAT if growing else Profile.CUMULATIVE)]
    stands = typed.target.profile if typed.target else drafts.usual_profile(line)
    return st.selectbox(
        "Over the year", offered, format_func=PROFILES.__getitem__, key=f"profile-{name}", filter_mode=None,
        index=offered.index(stands) if stands in offered else 0,
    )  # fmt: skip


def _ask_tolerance(typed: Typed, name: str) -> tuple[Decimal | None, ToleranceKind | None, tuple[Problem, ...]]:
    """How far off is still amber, where this target says so for itself."""
    stands = typed.saved.target if typed.saved else None
    left, right = st.columns(2)
    kinds = list(_KINDS)
    index = next((place for place, kind in enumerate(_KINDS.values()) if stands and kind is stands.tolerance_kind), 0)
    chosen = left.selectbox("Tolerance of its own", kinds, index=index, key=f"kind-{name}", filter_mode=None)
    kind = _KINDS[chosen]
    if kind is None:
        return None, None, ()
    value = f"{stands.tolerance:f}" if stands and stands.tolerance is not None else ""
    text = right.text_input("Still amber, off target by", value=value, key=f"tolerance-{name}", autocomplete="off")
    try:
        return read_number(text, label="The tolerance"), kind, ()
    except NumberNotUnderstoodError as fault:
        said = str(fault) if text.strip() else "Enter how far off target is still amber"
        return None, None, (Problem(field="tolerance", message=said),)


def _ask_day(line: MeasureTargets, typed: Typed, name: str) -> date:
    """The day a change takes effect; the first target of a year rules it from its start."""
    if line.agreed is None or line.earliest > line.year.end:
        return line.earliest
    stands = typed.target.effective_from if typed.target else None
    return st.date_input(
        plain(f"Takes effect on (not before {day_in_words(line.earliest)})"),
        value=min(max(stands or line.earliest, line.earliest), line.year.end),
        min_value=line.earliest, max_value=line.year.end, format="DD/MM/YYYY", key=f"day-{name}",
    )  # fmt: skip


def _ask_parts(
    line: MeasureTargets, typed: Typed, name: str
) -> tuple[tuple[tuple[Period, Decimal], ...], tuple[Problem, ...]]:
    """A number a period, and at once how they reconcile to the year's."""
    stands = dict(typed.saved.target.parts) if typed.saved else {}
    periods = own_periods(line.measure, line.year)
    texts: dict[Period, str] = {}
    with st.container(horizontal=True, gap="small", key=f"parts-{name}"):
        for period in periods:
            texts[period] = st.text_input(
                plain(period.short), value=f"{stands[period]:f}" if period in stands else "", width=104,
                key=f"part-{period.start:%Y-%m}-{name}", autocomplete="off",
            )  # fmt: skip
    found, unread = _read_parts(texts, unit=line.measure.unit)
    if typed.target is not None and found and not unread:
        _say_how_they_reconcile(replace(typed.target, parts=found), line)
    return found, unread


def _read_parts(
    texts: dict[Period, str], *, unit: str
) -> tuple[tuple[tuple[Period, Decimal], ...], tuple[Problem, ...]]:
    found, unread = [], []
    for period, text in texts.items():
        try:
            if text.strip():
                found.append((period, read_number(text, label=period.in_words, unit=unit)))
        except NumberNotUnderstoodError as fault:
            unread.append(Problem(field=f"part-{period.start:%Y-%m}", message=str(fault)))
    return tuple(found), tuple(unread)


def _say_how_they_reconcile(target: Target, line: MeasureTargets) -> None:
    wrong = check_parts(target, line.measure)
    if wrong is None:
        reached = line.measure.print_target(reached_by_hand(target, line.measure))
        st.text(f"They come to {reached}, the target of the year.")
    else:
        st.text(f"{wrong}.")


def _ask_no_target(line: MeasureTargets, name: str) -> str | None:
    """The reason that was sent in, if it was."""
    if line.agreed:
        return None
    with st.expander("No target this year"), st.form(f"no-target-form-{name}", border=False):
        reason = typed_text.line(
            "Why there is no target",
            value=line.measure.no_target_reason,
            key=f"no-target-{name}",
            at_most=LONGEST_SENTENCE,
        )
        sent = st.form_submit_button("Set no target")
    return reason if sent else None


def _count() -> None:
    st.session_state["attempt"] = st.session_state.get("attempt", 0) + 1
