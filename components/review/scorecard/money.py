"""A scorecard's money: what the year is forecast to come to against its budget, and what was saved and spent so far."""

from collections.abc import Mapping, Sequence
from html import escape

from components.parts import html_table, rating
from components.parts.html_table import Cell, Column, Html
from components.review.scorecard import cell
from components.review.scorecard.folds import Group
from cycle.ground.series.scoring import Entry, Scorecard
from performance.ground.measures import Accumulation, ContentKind, Measure, Polarity
from performance.ground.reckoning.rag import Rag
from performance.review.variance import variance

_OUTTURN, _SAVED, _SPENT, _OTHER = "outturn", "saved", "spent", "other"
_TITLES = {
    _OUTTURN: "forecast outturn against budget, each forecast as it was given",
    _SAVED: "savings and income against plan, since the year began",
    _SPENT: "spending against budget, since the year began",
    _OTHER: "other measures of money",
}
_THEN = [Column(title="Expected at year end"), Column(title="Variance then")]
_AIM = {_OUTTURN: "Budget", _SAVED: "Planned to date", _SPENT: "Budget to date", _OTHER: "Target"}
_FIGURE = {_OUTTURN: "Forecast outturn", _SAVED: "Delivered to date", _SPENT: "Spent to date", _OTHER: "Actual"}


def is_money(measure: Measure) -> bool:
    """Whether a measure is in pounds or about finance; one for context alone has nothing to be held against."""
    of_money = measure.unit == "pounds" or measure.content_kind is ContentKind.FINANCE
    return of_money and measure.polarity is not Polarity.CONTEXT


def as_html(card: Scorecard, group: Group) -> str:
    """A table of each sort of money that the group has, in the order in which they are asked for."""
    sorts = {sort: [each for each in group.entries if _sort(each.measure) == sort] for sort in _TITLES}
    drawn = (_table(card, group, sort, entries) for sort, entries in sorts.items() if entries)
    return rating.STYLE + "".join(drawn)


def _sort(measure: Measure) -> str:
    """By kind, unit and how figures add up, never by name: any council's register is read so."""
    if measure.is_outturn:
        return _OUTTURN
    if measure.unit != "pounds" or measure.accumulation is not Accumulation.CUMULATIVE:
        return _OTHER
    return _SAVED if measure.polarity in {Polarity.HIGHER, Polarity.RISE_WANTED} else _SPENT


def _table(card: Scorecard, group: Group, sort: str, entries: Sequence[Entry]) -> str:
    caption = group.caption(f"{card.scope.name}, {card.when_in_words}: {_TITLES[sort]}")
    columns = [
        Column(title="Measure"),
        Column(title=_AIM[sort], is_number=True),
        Column(title=_FIGURE[sort], is_number=True),
        Column(title="Variance"),
        Column(title="Status"),
        *_THEN,
    ]
    rows = [_row(each, card) for each in entries]
    if sort == _OUTTURN:
        # Each figure is what the year is expected to come to already.
        columns, rows = columns[: -len(_THEN)], [row[: -len(_THEN)] for row in rows]
    return html_table.wrapped(caption, html_table.table(caption, columns, rows))


def _row(entry: Entry, card: Scorecard) -> list[Cell]:
    found = variance(entry.measure, entry.line.value, entry.line.target)
    return [
        Html(cell.name(entry, card)),
        Html(cell.target(entry)),
        Html(cell.latest(entry)),
        found.in_words(entry.measure) if found else "–",
        Html(status(entry)),
        *_at_year_end(entry, card),
    ]


def _at_year_end(entry: Entry, card: Scorecard) -> tuple[Cell, Cell]:
    """What the year is expected to come to, of how much, and the variance and colour that would be."""
    measure, found = entry.measure, entry.outlook
    if found is None:
        return cell.no_outlook(entry, card), "–"
    expected = measure.print_value(found.forecast.value)
    if found.target is None or found.target.number is None:
        return expected, "–"
    then = variance(measure, found.forecast.value, found.target)
    said = escape(then.in_words(measure)) if then else "–"
    return f"{expected} of {measure.print_target(found.target.number)}", Html(f"{said}<br>{rating.tag(found.rag)}")


_BANDS: Mapping[Rag, str] = {Rag.AMBER: "within its tolerance of", Rag.RED: "beyond its tolerance of"}


def status(entry: Entry) -> str:
    """The rating and the band it comes from: the measure's own tolerance, in its unit. As HTML."""
    line = entry.line
    tag = rating.tag(line.rag)
    if line.rag not in _BANDS or line.tolerance is None:
        return tag
    return f"{tag}<br><small>{_BANDS[line.rag]} {escape(entry.measure.print_change(line.tolerance))}</small>"
