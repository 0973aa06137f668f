"""The recipes of illustrative figures as values, read from the seeds' CSV files."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from performance.ground.figures import FigureStatus
from performance.ground.measures import Measure
from performance.ground.periods import Period, parse_period
from performance.ground.values import Absence

_YEAR = (
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "january", "february",
    "march",
)  # fmt: skip
_EVEN = (Decimal(1),) * 12
_ABSENCES = {
    "suppressed": Absence.SUPPRESSED,
    "not_applicable": Absence.NOT_APPLICABLE,
    "not_published": Absence.NOT_PUBLISHED,
}
_STATUSES = {"provisional": FigureStatus.PROVISIONAL, "estimated": FigureStatus.ESTIMATED}
_ANSWERS = ("what_happened", "why", "what_next", "who", "by_when", "back_on_track", "confirmed")
_OTHERS = frozenset({"missing", "revised", "set", "late", "commentary"})


class RecipeError(ValueError):
    """A recipe or an exception that cannot be followed; the sentence says which and why."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a measure's illustrative figures are made. The level is in the measure's unit, on the first day.

    `level` and `yearly_change` are a whole year's where the measure is cumulative or rolling, else one period's.
    """

    measure: Measure
    by_ward: bool
    first: Period
    last: Period
    level: Decimal
    yearly_change: Decimal
    steps: tuple[tuple[date, Decimal], ...]
    season: tuple[Decimal, ...]
    noise: Decimal
    denominator: str
    denominator_change: Decimal
    denominator_noise: Decimal
    weights: str
    round_to: Decimal
    seed: str

    def periods(self) -> Iterator[Period]:
        period = self.first
        while period <= self.last:
            yield period
            period = period.following

    def years_to(self, day: date) -> Decimal:
        """Years from the recipe's first day, counted in whole months."""
        first = self.first.start
        return Decimal((day.year - first.year) * 12 + day.month - first.month) / 12

    def level_on(self, day: date) -> Decimal:
        """The level with its change over the years and the steps so far."""
        steps = sum((change for since, change in self.steps if since <= day), Decimal(0))
        return self.level + self.yearly_change * self.years_to(day) + steps

    def factor(self, period: Period) -> Decimal:
        """The season's factor: the mean of its months'."""
        months = [self.season[(month.start.month - 4) % 12] for month in period.split(1)]
        return sum(months, Decimal(0)) / Decimal(len(months))


@dataclass(frozen=True, kw_only=True)
class Exceptional:
    """What happened to one figure: other numbers, a reason for none, a status, a day, a commentary, or a revision."""

    what: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    recorded_on: date | None
    answers: Mapping[str, str]
    checks: tuple[str, ...] = ()

    @property
    def absence(self) -> Absence | None:
        return _ABSENCES.get(self.what)

    @property
    def status(self) -> FigureStatus | None:
        return _STATUSES.get(self.what)

    @property
    def has_numbers(self) -> bool:
        return self.what in {"set", "revised"}


Place = tuple[str, str, Period]


def read_recipes(folder: Path, measures: Mapping[str, Measure]) -> list[Recipe]:
    seasons = {
        row["season"]: tuple(Decimal(row[month]) for month in _YEAR) for row in _rows(folder, "illustrative_seasons")
    }
    return [_recipe(row, measures, {"": _EVEN} | seasons) for row in _rows(folder, "illustrative_recipes")]


def read_wards(folder: Path) -> list[dict[str, str]]:
    return _rows(folder, "illustrative_wards")


def read_exceptions(folder: Path) -> dict[Place, list[Exceptional]]:
    """Exceptions by measure, area and period, in the order of the file."""
    found: dict[Place, list[Exceptional]] = {}
    for row in _rows(folder, "illustrative_exceptions"):
        if row["what"] not in {*_ABSENCES, *_STATUSES, *_OTHERS}:
            raise RecipeError(f'{row["measure_code"]} has the exception "{row["what"]}", which is not known.')
        place = (row["measure_code"], row["area_code"], parse_period(row["period"]))
        found.setdefault(place, []).append(_exceptional(row))
    return found


def read_returns(folder: Path) -> tuple[dict[tuple[str, date], date], dict[str, str]]:
    """The day on which each unit submitted its return, by the last day of its month; and who submits for each unit."""
    rows = _rows(folder, "story/returns")
    days = {
        (row["unit_code"], parse_period(row["period"]).end): date.fromisoformat(row["submitted_on"]) for row in rows
    }
    return days, {row["unit_code"]: row["submitted_by"] for row in rows}


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _recipe(
    row: Mapping[str, str], measures: Mapping[str, Measure], seasons: Mapping[str, tuple[Decimal, ...]]
) -> Recipe:
    code = row["measure_code"]
    if code not in measures:
        raise RecipeError(f"The recipe for {code} has no measure in the register.")
    if row["season"] not in seasons:
        raise RecipeError(f'The season "{row["season"]}" of {code} is not in illustrative_seasons.csv.')
    return Recipe(
        measure=measures[code],
        by_ward=row["areas"] == "wards",
        first=parse_period(row["first"]),
        last=parse_period(row["last"]),
        level=Decimal(row["level"]),
        yearly_change=Decimal(row["yearly_change"]),
        steps=tuple(_step(step) for step in row["steps"].split("|") if step),
        season=seasons[row["season"]],
        noise=Decimal(row["noise"]),
        denominator=row["denominator"],
        denominator_change=Decimal(row["denominator_change_percent"] or 0),
        denominator_noise=Decimal(row["denominator_noise_percent"] or 0),
        weights=row["weights"],
        round_to=Decimal(row["round_to"]),
        seed=row["seed"],
    )


def _step(text: str) -> tuple[date, Decimal]:
    """A step as it is written: 2017-08 +19."""
    month, change = text.split()
    return parse_period(month).start, Decimal(change)


def _exceptional(row: Mapping[str, str]) -> Exceptional:
    numerator, denominator, value = (
        Decimal(row[column]) if row[column] else None for column in ("numerator", "denominator", "value")
    )
    return Exceptional(
        what=row["what"],
        numerator=numerator,
        denominator=denominator,
        value=value,
        recorded_on=date.fromisoformat(row["recorded_on"]) if row["recorded_on"] else None,
        answers={answer: row[answer] or "" for answer in _ANSWERS},
        checks=tuple(filter(None, (row["checks"] or "").split("|"))),
    )
