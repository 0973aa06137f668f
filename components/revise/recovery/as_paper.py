"""A recovery plan in the words, tables and charts of its page, for the paper that is taken away."""

from collections.abc import Iterator, Sequence

from components.parts import delivery_history
from components.parts.hidden import withheld
from components.parts.taken_away import who
from components.revise.meetings.beside import whose
from components.revise.recovery import effect, path, tables, words
from components.revise.recovery.tables import Listed
from cycle.revise.meetings.agenda import Asked
from cycle.revise.recovery.evidence import Evidence, Tried
from cycle.revise.recovery.path import PathView
from cycle.revise.recovery.view import ActionLine, PlanView
from performance.ground.organisation import PlanStatus
from performance.ground.periods import day_in_words
from performance.revise.kinship import Kinship
from performance.revise.risks import RiskEntry
from reporting.charts.alternative_text import recovery_alt, stretches_alt
from reporting.papers.recovery_plan import Drawn, Grid, RecoveryPlan
from reporting.words.explained import explained_in_words


def told(
    view: PlanView, *, risks: Sequence[RiskEntry], asked: Sequence[Asked], council: str, place: str
) -> RecoveryPlan:
    """The plan with its `risks` and what meetings `asked`. `council` is its name in full, `place` what its area is
    called in a chart."""
    evidence = view.evidence
    return RecoveryPlan(
        reference=view.plan.reference,
        measure=view.measure.title,
        council=council,
        known=f"As it stood on {day_in_words(view.today)}" + (f". {who(view.in_full)}" if view.in_full else ""),
        state=tuple(_state(view)),
        figures=_standing(view),
        evidence=tuple(_evidence(evidence)),
        compared=_grid(tables.compared(evidence)),
        said_for=f"Last commentary, for {evidence.said_for.in_words}" if evidence.said_for else "",
        said=words.last_said(evidence),
        tried=(*map(words.lesson, evidence.lessons), *map(_tried, evidence.tried)),
        whys=_grid(tables.whys(view)),
        cause=(("Root cause", view.plan.cause or "Not said yet."), ("Partners", view.plan.partners or "None named.")),
        actions=_actions(view),
        paths=tuple(_paths(view, place)),
        milestones=_grid(tables.milestones(view)),
        risks=_risks(risks),
        notes=tuple((whose, text) for text, whose in words.notes(view)),
        delivery=_delivery(view),
        moves=_grid(tables.moves(view)),
        meetings=tuple((whose(each), each.in_words) for each in asked),
        ending="Agreement and end" if view.plan.is_open else "Did it work?",
        end=tuple(_end(view)),
        effect=_effect(view, place),
    )


def _state(view: PlanView) -> Iterator[tuple[str, str]]:
    course, why, otherwise = words.course(view)
    yield "", words.state(view)
    if course:
        yield course.rstrip("."), why
    yield from (("", each) for each in (otherwise, words.asked(view), words.end(view)) if each)


def _standing(view: PlanView) -> Grid:
    """Each measure of the plan with its newest figure."""
    shown = [path.off for path in view.paths]
    return Grid(
        title="How the measures of the plan stand",
        header=("Measure", "Newest figure", "Status", "For how long"),
        rows=tuple(
            (
                each.measure.title,
                words.newest_figure(each),
                each.line.rag.in_words if each.line else "–",
                each.how_long,
            )
            for each in shown
        ),
        tagged=2,
        tags=tuple(each.line.rag.value if each.line else "" for each in shown),
    )


def _evidence(evidence: Evidence) -> Iterator[str]:
    off = evidence.off
    yield f"{off.measure.polarity.in_words}. {evidence.bands}"
    if evidence.explained is not None and off.line is not None:
        yield explained_in_words(off.line.measure, evidence.explained, evidence.variation)
    if not evidence.comparators:
        yield words.NO_COMPARATOR
    if hidden := withheld(off.series):
        yield f"{hidden}: hidden to protect people."
    if off.measure.illustrative:
        yield "Illustrative figures."


def _tried(each: Tried) -> str:
    where = each.near.in_words if each.near is Kinship.MEASURE else f"{each.near.in_words}: {each.title}"
    return f"{where} ({each.plan.reference}). {each.in_words}"


def _actions(view: PlanView) -> Grid:
    """As many columns as a page has room for: what is expected stands beside the result, and the days together."""
    return Grid(
        title="Actions",
        header=("Action", "Responsible officer", "Anticipated result", "When", "Resources", "Status"),
        rows=tuple(
            (
                line.action.action,
                line.action.responsible_role,
                ". ".join(filter(None, (line.action.result.rstrip("."), words.effect(view.measure, line.action)))),
                _when(line),
                line.action.resources,
                line.in_words,
            )
            for line in view.actions
        ),
    )


def _when(line: ActionLine) -> str:
    begins = line.action.starts_on
    ends = words.end_of(line.action)
    if begins and ends:
        return f"{day_in_words(begins)} to {ends}"
    return f"From {day_in_words(begins)}" if begins else ends and f"By {ends}"


def _paths(view: PlanView, place: str) -> Iterator[Drawn]:
    """A measure without figures has no chart."""
    for number, each in enumerate(view.paths):
        if drawn := _path(view, each, view.actions if number == 0 else (), place):
            yield drawn


def _path(view: PlanView, each: PathView, actions: Sequence[ActionLine], place: str) -> Drawn | None:
    chart = path.chart_of(each, view.evidence.default_percent, actions, place=place)
    if chart is None:
        return None
    return Drawn(
        title=each.measure.title,
        said=each.newest_in_words or words.NOTHING_SINCE,
        chart=chart,
        alt=recovery_alt(each.measure, chart, newest=each.newest_in_words),
        key=path.key_of(each, chart, actions),
        figures=_grid(tables.against_path(each, chart, actions)),
    )


def _risks(risks: Sequence[RiskEntry]) -> Grid:
    return Grid(
        title="Risks",
        header=("Risk", "How high", "What is done about it"),
        rows=tuple((each.risk.title, each.in_words, each.risk.mitigation) for each in risks),
    )


def _delivery(view: PlanView) -> Grid:
    said = [
        *((line.action.action, line.said) for line in view.actions),
        *((line.in_words, line.said) for line in view.milestones),
    ]
    return Grid(
        title="What was said of actions and milestones, the newest month first",
        header=delivery_history.COLUMNS,
        rows=tuple(map(tuple, delivery_history.rows_of(said, view.known_as))),
    )


def _end(view: PlanView) -> Iterator[tuple[str, str]]:
    if view.plan.is_open and not view.is_agreed:
        yield "", "Nobody has agreed it yet."
    elif view.plan.is_open:
        yield "", "It closes when the figures of all its measures pass one of two tests."
        yield from (("Passed" if test.passed else "Not yet", test.in_words) for test in view.tests)
    if view.plan.is_open:
        return
    if view.plan.tolerated_until:
        yield "", words.TOLERATED
        return
    if view.effect:
        yield "The figures say", f"{view.effect.verdict.in_words}. {view.effect.in_words}"
    yield from tuple(words.judgement(view)) or (("", words.NOT_JUDGED),)


def _effect(view: PlanView, place: str) -> Drawn | None:
    chart = effect.chart_of(view, place=place)
    if chart is None or view.effect is None or view.plan.status is not PlanStatus.CLOSED:
        return None
    return Drawn(
        title=f"{view.measure.title} before, during and after the plan",
        said="",
        chart=chart,
        alt=stretches_alt(view.measure, chart),
        key="",
        figures=_grid(tables.stretches(view.effect, view.measure)),
    )


def _grid(listed: Listed) -> Grid:
    return Grid(title=listed.title, header=tuple(each.title for each in listed.columns), rows=listed.rows)
