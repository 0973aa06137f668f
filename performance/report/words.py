"""What is written for an edition: the words of its pack, and what reds come with; figures in them are tokens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from performance.ground.reckoning.rag import Rag
from performance.report.frozen import FrozenLine
from performance.report.tokens import fill, without_tokens

LONGEST_WORDS = 4000


class Place(StrEnum):
    """Where words stand: in the pack, or beside a red."""

    SUMMARY = "summary"
    WATCH = "watch"
    FINANCE = "finance"
    COMPARATOR = "comparator"
    CAUSE = "cause"
    ACTION = "action"

    @property
    def in_words(self) -> str:
        return {
            "summary": "Summary",
            "watch": "Amber watch-list",
            "finance": "Finance and risk",
            "comparator": "Who it is compared with, or why with nobody",
            "cause": "Why it is red",
            "action": "What is done about it",
        }[self.value]


OF_PACK = (Place.SUMMARY, Place.WATCH, Place.FINANCE)
OF_RED = (Place.COMPARATOR, Place.CAUSE, Place.ACTION)
Spot = tuple[Place, str]
"""A place, and the code of the measure that it is of; empty for what is of the whole pack."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What stands at a place, who wrote it and when."""

    words: str
    by: str
    at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class Red:
    """A red with its three parts: what was written for the edition, or else what its service said and what was
    published."""

    line: FrozenLine
    comparator: str
    cause: str
    action: str

    @property
    def lacks(self) -> tuple[str, ...]:
        """The parts that are not there."""
        there = {"a comparator or why there is none": self.comparator, "a cause": self.cause, "an action": self.action}
        return tuple(name for name, words in there.items() if not words)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """All that is told of it, each with its label: where it goes, what happened, its three parts, what is expected,
        and what nobody has written yet."""
        outlook = self.line.outlook
        told = (
            ("Direction", self.line.course),
            ("What happened", self.line.said.what_happened),
            ("Compared", self.comparator),
            ("Why", self.cause),
            ("What is done", self.action),
            ("Recovery plan", self.line.recovery),
            ("Expected for the year", f"{outlook.in_words}." if outlook else ""),
            ("Still to be written", " and ".join(self.lacks)),
            ("Note", "The figures are illustrative." if self.line.is_illustrative else ""),
        )
        return tuple((label, words) for label, words in told if words)


@dataclass(frozen=True, kw_only=True)
class Story:
    """The words of an edition with their figures in place, its reds with their parts, and what is broken and where."""

    words: Mapping[Place, str]
    reds: tuple[Red, ...]
    broken: tuple[str, ...]
    broken_in: frozenset[Place] = frozenset()

    @property
    def as_published(self) -> "Story":
        """As it is read once it is published: where a figure in its words is hidden by now, it says so."""
        reds = tuple(
            replace(
                each, comparator=without_tokens(each.comparator), cause=without_tokens(each.cause),
                action=without_tokens(each.action),
            )
            for each in self.reds
        )  # fmt: skip
        words = {place: without_tokens(said) for place, said in self.words.items()}
        return replace(self, words=words, reds=reds)

    @property
    def unfinished(self) -> tuple[str, ...]:
        """What keeps the edition from being published, in sentences."""
        lacking = [f"{each.line.title} lacks {' and '.join(each.lacks)}." for each in self.reds if each.lacks]
        return (*lacking, *(f"{each}." for each in self.broken))


def story(lines: Sequence[FrozenLine], written: Mapping[Spot, Said]) -> Story:
    """What an edition says beside its figures; its reds the worst first: real changes for the worse, then by how far
    beyond the target, in tolerances."""
    by_code, broken, broken_in = {each.measure_code: each for each in lines}, list[str](), set[Place]()

    def words(place: Place, code: str = "", *, otherwise: str = "") -> str:
        said = written.get((place, code))
        filled = fill((said.words if said else "") or otherwise, by_code)
        broken.extend(f"{by_code[code].title if code else place.in_words}: {each}" for each in filled.broken)
        if filled.broken:
            broken_in.add(place)
        return filled.text

    of_pack = {place: words(place) for place in OF_PACK}
    reds = sorted(
        (each for each in lines if each.rag is Rag.RED),
        key=lambda each: (not each.is_getting_worse, -each.tolerances_off),
    )
    told = tuple(
        Red(
            line=each,
            comparator=". ".join(filter(None, (each.compared, words(Place.COMPARATOR, each.measure_code)))),
            cause=words(Place.CAUSE, each.measure_code, otherwise=each.said.why),
            action=words(Place.ACTION, each.measure_code, otherwise=each.said.next_in_words),
        )
        for each in reds
    )
    return Story(words=of_pack, reds=told, broken=tuple(broken), broken_in=frozenset(broken_in))
