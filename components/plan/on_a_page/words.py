"""What a plan on a page says, in words and charts: the same on the screen and on paper."""

from decimal import Decimal

from components.parts import trend
from cycle.plan.page_view import Evidence, PageAction, PlanPage
from performance.ground.organisation import NodeKind, PlanNode
from performance.ground.periods import day_in_words
from performance.ground.reckoning.rag import target_in_words
from performance.plan.thread import Strand, count, counts_in_words
from performance.review.scorecard import ScorecardLine
from reporting.charts import over_time
from reporting.charts.alternative_text import course, trend_alt, wards_alt

NO_WHY = "Nobody has written yet why this matters."
NO_LESSONS = "No lessons are noted yet."
NO_ACTIONS = "No actions are planned yet."
NO_MEASURES = "No measure hangs on this page of the plan yet."
NO_RISKS = "No risk is registered for this page of the plan."
ACTION_COLUMNS = ("Action", "Responsible officer", "Anticipated result", "Start", "End", "Resources", "Status")
MEASURE_COLUMNS = ("Measure", "Status", "Latest", "Target", "Direction", "Good is")


def kind_in_words(node: PlanNode) -> str:
    return {NodeKind.PLAN: "Delivery plan"}.get(node.kind, node.kind.value.capitalize())


def facts(page: PlanPage) -> list[str]:
    """Whose page it is and when it was last looked over, a sentence each."""
    node = page.node
    reviewed = f"Last reviewed on {day_in_words(node.reviewed_on)}." if node.reviewed_on else "Not reviewed yet."
    return [
        f"Owner: {node.owner_role}." if node.owner_role else "Nobody owns this page yet.",
        f"Unit: {page.unit_name}." if page.unit_name else "",
        reviewed,
    ]


def counts(page: PlanPage) -> str:
    """2 red, 1 amber, 4 green: counted, never rolled up into one colour."""
    rated = [Strand(measure=line.measure, rag=line.rag, period=line.period) for line in page.measures]
    return counts_in_words(count([*rated, *(Strand(measure=measure) for measure in page.by_ward_alone)]))


def action_cells(each: PageAction) -> list[str]:
    action = each.action
    of = f" (for {each.measure.title})" if each.measure else ""
    return [
        action.action + of,
        action.responsible_role,
        action.result,
        f"{action.starts_on:%d/%m/%Y}" if action.starts_on else "",
        f"{action.ends_on:%d/%m/%Y}" if action.ends_on else "",
        action.resources,
        action.status.in_words,
    ]


def measure_cells(line: ScorecardLine) -> list[str]:
    measure = line.measure
    return [
        measure.title,
        f"{line.rag.shape} {line.rag.in_words}",
        f"{measure.print_value(line.value)}, {line.period.short}",
        target_in_words(measure, line.target),
        f"{line.short.arrow} {line.travel.in_words(measure, short=True)}",
        measure.polarity.in_words,
    ]


def said(evidence: Evidence, place: str) -> str:
    """What the chart shows, its gaps and what cannot be compared, in a line or two."""
    measure, wards = evidence.measure, evidence.wards
    if wards is not None:
        high, low = wards.ranked[0], wards.ranked[-1]
        whole = f"; {place} {measure.print_value(wards.whole)}" if isinstance(wards.whole, Decimal) else ""
        spread = f"{high.area.name} {measure.print_value(high.value)}, {low.area.name} {measure.print_value(low.value)}"
        shown = "" if len(wards.ranked) == len(wards.wards) else " that can be shown"
        return f"{wards.period.in_words}, highest and lowest of {len(wards.ranked)} wards{shown}: {spread}{whole}."
    if not evidence.numbers:
        return f"{measure.title} has no figures yet."
    return course(measure, evidence.numbers, over_time.every_period(evidence.numbers[0][0], evidence.numbers[-1][0]))


def alt(evidence: Evidence, page: PlanPage) -> str:
    """The chart for those who do not see it."""
    measure, wards = evidence.measure, evidence.wards
    if wards is not None:
        ranked = [(ward.area.name, ward.value) for ward in wards.ranked]
        beside = ranking_of(evidence, page.place).against_words
        return wards_alt("Ranked bars", measure, wards.period, ranked, of=len(wards.wards), beside=beside)
    chart = trend_of(evidence, page)
    return trend_alt(measure, chart) if chart else ""


def trend_of(evidence: Evidence, page: PlanPage) -> over_time.Trend | None:
    """The council's own figures over time with what they were to reach; None where there are none."""
    if not evidence.numbers:
        return None
    measure = evidence.measure
    periods = over_time.every_period(evidence.numbers[0][0], evidence.numbers[-1][0])
    return over_time.Trend(
        periods=periods,
        lines=(over_time.Line(name=page.place, numbers=evidence.numbers),),
        unit=measure.unit,
        decimals=measure.decimals,
        aims=tuple(trend.aims(measure, dict(evidence.targets), periods, page.default_percent)),
        breaks=tuple((each.on, each.reason) for each in measure.breaks),
    )


def ranking_of(evidence: Evidence, place: str) -> over_time.Ranking:
    """The wards that may be shown, highest first, with the whole council's line where it can be compared."""
    measure, wards = evidence.measure, evidence.wards
    shown = wards.ranked if wards else ()
    whole = wards.whole if wards and isinstance(wards.whole, Decimal) and measure.is_ratio else None
    return over_time.Ranking(
        bars=tuple(
            over_time.Bar(name=ward.area.name, number=ward.value, words=measure.print_value(ward.value))
            for ward in shown
            if isinstance(ward.value, Decimal)
        ),
        unit=measure.unit,
        against=whole,
        against_words="" if whole is None else f"{place} {measure.print_value(whole)}",
    )
