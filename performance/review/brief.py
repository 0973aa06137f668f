"""A scorecard in two minutes: three changes, three worries, three improvements and three questions, on a plain page.

**Decided.** Changes are real ones, those for the worse first. Worries are reds that are not among them, the worst
first, then what is expected red at year end. Improvements are real ones that are left, then greens that are better than
before. No measure stands twice among these. Questions are asked of what was named: what brings a red back, why a figure
is not there, whether a target with a slim chance still stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from performance.ground.reckoning.direction import Direction
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import PointType
from performance.ground.values import Absence
from performance.review.told import Told, ToldCard, worst_first

MOST = 3
_SLIM = 20  # percent
_ORDER = (PointType.CONCERN, PointType.IMPROVEMENT, PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW)
_NOTHING = {
    "Changes": "Nothing has really changed: what moved lies within its usual ups and downs, or cannot be tested.",
    "Worries": "Nothing else is red, and nothing else is expected to be.",
    "Improvements": "Nothing else is green and better than before.",
    "Questions": "Nothing asks for a question.",
}


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What it is of, one sentence or two, and the sentences under each heading; a heading without any says so."""

    title: str
    opening: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        """The plain page."""
        said = [self.title, "", self.opening]
        for heading, sentences in self.parts:
            said += ["", heading.upper(), *(f"{number}. {each}" for number, each in enumerate(sentences, start=1))]
        return "\n".join(said) + "\n"


def brief(card: ToldCard, opening: str) -> Brief:
    """The brief of a scorecard; `opening` says in a sentence what the whole of it comes to."""
    changes = list(islice(_changes(card.lines), MOST))
    worries = list(islice((each for each in _worries(card.lines) if each not in changes), MOST))
    named = [*changes, *worries]
    better = list(islice((each for each in _improvements(card.lines) if each not in named), MOST))
    found = {
        "Changes": [_changed(each) for each in changes],
        "Worries": [_worry(each) for each in worries],
        "Improvements": [_better(each) for each in better],
        "Questions": list(islice(_questions(card.lines, [*worries, *changes]), MOST)),
    }
    return Brief(
        title=f"In two minutes: {card.headed}",
        opening=f"{opening} {card.counted}",
        parts=tuple((heading, tuple(said) or (_NOTHING[heading],)) for heading, said in found.items()),
    )


def _changes(lines: Sequence[Told]) -> Iterator[Told]:
    special = [each for each in lines if each.variation and each.variation.is_special and _is_there(each)]
    for kind in _ORDER:
        yield from worst_first([each for each in special if each.kind is kind])


def _worries(lines: Sequence[Told]) -> Iterator[Told]:
    yield from worst_first([each for each in lines if each.line.rag is Rag.RED])
    yield from worst_first([each for each in lines if each.line.rag is not Rag.RED and each.expects_red])


def _improvements(lines: Sequence[Told]) -> Iterator[Told]:
    real = [each for each in lines if each.kind is PointType.IMPROVEMENT and _is_there(each)]
    greens = [each for each in lines if each.line.rag is Rag.GREEN and each.line.short is Direction.IMPROVING]
    yield from real
    yield from (each for each in greens if each not in real)


def _questions(lines: Sequence[Told], named: Sequence[Told]) -> Iterator[str]:
    """One of each kind first, then more of them in turn."""
    reds = [f"What brings {_inside(each)} back to its target, and by when?" for each in named
            if each.line.rag is Rag.RED]  # fmt: skip
    missing = [f"Why is there no figure of {_inside(each)} for {each.line.period.in_words}?" for each in lines
               if each.line.value is Absence.NOT_PROVIDED]  # fmt: skip
    slim = [
        f"With {each.outlook.chance_in_words} of its target at year end, does the target of {_inside(each)} still "
        "stand, or what will be done?"
        for each in lines
        if each.line.rag is not Rag.RED and each.outlook and each.expects_red and (each.outlook.percent or 0) < _SLIM
    ]
    kinds = [reds, missing, slim]
    for turn in range(max(map(len, kinds), default=0)):
        yield from (each[turn] for each in kinds if turn < len(each))


def _changed(each: Told) -> str:
    change = each.change
    return f"{_figure(each)} {change[:1].upper()}{change[1:]}."


def _better(each: Told) -> str:
    """A real change as one: its newest step may be another."""
    if each.kind is PointType.IMPROVEMENT:
        return _changed(each)
    return f"{_figure(each)} {each.line.travel.in_words(each.measure)}."


def _worry(each: Told) -> str:
    if each.line.rag is Rag.RED:
        return f"{_figure(each)} {each.line.travel.in_words(each.measure)}."
    return f"{_figure(each)} Red is expected at year end, with a chance of meeting its target of {_chance(each)}."


def _chance(each: Told) -> str:
    return each.outlook.chance_in_words.removesuffix(" chance") if each.outlook else ""


def _figure(each: Told) -> str:
    """ "Sickness absence: 10.3 days in September 2017, target 9.0 days, red."."""
    line = each.line
    rated = line.rag.in_words.lower() if line.rag.is_rated else "not rated"
    return f"{each.measure.title}: {each.figure} in {line.period.in_words}{line.against_target}, {rated}."


def _is_there(each: Told) -> bool:
    return not isinstance(each.line.value, Absence)


def _inside(each: Told) -> str:
    """A title inside a sentence: its first letter small, unless an abbreviation begins it."""
    title = each.measure.title
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
