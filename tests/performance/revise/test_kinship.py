"""What was tried elsewhere is offered for a reason: the same measure, service or objective, or a title much like it."""

import pytest

from performance.ground.measures import Measure
from performance.revise.kinship import Kinship, kinship, nearest_kin
from tests.performance.builders import a_measure

RELET = a_measure(code="RELET", title="Days to relet a council home", unit_code="HOUSING", objective_code="OB1")


def other(code: str = "OTHER", title: str = "Visits", unit: str = "LEISURE", objective: str | None = "OB9") -> Measure:
    return a_measure(code=code, title=title, unit_code=unit, objective_code=objective)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (other("RELET", unit="HOUSING", objective="OB1"), Kinship.MEASURE),
        (other(unit="HOUSING"), Kinship.SERVICE),
        (other(objective="OB1"), Kinship.OBJECTIVE),
        (other(title="Empty council homes"), Kinship.WORDS),
        (other(title="Days to decide a new benefit claim"), None),
        (other(title="Council tax"), None),
        (other(objective=None), None),
    ],
    ids=lambda each: getattr(each, "title", None),
)
def test_the_nearest_kin_is_named(of: Measure, expected: Kinship | None) -> None:
    assert kinship(RELET, other=of, unit_code=of.unit_code, title=of.title) is expected


def test_a_lesson_of_no_measure_is_its_services() -> None:
    assert kinship(RELET, other=None, unit_code="HOUSING", title="Contractors who give notice") is Kinship.SERVICE
    assert kinship(RELET, other=None, unit_code=None, title="Contractors who give notice") is None


def test_two_measures_without_an_objective_have_none_in_common() -> None:
    alone = a_measure(title="Calls", unit_code="A", objective_code=None)
    assert kinship(alone, other=other(objective=None), unit_code="LEISURE", title="Visits") is None


def test_the_nearest_stand_first_then_what_shares_more_words_and_strangers_not_at_all() -> None:
    found = [
        (None, "days claim letter"), (Kinship.WORDS, "home"), (Kinship.SERVICE, "boiler"),
        (Kinship.SERVICE, "contractor left home"), (Kinship.OBJECTIVE, "contractor left home"),
        (Kinship.MEASURE, "key"), (Kinship.MEASURE, "contractor"),
    ]  # fmt: skip
    kept = nearest_kin(found, about="The contractor left the homes", words_of=str, most=3)
    assert [each for _, each in kept] == ["contractor", "key", "contractor left home", "boiler", "contractor left home"]
    assert [near for near, _ in kept][-1] is Kinship.OBJECTIVE
