"""What a headline claims of a line, over which of its periods, and whether the figures bear it out.

"Lowest" speaks of the whole line as it is drawn, "lowest since 2014/15" of what came after that year, "lowest for three
years" of the last 36 months; "fell for three months running" of each of its last three steps. A number in a headline is
one of the figures, or how far they moved: else it was mistyped, or has changed since.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from performance.ground.measures import Measure
from performance.ground.periods import Period, PeriodNotUnderstoodError, add_months, parse_period
from performance.ground.values import round_half_up
from reporting.words.movement import Movement

_CLAIMS = tuple(
    (re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), claim)
    for claim, words in (
        ("lowest", "low(?:est)?|best ever|record low"),
        ("highest", "highest|record high|peak(?:ed)?"),
        ("fell", "fell|falls?|fallen|down|drop(?:s|ped)?|declined?|decreased?|reduced"),
        ("rose", "rose|rises?|risen|up|grew|grown|increased?|climbed"),
        ("doubled", "doubled"),
        ("halved", "halved"),
    )
)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_MANY = {"a": 1} | {word: many for words in (_WORDS, _ORDINALS) for many, word in enumerate(words, 1)}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_UNITS, _ROW = "|".join(_MONTHS), r"running|in\s+a\s+row"
# Ages ("18-24 year olds") are no time, and nothing is known of more than 99 of anything.
_SPAN = re.compile(
    rf"(?<![\w,./-])(\d{{1,2}}|{'|'.join(_MANY)})(?:st|nd|rd|th)?[\s-]+(?:(consecutive)\s+)?({_UNITS})s?"
    rf"(?![\w-])(?!\s+(?:olds?|of\s+age|before|earlier|ago)\b)(\s+(?:{_ROW}))?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?:last|previous)\s+({_UNITS})|(?:the|a)\s+({_UNITS})\s+(?:before|earlier|ago))(?![\w-])",
    re.IGNORECASE,
)
_NAME = r"(?:Q[1-4]\s+)?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s+)?(?:19|20)\d\d(?:/\d\d)?"
_PERIOD = re.compile(rf"(?<![\w,./-]){_NAME}(?![\w,.]?\d)")
_SINCE = re.compile(rf"\b(?:since|after)\s+({_NAME})", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w.,/-])£?(\d+(?:,\d{3})*(?:\.\d+)?)(?:\s?(%|bn|billion|m|million|k|thousand)(?!\w))?(?![\d/]|st\b|nd\b|rd\b|th\b)",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\b\d+ (?:in|of|out of) \d+\b")
_SCALES = {"b": 10**9, "m": 10**6, "k": 10**3, "t": 10**3}


@dataclass(frozen=True, kw_only=True)
class _Reach:
    """How far back a headline speaks: `since` after a period, of one that it `named`, over `months` of time, or of step
    after step."""

    since: Period | None = None
    named: Period | None = None
    months: int = 0
    running: int = 0
    in_words: str = ""

    def begins(self, moved: Movement) -> Period | None:
        """Where a span begins: the period of the line's own length whose months are the first of it."""
        last = moved.last
        return last.shifted(last.months - self.months) if self.months else None


def doubts(headline: str, moved: Movement) -> Iterator[str]:
    """The words of a headline that the figures do not bear out, each with what they say."""
    said = without_name(headline, moved.measure)
    reach = _reach(said, moved)
    for claim in claims(headline, moved.measure):
        if doubt := _doubt(claim, moved, reach):
            yield doubt


def claims(headline: str, measure: Measure) -> list[str]:
    """Which way the headline says that the line went; what the measure is called claims nothing."""
    said = without_name(headline, measure)
    return [claim for pattern, claim in _CLAIMS if pattern.search(said)]


def without_name(headline: str, measure: Measure) -> str:
    """What is left of it after the words with which it begins as the measure's title does."""
    words, title = headline.split(), measure.title.split()
    same = 0
    while same < min(len(words), len(title)) and _bare(words[same]) == _bare(title[same]):
        same += 1
    return " ".join(words[same:])


def _bare(word: str) -> str:
    return word.strip(":,;.…()").casefold()


def unknown_numbers(
    headline: str, measure: Measure, figures: Collection[Decimal], *, moved: Movement | None = None
) -> Iterator[str]:
    """The numbers in a headline that are none of the figures, ours or others' that are drawn, as they are printed, and
    not how far ours moved.

    What belongs to a period, a span, or the measure's name is no figure, and nor is a share that is said as "2 in 3".
    """
    said = without_name(headline, measure)
    words = _SHARE.sub(" ", _without_spans(_PERIOD.sub(" ", said), measure))
    named = {found[1] for found in _NUMBER.finditer(measure.title)}
    known = [*figures, *(_moves(moved, _reach(said, moved)) if moved else ())]
    for found in _NUMBER.finditer(words):
        typed, scale = found[1], _SCALES.get((found[2] or "").lower()[:1], 1)
        if typed not in named and not _is_one_of(typed, scale, known):
            yield f'The headline says "{found[0].strip()}", which is none of the figures and no difference of theirs.'


def _without_spans(said: str, measure: Measure) -> str:
    """A number of what the measure is counted in is a figure, and no time."""
    return _SPAN.sub(lambda found: found[0] if _is_its_unit(found, measure) else " ", said)


def _is_its_unit(found: re.Match[str], measure: Measure) -> bool:
    return measure.unit.casefold().startswith(found[3].casefold())


def _is_one_of(typed: str, scale: int, known: Collection[Decimal]) -> bool:
    number = Decimal(typed.replace(",", ""))
    decimals = len(typed.partition(".")[2])
    return any(round_half_up(abs(each) / scale, decimals) == number for each in known)


def _moves(moved: Movement, reach: _Reach) -> Iterator[Decimal]:
    """How far it moved from where a headline may begin, in its own unit, in percent, and in how many times."""
    last = moved.last
    starts = {moved.first, reach.since, reach.named, reach.begins(moved), _step_back(last), last.year_before}
    for start in {each for each in starts if each is not None} & set(moved.known):
        then = moved.known[start]
        yield moved.now - then
        if then:
            yield (moved.now - then) / then * 100
            yield moved.now / then


def _reach(said: str, moved: Movement) -> _Reach:
    """After which period, of which one, or over which time it speaks; else of the whole line."""
    if (after := _SINCE.search(said)) and (since := _parsed(after[1], moved)):
        return _Reach(since=since, in_words=after[0])
    if named := [each for name in _PERIOD.findall(said) if (each := _parsed(name, moved)) and each != moved.last]:
        return _Reach(named=min(named))
    if before := _BEFORE.search(said):
        months = _MONTHS[(before[1] or before[2]).casefold()]
        return _Reach(named=moved.last.shifted(-months))
    for found in _SPAN.finditer(said):
        if not _is_its_unit(found, moved.measure):
            return _over(found, moved)
    return _Reach()


def _over(found: re.Match[str], moved: Movement) -> _Reach:
    many, unit = found[1].casefold(), found[3].casefold()
    number = int(many) if many.isdigit() else _MANY[many]
    if (found[2] or found[4]) and _MONTHS[unit] == (moved.last.months or 1):
        return _Reach(running=number, in_words=found[0])
    return _Reach(months=number * _MONTHS[unit], in_words=found[0])


def _parsed(name: str, moved: Movement) -> Period | None:
    """The period of that name, by the measure's own year; a bare year of a yearly line is the line's own."""
    for period in moved.known:
        if name.casefold() in {period.short.casefold(), period.in_words.casefold()}:
            return period
    try:
        return parse_period(name, basis=moved.measure.year_basis)
    except PeriodNotUnderstoodError:
        return None


def _doubt(claim: str, moved: Movement, reach: _Reach) -> str:
    if claim in {"lowest", "highest"}:
        return _doubt_extreme(claim, moved, reach)
    if reach.running:
        return _doubt_running(claim, moved, reach)
    begins = reach.since or reach.named or reach.begins(moved)
    if begins is not None and begins.end < moved.first.start:
        return _too_short(claim, moved, reach)
    # "Over five years" may mean five years back, or the first of five years: either is said in good faith.
    starts = [begins, _step_back(begins)] if begins and reach.months else [begins or moved.first]
    found = [each for each in starts if each in moved.known] or [
        min(p for p in moved.known if p.end >= starts[0].start)
    ]
    if any(_went(claim, moved.known[each], moved.now) for each in found):
        return ""
    return f'The headline says "{claim}", but the figure went {_change(found[0], moved.last, moved)}.'


def _went(claim: str, then: Decimal, now: Decimal) -> bool:
    return {
        "fell": now < then,
        "rose": now > then,
        "doubled": now >= 2 * then and now > then,
        "halved": 2 * now <= then and now < then,
    }[claim]


def _change(start: Period, end: Period, moved: Movement) -> str:
    show, known = moved.measure.print_value, moved.known
    return f"from {show(known[start])} in {start.short} to {show(known[end])} in {end.short}"


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
    said = f'The headline says "{claim}" and "{reach.in_words}", but'
    if steps:
        return f"{said} the figures say so of the last {steps} only."
    return (
        f"{said} the figure went {_change(line[1], line[0], moved)}."
        if len(line) > 1
        else f"{said} not one step is known."
    )


def _doubt_extreme(claim: str, moved: Movement, reach: _Reach) -> str:
    """Whether what it speaks of is the lowest, or highest, of the periods it speaks of, and whether they reach so far.

    Of a period that it names it speaks as the peak or the low itself; else of the last.
    """
    start, known = reach.begins(moved), moved.known
    spoken_of = {
        period: number
        for period, number in known.items()
        if (reach.since is None or period.start > reach.since.end) and (start is None or period >= start)
    }
    is_its_own = reach.named in known and not reach.since
    held = known[reach.named] if is_its_own and reach.named else moved.now
    extreme = (min if claim == "lowest" else max)((moved.now, *spoken_of.values()))
    if held != extreme:
        when = max((period for period, number in spoken_of.items() if number == extreme), default=moved.last)
        over = "" if start is None else f" for {reach.in_words}"
        return f'The headline says "{claim}{over}", but {when.short} was {moved.measure.print_value(extreme)}.'
    far = reach.since.end < moved.first.start if reach.since else start is not None and start < moved.first
    return _too_short(claim, moved, reach) if far else ""


def _too_short(claim: str, moved: Movement, reach: _Reach) -> str:
    begins, ends = moved.first.start, add_months(moved.last.start, moved.last.months)
    months = (ends.year - begins.year) * 12 + ends.month - begins.month
    shown = f"{months // 12} year{'s' if months != 12 else ''}" if months % 12 == 0 else f"{months} months"
    further = f' and "{reach.in_words}"' if reach.in_words else ""
    return f'The headline says "{claim}"{further}, but what can be compared begins with {moved.first.short}: {shown}.'
