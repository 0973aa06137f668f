"""Small numbers over time: counts that are made of one another are hidden together.

A month and its quarter, a running total, a number and the rate made of it, what was known then and what is known now:
each lets a reader work the other out. They are told apart by what they count and over which days.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import groupby, pairwise

from performance.ground.figures import Figure
from performance.ground.measures import Accumulation, Measure
from performance.ground.organisation import Area, AreaKind
from performance.ground.periods import Period, add_months
from performance.ground.reckoning.disclosure import THRESHOLD, Counting, hide_together, is_small
from performance.ground.values import Absence

Cell = tuple[str, str, Period]
"""A figure's place, by measure, area and period: what is hidden is hidden in all its revisions."""
Span = tuple[date, date]
"""The first and the last day of what a figure counts."""
_Block = list[tuple[Figure, Span]]
_State = dict[Span, dict[str, dict[str, Figure]]]
_OVER_TIME = "over time"
_BEGINNING = datetime.min.replace(tzinfo=UTC)


def linked(measures: Iterable[Measure]) -> list[tuple[Measure, ...]]:
    """Measures that count people, in groups that count the same: those whose numerators are defined alike."""
    groups: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for measure in measures:
        if measure.counts_people:
            groups[_what(measure), _how(measure)].append(measure)
    return [tuple(group) for group in groups.values()]


def cells_to_hide(
    figures: Iterable[Figure],
    *,
    measures: Sequence[Measure],
    areas: Mapping[str, Area],
    threshold: int = THRESHOLD,
) -> frozenset[Cell]:
    """Of linked measures, with every revision of their figures in wards and cities: what nobody may be shown.

    What is hidden at one moment is hidden at every other, and in every period that it is part of.
    """
    by_code = {measure.code: measure for measure in measures}
    every = list(figures)
    wards = {each.area_code: areas[each.area_code] for each in every if areas[each.area_code].kind is AreaKind.WARD}
    hidden: set[Cell] = set()
    for city, of_city in _blocks(every, by_code, areas):
        countings = _distinct(_countings(of_city, by_code, city, wards, threshold))
        alike = len({span for _, span in of_city}) == 1
        lost = hide_together(countings, threshold, alike=alike, at_source=_hidden_at_source(of_city, wards))
        gone = lost.areas | {city} if lost.total else lost.areas
        hidden.update((each.measure_code, each.area_code, each.period) for each, _ in of_city if each.area_code in gone)
    return frozenset(hidden)


def _what(measure: Measure) -> str:
    """The people it counts, in words that letter case and punctuation do not tell apart; else the measure itself."""
    words = " ".join(re.findall(r"\w+", measure.numerator_definition.casefold()))
    return words or measure.code


def _how(measure: Measure) -> str:
    """What adds up over time can be taken apart by it; the rest stands for itself."""
    adds_up = measure.accumulation in {Accumulation.IN_PERIOD, Accumulation.CUMULATIVE}
    return _OVER_TIME if adds_up else measure.accumulation.value


def _blocks(
    figures: Sequence[Figure], measures: Mapping[str, Measure], areas: Mapping[str, Area]
) -> Iterator[tuple[str, _Block]]:
    """The figures of a city and its wards by the days they count: where days overlap, each tells of the other.

    Wards that came later than what is counted on them are a city of their own.
    """
    days, of_city, of_wards = _Days(figures, measures), defaultdict(list), defaultdict(list)
    for figure in figures:
        area, span = areas[figure.area_code], days.of(figure)
        if area.kind is AreaKind.COUNCIL:
            of_city[area.code].append((figure, span))
        elif area.kind is AreaKind.WARD:
            late = area.valid_from if area.valid_from and area.valid_from > span[1] else None
            of_wards[area.parent_code or "", late].append((figure, span))
    for (city, _), found in of_wards.items():
        every = sorted([*found, *of_city[city]], key=lambda each: each[1])
        with_wards = {span for _, span in found}
        for block in _cut(every, add_up=days.add_up):
            if not with_wards.isdisjoint(span for _, span in block):
                yield city, block


def _cut(every: Iterable[tuple[Figure, Span]], *, add_up: bool) -> Iterator[_Block]:
    """Figures in the order of their days, cut where one begins after all before it have ended."""
    block: _Block = []
    last = date.min
    for figure, span in every:
        if block and (span[0] > last if add_up else span != block[-1][1]):
            yield block
            block = []
        last = max(last, span[1])
        block.append((figure, span))
    if block:
        yield block


class _Days:
    """The days that figures count: of a running total, from the start of its cycle; of a snapshot, its last."""

    def __init__(self, figures: Iterable[Figure], measures: Mapping[str, Measure]) -> None:
        self._measures = measures
        self._first: dict[str, date] = {}
        self._known: dict[tuple[str, Period], Span] = {}
        for figure in figures:
            first = self._first.get(figure.measure_code, figure.period.start)
            self._first[figure.measure_code] = min(first, figure.period.start)
        self.add_up = any(_how(measure) == _OVER_TIME for measure in measures.values())

    def of(self, figure: Figure) -> Span:
        key = figure.measure_code, figure.period
        if key not in self._known:
            self._known[key] = self._work_out(self._measures[figure.measure_code], figure.period)
        return self._known[key]

    def _work_out(self, measure: Measure, period: Period) -> Span:
        if measure.accumulation is Accumulation.CUMULATIVE:
            return cycle_start(measure, period, first=self._first[measure.code]), period.end
        return (period.end if measure.accumulation is Accumulation.SNAPSHOT else period.start), period.end


def _countings(
    block: _Block, measures: Mapping[str, Measure], city: str, wards: Mapping[str, Area], threshold: int
) -> Iterator[Counting]:
    """How the people of a block were counted: before anything of it was recorded anew, and as it stands."""
    state: _State = defaultdict(lambda: defaultdict(dict))
    for _, together in groupby(sorted(block, key=_recorded), key=lambda each: _recorded(each)[0]):
        new = list(together)
        if any(each.area_code in state[span][each.measure_code] for each, span in new):
            yield from _at_one_moment(state, measures, city, wards, threshold)
        for figure, span in new:
            by_area = state[span][figure.measure_code]
            if figure.area_code not in by_area or by_area[figure.area_code].revision <= figure.revision:
                by_area[figure.area_code] = figure
    yield from _at_one_moment(state, measures, city, wards, threshold)


def _at_one_moment(
    state: _State, measures: Mapping[str, Measure], city: str, wards: Mapping[str, Area], threshold: int
) -> Iterator[Counting]:
    several = len(state) > 1
    has_total = {
        span: any(_has_number(by_area.get(city)) for by_area in by_measure.values())
        for span, by_measure in state.items()
    }
    any_total = any(has_total.values())
    of_all: dict[Span, dict[str, Decimal]] = {}
    for span, by_measure in state.items():
        known = has_total[span] or (several and any_total)
        together: dict[str, Decimal] = {}
        for code, by_area in by_measure.items():
            measure = measures[code]
            of_wards = {area: figure for area, figure in by_area.items() if area in wards}
            counts = _numbers({area: count_of(measure, figure) for area, figure in of_wards.items()})
            if measure.is_share:
                below = _numbers({area: figure.denominator for area, figure in of_wards.items()})
                yield Counting(counts=below, total_known=known)
            if len(by_measure) > 1:
                yield Counting(counts=counts, total_known=known)
            together = counts | together
        missing = _that_stood(wards, span[1]) - together.keys()
        rest = _rest(together, by_measure, measures, city) if missing else Decimal(0)
        by_source = {area for area in missing if any(_hid_it(found.get(area)) for found in by_measure.values())}
        # Of wards without a count nobody is told, unless the total does: of one that its source hid, or of a few.
        tells = rest > 0 and (len(by_source) == 1 or is_small(rest, threshold))
        yield Counting(counts=together, total_known=known, untold=rest if tells else None)
        of_all[span] = together | dict.fromkeys(missing, rest) if len(missing) == 1 and rest > 0 else together
    if several:
        for counts in _parts_by_days(of_all).values():
            yield Counting(counts=counts, total_known=any_total)


def _hidden_at_source(block: _Block, wards: Collection[str]) -> set[str]:
    """Wards of which the newest figure says that its source hid the number."""
    newest = {(each.measure_code, each.area_code, each.period): each for each, _ in sorted(block, key=_recorded)}
    return {area for (_, area, _), each in newest.items() if area in wards and each.absence is Absence.SUPPRESSED}


def _numbers(found: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
    return {area: count for area, count in found.items() if count is not None}


def count_of(measure: Measure, figure: Figure) -> Decimal | None:
    """How many people the figure counts. A rate entered without its counts says nothing of how many are behind it."""
    return figure.numerator if figure.has_counts or measure.is_ratio else figure.value


def _has_number(figure: Figure | None) -> bool:
    return figure is not None and figure.absence is None


def _hid_it(figure: Figure | None) -> bool:
    return figure is not None and figure.absence is Absence.SUPPRESSED


def _that_stood(wards: Mapping[str, Area], day: date) -> set[str]:
    return {code for code, ward in wards.items() if ward.stood(day)}


def _rest(
    counts: Mapping[str, Decimal],
    by_measure: Mapping[str, Mapping[str, Figure]],
    measures: Mapping[str, Measure],
    city: str,
) -> Decimal:
    """What the total leaves for wards that have no count; 0 where it is not known."""
    totals = [count_of(measures[code], found[city]) for code, found in by_measure.items() if city in found]
    total = next((count for count in totals if count is not None), None)
    return Decimal(0) if total is None or not counts else total - sum(counts.values(), Decimal(0))


def _parts_by_days(counts: Mapping[Span, Mapping[str, Decimal]]) -> dict[Span, dict[str, Decimal]]:
    """What each ward's counts come to between neighbouring days, whichever of them it is worked out from."""
    found: dict[Span, dict[str, Decimal]] = defaultdict(dict)
    for ward in {ward for by_ward in counts.values() for ward in by_ward}:
        of_ward = {span: by_ward[ward] for span, by_ward in counts.items() if ward in by_ward}
        for span, part in parts(of_ward).items():
            found[span][ward] = part
    return found


def parts(counts: Mapping[Span, Decimal]) -> dict[Span, Decimal]:
    """The least parts that counts over overlapping days can be taken apart into, without their signs."""
    after = defaultdict(list)
    for (first, last), count in counts.items():
        following = last + timedelta(days=1)
        after[first].append((following, count))
        after[following].append((first, -count))
    found: dict[Span, Decimal] = {}
    seen: set[date] = set()
    for start in after:
        if start in seen:
            continue
        so_far, waiting = {start: Decimal(0)}, [start]
        while waiting:
            day = waiting.pop()
            for other, count in after[day]:
                if other not in so_far:
                    so_far[other] = so_far[day] + count
                    waiting.append(other)
        seen |= so_far.keys()
        for first, following in pairwise(sorted(so_far)):
            found[first, following - timedelta(days=1)] = abs(so_far[following] - so_far[first])
    return found


def _recorded(each: tuple[Figure, Span]) -> tuple[datetime, int]:
    return each[0].recorded_at or _BEGINNING, each[0].revision


def _distinct(countings: Iterable[Counting]) -> list[Counting]:
    found = list(countings)
    if len(found) == 1:
        return found
    keys = {(frozenset(each.counts.items()), each.total_known, each.untold): each for each in found if each.counts}
    return list(keys.values())


def cycle_start(measure: Measure, period: Period, *, first: date) -> date:
    """The first day of the cycle that a running total for the period counts from (begins_cycle in aggregation.py)."""
    began = measure.own_period(measure.active_from or first).start
    year = Period.containing(began, months=12, basis=measure.year_basis).start
    apart = (period.start.year - year.year) * 12 + period.start.month - year.month
    return add_months(period.start.replace(day=1), -(apart % measure.cycle_months))
