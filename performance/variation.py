"""Whether the newest figure a scorecard shows is usual for its process, and whether the process meets its target."""

from dataclasses import dataclass
from datetime import date

from performance.aggregation import own_periods
from performance.figures import Series
from performance.rag import Rag
from performance.scorecard import ScorecardLine
from performance.spc import Assurance, Limits, PointType, read_process


@dataclass(frozen=True, kw_only=True)
class Variation:
    """What the process says; `kind` is None where its newest figure is not among those shown."""

    limits: Limits
    kind: PointType | None
    assurance: Assurance | None

    @property
    def is_special(self) -> bool:
        """Whether the figure is a real change, for better or worse."""
        return self.kind not in {None, PointType.COMMON_CAUSE}

    def in_words(self, rag: Rag) -> str:
        """Colour, variation and assurance in one sentence."""
        said = [self.kind.in_words if self.kind else "no newer figure to judge"]
        if self.assurance:
            said.append(f"as it runs, it {self.assurance.in_words}")
        return f"{rag.in_words}: {'; '.join(said)}."


def variation(line: ScorecardLine, series: Series, *, up_to: date) -> Variation | None:
    """The reading of the figures that ended by the day. None where XmR does not apply or figures are too few.

    Limits are of single periods, so the target is that of one: the newest shown that has a figure, or else the last.
    """
    shown = [period for period in own_periods(line.measure, line.period) if period.end <= up_to]
    with_figures = [period for period in shown if period in series.figures]
    target = series.targets.get((with_figures or shown)[-1]) if shown else None
    process = read_process(line.measure, series, up_to=up_to, target=target)
    if process is None or process.limits is None:
        return None
    latest = process.latest
    return Variation(
        limits=process.limits, kind=latest.kind if latest.period in shown else None, assurance=process.assurance
    )
