"""What is typed for a target: kept as a draft as it is typed, and what someone else typed meanwhile is never lost."""

from dataclasses import dataclass, replace
from decimal import Decimal

import streamlit as st

from cycle.ground.series.proposals import MeasureTargets, SavedDraft
from cycle.plan.targets import Draft
from performance.ground.entry import NumberNotUnderstoodError, Problem, read_number
from performance.ground.figures import Profile, Target
from performance.ground.measures import Accumulation, Polarity
from performance.ground.periods import Frequency

LABELS = {"target": "Target", "lower": "Lower bound", "upper": "Upper bound"}
PROFILES = {
    Profile.FLAT: "The same every period",
    Profile.STRAIGHT_LINE: "In a straight line from last year's result",
    Profile.CUMULATIVE: "Growing evenly to the year's end",
    Profile.SEASONAL: "By the seasons of earlier years",
    Profile.MANUAL: "By numbers of my own for each period",
    None: "Only the year as a whole",
}


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What stands in one measure's boxes: a draft, or what cannot be read; and whether it is to be saved."""

    line: MeasureTargets
    saved: SavedDraft | None
    target: Target | None
    rationale: str
    based_on: int
    unread: tuple[Problem, ...] = ()

    @property
    def draft(self) -> Draft:
        return Draft(
            measure_code=self.line.measure.code,
            year=self.line.year.start.year,
            target=self.target,
            rationale=self.rationale,
            based_on=self.based_on,
        )

    @property
    def is_new(self) -> bool:
        """Whether it differs from what is stored, and can be stored."""
        now = content(self.target, self.rationale)
        clash = st.session_state.get(f"clash-{name_of(self.line)}")
        return not self.unread and now != stored_content(self.saved) and now != clash

    @property
    def is_contested(self) -> bool:
        return st.session_state.get(f"clash-{name_of(self.line)}") == content(self.target, self.rationale)


Content = tuple[object, ...]


def content(target: Target | None, rationale: str) -> Content:
    """What makes one draft another: all that a person can type."""
    if target is None:
        return ()
    plain = replace(target, revision=0)
    return plain, rationale.strip()


def stored_content(saved: SavedDraft | None) -> Content:
    return content(saved.target, saved.rationale) if saved else ()


def name_of(line: MeasureTargets) -> str:
    """Part of every widget's key: a number typed for one measure and year never appears for another."""
    return f"{line.measure.code}-{line.year.start:%Y}"


def fields_of(line: MeasureTargets) -> tuple[str, ...]:
    return ("lower", "upper") if line.measure.polarity is Polarity.RANGE else ("target",)


def texts_of(line: MeasureTargets, saved: SavedDraft | None) -> dict[str, str]:
    """A stored draft as it stands in the boxes."""
    target = saved.target if saved else None
    given = {"target": target.number, "lower": target.lower, "upper": target.upper} if target else {}
    return {field: "" if (number := given.get(field)) is None else f"{number:f}" for field in fields_of(line)}


def read(typed: dict[str, str], *, unit: str) -> tuple[dict[str, Decimal], tuple[Problem, ...]]:
    """The numbers in the boxes, in the unit of the measure, and what is wrong with those that are none."""
    found: dict[str, Decimal] = {}
    unread: list[Problem] = []
    for field, text in typed.items():
        if not text.strip():
            continue
        try:
            found[field] = read_number(text, label=LABELS[field], unit=unit)
        except NumberNotUnderstoodError as fault:
            unread.append(Problem(field=field, message=str(fault)))
    return found, tuple(unread)


def usual_profile(line: MeasureTargets) -> Profile | None:
    """How a target runs over its year until somebody says otherwise: as agreed before, or as the measure adds up."""
    measure = line.measure
    if line.agreed:
        return line.agreed.target.profile
    if measure.frequency is Frequency.YEARLY:
        return None
    adds_up = measure.accumulation is Accumulation.CUMULATIVE or not measure.is_ratio
    if measure.seasonal and adds_up and measure.accumulation in {Accumulation.CUMULATIVE, Accumulation.IN_PERIOD}:
        return Profile.SEASONAL
    return Profile.CUMULATIVE if measure.accumulation is Accumulation.CUMULATIVE else Profile.FLAT


def build(line: MeasureTargets, saved: SavedDraft | None, numbers: dict[str, Decimal]) -> Target | None:
    """The target that these numbers make, with everything else as the draft has it, or as is usual."""
    if not numbers:
        return None
    begins = max(line.earliest, saved.target.effective_from or line.earliest) if saved else line.earliest
    base = saved.target if saved else Target(
        measure_code=line.measure.code, area_code=line.area_code, period=line.year, profile=usual_profile(line)
    )  # fmt: skip
    return replace(
        base, number=numbers.get("target"), lower=numbers.get("lower"), upper=numbers.get("upper"),
        effective_from=begins, revision=0,
    )  # fmt: skip


def seen(line: MeasureTargets, saved: SavedDraft | None, typed: Content) -> int:
    """The newest revision that was on the page when something was typed; one's own draft counts as seen."""
    name, stored = name_of(line), stored_content(saved)
    before: int = st.session_state.get(f"seen-{name}", line.revision)
    st.session_state[f"seen-{name}"] = line.revision
    return line.revision if stored in (typed, st.session_state.get(f"mine-{name}")) else before


def remember(each: Typed) -> None:
    """What this person saved from here: the next revision is their own."""
    st.session_state[f"mine-{name_of(each.line)}"] = content(each.target, each.rationale)


def contest(each: Typed) -> None:
    """Someone else was first: nothing is saved until the person has chosen."""
    st.session_state[f"clash-{name_of(each.line)}"] = content(each.target, each.rationale)


def settle(line: MeasureTargets, texts: dict[str, str] | None) -> None:
    """For a button's on_click: one's own number stays in its box, or theirs takes its place."""
    name = name_of(line)
    st.session_state.pop(f"clash-{name}", None)
    for field, text in (texts or {}).items():
        st.session_state[f"{field}-{name}"] = text
