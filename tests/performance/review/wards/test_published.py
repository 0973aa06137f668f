"""Of a ward nothing is told that the edition does not bear out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from performance.ground.measures import Measure
from performance.ground.organisation import Action, Area, AreaKind
from performance.ground.periods import Period
from performance.ground.reckoning.direction import Direction
from performance.ground.values import Absence, Value
from performance.review.wards.count_intervals import Interval
from performance.review.wards.profile import WardFact, WardLine, WardProfile
from performance.review.wards.published import Published, as_published
from tests.performance.builders import a_measure, a_share

AUGUST, SEPTEMBER, OCTOBER = (Period.month(2017, month) for month in (8, 9, 10))
RESIDENTS, SCORES = a_measure(code="PEOPLE"), a_measure(code="SCORES")
PETERS, PARK = (Area(code=f"E0{each}", name=f"Ward {each}", kind=AreaKind.WARD) for each in (1, 2))


def a_line(measure: Measure, whole: Value | None = Decimal("5.0")) -> WardLine:
    return WardLine(
        measure=measure,
        period=SEPTEMBER,
        ward=Decimal("9.0"),
        whole=whole,
        similar=(Decimal(8),),
        interval=Interval(low=Decimal(7), high=Decimal(11)),
        expected=Decimal(5),
        residents_of=SEPTEMBER,
        direction=Direction.WORSENING,
        before=AUGUST,
        may_be_chance=True,
        numbers=((AUGUST, Decimal(8)), (SEPTEMBER, Decimal(9)), (OCTOBER, Decimal(10))),
        whole_numbers=((AUGUST, Decimal(4)), (OCTOBER, Decimal(6))),
        doing=(Action(id=1, action="Not agreed in public", responsible_role="Head"),),
    )


def a_profile(*lines: WardLine) -> WardProfile:
    residents, scores = (
        WardFact(measure=each, period=SEPTEMBER, value=Decimal(100), rank=1, of=2) for each in (RESIDENTS, SCORES)
    )
    return WardProfile(
        ward=PETERS,
        place="Testing",
        council_name="Testing",
        boundaries="",
        residents=residents,
        deprivation=scores,
        similar=(PARK,),
        lines=lines,
        on=SEPTEMBER.end,
        periods=(OCTOBER, SEPTEMBER),
    )


def published(*periods: Period, number: str = "5.0") -> Published:
    return Published(title="As it was called", numbers={each: Decimal(number) for each in periods})


def test_a_line_is_told_as_it_was_called_up_to_the_periods_that_are_published() -> None:
    (line,) = as_published(a_profile(a_line(a_share())), {a_share().code: published(AUGUST, SEPTEMBER)}).lines
    assert (line.measure.title, line.ward, line.direction, line.before) == (
        "As it was called", Decimal("9.0"), Direction.WORSENING, AUGUST,
    )  # fmt: skip
    assert [period for period, _ in line.numbers] == [AUGUST, SEPTEMBER]
    assert [period for period, _ in line.whole_numbers] == [AUGUST]
    assert line.doing == ()


@pytest.mark.parametrize(
    ("whole", "of_edition"),
    [
        pytest.param(Decimal("5.0"), {}, id="the measure is not in it"),
        pytest.param(Decimal("5.0"), {a_share().code: published(AUGUST)}, id="the period is not"),
        pytest.param(Decimal("5.1"), {a_share().code: published(SEPTEMBER)}, id="the council's figure reads otherwise"),
        pytest.param(Absence.SUPPRESSED, {a_share().code: published(SEPTEMBER)}, id="the council's figure is hidden"),
        pytest.param(None, {a_share().code: published(SEPTEMBER)}, id="the council has no figure"),
    ],
)
def test_what_the_edition_does_not_bear_out_is_not_told(whole: Value | None, of_edition: dict[str, Published]) -> None:
    found = as_published(a_profile(a_line(a_share(), whole)), of_edition)
    assert (found.every_line, found.residents, found.deprivation, found.similar) == ((), None, None, ())
    assert found.periods == ()


def test_a_direction_from_a_period_that_is_not_published_is_not_told() -> None:
    (line,) = as_published(a_profile(a_line(a_share())), {a_share().code: published(SEPTEMBER)}).lines
    assert (line.direction, line.before, line.may_be_chance) == (Direction.NOT_AVAILABLE, None, False)
    assert line.trend_in_words == "Not available"


@pytest.mark.parametrize("known", [True, False], ids=["in the edition", "not in it"])
def test_who_lives_there_and_what_follows_is_told_where_the_edition_has_it(*, known: bool) -> None:
    count, share = a_measure(code="COUNT"), a_share(code="SHARE")
    of_edition = {each.code: published(SEPTEMBER) for each in (count, share)}
    if known:
        of_edition |= {each.code: published(SEPTEMBER) for each in (RESIDENTS, SCORES)}
    profile = a_profile(a_line(count), a_line(share))
    found = as_published(profile, of_edition)
    assert [fact is not None for fact in (found.residents, found.deprivation)] == [known, known]
    assert found.similar == ((PARK,) if known else ())
    by_code = {each.measure.code: each for each in found.lines}
    assert (by_code[count.code].expected, by_code[share.code].expected) == (Decimal(5) if known else None, Decimal(5))
    assert by_code[share.code].similar == ((Decimal(8),) if known else ())


@pytest.mark.parametrize(("lived_in", "expected"), [(SEPTEMBER, Decimal("2.1")), (AUGUST, None)])
def test_a_count_is_told_per_head_only_of_the_residents_that_the_edition_holds(
    lived_in: Period, expected: Decimal | None
) -> None:
    count = a_measure(code="COUNT")
    rates = {"per_head": Decimal("2.1"), "whole_per_head": Decimal("2.1"), "residents_of": lived_in}
    of_edition = {each.code: published(SEPTEMBER) for each in (count, RESIDENTS)}
    (line,) = as_published(a_profile(replace(a_line(count), **rates)), of_edition).lines
    assert (line.per_head, line.whole_per_head) == (expected, expected)
    assert line.expected == (Decimal(5) if expected else None)
    assert line.residents_of == (lived_in if expected else None)


def test_a_description_of_a_later_day_is_not_told() -> None:
    profile = a_profile(a_line(a_share()))
    later = replace(profile, residents=WardFact(measure=RESIDENTS, period=OCTOBER, value=Decimal(1)))
    of_edition = {a_share().code: published(SEPTEMBER), RESIDENTS.code: published(SEPTEMBER)}
    assert as_published(later, of_edition).residents is None
    assert later.on == date(2017, 9, 30)
