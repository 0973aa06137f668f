"""What the tests of files hold as known."""

from decimal import Decimal
from typing import Any

from performance.ground.incoming import Known
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.organisation import Area, AreaKind
from performance.ground.periods import Frequency

COUNCIL = "E08000031"


def a_measure(code: str = "A10", **fields: Any) -> Measure:
    """A monthly count, unless the fields say otherwise."""
    plain = {
        "title": f"Measure {code}",
        "unit": "number",
        "polarity": Polarity.HIGHER,
        "accumulation": Accumulation.IN_PERIOD,
        "frequency": Frequency.MONTHLY,
        "unit_code": "WASTE",
    }
    return Measure(code=code, **(plain | fields))


def a_share(code: str = "S1") -> Measure:
    return a_measure(
        code, unit="percent", multiplier=Decimal(100), decimals=1, is_share=True,
        numerator_definition="Answered on time", denominator_definition="All requests",
    )  # fmt: skip


def known(*measures: Measure, areas: tuple[Area, ...] = ()) -> Known:
    council = Area(code=COUNCIL, name="Wolverhampton", kind=AreaKind.COUNCIL)
    return Known(
        measures={measure.code: measure for measure in measures or (a_measure(), a_share())},
        areas={area.code: area for area in (council, *areas)},
        unit_codes=frozenset({"CWC", "WASTE"}),
    )
