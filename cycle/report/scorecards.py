"""Scorecards for the operator's command line: as anyone may see them, signed off and with small counts hidden."""

from cycle.ground.series.scoring import CORPORATE
from cycle.ground.series.year_end import whole_of
from data_access.council.settings_store import get_today
from data_access.store.database import reading
from performance.ground.periods import Period, day_in_words
from performance.ground.readers import PUBLIC
from performance.review.told import ToldCard


def public_card(period: Period, part: str) -> tuple[ToldCard, str]:
    """The scorecard of a unit or a node of the plan by its code, of the whole council for none; and when its figures
    were known. Raises a NotFoundError for a part there is not."""
    with reading() as session:
        card = whole_of(session, period, part or CORPORATE, reader=PUBLIC, as_known_at=None)
        return card.told, f"What was known on {day_in_words(get_today(session))}"
