"""Small counts of people hidden before a figure leaves the house."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from cycle.memory import remembered
from cycle.standing import series_of
from data_access.areas import list_areas
from data_access.figures import CurrentFigures, current_series, list_every_revision, list_newest_in
from data_access.register import list_measures
from data_access.settings_store import get_setting
from performance.figures import Figure, Series
from performance.linked_counts import Cell, cells_to_hide, linked
from performance.measures import Measure
from performance.organisation import Area, AreaKind
from performance.people import Permission, User
from performance.values import Absence

_KINDS = (AreaKind.COUNCIL, AreaKind.WARD)


def sees_small_counts(measure: Measure, *, by: User) -> bool:
    """Small counts of people are for the service that submits them and for the BI team."""
    return by.may(Permission.MAINTAIN_REGISTER) or by.may(Permission.ENTER_FIGURES, at=measure.unit_code)


def seen_in_full(session: Session, *, by: User) -> frozenset[str]:
    """The measures, by code, of which the person sees small counts."""
    own, every = by.units_where(Permission.ENTER_FIGURES), by.may(Permission.MAINTAIN_REGISTER)

    def work_out() -> frozenset[str]:
        return frozenset(each.code for each in list_measures(session) if sees_small_counts(each, by=by))

    return remembered(session, ("seen in full", own, every), work_out)


def hide_small_counts(session: Session, found: CurrentFigures, *, but_of: Collection[str] = ()) -> CurrentFigures:
    """The figures without small counts of people, and without whatever would give one away; but of some measures.

    What is hidden follows from all that was ever recorded, not from what was found: the same to whoever asks for less,
    or for a past moment.
    """
    hidden = hidden_cells(session, {code for code, _ in found if code not in but_of})
    if not hidden:
        return found
    return {
        (code, area): {
            period: _suppressed(figure) if (code, area, period) in hidden else figure
            for period, figure in series.items()
        }
        for (code, area), series in found.items()
    }


def council_series(
    session: Session,
    *,
    measures: Sequence[Measure],
    area: str,
    sees_all: bool = False,
    but_of: Collection[str] = (),
    as_known_at: datetime | None = None,
) -> dict[tuple[str, str], Series]:
    """The council's own series; without `sees_all`, without the totals that would give a small ward count away."""

    def shown(figures: CurrentFigures) -> CurrentFigures:
        return figures if sees_all else hide_small_counts(session, figures, but_of=but_of)

    return series_of(session, measures=measures, area_codes=[area], as_known_at=as_known_at, shown=shown)


def figures_of_wards(
    session: Session, measure: Measure, *, sees_all: bool, as_known_at: datetime | None = None
) -> CurrentFigures:
    """A measure's figures for the council and its wards, without what the asker may not see."""
    codes = [area.code for area in remembered(session, ("wards and councils",), lambda: _areas(session))]
    found = current_series(session, measure_codes=[measure.code], area_codes=codes, as_known_at=as_known_at)
    return found if sees_all else hide_small_counts(session, found)


def hidden_cells(session: Session, measure_codes: Collection[str]) -> frozenset[Cell]:
    """What is hidden of these measures from all but those who see small counts."""
    groups = remembered(session, ("measures that count the same people",), lambda: _groups(session))
    asked = [group for group in groups if any(measure.code in measure_codes for measure in group)]
    return frozenset[Cell]().union(*(_hidden_in(session, group) for group in asked))


def _groups(session: Session) -> tuple[tuple[Measure, ...], ...]:
    """Measures that count people by ward, those together that count the same."""
    by_ward = _newest(session)
    groups = linked(list_measures(session))
    return tuple(group for group in groups if any(AreaKind.WARD in by_ward.get(each.code, {}) for each in group))


def _hidden_in(session: Session, group: Sequence[Measure]) -> frozenset[Cell]:
    """Kept until a figure of these measures is recorded, or what they are, the areas or the threshold change."""
    areas = remembered(session, ("wards and councils",), lambda: _areas(session))
    threshold = int(get_setting(session, name="small_number_threshold"))
    newest = _newest(session)
    recorded = tuple((each.code, *newest.get(each.code, {}).values()) for each in group)

    def work_out() -> frozenset[Cell]:
        codes = {area.code: area for area in areas}
        figures = list_every_revision(session, measure_codes=[each.code for each in group], area_codes=codes)
        return cells_to_hide(figures, measures=group, areas=codes, threshold=threshold)

    return remembered(session, ("hidden",), work_out, rests_on=(group, areas, threshold, recorded))


def _newest(session: Session) -> dict[str, dict[AreaKind, int]]:
    return remembered(session, ("newest figures",), lambda: list_newest_in(session, kinds=_KINDS))


def _areas(session: Session) -> tuple[Area, ...]:
    return tuple(list_areas(session, kinds=_KINDS))


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
