"""What is known of a measure on the day, as far as the challenge rules ask for it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.series.comparing import Comparator, comparators_of
from cycle.ground.series.hiding import council_histories
from cycle.ground.series.lately import latest_number
from cycle.ground.series.scoring import Entry
from cycle.revise.recovery.evidence import OffTarget
from cycle.revise.recovery.view import PlanSummary, summaries
from data_access.council.settings_store import get_default_tolerance, get_today
from data_access.plan import tree as plans_of_nodes
from data_access.review.challenges import list_challenges
from data_access.revise import recovery
from data_access.revise import risks as register
from performance.ground.commentary import read_commentary
from performance.ground.figures import Figure, Series, Target
from performance.ground.measures import Measure, Polarity
from performance.ground.organisation import Action, ActionStatus, MilestoneState
from performance.ground.periods import Frequency, Period, PeriodNotUnderstoodError, parse_period
from performance.ground.readers import Reader
from performance.ground.reckoning.due import is_due, numbers, stored_value
from performance.ground.reckoning.rag import Rag, has_aim
from performance.review.quality.challenges import ChallengeKind
from performance.revise.challenge_rules import Signals
from performance.revise.recovery import running

_METHOD_DAYS = 730
_OLDEST = 6
_WORDS_OF = 3


def signals_of(
    session: Session, entries: Sequence[Entry], standing: Mapping[str, OffTarget], *, reader: Reader
) -> dict[str, Signals]:
    """The signals of each entry of a scorecard, by its measure's code; `standing` is how each stands at its newest."""
    today, percent, area = get_today(session), get_default_tolerance(session), council_area(session)
    codes = [each.measure.code for each in entries]
    planned = {
        measure.code: each
        for each in reversed(summaries(session, reader=reader))  # so that an open one stands before one that ended
        if each.plan.stands_on(today)
        for measure in (each.off.measure, *each.shared)
    }
    actions = _actions(session, codes, planned)
    histories = council_histories(session, measures=[each.measure for each in entries], area=area, reader=reader)
    doubts, risks = _open_doubts(session, codes), _risks_overdue(session, today)
    compared = comparators_of(session, measures=[each.measure for each in entries], up_to=today)
    return {
        each.measure.code: _signals(
            each,
            standing[each.measure.code],
            plan=planned.get(each.measure.code),
            actions=actions.get(each.measure.code, []),
            history=histories.get(each.measure.code, {}),
            doubts=doubts.get(each.measure.code, 0),
            risks_overdue=risks.get(each.measure.code, 0),
            compared=[other for other in compared[each.measure.code] if not other.is_neighbour],
            today=today,
            percent=percent,
        )
        for each in entries
    }


def _signals(
    entry: Entry,
    off: OffTarget,
    *,
    plan: PlanSummary | None,
    actions: Sequence[Action],
    history: Mapping[Period, Sequence[Figure]],
    doubts: int,
    risks_overdue: int,
    compared: Sequence[Comparator],
    today: date,
    percent: Decimal,
) -> Signals:
    measure, line, series = entry.measure, off.line or entry.line, off.series
    # Of a plan that has ended nobody asks how it goes.
    going = plan if plan and plan.plan.is_open else None
    newest = latest_number(measure, series, today)
    figure = series.figures.get(newest)
    said = [read_commentary(series.figures[each].commentary) for each in _newest(measure, series)]
    late = [days for each in actions if (days := _days_late(each, today)) > 0]
    better = _better(measure, series, compared)
    outlook = entry.outlook
    open_year = outlook is not None and not outlook.forecast.is_known
    return Signals(
        rag=line.rag,
        periods_red=off.periods_red,
        periods_green=running(measure, series, Rag.GREEN, up_to=today, default_percent=percent),
        kind=entry.variation.kind if entry.variation else None,
        assurance=entry.variation.assurance if entry.variation else None,
        met=entry.variation.record.met if entry.variation else 0,
        chance=outlook.percent if outlook and open_year else None,
        needs=_beyond_best(entry),
        plan=plan.plan.reference if plan else "",
        plan_course=going.course.course if going and going.plan.agreed_by else None,
        plan_silent=_silent(going, today),
        plan_waits=_waits(going, today),
        milestones_missed=going.count(MilestoneState.MISSED) if going else 0,
        unticked=any(each.unticked for each in going.milestones) if going else False,
        most_moves=max((each.milestone.moves for each in going.milestones), default=0) if going else 0,
        actions=len(actions),
        late_actions=len(late),
        longest_late=max(late, default=0),
        comments=tuple(f"{each.what_happened} {each.why} {each.what_next}".strip() for each in said),
        promised=said[0].back_on_track if said else "",
        promised_by=_day(said[0].back_on_track) if said else None,
        worse_than=better,
        compared=sum(newest in each.numbers for each in compared),
        wider=_wider(measure, series, compared, newest),
        is_late=entry.line.rag is Rag.NOT_PROVIDED,
        periods_old=_periods_old(measure, newest, today),
        corrected=_corrections(measure, history.get(newest, ())),
        doubts=doubts,
        risks_overdue=risks_overdue,
        is_estimate=line.is_estimated,
        cases=_cases(measure, figure),
        has_target=has_aim(line.target, measure.polarity),
        may_have_target=measure.polarity is not Polarity.CONTEXT and not measure.no_target_reason,
        loosened=_is_loosened(measure, series, newest),
        worse_than_last_year=_is_worse_than_last_year(measure, series, newest),
        method_overdue=_is_overdue(measure, today),
        owner=measure.owner_role,
        today=today,
    )


def _actions(session: Session, codes: Collection[str], planned: Mapping[str, PlanSummary]) -> dict[str, list[Action]]:
    """Actions on a measure, and those of the open plan that is to bring it back."""
    found: dict[str, list[Action]] = {}
    for action in plans_of_nodes.list_actions(session, measure_codes=codes):
        found.setdefault(action.measure_code or "", []).append(action)
    of_plans = recovery.list_actions(session, plan_ids={each.plan.id for each in planned.values() if each.plan.is_open})
    for code, summary in planned.items():
        found.setdefault(code, []).extend(of_plans.get(summary.plan.id, []))
    return found


def _open_doubts(session: Session, codes: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in list_challenges(session, measure_codes=codes):
        if each.kind is ChallengeKind.DOUBT and each.waits:
            found[each.measure_code] = found.get(each.measure_code, 0) + 1
    return found


def _days_late(action: Action, today: date) -> int:
    if action.ends_on is None or action.status is ActionStatus.DONE:
        return 0
    return (today - action.ends_on).days


def _newest(measure: Measure, series: Series) -> list[Period]:
    """The periods whose words are read: the newest few that have a figure."""
    known = numbers(measure, series.figures)
    return sorted(known, key=lambda period: (period.end, period.months), reverse=True)[:_WORDS_OF]


def _corrections(measure: Measure, revisions: Sequence[Figure]) -> int:
    """How often the number was changed; one that was confirmed, or got other words, was not."""
    stood = [stored_value(measure, each) for each in revisions]
    return sum(now != before for before, now in pairwise(stood))


def _silent(plan: PlanSummary | None, today: date) -> int:
    """Days since anything was said of an open plan, or since it was agreed."""
    if plan is None or not plan.plan.is_open or plan.plan.agreed_at is None:
        return 0
    return (today - (plan.last_note or plan.plan.agreed_at.date())).days


def _waits(plan: PlanSummary | None, today: date) -> int:
    """Days since an open plan was drafted that nobody has agreed yet."""
    return (today - plan.plan.opened_at.date()).days if plan and plan.plan.agreed_by is None else 0


def _risks_overdue(session: Session, today: date) -> dict[str, int]:
    """By measure, how many of its open risks should have been looked at again by now."""
    found = Counter(each.risk.measure_code for each in register.list_entries(session) if each.is_overdue(today))
    return {code: number for code, number in found.items() if code}


def _day(promised: str) -> date | None:
    """The end of the month or quarter that was promised, where it can be read."""
    try:
        return parse_period(promised.strip()).end if promised.strip() else None
    except PeriodNotUnderstoodError:
        return None


def _rises(measure: Measure) -> bool | None:
    return {Polarity.HIGHER: True, Polarity.RISE_WANTED: True, Polarity.LOWER: False}.get(measure.polarity)


def _lag(measure: Measure, ours: Decimal, theirs: Decimal) -> Decimal:
    """By how much others are better; 0 or less where they are not, and where neither way is better."""
    rises = _rises(measure)
    return Decimal(0) if rises is None else theirs - ours if rises else ours - theirs


def _better(measure: Measure, series: Series, comparators: Sequence[Comparator]) -> tuple[str, ...]:
    ours = numbers(measure, series.figures)
    newest = max(ours, default=None)
    if newest is None:
        return ()
    return tuple(
        each.name
        for each in comparators
        if newest in each.numbers and _lag(measure, ours[newest], each.numbers[newest]) > 0
    )


def _wider(measure: Measure, series: Series, comparators: Sequence[Comparator], newest: Period) -> str:
    """The first comparator that is better, and by more than a year before."""
    ours, before = numbers(measure, series.figures), newest.year_before
    for each in comparators:
        if {newest, before} <= ours.keys() and {newest, before} <= each.numbers.keys():
            now = _lag(measure, ours[newest], each.numbers[newest])
            if now > max(_lag(measure, ours[before], each.numbers[before]), Decimal(0)):
                return each.name
    return ""


def _beyond_best(entry: Entry) -> str:
    """What the rest of the year needs, where that is better than anything so far."""
    needed = entry.outlook.needed if entry.outlook else None
    if needed is None or needed.best is None:
        return ""
    beyond = needed.each < needed.best if needed.at_most else needed.each > needed.best
    return needed.in_words(entry.measure) if beyond else ""


def _periods_old(measure: Measure, newest: Period, today: date) -> int:
    """How many own periods after the newest figure are due by now."""
    step = 12 if measure.frequency is Frequency.YEARLY else newest.months
    return sum(is_due(measure, newest.shifted(step * ahead), today=today) for ahead in range(1, _OLDEST))


def _cases(measure: Measure, figure: Figure | None) -> int | None:
    if figure is None or not measure.is_ratio or figure.denominator is None:
        return None
    return int(figure.denominator)


def _is_loosened(measure: Measure, series: Series, newest: Period) -> bool:
    now, before = _number(series.targets.get(newest)), _number(series.targets.get(newest.year_before))
    return now is not None and before is not None and _lag(measure, now, before) > 0


def _number(target: Target | None) -> Decimal | None:
    return target.number if target else None


def _is_worse_than_last_year(measure: Measure, series: Series, newest: Period) -> bool:
    ours = numbers(measure, series.figures)
    now, before = ours.get(newest), ours.get(newest.year_before)
    return now is not None and before is not None and _lag(measure, now, before) > 0


def _is_overdue(measure: Measure, today: date) -> bool:
    reviewed = measure.methodology_reviewed_on
    return reviewed is None or (today - reviewed).days > _METHOD_DAYS
