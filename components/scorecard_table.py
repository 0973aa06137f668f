"""The scorecard as a table: what good is, target, figure, status in word, shape and colour, and where it is heading."""

import base64
from collections.abc import Sequence
from html import escape

from components import html_table, known, navigation, rating
from components.scorecard_folds import Group, by_perspective_of, counts_in_words
from cycle.scoring import RECENT, Entry, Scorecard
from performance.aggregation import behind_in_words, months_in_words
from performance.direction import Direction
from performance.rag import Rag
from performance.scorecard import ScorecardLine
from performance.values import Absence, round_half_up
from reporting.alternative_text import spark_alt
from reporting.sparkline import sparkline

_STYLE = """<style>
.scorecard table{font-size:.95rem}
.scorecard .shapes,.scorecard .heading{white-space:nowrap}
.scorecard .shapes{letter-spacing:.12em}
.scorecard th[scope=rowgroup] small{font-weight:400;padding-left:.75rem}
.scorecard .peers{display:block;padding-top:.2rem;max-width:34rem}
.scorecard .special{font-size:.9em;font-weight:600;border-left:4px solid #6F7777;padding-left:.35rem;
 display:inline-block}
.scorecard .special_cause_concern{border-color:#F46A25}
.scorecard .special_cause_improvement{border-color:#12436D}
@media(min-width:641px){
 .scorecard td,.scorecard th[scope=row]{padding-right:.9rem}
 .scorecard td.number{white-space:normal;min-width:5.5rem}
 .scorecard td:last-child{min-width:8rem}
 .scorecard td[data-title=Status]{min-width:8.5rem}
 .scorecard td[data-title=Direction]{min-width:11.5rem}
 .scorecard :is(.rag-none,.rag-missing){white-space:normal}
 .scorecard th[scope=row]{min-width:17rem;width:28%}
}
@media(max-width:640px){
 .scorecard thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
 .scorecard table,.scorecard caption,.scorecard tbody{display:block}
 .scorecard tr{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:.4rem .75rem;
  border-bottom:2px solid #B1B4B6;padding:.6rem 0}
 .scorecard tr th{grid-column:1/-1;border:0;padding:0}
 .scorecard tr td{display:block;border:0;padding:0;text-align:left}
 .scorecard td::before{display:block;content:attr(data-title);color:#484949;font-size:.85em}
 .scorecard td.number{text-align:left;white-space:normal}
 .scorecard .rag,.scorecard .heading{white-space:normal}
 .scorecard tr :is(td:last-child,td[data-title=Direction]){grid-column:span 2}
 .scorecard td:last-child br{display:none}
 .scorecard td:last-child small{padding-left:.35rem}
 .scorecard tr:has(th[scope=rowgroup]){border-bottom:0;padding-bottom:0}
}
</style>"""
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


def link(line: ScorecardLine, card: Scorecard) -> str:
    """To the measure at the period shown, and as it was known then: what is red here is red there."""
    shown = {"measure": line.measure.code, "period": line.own_period.iso} | known.query(card.as_known_at)
    return navigation.link("One measure", escape(line.measure.title), **shown)


def _group(title: str, entries: Sequence[Entry], card: Scorecard) -> str:
    if not entries:
        return ""
    named = f"{escape(title)} <small>{escape(counts_in_words(entries))}</small>"
    cell = f'<th role="rowheader" scope="rowgroup" colspan="{len(_COLUMNS)}">{named}</th>'
    head = f'<tr role="row">{cell}</tr>' if title else ""
    return f'<tbody role="rowgroup">{head}{"".join(_row(entry, card) for entry in entries)}</tbody>'


def _row(entry: Entry, card: Scorecard) -> str:
    line, measure = entry.line, entry.measure
    made_up = " Illustrative." if measure.illustrative else ""
    name = (
        f"{link(line, card)}<br>"
        f"<small>{escape(measure.code)}. {escape(measure.polarity.in_words)}.{made_up}</small>"
        f"{_peers(entry)}"
    )
    cells = (
        _target(entry),
        _latest(entry),
        rating.tag(line.rag),
        f"{_shapes(entry)}<br>{_spark(entry)}",
        f"{_direction(line)}{_variation(entry)}",
        _year_to_date(entry),
        _year_end(entry),
    )
    drawn = "".join(
        f'<td role="cell" data-title="{column.title}"{" class=number" if column.is_number else ""}>'
        f"<span>{cell}</span></td>"
        for column, cell in zip(_COLUMNS[1:], cells, strict=True)
    )
    return f'<tr role="row"><th role="rowheader" scope="row">{name}</th>{drawn}</tr>'


def _target(entry: Entry) -> str:
    target, measure = entry.line.target, entry.measure
    if target is None:
        return "<small>No target</small>"
    if target.bounds:
        low, high = target.bounds
        return escape(f"{measure.print_target(low)} to {measure.print_target(high)}")
    return escape(measure.print_target(target.number)) if target.number is not None else ""


def _latest(entry: Entry) -> str:
    line = entry.line
    if isinstance(line.value, Absence):
        return f"<small>{escape(line.period.short)}{_last(entry)}</small>"
    firm = "provisional" if line.is_provisional else "estimated" if line.is_estimated else ""
    partial = ""
    if line.is_partial:
        partial = behind_in_words(entry.measure, provided=line.months_provided, due=line.months_due)
    as_at = f"as at {line.as_at.short}" if line.as_at and line.as_at != line.period else ""
    notes = ", ".join(note for note in (line.period.short, as_at, firm, partial) if note)
    return f"{escape(entry.measure.print_value(line.value))}<br><small>{escape(notes)}</small>"


def _last(entry: Entry) -> str:
    """The newest figure there is, marked as that of another period, so that nobody takes nothing for nothing known."""
    last = entry.last
    if last is None or last.number is None:
        return ""
    value = entry.measure.print_value(round_half_up(last.number, entry.measure.decimals))
    said = f"{last.period.short}: {value}, {last.rag.in_words.lower()}"
    return f"<br>Last: {escape(said)}"


def _shapes(entry: Entry) -> str:
    recent = entry.recent[-RECENT:]
    words = ", ".join(f"{each.period.short} {each.rag.in_words.lower()}" for each in recent)
    shapes = "".join(each.rag.shape for each in recent)
    return f'<span class="shapes" aria-hidden="true">{shapes}</span><span class="vh">{escape(words)}</span>'


def _spark(entry: Entry) -> str:
    picture = sparkline([each.number for each in entry.recent])
    if not picture:
        return '<span class="vh">No figures</span>'
    known = [(each.period, each.number) for each in entry.recent if each.number is not None]
    code = base64.b64encode(picture.encode()).decode()
    words = escape(spark_alt(entry.measure, known))
    return f'<img src="data:image/svg+xml;base64,{code}" alt="{words}" width="96" height="24">'


def _direction(line: ScorecardLine) -> str:
    """Better or worse, and since what; in full for those who hear it."""
    found = line.travel.direction
    if found is Direction.NOT_AVAILABLE:
        return f"<small>{escape(line.travel.in_words(line.measure, short=True))}</small>"
    heading = f'<span class="heading"><span aria-hidden="true">{found.arrow}</span> {escape(found.in_words)}</span>'
    compared = (line.travel.compared(line.measure, short=each) for each in (True, False))
    return f"{heading}<br>{_seen_and_heard(*compared)}"


def _seen_and_heard(seen: str, heard: str) -> str:
    """What a cell has room for, and the same in full for those who hear it."""
    return f'<small aria-hidden="true">{escape(seen)}</small><span class="vh">{escape(heard)}</span>'


def _year_to_date(entry: Entry) -> str:
    line = entry.line
    value = line.year_to_date_value
    if isinstance(value, Absence):
        return "<small>–</small>"
    months = escape(months_in_words(entry.measure, line.year_to_date))
    return f"{escape(entry.measure.print_value(value))}<br><small>{escape(line.ytd_rag.in_words)}, {months}</small>"


def _variation(entry: Entry) -> str:
    """Whether the newest figure is usual, and how often the target was met; a real change is marked."""
    found = entry.variation
    if found is None:
        return ""
    met = found.record.in_short
    assured = f"<br>{_seen_and_heard(met, f'; {found.assured_in_words}')}" if met else ""
    if found.kind is None:
        return assured
    said = escape(found.kind.in_words[0].upper() + found.kind.in_words[1:])
    if not found.is_special:
        return f"<br><small>{said}</small>{assured}"
    return f'<br><strong class="special {found.kind.value}"><span aria-hidden="true">◆</span> {said}</strong>{assured}'


def _year_end(entry: Entry) -> str:
    """What the year is expected to come to, the colour that would be, and the chance of the target."""
    found = entry.outlook
    if found is None:
        return "<small>–</small>"
    value = escape(entry.measure.print_value(found.forecast.value))
    if found.target is None:
        return f"{value}<br><small>expected</small>"
    chance = escape(found.chance_in_words)
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
