"""A figure saved while others read: what the app has worked out from figures is worked out anew after it."""

from itertools import count

from cycle import importing
from intake.figures_file import read_figures
from intake.tables import make_table
from performance.organisation import AreaKind

_MEASURE, _PERIOD = "WCP1082", "2017-09"  # days to relet a council home: monthly, with years of history
_values = count(300)


def save_a_figure() -> None:
    """Correct one of the demonstration's figures, to another value each time, as an import does."""
    known = importing.list_known()
    ours = next(area.code for area in known.areas.values() if area.kind is AreaKind.COUNCIL)
    row = [_MEASURE, ours, _PERIOD, str(next(_values) / 10)]
    table = make_table("figures", [["measure_code", "area_code", "period", "value"], row])
    importing.import_figures(read_figures(table, known=known), source="bench")
