"""What a line of a scorecard is made of, as HTML: every layout says the same thing in the same words."""

from html import escape

from components.frame import known, navigation
from components.review import spark
from cycle.ground.series.scoring import RECENT, Entry, Scorecard
from performance.ground.reckoning.direction import Direction
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence, round_half_up
from performance.review.scorecard import ScorecardLine
from performance.review.variation import change_in_words
from reporting.charts.alternative_text import spark_alt


def name(entry: Entry, card: Scorecard) -> str:
    """The measure's title as a link, its code, what is good, and whether its figures are made up."""
    measure = entry.measure
    made_up = " Illustrative." if measure.illustrative else ""
    said = f"<small>{escape(measure.code)}. {escape(measure.polarity.in_words)}.{made_up}</small>"
    return f"{link(entry.line, card)}<br>{said}"


def link(line: ScorecardLine, card: Scorecard) -> str:
    """To the measure at the period shown, and as it was known then: what is red here is red there."""
    shown = {"measure": line.measure.code, "period": line.own_period.iso} | known.query(card.as_known_at)
    return navigation.link("One measure", escape(line.measure.title), **shown)


def target(entry: Entry) -> str:
    """What the figure is held against, as HTML."""
    aim, measure = entry.line.target, entry.measure
    if aim is None:
        return "<small>No target</small>"
    if aim.bounds:
        low, high = aim.bounds
        return escape(f"{measure.print_target(low)} to {measure.print_target(high)}")
    return escape(measure.print_target(aim.number)) if aim.number is not None else ""


def latest(entry: Entry) -> str:
    """The figure with its period and how firm it is, or why there is none and what the last one was, as HTML."""
    line = entry.line
    if isinstance(line.value, Absence):
        return f"<small>{escape(line.period.short)}{_last(entry)}</small>"
    notes = ", ".join((line.period.short, *line.notes))
    return f"{escape(entry.measure.print_value(line.value))}<br><small>{escape(notes)}</small>"


def _last(entry: Entry) -> str:
    """The newest figure there is, marked as that of another period, so that nobody takes nothing for nothing known."""
    last = entry.last
    if last is None or last.number is None:
        return ""
    value = entry.measure.print_value(round_half_up(last.number, entry.measure.decimals))
    said = f"{last.period.short}: {value}, {last.rag.in_words.lower()}"
    return f"<br>Last: {escape(said)}"


def lately(entry: Entry) -> str:
    """How the latest periods were rated, and the small line of the last twelve."""
    return f"{_shapes(entry)}<br>{_spark(entry)}"


def trend(entry: Entry) -> str:
    """Better or worse and since what, and whether the newest figure is usual."""
    return f"{_direction(entry.line)}{_variation(entry)}"


def _shapes(entry: Entry) -> str:
    recent = entry.recent[-RECENT:]
    words = ", ".join(f"{each.period.short} {each.rag.in_words.lower()}" for each in recent)
    shapes = "".join(each.rag.shape for each in recent)
    return f'<span class="shapes" aria-hidden="true">{shapes}</span><span class="vh">{escape(words)}</span>'


def _spark(entry: Entry) -> str:
    known = [(each.period, each.number) for each in entry.recent if each.number is not None]
    drawn = spark.picture([each.number for each in entry.recent], spark_alt(entry.measure, known))
    return drawn or '<span class="vh">No figures</span>'


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


def _variation(entry: Entry) -> str:
    """Whether the newest figure is usual, and how often the target was met; a real change is marked."""
    found = entry.variation
    if found is None:
        is_red = entry.line.rag is Rag.RED
        return f"<br><small>{escape(_sentence(change_in_words(entry.measure, found)))}</small>" if is_red else ""
    met = found.record.in_short
    assured = f"<br>{_seen_and_heard(met, f'; {found.assured_in_words}')}" if met else ""
    if found.kind is None:
        return assured
    said = escape(_sentence(found.kind_in_words))
    if not found.is_special:
        return f"<br><small>{said}</small>{assured}"
    return f'<br><strong class="special {found.kind.value}"><span aria-hidden="true">◆</span> {said}</strong>{assured}'


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def no_outlook(entry: Entry, card: Scorecard) -> str:
    """What stands where nothing is said of the year's end: nothing, or that it is on its way."""
    return "being worked out" if entry.measure.code in card.to_come else "–"
