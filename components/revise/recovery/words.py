"""What is said of a recovery plan, in the same sentences on the screen and on paper."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from cycle.revise.recovery.evidence import Evidence, Learnt, OffTarget
from cycle.revise.recovery.view import ActionLine, PlanView
from performance.ground.measures import Measure
from performance.ground.organisation import Action
from performance.ground.periods import Period, day_in_words
from performance.ground.values import round_half_up
from performance.revise.course import Gap, PathPoint
from performance.revise.recovery import Moved

NO_COMPARATOR = "No comparator is published for this measure."
NO_MILESTONES = "No milestones yet. A milestone is a figure the measure should reach by a period."
NO_ACTIONS = "No actions yet."
NO_NOTES = "No notes yet."
NOTHING_SINCE = "No figure has come since the plan began."
NOT_JUDGED = "Nobody has said yet whether it worked."
TOLERATED = "The measure was left as it is until the day it is tolerated to. After that it calls for a plan again."
_MOST_MARKS = 6


def state(view: PlanView) -> str:
    """What the plan is, who opened it and who agreed it."""
    plan = view.plan
    said = f"{plan.status.in_words}. Opened on {day_in_words(plan.opened_at.date())} by {view.name_of(plan.opened_by)}."
    if plan.agreed_by and plan.agreed_at:
        said += f" Agreed on {day_in_words(plan.agreed_at.date())} by {view.name_of(plan.agreed_by)}."
    return said


def course(view: PlanView) -> tuple[str, str, str]:
    """The course, why, and who said otherwise than the figures; three empty texts where a plan has none."""
    if not (view.plan.is_open and view.is_agreed):
        return "", "", ""
    worked_out, said = view.course.worked_out, view.course.said
    otherwise = said and (
        f"Worked out from the figures: {worked_out.course.in_words.lower()}. Said otherwise by"
        f" {view.name_of(said.said_by)} on {day_in_words(said.said_at.astimezone().date())}, until the next"
        f" figure arrives: {said.because}"
    )
    return f"{view.course.course.in_words}.", " ".join(worked_out.reasons), otherwise or ""


def asked(view: PlanView) -> str:
    """Who asks to tolerate the measure, until when and why; empty where nobody does."""
    plan = view.plan
    if not (plan.is_asked and plan.asked_until and plan.asked_by):
        return ""
    until = day_in_words(plan.asked_until)
    return f"{view.name_of(plan.asked_by)} asks to tolerate the measure until {until}: {plan.asked_because}"


def end(view: PlanView) -> str:
    """How it ended; empty while it is open."""
    plan = view.plan
    if plan.ended_at is None or plan.ended_by is None:
        return ""
    when, who = day_in_words(plan.ended_at.astimezone().date()), view.name_of(plan.ended_by)
    if plan.tolerated_until:
        until = day_in_words(plan.tolerated_until)
        return f"Tolerated until {until}, approved by {who} on {when}: {plan.ended_because}"
    why = plan.ended_because or "on the evidence of the figures"
    return f"Closed by {who} on {when}: {why.rstrip('.')}. Kept there by: {plan.kept_by_role}."


def newest_figure(off: OffTarget) -> str:
    """33 days in October 2017, target 20 days."""
    if off.line is None:
        return "No figures yet"
    return f"{off.measure.print_value(off.line.value)} in {off.line.period.in_words}{off.line.against_target}"


def held_against(evidence: Evidence) -> str:
    """For how long it is red, what is good, and where its colours begin."""
    return f"{evidence.off.how_long}. {evidence.off.measure.polarity.in_words}. {evidence.bands}"


def last_said(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """The answers of the last commentary, each with its label; none where nothing was said."""
    said = evidence.said
    answers = (("What happened", said.what_happened), ("Why", said.why), ("What next", said.what_next))
    return tuple((label, answer) for label, answer in answers if answer)


def lesson(learnt: Learnt) -> str:
    near = learnt.near.in_words
    return f"A lesson ({near[0].lower()}{near[1:]}). {learnt.lesson.title}: {learnt.lesson.advice}"


def judgement(view: PlanView) -> Iterator[tuple[str, str]]:
    """What whoever judged it makes of it, each with its label; the verdict first. None before it is judged."""
    if view.lesson is None:
        return
    when = day_in_words(view.lesson.written_at.astimezone().date())
    yield view.lesson.verdict.in_words, f"in the judgement of {view.name_of(view.lesson.written_by)}, {when}."
    for label, said in (
        ("What worked", view.lesson.what_worked),
        ("What did not", view.lesson.what_did_not),
        ("To another service", view.lesson.advice),
    ):
        if said:
            yield label, said


def notes(view: PlanView) -> Iterator[tuple[str, str]]:
    """Each note with its month, who wrote it and when: For October 2017: Waste manager, 11 November 2017."""
    for note in view.notes:
        who = view.name_of(note.written_by)
        yield note.text, f"For {note.period.in_words}: {who}, {day_in_words(note.written_at.date())}"


def move(view: PlanView, moved: Moved) -> tuple[str, str, str, str, str]:
    """What, from when, to when, why, and who moved it on which day."""
    who = f"{view.name_of(moved.moved_by)}, {day_in_words(moved.moved_at.astimezone().date())}"
    for line in view.milestones:
        if line.milestone.id == moved.milestone_id:
            months = line.milestone.period.months
            before, after = (
                Period(start=day, months=months).in_words if day else "–" for day in (moved.before, moved.after)
            )
            return line.in_words, before, after, moved.because, who
    action = next((line.action.action for line in view.actions if line.action.id == moved.action_id), "An action")
    return action, day_in_words(moved.before) if moved.before else "–", day_in_words(moved.after), moved.because, who


def effect(measure: Measure, action: Action) -> str:
    """Down by 0.3 days by 28 February 2018; empty where none is expected."""
    if action.effect is None:
        return ""
    way = "Up" if action.effect > 0 else "Down"
    by = f" by {day_in_words(action.effect_by)}" if action.effect_by else ""
    return f"{way} by {measure.print_change(abs(action.effect))}{by}"


def end_of(action: Action) -> str:
    """The day an action ends, and whether it was moved; the first day stays in sight."""
    if action.ends_on is None:
        return ""
    said = day_in_words(action.ends_on)
    if action.moves and action.original_ends_on:
        times = {1: "once", 2: "twice"}.get(action.moves, f"{action.moves} times")
        return f"{said} (moved {times}, first set for {day_in_words(action.original_ends_on)})"
    return said


def marked(actions: Sequence[ActionLine]) -> list[tuple[str, date, str]]:
    """The first few actions by letter, on the day their effect should show, or else their end."""
    days = [(line.action.effect_by or line.action.ends_on, line.action.action) for line in actions]
    known = sorted((day, words) for day, words in days if day is not None)
    return [(chr(ord("A") + place), day, words) for place, (day, words) in enumerate(known[:_MOST_MARKS])]


def due(actions: Sequence[ActionLine], period: Period) -> str:
    return "; ".join(said for _, day, said in marked(actions) if period.start <= day <= period.end)


def figure(measure: Measure, number: Decimal | None) -> str:
    return "–" if number is None else measure.print_value(number)


def expected(measure: Measure, point: PathPoint | None) -> str:
    return "–" if point is None else printed(measure, point.number)


def band(measure: Measure, point: PathPoint | None) -> str:
    if point is None or point.low is None or point.high is None:
        return "–"
    return f"{printed(measure, point.low)} to {printed(measure, point.high)}"


def against(measure: Measure, gap: Gap | None) -> str:
    if gap is None:
        return ""
    return f"Behind by {measure.print_change(gap.behind)}" if gap.behind > 0 else "As expected or better"


def printed(measure: Measure, number: Decimal) -> str:
    return measure.print_value(round_half_up(number, measure.decimals))
