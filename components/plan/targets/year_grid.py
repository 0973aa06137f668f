"""The grid in which a service sets its year: a row a measure, its past, a box for the number, and what that means."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.parts import asset, typed_text
from components.parts.markup import plain
from components.plan.targets import drafts, meaning
from components.plan.targets.drafts import LABELS, Typed, name_of
from cycle.ground.series.proposals import MeasureTargets, SavedDraft, ServiceTargets
from cycle.plan.targets import Consideration, Draft, TargetConflictError, TargetRefusedError
from performance.ground.entry import Problem
from performance.ground.figures import Target
from performance.ground.measures import Measure, Polarity
from performance.ground.periods import Period
from performance.ground.reckoning.aggregation import Aggregate, months_in_words
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.spc import process_limits
from performance.ground.values import round_half_up
from performance.plan.targets import LONGEST_RATIONALE
from reporting.charts.alternative_text import spark_alt
from reporting.charts.sparkline import sparkline, with_gaps

_MONTHS = 36
_STYLE = asset.style(__file__)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """What is typed of a service's year, and what was pressed: the button of all rows, or of `only` one measure."""

    service: ServiceTargets
    typed: tuple[Typed, ...] = ()
    asked: bool = False
    only: str = ""
    attempt: int = 0
    refused: tuple[tuple[str, Problem], ...] = ()
    places: Mapping[str, DeltaGenerator] = field(default_factory=dict)

    @property
    def filled(self) -> list[Draft]:
        """What has a number: what is read beside its box."""
        return [each.draft for each in self.typed if each.target is not None]

    @property
    def targets(self) -> list[Target]:
        return [each.target for each in self.typed if each.target is not None]

    @property
    def proposed(self) -> list[Draft]:
        """What was asked to be proposed: every row that is filled, or the one that is opened."""
        return [each.draft for each in self._asked_of if each.target is not None]

    @property
    def unsaved(self) -> list[Typed]:
        return [each for each in self.typed if each.is_new]

    @property
    def is_ready(self) -> bool:
        """Whether all that was asked for can be read, and nothing waits for a choice between two people's numbers."""
        in_the_way = any(each.unread or each.is_contested for each in self._asked_of)
        return self.asked and bool(self.proposed) and not in_the_way

    @property
    def done_in_words(self) -> str:
        if self.only:
            return (
                f"Proposed a target for {self._asked_of[0].line.measure.title}. It waits for someone else to agree it."
            )
        count = len(self.proposed)
        waits = "target. It waits" if count == 1 else "targets. They wait"
        return f"Proposed {count} {waits} for someone else to agree."

    @property
    def summary(self) -> list[tuple[str, str]]:
        """For the error summary, once it was asked to propose: the key of each box, and what is wrong with it."""
        if not self.asked:
            return []
        unread = [(name_of(each.line), problem) for each in self._asked_of for problem in each.unread]
        found = [*unread, *self.refused]
        if not found and self._asked_of and not self.proposed:
            first = self._asked_of[0].line
            message = f"Enter the target for {first.measure.title}" if self.only else "Enter at least one target"
            found = [(name_of(first), Problem(field=drafts.fields_of(first)[0], message=message))]
        return [(f"{problem.field}-{name}", problem.message) for name, problem in found]

    @property
    def _asked_of(self) -> list[Typed]:
        return [each for each in self.typed if self.only in {"", each.line.measure.code}]

    def with_opened(self, one: Typed | None, *, asked: bool) -> "Grid":
        """With all that is said of the measure that is opened; its own button proposes it alone."""
        if one is None:
            return self
        code = one.line.measure.code
        typed = tuple(one if each.line.measure.code == code else each for each in self.typed)
        return replace(self, typed=typed, asked=self.asked or asked, only=code if asked else "")

    def parts_of(self, line: MeasureTargets | None, considered: Sequence[Consideration]) -> Mapping[Period, Target]:
        """What the number typed for a measure asks of each period of its year."""
        pairs = zip(self.filled, considered, strict=True)
        return next((each.parts for draft, each in pairs if line and draft.measure_code == line.measure.code), {})

    def refused_by(self, refusal: TargetRefusedError) -> "Grid":
        names = {each.line.measure.code: name_of(each.line) for each in self.typed}
        refused = tuple((names[code], problem) for code, found in refusal.of.items() for problem in found)
        return replace(self, asked=True, refused=refused)

    def remember(self) -> None:
        """What was saved from here is one's own: nobody else was first with it."""
        for each in self.unsaved:
            drafts.remember(each)

    def contest(self, conflict: TargetConflictError) -> None:
        """Someone else was first with one of the measures: the row asks whose number is to stay."""
        for each in self.typed:
            if each.line.measure.code == conflict.theirs.measure.code:
                drafts.contest(each)


def show(service: ServiceTargets, *, opened: str) -> Grid:
    """The rows with their boxes; the one that is opened below gives its reason there."""
    st.header(plain(f"Set the targets of {service.unit.name}"), anchor=False)
    st.html(_STYLE)
    with st.container(key="grid", gap="small"):
        rows = [row for line in service.lines if (row := _row(line, service, opened)) is not None]
        typed = [each for each, _ in rows]
        if not typed:
            return Grid(service=service)
        filled = sum(each.target is not None for each in typed)
        label = f"Propose {filled} target{'' if filled == 1 else 's'}" if filled else "Propose targets"
        asked = st.button(plain(label), type="primary", key="propose-all", on_click=_count)
        st.html(asset.script(__file__), unsafe_allow_javascript=True)
    return Grid(
        service=service,
        typed=tuple(typed),
        asked=asked,
        attempt=st.session_state.get("attempt", 0),
        places={name_of(each.line): place for each, place in rows},
    )


def show_readings(grid: Grid, considered: Sequence[Consideration]) -> None:
    """Beside each box, what its number would mean; what is wrong or doubtful; whose number is to stay."""
    meanings = dict(zip((each.measure_code for each in grid.filled), considered, strict=True))
    refused = grid.refused if grid.asked else ()
    for each in grid.typed:
        name = name_of(each.line)
        with grid.places[name]:
            _choose(each, grid.service.drafts.get(each.line.measure.code))
            said = [*each.unread, *(problem for key, problem in refused if key == name)]
            meaning.show(each.line, each.target, meanings.get(each.line.measure.code), said)


def _row(line: MeasureTargets, service: ServiceTargets, opened: str) -> tuple[Typed, DeltaGenerator] | None:
    measure = line.measure
    with st.container(border=True, gap="small"):
        past, box, meaning = st.columns([5, 3, 5], gap="medium")
        past.html(_past(line))
        if service.why_not or measure.polarity is Polarity.CONTEXT:
            box.text(_stands(line))
            return None
        saved = service.drafts.get(measure.code)
        with box:
            typed = _boxes(line, saved, asks_why=measure.code != opened)
            st.caption(plain(_stands(line)))
        return typed, meaning.container(gap="small")


def _boxes(line: MeasureTargets, saved: SavedDraft | None, *, asks_why: bool) -> Typed:
    name = name_of(line)
    _follow(line, saved)
    with st.container(key=f"boxes-{name}", gap="small"):
        texts = {
            box: st.text_input(
                plain(f"{LABELS[box]} for {line.measure.title}, {_unit(line.measure.unit)}"),
                key=f"{box}-{name}", autocomplete="off",
            )
            for box in drafts.fields_of(line)
        }  # fmt: skip
    numbers_, unread = drafts.read(texts, unit=line.measure.unit)
    target = None if unread else drafts.build(line, saved, numbers_)
    rationale = saved.rationale if saved else ""
    if asks_why and target is not None:
        rationale = typed_text.line(
            f"Reason for {line.measure.title}", key=f"rationale-{name}", at_most=LONGEST_RATIONALE
        )
    content = drafts.content(target, rationale)
    return Typed(
        line=line,
        saved=saved,
        target=target,
        rationale=rationale,
        based_on=drafts.seen(line, saved, content),
        unread=unread,
    )


def _follow(line: MeasureTargets, saved: SavedDraft | None) -> None:
    """What is stored stands in the boxes, until something else is typed there."""
    name = name_of(line)
    texts = drafts.texts_of(line, saved) | {"rationale": saved.rationale if saved else ""}
    before = st.session_state.get(f"stored-{name}", {})
    for box, text in texts.items():
        key = f"{box}-{name}"
        was = before.get(box, "")
        if key not in st.session_state or (text != was and st.session_state[key] == was):
            st.session_state[key] = text
    st.session_state[f"stored-{name}"] = texts


def _choose(each: Typed, theirs: SavedDraft | None) -> None:
    if not each.is_contested:
        return
    name = name_of(each.line)
    proposal = theirs or each.line.waiting
    said = f"{proposal.proposed_by} has {proposal.in_words} here" if proposal else "Someone else emptied this"
    st.warning(plain(f"{said}, saved while you typed yours. Choose which to keep; nothing is lost."))
    left, right = st.columns(2)
    texts = drafts.texts_of(each.line, theirs)
    left.button("Keep theirs", key=f"theirs-{name}", on_click=drafts.settle, args=(each.line, texts))
    right.button("Use mine", key=f"mine-of-{name}", on_click=drafts.settle, args=(each.line, None))


def _past(line: MeasureTargets) -> str:
    """The measure with its outturns, its last 36 months, its usual ups and downs and its peers."""
    measure = line.measure
    years = "".join(
        f"<div><dt>{escape(each.period.short)}</dt><dd>{escape(_outturn(measure, each))}</dd></div>"
        for each in line.outturns
    )
    lines = [_usual(line), line.benchmark and f"Compared with: {line.benchmark}."]
    rest = "".join(f"<p><small>{escape(text)}</small></p>" for text in lines if text)
    return (
        f'<div class="set"><p><strong>{escape(measure.title)}</strong></p>'
        f"<p><small>{escape(measure.polarity.in_words)}</small></p><dl>{years}<div>{_spark(line)}</div></dl>{rest}</div>"
    )


def _outturn(measure: Measure, outturn: Aggregate) -> str:
    partial = f", {months_in_words(measure, outturn)}" if outturn.is_partial else ""
    return f"{measure.print_value(outturn.value)}{partial}"


def _spark(line: MeasureTargets) -> str:
    known = list(numbers(line.measure, line.series.figures).items())[-_MONTHS // line.measure.frequency.months :]
    if len(known) < 2:
        return ""
    printed = [(period, round_half_up(number, line.measure.decimals)) for period, number in known]
    code = base64.b64encode(sparkline(with_gaps(printed), width=120, height=28).encode()).decode()
    words = escape(spark_alt(line.measure, printed))
    return f'<dd><img src="data:image/svg+xml;base64,{code}" alt="{words}" width="120" height="28"></dd>'


def _usual(line: MeasureTargets) -> str:
    """Process limits in words, where the measure has them."""
    measure = line.measure
    if measure.accumulation.value in {"cumulative", "rolling"} or measure.frequency.months == 12:
        return ""
    known: list[Decimal] = list(numbers(measure, line.series.figures).values())[-_MONTHS:]
    limits = process_limits(known)
    drawn = limits.drawn(measure) if limits else None
    if drawn is None:
        return ""
    low, high = drawn
    return f"Usual ups and downs: {measure.print_value(low)} to {measure.print_value(high)}."


def _stands(line: MeasureTargets) -> str:
    """What is agreed, and what waits."""
    said = []
    if line.agreed:
        said.append(f"Agreed: {line.agreed.in_words}.")
    elif line.measure.polarity is Polarity.CONTEXT:
        said.append("No target: for context.")
    elif line.measure.no_target_reason:
        said.append(f"No target: {line.measure.no_target_reason.rstrip('.')}.")
    else:
        said.append("No target yet.")
    if line.waiting:
        said.append(f"{line.waiting.in_words} is proposed by {line.waiting.proposed_by} and waits.")
    return " ".join(said)


def _count() -> None:
    st.session_state["attempt"] = st.session_state.get("attempt", 0) + 1


def _unit(unit: str) -> str:
    return {"percent": "in %", "pounds": "in £"}.get(unit, f"in {unit}" if unit else "a number")
