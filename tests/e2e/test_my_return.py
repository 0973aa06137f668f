"""Twelve figures in a real browser, by keyboard alone: fast, exact, and kept whatever happens to the page."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from performance.ground.measures import Polarity
from performance.ground.people import Role
from tests.builders import a_user, add_council, add_figure, add_measure, add_share, add_target
from tests.conftest import rows_of
from tests.e2e.server import Server, a_city_of_its_own, running_server
from tests.e2e.visitor import Visit, Visitor, until
from tests.paste_fixture import PASTED, expected_message

RETURN = "/my-return?unit=WASTE&period=2017-10"
COUNTS, SHARES = [f"C{number}" for number in range(1, 9)], [f"S{number}" for number in range(1, 5)]
KEY_PAUSE = 20  # milliseconds


@pytest.fixture
def beginning(sqlite_database: str) -> Path:
    """A service with twelve measures, four of them shares, and three counts that will be off target."""
    add_council()
    for number, code in enumerate(COUNTS):
        add_measure(code, title=f"Calls about matter {number}", polarity=Polarity.LOWER, decimals=1,
                    may_be_negative=True)  # fmt: skip
        for month, value in (("2017-07", 96), ("2017-08", 101), ("2017-09", 99)):
            add_figure(code, month, str(value + number))
        add_target(code, "2017-10", "60" if number < 3 else "300")
    for code in SHARES:
        add_share(code, title=f"Answered, {code}", numerator_definition=f"Answered {code}",
                  denominator_definition=f"Asked {code}")  # fmt: skip
        add_figure(code, "2017-09", counts=("410", "440"))
    a_user()
    a_user("colleague")
    a_user("head", Role.HEAD, "PLACE")
    return a_city_of_its_own()


@pytest.fixture
def site(server: Server, house: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the test reads around the app is what the server holds."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{house}")
    return server.address


def arrive(person: Visitor, username: str = "manager", path: str = RETURN) -> None:
    person.sign_in(username, path)
    person.expect_heading("October 2017 figures: Waste and recycling")
    expect(boxes(person).first).to_be_visible()


def boxes(person: Visitor) -> Locator:
    return person.page.locator(".entry-grid input:visible")


def box(person: Visitor, code: str, name: str = "value") -> Locator:
    return person.page.locator(f".st-key-{name}-{code}-2017-10-1 input")


def typed(person: Visitor) -> list[str]:
    return [each.input_value() for each in boxes(person).all()]


def type_all(person: Visitor, texts: list[str], *, pause: int = KEY_PAUSE) -> None:
    """Every box in turn, from the first, by keys alone."""
    boxes(person).first.focus()
    boxes(person).first.select_text()
    for text in texts:
        person.page.keyboard.type(text, delay=pause)
        person.page.keyboard.press("Enter")


def a_months_figures(run: int = 0) -> list[str]:
    """Sixteen boxes: eight counts, then numerator and denominator of four shares."""
    counts = [f"{101 + number + run}" for number in range(len(COUNTS))]
    shares = [text for number in range(len(SHARES)) for text in (f"{411 + number + run}", "470")]
    return counts + shares


def kept() -> dict[str, tuple[str, str, str]]:
    """What the database holds as drafts."""
    found = rows_of("SELECT measure_code, answer ->> 'value', answer ->> 'numerator', answer ->> 'denominator' "
                    "FROM drafts")  # fmt: skip
    return {str(code): (str(value), str(above), str(below)) for code, value, above, below in found}


def expect_kept(run: int) -> None:
    """Every figure is in the database as it was typed, soon after the last key."""
    wanted = {code: (f"{101 + number + run}", "", "") for number, code in enumerate(COUNTS)}
    wanted |= {code: ("", f"{411 + number + run}", "470") for number, code in enumerate(SHARES)}
    until(lambda: kept() == wanted, kept)


def test_twelve_figures_and_three_commentaries_by_keyboard_alone(visit: Visit, site: str) -> None:
    person = visit(site)
    arrive(person)
    person.look()
    keys = person.page.keyboard
    type_all(person, a_months_figures())
    expect(person.page.get_by_role("button", name="Check figures")).to_be_focused()
    keys.press("Control+Enter")
    person.expect_heading("Check your October 2017 figures: Waste and recycling")
    for code in COUNTS[:3]:
        say(person, code)
    person.page.get_by_role("button", name="Submit 12 figures").focus()
    keys.press("Enter")
    person.expect_heading("Figures submitted")
    assert len(rows_of("SELECT 1 FROM figures WHERE period_start = '2017-10-01'")) == 12
    assert kept() == {}


def say(person: Visitor, code: str) -> None:
    """The commentary of one figure, from its first box on by Tab."""
    keys = person.page.keyboard
    person.page.locator(f".st-key-what_happened-{code}-2017-10-1 textarea").focus()
    for text in ("More calls than planned", "A leaflet went out", "Answer by letter"):
        keys.type(text, delay=5)
        keys.press("Tab")
    person.open_by_key(person.page.locator(":focus"))
    keys.press("Enter")
    expect(person.page.get_by_role("option")).to_have_count(0)
    for text in ("30/11/2017", "January 2018"):
        keys.press("Tab")
        keys.type(text, delay=5)


def test_typed_at_full_speed_nothing_is_lost_or_altered(visit: Visit, site: str) -> None:
    person = visit(site)
    arrive(person)
    for run in range(4):
        type_all(person, a_months_figures(run))
        expect_kept(run)
        assert typed(person) == a_months_figures(run)
    type_all(person, a_months_figures(50), pause=0)
    expect_kept(50)


def test_a_reload_in_the_middle_finds_every_figure_as_typed(visit: Visit, site: str) -> None:
    person = visit(site)
    arrive(person)
    box(person, "C1").fill(" 1,204.0 ")
    box(person, "S1", "numerator").fill("£412")
    until(lambda: kept().get("S1", ("", "", ""))[1] == "£412", kept)
    person.page.reload()
    expect(box(person, "C1")).to_have_value(" 1,204.0 ")
    expect(box(person, "S1", "numerator")).to_have_value("£412")
    expect(box(person, "S1", "denominator")).to_have_value("")


def test_commentary_is_kept_while_it_is_written(visit: Visit, site: str) -> None:
    person = visit(site)
    arrive(person)
    type_all(person, a_months_figures(), pause=0)
    person.page.keyboard.press("Enter")
    person.expect_heading("Check your October 2017 figures: Waste and recycling")
    words = person.page.locator(".st-key-what_happened-C1-2017-10-1 textarea")
    words.press_sequentially("More calls than ever", delay=10)
    until(lambda: "More calls than ever" in str(rows_of("SELECT answer FROM drafts")), kept)
    expect(words).to_have_value("More calls than ever")
    expect(words).to_be_focused()
    person.page.reload()
    person.expect_heading("October 2017 figures: Waste and recycling")
    person.press("Check figures")
    expect(words).to_have_value("More calls than ever")
    # A link away keeps what was written a moment before.
    words.press_sequentially(" before", delay=0)
    person.page.get_by_role("link", name="Change calls about matter 0").click()
    person.expect_words("1 of 12: Calls about matter 0")
    person.settle()
    person.press("Check figures")
    expect(words).to_have_value("More calls than ever before")


def test_two_people_at_one_return_lose_nothing(visit: Visit, site: str) -> None:
    first, second = visit(site), visit(site)
    arrive(first)
    arrive(second, "colleague")
    box(first, "C1").fill("110")
    first.expect_words("Draft saved")
    # Another line: both stand.
    box(second, "C2").fill("111")
    second.expect_words("Service manager, WASTE typed this at")
    expect(box(second, "C1")).to_have_value("110")
    # The same line, typed over what the second had not seen: the second chooses.
    box(first, "C3").fill("112")
    until(lambda: "C3" in kept(), kept)
    box(second, "C3").fill("113")
    second.expect_words("Choose which to keep; nothing is lost")
    expect(box(second, "C3")).to_have_value("113")
    second.look()
    second.press("Keep the other")
    expect(box(second, "C3")).to_have_value("112")
    assert {code: texts[0] for code, texts in kept().items()} == {"C1": "110", "C2": "111", "C3": "112"}


def test_a_server_that_dies_between_two_figures_loses_none(visit: Visit, beginning: Path) -> None:
    with running_server(beginning) as first:
        person = visit(first.address)
        arrive(person)
        box(person, "C1").fill("110")
        person.expect_words("Draft saved")
    box(person, "C2").fill("111")
    box(person, "C3").fill("112")
    with running_server(beginning, port=int(first.address.rpartition(":")[2])):
        until(lambda: len(kept()) == 3, kept)
        assert {code: texts[0] for code, texts in kept().items()} == {"C1": "110", "C2": "111", "C3": "112"}
        assert [box(person, code).input_value() for code in ("C1", "C2", "C3")] == ["110", "111", "112"]


def test_a_column_from_a_spreadsheet_fills_down_and_a_block_across(visit: Visit, site: str) -> None:
    person = visit(site)
    arrive(person)
    paste(person, box(person, "C1"), "110\r\n\r\n1,112\r\n")
    paste(person, box(person, "S1", "numerator"), "411\t470\n412\t471\n413\t472\n414\t473\n415\t474\n")
    person.expect_words("1 of the 5 pasted rows did not fit")
    expect(box(person, "C3")).to_have_value("1,112")
    assert typed(person)[:3] == ["110", "", "1,112"]
    assert typed(person)[8:] == ["411", "470", "412", "471", "413", "472", "414", "473"]


def test_a_block_that_names_what_belongs_where_is_not_put_in_by_place(visit: Visit, site: str) -> None:
    person = visit(site)
    arrive(person)
    for block, said in (
        ("Measure\tActual\r\nCalls about matter 0\t110\r\n", "The block has words in it, like “Measure”."),
        ("Total\tActual\r\n470\t411\r\n", "The block has words in it, like “Total”."),
        ("S1\t411\t470\r\nS2\t412\t471\r\n", "The block has words in it, like “S1”."),
        ("411\t470\r\n412\t471\t88\r\n", "Row 2 of the block has more numbers than there are boxes from here on."),
    ):
        paste(person, box(person, "S1", "numerator"), block)
        person.expect_words(f"{said} Nothing was pasted.")
        assert not any(typed(person))
    person.look_at_every_size()


def test_whatever_is_pasted_comes_to_its_number_or_to_a_sentence(visit: Visit, site: str) -> None:
    """Eight texts at a time, as many as there are counts; the parser is the one of every other way in."""
    person = visit(site)
    arrive(person)
    texts = [text for text in PASTED if text.strip() and "\r" not in text]
    for start in range(0, len(texts), len(COUNTS)):
        block = texts[start : start + len(COUNTS)]
        paste(person, box(person, "C1"), "\r\n".join(block) + "\r\n")
        assert typed(person)[: len(block)] == block
        box(person, "C1").press("Control+Enter")
        person.expect_words("There is a problem")
        for number, text in enumerate(block):
            if message := expected_message(text, f"Calls about matter {number}"):
                person.expect_words(f"Error: {message}")
            else:
                row = person.page.get_by_role("row").filter(has_text=f"Calls about matter {number}")
                expect(row).to_contain_text(f"Read as {PASTED[text]:,.1f}")
        person.page.reload()
        expect(boxes(person).first).to_have_value(block[0])


def paste(person: Visitor, target: Locator, text: str) -> None:
    target.focus()
    target.evaluate(
        """(input, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def test_ctrl_and_enter_check_on_the_button_too_however_one_came_to_it(visit: Visit, site: str) -> None:
    person = visit(site)
    arrive(person)
    person.settle()
    person.page.get_by_role("button", name="Check figures").focus()
    person.page.keyboard.press("Control+Enter")
    person.expect_words("There is a problem")


def test_arrows_stay_in_their_column_and_a_choice_takes_the_place_of_a_number(visit: Visit, site: str) -> None:
    person = visit(site)
    arrive(person)
    person.settle()
    box(person, "S1", "denominator").press("ArrowDown")
    expect(box(person, "S2", "denominator")).to_be_focused()
    box(person, "S2", "denominator").press("ArrowUp")
    expect(box(person, "S1", "denominator")).to_be_focused()
    box(person, "S1", "denominator").press("ArrowUp")
    expect(box(person, "C8")).to_be_focused()
    person.page.get_by_label("Kind of answer, Calls about matter 7").select_option(label="Not yet available")
    person.page.get_by_label("The day Calls about matter 7 will be available").fill("30/11/2017")
    person.expect_words("Not yet available until 30 November 2017")
    person.settle()
    person.page.get_by_label("Kind of answer, Calls about matter 0").select_option(label="Same as last month")
    expect(box(person, "C1")).to_be_hidden()
    person.look()


def test_a_figure_that_cannot_be_is_named_with_the_way_to_its_box(visit: Visit, site: str) -> None:
    person = visit(site)
    arrive(person)
    texts = a_months_figures()
    type_all(person, ["12.0.1", *texts[1:8], "480", *texts[9:]], pause=0)
    box(person, "C2").press("Control+Enter")
    person.expect_words("There is a problem")
    person.look()
    person.page.get_by_role("link", name='Calls about matter 0 must be a number, like 9.4, not "12.0.1"').click()
    expect(box(person, "C1")).to_be_focused()
    expect(box(person, "C1")).to_have_value("12.0.1")
    assert box(person, "C1").get_attribute("aria-invalid") == "true"


def test_what_was_missing_is_no_longer_said_once_a_role_is_chosen(visit: Visit, site: str) -> None:
    person = visit(site)
    arrive(person)
    type_all(person, a_months_figures(), pause=0)
    person.page.keyboard.press("Enter")
    person.expect_heading("Check your October 2017 figures: Waste and recycling")
    person.page.locator(".st-key-what_happened-C1-2017-10-1 textarea").fill("More calls than ever")
    person.press("Submit 12 figures")
    missing = person.page.get_by_text("Enter who will do it, for calls about matter 0. It is off target")
    expect(missing).to_have_count(2)
    who = person.page.locator(".st-key-who-C1-2017-10-1").get_by_role("combobox")
    person.open_by_key(who)
    who.press("ArrowDown")
    who.press("Enter")
    expect(missing).to_have_count(0)
    role = who.input_value()
    assert role != "Choose a role"
    until(lambda: f'"who": "{role}"' in str(rows_of("SELECT answer FROM drafts")), kept)
    expect(person.page.get_by_text("Enter why, for calls about matter 0")).not_to_have_count(0)
    person.page.reload()
    person.press("Check figures")
    expect(who).to_have_value(role)
