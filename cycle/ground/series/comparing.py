"""Who the council is compared with on a measure: its region, its nation, the middle of a group, and each neighbour."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from data_access.council.areas import list_areas, list_memberships
from data_access.council.settings_store import get_setting
from data_access.do.figures import current_series
from data_access.do.measured import list_places_measured
from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.organisation import Area, AreaKind
from performance.ground.periods import Period, add_months
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.unusual import Check, is_no_rate_of
from performance.review.comparators import group_value

MIDDLE = "median"
_LATELY, _YEAR = 37, 12  # months


@dataclass(frozen=True, kw_only=True)
class Comparator:
    """Another place's numbers for a measure, unrounded. Of a middle, `councils` says how many it is made of."""

    key: str
    name: str
    kind: AreaKind | None = None
    numbers: Mapping[Period, Decimal]
    councils: Mapping[Period, int] = field(default_factory=dict)

    @property
    def is_middle(self) -> bool:
        return bool(self.councils)

    @property
    def is_neighbour(self) -> bool:
        """A single council, which only a measure's own page has room for."""
        return self.kind is AreaKind.OTHER_COUNCIL

    @property
    def latest(self) -> Period:
        return max(self.numbers, key=lambda period: (period.end, period.months))

    @property
    def label(self) -> str:
        """The name; of a middle, of how many councils in its latest period."""
        return f"{self.name} ({self.councils[self.latest]} councils)" if self.is_middle else self.name

    def in_words(self, measure: Measure) -> str:
        """England 43.9% in 2016/17: a comparator never stands without the period it covers."""
        latest = self.latest
        return f"{self.label} {measure.print_value(self.numbers[latest])} in {latest.short}"


def comparators_of(
    session: Session, *, measures: Sequence[Measure], up_to: date, as_known_at: datetime | None = None
) -> dict[str, list[Comparator]]:
    """Comparators with numbers, by measure: the council's nation and region, then its group: the middle, each council.

    No other area is compared with, whatever figures are stored for it: a sum of regions is nobody's rate.
    """
    return _compared(session, measures, _places(session, up_to), up_to, as_known_at)


def newest_of_comparators(
    session: Session, *, measures: Sequence[Measure], up_to: date, as_known_at: datetime | None = None
) -> dict[str, list[Comparator]]:
    """The comparators but for single councils, each with its newest number at least.

    The last years say it of nearly all of them: those alone are read, and every year only of a measure that has a
    place with figures of which they say nothing.
    """
    places, since = _places(session, up_to), Period.containing(up_to, months=1).shifted(-_LATELY).start
    lately = _compared(session, measures, places, up_to, as_known_at, since=since)
    known = list_places_measured(
        session, measure_codes=[each.code for each in measures], area_codes=places.compared_on(measures)
    )
    short = [each for each in measures if not _is_told(lately[each.code], places.keys_of(each, known), since)]
    found = lately | (_compared(session, short, places, up_to, as_known_at) if short else {})
    return {code: [each for each in compared if not each.is_neighbour] for code, compared in found.items()}


def _is_told(found: Sequence[Comparator], expected: Collection[str], since: date) -> bool:
    """Whether each is there, with a number newer than any that was not read can be: those are of a year at most."""
    newest = {each.key: each.latest.end for each in found}
    return all(key in newest and newest[key] >= add_months(since, _YEAR) for key in expected)


@dataclass(frozen=True, kw_only=True)
class _Places:
    """Where the council lies, the widest first, and the other members of each group, on a day."""

    areas: Mapping[str, Area]
    wider: Sequence[str]
    groups: Mapping[str, Sequence[str]]

    def neighbours(self, measure: Measure) -> Sequence[str]:
        return self.groups.get(measure.comparator_group, ())

    def compared_on(self, measures: Sequence[Measure]) -> set[str]:
        return {*self.wider, *(code for measure in measures for code in self.neighbours(measure))}

    def keys_of(self, measure: Measure, known: Collection[tuple[str, str]]) -> set[str]:
        """What can be compared with but for single councils, given the places that have any figure of the measure."""
        there = [code for code in self.neighbours(measure) if (measure.code, code) in known]
        keys = {code for code in self.wider if (measure.code, code) in known}
        keys |= {code for code in there if self.areas[code].kind is not AreaKind.OTHER_COUNCIL}
        return keys | ({MIDDLE} if there else set())


def _places(session: Session, on: date) -> _Places:
    ours, areas = get_setting(session, name="council_area"), {area.code: area for area in list_areas(session)}
    groups: dict[str, list[str]] = defaultdict(list)
    for membership in list_memberships(session, on=on):
        if membership.area_code != ours:
            groups[membership.group_name].append(membership.area_code)
    return _Places(areas=areas, wider=_above(ours, areas), groups=groups)


def _compared(
    session: Session,
    measures: Sequence[Measure],
    places: _Places,
    up_to: date,
    as_known_at: datetime | None,
    *,
    since: date | None = None,
) -> dict[str, list[Comparator]]:
    figures = current_series(
        session,
        measure_codes=[measure.code for measure in measures],
        area_codes=places.compared_on(measures),
        since=since,
        as_known_at=as_known_at,
    )

    def known(measure: Measure, codes: Sequence[str]) -> list[Comparator]:
        found = {code: numbers(measure, figures.get((measure.code, code), {})) for code in codes}
        ended = {code: _until(up_to, by_period) for code, by_period in found.items()}
        return [
            Comparator(key=code, name=places.areas[code].name, kind=places.areas[code].kind, numbers=by_period)
            for code, by_period in ended.items()
            if by_period
        ]

    compared: dict[str, list[Comparator]] = {}
    for measure in measures:
        neighbours = known(measure, places.neighbours(measure))
        middle = [_middle(measure.comparator_group, neighbours)] if neighbours else []
        above = [
            _as_rates(measure, each, figures[measure.code, each.key], neighbours)
            for each in known(measure, places.wider)
        ]
        compared[measure.code] = [*(each for each in above if each.numbers), *middle, *neighbours]
    return compared


def _as_rates(
    measure: Measure, wider: Comparator, figures: Mapping[Period, Figure], neighbours: Sequence[Comparator]
) -> Comparator:
    """Without what looks like councils added up, unless somebody has said that it is right: it is no rate of theirs."""

    def is_kept(period: Period, number: Decimal) -> bool:
        councils = [each.numbers[period] for each in neighbours if period in each.numbers]
        confirmed = figures[period].confirmed_checks if period in figures else ()
        return Check.COUNCILS.value in confirmed or not is_no_rate_of(measure, number, councils)

    kept = {period: number for period, number in wider.numbers.items() if is_kept(period, number)}
    return replace(wider, numbers=kept)


def _above(code: str, areas: Mapping[str, Area]) -> list[str]:
    """The nation and the region that the council lies in, the widest first."""
    found: list[str] = []
    above = areas[code].parent_code if code in areas else None
    while above and above not in found:
        found.insert(0, above)
        above = areas[above].parent_code
    return found


def _middle(group: str, neighbours: Sequence[Comparator]) -> Comparator:
    members = {each.key: each.numbers for each in neighbours}
    values = {
        period: value
        for period in sorted({period for series in members.values() for period in series})
        if (value := group_value(members, period=period)) is not None
    }
    return Comparator(
        key=MIDDLE,
        name=f"Median of {group}",
        numbers={period: each.value for period, each in values.items()},
        councils={period: each.councils for period, each in values.items()},
    )


def _until(day: date, known: Mapping[Period, Decimal]) -> dict[Period, Decimal]:
    return {period: number for period, number in known.items() if period.end <= day}
