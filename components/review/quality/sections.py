"""The parts of the page on data quality, of which one is drawn at a time."""

from components.review.quality import came, confirmed_checks, dimensions
from cycle.review.quality.view import QualityView

SECTIONS = {
    "came": "What came, and when",
    "checks": "Confirmed checks and open questions",
    "dimensions": "Six dimensions of each measure",
    "restated": "Changed after sign-off",
    "remind": "Who to remind",
}
_DRAWN = {
    "came": came.show,
    "checks": confirmed_checks.show,
    "dimensions": dimensions.dimensions,
    "restated": dimensions.restated,
    "remind": dimensions.reminders,
}


def show(view: QualityView, *, section: str) -> None:
    _DRAWN[section](view)
