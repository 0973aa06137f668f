"""A scorecard's staffing: each measure against its target, with its trend beside it."""

from components import html_table, rating, scorecard_cells, scorecard_money
from components.html_table import Column, Html
from components.scorecard_folds import Group
from cycle.scoring import Entry, Scorecard
from performance.measures import ContentKind, Measure
from performance.variance import variance

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
        Html(scorecard_cells.name(entry, card)),
        Html(scorecard_cells.target(entry)),
        Html(scorecard_cells.latest(entry)),
        found.in_words(entry.measure) if found else "–",
        Html(scorecard_money.status(entry)),
        Html(scorecard_cells.lately(entry)),
        Html(scorecard_cells.trend(entry)),
    ]
