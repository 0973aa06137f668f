"""Every figure that an edition shows, and the measures that they are of."""

from collections.abc import Iterable
from dataclasses import dataclass

from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence, Value
from performance.report.frozen import FrozenLine, FrozenOutlook, FrozenPoint, FrozenProcess, FrozenTarget
from performance.report.pack import Pack

ABSENCES = tuple(each.value for each in Absence)


@dataclass(frozen=True, kw_only=True)
class PublicFigure:
    """A measure in a period: the figure of the edition itself, of which all is said, or one that its chart shows."""

    line: FrozenLine
    area: str
    period: Period
    value: Value
    rag: Rag
    target: FrozenTarget | None
    is_of_edition: bool

    @property
    def said(self) -> FrozenLine | None:
        """The line whose figure this is; None for one that leads up to it."""
        return self.line if self.is_of_edition else None

    @property
    def process(self) -> FrozenProcess | None:
        return self.said.process if self.said else None

    @property
    def outlook(self) -> FrozenOutlook | None:
        return self.said.outlook if self.said else None


def figures_of(pack: Pack, area: str) -> list[PublicFigure]:
    """All of an edition, in the order of code points of measure and period, as every export stands."""
    found = [each for line in pack.lines for each in _of_line(line, area)]
    return sorted(found, key=lambda each: (each.line.measure_code, each.period.iso))


def measures_of(pack: Pack) -> list[FrozenLine]:
    """The measures of an edition, in the order of code points of their codes."""
    return sorted(pack.lines, key=lambda line: line.measure_code)


def _of_line(line: FrozenLine, area: str) -> Iterable[PublicFigure]:
    yield PublicFigure(
        line=line,
        area=area,
        period=line.period,
        value=line.value,
        rag=line.rag,
        target=line.target,
        is_of_edition=True,
    )
    yield from (_of_point(line, area, each) for each in line.points if each.period != line.period)


def _of_point(line: FrozenLine, area: str, point: FrozenPoint) -> PublicFigure:
    target = None if point.target is None else FrozenTarget(number=point.target, in_words="")
    value = _why_none(point.rag) if point.number is None else point.number
    return PublicFigure(
        line=line, area=area, period=point.period, value=value, rag=point.rag, target=target, is_of_edition=False
    )


def _why_none(rag: Rag) -> Absence:
    return Absence(rag.value) if rag.value in ABSENCES else Absence.NOT_PROVIDED
