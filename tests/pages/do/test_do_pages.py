"""My return, its receipt and sign-off, as people use them: through Home.py, signed in, at an address."""

import re
from datetime import date
from decimal import Decimal
from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from cycle.do import returns
from performance.do.typed import Answer, Choice
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.texts import legible
from performance.ground.values import Absence
from tests.builders import COUNCIL, a_user, add_council, add_figure, add_measure, add_share, add_target
from tests.conftest import rows_of
from tests.pages.conftest import Open, grid, texts
from tests.paste_fixture import PASTED, expected_message

pytestmark = pytest.mark.usefixtures("sqlite_database")
OCTOBER = Period.month(2017, 10)
PAGE = "pages/do/my_return.py"


def a_service() -> User:
    add_council()
    add_measure("COUNT", title="Missed bins")
    add_share("SHARE", title="Requests answered")
    add_figure("COUNT", "2017-09", "90")
    add_target("COUNT", "2017-10", "100")
    return a_user()


def box(app: AppTest, name: str, code: str = "COUNT"):
    return app.get_by_key(f"{name}-{code}-2017-10-1")


def fill(app: AppTest, count: str, numerator: str = "412", denominator: str = "438", choice: str = "") -> None:
    """Both figures, one at a time, the way a browser without the grid's script goes."""
    one(app, "COUNT")
    box(app, "value").input(count)
    if choice:
        box(app, "choice").select(Choice(choice))
    press(app, "Save and next")
    box(app, "numerator", "SHARE").input(numerator)
    box(app, "denominator", "SHARE").input(denominator)
    press(app, "Save and next")
    press(app, "All figures in one table")


def one(app: AppTest, code: str) -> AppTest:
    app.query_params["one"] = code
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def october(open_page: Open, user: User) -> AppTest:
    return open_page(user, PAGE, unit="WASTE", period="2017-10")


def title(app: AppTest) -> str:
    assert not app.exception
    return str(app.title[0].value)


@pytest.mark.parametrize(("owed", "opened"), [("2017-07", "July 2017"), (None, "October 2017")])
def test_what_came_whole_by_file_is_not_opened_before_what_is_owed_nor_before_what_is_newest(
    owed: str | None, opened: str, open_page: Open
) -> None:
    add_council()
    add_measure("COUNT", active_from=date(2017, 6, 1))
    for month in ("2017-06", "2017-07", "2017-08", "2017-09"):
        if month != owed:
            add_figure("COUNT", month, "90")
    manager = a_user()
    answers = [Answer(measure_code="COUNT", value="80")]
    returns.submit_return("WASTE", OCTOBER, answers=answers, request_key="k", by=manager)
    assert opened in open_page(manager, PAGE).title[0].value


def test_a_manager_sees_what_is_due_with_the_month_before_and_the_target(open_page: Open) -> None:
    app = october(open_page, a_service())
    assert title(app) == "October 2017 figures: Waste and recycling"
    assert "0 of 2 figures are in. On time by Monday 6 November 2017 (4 days late)." in texts(app)
    row = grid(app)["rows"]["COUNT"]
    assert row["about"] == "COUNT. Higher is better, number."
    assert [row["target"], row["before"]] == ["Target 100", "Sep 2017: 90"]


def test_a_deadline_is_said_once_and_beside_a_figure_only_where_it_has_another(open_page: Open) -> None:
    manager = a_service()
    add_measure("SLOW", title="Bins mended", lag_days=15)
    app = october(open_page, manager)
    assert "On time by Monday 6 November 2017 (4 days late)." in texts(app)
    rows = grid(app)["rows"]
    assert rows["COUNT"]["about"].endswith("number.")
    assert rows["SLOW"]["about"].endswith("number. On time by 15 November 2017.")


def test_figures_are_entered_checked_and_submitted_and_the_receipt_opens(open_page: Open) -> None:
    manager = a_service()
    a_user("head", Role.HEAD, "PLACE")
    app = october(open_page, manager)
    fill(app, "1,204")
    press(app, "Check figures")
    assert title(app) == "Check your October 2017 figures: Waste and recycling"
    assert "**You have not submitted yet.**" in texts(app)
    assert "94.1% (412 of 438)" in texts(app)
    assert rows_of("SELECT * FROM returns") == []
    press(app, "Submit 2 figures")
    assert title(app) == "Figures submitted"
    assert "2017-10-WASTE" in texts(app)
    assert "Head of service or director, PLACE signs them off by Friday 17 November 2017" in texts(app)
    assert rows_of("SELECT measure_code, recorded_by FROM figures WHERE period_start = '2017-10-01' ORDER BY 1") == [
        ("COUNT", "manager"),
        ("SHARE", "manager"),
    ]
    ((key,),) = rows_of("SELECT key FROM requests")
    bookmark = open_page(manager, "pages/do/receipt.py", key=str(key))
    assert "2017-10-WASTE" in texts(bookmark)


def test_a_receipt_that_never_was_is_said_in_a_sentence(open_page: Open) -> None:
    app = open_page(a_service(), "pages/do/receipt.py", key="guessed")
    assert "There is no receipt at this address." in texts(app)


def test_errors_are_summed_up_and_what_was_typed_stays_as_it_was(open_page: Open) -> None:
    app = october(open_page, a_service())
    fill(app, " 1.2.3 ", numerator="440")
    press(app, "Check figures")
    assert title(app) == "October 2017 figures: Waste and recycling"
    words = texts(app)
    assert "There is a problem" in words
    assert words.count("Missed bins must be a number, like 9.4, not &quot;1.2.3&quot;") == 1
    assert words.count("must be 438 or fewer, the total you entered") == 1
    assert 'data-field="st-key-value-COUNT-2017-10-1"' in words
    rows = grid(app)["rows"]
    assert [rows["COUNT"]["answer"]["value"], rows["SHARE"]["answer"]["numerator"]] == [" 1.2.3 ", "440"]
    assert rows["COUNT"]["errors"]["value"].startswith("Missed bins must be a number")


def preview(app: AppTest, code: str) -> str:
    """What the grid says beside a row: how it is rated, how it was read, and what stands in place of a number."""
    said = grid(app)["rows"][code]["preview"]
    return " | ".join(filter(None, (said["rating"], said["read"], said["instead"])))


@pytest.mark.parametrize(
    ("count", "numerator", "said", "status"),
    [
        pytest.param(
            "1.2.3", "440",
            ("Missed bins must be a number, like 9.4, not \"1.2.3\"",
             "Answered on time must be 438 or fewer, the total you entered"),
            "0 of 2 entered.", id="impossible",
        ),
        pytest.param(
            "50", "412",
            ("▲ Red | Read as 50. Needs commentary", "– Not rated: no target | Read as 94.1% (412 of 438)"),
            "2 of 2 entered. 1 still needs commentary.", id="one wants words",
        ),
        pytest.param(
            "", "412", ("To do", "– Not rated: no target | Read as 94.1% (412 of 438)"), "1 of 2 entered.", id="to do"
        ),
    ],
)  # fmt: skip
def test_the_grid_says_how_each_row_was_read_before_anything_is_checked(
    count: str, numerator: str, said: tuple[str, str], status: str, open_page: Open
) -> None:
    app = october(open_page, a_service())
    fill(app, count, numerator)
    assert (preview(app, "COUNT"), preview(app, "SHARE")) == said
    assert not any(row["errors"] for row in grid(app)["rows"].values())
    assert re.fullmatch(rf"{re.escape(status)} Draft saved \d\d:\d\d\.", grid(app)["status"])


def test_two_figures_that_want_words_are_counted_and_none_once_they_have_them(open_page: Open) -> None:
    manager = a_service()
    add_target("SHARE", "2017-10", "99")
    app = october(open_page, manager)
    fill(app, "50", "300")
    assert "2 still need commentary." in grid(app)["status"]
    press(app, "Check figures")
    for code in ("COUNT", "SHARE"):
        for name, text in (("what_happened", "Snow"), ("why", "Sickness"), ("what_next", "Recruit two"),
                           ("by_when", "8/12/2017"), ("back_on_track", "2018-01")):  # fmt: skip
            box(app, name, code).input(text)
        box(app, "who", code).select("Head of Waste and recycling")
    press(app, "Change figures")
    assert "commentary" not in grid(app)["status"]
    assert preview(app, "COUNT") == "▲ Red | Read as 50"


def test_an_answer_without_a_number_is_said_in_words(open_page: Open) -> None:
    app = october(open_page, a_service())
    fill(app, "", choice="not_applicable")
    assert preview(app, "COUNT") == "– Not applicable | Not applicable"


def test_nothing_is_checked_before_it_is_asked_for(open_page: Open) -> None:
    app = october(open_page, a_service())
    assert "Error" not in texts(app)


def test_going_back_from_the_check_finds_every_figure_as_typed(open_page: Open) -> None:
    app = october(open_page, a_service())
    fill(app, "1,204.0")
    press(app, "Check figures")
    press(app, "Change figures")
    assert title(app) == "October 2017 figures: Waste and recycling"
    assert grid(app)["rows"]["COUNT"]["answer"]["value"] == "1,204.0"


def test_a_red_figure_asks_what_happened_before_it_is_submitted(open_page: Open) -> None:
    app = october(open_page, a_service())
    fill(app, "50")
    press(app, "Check figures")
    assert "Look at these first (1)" in texts(app)
    box(app, "why").input("Sickness")
    press(app, "Submit 2 figures")
    assert "Enter what happened, for missed bins. It is off target" in texts(app)
    assert "Enter why" not in texts(app)
    assert box(app, "why").value == "Sickness"
    box(app, "what_happened").input("Two crews were short")
    box(app, "what_next").input("Recruit two")
    box(app, "who").select("Head of Waste and recycling")
    box(app, "by_when").input("1 December 2017")
    box(app, "back_on_track").input("January 2018")
    press(app, "Submit 2 figures")
    assert title(app) == "Figures submitted"
    assert rows_of("SELECT commentary FROM figures WHERE measure_code = 'COUNT' AND period_start = '2017-10-01'") == [
        (
            "What happened: Two crews were short\nWhy: Sickness\nWhat next: Recruit two\n"
            "Who: Head of Waste and recycling\nBy when: 1 December 2017\nBack on track: January 2018",
        )
    ]


def test_a_day_that_is_typed_in_figures_is_kept_and_said_in_full_to_whoever_signs_off(
    open_page: Open,
) -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    app = october(open_page, manager)
    fill(app, "50")
    press(app, "Check figures")
    for name, text in (("what_happened", "Two crews were short"), ("why", "Sickness"), ("what_next", "Recruit two"),
                       ("by_when", "8/12/2017"), ("back_on_track", "2018-01")):  # fmt: skip
        box(app, name).input(text)
    box(app, "who").select("Head of Waste and recycling")
    press(app, "Submit 2 figures")
    assert title(app) == "Figures submitted"
    ((said,),) = rows_of("SELECT commentary FROM figures WHERE measure_code = 'COUNT' AND period_start = '2017-10-01'")
    assert "By when: 8 December 2017\nBack on track: January 2018" in str(said)
    words = texts(open_page(head, "pages/do/sign_off.py"))
    assert "By when: 8 December 2017" in words
    assert "8/12/2017" not in words


def test_an_absence_is_chosen_not_typed(open_page: Open) -> None:
    app = october(open_page, a_service())
    fill(app, "", choice=Choice.NOT_APPLICABLE)
    press(app, "Check figures")
    press(app, "Submit 2 figures")
    assert rows_of("SELECT absence FROM figures WHERE measure_code = 'COUNT' AND period_start = '2017-10-01'") == [
        (Absence.NOT_APPLICABLE.value,)
    ]


def test_markup_in_titles_and_commentary_is_shown_as_text(open_page: Open) -> None:
    add_council()
    add_measure("COUNT", title="<script>alert(1)</script> :red[bins]")
    add_target("COUNT", "2017-10", "100")
    app = one(october(open_page, a_user()), "COUNT")
    box(app, "value").input("x")
    press(app, "Check figures")
    assert "<script>alert" not in "".join(element.proto.body for element in app.get("html"))
    assert ":red[bins]" not in "".join(str(each.value) for each in app.markdown)


def someone_else_saves(value: str) -> None:
    colleague = a_user("colleague")
    answer = Answer(measure_code="COUNT", value=value)
    returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=answer, by=colleague)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("Keep theirs", [("118", "colleague", 1)]), ("Use mine", [("118", "colleague", 1), ("120", "manager", 2)])],
)
def test_when_someone_else_saved_meanwhile_the_person_chooses(
    choice: str, kept: list[tuple[str, str, int]], open_page: Open
) -> None:
    app = october(open_page, a_service())
    fill(app, "120")
    press(app, "Check figures")
    someone_else_saves("118")
    press(app, "Submit 2 figures")
    assert title(app) == "Check your October 2017 figures: Waste and recycling"
    assert "Choose which to keep" in texts(app)
    assert {"118", "120"} <= {str(each.value) for each in app.text}
    assert "Service manager, WASTE saved at" in texts(app)
    refused = rows_of("SELECT username FROM audit_events WHERE verb = 'figure refused: changed meanwhile'")
    assert refused == [("manager",)]
    press(app, choice)
    press(app, "Submit 2 figures")
    assert title(app) == "Figures submitted"
    stored = rows_of(
        "SELECT value, recorded_by, revision FROM figures WHERE measure_code = 'COUNT' "
        "AND period_start = '2017-10-01' ORDER BY revision"
    )
    assert stored == kept


def test_a_submitted_return_is_read_and_can_be_changed_until_it_is_signed_off(open_page: Open) -> None:
    manager = a_service()
    returns.submit_return(
        "WASTE",
        OCTOBER,
        answers=[
            Answer(measure_code="COUNT", value="120"),
            Answer(measure_code="SHARE", numerator="412", denominator="438"),
        ],
        request_key="k",
        by=manager,
    )
    app = october(open_page, manager)
    assert "They wait for sign" in texts(app)
    assert not app.text_input
    press(app, "Change these figures")
    one(app, "COUNT")
    assert box(app, "value").value == "120"
    box(app, "value").input("121")
    press(app, "Check figures")
    press(app, "Submit 2 figures")
    assert "2017-10-WASTE-2" in texts(app)


def test_another_services_link_says_so_and_leads_to_ones_own(open_page: Open) -> None:
    app = open_page(a_service(), PAGE, unit="SOCIAL", period="2017-10")
    assert "The link asks for “SOCIAL” as “Service”: there is no such thing here, or you may not see it." in texts(app)
    assert title(app) == "My return"
    press(app, "Open this page without it")
    assert title(app) == "October 2017 figures: Waste and recycling"


@pytest.mark.parametrize("period", ["2017-11", "1999-01", ""])
def test_any_month_in_the_address_opens_with_words(period: str, open_page: Open) -> None:
    app = open_page(a_service(), PAGE, unit="WASTE", period=period)
    assert title(app).endswith("figures: Waste and recycling")


def submitted() -> User:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    answers = [
        Answer(measure_code="COUNT", value="120"),
        Answer(measure_code="SHARE", numerator="412", denominator="438"),
    ]
    returns.submit_return("WASTE", OCTOBER, answers=answers, request_key="k", by=manager)
    return head


def test_a_head_signs_off_and_the_manager_finds_it_locked(open_page: Open) -> None:
    head = submitted()
    app = open_page(head, "pages/do/sign_off.py")
    assert title(app) == "Sign off Waste and recycling, October 2017"
    press(app, "Sign off 2 figures")
    assert "You signed off Waste and recycling, October 2017." in texts(app)
    assert "Nothing waits for your sign-off." in texts(app)
    assert rows_of("SELECT status, decided_by FROM returns") == [("approved", "head")]
    manager = october(open_page, a_user("second"))
    assert "signed off by Head of service or director, PLACE on 10 November 2017" in texts(manager)
    assert not manager.text_input


def test_a_head_returns_figures_with_a_question_that_the_manager_reads(open_page: Open) -> None:
    head = submitted()
    app = open_page(head, "pages/do/sign_off.py")
    press(app, "Return with questions")
    assert "Enter the question for the service" in texts(app)
    app.text_area[0].input("Is 120 right?")
    press(app, "Return with questions")
    assert "went back to the service with your questions" in texts(app)
    manager = october(open_page, a_user("second"))
    assert "asks: Is 120 right?" in texts(manager)
    assert grid(manager)["rows"]["COUNT"]["answer"]["value"] == "120"


def test_a_head_who_submitted_is_told_who_signs_off_instead(open_page: Open) -> None:
    a_service()
    head = a_user("head", Role.HEAD, "PLACE")
    a_user("director", Role.HEAD, "COUNCIL")
    answers = [
        Answer(measure_code="COUNT", value="120"),
        Answer(measure_code="SHARE", numerator="412", denominator="438"),
    ]
    returns.submit_return("WASTE", OCTOBER, answers=answers, request_key="k", by=head)
    app = open_page(head, "pages/do/sign_off.py")
    assert "so Head of service or director, COUNCIL signs them off" in texts(app)
    assert not [button for button in app.button if button.label.startswith("Sign off")]


def test_the_month_on_the_screen_stays_when_a_colleague_submits_it(open_page: Open) -> None:
    app = open_page(a_service(), PAGE)
    assert title(app) == "October 2017 figures: Waste and recycling"
    fill(app, "120")
    press(app, "Check figures")
    answers = [
        Answer(measure_code="COUNT", value="118"),
        Answer(measure_code="SHARE", numerator="412", denominator="438"),
    ]
    returns.submit_return("WASTE", OCTOBER, answers=answers, request_key="k", by=a_user("colleague"))
    press(app, "Submit 2 figures")
    assert title(app) == "Check your October 2017 figures: Waste and recycling"
    assert "Choose which to keep" in texts(app)


@pytest.mark.parametrize("text", PASTED, ids=repr)
def test_whatever_is_typed_comes_to_its_number_or_to_a_sentence_that_names_it(text: str, open_page: Open) -> None:
    add_council()
    add_measure("COUNT", title="Missed bins", may_be_negative=True, decimals=1)
    app = one(october(open_page, a_user()), "COUNT")
    box(app, "value").input(text)
    press(app, "Save and next")
    expected = PASTED[text]
    if isinstance(expected, Decimal):
        assert box(app, "value").value == legible(text)
        press(app, "Check figures")
        press(app, "Submit 1 figure")
        stored = rows_of("SELECT value FROM figures WHERE measure_code = 'COUNT'")
        assert [Decimal(str(value)) for (value,) in stored] == [expected]
    else:
        press(app, "Check figures")
        assert escape(expected_message(text, "Missed bins")) in texts(app)
        assert rows_of("SELECT * FROM figures") == []
