"""What an import does to the ratings is said before anything is written, and stands on its receipt."""

import pytest

from cycle.do.files import importing, receipts
from cycle.do.files.reading import Checked, Reading
from performance.ground.measures import Polarity
from performance.ground.people import Role, User
from tests import builders
from tests.builders import COUNCIL

pytestmark = pytest.mark.usefixtures("database_on_both")


@pytest.fixture
def bi(database_on_both: str) -> User:
    builders.add_council()
    builders.add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER)
    builders.add_measure("CALLS", title="Calls", polarity=Polarity.LOWER)
    for month, value in (("2016-01", "40"), ("2016-02", "40"), ("2016-03", "60")):
        builders.add_figure("BINS", month, value)
        builders.add_figure("CALLS", month, value)
    for month in ("2016-01", "2016-02", "2016-03", "2016-04"):
        builders.add_target("BINS", month, "45")
    return builders.a_user("bi", Role.BI_TEAM, "COUNCIL")


def _checked(by: User, *rows: str) -> Checked:
    content = "\n".join(["measure_code,area_code,period,value,status", *rows]).encode()
    reading = Reading(source="bins.csv", content=content, by=by).start()
    assert reading.wait(30)
    return reading.outcome()


def _said(checked: Checked) -> dict[str, str]:
    return {f"{code} {period.start:%m}": move.in_words for (code, _, period), move in checked.ratings.items()}


def test_a_file_says_which_ratings_it_moves_before_anything_is_written(bi: User) -> None:
    checked = _checked(
        bi,
        f"BINS,{COUNCIL},2016-01,60,",
        f"BINS,{COUNCIL},2016-02,41,",
        f"BINS,{COUNCIL},2016-03,c,",
        f"BINS,{COUNCIL},2016-04,59,",
        f"CALLS,{COUNCIL},2016-02,41,",
    )
    assert _said(checked) == {
        "BINS 01": "Green to red",
        "BINS 02": "Green, as before",
        "BINS 03": "Red to hidden to protect people",
        "BINS 04": "Red",
        "CALLS 02": "Not rated: no target",
    }


def test_rows_that_wait_for_a_word_say_it_too(bi: User) -> None:
    checked = _checked(bi, f"BINS,{COUNCIL},2016-02,400,")
    assert [held.change.key[0] for held in checked.report.held] == ["BINS"]
    assert _said(checked) == {"BINS 02": "Green to red"}


def test_the_receipt_says_it_afterwards(bi: User) -> None:
    checked = _checked(bi, f"BINS,{COUNCIL},2016-01,60,")
    importing.import_figures(checked.read, source="bins.csv", by=bi)
    builders.add_figure("BINS", "2016-01", "41", revision=3)
    receipt = receipts.find_receipt(1, by=bi)
    assert [receipt.ratings[change.key].in_words for change in receipt.changes] == ["Green to red"]
