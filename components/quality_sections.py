"""The parts of the page on data quality, of which one is drawn at a time."""

from components import confirmed_checks, quality_came, quality_facts
from cycle.quality_view import QualityView

SECTIONS = {
    "came": "What came, and when",
    "checks": "Confirmed checks and open questions",
    "dimensions": "Six dimensions of each measure",
    "restated": "Changed after sign-off",
    "remind": "Who to remind",
}
_DRAWN = {
    "came": quality_came.show,
    "checks": confirmed_checks.show,
    "dimensions": quality_facts.dimensions,
    "restated": quality_facts.restated,
    "remind": quality_facts.reminders,
}


def show(view: QualityView, *, section: str) -> None:
    _DRAWN[section](view)
