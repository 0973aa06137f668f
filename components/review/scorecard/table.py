"""The scorecard as a table: what good is, target, figure, status in word, shape and colour, and where it is heading."""

from collections.abc import Sequence
from html import escape

from components.parts import asset, html_table, rating
from components.review.scorecard import cell
from components.review.scorecard.folds import Group, by_perspective_of, counts_in_words
from cycle.ground.series.scoring import Entry, Scorecard
from performance.ground.reckoning.aggregation import months_in_words
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence

_STYLE = asset.style(__file__)
_COLUMNS = [
    html_table.Column(title="Measure"),
    html_table.Column(title="Target", is_number=True),
    html_table.Column(title="Latest", is_number=True),
    html_table.Column(title="Status"),
    html_table.Column(title="Lately"),
    html_table.Column(title="Direction"),
    html_table.Column(title="Year to date"),
    html_table.Column(title="At year end"),
]


def as_html(card: Scorecard, group: Group, *, by_perspective: bool) -> str:
    """The table of a group's lines, under a heading for each perspective where they are not of one."""
    caption = group.caption(f"{card.scope.name}, {card.when_in_words}")
    titled = [("", group.entries)]
    if by_perspective:
        titled = [(each.title, each.entries) for each in by_perspective_of(group.entries)]
    body = "".join(_group(title, entries, card) for title, entries in titled)
    inner = f'<table role="table"><caption>{escape(caption)}</caption>{html_table.head(_COLUMNS)}{body}</table>'
    return f'{_STYLE}{rating.STYLE}<div class="scorecard">{html_table.wrapped(caption, inner)}</div>'


def _group(title: str, entries: Sequence[Entry], card: Scorecard) -> str:
    if not entries:
        return ""
    named = f"{escape(title)} <small>{escape(counts_in_words(entries))}</small>"
    cell = f'<th role="rowheader" scope="rowgroup" colspan="{len(_COLUMNS)}">{named}</th>'
    head = f'<tr role="row">{cell}</tr>' if title else ""
    return f'<tbody role="rowgroup">{head}{"".join(_row(entry, card) for entry in entries)}</tbody>'


def _row(entry: Entry, card: Scorecard) -> str:
    line = entry.line
    name = f"{cell.name(entry, card)}{_peers(entry)}"
    cells = (
        cell.target(entry),
        cell.latest(entry),
        rating.tag(line.rag),
        cell.lately(entry),
        cell.trend(entry),
        _year_to_date(entry),
        _year_end(entry, card),
    )
    drawn = "".join(
        f'<td role="cell" data-title="{column.title}"{" class=number" if column.is_number else ""}>'
        f"<span>{cell}</span></td>"
        for column, cell in zip(_COLUMNS[1:], cells, strict=True)
    )
    return f'<tr role="row"><th role="rowheader" scope="row">{name}</th>{drawn}</tr>'


def _year_to_date(entry: Entry) -> str:
    line = entry.line
    value = line.year_to_date_value
    if isinstance(value, Absence):
        return "<small>–</small>"
    months = escape(months_in_words(entry.measure, line.year_to_date))
    return f"{escape(entry.measure.print_value(value))}<br><small>{escape(line.ytd_rag.in_words)}, {months}</small>"


def _year_end(entry: Entry, card: Scorecard) -> str:
    """What the year is expected to come to, the colour that would be, and the chance of the target."""
    if entry.measure.is_outturn:
        return "<small>The figure itself is what is expected</small>"
    found = entry.outlook
    if found is None:
        return f"<small>{cell.no_outlook(entry, card)}</small>"
    value = escape(entry.measure.print_value(found.forecast.value))
    if found.target is None:
        return f"{value}<br><small>expected</small>"
    chance = escape(f"{found.chance_in_words} of meeting the target") if found.chance_in_words else ""
    return f"{value} {rating.tag(found.rag)}<br><small>{chance}</small>"


def _peers(entry: Entry) -> str:
    """Who a measure is compared with, each with its period; or, where it is red, that there is nobody."""
    if not entry.comparators:
        is_red = entry.line.rag is Rag.RED
        return '<small class="peers">No comparator is published for this measure.</small>' if is_red else ""
    said = "; ".join(
        f"{f'Median of {each.councils[each.latest]} councils' if each.is_middle else each.name} "
        f"{entry.measure.print_value(each.numbers[each.latest])} ({each.latest.short})"
        for each in entry.comparators
    )
    return f'<small class="peers">{escape(said)}</small>'
