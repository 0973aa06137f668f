"""The lines of a ward's profile, each kept by itself: the ward's own figures, and those of all wards in one period.

A line says what the map of its period says, without the map: that takes every figure of every ward.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.memory import remembered_each
from cycle.ground.moments import day_of
from cycle.ground.series.hiding import figures_of
from cycle.ground.series.ward_people import RESIDENTS, Describing, describing
from cycle.ground.series.warding import Placed, measured_areas, measured_periods, place
from data_access.council.areas import list_areas
from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.organisation import AreaKind
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reckoning.direction import Direction, direction
from performance.ground.reckoning.due import figure_value, numbers
from performance.ground.values import Absence, round_half_up
from performance.review.wards.profile import WardLine

Numbers = Mapping[Period, Decimal]


@dataclass(frozen=True, kw_only=True)
class OnMap:
    """A ward's line of a measure, and the codes of the wards that share its map."""

    line: WardLine
    wards: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose lines are wanted: of the newest periods up to a day, beside the wards that are like it."""

    ward: str
    up_to: date
    similar: tuple[str, ...]
    reader: Reader
    as_known_at: datetime | None


def lines_of(session: Session, measures: Sequence[Measure], asked: Asked) -> dict[str, OnMap]:
    """The line of each measure, by code in their order; none of a measure that has no map this ward is on."""
    seen = {each.code: asked.reader.of(each) for each in measures}
    residents = {
        reader: describing(session, RESIDENTS, reader=reader, as_known_at=asked.as_known_at)
        for reader in set(seen.values())
    }

    def work_out(missing: list[Measure]) -> dict[str, OnMap | None]:
        return _Reading(session, missing, asked, {code: residents[seen[code]] for code in seen}).lines()

    # Who else lives where is in the line of a count alone.
    beside: dict[str, Hashable] = {
        each.code: (seen[each.code], None if each.is_ratio else residents[seen[each.code]]) for each in measures
    }
    key = ("ward line", asked.ward, asked.up_to, asked.similar, asked.as_known_at)
    found = remembered_each(session, key, measures, work_out, beside=beside)
    return {code: each for code, each in found.items() if each}


class _Reading:
    """What some lines are worked out from: as many questions as there are periods to show, whatever the measures."""

    def __init__(
        self, session: Session, measures: Sequence[Measure], asked: Asked, residents: Mapping[str, Describing | None]
    ) -> None:
        self.session, self.measures, self.asked, self.residents = session, measures, asked, residents
        self.today, self.council = day_of(session, asked.as_known_at), council_area(session)
        self.areas = {area.code: area for area in list_areas(session, kinds=[AreaKind.WARD])}
        self.measured = measured_areas(session, measures, asked.reader, as_known_at=asked.as_known_at)
        self.numbers = self._numbers(measures, asked.ward)
        # Counts are not compared with the council's.
        self.whole = self._numbers([each for each in measures if each.is_ratio], self.council)

    def _figures(
        self, measures: Sequence[Measure], areas: Sequence[str], periods: Sequence[Period] | None = None
    ) -> dict[tuple[str, str], dict[Period, Figure]]:
        return figures_of(
            self.session,
            measures=measures,
            area_codes=areas,
            periods=periods,
            reader=self.asked.reader,
            as_known_at=self.asked.as_known_at,
        )

    def _numbers(self, measures: Sequence[Measure], area: str) -> dict[str, Numbers]:
        """Of one area by measure, rounded as printed, in order of time."""
        found = self._figures(measures, [area])
        return {
            each.code: {
                period: round_half_up(number, each.decimals)
                for period, number in numbers(each, found.get((each.code, area), {})).items()
            }
            for each in measures
        }

    def lines(self) -> dict[str, OnMap | None]:
        up_to, known_at = self.asked.up_to, self.asked.as_known_at
        ended = measured_periods(self.session, self.measures, self.asked.reader, as_known_at=known_at)
        placed = self._placed({code: _newest(periods, up_to) for code, periods in ended.items()})
        # Of wards that are no more, the last period in which they had a figure.
        elsewhere = [code for code in ended if code not in placed]
        placed |= self._placed({code: _newest(self.numbers[code], up_to) for code in elsewhere})
        return {each.code: self._line(each, placed.get(each.code)) for each in self.measures}

    def _placed(self, shown: Mapping[str, Period | None]) -> dict[str, Placed]:
        """The maps of these periods that the ward is on, by measure code."""
        together: dict[Period, list[Measure]] = defaultdict(list)
        for measure in self.measures:
            if period := shown.get(measure.code):
                together[period].append(measure)
        found: dict[str, Placed] = {}
        for period, measures in together.items():
            figures = self._figures(measures, [*self.areas, self.council], [period])
            of_all: dict[str, dict[str, Figure]] = defaultdict(dict)
            for (code, area), series in figures.items():
                if period in series:
                    of_all[code][area] = series[period]
            found |= {each.code: self._place(each, period, of_all[each.code]) for each in measures}
        ward = self.areas[self.asked.ward]
        return {code: each for code, each in found.items() if any(of.area == ward for of in each.wards)}

    def _place(self, measure: Measure, period: Period, figures: Mapping[str, Figure]) -> Placed:
        measured, whole = self.measured[measure.code], figures.get(self.council)
        return place(
            measure,
            period,
            self.areas.values(),
            measured,
            figures,
            whole=figure_value(measure, whole, period, today=self.today) if self.council in measured else None,
            residents=self.residents[measure.code],
            council=self.council,
            today=self.today,
        )

    def _line(self, measure: Measure, placed: Placed | None) -> OnMap | None:
        code = measure.code
        return _line(measure, placed, self.asked, self.numbers[code], self.whole.get(code, {})) if placed else None


def _newest(periods: Collection[Period], up_to: date) -> Period | None:
    return max((each for each in periods if each.end <= up_to), default=None)


def _line(measure: Measure, placed: Placed, asked: Asked, series: Numbers, whole: Numbers) -> OnMap:
    period, by_code = placed.period, {each.area.code: each for each in placed.wards}
    own = by_code[asked.ward]
    known = tuple((each, number) for each, number in series.items() if each.end <= period.end)
    before = period.shifted(-12) if measure.seasonal else period.shifted(-_step(measure, period))
    then = series.get(before, Absence.NOT_PROVIDED)
    line = WardLine(
        measure=measure,
        period=period,
        ward=own.value,
        whole=placed.whole,
        similar=tuple(
            value for code in asked.similar if code in by_code and isinstance(value := by_code[code].value, Decimal)
        ),
        rank=own.rank,
        of=sum(each.rank is not None for each in placed.wards),
        interval=own.interval,
        expected=own.expected,
        average=placed.average_ward,
        per_head=own.per_head,
        whole_per_head=placed.whole_per_head,
        residents_of=placed.residents_of,
        direction=_direction(measure, own.value, then, (before, period)),
        before=before if isinstance(then, Decimal) else None,
        may_be_chance=own.interval is not None
        and isinstance(then, Decimal)
        and own.interval.low <= then <= own.interval.high,
        numbers=known,
        whole_numbers=tuple((each, whole[each]) for each, _ in known if each in whole),
    )
    return OnMap(line=line, wards=frozenset(by_code))


def _step(measure: Measure, period: Period) -> int:
    """A year for yearly measures, whatever days their figures are for."""
    return 12 if measure.frequency.months >= 12 else max(period.months, 1)


def _direction(
    measure: Measure, now: Decimal | Absence, then: Decimal | Absence, across: tuple[Period, Period]
) -> Direction:
    return direction(measure.at(across[1]), now=now, before=then, band=None, across=across)
