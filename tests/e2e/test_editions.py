"""The second quarter's edition in a real browser, from its frozen figures to what a councillor reads."""

import re

from tests.e2e.visitor import PATIENCE, Visit, Visitor

QUARTER = "Q2 (July to September) 2017/18: Cabinet (Performance Management) Panel"


def test_an_edition_is_frozen_looked_at_published_and_read(visit: Visit, site: str) -> None:
    officer, councillor = visit(site), visit(site)
    _publish(officer)
    _read(councillor)


def _publish(officer: Visitor) -> None:
    officer.sign_in("policy.officer", "/editions")
    officer.expect_words("To come")
    officer.unfold("Plan an edition for a meeting")
    officer.look_at_every_size()
    officer.page.get_by_role("link", name=re.compile("Open E-.*Q2")).click()
    officer.expect_heading(QUARTER)
    officer.look_at_every_size()
    officer.press("Freeze the figures")
    # Every year's end is forecast, as everybody may read it.
    officer.expect_words("The figures are frozen.", patience=3 * PATIENCE)
    officer.expect_words(re.compile(r"Reds with a comparator, a cause and an action: \d+ of \d+"))
    officer.look_at_every_size()
    officer.press("Publish to councillors and officers")
    officer.expect_words("The edition is published, and stays as it is from now on.")


def _read(councillor: Visitor) -> None:
    councillor.sign_in("councillor", "/")
    councillor.page.get_by_role("link", name=QUARTER).click()
    councillor.expect_heading(QUARTER)
    councillor.expect_words("the worst first")
    councillor.look_at_every_size()
