"""Commentary held against the figures: where it says otherwise than they do, or nothing new."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from performance.do.commentary_check import said_before
from performance.do.returns import ReturnLine
from performance.ground.commentary import Commentary
from performance.ground.figures import Figure
from performance.ground.measures import Accumulation
from performance.ground.periods import Period
from performance.ground.reckoning.direction import Direction, direction, is_broken
from performance.ground.reckoning.due import stored_value
from performance.ground.reckoning.unusual import Check, Question
from performance.ground.values import Absence, round_half_up

_PARTS = re.compile(
    r"[.,;:!?\n]+|\b(?:but|and|yet|though|although|while|whereas|because|since|due to|after|as|when)\b", re.IGNORECASE
)
_BETTER = r"improved|improving|improvement|better|recovered"
_WORSE = r"worsened|worsening|worse|deteriorated|deteriorating|deterioration"
_UP = r"rose|risen|rising|increased|increasing|climbed|grew|grown|(?:went|gone|going|is|are|was|were) up|higher"
_DOWN = (
    r"fell|fallen|falling|decreased|decreasing|dropped|declined|declining|"
    r"(?:went|gone|going|is|are|was|were) down|lower"
)
_CLAIMS = {
    word: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for word, words in (("improved", _BETTER), ("got worse", _WORSE), ("rose", _UP), ("fell", _DOWN))
}
# What turns a word round, or speaks of a day to come: "no better", "to be improved", "will have fallen".
_TURNED = re.compile(
    r"\b(?:not|no|never|nor|without|hardly|cannot|will|would|should|could|may|might|must|until|if|unless|expect\w*|"
    r"plan\w*|aim\w*|need\w*|want\w*|hop\w+)\b|n't\b|\bto(?: (?:be|have|get|see|become|go))?$",
    re.IGNORECASE,
)
_OF_THE_FIGURE = {"it", "this", "we", "figure", "figures", "performance", "result", "results", "rate", "percentage"}
_WORDS_BETWEEN = 4


def doubts(line: ReturnLine, figure: Figure, said: Commentary, *, said_of: str = "") -> list[Question]:
    """Where the commentary says otherwise than the figures, or nothing new. Asked, never refused.

    `said_of` is the number it was written for, where that is another one.
    """
    found = []
    if said_of and figure.absence is None:
        message = f"this was said when the figure was {said_of}. Change the words or say why they are right"
        found.append(Question(check=Check.SAID_OF, field="what_happened", message=f"Check: {message}"))
    if message := _same_words(line, said):
        found.append(Question(check=Check.SAME_WORDS, field="what_happened", message=f"Check: {message}"))
    if message := _says_otherwise(line, figure, said.what_happened):
        found.append(Question(check=Check.SAYS_OTHERWISE, field="what_happened", message=f"Check: {message}"))
    return found


@dataclass(frozen=True, kw_only=True)
class _Comparison:
    """This figure beside an earlier one: which way it went, as printed."""

    before: Period
    went: Direction
    change: Decimal
    then: str
    now: str


def _says_otherwise(line: ReturnLine, figure: Figure, text: str) -> str:
    """A claim is doubted where no earlier figure bears it out and one speaks against it."""
    held = list(_comparisons(line, figure))
    for claim, words in _CLAIMS.items():
        if not held or not _claims(line, text, words, of_anything=claim in {"improved", "got worse"}):
            continue
        verdicts = [_verdict(claim, each) for each in held]
        if not any(verdict is True for verdict in verdicts) and False in verdicts:
            against = held[verdicts.index(False)]
            return f"you say it {claim}, but {_went(against)}. Change the words or say why they are right"
    return ""


def _claims(line: ReturnLine, text: str, words: re.Pattern[str], *, of_anything: bool) -> bool:
    """Whether the text says so of the figure, plainly: better and worse speak of it, a rise may be of anything."""
    for part in _PARTS.split(text):
        match = words.search(part or "")
        if match is None:
            continue
        ahead = part[: match.start()]
        if _TURNED.search(" ".join(ahead.split()[-_WORDS_BETWEEN:])):
            continue
        if of_anything or _speaks_of_the_figure(line, ahead):
            return True
    return False


def _speaks_of_the_figure(line: ReturnLine, ahead: str) -> bool:
    named = {word for word in _bare(line.measure.title) if len(word) > 4}
    said = _bare(ahead)
    return not said or bool((named | _OF_THE_FIGURE) & set(said))


def _bare(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.casefold())


def _comparisons(line: ReturnLine, figure: Figure) -> Iterator[_Comparison]:
    """The period before and the same a year before; a running total only compares with a year before."""
    measure = line.measure
    now = stored_value(measure, figure)
    is_running = measure.accumulation is Accumulation.CUMULATIVE
    for period in (line.period.year_before,) if is_running else (line.period.previous, line.period.year_before):
        stored = line.series.stored(period)
        before = Absence.NOT_PROVIDED if stored is None else stored_value(measure, stored)
        if isinstance(now, Absence) or isinstance(before, Absence) or is_broken(measure, period, line.period):
            continue
        yield _Comparison(
            before=period,
            went=direction(measure, now=now, before=before, band=line.target, across=(period, line.period)),
            change=round_half_up(now, measure.decimals) - round_half_up(before, measure.decimals),
            then=measure.print_value(before),
            now=measure.print_value(now),
        )


def _verdict(claim: str, held: _Comparison) -> bool | None:
    """Whether a comparison bears the claim out, speaks against it, or says neither."""
    if claim == "rose":
        return None if held.change == 0 else held.change > 0
    if claim == "fell":
        return None if held.change == 0 else held.change < 0
    better = {Direction.IMPROVING: True, Direction.WORSENING: False}.get(held.went)
    return better if better is None or claim == "improved" else not better


def _went(held: _Comparison) -> str:
    way = "rose" if held.change > 0 else "fell"
    meaning = {Direction.IMPROVING: ", which is better", Direction.WORSENING: ", which is worse"}.get(held.went, "")
    return f"it {way} from {held.then} in {held.before.in_words} to {held.now}{meaning}"


def _same_words(line: ReturnLine, said: Commentary) -> str:
    """What happened is told in the very words of the period before."""
    now, before = _bare_words(said.what_happened), _bare_words(said_before(line).what_happened)
    if not now or now != before:
        return ""
    return f"this is word for word what was said for {line.period.previous.in_words}. Say what has changed since"


def _bare_words(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
