"""A year's targets for nine measures: proposed by a service manager typing down the column, agreed by a director."""

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.server import operate
from tests.e2e.visitor import Visit, Visitor

MEASURES = "measure_code,title,unit,polarity,accumulation,frequency,organisation_unit,decimals\n" + "".join(
    f"NEW{number},New measure {number},number,higher,in_period,monthly,WASTE,0\n" for number in range(1, 6)
)
NUMBERS = ("41", "57", "540", "43", "100", "41", "57", "540", "43")


def test_nine_targets_are_proposed_and_agreed(visit: Visit, house: Path, site: str, tmp_path: Path) -> None:
    (tmp_path / "measures.csv").write_text(MEASURES)
    operate(house, "import", "setup", str(tmp_path))
    manager, director = visit(site), visit(site)
    _type_down_the_column(manager)
    _propose(manager)
    _agree(director)


def _type_down_the_column(manager: Visitor) -> None:
    manager.sign_in("waste.manager", "/targets?unit=WASTE&year=2018")
    manager.expect_heading("Targets")
    boxes = manager.page.get_by_label("Target for")
    expect(boxes).to_have_count(len(NUMBERS))
    boxes.first.focus()
    for place, number in enumerate(NUMBERS):
        expect(boxes.nth(place)).to_be_focused()
        manager.page.keyboard.type(number, delay=30)
        manager.page.keyboard.press("Enter")
        manager.settle()
    expect(manager.page.get_by_role("button", name="Propose 9 targets")).to_be_visible()
    manager.look_at_every_size()


def _propose(manager: Visitor) -> None:
    manager.page.reload()
    manager.expect_heading("Targets")
    expect(manager.page.get_by_label("Target for New measure 5")).to_have_value("100")
    manager.press("Propose 9 targets")
    manager.expect_words("Proposed 9 targets. They wait for someone else to agree.")
    manager.look_at_every_size()


def _agree(director: Visitor) -> None:
    director.sign_in("place.director", "/targets?unit=WASTE&year=2018")
    director.expect_words("Waiting for your agreement: 9")
    director.page.get_by_text("Tick all 9").click()
    director.look_at_every_size()
    director.press("Agree 9 targets")
    director.expect_words("Agreed 9 targets.")
    director.expect_words("9 of 9 measures have an agreed target for 2018/19.")
    director.look_at_every_size()
