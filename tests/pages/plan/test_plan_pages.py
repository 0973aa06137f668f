"""Targets, as a service manager and a head of service use the page."""

from decimal import Decimal

import pytest

from cycle.plan import targets
from performance.ground.figures import Profile, Target
from performance.ground.measures import Polarity
from performance.ground.people import Role, User
from performance.ground.periods import Frequency, Period
from tests.builders import COUNCIL, a_user, add_council, add_figure, add_measure, add_share, add_target
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/plan/targets.py"


def a_service() -> User:
    add_council()
    add_share("SHARE", title="Requests answered on time")
    for month in range(18):
        add_figure("SHARE", Period.month(2016, 4).shifted(month).iso, counts=(str(140 + month % 6 * 2), "200"))
    return a_user()


def a_proposal(by: User) -> int:
    target = Target(
        measure_code="SHARE", area_code=COUNCIL, period=Period.year(2018), number=Decimal(74), profile=Profile.FLAT
    )
    return targets.propose_target(target, rationale="One point more", based_on=0, by=by)


def test_the_history_is_there_before_anything_is_typed(open_page: Open) -> None:
    app = open_page(a_service(), PAGE, year="2018", measure="SHARE")
    assert not app.exception
    said = texts(app)
    assert "0 of 1 measures have an agreed target for 2018/19." in said
    for words in ("Higher is better", "72.5%", "18 figures: it ", "Usual ups and downs: "):
        assert words in said
    assert len(app.get("vega_lite_chart")) == 1
    assert app.text_input(key="target-SHARE-2018").label == "Target for Requests answered on time, in %"


def test_a_number_shows_what_it_would_have_meant_and_is_proposed(open_page: Open) -> None:
    manager = a_service()
    app = open_page(manager, PAGE, year="2018")
    app.text_input(key="target-SHARE-2018").input("74%").run()
    assert not app.exception
    for words in ("Met in 6 of 18 months.", "6 green", "STRETCH", "on present trend", "the same every period"):
        assert words in texts(app)
    app.text_input(key="rationale-SHARE-2018").input("One point more").run()
    app.button(key="propose-all").click().run()
    assert not app.exception
    assert "Proposed 1 target. It waits for someone else to agree." in texts(app)
    (waiting,) = targets.list_waiting(by=manager)
    assert (waiting.in_words, waiting.rationale, waiting.baseline) == ("74.0%", "One point more", "72.5% in 2016/17")


def test_what_is_typed_is_there_again_on_another_device(open_page: Open) -> None:
    manager = a_service()
    open_page(manager, PAGE, year="2018").text_input(key="target-SHARE-2018").input("74%").run()
    app = open_page(manager, PAGE, year="2018")
    assert app.text_input(key="target-SHARE-2018").value == "74"
    assert "Met in 6 of 18 months." in texts(app)
    other = open_page(a_user("housing", unit="HOUSING"), PAGE, year="2018", unit="WASTE")
    assert "Met in 6 of 18 months." not in texts(other)
    app.text_input(key="target-SHARE-2018").input("").run()
    assert open_page(manager, PAGE, year="2018").text_input(key="target-SHARE-2018").value == ""


def test_two_people_at_one_number_choose_which_to_keep(open_page: Open) -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    mine, theirs = open_page(manager, PAGE, year="2018"), open_page(head, PAGE, year="2018")
    theirs.text_input(key="target-SHARE-2018").input("75").run()
    mine.text_input(key="target-SHARE-2018").input("74").run()
    assert not mine.exception
    assert "PLACE has 75.0% here, saved while you typed yours" in texts(mine)
    mine.button(key="propose-all").click().run()
    assert targets.list_waiting(by=manager) == []
    mine.button(key="theirs-SHARE-2018").click().run()
    assert mine.text_input(key="target-SHARE-2018").value == "75"
    theirs.text_input(key="target-SHARE-2018").input("76").run()
    mine.text_input(key="target-SHARE-2018").input("74").run()
    mine.button(key="mine-of-SHARE-2018").click().run()
    assert "saved while you typed yours" not in texts(mine)
    draft = targets.targets_of("WASTE", 2018, by=manager).drafts["SHARE"]
    assert (draft.in_words, draft.proposed_by) == ("74.0%", "Service manager, WASTE")


def test_a_doubtful_number_asks_for_a_reason_and_keeps_what_was_typed(open_page: Open) -> None:
    app = open_page(a_service(), PAGE, year="2018")
    app.text_input(key="target-SHARE-2018").input("7.4").run()
    assert "Did you mean 74.0%? If it is right" in texts(app)
    app.button(key="propose-all").click().run()
    assert "There is a problem" in texts(app)
    assert "Enter why a target of 7.4% is right" in texts(app)
    assert app.text_input(key="target-SHARE-2018").value == "7.4"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("many", "Target must be a number"), ("", "Enter at least one target"), ("140", "must be between 0% and 100%")],
)
def test_what_cannot_be_is_said_at_the_field(typed: str, said: str, open_page: Open) -> None:
    app = open_page(a_service(), PAGE, year="2018")
    app.text_input(key="target-SHARE-2018").input(typed)
    app.button(key="propose-all").click().run()
    assert not app.exception
    assert said in texts(app)
    assert "There is a problem" in texts(app)


def test_nothing_is_half_proposed(open_page: Open) -> None:
    manager = a_service()
    add_share("OTHER", title="Letters answered on time")
    app = open_page(manager, PAGE, year="2018")
    app.text_input(key="target-SHARE-2018").input("74").run()
    app.text_input(key="target-OTHER-2018").input("140").run()
    assert app.button(key="propose-all").label == "Propose 2 targets"
    app.button(key="propose-all").click().run()
    assert "The target for Letters answered on time must be between 0% and 100%" in texts(app)
    assert targets.list_waiting(by=manager) == []
    app.text_input(key="target-OTHER-2018").input("90").run()
    app.button(key="propose-all").click().run()
    assert "Proposed 2 targets. They wait for someone else to agree." in texts(app)


def test_someone_who_proposed_meanwhile_is_shown(open_page: Open) -> None:
    manager = a_service()
    head = a_user("head", Role.HEAD, "PLACE")
    app = open_page(manager, PAGE, year="2018")
    a_proposal(head)
    app.text_input(key="target-SHARE-2018").input("75").run()
    assert "PLACE has 74.0% here, saved while you typed yours" in texts(app)
    app.button(key="mine-of-SHARE-2018").click().run()
    app.button(key="propose-all").click().run()
    assert [each.in_words for each in targets.list_waiting(by=head)] == ["75.0%"]


def test_a_head_agrees_what_is_ticked(open_page: Open) -> None:
    target_id = a_proposal(a_service())
    head = a_user("head", Role.HEAD, "PLACE")
    app = open_page(head, PAGE, measure="SHARE", year="2018")
    for words in ("One point more", "Met in 6 of 18 months.", "Last result: 72.5% in 2016/17"):
        assert words in texts(app)
    app.button(key="agree-ticked").click().run()
    assert "Tick the targets that you agree." in texts(app)
    app.checkbox(key=f"tick-{target_id}").check().run()
    app.button(key="agree-ticked").click().run()
    assert "Agreed: Requests answered on time, 74.0% for 2018/19." in texts(app)
    assert targets.list_waiting(by=head) == []
    assert "Agreed by Head of service or director, PLACE, 10 November 2017" in texts(app)


def test_declining_needs_a_reason(open_page: Open) -> None:
    a_proposal(a_service())
    head = a_user("head", Role.HEAD, "PLACE")
    app = open_page(head, PAGE)
    decline = next(button for button in app.button if button.label.startswith("Decline"))
    decline.click().run()
    assert "Enter why you decline the target" in texts(app)
    assert len(targets.list_waiting(by=head)) == 1


def test_whoever_proposed_has_nothing_to_tick(open_page: Open) -> None:
    a_service()
    head = a_user("head", Role.HEAD, "PLACE")
    target_id = a_proposal(head)
    app = open_page(head, PAGE)
    assert f"tick-{target_id}" not in [box.key for box in app.checkbox]
    assert "Another head of service" in texts(app)


def test_another_service_is_read_only(open_page: Open) -> None:
    a_service()
    app = open_page(a_user("housing", unit="HOUSING"), PAGE, unit="WASTE", measure="SHARE")
    assert "You may not propose targets for Waste and recycling" in texts(app)
    assert not [box for box in app.text_input if str(box.key).startswith("target-")]


def test_a_measure_for_context_takes_no_target(open_page: Open) -> None:
    add_council()
    add_measure("QUIET", polarity=Polarity.CONTEXT, no_target_reason="It describes demand.")
    add_figure("QUIET", value="3")
    app = open_page(a_user(), PAGE)
    assert not app.exception
    assert "No target: for context" in texts(app)


def test_that_there_is_no_target_is_said_with_its_reason(open_page: Open) -> None:
    app = open_page(a_service(), PAGE, year="2018", measure="SHARE")
    send = next(button for button in app.button if button.label == "Set no target")
    send.click().run()
    assert "Enter why Requests answered on time has no target" in texts(app)
    app.text_input(key="no-target-SHARE-2018").input("The service ends in March 2018.")
    next(button for button in app.button if button.label == "Set no target").click().run()
    assert not app.exception
    assert "No target: The service ends in March 2018." in texts(app)


def test_a_range_asks_for_both_bounds_and_a_change_for_its_day(open_page: Open) -> None:
    add_council()
    add_share("SHARE", polarity=Polarity.RANGE)
    add_figure("SHARE", value="60")
    add_target("SHARE", Period.year(2017).iso, bounds=("50", "70"), profile=Profile.FLAT)
    manager = a_user()
    app = open_page(manager, PAGE, measure="SHARE")
    app.text_input(key="lower-SHARE-2017").input("45")
    app.text_input(key="upper-SHARE-2017").input("72").run()
    assert not app.exception
    assert "This loosens the target of 50.0% to 70.0% during its year." in texts(app)
    assert app.date_input(key="day-SHARE-2017").value.isoformat() == "2017-11-10"
    app.text_area(key="rationale-SHARE-2017").input("Fewer people").run()
    app.button(key="propose-SHARE-2017").click().run()
    assert not app.exception
    (waiting,) = targets.list_waiting(by=manager)
    assert waiting.in_words == "45.0% to 72.0%"
    targets.agree_target(waiting.id, by=a_user("head", Role.HEAD, "PLACE"))
    app = open_page(manager, PAGE, measure="SHARE")
    assert "Targets loosened this year" in texts(app)
    assert "From 10 November 2017: 45.0% to 72.0% in place of 50.0% to 70.0%. Fewer people" in texts(app)


def test_numbers_by_hand_reconcile_before_they_are_proposed(open_page: Open) -> None:
    add_council()
    add_measure("COUNT", title="Visits", frequency=Frequency.QUARTERLY)
    manager = a_user()
    app = open_page(manager, PAGE, year="2018", measure="COUNT")
    app.text_input(key="target-COUNT-2018").input("100").run()
    app.selectbox(key="profile-COUNT-2018").select(Profile.MANUAL).run()
    for month, number in (("2018-04", "10"), ("2018-07", "20"), ("2018-10", "30"), ("2019-01", "30")):
        app.text_input(key=f"part-{month}-COUNT-2018").input(number).run()
    assert not app.exception
    assert "The numbers come to 90, 10 less than the target of 100" in texts(app)
    app.button(key="propose-COUNT-2018").click().run()
    assert "There is a problem" in texts(app)
    app.text_input(key="part-2019-01-COUNT-2018").input("40").run()
    assert "They come to 100, the target of the year." in texts(app)
    app.button(key="propose-COUNT-2018").click().run()
    (waiting,) = targets.list_waiting(by=manager)
    assert [number for _, number in waiting.target.parts] == [10, 20, 30, 40]


def test_a_tolerance_of_its_own_is_read_and_kept(open_page: Open) -> None:
    manager = a_service()
    app = open_page(manager, PAGE, year="2018", measure="SHARE")
    app.text_input(key="target-SHARE-2018").input("74").run()
    app.selectbox(key="kind-SHARE-2018").select("In the measure's unit").run()
    app.text_input(key="tolerance-SHARE-2018").input("2").run()
    assert "Amber down to 72.0%" in texts(app)
    app.button(key="propose-SHARE-2018").click().run()
    assert not app.exception
    (waiting,) = targets.list_waiting(by=manager)
    assert waiting.target.tolerance == 2


def test_an_empty_register_says_what_to_do(open_page: Open) -> None:
    add_council()
    assert "There are no measures yet." in texts(open_page(a_user(), PAGE))
