"""What the figures of a file are asked about before they are kept: the page's own questions, row by row."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from sqlalchemy.orm import Session

from data_access.council.areas import list_areas
from data_access.council.settings_store import get_check_limits
from data_access.do.figures import CurrentFigures, FigureKey
from performance.do.near import Near
from performance.ground.commentary import read_commentary
from performance.ground.figures import Figure, FigureStatus
from performance.ground.incoming import FigureLine, RowProblem, WaitsFor
from performance.ground.measures import Measure
from performance.ground.organisation import AreaKind
from performance.ground.periods import Period
from performance.ground.reckoning.due import numbers, stored_value
from performance.ground.reckoning.unusual import (
    RECENT_PERIODS,
    CheckLimits,
    Question,
    are_fractions,
    counts_lost,
    far_from_councils,
    fraction,
    may_be_small,
    questions_among,
    slip_within,
    typed_as_fractions,
)
from performance.ground.values import Value, round_half_up

_WIDER = (AreaKind.REGION, AreaKind.NATION)
_COUNCILS = (AreaKind.COUNCIL, AreaKind.OTHER_COUNCIL)
_OF_ANOTHER = (
    "why it is right was said of another number, so these words are left out. If this one is unusual too, say why it is"
    " right"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureChange:
    """A row that says something new: the figure it makes, and the one it takes the place of, where there is one.

    `locked` says why what it touches is signed off or locked, where it is.
    """

    row: int
    measure: Measure
    figure: Figure
    before: Figure | None
    locked: str = ""

    @property
    def value(self) -> Value | None:
        """What the figure comes to, unrounded."""
        return stored_value(self.measure, self.figure)

    @property
    def value_before(self) -> Value | None:
        return None if self.before is None else stored_value(self.measure, self.before)

    @property
    def is_correction(self) -> bool:
        """Whether it changes what was signed off or locked; a figure that was missing there corrects nothing."""
        return bool(self.locked) and self.before is not None

    @property
    def key(self) -> tuple[str, str, Period]:
        return _key(self.figure)


@dataclass(frozen=True, kw_only=True)
class HeldRow:
    """A row that is not kept until someone confirms it, or gives the reason for a correction; with what is said."""

    change: FigureChange
    problem: RowProblem
    is_unusual: bool


@dataclass(frozen=True, kw_only=True)
class Sifted:
    """The rows to keep, those held back, and what is only said of rows that are kept."""

    kept: tuple[FigureChange, ...]
    held: tuple[HeldRow, ...]
    said: tuple[str, ...]


def as_shown(line: FigureLine, stored: Figure, decimals: int) -> Figure:
    """The stored figure as whoever wrote the file had it: the export of this very revision prints fewer digits."""
    if line.revision_seen != stored.revision or stored.value is None:
        return stored
    return replace(stored, value=round_half_up(stored.value, decimals))


def confirmed_anew(lines: Iterable[FigureLine], stored: CurrentFigures) -> set[FigureKey]:
    """The stored figures of which a line says something new, and says that it is right."""
    found = set()
    for figure in (line.figure for line in lines):
        before = stored.get((figure.measure_code, figure.area_code), {}).get(figure.period)
        if before is not None and not figure.same_content(before) and _confirmed(figure):
            found.add(_key(figure))
    return found


def of_their_numbers(
    lines: Iterable[FigureLine], revisions: Iterable[Figure], measures: Mapping[str, Measure]
) -> tuple[list[FigureLine], list[str]]:
    """The lines without what was confirmed of another number, which is asked for again; and what is said of these.

    A confirmation belongs to the number it was given for, as where it is typed (`Answer.over` in
    performance/do/typed.py).
    Every revision counts: the same file once more must not bring back the words that it lost the first time.
    """
    by_words: dict[tuple[FigureKey, str], list[Figure]] = {}
    for each in revisions:
        if words := _confirmed(each):
            by_words.setdefault((_key(each), words), []).append(each)
    kept, said = [], []
    for line in lines:
        figure, decimals = line.figure, measures[line.figure.measure_code].decimals
        given = by_words.get((_key(figure), _confirmed(figure)), ()) if by_words else ()
        if given and all(_number(figure) != _number(as_shown(line, each, decimals)) for each in given):
            words = replace(read_commentary(figure.commentary), confirmed="").text
            line = replace(line, figure=replace(figure, commentary=words))
            said.append(RowProblem(row=line.row, column="commentary", message=_OF_ANOTHER).in_words)
        kept.append(line)
    return kept, said


def _key(figure: Figure) -> FigureKey:
    return figure.measure_code, figure.area_code, figure.period


def _confirmed(figure: Figure) -> str:
    """Why the figure is right, where somebody said so."""
    return read_commentary(figure.commentary).confirmed if figure.commentary else ""


def _number(figure: Figure) -> tuple[object, ...]:
    """The number, and whether it is an estimate: what a confirmation is given for."""
    is_estimate = figure.status is FigureStatus.ESTIMATED
    return figure.numerator, figure.denominator, figure.value, figure.absence, is_estimate


def held_against(session: Session, area_codes: Collection[str]) -> set[str]:
    """Whose figures bear on those of these areas: their own; and on a region's or a nation's, those of councils."""
    kinds = {each.code: each.kind for each in list_areas(session, kinds=[*_WIDER, *_COUNCILS])}
    has_wider = any(kinds.get(code) in _WIDER for code in area_codes)
    return {*area_codes, *(code for code, kind in kinds.items() if has_wider and kind in _COUNCILS)}


def sift(
    session: Session,
    changes: Sequence[FigureChange],
    stored: CurrentFigures,
    *,
    accept_unusual: bool,
    has_reason: bool,
) -> Sifted:
    """Hold back what is unusual unless accepted, and what corrects something signed off unless there is a reason.

    A figure is held against what was stored before the file, never against the file's own rows, of which all may be
    wrong in the same way. A series that the file begins has nothing else to be held against: a point out of place in
    it is said, and kept; a share typed as a fraction is asked about, as the page asks about the first of a series. A
    region's or nation's rate is held against its councils', in the file or not, for they are not all wrong: in a series
    that begins it is kept, and compared with once it is accepted. What was unusual and accepted keeps the names of the
    checks, as a confirmed figure does.
    """
    asked, said = _ask(session, changes, stored)
    for change, question in _of_wider_areas(session, changes, stored):
        if accept_unusual or (change.measure.code, change.figure.area_code) in stored:
            asked[change.key] = [*asked.get(change.key, ()), question]
        else:
            row = RowProblem(row=change.row, column=question.field, message=question.message)
            said.append(f"{row.in_words} Kept, and not compared with")
    kept, held = [], []
    for change in changes:
        found = asked.get(change.key, ())
        if (change.is_correction and not has_reason) or (found and not accept_unusual):
            held.append(_hold(change, found, has_reason=has_reason))
        else:
            kept.append(_with_checks(change, tuple(each.check.value for each in found)))
    return Sifted(kept=tuple(kept), held=tuple(held), said=tuple(said))


def _with_checks(change: FigureChange, checks: tuple[str, ...]) -> FigureChange:
    if change.figure.confirmed_checks == checks:
        return change
    return replace(change, figure=replace(change.figure, confirmed_checks=checks))


def _hold(change: FigureChange, found: Sequence[Question], *, has_reason: bool) -> HeldRow:
    said = [_sentence(each.message) for each in found]
    if change.is_correction and not has_reason:
        said.insert(0, f"{change.locked}. Give the reason to correct it.")
        waits_for, column = WaitsFor.REASON, "period"
    else:
        waits_for, column = WaitsFor.CONFIRMATION, found[0].field
    problem = RowProblem(row=change.row, column=column, message=" ".join(said), waits_for=waits_for)
    return HeldRow(change=change, problem=problem, is_unusual=bool(found))


def _sentence(said: str) -> str:
    return said if said.endswith((".", "?")) else f"{said}."


def _ask(
    session: Session, changes: Sequence[FigureChange], stored: CurrentFigures
) -> tuple[dict[tuple[str, str, Period], Sequence[Question]], list[str]]:
    asked: dict[tuple[str, str, Period], Sequence[Question]] = {}
    said: list[str] = []
    limits = get_check_limits(session)
    by_series = sorted(changes, key=lambda each: (each.figure.measure_code, each.figure.area_code))
    for key, rows in groupby(by_series, key=lambda each: (each.figure.measure_code, each.figure.area_code)):
        own = list(rows)
        known = numbers(own[0].measure, stored.get(key, {}))
        if known:
            near = Near(known, back=max(RECENT_PERIODS, limits.unchanged_periods))
            asked |= {each.key: found for each in own if (found := _of_stored(each, near, limits))}
        else:
            found_here, said_here = _of_begun(own)
            asked |= found_here
            said += said_here
    return asked, said


def _of_begun(own: Sequence[FigureChange]) -> tuple[dict[FigureKey, Sequence[Question]], list[str]]:
    """What is asked, and what is said, of a series that the file begins."""
    measure = own[0].measure
    if are_fractions(measure, [each.figure for each in own]):
        if may_be_small(measure, [each.figure for each in own]):
            return {}, [_small(own)]
        valued = [(each, each.figure.value) for each in own if each.figure.value is not None]
        return {each.key: [fraction(measure, value)] for each, value in valued}, []
    alone = typed_as_fractions(measure, [each.figure for each in own])
    few = [each for each in own if each.figure.period in alone]
    if few and may_be_small(measure, [each.figure for each in few]):
        return {}, [_small_alone(each) for each in few]
    return {each.key: [alone[each.figure.period]] for each in few}, _within(own)


def _of_wider_areas(
    session: Session, changes: Sequence[FigureChange], stored: CurrentFigures
) -> Iterable[tuple[FigureChange, Question]]:
    """Regions' and nations' rates held against those of councils for the same period, stored or in the same file."""
    kinds = {each.code: each.kind for each in list_areas(session, kinds=[*_WIDER, *_COUNCILS])}
    wider = [each for each in changes if kinds.get(each.figure.area_code) in _WIDER]
    codes = {each.figure.measure_code for each in wider}
    councils: dict[tuple[str, Period], dict[str, Decimal]] = {}
    known = [(code, area, figure) for (code, area), own in stored.items() for figure in own.values()] if wider else []
    brought = [(each.figure.measure_code, each.figure.area_code, each.figure) for each in changes]
    measures = {each.measure.code: each.measure for each in wider}
    for code, area, figure in (*known, *brought):
        if code in codes and kinds.get(area) in _COUNCILS:
            value = stored_value(measures[code], figure)
            if isinstance(value, Decimal):
                councils.setdefault((code, figure.period), {})[area] = value
    for each in wider:
        others = list(councils.get((each.measure.code, each.figure.period), {}).values())
        if question := far_from_councils(each.measure, each.figure, others):
            yield each, question


def _small(own: Sequence[FigureChange]) -> str:
    measure, area = own[0].measure, own[0].figure.area_code
    first, last = min(each.row for each in own), max(each.row for each in own)
    return (
        f"Rows {first} to {last}: Check: every figure of {measure.code} for {area} is between 0% and 1%."
        " If they are shares of one, multiply them by 100."
    )


def _small_alone(change: FigureChange) -> str:
    measure, figure = change.measure, change.figure
    printed = measure.print_value(stored_value(measure, figure))
    said = f"Check: {printed} of {measure.code} for {figure.area_code}. If it is a share of one, multiply it by 100."
    return RowProblem(row=change.row, column="value", message=said).in_words


def _of_stored(change: FigureChange, near: Near, limits: CheckLimits) -> list[Question]:
    """What the page would ask about this figure; and whether it takes the place of counts."""
    found = questions_among(change.measure, change.figure, near.of(change.figure.period), limits=limits)
    lost = counts_lost(change.figure, change.before)
    return [*found, *([lost] if lost else [])]


def _within(own: Sequence[FigureChange]) -> list[str]:
    """Points out of place within a series that the file begins."""
    near = Near(numbers(own[0].measure, {each.figure.period: each.figure for each in own}), back=RECENT_PERIODS)
    return [
        RowProblem(row=each.row, column=question.field, message=question.message).in_words
        for each in own
        if (question := slip_within(each.measure, each.figure, near.of(each.figure.period)))
    ]
