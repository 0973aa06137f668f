"""The headline of a chart: one suggested from the figures, and the doubts about the one that was written."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal

from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.values import round_half_up
from reporting.words import headline_claims
from reporting.words.movement import Movement, movement

MOST_WORDS = 10
# With these a further part of a measure's name begins.
_JOINTS = frozenset(
    {"after", "and", "at", "by", "during", "for", "from", "in", "of", "on", "or", "over", "per", "since", "that", "to",
     "under", "where", "which", "who", "with"}
)  # fmt: skip


def count_words(headline: str) -> int:
    return len(headline.split())


def own_words(written: str, suggested: str) -> str:
    """What a person wrote; nothing where it is what was suggested to them."""
    return "" if written.strip() == suggested else written.strip()


def suggest_headline(measure: Measure, ours: Mapping[Period, Decimal]) -> str:
    """What the figures say in ten words or fewer, where the measure's name leaves room."""
    name = re.split(r"[,:(]", measure.title)[0].strip()
    if not ours:
        return name
    latest = max(ours)
    value = measure.print_value(round_half_up(ours[latest], measure.decimals))
    moved = movement(measure, ours)
    if moved is None:
        return _headline(name, f"{value} in {latest.short}")
    whole, short = _ways(moved, value)
    return _headline(name, whole, f"{short} in {latest.short}", short)


def check_headline(
    headline: str, measure: Measure, ours: Mapping[Period, Decimal], *, beside: Collection[Decimal] = ()
) -> list[str]:
    """What is doubtful about a headline: its length, and words and numbers that the figures do not bear out.

    `beside` are the figures of others that are drawn with ours.
    """
    words = count_words(headline)
    doubts = []
    if not words:
        doubts.append("Write a headline that says what the figures show.")
    if words > MOST_WORDS:
        doubts.append(f"The headline has {words} words. {MOST_WORDS} or fewer are easier to take in.")
    moved = movement(measure, ours)
    printed = [round_half_up(number, measure.decimals) for number in ours.values()]
    unknown = headline_claims.unknown_numbers(headline, measure, [*printed, *beside], moved=moved)
    if moved is None:
        claimed = headline_claims.claims(headline, measure)
        doubts += [f'The headline says "{claim}", but nothing can be compared.' for claim in claimed]
        return [*doubts, *unknown]
    return [*doubts, *headline_claims.doubts(headline, moved), *unknown]


def _headline(name: str, *ways: str) -> str:
    """The name and the fullest way to go on that fits; a name too long for any of them is cut, and never left out."""
    fits = [way for way in ways if count_words(name) + count_words(way) <= MOST_WORDS]
    return f"{name}: {fits[0]}" if fits else f"{_cut(name, MOST_WORDS - count_words(ways[-1]))}: {ways[-1]}"


def _cut(name: str, most: int) -> str:
    """The first words of a name, up to where another part of it begins; the dots say that it goes on."""
    words = name.split()
    ends = [end for end in range(2, most + 1) if words[end].lower() in _JOINTS]
    return f"{' '.join(words[: max(ends, default=most)])}…"


def _ways(moved: Movement, value: str) -> tuple[str, str]:
    """Which way the line went as it is drawn, in full and in short; "up" and "down" are of its first figure."""
    first, then = moved.first.short, moved.measure.print_value(moved.then())
    if moved.is_lowest:
        return f"down to {value}, lowest since {first}", f"down to {value}"
    if moved.is_highest:
        return f"up to {value}, highest since {first}", f"up to {value}"
    if moved.is_level:
        return f"no change, at {value}", f"no change, at {value}"
    if moved.now == moved.then():
        return f"{value}, as in {first}", f"at {value}"
    way = "down" if moved.now < moved.then() else "up"
    return f"{way} from {then} in {first} to {value}", f"{way} to {value}"
