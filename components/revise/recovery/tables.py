"""The tables of a recovery plan, as they stand on the screen and on paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from components.parts import html_table
from components.parts.html_table import Column
from components.revise.recovery import words
from cycle.revise.recovery.evidence import Evidence
from cycle.revise.recovery.path import PathView
from cycle.revise.recovery.view import ActionLine, PlanView
from performance.ground.measures import Measure
from performance.ground.periods import Period, day_in_words
from performance.ground.reckoning.rag import target_in_words
from performance.revise.effect import Effect
from reporting.charts.over_time import Trend

_MOST_COMPARED = 6


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A table: what it is of, its columns, and a text for each cell."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def show(self) -> None:
        html_table.plain(self.title, self.columns, self.rows)


def compared(evidence: Evidence) -> Listed:
    """The places it is compared with, each with its newest figure."""
    measure = evidence.off.measure
    return Listed(
        title="Compared with",
        columns=(Column(title="Place"), Column(title="Figure", is_number=True), Column(title="Period it covers")),
        rows=tuple(
            (each.label, measure.print_value(each.numbers[each.latest]), each.latest.in_words)
            for each in evidence.comparators[:_MOST_COMPARED]
        ),
    )


def whys(view: PlanView) -> Listed:
    return Listed(
        title="Five whys: each answers the one before",
        columns=(Column(title="Why"), Column(title="What shows it")),
        rows=tuple((f"{place}. {each.why}", each.evidence) for place, each in enumerate(view.whys, start=1)),
    )


def actions(view: PlanView) -> Listed:
    """Appendix A's columns with the effect expected of each, and how each action stands."""
    titles = ("Action", "Responsible officer", "Anticipated result", "Expected effect", "Start", "End", "Resources",
              "Status")  # fmt: skip
    return Listed(
        title="Actions",
        columns=tuple(Column(title=title) for title in titles),
        rows=tuple(
            (
                line.action.action,
                line.action.responsible_role,
                line.action.result,
                words.effect(view.measure, line.action),
                day_in_words(line.action.starts_on) if line.action.starts_on else "",
                words.end_of(line.action),
                line.action.resources,
                line.in_words,
            )
            for line in view.actions
        ),
    )


def milestones(view: PlanView) -> Listed:
    """Those of every measure, which is named where there are several."""
    several = len(view.paths) > 1
    return Listed(
        title="Milestones tick themselves from the figures",
        columns=(
            *([Column(title="Measure")] if several else []),
            Column(title="Milestone"),
            Column(title="Figure", is_number=True),
            Column(title="State"),
            Column(title="Note"),
        ),
        rows=tuple(
            (
                *([path.measure.title] if several else []),
                line.in_words,
                path.measure.print_value(line.actual),
                path.state_in_words(line),
                line.milestone.note,
            )
            for path in view.paths
            for line in path.milestones
        ),
    )


def against_path(path: PathView, chart: Trend, actions: Sequence[ActionLine]) -> Listed:
    """The figures that are drawn with their target, the newest first; with what was expected and what was due, where
    there is a path."""
    measure, targets = path.measure, path.off.series.targets
    known, expected = dict(chart.lines[0].numbers), {point.period: point for point in path.path}
    first = {point.period: point for point in path.first}
    behind = {gap.period: gap for gap in path.gaps}
    columns: list[tuple[Column, Callable[[Period], str]]] = [
        (Column(title="Period"), lambda each: each.in_words),
        (Column(title="Actual", is_number=True), lambda each: words.figure(measure, known.get(each))),
        (Column(title="Target", is_number=True), lambda each: target_in_words(measure, targets.get(each))),
    ]
    if expected:
        columns += [
            (Column(title="Expected", is_number=True), lambda each: words.expected(measure, expected.get(each))),
            (Column(title="Band", is_number=True), lambda each: words.band(measure, expected.get(each))),
            (Column(title="Against the path"), lambda each: words.against(measure, behind.get(each))),
            (Column(title="Actions due"), lambda each: words.due(actions, each)),
        ]
    if expected and first:
        at_first = Column(title="Expected at first", is_number=True)
        columns.insert(4, (at_first, lambda each: words.expected(measure, first.get(each))))
    return Listed(
        title=f"{measure.title}, expected and actual" if expected else measure.title,
        columns=tuple(column for column, _ in columns),
        rows=tuple(tuple(cell(period) for _, cell in columns) for period in reversed(chart.periods)),
    )


def moves(view: PlanView) -> Listed:
    """What was moved since the plan was agreed, and why; the newest first."""
    return Listed(
        title="Dates moved since it was agreed, the newest first",
        columns=tuple(Column(title=title) for title in ("What", "From", "To", "Why", "Who")),
        rows=tuple(words.move(view, each) for each in view.moves),
    )


def stretches(effect: Effect, measure: Measure) -> Listed:
    """The measure before, during and after the plan."""
    found = (("Before", effect.before), ("During", effect.during), ("After", effect.after))
    return Listed(
        title="The measure before, during and after the plan",
        columns=(
            Column(title="Stretch"),
            Column(title="Periods"),
            Column(title="Figures", is_number=True),
            Column(title="Average", is_number=True),
        ),
        rows=tuple(
            (
                name,
                f"{each.first.in_words} to {each.last.in_words}",
                str(each.count),
                words.printed(measure, each.mean),
            )
            for name, each in found
            if each is not None
        ),
    )
