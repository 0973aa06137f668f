"""Small numbers: nobody can work out a hidden count."""

import itertools
from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.reckoning.disclosure import Counting, Hidden, hide_small, hide_together, is_safe


def wards(*counts: int) -> dict[str, Decimal]:
    return {f"W{number}": Decimal(count) for number, count in enumerate(counts)}


@pytest.mark.parametrize(
    ("counts", "total_known", "hidden"),
    [
        pytest.param((0, 5, 9), True, set(), id="nothing small, nothing hidden"),
        pytest.param((0, 1, 4, 5), False, {"W1", "W2"}, id="one to four are hidden, zero and five are not"),
        pytest.param((3, 9, 20), False, {"W0"}, id="one alone, where no total gives it back"),
        pytest.param((3, 9, 20), True, {"W0", "W1"}, id="a second beside it, where the total is known"),
        pytest.param((3, 2, 20), True, {"W0", "W1"}, id="two small ones hide each other"),
        pytest.param((1, 1, 20, 30), True, {"W0", "W1", "W2"}, id="two ones would be known from their sum"),
        pytest.param((4, 4, 20, 30), True, {"W0", "W1", "W2"}, id="two fours would be known from their sum"),
        pytest.param((3, 9, 9, 20), True, {"W0", "W1", "W2"}, id="equal counts are hidden together"),
        pytest.param((2, 0, 0, 7), True, {"W0", "W3"}, id="zeros go last"),
        pytest.param((2, 0, 0), True, {"W0", "W1", "W2"}, id="zeros go when nothing else is left"),
    ],
)
def test_what_is_hidden(counts: tuple[int, ...], total_known: bool, hidden: set[str]) -> None:
    assert hide_small(wards(*counts), total_known) == hidden


def test_another_threshold() -> None:
    assert hide_small(wards(5, 9, 12, 40), False, 10) == {"W0", "W1"}


def test_says_when_even_hiding_all_is_not_enough() -> None:
    """Two wards of one each, in a city of two: the total has to be hidden as well."""
    hidden = hide_small(wards(1, 1), True)
    assert not is_safe(wards(1, 1), hidden)


@given(counts=st.lists(st.integers(0, 30), min_size=2, max_size=20))
def test_at_least_two_are_hidden_and_each_could_be_more_than_one_number(counts: list[int]) -> None:
    """The interval of each hidden count, given the sum of all that are hidden, holds more than one number."""
    by_ward = wards(*counts)
    hidden = hide_small(by_ward, True)
    small = {ward for ward, count in by_ward.items() if 0 < count < 5}
    assert small <= hidden
    if not hidden or not is_safe(by_ward, hidden):
        return
    together, others = sum(by_ward[ward] for ward in hidden), len(hidden) - 1
    floor = 0 if any(by_ward[ward] == 0 for ward in hidden) else 1
    ceiling = 4 if hidden == small else together
    least = max(Decimal(floor), together - ceiling * others)
    most = min(Decimal(ceiling), together - floor * others)
    assert others >= 1
    assert most > least


@pytest.mark.parametrize(("wards_in_city", "most"), [(2, 24), (3, 14), (4, 11)])
def test_not_even_a_reader_who_knows_this_rule_works_out_a_hidden_count(wards_in_city: int, most: int) -> None:
    """Every city that looks the same from outside, by total and shown wards: a hidden count differs among them."""
    alike: dict[tuple, list[tuple[int, ...]]] = defaultdict(list)
    for city in itertools.product(range(most + 1), repeat=wards_in_city):
        if sum(city) > most:  # beyond this some cities that look the same are not among those tried
            continue
        hidden = hide_small(wards(*city), True)
        shown = tuple(None if f"W{number}" in hidden else count for number, count in enumerate(city))
        if hidden and is_safe(wards(*city), hidden):
            alike[shown, sum(city)].append(city)
    assert alike
    for (shown, _), cities in alike.items():
        for number, count in enumerate(shown):
            assert count is not None or len({city[number] for city in cities}) > 1


def test_countings_of_the_same_people_hide_the_same_areas() -> None:
    """The number has no total, the rate has one: what the rate hides besides is hidden in the number too."""
    number = Counting(counts=wards(3, 9, 20, 30), total_known=False)
    rate = Counting(counts=wards(3, 9, 20, 30), total_known=True)
    assert hide_together([number], 5).areas == {"W0"}
    assert hide_together([number, rate], 5) == hide_together([rate], 5) == Hidden(areas=frozenset({"W0", "W1"}))


def test_what_its_source_hid_gets_company_too() -> None:
    found = Counting(counts=wards(12, 30, 40), total_known=True)
    assert hide_together([found], at_source={"W0"}).areas == {"W0", "W1"}
    assert hide_together([found, Counting(counts=wards(12), total_known=True)], at_source={"W0"}).total


def test_what_the_total_tells_of_wards_without_a_count_gets_company() -> None:
    assert hide_together([Counting(counts=wards(12, 30), total_known=True, untold=Decimal(3))]).areas == {"W0"}


def test_countings_that_narrow_each_other_need_a_large_one_among_the_hidden() -> None:
    first, then = (Counting(counts=wards(*counts), total_known=True) for counts in ((4, 2, 20), (1, 2, 20)))
    assert hide_together([first]).areas == hide_together([first, then], alike=False).areas == {"W0", "W1"}
    assert hide_together([first, then]).areas == {"W0", "W1", "W2"}
