"""The headline of a chart: one suggested from the figures, and the doubts about the one that was written."""

import re
from collections.abc import Mapping
from decimal import Decimal

from performance.measures import Measure
from performance.periods import Period
from performance.values import round_half_up

MOST_WORDS = 10
_CLAIMS = (
    (re.compile(r"\b(low(est)?|best ever|record low)\b", re.IGNORECASE), "lowest"),
    (re.compile(r"\b(highest|record high|peak(ed)?)\b", re.IGNORECASE), "highest"),
    (re.compile(r"\b(fell|falls?|fallen|down|drop(s|ped)?|declined?|decreased?|reduced)\b", re.IGNORECASE), "fell"),
    (re.compile(r"\b(rose|rises?|risen|up|grew|grown|increased?|climbed)\b", re.IGNORECASE), "rose"),
    (re.compile(r"\bdoubled\b", re.IGNORECASE), "doubled"),
    (re.compile(r"\bhalved\b", re.IGNORECASE), "halved"),
)


def count_words(headline: str) -> int:
    return len(headline.split())


def suggest_headline(measure: Measure, ours: Mapping[Period, Decimal]) -> str:
    """What the figures say in ten words or fewer, where the measure's name leaves room."""
    name = re.split(r"[,:(]", measure.title)[0].strip()
    if not ours:
        return name
    known = _printed(measure, ours)
    latest = max(known)
    value = measure.print_value(ours[latest])
    if len(known) < 2:
        return _first_that_fits(f"{name}: {value} in {latest.short}", f"{value} in {latest.short}")
    way = _way(measure, known)
    short = f"{name}: {way} {value}"
    without_name = f"{way[0].upper()}{way[1:]} {value} in {latest.short}"
    return _first_that_fits(f"{short}{_extreme(known)}", f"{short} in {latest.short}", short, without_name)


def check_headline(headline: str, measure: Measure, ours: Mapping[Period, Decimal]) -> list[str]:
    """What is doubtful about a headline: its length, and words that the figures do not bear out."""
    words = count_words(headline)
    doubts = []
    if not words:
        doubts.append("Write a headline that says what the figures show.")
    if words > MOST_WORDS:
        doubts.append(f"The headline has {words} words. {MOST_WORDS} or fewer are easier to take in.")
    if len(ours) < 2:
        return doubts
    known = _printed(measure, ours)
    doubts += [
        doubt for pattern, claim in _CLAIMS if pattern.search(headline) and (doubt := _doubt(claim, measure, known))
    ]
    return doubts


def _first_that_fits(*headlines: str) -> str:
    return next((each for each in headlines if count_words(each) <= MOST_WORDS), headlines[-1])


def _doubt(claim: str, measure: Measure, known: Mapping[Period, Decimal]) -> str:
    first, latest = min(known), max(known)
    least, most = min(known.values()), max(known.values())
    now, then = known[latest], known[first]
    before = known[sorted(known)[-2]]
    holds = {
        "lowest": now == least,
        "highest": now == most,
        "fell": now < then or now < before,
        "rose": now > then or now > before,
        "doubled": now >= 2 * then,
        "halved": 2 * now <= then,
    }[claim]
    if holds:
        return ""
    if claim in {"lowest", "highest"}:
        extreme = least if claim == "lowest" else most
        when = next(period for period, number in sorted(known.items()) if number == extreme)
        return f'The headline says "{claim}", but {when.short} was {measure.print_value(extreme)}.'
    change = f"from {measure.print_value(then)} in {first.short} to {measure.print_value(now)} in {latest.short}"
    return f'The headline says "{claim}", but the figure went {change}.'


def _way(measure: Measure, known: Mapping[Period, Decimal]) -> str:
    """Which way it went: against the period before, or against the first where that says nothing."""
    first, latest = min(known), max(known)
    now, before, then = known[latest], known[sorted(known)[-2]], known[first]
    if now != before:
        return "down to" if now < before else "up to"
    if now == then:
        return "no change, at"
    return f"{'down' if now < then else 'up'} from {measure.print_value(then)} in {first.short} to"


def _extreme(known: Mapping[Period, Decimal]) -> str:
    """Lowest since 2011/12, where the latest is lower than all since; nothing where it is neither."""
    ordered = [known[period] for period in sorted(known)]
    latest, earlier = ordered[-1], ordered[:-1]
    first = min(known).short
    if len(earlier) >= 2 and latest < min(earlier):
        return f", lowest since {first}"
    return f", highest since {first}" if len(earlier) >= 2 and latest > max(earlier) else ""


def _printed(measure: Measure, ours: Mapping[Period, Decimal]) -> dict[Period, Decimal]:
    return {period: round_half_up(number, measure.decimals) for period, number in ours.items()}
