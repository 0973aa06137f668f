"""What a review meeting's memo opens with: what the last one left, what stands, and what the signals ask."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.series.scoring import CORPORATE, Entry, Scorecard
from cycle.revise.meetings._deciding import actions_by_id, actions_of_ended
from cycle.revise.meetings._signals import signals_of
from cycle.revise.recovery.evidence import OffTarget, off_target
from cycle.revise.recovery.view import PlanSummary, summaries
from data_access.council.settings_store import get_today
from data_access.council.units import list_units
from data_access.plan.tree import list_nodes
from data_access.revise import meetings
from performance.ground.measures import Measure
from performance.ground.organisation import Action, ActionStatus, units_below
from performance.ground.periods import day_in_words
from performance.ground.readers import Reader
from performance.ground.reckoning.spc import PointType
from performance.revise.challenge_rules import challenge, telling_first
from performance.revise.meetings import MOST_NEW, ItemKind, Meeting, ReviewItem, is_unresolved


def memo_items(session: Session, card: Scorecard, *, held_on: date, reader: Reader) -> list[ReviewItem]:
    """Follow-up items, standing items and new questions, in this order, each with the fact as it is known now."""
    entries = {each.measure.code: each for each in card.entries}
    standing = off_target(
        session, measures=[each.measure for each in card.entries], area=council_area(session), reader=reader
    )
    facts = {off.measure.code: fact_of(off, entries[off.measure.code]) for off in standing}
    items = _follow_ups(session, card.scope.code, facts)
    items += [each for each in _called_back(session, card.scope.code, facts, held_on) if not _is_about(items, each)]
    items += _plans(session, facts, reader)
    taken = {each.measure_code for each in items}
    open_to = [each for code, each in entries.items() if code not in taken]
    return items + _new(session, open_to, {off.measure.code: off for off in standing}, facts, reader=reader)


def fact_of(off: OffTarget, entry: Entry) -> str:
    """Days to relet: 33 days in October 2017, target 20 days. Red for 2 months running, since September 2017,
    which ended 41 days ago."""
    line, title = off.line, off.measure.title
    if line is None:
        return f"{title}: no figure yet."
    figure = f"{off.measure.print_value(line.value)} in {line.period.in_words}{line.against_target}"
    standing = off.how_long if off.since else line.rag.in_words
    special = entry.variation.kind if entry.variation else None
    change = (
        f" {special.in_words[0].upper()}{special.in_words[1:]}."
        if special and special is not PointType.COMMON_CAUSE
        else ""
    )
    return f"{title}: {figure}. {standing}.{change}"


def is_done(item: ReviewItem, actions: Mapping[int, Action], ended: Collection[int]) -> bool | None:
    """Whether the item's decision is carried out, as its action says; None where no action says it, or none will any
    more, as the recovery plan it is one of has `ended` (by the ids of such actions)."""
    action = actions.get(item.action_id or 0)
    if action is not None and action.status is ActionStatus.DONE:
        return True
    return None if action is None or action.id in ended else False


def _is_about(items: Collection[ReviewItem], other: ReviewItem) -> bool:
    """Whether an item is on the memo for the same measure already."""
    return any(each.measure_code == other.measure_code for each in items)


def left_of(
    session: Session, items: Mapping[int, Sequence[ReviewItem]], actions: Mapping[int, Action]
) -> dict[int, list[ReviewItem]]:
    """By meeting, the items that a next memo takes up: not resolved, and on no later memo yet. `items` are those of all
    the meetings of a part of the council, `actions` what their decisions became."""
    by_id = {item.id: item for of_one in items.values() for item in of_one}
    taken_up, ended = {item.follows for item in by_id.values()}, actions_of_ended(session, by_id.values())
    found = {}
    for meeting_id, of_one in items.items():
        decided = [(item, decided_in(item, by_id)) for item in of_one if item.id not in taken_up]
        found[meeting_id] = [
            item for item, first in decided if is_unresolved(item, first, done=is_done(first, actions, ended))
        ]
    return found


def _follow_ups(session: Session, scope: str, facts: Mapping[str, str]) -> list[ReviewItem]:
    """What closed meetings of the same part of the council left, the newest first."""
    held = meetings.list_meetings(session, scope=scope)
    items = meetings.list_items(session, meeting_ids=[each.id for each in held])
    by_id = {item.id: item for of_one in items.values() for item in of_one}
    actions = actions_by_id(session, list(by_id.values()))
    left = left_of(session, items, actions)
    return [
        _follow_up(item, decided_in(item, by_id), actions, facts.get(item.measure_code or "", ""))
        for each in held
        if not each.is_open
        for item in left.get(each.id, ())
    ]


def decided_in(item: ReviewItem, by_id: Mapping[int, ReviewItem]) -> ReviewItem:
    """The item itself, or the earlier one whose decision it goes on from."""
    while not item.decision and item.follows is not None and item.follows in by_id:
        item = by_id[item.follows]
    return item


def _follow_up(item: ReviewItem, decided: ReviewItem, actions: Mapping[int, Action], now: str) -> ReviewItem:
    question, fact = item.question, now or item.fact
    if decided.decision:
        action = actions.get(decided.action_id or 0)
        status = action.status.in_words.lower() if action else "nobody has said how it stands"
        due = f", by {day_in_words(decided.due_on)}" if decided.due_on else ""
        question = "Is it carried out, and did it help?"
        fact = f"Decided: {decided.decision} ({decided.owner_role}{due}): {status}. {now}".strip()
    return ReviewItem(kind=ItemKind.FOLLOW_UP, question=question, fact=fact, rule=item.rule,
                      measure_code=item.measure_code, plan_id=item.plan_id, follows=item.id)  # fmt: skip


def _called_back(session: Session, scope: str, facts: Mapping[str, str], held_on: date) -> list[ReviewItem]:
    """Measures that an earlier meeting wants to see again until a day to come: of the same part of the council, or of
    one that it belongs to, whose committee waits for an answer from where the measure is kept."""
    wider = _wider(session, scope)
    found = [each for each in meetings.list_meetings(session) if each.scope == scope or each.scope in wider]
    items = meetings.list_items(session, meeting_ids=[each.id for each in found])
    wanted: dict[str, tuple[Meeting, ReviewItem]] = {}
    for each in sorted(found, key=lambda each: each.scope != scope):
        for item in items.get(each.id, ()):
            if item.measure_code and item.back_until and item.back_until >= held_on:
                wanted.setdefault(item.measure_code, (each, item))
    return [
        ReviewItem(
            kind=ItemKind.STANDING,
            question="Called back: how does it stand now?",
            fact=f"{facts[code]} Called back {_by_whom(meeting, scope)}"
            f"until {day_in_words(item.back_until or held_on)}.",
            measure_code=code,
            back_until=item.back_until if meeting.scope == scope else None,
        )
        for code, (meeting, item) in wanted.items()
        if code in facts
    ]


def _wider(session: Session, scope: str) -> frozenset[str]:
    """The parts of the council that a part belongs to, above it."""
    today = get_today(session)
    units = [(unit.code, unit.parent_code) for unit in list_units(session, on=today)]
    nodes = [(node.code, node.parent_code) for node in list_nodes(session, on=today)]
    above = {code for tree in (units, nodes) for code, _ in tree if scope in units_below(code, tree)}
    return frozenset({CORPORATE, *above} - {scope})


def _by_whom(meeting: Meeting, scope: str) -> str:
    return "" if meeting.scope == scope else f"by {meeting.forum} ({meeting.reference}) "


def _plans(session: Session, facts: Mapping[str, str], reader: Reader) -> list[ReviewItem]:
    """The open recovery plans of the part of the council, those off their course first."""
    found = [each for each in summaries(session, reader=reader) if each.plan.is_open and _bears_on(each, facts)]
    return [
        ReviewItem(
            kind=ItemKind.STANDING,
            question="Is the recovery plan still enough?",
            fact=_plan_in_words(each),
            measure_code=each.off.measure.code if each.off.measure.code in facts else None,
            plan_id=each.plan.id,
        )
        for each in sorted(found, key=lambda each: each.course.urgency)
        if each.plan.agreed_by is not None
    ]


def _plan_in_words(each: PlanSummary) -> str:
    plan = f"Recovery plan {each.plan.reference}, {each.off.measure.title}"
    return f"{plan}: {each.course.in_words} {each.progress}."


def _bears_on(plan: PlanSummary, codes: Collection[str]) -> bool:
    of: tuple[Measure, ...] = (plan.off.measure, *plan.shared)
    return any(measure.code in codes for measure in of)


def _new(
    session: Session,
    entries: Sequence[Entry],
    standing: Mapping[str, OffTarget],
    facts: Mapping[str, str],
    *,
    reader: Reader,
) -> list[ReviewItem]:
    """The most telling questions of the measures that are not on the memo yet, a measure an item."""
    signals = signals_of(session, entries, standing, reader=reader)
    asked = telling_first(
        [(each.measure.code, challenge(signals[each.measure.code])) for each in entries], most=MOST_NEW
    )
    return [
        ReviewItem(
            kind=ItemKind.NEW,
            question=" ".join(rule.question for rule in rules[:3]),
            fact=facts[code],
            rule=rules[0].code,
            measure_code=code,
        )
        for code, rules in asked
    ]
