"""Three hundred series in by a figures file and out by the scorecard, against the reference's arithmetic done again.

The arithmetic here is a second reading of the reference's rules (Making Data Count, NHSRplotthedots), written without
the app's: lists of floats, position by position.
"""

import random
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest

from cycle.do.files import importing
from cycle.ground.exports import Wanted
from cycle.report.scorecard_export import export_scorecard
from intake.figures.figures_file import COLUMNS, read_figures
from intake.files.csv_text import read_csv
from performance.ground.measures import Polarity
from performance.ground.periods import Period
from tests import builders
from tests.builders import COUNCIL

pytestmark = [pytest.mark.usefixtures("sqlite_database"), pytest.mark.slow]
LAST = Period.month(2017, 9)
SERIES = 300
POLARITIES = (Polarity.HIGHER, Polarity.LOWER, Polarity.RISE_WANTED, Polarity.CONTEXT)


class Case(NamedTuple):
    """Figures of one month after another up to the last, at so many decimals, and a target or none."""

    code: str
    polarity: Polarity
    decimals: int
    values: list[Decimal]
    target: Decimal | None


class Expected(NamedTuple):
    mean: float
    lower: float | None
    upper: float | None
    point: str
    assurance: str | None


def exact_mean(numbers: Sequence[float]) -> float:
    return float(sum(map(Fraction, numbers)) / len(numbers))


def reference(case: Case) -> Expected:
    y = [float(value) for value in case.values]
    mean = exact_mean(y)
    ranges = [abs(y[i] - y[i - 1]) for i in range(1, len(y))]
    bound = 3.267 * exact_mean(ranges)
    kept = [each for each in ranges if each < bound]
    if not kept:
        return Expected(mean, None, None, "common_cause", None if _aimless(case) else "inconsistent")
    spread = exact_mean(kept)
    lower, upper = mean - (2.66 * spread), mean + (2.66 * spread)
    k = 2 * (2.66 / 3)
    near_lower, near_upper = mean - (k * spread), mean + (k * spread)
    outside = [each > upper or each < lower for each in y]
    side = [(each > mean) - (each < mean) for each in y]
    close = [not out and (each < near_lower or each > near_upper) for each, out in zip(y, outside, strict=True)]
    trend, shift, two = windows(y, side, close)
    # Only the newest point leaves the house: nothing follows it, so a trend there goes by the step up to it.
    if outside[-1]:
        way = "high" if side[-1] == 1 else "low"
    elif trend[-1]:
        way = "high" if y[-1] - y[-2] > 0 else "low"
    elif two[-1] or shift[-1]:
        way = "high" if side[-1] > 0 else "low"
    else:
        way = ""
    return Expected(mean, lower, upper, _named(way, case.polarity), _assurance(case, lower, upper))


def windows(y: list[float], side: list[int], close: list[bool]) -> tuple[list[bool], list[bool], list[bool]]:
    """Which points lie in a trend, in a shift, and are the close ones of two of three."""
    n = len(y)
    trend, shift, two = [False] * n, [False] * n, [False] * n
    for i in range(n - 6):
        steps = [y[j + 1] - y[j] for j in range(i, i + 6)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            trend[i : i + 7] = [True] * 7
        if side[i] != 0 and all(each == side[i] for each in side[i : i + 7]):
            shift[i : i + 7] = [True] * 7
    for i in range(n - 2):
        window = range(i, i + 3)
        if side[i] != 0 and all(side[j] == side[i] for j in window) and sum(close[j] for j in window) >= 2:
            for j in window:
                two[j] = two[j] or close[j]
    return trend, shift, two


def _aimless(case: Case) -> bool:
    return case.target is None or case.polarity is Polarity.CONTEXT


def _named(way: str, polarity: Polarity) -> str:
    if not way:
        return "common_cause"
    if polarity is Polarity.CONTEXT:
        return f"special_cause_neutral_{way}"
    good = "low" if polarity is Polarity.LOWER else "high"
    return "special_cause_improvement" if way == good else "special_cause_concern"


def _assurance(case: Case, lower: float, upper: float) -> str | None:
    if _aimless(case) or case.target is None:
        return None
    target, is_lower = float(case.target), case.polarity is Polarity.LOWER
    if target > upper:
        return "consistent_pass" if is_lower else "consistent_fail"
    if target < lower:
        return "consistent_fail" if is_lower else "consistent_pass"
    return "inconsistent"


def cases() -> list[Case]:
    """Noise, small whole numbers full of ties, constants, odd points, steps and drifts; of eight months to forty."""
    chance = random.Random(20171110)  # noqa: S311 - not a secret
    found = []
    for number in range(SERIES):
        decimals, length = chance.choice((0, 0, 1, 2)), chance.randint(8, 40)
        level, noise = chance.choice((3, 20, 95, 1500)), chance.choice((0, 0.5, 2, 9))
        drift, odd = chance.choice((0, 0, 0.4, -1.5)), chance.choice((0, 0, 1, 5))
        raw = [level + drift * place + chance.gauss(0, noise) for place in range(length)]
        if odd:
            raw[chance.randrange(length)] += odd * max(noise, 1)
        if chance.random() < 0.3:
            raw[length // 2 :] = [each + 2 * max(noise, 1) for each in raw[length // 2 :]]
        values = [Decimal(f"{each:.{decimals}f}") for each in raw]
        target = Decimal(f"{level + chance.gauss(0, 3 * max(noise, 1)):.2f}") if chance.random() < 0.7 else None
        found.append(Case(f"M{number:03}", chance.choice(POLARITIES), decimals, values, target))
    return found


def test_three_hundred_series_come_out_as_the_reference_has_them() -> None:
    builders.add_council()
    every, lines = cases(), [",".join(COLUMNS)]
    for case in every:
        builders.add_measure(case.code, polarity=case.polarity, decimals=case.decimals, may_be_negative=True)
        if case.target is not None:
            builders.add_target(case.code, LAST.iso, str(case.target))
        for back, value in enumerate(reversed(case.values)):
            month = LAST.shifted(-back)
            lines.append(f"{case.code},{COUNCIL},{month.iso},,,{value},,")
    known = importing.list_known()
    importing.import_figures(read_figures(read_csv("\n".join(lines).encode(), name="f"), known=known), source="f.csv")

    found = export_scorecard(Wanted(period=LAST))
    rows = {row["measure_code"]: row for row in (dict(zip(found.columns, each, strict=True)) for each in found.rows)}
    seen = set()
    for case in every:
        expected, row = reference(case), rows[case.code]
        limits = [None if each is None else Decimal(repr(each)) for each in expected[:3]]
        if limits[1] is not None:
            assert [row["spc_mean"], row["spc_lower"], row["spc_upper"]] == limits, case
        assert (row["spc_lower"] is None) == (limits[1] is None), case
        assert (row["spc_point"], row["spc_assurance"]) == (expected.point, expected.assurance), case
        seen.add((expected.point, expected.assurance))
    # Every point type and every assurance is among them, or the comparison would say little.
    assert {point for point, _ in seen} == {
        "common_cause", "special_cause_improvement", "special_cause_concern", "special_cause_neutral_high",
        "special_cause_neutral_low",
    }  # fmt: skip
    assert {assurance for _, assurance in seen} == {None, "inconsistent", "consistent_pass", "consistent_fail"}
