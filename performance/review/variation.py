"""Whether the newest figure a scorecard shows is usual for its process, and whether the process meets its target."""

from dataclasses import dataclass, field
from datetime import date

from performance.ground.figures import Series, Target
from performance.ground.measures import Accumulation, Measure
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.aggregation import own_periods
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import Assurance, Limits, PointType, Signal, read_process
from performance.review.scorecard import ScorecardLine
from performance.review.track_record import TrackRecord, track_record


@dataclass(frozen=True, kw_only=True)
class Variation:
    """What the process says; `kind` is None where its newest figure is not among those shown.

    Assurance is what the limits say of today's target; `record` what became of the last figures, each held against
    the target of its own period. `is_on_limit` says that today's target is itself a limit, and `by_part` names the
    parts ("Month by month") where what is shown is made of several. `signal` is the rule that a real change answers to,
    and `since` the first of the figures that are all of its kind up to this one, where there are several.
    """

    limits: Limits
    kind: PointType | None
    assurance: Assurance | None
    record: TrackRecord = field(default_factory=TrackRecord)
    is_on_limit: bool = False
    by_part: str = ""
    signal: Signal | None = None
    since: Period | None = None

    @property
    def kind_in_words(self) -> str:
        """A real change says since when: a figure that has eased of late may still be far from where it was."""
        if self.kind is None:
            return "no newer figure to judge"
        since = f" since {self.since.short}" if self.is_special and self.since else ""
        return f"{self.kind.in_words}{since}"

    @property
    def is_special(self) -> bool:
        """Whether the figure is a real change, for better or worse."""
        return self.kind not in {None, PointType.COMMON_CAUSE}

    def in_words(self, rag: Rag) -> str:
        """Colour, variation and assurance in one sentence."""
        return f"{rag.in_words}: {self.unrated_in_words}."

    @property
    def unrated_in_words(self) -> str:
        """Variation and assurance, where the colour stands beside it."""
        return self.by_part + "; ".join(each for each in (self.kind_in_words, self.assured_in_words) if each)

    @property
    def assured_in_words(self) -> str:
        """Whether the target is met, in words true of the limits and of the last figures; empty without a target."""
        told = self.record.in_words
        if self.assurance is None:
            return f"the target was {told}" if told else ""
        if not self._is_borne_out:
            return self._but()
        runs = self._as_it_runs(self.assurance)
        return f"{told}; {runs}" if told else runs

    @property
    def _is_borne_out(self) -> bool:
        """Whether what the limits say is what the last figures did."""
        if self.assurance is Assurance.CONSISTENT_PASS:
            return self.record.is_always
        return self.assurance is not Assurance.CONSISTENT_FAIL or not self.record.met

    def _as_it_runs(self, assurance: Assurance) -> str:
        if assurance is Assurance.INCONSISTENT:
            if self.limits.lower is None:
                return "there is no usual range to hold the target against"
            if self.is_on_limit:
                return "the target lies on the edge of its usual range"
            if self.record.of and self.record.is_always:
                return "its usual range reaches past the target, so a miss would not be unusual"
            if self.record.of and not self.record.met:
                return "its usual range reaches the target, so meeting it would not be unusual"
        return f"as it runs, it {assurance.in_words}"

    def _but(self) -> str:
        """Limits and last figures side by side, where the one would hide the other."""
        side = "right" if self.assurance is Assurance.CONSISTENT_PASS else "wrong"
        newest = ""
        if self.record.met and self.record.newest is not None:
            fails = self.assurance is Assurance.CONSISTENT_FAIL
            if self.record.newest is fails:
                newest = ", the newest among them" if fails else ", and not in the newest"
        is_old = self.is_special and self.since is not None
        usual = "its usual range, from before that change," if is_old else "its usual range now"
        return f"{usual} lies on the {side} side of the target, but it was {self.record.in_words}{newest}"


def change_in_words(measure: Measure, found: Variation | None) -> str:
    """Whether the newest figure is a real change; where that cannot be told, why not."""
    if found is None:
        return f"not tested for a real change: {_why_untested(measure)}"
    return found.kind_in_words


def _why_untested(measure: Measure) -> str:
    if measure.is_outturn:
        return "each figure forecasts the same year"
    if measure.frequency is Frequency.YEARLY:
        return "one figure a year"
    totals = {Accumulation.ROLLING: "a rolling figure", Accumulation.CUMULATIVE: "a total to date"}
    return totals.get(measure.accumulation, "too few figures")


def variation(line: ScorecardLine, series: Series, *, up_to: date) -> Variation | None:
    """The reading of the figures that ended by the day. None where XmR does not apply or figures are too few.

    Limits are of single periods, so the target is that of one: the newest shown that has a figure, or else the last.
    """
    shown = [period for period in own_periods(line.measure, line.period) if period.end <= up_to]
    target = _target_of(shown, series)
    process = read_process(line.measure, series, up_to=up_to, target=target)
    if process is None or process.limits is None:
        return None
    latest = process.latest
    return Variation(
        limits=process.limits,
        kind=latest.kind if latest.period in shown else None,
        signal=latest.signal if latest.period in shown else None,
        since=process.since if process.since != latest.period else None,
        assurance=process.assurance,
        record=track_record(line.measure, process, series, target),
        is_on_limit=_is_on_limit(process.limits, target),
        by_part={1: "month by month, ", 3: "quarter by quarter, "}[latest.period.months] if len(shown) > 1 else "",
    )


def _target_of(shown: list[Period], series: Series) -> Target | None:
    with_figures = [period for period in shown if period in series.figures]
    return series.targets.get((with_figures or shown)[-1]) if shown else None


def _is_on_limit(limits: Limits, target: Target | None) -> bool:
    """Compared as doubles, as assurance is."""
    if target is None or target.number is None:
        return False
    return float(target.number) in {float(each) for each in (limits.lower, limits.upper) if each is not None}
