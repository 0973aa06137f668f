"""Words typed into a form and not sent are there again after a reload, for whoever typed them, until they are sent."""

from playwright.sync_api import Locator, expect

from tests.e2e.visitor import Visit, Visitor

WARD = "/wards?measure=WCP1075&period=2017-09&ward=E05001321"
PAGE = "/plan-on-a-page?node=OB1.1"
QUESTION = "Is the market behind it?"
BACK = "You had typed this, and not sent it yet."


def _question(visitor: Visitor) -> Locator:
    return visitor.page.get_by_label("Your question")


def _comes_back_to_the_question(visitor: Visitor) -> None:
    visitor.unfold("Ask a question")
    visitor.expect_words(BACK)
    expect(_question(visitor)).to_have_value(QUESTION)


def test_a_question_is_there_after_a_reload_and_a_way_round_until_it_is_sent(visit: Visit, site: str) -> None:
    councillor = visit(site)
    councillor.sign_in("councillor", WARD)
    councillor.unfold("Ask a question")
    _question(councillor).fill(QUESTION)
    councillor.go(WARD)
    _comes_back_to_the_question(councillor)
    councillor.look_at_every_size()
    councillor.go("/")
    councillor.go(WARD)
    _comes_back_to_the_question(councillor)

    councillor.press("Ask the service")
    councillor.expect_words("Your question is with the service.")
    councillor.go(WARD)
    councillor.unfold("Ask a question")
    expect(_question(councillor)).to_have_value("")


def test_it_is_nobody_elses(visit: Visit, site: str) -> None:
    person = visit(site)
    person.sign_in("councillor", WARD)
    person.unfold("Ask a question")
    _question(person).fill(QUESTION)
    person.sign_out_button.click()
    person.sign_in_by_form("leadership", WARD)
    person.unfold("Ask a question")
    expect(_question(person)).to_have_value("")


def test_what_somebody_changed_meanwhile_stays_and_ones_own_words_are_shown_beside_it(visit: Visit, site: str) -> None:
    owner, other = visit(site), visit(site)
    for each in (owner, other):
        each.sign_in("waste.manager", PAGE)
        each.unfold("Change the words and the evidence")
    owner.page.get_by_label("Lessons").fill("Crews know best.")
    other.page.get_by_label("Lessons").fill("Ask the crews first.")
    other.page.get_by_label("Why you change it", exact=True).fill("Autumn review")
    other.press("Save the page")
    other.expect_words("The plan is changed.")
    owner.go(PAGE)
    owner.unfold("Change the words and the evidence")
    owner.expect_words("Changed since. You had typed, and not sent: Crews know best.")
    expect(owner.page.get_by_label("Lessons")).to_have_value("Ask the crews first.")


def test_the_words_of_a_chart_are_there_after_a_reload_and_are_drawn(visit: Visit, site: str) -> None:
    """A box in no form: what comes back into it is told to the page, or the files would carry other words."""
    officer = visit(site)
    officer.sign_in("policy.officer", "/annual-chart?measure=WCP1074")
    headline = officer.page.get_by_label("Headline, 10 words or fewer")
    headline.fill("Twelve words are two more than anyone can take in at once")
    headline.press("Enter")
    officer.expect_words("12 words. Suggested")
    officer.page.reload()
    officer.expect_words("You had typed this here before.")
    officer.expect_words("12 words. Suggested")
    expect(headline).to_have_value("Twelve words are two more than anyone can take in at once")
