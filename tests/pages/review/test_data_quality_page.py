"""The page on data quality: every part says what it shows in words, and the BI team accepts or doubts."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from cycle.review.quality import challenges
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.review.quality.dimensions import Dimension
from performance.review.quality.self_assessment import Judgement
from tests.builders import a_user, add_council, add_figure, add_measure
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE, MEASURE, SIGN_OFF = "pages/review/data_quality.py", "pages/review/measure.py", "pages/do/sign_off.py"
SEPTEMBER = Period.month(2017, 9)


def an_analyst() -> User:
    return a_user("analyst", Role.BI_TEAM, "COUNCIL")


def a_council_with_bins() -> None:
    add_council()
    add_measure("BINS", title="Missed <b>bins")
    add_figure("BINS", "2017-09", "30", confirmed_checks="slip", commentary="Confirmed as right: New *rounds*.")


def seen(app: AppTest) -> str:
    assert not app.exception
    found = texts(app)
    for wrong in (">None<", "nan<", "Decimal(", "<b>bins"):
        assert wrong not in found.replace("Missed \\<b\\>bins", "")
    return found


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_what_came_is_said_in_a_sentence_a_table_and_a_chart_with_words(open_page: Open) -> None:
    a_council_with_bins()
    app = open_page(an_analyst(), PAGE, period="2017-09")
    found = seen(app)
    assert "1 of 1 received (100%), 0 on time (0%), 0 signed off (0%)." in found
    assert re.search(r'<th role="rowheader" scope="row"[^>]*>Place \(directorate\)<', found)
    (chart,) = app.get("vega_lite_chart")
    assert "Fewest on time" in chart.proto.alt
    assert "Received late, check confirmed" in found


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("dimensions", "The dimensions are not added up into one score."),
        ("restated", "No figure of the whole council was changed after sign-off"),
        ("remind", "figures are missing."),
        ("checks", "No question about a figure of the whole council is open."),
        ("", "1 of 1 received"),
    ],
)
def test_each_part_of_the_page_opens_from_its_link(open_page: Open, section: str, words: str) -> None:
    a_council_with_bins()
    assert words in seen(open_page(an_analyst(), PAGE, show=section, period="2017-09"))


@pytest.mark.parametrize(("section", "address"), [("", "measure=BINS&amp;period=2017-09"), ("dimensions", 'BINS">')])
def test_each_measure_leads_to_its_page(open_page: Open, section: str, address: str) -> None:
    a_council_with_bins()
    found = seen(open_page(an_analyst(), PAGE, show=section, period="2017-09"))
    assert '<a href="measure?measure=BINS' in found
    assert address in found


def test_a_council_without_figures_is_told_so(open_page: Open) -> None:
    add_council()
    analyst = an_analyst()
    for section in ("came", "dimensions", "restated", "remind", "checks"):
        seen(open_page(analyst, PAGE, show=section))


def test_the_bi_team_accepts_with_an_empty_box_alone_and_doubts_with_words(open_page: Open) -> None:
    a_council_with_bins()
    app = open_page(an_analyst(), PAGE, show="checks", period="2017-09")
    assert "New *rounds*." in seen(app)
    app.text_area[0].set_value("Three times August?")
    press(app, "Accept it")
    assert "Send it with its own button" in seen(app)
    press(app, "Doubt it")
    assert "Your doubt is with the service" in seen(app)
    assert "Doubted by the BI team: waits for an answer." in seen(app)
    assert not [button for button in app.button if button.label == "Accept it"]


def test_what_is_accepted_stands_so_for_those_who_may_not_judge_it(open_page: Open) -> None:
    a_council_with_bins()
    assert "You accepted what the service confirmed." in seen(
        press(open_page(an_analyst(), PAGE, show="checks", period="2017-09"), "Accept it")
    )
    leader = open_page(a_user("leader", Role.LEADERSHIP, "COUNCIL"), PAGE, show="checks", period="2017-09")
    assert "Accepted by the BI team." in seen(leader)
    assert not [button for button in leader.button if button.label in {"Accept it", "Doubt it"}]


def test_two_of_the_bi_team_judge_once_and_the_second_keeps_their_words(open_page: Open) -> None:
    a_council_with_bins()
    app = open_page(an_analyst(), PAGE, show="checks", period="2017-09")
    challenges.accept("BINS", SEPTEMBER, revision=1, by=a_user("second", Role.BI_TEAM, "COUNCIL"))
    app.text_area[0].set_value("Three times August?")
    press(app, "Doubt it")
    assert "Three times August?" in seen(app)
    assert "what you wrote was not sent" in seen(app)


def test_a_measures_page_folds_its_six_dimensions(open_page: Open) -> None:
    a_council_with_bins()
    app = open_page(a_user("leader", Role.LEADERSHIP, "COUNCIL"), MEASURE, measure="BINS")
    assert [each.label for each in app.expander if each.label.startswith("Data quality: look at accuracy, validity")]
    assert "1 unusual figure confirmed by the service alone." in texts(app)


def test_a_service_assesses_its_data_on_the_measures_page_and_others_read_it(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    add_figure("BINS", "2017-09", "30")
    app = open_page(a_user(), MEASURE, measure="BINS")
    assert "Its service has not assessed these data itself yet." in texts(app)
    next(each for each in app.button if each.label == "Save the assessment").click().run()
    assert "Choose how it stands with accuracy" in texts(app)
    for dimension in Dimension:
        app.get_by_key(f"judged_BINS_0_{dimension.value}").select(Judgement.FULLY)
    app.get_by_key("words_BINS_0_validity").input("Checked *twice*")
    next(each for each in app.button if each.label == "Save the assessment").click().run()
    assert "The assessment is kept, beside what was recorded." in texts(app)
    leader = open_page(a_user("leader", Role.LEADERSHIP, "COUNCIL"), MEASURE, measure="BINS")
    assert "6 of 6 as they should be" in texts(leader)
    assert "Yes: Checked *twice*" in texts(leader)
    assert not [each for each in leader.button if each.label == "Save the assessment"]
    past = open_page(a_user("other"), MEASURE, measure="BINS", known="2017-10-01")
    assert not [each for each in past.button if each.label == "Save the assessment"]
