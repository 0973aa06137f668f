"""How measures stand: figures joined with the targets that rule them, read alike by every stage."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from data_access.do.figures import CurrentFigures
from data_access.plan.targets import list_agreed
from data_access.review.rebases import list_rebases
from performance.ground.figures import Series
from performance.ground.measures import Measure
from performance.plan.targets import in_force

NOTHING = Series(figures={}, targets={})


def joined(
    session: Session,
    figures: CurrentFigures,
    *,
    measures: Sequence[Measure],
    area_codes: Collection[str] | None = None,
    as_known_at: datetime | None = None,
) -> dict[tuple[str, str], Series]:
    """The series of every measure in every area that has figures or targets, by (measure code, area code).

    As known at a past moment: targets agreed and limits rebased by then. Two queries, whatever the number. Targets are
    spread by the figures given, so what may not be seen has been taken out of these.
    """
    by_code = {measure.code: measure for measure in measures}
    targets = list_agreed(session, measure_codes=by_code, area_codes=area_codes, as_known_at=as_known_at)
    rebases = list_rebases(session, measure_codes=by_code, as_known_at=as_known_at)
    return {
        key: Series(
            figures=figures.get(key, {}),
            targets=in_force(targets.get(key, ()), by_code[key[0]], figures=figures.get(key, {})),
            rebased_on=tuple(each.starts_on for each in rebases.get(key[0], ())),
        )
        for key in sorted(figures.keys() | targets.keys())
    }
