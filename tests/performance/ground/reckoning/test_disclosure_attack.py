"""Nobody works a hidden count out: a thousand councils by chance, attacked with everything that is shown of them."""

from collections.abc import Callable, Collection

import pytest

from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.reckoning.disclosure import is_small
from performance.ground.reckoning.linked_counts import Cell, cells_to_hide
from tests.random_councils import CITY, Council, a_council, place_of, reader_of

MANY = 1000


def hidden_in(council: Council) -> frozenset[Cell]:
    return _hidden(council, council.measures, council.figures)


def _hidden(council: Council, measures: list[Measure], figures: list[Figure]) -> frozenset[Cell]:
    return cells_to_hide(figures, measures=measures, areas=council.areas, threshold=council.threshold)


def only_what_is_small(council: Council) -> Collection[Cell]:
    return {
        place_of(figure)
        for figure in council.figures
        if figure.area_code != CITY and figure.numerator is not None and is_small(figure.numerator, council.threshold)
    }


def every_measure_for_itself(council: Council) -> Collection[Cell]:
    return frozenset[Cell]().union(
        *(_hidden(council, [each], [one for one in council.figures if one.measure_code == each.code])
          for each in council.measures)
    )  # fmt: skip


def every_period_for_itself(council: Council) -> Collection[Cell]:
    return frozenset[Cell]().union(
        *(_hidden(council, council.measures, [one for one in council.figures if one.period == period])
          for period in {figure.period for figure in council.figures})
    )  # fmt: skip


def as_known_now_alone(council: Council) -> Collection[Cell]:
    return _hidden(council, council.measures, list(council.known_at(len(council.versions) - 1).values()))


@pytest.mark.slow
def test_no_hidden_count_of_a_thousand_councils_is_found_out() -> None:
    found = {}
    for seed in range(MANY):
        council = a_council(seed)
        if out := reader_of(council, hidden_in(council)).found_out():
            found[seed] = out
    assert not found


@pytest.mark.parametrize(
    "naive", [only_what_is_small, every_measure_for_itself, every_period_for_itself, as_known_now_alone]
)
def test_the_same_attack_finds_counts_out_where_less_is_hidden(naive: Callable[[Council], Collection[Cell]]) -> None:
    councils = [a_council(seed) for seed in range(60)]
    assert sum(bool(reader_of(council, naive(council)).found_out()) for council in councils) >= 3
