"""The BI team sets up a council in the browser: the empty workbook, a mistake, what would change, done.

The council is the second one, so that here too nothing may speak of the first.
"""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from components.frame.navigation import PAGES
from intake.files.workbook import read_workbook
from performance.ground.people import PERMISSIONS, Role
from tests.e2e.server import operate
from tests.e2e.visitor import Visit, Visitor
from tests.second_council import seaborough
from tests.second_council.test_second_council import FIRST_COUNCIL

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What the operator brings in, so that there is somebody to do the rest.
BEGINNING = {name: seaborough.SHEETS[name] for name in ("settings", "areas", "organisation", "people")}


@pytest.fixture
def beginning(sqlite_database: str, tmp_path: Path) -> Path:
    database = Path(sqlite_database.removeprefix("sqlite:///"))
    (tmp_path / "beginning.xlsx").write_bytes(seaborough.workbook(BEGINNING))
    operate(database, "import", "setup", str(tmp_path / "beginning.xlsx"))
    return database


def sign_in_for_the_first_time(analyst: Visitor, house: Path) -> None:
    """With the password the operator printed, which opens nothing but the form for one's own."""
    once = operate(house, "user", "reset-password", "bi.team").split()[-1]
    analyst.open("/set-up")
    expect(analyst.page.get_by_text(f"the performance management app of {seaborough.NAME}.")).to_be_visible()
    analyst.fill_in_sign_in("bi.team", once)
    analyst.page.get_by_label("One-time password").fill(once)
    analyst.page.get_by_label("New password, at least 12 characters").fill("tide kettle lantern")
    analyst.press("Save my password")
    analyst.expect_heading("Set up the council")


def hand_in(analyst: Visitor, content: bytes) -> None:
    analyst.page.locator("input[type=file]").set_input_files(
        {"name": "council.xlsx", "mimeType": WORKBOOK, "buffer": content}
    )


def with_another_risk(code: str) -> dict[str, seaborough.Rows]:
    risks = seaborough.SHEETS["risks"]
    return {**seaborough.SHEETS, "risks": (*risks, (code, "The pier catches fire", "1", "4"))}


def test_the_bi_team_sets_up_the_council(visit: Visit, site: str, house: Path, tmp_path: Path) -> None:
    analyst = visit(site)
    sign_in_for_the_first_time(analyst, house)
    analyst.look_at_every_size()

    with analyst.page.expect_download() as download:
        analyst.press("Download the empty workbook")
    empty = Path(download.value.path()).read_bytes()
    assert {table.name for table in read_workbook(empty, name="council.xlsx")} >= set(seaborough.SHEETS)
    hand_in(analyst, empty)
    analyst.expect_words("headings and examples only")

    wanted = with_another_risk("SR9")
    measures = [["upwards" if cell == "higher" else cell for cell in row] for row in wanted["measures"]]
    hand_in(analyst, seaborough.workbook({**wanted, "measures": measures}))
    analyst.expect_words('"upwards" is not one of: higher, lower, range, context, rise_wanted.')
    analyst.look_at_every_size()

    hand_in(analyst, seaborough.workbook(wanted))
    analyst.expect_words("Nothing has been written yet")
    analyst.settle()
    analyst.unfold("risks: ")
    analyst.expect_words("The pier catches fire")
    analyst.look_at_every_size()
    analyst.page.locator(".st-key-set_up_confirm button").click()
    analyst.expect_words("Receipt of import")
    analyst.look_at_every_size()

    (tmp_path / "figures.csv").write_text(seaborough.figures())
    operate(house, "import", "figures", str(tmp_path / "figures.csv"))
    _no_page_speaks_of_the_first_council(analyst)


def _no_page_speaks_of_the_first_council(analyst: Visitor) -> None:
    for entry in PAGES:
        if entry.needs in PERMISSIONS[Role.BI_TEAM]:
            analyst.go(f"/{entry.url_path}")
            assert seaborough.NAME in analyst.page.title(), entry.title
            found = FIRST_COUNCIL.search(analyst.page.content())
            assert found is None, (entry.title, found)
