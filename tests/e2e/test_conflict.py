"""Two people at the same figure, each in a browser: the second sees the first's value, and nothing is overwritten."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import Visit, Visitor

RETURN = "/my-return?unit=WASTE&period=2017-10"
SUBMIT = "Submit 1 figure"


def enter(person: Visitor, tonnes: str) -> None:
    """One figure, read back and not yet submitted; the others are left for later."""
    person.expect_heading("October 2017 figures: Waste and Recycling")
    person.page.get_by_label("Tonnes recycled or composted").fill(tonnes)
    person.page.get_by_label("Tonnes of household waste collected").fill("8,900")
    person.press("Check figures")
    person.expect_heading("Check your October 2017 figures: Waste and Recycling")


@pytest.mark.parametrize(("choice", "recorded"), [("Keep theirs", ["40.0%"]), ("Use mine", ["40.4%", "40.0%"])])
def test_the_second_to_save_sees_the_firsts_figure_and_chooses(
    choice: str, recorded: list[str], visit: Visit, site: str
) -> None:
    first, second = visit(site), visit(site)
    first.sign_in("waste.manager", RETURN)
    second.sign_in("place.director", RETURN)
    enter(first, "3,560")
    enter(second, "3,596")
    first.press(SUBMIT)
    first.expect_heading("Figures submitted")

    second.press(SUBMIT)
    second.expect_words("Someone else saved figures while you were entering yours. Choose which to keep")
    second.expect_words("Waste and Recycling Manager saved at")
    second.expect_words("40.0% (3,560 of 8,900)")
    second.expect_words("40.4% (3,596 of 8,900)")
    second.look()

    second.press(choice)
    second.press(SUBMIT)
    second.expect_heading("Figures submitted")
    first.go("/measure?measure=WCP1071")
    first.expect_words(f"{recorded[0]} in October 2017")
    first.unfold("Who recorded the figures")
    october = first.page.get_by_role("row", name=re.compile(r"^October 2017 .* \d\d:\d\d$"))
    expect(october).to_have_text([re.compile(figure) for figure in recorded])
