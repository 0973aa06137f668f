"""What is hidden by now of the council's own figures: also where it was published, or said in a memo, before."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.series.each import Own, of_each
from cycle.ground.series.hiding import hidden_from
from cycle.ground.series.standing import NOTHING
from data_access.plan.register import list_measures
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.values import Absence


def hidden_by_now(session: Session, codes: Collection[str], *, reader: Reader) -> dict[str, frozenset[Period]]:
    """The periods of which the council's own figures of these measures are hidden from such readers, by code.

    A ward's figure that comes later may make a total tell what it must not: a number that was said before is then shown
    no more, also while the total itself waits for a sign-off and nobody reads it. Of those hidden by their source as
    well.
    """
    measures, area = [each for each in list_measures(session) if each.code in codes], council_area(session)

    def make(of: Sequence[Measure], own: Own) -> dict[str, frozenset[Period]]:
        found: dict[str, set[Period]] = {each.code: set() for each in of}
        for code, _, period in hidden_from(session, of, reader=reader, area_codes=[area]):
            found[code].add(period)
        for code, hidden in found.items():
            figures = own.get(code, NOTHING).figures
            hidden.update(period for period, figure in figures.items() if figure.absence is Absence.SUPPRESSED)
        return {code: frozenset(hidden) for code, hidden in found.items()}

    return of_each(session, ("hidden by now",), measures, make, reader=reader)
