"""A scorecard's quality assurance: themes of audits as rows, periods as columns, each share with its grade in words."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from components.parts import asset, html_table, rating
from components.parts.html_table import Cell, Column, Html
from components.review.scorecard import cell
from components.review.scorecard.folds import Group
from cycle.ground.series.lately import Recent
from cycle.ground.series.scoring import RECENT, Entry, Scorecard
from performance.ground.measures import ContentKind, Measure
from performance.ground.periods import Period
from performance.ground.values import round_half_up

_STYLE = asset.style(__file__)


def is_of_quality(measure: Measure) -> bool:
    """Whether a measure comes from quality assurance: audits by theme, their use, risk found, data quality."""
    return measure.content_kind is ContentKind.QUALITY_ASSURANCE


def as_html(card: Scorecard, group: Group) -> str:
    """A table for each length of period, so that whatever stands in one column is of one time."""
    in_step = sorted(group.entries, key=_months)
    drawn = (_table(card, group, list(entries)) for _, entries in groupby(in_step, key=_months))
    return f'{rating.STYLE}{_STYLE}<div class="by-period">{"".join(drawn)}</div>'


def _months(entry: Entry) -> int:
    return entry.measure.frequency.months


def _table(card: Scorecard, group: Group, entries: Sequence[Entry]) -> str:
    often = entries[0].measure.frequency.value
    caption = group.caption(f"{card.scope.name}, up to {card.when_in_words}: quality assurance, {often}")
    periods = sorted({each.period for entry in entries for each in entry.recent})[-RECENT:]
    columns = [Column(title="Theme or check"), Column(title="Target", is_number=True, leads=True)]
    columns += [Column(title=period.short, leads=period in periods[-2:]) for period in periods]
    rows = [_row(each, card, periods) for each in entries]
    return html_table.wrapped(caption, html_table.table(caption, columns, rows))


def _row(entry: Entry, card: Scorecard, periods: Sequence[Period]) -> list[Cell]:
    by_period = {each.period: each for each in entry.recent}
    graded = [_graded(entry.measure, by_period.get(period)) for period in periods]
    return [Html(cell.name(entry, card)), Html(cell.target(entry)), *graded]


def _graded(measure: Measure, recent: Recent | None) -> Cell:
    """ "68.3%" over its tag, "▲ Red": shape, word and colour; a period without a figure says why."""
    if recent is None:
        return "–"
    if recent.number is None:
        return Html(rating.tag(recent.rag))
    number = measure.print_value(round_half_up(recent.number, measure.decimals))
    return Html(f"{escape(number)}<br>{rating.tag(recent.rag)}")
