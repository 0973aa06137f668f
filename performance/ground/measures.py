"""What a measure is: its unit, what good looks like, how its figures add up over time."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from performance.ground.periods import Frequency, Period, YearBasis
from performance.ground.values import EXACT, Absence, Value, round_half_up


class Polarity(StrEnum):
    """Which way is good. A rise wanted is the panel's "perverse" case: more reporting is better."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"
    CONTEXT = "context"
    RISE_WANTED = "rise_wanted"

    @property
    def in_words(self) -> str:
        return {
            "higher": "Higher is better",
            "lower": "Lower is better",
            "range": "In range is better",
            "context": "For context, neither is better",
            "rise_wanted": "More reporting is better (a rise can be good)",
        }[self.value]


class Accumulation(StrEnum):
    """How the figures of a measure relate to each other over time."""

    IN_PERIOD = "in_period"
    CUMULATIVE = "cumulative"
    SNAPSHOT = "snapshot"
    ROLLING = "rolling"


class ContentKind(StrEnum):
    """The range of information a report draws on (framework, section 8.3)."""

    WARD = "ward"
    NATIONAL = "national"
    CORPORATE_PLAN = "corporate_plan"
    LOCAL = "local"
    BUSINESS_PLAN = "business_plan"
    QUALITY_ASSURANCE = "quality_assurance"
    FINANCE = "finance"
    HR = "hr"

    @property
    def in_words(self) -> str:
        return {
            "ward": "Ward level",
            "national": "National indicator",
            "corporate_plan": "Corporate Plan",
            "local": "Local key indicator",
            "business_plan": "Business plan",
            "quality_assurance": "Quality assurance",
            "finance": "Finance",
            "hr": "HR and staffing",
        }[self.value]


class Perspective(StrEnum):
    """The four perspectives of a balanced scorecard, in the order they are shown."""

    CUSTOMER = "customer"
    FINANCE = "finance"
    PROCESS = "process"
    PEOPLE = "people"

    @property
    def in_words(self) -> str:
        return {
            "customer": "Customer and outcomes",
            "finance": "Finance",
            "process": "Internal process",
            "people": "People and learning",
        }[self.value]


class Use(StrEnum):
    """What was done with a measure on a day."""

    OPENED = "opened"
    REPORTED = "reported"


class CommentaryRule(StrEnum):
    """When an owner is asked to say why: the measure's own rule."""

    RED_OR_CHANGE = "red_or_change"
    OFF_TARGET_OR_CHANGE = "off_target_or_change"
    CHANGE = "change"
    NEVER = "never"

    @property
    def in_words(self) -> str:
        return {
            "red_or_change": "When red, or when the process really changed",
            "off_target_or_change": "When red or amber, or when the process really changed",
            "change": "Only when the process really changed",
            "never": "Never asked; always welcome",
        }[self.value]


class ToleranceKind(StrEnum):
    ABSOLUTE = "absolute"
    PERCENT = "percent"


@dataclass(frozen=True, kw_only=True)
class SeriesBreak:
    """From this day on, figures cannot be compared with those before it."""

    on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class RatingRule:
    """What a measure was rated by, up to and including a day: its colours from then never change."""

    until: date
    polarity: Polarity
    tolerance: Decimal | None
    tolerance_kind: ToleranceKind


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A measure as the register holds it. `tolerance` is in the unit, or in percent of the target, by its kind.

    `earlier` holds the rules it was rated by before they changed, oldest first; `replaces` the code of the measure
    that it came after; `median_of` the code of the one whose mean it is the median of.
    """

    code: str
    title: str
    unit: str
    polarity: Polarity
    accumulation: Accumulation
    frequency: Frequency
    unit_code: str
    objective_code: str | None = None
    multiplier: Decimal = Decimal(1)
    decimals: int = 0
    definition: str = ""
    numerator_definition: str = ""
    denominator_definition: str = ""
    polarity_note: str = ""
    is_share: bool = False
    may_be_negative: bool = False
    year_basis: YearBasis = YearBasis.FINANCIAL
    cycle_months: int = 12
    content_kind: ContentKind = ContentKind.LOCAL
    perspective: Perspective = Perspective.CUSTOMER
    owner_role: str = ""
    tolerance: Decimal | None = None
    tolerance_kind: ToleranceKind = ToleranceKind.PERCENT
    counts_people: bool = False
    seasonal: bool = False
    meaningful_change: Decimal | None = None
    lag_days: int = 0
    source: str = ""
    collection_method: str = ""
    rationale: str = ""
    formula: str = ""
    quality_notes: str = ""
    target_basis: str = ""
    methodology: str = ""
    methodology_reviewed_on: date | None = None
    statutory_reference: str = ""
    comparator_group: str = ""
    no_target_reason: str = ""
    active_from: date | None = None
    active_to: date | None = None
    replaces: str | None = None
    illustrative: bool = False
    commentary_rule: CommentaryRule = CommentaryRule.RED_OR_CHANGE
    median_of: str | None = None
    breaks: tuple[SeriesBreak, ...] = ()
    earlier: tuple[RatingRule, ...] = ()

    @property
    def is_ratio(self) -> bool:
        """A ratio names a denominator, or is a percent or a rate per N; anything else is a count."""
        return bool(self.denominator_definition) or self.unit == "percent" or self.unit.startswith("per ")

    @property
    def is_outturn(self) -> bool:
        """Whether a figure is itself what the year is expected to come to: money of finance, as it stood on a day.

        Whoever holds the budget forecast it; it is shown as it was given, and no forecast is made of forecasts.
        """
        is_money = self.content_kind is ContentKind.FINANCE and self.unit == "pounds"
        return is_money and self.accumulation is Accumulation.SNAPSHOT

    @property
    def takes_counts(self) -> bool:
        """Whether its figures are entered as counts; without definitions a figure is entered as a value."""
        return bool(self.numerator_definition or self.denominator_definition)

    @property
    def takes_denominator(self) -> bool:
        return bool(self.denominator_definition)

    def due_on(self, period: Period) -> date:
        """The last day a figure for the period is on time: the period's end and the measure's lag."""
        return period.end + timedelta(days=self.lag_days)

    def at(self, period: Period) -> "Measure":
        """The measure as it is rated in the period: a change of rule holds for periods that had not ended by then."""
        for rule in self.earlier:
            if period.end <= rule.until:
                return replace(
                    self, polarity=rule.polarity, tolerance=rule.tolerance, tolerance_kind=rule.tolerance_kind
                )
        return self

    def is_active(self, period: Period) -> bool:
        started = self.active_from is None or self.active_from <= period.end
        return started and (self.active_to is None or self.active_to >= period.start)

    def is_in_use(self, day: date) -> bool:
        """Whether figures are asked for on the day."""
        return self.is_active(Period(start=day, months=0))

    def own_period(self, day: date) -> Period:
        """The reporting period of this measure that contains the day."""
        return Period.containing(day, months=self.frequency.months, basis=self.year_basis)

    def latest_period(self, up_to: date) -> Period:
        """The measure's last own period that ended on or before the day."""
        period = self.own_period(up_to)
        return period if period.end <= up_to else period.previous

    def work_out(self, numerator: Decimal, denominator: Decimal | None) -> Value:
        """The unrounded value of counts. A denominator of zero is not applicable.

        Multiplied first: 75 of 730, times 365, is 37.5, where a quotient that never ends would come to a little less.
        With digits to spare, so that what two values differ by is as sound as they are.
        """
        if denominator is None:
            return numerator
        if denominator == 0:
            return Absence.NOT_APPLICABLE
        return EXACT.divide(EXACT.multiply(numerator, self.multiplier), denominator)

    def print_value(self, value: Value) -> str:
        """The value as printed, with its unit: 96.2%, £1,234, 9.4 days; an absence in words."""
        if isinstance(value, Absence):
            return value.in_words
        return print_number(round_half_up(value, self.decimals), unit=self.unit)

    def round_target(self, number: Decimal) -> Decimal:
        """A target with as many decimals as it is printed with: those that it has, at least the measure's.

        One that never ends, such as seven twelfths of a year's, has one decimal more than the measure; of pounds none
        more, for a tenth of a pound is no sum that anybody writes.
        """
        further = 0 if self.unit == "pounds" else 1
        own = -int(number.normalize().as_tuple().exponent)
        places = max(self.decimals, own) if own <= 4 else self.decimals + further
        return round_half_up(number, places)

    def print_target(self, number: Decimal) -> str:
        """A target as printed, with its unit."""
        return print_number(self.round_target(number), unit=self.unit)

    def print_change(self, change: Decimal) -> str:
        """The size of a change, without sign: percentages change by percentage points."""
        size = round_half_up(abs(change), self.decimals)
        if self.unit == "percent":
            return f"{size:,} percentage point" + ("" if size == 1 else "s")
        return print_number(size, unit=self.unit)


def print_number(number: Decimal, *, unit: str) -> str:
    """A number with its unit as the council writes it. Units of people's own are shown as they stand."""
    sign = "-" if number < 0 else ""
    size = f"{abs(number):,f}"
    if unit == "percent":
        return f"{sign}{size}%"
    if unit == "pounds":
        return f"{sign}£{size}"
    if unit in {"number", "score", ""}:
        return f"{sign}{size}"
    if unit in {"days", "years"} and number == 1:
        return f"{sign}{size} {unit[:-1]}"
    return f"{sign}{size} {unit}"
