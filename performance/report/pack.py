"""The pack that a committee gets: all that a document of an edition says, made of what is frozen and written alone."""

from dataclasses import dataclass, replace

from performance.ground.measures import ContentKind
from performance.ground.periods import day_in_words
from performance.ground.reckoning.rag import Rag, Standing
from performance.report.beside import NOTHING_BESIDE, Beside
from performance.report.editions import Edition
from performance.report.frozen import FrozenLine
from performance.report.restated import Restated
from performance.report.words import Story


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A measure whose status is another than in the edition before."""

    was: FrozenLine
    now: FrozenLine

    @property
    def in_words(self) -> str:
        """ "Amber to red: 92.1% in Q1 2017/18, 89.4% in Q2 2017/18"."""
        moved = f"{self.was.rag.in_words} to {self.now.rag.in_words.lower()}"
        then, now = (f"{each.told} in {each.period.short}" for each in (self.was, self.now))
        return f"{moved}: {then}, {now}"


@dataclass(frozen=True, kw_only=True)
class Pack:
    """An edition with its words. `before` is the committee's edition before, `restated` what was restated of it, and
    `beside` what it says besides measures."""

    edition: Edition
    lines: tuple[FrozenLine, ...]
    story: Story
    before: Edition | None = None
    changed: tuple[Changed, ...] = ()
    restated: tuple[Restated, ...] = ()
    beside: Beside = NOTHING_BESIDE

    @property
    def for_the_public(self) -> "Pack":
        """Without what is said among members and officers: how recovery plans stand, and risks."""
        reds = tuple(replace(each, line=replace(each.line, recovery="")) for each in self.story.reds)
        lines = tuple(replace(each, recovery="") for each in self.lines)
        beside = replace(self.beside, risks=())
        return replace(self, lines=lines, story=replace(self.story, reds=reds), beside=beside)

    @property
    def finance(self) -> tuple[FrozenLine, ...]:
        """What is measured in money or about it."""
        return tuple(each for each in self.lines if each.kind is ContentKind.FINANCE)

    @property
    def ambers(self) -> tuple[FrozenLine, ...]:
        """The worst first."""
        found = [each for each in self.lines if each.rag is Rag.AMBER]
        return tuple(sorted(found, key=lambda each: (not each.is_getting_worse, -each.tolerances_off)))

    @property
    def title(self) -> str:
        """ "Performance, Q2 (July to September) 2017/18"."""
        return f"Performance, {self.edition.period.in_words}"

    @property
    def meeting(self) -> str:
        """ "Cabinet, 6 December 2017"."""
        return f"{self.edition.committee}, {day_in_words(self.edition.meets_on)}"

    @property
    def known(self) -> str:
        """ "Figures as known on 9 November 2017"; empty before it is frozen."""
        return f"Figures as known on {self.edition.freeze.known_on}" if self.edition.freeze else ""

    @property
    def draft(self) -> str:
        """That it may still change, until it is published."""
        return "" if self.edition.is_published else "This edition is not published, and what it says may still change."

    @property
    def counted(self) -> str:
        """ "Of 71 measures: 12 red, 9 amber, 31 green, 19 not rated."."""
        counted = [(each, sum(Standing.of(line.rag) is each for line in self.lines)) for each in Standing]
        said = ", ".join(f"{many} {standing.value}" for standing, many in counted if many)
        return f"Of {len(self.lines)} measure{'' if len(self.lines) == 1 else 's'}: {said}."


def changed_since(before: tuple[FrozenLine, ...], now: tuple[FrozenLine, ...]) -> tuple[Changed, ...]:
    """Measures rated in both that are rated otherwise, for figures of two periods."""
    earlier = {each.measure_code: each for each in before if each.rag.is_rated}
    return tuple(
        Changed(was=was, now=each)
        for each in now
        if each.rag.is_rated
        and (was := earlier.get(each.measure_code)) is not None
        and was.period != each.period
        and was.rag is not each.rag
    )
