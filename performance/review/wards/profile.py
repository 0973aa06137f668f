"""A ward on one page: who lives there, and each measure beside the council and wards like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from performance.ground.measures import Measure
from performance.ground.organisation import Action, Area
from performance.ground.periods import Period
from performance.ground.reckoning.direction import Direction
from performance.ground.reckoning.unusual import adds_up_over_wards
from performance.ground.values import Absence, Value, round_half_up
from performance.review.wards.average import average_in_words, per_head_in_words
from performance.review.wards.count_intervals import Interval, Standing

MOST_MEASURES = 10
"""So many measures stand on the page; the rest are folded below."""

MOST_NAMED = 4
"""So many measures are named in a sentence."""

MOST_SIMILAR = 5
"""A ward is read beside so many wards nearest to it in deprivation."""


@dataclass(frozen=True, kw_only=True)
class WardFact:
    """What describes the ward itself: residents, or how deprived it is, with its place among the wards."""

    measure: Measure
    period: Period
    value: Value
    rank: int | None = None
    of: int = 0


@dataclass(frozen=True, kw_only=True)
class WardLine:
    """One measure in the ward, as printed. `similar` are the figures that may be shown of wards like it; `numbers` the
    ward's own by period; `may_be_chance` whether the interval of its figure holds the one before as well; `doing` the
    actions on the measure that are not done. Of a count `average` is the average ward's, `per_head` its own and
    `whole_per_head` the council's of 1,000 residents, all unrounded, and `residents_of` when they lived there."""

    measure: Measure
    period: Period
    ward: Value
    whole: Value | None
    similar: tuple[Decimal, ...] = ()
    rank: int | None = None
    of: int = 0
    interval: Interval | None = None
    expected: Decimal | None = None
    average: Decimal | None = None
    per_head: Decimal | None = None
    whole_per_head: Decimal | None = None
    residents_of: Period | None = None
    direction: Direction = Direction.NOT_AVAILABLE
    before: Period | None = None
    may_be_chance: bool = False
    numbers: tuple[tuple[Period, Decimal], ...] = ()
    whole_numbers: tuple[tuple[Period, Decimal], ...] = ()
    doing: tuple[Action, ...] = ()

    @property
    def standing(self) -> Standing:
        if self.interval is None or self.expected is None:
            return Standing.NOT_COMPARED
        return self.interval.standing(self.expected)

    def compared_in_words(self, place: str) -> str:
        """Higher than Testing (worse); what is better is said only where the measure says so."""
        if isinstance(self.ward, Absence):
            return ""
        judged = f" ({self.judged})" if self.judged else ""
        return f"{self.standing.in_words(place)}{judged}{expected_in_words(self.measure, self.expected)}"

    @property
    def judged(self) -> str:
        """Better or worse than the council as a whole, where that is known and the measure says which is which."""
        return self.standing.judged(self.measure.at(self.period).polarity)

    @property
    def whole_in_words(self) -> str:
        """The council's figure; of a count the average ward's, for a ward's is never as many as all of them. Nothing
        where there is none."""
        if isinstance(self.whole, Absence) or not adds_up_over_wards(self.measure):
            return "" if self.whole is None else self.measure.print_value(self.whole)
        return "" if self.average is None else f"{average_in_words(self.measure, self.average)} in the average ward"

    def per_head_in_words(self, place: str) -> str:
        """ "2.1 per 1,000 residents of 2016, Testing 1.6" of a count; empty where nobody knows how many live there."""
        if self.per_head is None:
            return ""
        whole = "" if self.whole_per_head is None else f", {place} {round_half_up(self.whole_per_head, 1):,}"
        return f"{per_head_in_words(self.per_head, self.residents_of)}{whole}"

    @property
    def beside_similar(self) -> str:
        """Better, worse, higher or lower than every ward like it that has a figure; empty within their range."""
        if not self.similar or isinstance(self.ward, Absence) or min(self.similar) <= self.ward <= max(self.similar):
            return ""
        way = Standing.HIGHER if self.ward > max(self.similar) else Standing.LOWER
        return way.judged(self.measure.at(self.period).polarity) or way.value

    @property
    def interval_in_words(self) -> str:
        """ "4.9% to 5.9%", as the figure is printed; empty where there is nothing to read it against."""
        if self.interval is None or self.standing is Standing.NOT_COMPARED:
            return ""
        low, high = (round_half_up(each, self.measure.decimals) for each in (self.interval.low, self.interval.high))
        return f"{self.measure.print_value(low)} to {self.measure.print_value(high)}"

    @property
    def similar_in_words(self) -> str:
        """From the lowest to the highest of the wards like it: a mean of percentages would be none of them."""
        if not self.similar:
            return ""
        low, high = (self.measure.print_value(each(self.similar)) for each in (min, max))
        return low if low == high else f"{low} to {high}"

    @property
    def trend_in_words(self) -> str:
        if self.before is None or self.direction is Direction.NOT_AVAILABLE:
            return "Not available"
        if self.may_be_chance:
            return f"No clear change since {self.before.in_words}: it may be chance"
        return f"{self.direction.in_words} since {self.before.in_words}"


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class WardProfile:
    """All that is known of a ward that this reader may see. `more` are the lines beyond the first ten.

    `periods` are those that any of its measures has a map for, the newest first; `as_known_at` the past moment, if any.
    """

    ward: Area
    place: str
    council_name: str
    boundaries: str
    residents: WardFact | None
    deprivation: WardFact | None
    similar: tuple[Area, ...]
    lines: tuple[WardLine, ...]
    more: tuple[WardLine, ...] = ()
    on: date
    as_at: Period | None = None
    periods: tuple[Period, ...] = ()
    as_known_at: datetime | None = None

    @property
    def every_line(self) -> tuple[WardLine, ...]:
        return (*self.lines, *self.more)

    @property
    def hidden(self) -> int:
        """How many figures of the ward are hidden to protect people."""
        return sum(line.ward is Absence.SUPPRESSED for line in self.every_line)

    def count(self, standing: Standing) -> int:
        return sum(line.standing is standing for line in self.every_line)

    @property
    def in_a_sentence(self) -> str:
        """How the ward stands, in counts; measures that cannot be compared are not among them."""
        compared = [each for each in self.every_line if each.standing is not Standing.NOT_COMPARED]
        if not compared:
            return f"No measure of {self.ward.name} can be compared with {self.place} yet."
        said = [
            f"{number} {standing.in_words(self.place).lower().replace(self.place.lower(), self.place)}"
            + self._judged(standing)
            for standing in (Standing.HIGHER, Standing.LOWER, Standing.SIMILAR)
            if (number := self.count(standing))
        ]
        noun = "measure" if len(compared) == 1 else "measures"
        return f"Of {len(compared)} {noun} that can be compared: {', '.join(said)}."

    @property
    def in_sentences(self) -> tuple[str, ...]:
        """The same, and by name what is worse and what is better, beside the council and beside wards like it."""
        return tuple(filter(None, (self.in_a_sentence, self._named, self._beside_similar)))

    @property
    def _named(self) -> str:
        found = {word: [each for each in self.every_line if each.judged == word] for word in ("worse", "better")}
        return " ".join(f"{word.capitalize()}: {_titles(lines)}." for word, lines in found.items() if lines)

    @property
    def _beside_similar(self) -> str:
        compared = [each for each in self.every_line if each.similar and isinstance(each.ward, Decimal)]
        if not compared:
            return ""
        ways = ("worse", "better", "higher", "lower")
        found = {way: [each for each in compared if each.beside_similar == way] for way in ways}
        said = "; ".join(f"{way} in {_titles(lines)}" for way, lines in found.items() if lines)
        noun = "measure" if len(compared) == 1 else "measures"
        of = f"Of {len(compared)} {noun} that its similar wards have a figure for"
        return f"{of}, it is beyond all of them: {said}." if said else f"{of}, it is within their range in each."

    def _judged(self, standing: Standing) -> str:
        """How many of those that stand so are better and how many worse, of those whose measure says which is which."""
        alike = [each for each in self.every_line if each.standing is standing]
        judged = [each.judged for each in alike]
        found = {word: judged.count(word) for word in ("better", "worse") if word in judged}
        if not found:
            return ""
        if len(found) == 1 and len(alike) in found.values():
            return f" ({'all ' if len(alike) > 1 else ''}{next(iter(found))})"
        return f" ({', '.join(f'{number} {word}' for word, number in found.items())})"


def expected_in_words(measure: Measure, expected: Decimal | None) -> str:
    """ ": 22 expected by its residents", the number that a ward's count is compared with; empty for all else."""
    if measure.is_ratio or expected is None:
        return ""
    return f": {measure.print_value(expected)} expected by its residents"


def _titles(lines: Sequence[WardLine]) -> str:
    """The first few by title, and how many more."""
    titles = [each.measure.title for each in lines]
    if len(titles) > MOST_NAMED:
        titles = [*titles[:MOST_NAMED], f"{len(titles) - MOST_NAMED} more"]
    return " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))


def nearest(ward: str, scores: dict[str, Decimal], *, most: int = MOST_SIMILAR) -> tuple[str, ...]:
    """The wards whose scores are nearest to this one's, nearest first; by code among equals."""
    if ward not in scores:
        return ()
    others = (each for each in scores if each != ward)
    return tuple(sorted(others, key=lambda each: (abs(scores[each] - scores[ward]), each))[:most])


def first_and_more(lines: Sequence[WardLine]) -> tuple[tuple[WardLine, ...], tuple[WardLine, ...]]:
    """The ten most recent, in the order of the register among those of one day; and the rest."""
    ordered = sorted(lines, key=lambda line: -line.period.end.toordinal())
    return tuple(ordered[:MOST_MEASURES]), tuple(ordered[MOST_MEASURES:])
