"""Which figures small counts of people hide: decided as figures are written, and kept beside them.

The rule is pure (`performance/ground/reckoning/linked_counts.py`). Here it is asked at the end of each transaction that
bears on it, about just those measures that count the same people as one that was written; so readers leave what is
hidden in the database, and no reader pays for the deciding (ADR 21).
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import Session

from data_access.council.areas import list_areas
from data_access.council.settings_store import get_setting, read_anew
from data_access.do.figures import list_every_revision, period_of
from data_access.do.measured import list_measured_in
from data_access.models import DisclosureRow, FigureRow, HiddenFigureRow, MeasureRow
from data_access.plan.register import list_measures
from data_access.store.audit import queue_up
from data_access.store.versions import UNTOLD, WHOLE, Part
from performance.ground.measures import Measure
from performance.ground.organisation import Area, AreaKind
from performance.ground.periods import Period
from performance.ground.reckoning.linked_counts import Cell, cells_to_hide, linked

Group = tuple[Measure, ...]
"""Measures that count the same people."""
_RULING = frozenset({"measures", "areas", "settings"})
RESTS_ON = _RULING | {FigureRow.__tablename__}
"""The tables that what is hidden follows from."""
_MOST_SAID = 20


def decide(session: Session, *, written: Collection[Part]) -> None:
    """Decide anew what these writes bear on: with figures, the measures that count the same people as theirs; with
    anything that the rule goes by, those measures for which it has become another."""
    codes = {code for table, code in written if table == FigureRow.__tablename__ and code != WHOLE}
    is_ruling = any(table in _RULING for table, _ in written)
    if not (is_ruling or codes):
        return
    _catch_up(session)
    if _bears_on_people(session, None if is_ruling or UNTOLD in codes else codes):
        _decide(session, None if UNTOLD in codes else codes)


def decide_anew(session: Session, measure_codes: Collection[str] | None = None) -> int:
    """Decide about measures that count the same people as one of these, or about all; and about those whose rules have
    changed. Answers how many figures are hidden that were not, or no longer are."""
    _catch_up(session)
    return _decide(session, measure_codes)


def _decide(session: Session, measure_codes: Collection[str] | None) -> int:
    rows = session.execute(select(DisclosureRow.measure_code, DisclosureRow.decided_by))
    decided = {code: by for code, by in rows}
    rules, moved = Rules(session), 0
    for group in groups_of(session):
        codes, by = [each.code for each in group], rules.said_of(group)
        is_asked = measure_codes is None or not set(codes).isdisjoint(measure_codes)
        if is_asked or any(decided.get(code) != by for code in codes):
            moved += _keep(session, codes, hidden_in(session, group, rules), by=by, decided=decided)
        for code in codes:
            decided.pop(code, None)
    for code in decided:  # that count nobody any more
        moved += _keep_hidden(session, code, frozenset())
        session.execute(delete(DisclosureRow).where(DisclosureRow.measure_code == code))
    return moved


def groups_of(session: Session) -> list[Group]:
    """Measures that count people, those together that count the same."""
    return linked(list_measures(session))


def hidden_in(session: Session, group: Group, rules: "Rules | None" = None) -> frozenset[Cell]:
    """What is hidden of measures that count the same people, worked out from all that was ever recorded of them.

    Nothing, where none of them has a figure for a ward. Who asks of many groups gives the rules, read once.
    """
    codes = [each.code for each in group]
    if not list_measured_in(session, measure_codes=codes, kinds=[AreaKind.WARD]):
        return frozenset()
    rules = rules or Rules(session)
    figures = list_every_revision(session, measure_codes=codes, area_codes=rules.areas)
    return cells_to_hide(figures, measures=group, areas=rules.areas, threshold=rules.threshold)


def list_hidden(
    session: Session,
    *,
    measure_codes: Collection[str],
    area_codes: Collection[str] | None = None,
    periods: Collection[Period] | None = None,
) -> frozenset[Cell]:
    """What was decided to be hidden of these measures, in these areas or in all; of periods that begin with one of
    these, or of all."""
    row = HiddenFigureRow
    query = select(row.measure_code, row.area_code, row.period_start, row.period_months)
    query = query.where(row.measure_code.in_(measure_codes))
    if area_codes is not None:
        query = query.where(row.area_code.in_(area_codes))
    if periods is not None:
        query = query.where(row.period_start.in_({period.start for period in periods}))
    return frozenset((code, area, period_of(start, months)) for code, area, start, months in session.execute(query))


def list_undecided(session: Session, *, measure_codes: Collection[str]) -> list[str]:
    """Those of these measures that count people and about which nothing was decided yet."""
    is_decided = exists().where(DisclosureRow.measure_code == MeasureRow.code)
    query = select(MeasureRow.code).where(MeasureRow.code.in_(measure_codes), MeasureRow.counts_people, ~is_decided)
    return list(session.scalars(query))


def list_wrong(session: Session) -> Iterator[str]:
    """A sentence for each figure that is hidden and need not be, or is not and has to be: the first of many."""
    yield from islice(_list_wrong(session), _MOST_SAID)


def _list_wrong(session: Session) -> Iterator[str]:
    rules = Rules(session)
    for group in groups_of(session):
        codes = [each.code for each in group]
        if undecided := list_undecided(session, measure_codes=codes):
            yield f"Disclosure: nothing was decided about {', '.join(sorted(undecided))}. Run manage.py rebuild."
            continue
        kept, right = list_hidden(session, measure_codes=codes), hidden_in(session, group, rules)
        for code, area, period in sorted(kept ^ right):
            is_wrong = "has to be hidden and is not" if (code, area, period) in right else "is hidden and need not be"
            yield f"Disclosure: {code} of {area} for {period.in_words} {is_wrong}. Run manage.py rebuild."


class Rules:
    """What the rule goes by besides figures: the wards and councils there are, and below what a count is small."""

    def __init__(self, session: Session) -> None:
        kinds = (AreaKind.COUNCIL, AreaKind.WARD)
        self.areas: Mapping[str, Area] = {area.code: area for area in list_areas(session, kinds=kinds)}
        self.threshold = int(get_setting(session, name="small_number_threshold"))
        self._said = repr((sorted(self.areas.items()), self.threshold))

    def said_of(self, group: Group) -> str:
        """The same for as long as the rule goes by the same."""
        return hashlib.sha256(f"{self._said} {group!r}".encode()).hexdigest()


def _catch_up(session: Session) -> None:
    """See all that others have written by now, and be the only one who decides: not what was read before they did."""
    session.flush()
    queue_up(session)
    session.expire_all()
    read_anew(session)


def _bears_on_people(session: Session, codes: Collection[str] | None) -> bool:
    """Whether any of these measures counts people, or any at all does or did."""
    counting = select(MeasureRow.code).where(MeasureRow.counts_people)
    if codes is not None:
        return bool(session.scalar(select(counting.where(MeasureRow.code.in_(codes)).exists())))
    return bool(session.scalar(select(counting.exists() | exists().select_from(DisclosureRow))))


def _keep(
    session: Session, codes: Sequence[str], hidden: frozenset[Cell], *, by: str, decided: Mapping[str, str]
) -> int:
    moved = 0
    for code in codes:
        moved += _keep_hidden(session, code, frozenset(cell for cell in hidden if cell[0] == code))
        if decided.get(code) != by:
            session.execute(delete(DisclosureRow).where(DisclosureRow.measure_code == code))
            session.execute(insert(DisclosureRow), [{"measure_code": code, "decided_by": by}])
    return moved


def _keep_hidden(session: Session, code: str, hidden: frozenset[Cell]) -> int:
    """Nothing is written where nothing has changed, so that whatever was read of the measure holds on."""
    moved = list_hidden(session, measure_codes=[code]) ^ hidden
    if moved:
        session.execute(delete(HiddenFigureRow).where(HiddenFigureRow.measure_code == code))
        if hidden:
            session.execute(insert(HiddenFigureRow), [_values(cell) for cell in sorted(hidden)])
    return len(moved)


def _values(cell: Cell) -> dict[str, object]:
    code, area, period = cell
    return {
        "measure_code": code, "area_code": area,
        "period_start": period.start, "period_months": period.months,
    }  # fmt: skip
