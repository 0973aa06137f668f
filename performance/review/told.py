"""A line of a scorecard with what stands beside it, as files and briefs tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag, Standing
from performance.ground.reckoning.spc import PointType
from performance.ground.values import round_half_up
from performance.review.ahead.outlook import Outlook
from performance.review.scorecard import ScorecardLine
from performance.review.variation import Variation, change_in_words


@dataclass(frozen=True, kw_only=True)
class Told:
    """A line, its variation and its year's end where they are known, and in words who it is compared with. `numbers`
    are its last figures, the oldest first."""

    line: ScorecardLine
    variation: Variation | None = None
    outlook: Outlook | None = None
    compared: str = ""
    numbers: tuple[Decimal | None, ...] = ()

    @property
    def measure(self) -> Measure:
        return self.line.measure

    @property
    def kind(self) -> PointType | None:
        """What its newest figure is for its process; None where that cannot be told."""
        return self.variation.kind if self.variation else None

    @property
    def figure(self) -> str:
        """ "10.3 days (as at Sep 2017)": never without how firm it is."""
        notes = ", ".join(self.line.notes)
        printed = self.measure.print_value(self.line.value)
        return f"{printed} ({notes})" if notes else printed

    @property
    def change(self) -> str:
        """Whether it is a real change; where that cannot be told, why not."""
        return change_in_words(self.measure, self.variation)

    @property
    def year_end(self) -> str:
        """ "9.9 days, 38% chance"; empty where nothing is expected."""
        if self.outlook is None:
            return ""
        expected = round_half_up(self.outlook.forecast.value, self.measure.decimals)
        return ", ".join(filter(None, (self.measure.print_value(expected), self.outlook.chance_in_words)))

    @property
    def expects_red(self) -> bool:
        """Whether it is expected to be red at the end of a year that is not over."""
        return self.outlook is not None and self.outlook.rag is Rag.RED and not self.outlook.forecast.is_known


# What a service or a team looks at by itself.
OF_A_SERVICE = frozenset({"Service", "Team"})


@dataclass(frozen=True, kw_only=True)
class ToldCard:
    """A scorecard to be handed out: of which part of the council, for when, and its lines in their order.

    `narrowed` says to which measures, where it is not all of the part; `level` what the part is, "Service".
    """

    part: str
    period: Period | None
    lines: tuple[Told, ...]
    narrowed: tuple[str, ...] = ()
    level: str = ""

    @property
    def is_of_a_service(self) -> bool:
        """Whether it is what a service or a team looks at by itself."""
        return self.level in OF_A_SERVICE

    @property
    def when(self) -> str:
        return self.period.in_words if self.period else "now"

    @property
    def headed(self) -> str:
        """ "Place, September 2017 (only red)"."""
        only = f" (only {', '.join(self.narrowed)})" if self.narrowed else ""
        return f"{self.part}, {self.when}{only}"

    @property
    def title(self) -> str:
        """ "Scorecard: Place, September 2017"."""
        return f"Scorecard: {self.headed}"

    @property
    def opening(self) -> str:
        """How a sentence about it begins."""
        return f"In {self.period.in_words}, " if self.period else "Now, each at its newest figure, "

    @property
    def counted(self) -> str:
        """ "Of 71 measures: 12 red, 9 amber, 31 green, 19 not rated."."""
        counts = [(each, sum(Standing.of(told.line.rag) is each for told in self.lines)) for each in Standing]
        said = ", ".join(f"{many} {standing.value}" for standing, many in counts if many)
        return f"Of {len(self.lines)} measure{'' if len(self.lines) == 1 else 's'}: {said or 'none'}."


def worst_first(lines: Sequence[Told]) -> list[Told]:
    """Real changes for the worse first, then by how far beyond the target, in tolerances."""
    return sorted(lines, key=lambda each: (each.kind is not PointType.CONCERN, -each.line.tolerances_off))
