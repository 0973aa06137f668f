"""A scorecard's staffing: each measure against its target, with its trend beside it."""

from components.parts import html_table, rating
from components.parts.html_table import Column, Html
from components.review.scorecard import cell, money
from components.review.scorecard.folds import Group
from cycle.ground.series.scoring import Entry, Scorecard
from performance.ground.measures import ContentKind, Measure
from performance.review.variance import variance

_COLUMNS = [
    Column(title="Measure"),
    Column(title="Target", is_number=True),
    Column(title="Latest", is_number=True),
    Column(title="Against target"),
    Column(title="Status"),
    Column(title="Lately"),
    Column(title="Trend"),
]


def is_of_people(measure: Measure) -> bool:
    """Whether a measure is about the council's own people: sickness, turnover, agency, appraisals."""
    return measure.content_kind is ContentKind.HR


def as_html(card: Scorecard, group: Group) -> str:
    caption = group.caption(f"{card.scope.name}, {card.when_in_words}: HR and staffing")
    rows = [_row(each, card) for each in group.entries]
    return rating.STYLE + html_table.wrapped(caption, html_table.table(caption, _COLUMNS, rows))


def _row(entry: Entry, card: Scorecard) -> list[html_table.Cell]:
    found = variance(entry.measure, entry.line.value, entry.line.target)
    return [
        Html(cell.name(entry, card)),
        Html(cell.target(entry)),
        Html(cell.latest(entry)),
        found.in_words(entry.measure) if found else "–",
        Html(money.status(entry)),
        Html(cell.lately(entry)),
        Html(cell.trend(entry)),
    ]
