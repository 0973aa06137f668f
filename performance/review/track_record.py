"""How often the last figures of a process met their target, each that of its own period."""

from dataclasses import dataclass

from performance.ground.figures import Series, Target
from performance.ground.measures import Measure
from performance.ground.reckoning.rag import has_aim, is_met
from performance.ground.reckoning.spc import Process, ProcessPoint

LAST = 12


@dataclass(frozen=True, kw_only=True)
class TrackRecord:
    """Of the last twelve figures those that had a target (`of`), and how many `met` it, each that of its own period.

    `newest` is whether the newest figure met its target; None where it had none. `has_moved` says that these targets,
    and the one of today, are not all the same.
    """

    met: int = 0
    of: int = 0
    newest: bool | None = None
    has_moved: bool = False

    @property
    def is_always(self) -> bool:
        return self.met == self.of

    @property
    def in_words(self) -> str:
        """ "met in 7 of the last 12"; empty where none had a target."""
        if not self.of:
            return ""
        if self.of == 1:
            return f"{'met' if self.met else 'not met'} in the only one that had a target"
        stood = ", as it then stood," if self.has_moved else ""
        with_target = "" if self.of == LAST else " that had a target"
        return f"met{stood} in {self.met or 'none'} of the last {self.of}{with_target}"

    @property
    def in_short(self) -> str:
        """ "Target met in 7 of the last 12", where there is little room."""
        if not self.of:
            return ""
        return f"Target met in {self.met} of the last {self.of}"


def track_record(measure: Measure, process: Process, series: Series, today: Target | None) -> TrackRecord:
    """Of a process, with the targets of its series; `today` is the one that the limits are held against."""
    held = [(point, target) for point in process.points[-LAST:] if (target := _target(measure, point, series))]
    met = [is_met(point.value, target, measure.at(point.period).polarity) for point, target in held]
    aims = {(each.number, each.lower, each.upper) for each in (*(target for _, target in held), today) if each}
    is_newest_held = bool(held) and held[-1][0] == process.latest
    return TrackRecord(met=sum(met), of=len(met), newest=met[-1] if is_newest_held else None, has_moved=len(aims) > 1)


def _target(measure: Measure, point: ProcessPoint, series: Series) -> Target | None:
    target = series.targets.get(point.period)
    return target if has_aim(target, measure.at(point.period).polarity) else None
