"""What a headline claims of a line, over which of its periods, and whether the figures bear it out.

"Lowest" speaks of the whole line as it is drawn, "lowest since 2014/15" of what came after that year, "lowest for three
years" of the last 36 months; "fell for three months running" of each of its last three steps. A number in a headline is
one of the figures, or how far they moved: else it was mistyped, or has changed since.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from performance.ground.periods import Period, add_months
from performance.ground.values import round_half_up
from reporting.words.movement import Movement

_CLAIMS = (
    (re.compile(r"\b(low(est)?|best ever|record low)\b", re.IGNORECASE), "lowest"),
    (re.compile(r"\b(highest|record high|peak(ed)?)\b", re.IGNORECASE), "highest"),
    (re.compile(r"\b(fell|falls?|fallen|down|drop(s|ped)?|declined?|decreased?|reduced)\b", re.IGNORECASE), "fell"),
    (re.compile(r"\b(rose|rises?|risen|up|grew|grown|increased?|climbed)\b", re.IGNORECASE), "rose"),
    (re.compile(r"\bdoubled\b", re.IGNORECASE), "doubled"),
    (re.compile(r"\bhalved\b", re.IGNORECASE), "halved"),
)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_MANY = {"a": 1} | {word: many for many, word in enumerate(_WORDS, 1)} | {
    word: many for many, word in enumerate(_ORDINALS, 1)
}  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_SPAN = re.compile(
    rf"\b(\d+(?=st|nd|rd|th|[\s-])|{'|'.join(_MANY)})(?:st|nd|rd|th)?[\s-]+(in\s+a\s+row\s+)?(consecutive\s+)?"
    rf"({'|'.join(_MONTHS)})s?\b(\s+(?:running|in\s+a\s+row))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w.,/-])£?(\d[\d,]*(?:\.\d+)?)(?:\s?(%|bn|billion|m|million|k|thousand)(?!\w))?(?![\d/]|st\b|nd\b|rd\b|th\b)",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\b\d+ (?:in|of|out of) \d+\b")
_SCALES = {"b": 10**9, "m": 10**6, "k": 10**3, "t": 10**3}
_YEARS = range(1900, 2100)


@dataclass(frozen=True, kw_only=True)
class _Reach:
    """How far back a headline speaks: since a period that it names, for a span of months, or step after step."""

    since: Period | None = None
    months: int = 0
    running: int = 0
    in_words: str = ""

    def begins(self, moved: Movement) -> Period | None:
        """Where a span begins: the period of the line's own length whose months are the first of it."""
        last = moved.last
        return last.shifted(last.months - self.months) if self.months else None


def doubts(headline: str, moved: Movement) -> Iterator[str]:
    """The words of a headline that the figures do not bear out, each with what they say."""
    reach = _reach(headline, moved)
    for claim in claims(headline):
        if said := _doubt(claim, moved, reach):
            yield said


def claims(headline: str) -> list[str]:
    """Which way the headline says that the line went."""
    return [claim for pattern, claim in _CLAIMS if pattern.search(headline)]


def unknown_numbers(headline: str, moved: Movement, *, beside: Collection[Decimal] = ()) -> Iterator[str]:
    """The numbers in a headline that are none of the figures, as they are printed, and not how far they moved.

    `beside` are the figures of others that are drawn. What belongs to a period, a span, or the measure's name is no
    figure, and nor is a share that is said as "2 in 3".
    """
    words = _SHARE.sub(" ", _SPAN.sub(" ", headline))
    for name in sorted(_period_names(moved), key=len, reverse=True):
        words = words.replace(name, " ")
    named = {found[1] for found in _NUMBER.finditer(moved.measure.title)}
    known = [*moved.known.values(), *beside, *_moves(moved, _reach(headline, moved))]
    for found in _NUMBER.finditer(words):
        typed, scale = found[1], _SCALES.get((found[2] or "").lower()[:1], 1)
        if typed not in named and not _is_year(found) and not _is_one_of(typed, scale, known):
            yield f'The headline says "{found[0].strip()}", which is none of the figures and no difference of theirs.'


def _is_year(found: re.Match[str]) -> bool:
    return found[0].isdigit() and int(found[0]) in _YEARS


def _is_one_of(typed: str, scale: int, known: Collection[Decimal]) -> bool:
    number = Decimal(typed.replace(",", ""))
    decimals = len(typed.partition(".")[2])
    return any(round_half_up(abs(each) / scale, decimals) == number for each in known)


def _moves(moved: Movement, reach: _Reach) -> Iterator[Decimal]:
    """How far it moved from where a headline may begin, in its own unit, in percent, and in how many times."""
    starts = {moved.first, reach.since, reach.begins(moved), _step_back(moved.last), moved.last.year_before}
    for start in {each for each in starts if each is not None} & set(moved.known):
        then = moved.known[start]
        yield moved.now - then
        if then:
            yield (moved.now - then) / then * 100
            yield moved.now / then


def _period_names(moved: Movement) -> set[str]:
    return {name for period in moved.known for name in (period.short, period.in_words)}


def _reach(headline: str, moved: Movement) -> _Reach:
    """Of the periods that it names, the earliest; else the span of time that it names; else the whole line."""
    names = ((period, name) for period in moved.known for name in (period.short, period.in_words))
    named = [period for period, name in names if period != moved.last and name in headline]
    if named:
        return _Reach(since=min(named))
    if not (found := _SPAN.search(headline)):
        return _Reach()
    many, unit = found[1].lower(), found[4].lower()
    number = int(many) if many.isdigit() else _MANY[many]
    if (found[2] or found[3] or found[5]) and _MONTHS[unit] == (moved.last.months or 1):
        return _Reach(running=number, in_words=found[0])
    return _Reach(months=number * _MONTHS[unit], in_words=found[0])


def _doubt(claim: str, moved: Movement, reach: _Reach) -> str:
    if claim in {"lowest", "highest"}:
        return _doubt_extreme(claim, moved, reach)
    if reach.running:
        return _doubt_running(claim, moved, reach)
    start = reach.begins(moved)
    if start is not None and start < moved.first:
        return _too_short(claim, moved, reach)
    # "Over five years" may mean five years back, or the first of five years: either is said in good faith.
    starts = [reach.since or moved.first] if start is None else [start, _step_back(start)]
    found = [each for each in starts if each in moved.known] or [min(p for p in moved.known if p >= min(starts))]
    if any(_went(claim, moved.known[each], moved.now) for each in found):
        return ""
    show, then = moved.measure.print_value, moved.known[found[0]]
    change = f"from {show(then)} in {found[0].short} to {show(moved.now)} in {moved.last.short}"
    return f'The headline says "{claim}", but the figure went {change}.'


def _went(claim: str, then: Decimal, now: Decimal) -> bool:
    return {
        "fell": now < then,
        "rose": now > then,
        "doubled": now >= 2 * then,
        "halved": 2 * now <= then,
    }[claim]


def _step_back(period: Period) -> Period:
    return period.shifted(-(period.months or 1))


def _doubt_running(claim: str, moved: Movement, reach: _Reach) -> str:
    line = [moved.last]
    while len(line) <= reach.running and (before := _step_back(line[-1])) in moved.known:
        line.append(before)
    steps = 0
    while steps + 1 < len(line) and _went(claim, moved.known[line[steps + 1]], moved.known[line[steps]]):
        steps += 1
    if steps >= reach.running:
        return ""
    return f'The headline says "{claim}" and "{reach.in_words}", but the figures say so of the last {steps} only.'


def _doubt_extreme(claim: str, moved: Movement, reach: _Reach) -> str:
    """Whether none of the periods it speaks of was lower, or higher, and whether they reach back so far."""
    is_lowest = claim == "lowest"
    start = reach.begins(moved)
    spoken_of = {
        period: number
        for period, number in moved.known.items()
        if (reach.since is None or period > reach.since) and (start is None or period >= start)
    }
    extreme = (min if is_lowest else max)(spoken_of.values())
    if moved.now != extreme:
        when = max(period for period, number in spoken_of.items() if number == extreme)
        held = "" if start is None else f" for {reach.in_words}"
        show = moved.measure.print_value
        return f'The headline says "{claim}{held}", but {when.short} was {show(extreme)}.'
    if start is not None and start < moved.first:
        return _too_short(claim, moved, reach)
    return ""


def _too_short(claim: str, moved: Movement, reach: _Reach) -> str:
    begins, ends = moved.first.start, add_months(moved.last.start, moved.last.months)
    months = (ends.year - begins.year) * 12 + ends.month - begins.month
    shown = f"{months // 12} year{'s' if months != 12 else ''}" if months % 12 == 0 else f"{months} months"
    return (
        f'The headline says "{claim}" and "{reach.in_words}", but what can be compared begins with {moved.first.short}:'
        f" {shown}."
    )
