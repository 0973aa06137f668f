"""Who the council is compared with on a measure: its region, its nation, the middle of a group, and each neighbour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from data_access.areas import list_areas, list_memberships
from data_access.figures import current_series
from data_access.settings_store import get_today
from performance.aggregation import numbers
from performance.comparators import group_value
from performance.measures import Measure
from performance.organisation import Area, AreaKind
from performance.periods import Period

_COMPARED = (AreaKind.NATION, AreaKind.REGION, AreaKind.OTHER_COUNCIL)


@dataclass(frozen=True, kw_only=True)
class Comparator:
    """Another place's numbers for a measure, unrounded. Of a middle, `councils` says how many it is made of."""

    key: str
    name: str
    numbers: Mapping[Period, Decimal]
    councils: Mapping[Period, int] = field(default_factory=dict)

    @property
    def is_middle(self) -> bool:
        return bool(self.councils)

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


def comparators_of(session: Session, *, measures: Sequence[Measure], up_to: date) -> dict[str, list[Comparator]]:
    """Comparators with numbers, by measure: nation, region, the middle of the measure's group, then each council."""
    areas = {area.code: area for area in list_areas(session, kinds=_COMPARED)}
    groups: dict[str, list[str]] = {}
    for membership in list_memberships(session, on=get_today(session)):
        groups.setdefault(membership.group_name, []).append(membership.area_code)
    figures = current_series(session, measure_codes=[measure.code for measure in measures], area_codes=areas)
    found: dict[str, list[Comparator]] = {}
    for measure in measures:
        by_area = {
            area: _until(up_to, numbers(measure, series)) for (code, area), series in figures.items()
            if code == measure.code
        }  # fmt: skip
        members = {code: by_area[code] for code in groups.get(measure.comparator_group, ()) if by_area.get(code)}
        middle = [_middle(measure.comparator_group, members)] if members else []
        placed = sorted((areas[code] for code, known in by_area.items() if known), key=_order)
        single = [Comparator(key=area.code, name=area.name, numbers=by_area[area.code]) for area in placed]
        wider = [each for each in single if areas[each.key].kind is not AreaKind.OTHER_COUNCIL]
        found[measure.code] = [*wider, *middle, *(each for each in single if each not in wider)]
    return found


def _middle(group: str, members: Mapping[str, Mapping[Period, Decimal]]) -> Comparator:
    values = {
        period: value
        for period in sorted({period for series in members.values() for period in series})
        if (value := group_value(members, period=period)) is not None
    }
    return Comparator(
        key=f"median {group}",
        name=f"Median of {group}",
        numbers={period: each.value for period, each in values.items()},
        councils={period: each.councils for period, each in values.items()},
    )


def _until(day: date, known: Mapping[Period, Decimal]) -> dict[Period, Decimal]:
    return {period: number for period, number in known.items() if period.end <= day}


def _order(area: Area) -> tuple[int, str]:
    return _COMPARED.index(area.kind), area.name
