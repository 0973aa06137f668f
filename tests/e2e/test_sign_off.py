"""A figure goes back with a question, is changed, read old beside new, approved; then corrected under a reopening."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Visit, Visitor

RETURN = "/my-return?unit=WASTE&period=2017-10"
NAME = "Waste and Recycling, October 2017"
FIGURES = {"WCP1071": ("3,560", "8,900"), "WCP1072": ("540", "915,600"), "WCP1073": ("34,100,000", "106,867")}


def box(person: Visitor, code: str, name: str) -> Locator:
    return person.page.locator(f".st-key-{name}-{code}-2017-10-1 input")


def enter(manager: Visitor, figures: dict[str, tuple[str, str]]) -> None:
    for code, (above, below) in figures.items():
        box(manager, code, "numerator").fill(above)
        box(manager, code, "denominator").fill(below)


def send(manager: Visitor, number: str) -> None:
    manager.press("Check figures")
    manager.expect_heading("Check your October 2017 figures: Waste and Recycling")
    for each in manager.page.get_by_label("It is right, because").all():
        each.fill("Checked against the weighbridge's own list.")
    manager.press(f"Submit {number}")
    manager.expect_heading("Figures submitted")


def choose_return(director: Visitor) -> None:
    director.go("/sign-off?unit=WASTE&period=2017-10")
    director.expect_heading(f"Sign off {NAME}")


def test_from_a_question_to_an_answer_and_from_a_lock_to_a_correction(visit: Visit, site: str) -> None:
    manager, director, analyst = visit(site), visit(site), visit(site)
    manager.sign_in("waste.manager", RETURN)
    enter(manager, FIGURES)
    send(manager, "3 figures")
    _ask(director)
    _answer(manager)
    _approve(director)
    _ask_to_correct(manager)
    _open_again(analyst)
    _correct(manager)
    choose_return(director)
    director.look()


def _ask(director: Visitor) -> None:
    director.sign_in("place.director", "/sign-off?unit=WASTE&period=2017-10")
    director.expect_heading(f"Sign off {NAME}")
    director.look_at_every_size()
    rest = director.page.locator("summary").filter(has_text=re.compile(r"The rest \(\d\)"))
    if rest.count() and not director.page.get_by_label("Question about Missed collections").is_visible():
        rest.click()
    director.page.get_by_label("Question about Missed collections").fill("Is the new round in?")
    director.press("Sign off 3 figures")
    director.expect_words("You typed a question. Choose Return with questions")
    director.press("Return with questions")
    director.expect_words(f"{NAME} went back to the service with your questions.")


def _answer(manager: Visitor) -> None:
    manager.go("/")
    manager.expect_words("Is the new round in?")
    manager.go(RETURN)
    manager.expect_words("Strategic Director for Place asks: Is the new round in?")
    manager.look_at_every_size()
    box(manager, "WCP1072", "numerator").fill("545")
    send(manager, "3 figures")


def _approve(director: Visitor) -> None:
    choose_return(director)
    director.expect_words("You asked: Is the new round in?")
    director.expect_words(re.compile(r"Was 59\.0 per 100,000 \(540 of 915,600\)\. Now 59\.5 per 100,000 \(545 of"))
    director.expect_words("Not changed (2)")
    director.look_at_every_size()
    director.press("Sign off 3 figures")
    director.expect_words(f"You signed off {NAME}. Its figures are now locked.")


def _ask_to_correct(manager: Visitor) -> None:
    manager.go(RETURN)
    manager.expect_words("so they are locked")
    manager.page.get_by_role("link", name="Ask to correct what is locked").click()
    manager.expect_heading("Ask to correct what is locked")
    manager.page.get_by_text("Missed collections: 59.5 per 100,000").click()
    manager.page.get_by_label("What is wrong, and why").fill("Two rounds were counted twice")
    manager.press("Ask the BI team")
    manager.expect_words("The BI team has your request")
    manager.look_at_every_size()


def _open_again(analyst: Visitor) -> None:
    analyst.sign_in("bi.team", "/reopenings")
    analyst.expect_words("Two rounds were counted twice")
    analyst.look_at_every_size()
    analyst.press("Open it")
    analyst.expect_words("Answered. The service finds it here and on My return.")


def _correct(manager: Visitor) -> None:
    manager.go(RETURN)
    expect(box(manager, "WCP1072", "numerator")).to_have_value("545")
    expect(box(manager, "WCP1071", "numerator")).to_have_count(0)
    manager.expect_words("Locked (2)")
    box(manager, "WCP1072", "numerator").fill("500")
    send(manager, "1 figure")
    manager.go("/measure?measure=WCP1072")
    manager.unfold("Who recorded the figures")
    manager.expect_words("Corrected after it was locked: Two rounds were counted twice")
