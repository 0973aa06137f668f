"""The demonstration council as its files describe it, read through the doors that any council's files use."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from intake.figures.figures_file import read_figures
from intake.files.opening import open_tables
from intake.setup.illustrate import figures
from intake.setup.setup_file import read_setup
from performance.ground.figures import Figure, Profile, Series, Target
from performance.ground.incoming import FiguresRead, Known, Register, RowProblem
from performance.ground.measures import Measure
from performance.ground.periods import Period, parse_period
from performance.plan.targets import in_force
from performance.review.scorecard import ScorecardLine, scorecard_line

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
COUNCIL = "E08000031"
TODAY = date(2017, 11, 10)


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True, kw_only=True)
class Council:
    """What the seeds hold, read; `figures` are the current ones."""

    register: Register
    problems: Sequence[RowProblem]
    measures: Mapping[str, Measure]
    published: FiguresRead
    illustrative: Sequence[Figure]
    figures: Mapping[tuple[str, str], Mapping[Period, Figure]]
    targets: Mapping[str, Sequence[Target]]

    def series(self, code: str) -> Series:
        found = self.figures.get((code, COUNCIL), {})
        return Series(figures=found, targets=in_force(self.targets.get(code, ()), self.measures[code], figures=found))

    def line(self, code: str, month: str) -> ScorecardLine:
        return scorecard_line(
            self.measures[code],
            self.series(code),
            period=parse_period(month),
            today=TODAY,
            default_percent=Decimal(5),
        )

    def lines(self, month: str) -> dict[str, ScorecardLine]:
        period = parse_period(month)
        return {code: self.line(code, month) for code, measure in self.measures.items() if measure.is_active(period)}


@pytest.fixture(scope="session")
def council() -> Council:
    register, problems = read_setup(open_tables(SEEDS / "setup"), known=Known())
    measures = {
        measure.code: replace(
            measure, breaks=tuple(each for code, each in register.series_breaks if code == measure.code)
        )
        for measure in register.measures
    }
    known = Known(measures=measures, areas={area.code: area for area in register.areas})
    published = read_figures(open_tables(SEEDS / "figures/published.csv")[0], known=known)
    illustrative = figures(SEEDS, measures=measures, council=COUNCIL)
    current: dict[tuple[str, str], dict[Period, Figure]] = {}
    for figure in [*(line.figure for line in published.lines), *illustrative]:
        current.setdefault((figure.measure_code, figure.area_code), {})[figure.period] = figure
    return Council(
        register=register,
        problems=problems,
        measures=measures,
        published=published,
        illustrative=illustrative,
        figures=current,
        targets=_agreed(register),
    )


def _agreed(register: Register) -> dict[str, list[Target]]:
    found: dict[str, list[Target]] = {}
    for line in register.targets:
        target = replace(line.target, effective_from=line.target.period.start, revision=1)
        found.setdefault(target.measure_code, []).append(target)
    for row in rows("story/targets"):
        if row["state"] == "agreed":
            changed = Target(
                measure_code=row["measure_code"],
                area_code=row["area_code"],
                period=parse_period(row["period"]),
                number=Decimal(row["target"]),
                profile=Profile(row["profile"]),
                effective_from=date.fromisoformat(row["effective_from"]),
                revision=2,
            )
            found[changed.measure_code].append(changed)
    return found
