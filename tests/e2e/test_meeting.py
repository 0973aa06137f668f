"""A meeting of the leadership team, minuted in a real browser as it happens, and its memo taken away."""

import re

import docx
from docx.document import Document
from playwright.sync_api import expect

from tests.e2e.visitor import Visit, Visitor, bring_to_middle


def test_items_are_minuted_as_they_are_talked_about(visit: Visit, site: str) -> None:
    officer = visit(site)
    officer.sign_in("policy.officer", "/review-meetings")
    officer.look_at_every_size()
    officer.unfold("Open a memo for a meeting")
    officer.page.get_by_label("Title").fill("Performance review: third quarter")
    officer.press("Open the memo")
    officer.expect_heading("Performance review: third quarter")
    officer.expect_words("From the last meeting")
    officer.expect_words(re.compile("Decided: Draft the recovery plan with the two firms"))
    officer.expect_words("Standing items")
    officer.look_at_every_size()

    _shape(officer)
    items = _count(officer)
    assert items >= 20, "the memo of the whole council has its most questions, and what stands and was left before them"
    for number in range(1, items):
        _keep(officer, number)
    _decide(officer, items)
    officer.expect_words(f"{items} of {items} items minuted")

    memo = _download(officer)
    said = [each.text for each in memo.paragraphs]
    assert "Performance review: third quarter" in said
    assert [each for each in said if each.startswith("Answer: Said of")] == [
        f"Answer: Said of item {number}" for number in range(1, items)
    ]
    assert all(shape._inline.docPr.get("descr") for shape in memo.inline_shapes)

    officer.press("Close the meeting")
    officer.expect_words("This meeting is closed, and its minutes stay as they are.")
    officer.look_at_every_size()
    officer.go("/review-meetings")
    officer.expect_words(re.compile(r"left for the next one"))
    officer.look()


def _shape(officer: Visitor) -> None:
    """A question is worded anew, and another taken off and put back, while half a sentence stands in a third box."""
    half = officer.page.get_by_label("Answer", exact=True).nth(3)
    half.fill("Half a sentence")
    titles = [each.strip() for each in officer.page.get_by_role("heading", level=3).all_inner_texts()]
    last = next(each for each in reversed(titles) if re.match(r"\d+\. ", each))
    officer.unfold("Word a question anew, or take it off the memo")
    officer.choose("Which item", last)
    officer.page.get_by_label("The question", exact=True).fill("What do the three best do?")
    officer.press("Keep the question")
    officer.expect_words("The question is worded anew.")
    officer.expect_words(re.compile("Asked before it was worded anew: "))
    before = _count(officer)
    officer.page.get_by_label("Why it is taken off").fill("Taken up in December")
    officer.press("Take it off the memo")
    officer.expect_words("Taken off the memo")
    officer.expect_words(re.compile("Taken up in December"))
    expect(officer.page.get_by_role("button", name=re.compile(r"^Keep item \d+$"))).to_have_count(before - 1)
    officer.look_at_every_size()
    officer.press(f"Put it back: {last.partition('. ')[2]}")
    officer.expect_words("It is back on the memo.")
    expect(officer.page.get_by_role("button", name=re.compile(r"^Keep item \d+$"))).to_have_count(before)
    expect(half).to_have_value("Half a sentence")


def _count(officer: Visitor) -> int:
    return officer.page.get_by_role("button", name=re.compile(r"^Keep item \d+$")).count()


def _keep(officer: Visitor, number: int) -> None:
    """Minuted, until the page says that it is kept. The form is found by its words: by roles a browser looks through
    every box of the page for it."""
    words = officer.page.get_by_text(f"Keep item {number}", exact=True)
    form = officer.page.locator("[data-testid=stForm]").filter(has=words)
    form.get_by_label("Answer").fill(f"Said of item {number}")
    button = form.locator("[data-testid=stFormSubmitButton] button")
    bring_to_middle(button)
    button.click()
    officer.expect_words(re.compile(rf"\b{number} of \d+ items minuted"))


def _decide(officer: Visitor, number: int) -> None:
    form = officer.page.locator("[data-testid=stForm]").filter(
        has=officer.page.get_by_role("button", name=f"Keep item {number}", exact=True)
    )
    form.get_by_label("Decision").fill("Ask the three best councils how they do it")
    officer.press(f"Keep item {number}")
    officer.expect_words("Enter the role of who carries the decision out")
    form.get_by_label("Who carries it out (role)").fill("Policy Officer")
    form.get_by_role("spinbutton", name="day, By when").click()
    officer.page.keyboard.type("15122017")
    officer.press(f"Keep item {number}")
    officer.expect_words("Kept. The decision is an action now.")


def _download(officer: Visitor) -> Document:
    with officer.page.expect_download() as coming:
        officer.press("Word memo")
    return docx.Document(str(coming.value.path()))
