"""What an edition says of one measure: all that was shown, in words and numbers that never change afterwards.

Nothing here is worked out again. What a rule, a target or a name becomes later changes no edition: sentences are kept
as they were read, and numbers as they were printed, so that what is made of an edition needs nothing else. Only what is
hidden by now to protect people is taken out as an edition is read (docs/adr/0023).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from performance.ground.commentary import Commentary, read_commentary
from performance.ground.measures import Accumulation, ContentKind, Measure, Polarity, SeriesBreak
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.direction import Direction
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import Assurance, PointType
from performance.ground.values import Absence, Value

_EARLIER_HIDDEN = "Not shown: earlier figures are hidden to protect people"


@dataclass(frozen=True, kw_only=True)
class FrozenTarget:
    """What the figure was held against, unrounded; a range has bounds in place of the number."""

    number: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    tolerance: Decimal | None = None
    in_words: str


@dataclass(frozen=True, kw_only=True)
class FrozenProcess:
    """The limits of the process, unrounded, what its newest figure was and whether it would meet the target."""

    mean: Decimal
    lower: Decimal | None = None
    upper: Decimal | None = None
    point: PointType | None = None
    assurance: Assurance | None = None


@dataclass(frozen=True, kw_only=True)
class FrozenToDate:
    """The year to date, rounded as printed, with its colour."""

    value: Value
    rag: Rag
    in_words: str


@dataclass(frozen=True, kw_only=True)
class FrozenOutlook:
    """What the year was expected to come to: in four cases out of five between low and high. The chance of the target
    is from 0 to 1."""

    value: Decimal
    low: Decimal
    high: Decimal
    chance: Decimal | None = None
    rag: Rag
    in_words: str


@dataclass(frozen=True, kw_only=True)
class FrozenComparator:
    """Who it was compared with: a number, rounded as printed, and the period it covers."""

    name: str
    period: Period
    number: Decimal
    in_words: str


@dataclass(frozen=True, kw_only=True)
class FrozenPoint:
    """One of the periods up to the one shown, for a chart: its number as printed, what it was held against and its
    colour. A gap has no number."""

    period: Period
    number: Decimal | None = None
    target: Decimal | None = None
    rag: Rag


@dataclass(frozen=True, kw_only=True)
class FrozenLine:
    """One measure of an edition.

    `figure` is the value as printed, with how firm it is in `firmness`; `heading` and `usual` are the sentences on its
    direction and its variation, `bands` that on where its colours begin. `tolerances_off` is how many tolerances it is
    off its target. `commentary` is what its service said of the figure, `recovery` how its recovery plan stood.
    """

    measure_code: str
    title: str
    unit_code: str
    unit_name: str
    kind: ContentKind
    objective: str = ""
    definition: str = ""
    source: str = ""
    unit: str
    decimals: int
    polarity: Polarity
    accumulation: Accumulation
    frequency: Frequency
    breaks: tuple[SeriesBreak, ...] = ()
    period: Period
    value: Value
    figure: str
    firmness: str = ""
    is_illustrative: bool = False
    rag: Rag
    target: FrozenTarget | None = None
    tolerances_off: Decimal = Decimal(0)
    bands: str = ""
    short: Direction
    long: Direction
    heading: str = ""
    process: FrozenProcess | None = None
    usual: str = ""
    to_date: FrozenToDate | None = None
    outlook: FrozenOutlook | None = None
    comparators: tuple[FrozenComparator, ...] = ()
    points: tuple[FrozenPoint, ...] = ()
    commentary: str = ""
    recovery: str = ""

    def shown_of(self, periods: Collection[Period]) -> frozenset[Period]:
        """Which of the periods the line shows a number of."""
        shown = {each.period for each in self.points if each.number is not None}
        if not isinstance(self.value, Absence):
            shown.add(self.period)
        return frozenset(shown.intersection(periods))

    def without(self, hidden: Collection[Period]) -> "FrozenLine":
        """The line where the figures of these periods may no longer be shown, nor anything that they follow from: a
        total by another name, the mean of a process, what a figure is said to have come up from, and what was said
        of it."""
        if not (newly := self.shown_of(hidden)):
            return self
        line = replace(
            self,
            points=tuple(
                replace(each, number=None, rag=Rag.SUPPRESSED) if each.period in newly else each for each in self.points
            ),
            heading=_EARLIER_HIDDEN,
            usual=_EARLIER_HIDDEN,
            process=None,
            to_date=None,
            outlook=None,
            long=Direction.NOT_AVAILABLE,
            short=Direction.NOT_AVAILABLE,
            commentary="",
            recovery="",
        )
        if not any(self.period.start <= each.start and each.end <= self.period.end for each in newly):
            return line
        return replace(
            line,
            value=Absence.SUPPRESSED,
            figure=Absence.SUPPRESSED.in_words,
            firmness="",
            rag=Rag.SUPPRESSED,
            tolerances_off=Decimal(0),
        )

    @property
    def numbers(self) -> dict[Period, Decimal]:
        """Each number that it shows, by period: the points of its chart and the figure itself."""
        own = {each.period: each.number for each in self.points if each.number is not None}
        return own if isinstance(self.value, Absence) else own | {self.period: self.value}

    @property
    def as_measure(self) -> Measure:
        """The measure as far as its numbers are printed by it and its chart is put into words."""
        return Measure(
            code=self.measure_code,
            title=self.title,
            unit=self.unit,
            unit_code=self.unit_code,
            decimals=self.decimals,
            polarity=self.polarity,
            accumulation=self.accumulation,
            frequency=self.frequency,
            breaks=self.breaks,
        )

    @property
    def said(self) -> Commentary:
        """What its service said, answer by answer."""
        return read_commentary(self.commentary)

    @property
    def is_provided(self) -> bool:
        """Whether there is a figure, or an allowed reason for none."""
        return not isinstance(self.value, Absence) or self.value.is_provided

    @property
    def target_in_words(self) -> str:
        return self.target.in_words if self.target else "No target"

    @property
    def told(self) -> str:
        """ "40 (2 of 3 months, provisional)": the figure, never without how firm it is."""
        return f"{self.figure} ({self.firmness})" if self.firmness else self.figure

    @property
    def held_against(self) -> str:
        """ "target 95.0%", "no target": to stand behind the figure."""
        return f"target {self.target.in_words}" if self.target else "no target"

    @property
    def in_short(self) -> str:
        """ "92.1% (2 of 3 months), amber": the figure and its colour; an absence once."""
        if isinstance(self.value, Absence):
            return self.figure[0].lower() + self.figure[1:]
        rated = self.rag.in_words if self.rag.is_rated else "not rated"
        return f"{self.told}, {rated.lower()}"

    @property
    def course(self) -> str:
        """ "Worsening: down from 91.5%. Within its usual ups and downs.": where it goes, and whether that is usual."""
        return f"{self.heading}. {self.usual[:1].upper()}{self.usual[1:]}."

    @property
    def is_getting_worse(self) -> bool:
        """Whether it was a real change for the worse."""
        return self.process is not None and self.process.point is PointType.CONCERN

    @property
    def method(self) -> str:
        """What is measured, what is good, where its colours begin, and where its figures come from."""
        definition = f"{self.definition.rstrip('.')}." if self.definition else ""
        source = f"Source: {self.source.rstrip('.')}." if self.source else ""
        made_up = "Illustrative figures." if self.is_illustrative else ""
        return " ".join(filter(None, (definition, f"{self.polarity.in_words}.", self.bands, source, made_up)))

    @property
    def compared(self) -> str:
        """Everybody it is compared with, each with the period it covers."""
        return "; ".join(each.in_words for each in self.comparators)
