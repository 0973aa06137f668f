"""A ward's profile as far as an edition bears it out: nothing of a ward is told that was not published of the council.

An edition holds the council's figures and no ward's. A ward's figure is told where the edition shows the council's own
of the same measure and period, and the council's still reads as it did: what was signed off since, or restated, tells
nothing here before an edition says it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from performance.ground.periods import Period
from performance.ground.reckoning.direction import Direction
from performance.ground.values import Absence
from performance.review.wards.profile import WardFact, WardLine, WardProfile, first_and_more


@dataclass(frozen=True, kw_only=True)
class Published:
    """What an edition shows of one measure: its title as it was then, and the council's numbers as printed."""

    title: str
    numbers: Mapping[Period, Decimal]


def as_published(profile: WardProfile, published: Mapping[str, Published]) -> WardProfile:
    """The profile with those of its lines that the edition bears out, by measure code. Who lives in the ward, how
    deprived it is and what follows from either are told where the edition has these measures too; counts per head
    where it has the residents of the very period they are made of."""
    residents, deprivation = (_told(each, published) for each in (profile.residents, profile.deprivation))
    lived = published[residents.measure.code].numbers if residents else {}
    lines = [
        _line(
            each, published[each.measure.code], has_residents=each.residents_of in lived, has_similar=bool(deprivation)
        )
        for each in profile.every_line
        if each.measure.code in published and _is_borne_out(each, published[each.measure.code])
    ]
    first, more = first_and_more(lines)
    return replace(
        profile,
        residents=residents,
        deprivation=deprivation,
        similar=profile.similar if deprivation else (),
        lines=first,
        more=more,
        periods=(),
    )


def _told(fact: WardFact | None, published: Mapping[str, Published]) -> WardFact | None:
    if fact is None or fact.measure.code not in published:
        return None
    return fact if fact.period in published[fact.measure.code].numbers else None


def _is_borne_out(line: WardLine, published: Published) -> bool:
    if line.whole is None or isinstance(line.whole, Absence):
        return False
    return published.numbers.get(line.period) == line.whole


def _line(line: WardLine, published: Published, *, has_residents: bool, has_similar: bool) -> WardLine:
    """As it stands, but for what the edition does not hold."""
    goes_back = line.before is not None and line.before in published.numbers
    return replace(
        line,
        measure=replace(line.measure, title=published.title),
        similar=line.similar if has_similar else (),
        # What is expected of a count, and how many it is per head, follow from who lives where.
        expected=line.expected if line.measure.is_ratio or has_residents else None,
        per_head=line.per_head if has_residents else None,
        whole_per_head=line.whole_per_head if has_residents else None,
        residents_of=line.residents_of if has_residents else None,
        direction=line.direction if goes_back else Direction.NOT_AVAILABLE,
        before=line.before if goes_back else None,
        may_be_chance=line.may_be_chance and goes_back,
        numbers=tuple((period, number) for period, number in line.numbers if period in published.numbers),
        whole_numbers=tuple((period, number) for period, number in line.whole_numbers if period in published.numbers),
        doing=(),
    )
