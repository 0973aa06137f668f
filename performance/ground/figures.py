"""Figures, targets and the series of them that the rules work on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self

from performance.ground.measures import ToleranceKind
from performance.ground.periods import Period
from performance.ground.values import Absence


class FigureStatus(StrEnum):
    """How firm a figure is. A provisional figure and the final one are revisions of one figure."""

    PROVISIONAL = "provisional"
    FINAL = "final"
    ESTIMATED = "estimated"


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One revision of one figure: counts, or a value, or the reason for its absence. All numbers unrounded.

    `expected_on` is the day a figure not yet available is promised for; `confirmed_checks` names the checks that
    questioned it, and `reopening_id` the reopening under which something locked was corrected.
    """

    measure_code: str
    area_code: str
    period: Period
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    absence: Absence | None = None
    status: FigureStatus = FigureStatus.FINAL
    commentary: str = ""
    expected_on: date | None = None
    confirmed_checks: tuple[str, ...] = ()
    reopening_id: int | None = None
    revision: int = 0
    recorded_at: datetime | None = None
    recorded_by: str = ""

    @property
    def has_counts(self) -> bool:
        return self.numerator is not None

    @property
    def brief(self) -> dict[str, str]:
        """The figure as the audit trail keeps it: its numbers, never its text."""
        told = {
            "period": self.period.iso,
            "revision": self.revision,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": self.value,
            "absence": self.absence and self.absence.value,
        }
        return {name: str(each) for name, each in told.items() if each is not None}

    def same_content(self, other: "Figure") -> bool:
        """Whether both say the same, whoever said it and when: such a figure makes no new revision."""
        return self._content == other._content

    @property
    def _content(self) -> tuple[object, ...]:
        numbers = (self.numerator, self.denominator, self.value)
        return (*numbers, self.absence, self.expected_on, self.status, self.commentary)


class TargetState(StrEnum):
    """Draft, then proposed, then agreed by someone else (or declined)."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"


class Profile(StrEnum):
    """How an annual target spreads over its year."""

    FLAT = "flat"
    STRAIGHT_LINE = "straight_line"
    CUMULATIVE = "cumulative"
    SEASONAL = "seasonal"
    MANUAL = "manual"


@dataclass(frozen=True, kw_only=True)
class Target:
    """A target for a period: a single number, or a range with both bounds. Never rounded.

    `tolerance` is the target's own, where it has one; otherwise the measure's holds. `parts` are the numbers of the
    measure's own periods where the profile is manual: they reconcile to the target.
    """

    measure_code: str
    area_code: str
    period: Period
    number: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    profile: Profile | None = None
    effective_from: date | None = None
    revision: int = 0
    tolerance: Decimal | None = None
    tolerance_kind: ToleranceKind | None = None
    parts: tuple[tuple[Period, Decimal], ...] = ()

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        if self.lower is None or self.upper is None:
            return None
        return self.lower, self.upper


@dataclass(frozen=True, kw_only=True)
class Series:
    """One measure in one area: its current figures and its agreed targets, each by the period it is for.

    `targets` holds every period that has a target after profiles are spread and mid-year changes resolved;
    `rebased_on` the days from which a person had the process limits worked out anew.
    """

    figures: Mapping[Period, Figure]
    targets: Mapping[Period, Target]
    rebased_on: tuple[date, ...] = ()

    def stored(self, period: Period) -> Figure | None:
        return self.figures.get(period)

    def up_to(self, day: date) -> Self:
        """Without the figures of periods that end after the day, as if none had come in since."""
        return replace(self, figures={each: figure for each, figure in self.figures.items() if each.end <= day})
