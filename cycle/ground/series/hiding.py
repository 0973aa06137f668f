"""Reading figures: always for somebody, without small counts of people that they may not see, and without what nobody
has signed off where they read what is published.

Here alone the stored figures become series (tests/test_architecture.py); whoever wants some says who will read them.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from cycle.ground.memory import remembered
from cycle.ground.moments import is_known
from cycle.ground.series.standing import joined
from data_access.council.areas import list_areas
from data_access.do.disclosure import RESTS_ON, groups_of, hidden_in, list_hidden, list_undecided
from data_access.do.figures import CurrentFigures, current_series, list_histories
from data_access.store.versions import reads_of, written_so_far
from performance.ground.figures import Figure, Series
from performance.ground.measures import Measure
from performance.ground.organisation import Area, AreaKind
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reckoning.linked_counts import Cell
from performance.ground.values import Absence

Histories = dict[str, dict[Period, list[Figure]]]
_KINDS = (AreaKind.COUNCIL, AreaKind.WARD)


def figures_of(
    session: Session,
    *,
    measures: Sequence[Measure],
    area_codes: Collection[str] | None = None,
    periods: Collection[Period] | None = None,
    reader: Reader,
    as_known_at: datetime | None = None,
) -> CurrentFigures:
    """Current figures, or those of a past moment, of these areas or of all that there are, for the reader.

    With `periods`, those of periods that begin with one of them. Hidden ones say so, and nothing else. What is hidden
    follows from all that was ever recorded, not from what was found: the same to whoever asks for less, or for a past
    moment.
    """
    codes = [measure.code for measure in measures]
    found = current_series(
        session,
        measure_codes=codes,
        area_codes=area_codes,
        periods=periods,
        as_known_at=as_known_at,
        signed_only=not reader.unsigned,
    )
    hidden = hidden_from(session, measures, reader=reader, area_codes=area_codes, periods=periods)
    if not hidden:
        return found
    return {
        (code, area): {
            period: _suppressed(figure) if (code, area, period) in hidden else figure
            for period, figure in series.items()
        }
        for (code, area), series in found.items()
    }


def series_of(
    session: Session,
    *,
    measures: Sequence[Measure],
    area_codes: Collection[str] | None = None,
    reader: Reader,
    as_known_at: datetime | None = None,
) -> dict[tuple[str, str], Series]:
    """The figures that the reader may see, with their targets and limits, by (measure code, area code)."""
    found = figures_of(session, measures=measures, area_codes=area_codes, reader=reader, as_known_at=as_known_at)
    return joined(session, found, measures=measures, area_codes=area_codes, as_known_at=as_known_at)


def council_series(
    session: Session, *, measures: Sequence[Measure], area: str, reader: Reader, as_known_at: datetime | None = None
) -> dict[tuple[str, str], Series]:
    """The council's own series: hidden with a small ward count are the totals that would give it away."""
    return series_of(session, measures=measures, area_codes=[area], reader=reader, as_known_at=as_known_at)


def figures_of_wards(
    session: Session, measure: Measure, *, reader: Reader, as_known_at: datetime | None = None
) -> CurrentFigures:
    """A measure's figures for the council and its wards."""
    codes = [area.code for area in _wards_and_councils(session)]
    return figures_of(session, measures=[measure], area_codes=codes, reader=reader, as_known_at=as_known_at)


def council_histories(
    session: Session,
    *,
    measures: Sequence[Measure],
    area: str,
    reader: Reader,
    as_known_at: datetime | None = None,
    revised_since: date | None = None,
) -> Histories:
    """Every revision of the council's own figures, by measure code and period, the earliest first; with `revised_since`
    of those that were recorded anew on that day or later, and maybe shortly before.

    Of a hidden figure there is none: when and how often it was recorded tells which changed. Of one that its source
    hides now there are those that said no number.
    """
    codes = [measure.code for measure in measures]
    hidden = hidden_from(session, measures, reader=reader, area_codes=[area])
    seen = {measure.code for measure in measures if reader.sees_small_counts(measure)}
    found: Histories = {}
    every_one = list_histories(
        session, measure_codes=codes, area_code=area, signed_only=not reader.unsigned, revised_since=revised_since
    )
    for code, by_period in every_one.items():
        for period, every in by_period.items():
            known = [each for each in every if is_known(each.recorded_at, as_known_at)]
            if known and (code, area, period) not in hidden:
                shown = known if code in seen else _without_what_its_source_hides(known)
                found.setdefault(code, {})[period] = shown
    return found


def hidden_from(
    session: Session,
    measures: Sequence[Measure],
    *,
    reader: Reader,
    area_codes: Collection[str] | None = None,
    periods: Collection[Period] | None = None,
) -> frozenset[Cell]:
    """What of these measures, in these areas or all, is hidden from the reader: figures by measure, area and period.

    With `periods`, at least what begins with one of them.
    """
    codes = {each.code for each in measures if not reader.sees_small_counts(each)}
    return hidden_cells(session, codes, area_codes=area_codes, periods=periods)


def hidden_cells(
    session: Session,
    measure_codes: Collection[str],
    *,
    area_codes: Collection[str] | None = None,
    periods: Collection[Period] | None = None,
) -> frozenset[Cell]:
    """What is hidden of these measures from all but those who see small counts.

    As it was decided when they were written; worked out here and now where nothing was decided, and for who has just
    written what it hangs on: that is decided last of all.
    """
    if not measure_codes:
        return frozenset()
    untold = set(measure_codes) if _has_written(session) else list_undecided(session, measure_codes=measure_codes)
    found = list_hidden(session, measure_codes=measure_codes, area_codes=area_codes, periods=periods)
    if not untold:
        return found
    groups = [group for group in groups_of(session) if not {each.code for each in group}.isdisjoint(untold)]
    told = {cell for cell in found if cell[0] not in untold}
    return frozenset(told.union(*(hidden_in(session, group) for group in groups)))


def _has_written(session: Session) -> bool:
    if reads_of(session) is not None:
        return False
    session.flush()
    return any(table in RESTS_ON for table, _ in written_so_far(session))


def _wards_and_councils(session: Session) -> tuple[Area, ...]:
    key = ("wards and councils",)
    return remembered(session, key, lambda: tuple(list_areas(session, kinds=_KINDS)), apart=True)


def _without_what_its_source_hides(known: list[Figure]) -> list[Figure]:
    if known[-1].absence is not Absence.SUPPRESSED:
        return known
    return [each for each in known if each.absence is not None]


def _suppressed(figure: Figure) -> Figure:
    """Nothing is left of what the figure said, nor of when and how often it was recorded: that tells which changed."""
    return replace(
        figure,
        numerator=None,
        denominator=None,
        value=None,
        absence=Absence.SUPPRESSED,
        commentary="",
        confirmed_checks=(),
        reopening_id=None,
        expected_on=None,
        revision=0,
        recorded_at=None,
        recorded_by="",
    )
