"""Editions, as the policy officer makes them and as councillors and employees read them."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.report.editions import packed
from cycle.report.editions import calendar, shown, writing
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.report.editions import Audience, Edition
from performance.report.words import Place, Said
from reporting.documents import images, renderer
from reporting.packs import building
from tests.builders import a_user, add_council, add_figure, add_measure, add_target
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
LIST, ONE, WORDS = "pages/report/editions.py", "pages/report/edition.py", "pages/report/edition_words.py"
QUARTER = Period(start=date(2017, 7, 1), months=3)
EDITION = Edition(committee="Panel", period=QUARTER, closes_on=date(2017, 11, 9), meets_on=date(2017, 12, 11))
SAID = "What happened: Fewer\nWhy: A lorry broke"
PARTS = {Place.COMPARATOR: "Nobody counts bins", Place.ACTION: "A new lorry"}


@pytest.fixture
def officer(sqlite_database: str) -> User:
    """Who makes editions of a council with a red, and a measure that has not come in."""
    add_council()
    add_measure("BINS", title="Bins emptied")
    add_measure("CALLS", title="Calls answered")
    for month in ("2017-07", "2017-08", "2017-09"):
        add_figure("BINS", month, "20", commentary=SAID)
        add_target("BINS", month, "40")
    return a_user("officer", Role.POLICY_OFFICER)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def box(app: AppTest, label: str) -> Any:
    (found,) = [each for each in app.text_area if each.label == label]
    return found


def sure(app: AppTest) -> AppTest:
    (found,) = app.checkbox
    assert next(each for each in app.button if each.label.startswith("Publish")).disabled
    return found.check().run()


def listed(app: AppTest) -> list[str]:
    """The steps of the task list, each as it is read."""
    (found,) = [each.body for each in app.get("html") if '<ol class="tasks">' in each.body]
    rows = found.split("</style>")[1].split('<li><span class="no">')[1:]
    return [" ".join(re.sub("<[^>]*>", " ", row.split("</span>", 1)[1]).replace(" :", ":").split()) for row in rows]


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


def test_a_meeting_is_planned_its_figures_frozen_looked_at_and_published(officer: User, open_page: Open) -> None:
    app = open_page(officer, LIST)
    assert "Nothing is planned. Plan an edition for the next meeting." in texts(app)
    app.text_input[0].input("Panel")
    press(app, "Put it on the calendar")
    assert "It is on the calendar." in texts(app)
    assert app.text_input[0].value == "", "the form is empty again"
    (planned,) = calendar.list_editions(by=officer).to_come
    assert (planned.committee, planned.period, planned.closes_on) == ("Panel", QUARTER, date(2017, 11, 10))

    app = open_page(officer, ONE, edition=str(planned.id))
    assert (
        "Figures complete and signed off: 1 of 2 ◧ Under way What is left: 1 Calls answered: Waste and recycling"
        in listed(app)
    )
    assert "Summary ⋯ Cannot start yet" in listed(app)
    press(app, "Freeze the figures")
    assert "The figures are frozen." in texts(app)
    assert "Figures frozen ■ Completed 2 measures as known on 10 November 2017." in listed(app)
    assert (
        "Red measures: comparator, reason, action: 0 of 1 ◧ In draft What is left: 1"
        " Bins emptied: lacks a comparator or why there is none and an action"
    ) in listed(app)
    assert "Published ⋯ Cannot start yet Words are left to write first." in listed(app)
    sure(app)
    press(app, "Publish to councillors and officers")
    assert "It cannot be published yet. Bins emptied lacks" in texts(app)

    words = open_page(officer, WORDS, edition=str(planned.id))
    assert "There already, as long as nothing is written: A lorry broke" in texts(words)
    box(words, "Summary").input("{{BINS.value}} bins, {{BINS.valu}}")
    box(words, "Who it is compared with, or why with nobody (Bins emptied)").input("Nobody counts bins")
    press(words, "Keep the words")
    assert "The words are kept." in texts(words)
    assert "nothing is called valu" in texts(words)
    assert "Lacks an action." in texts(words)
    box(words, "Summary").input("{{BINS.value}} bins")
    box(words, "What is done about it (Bins emptied)").input("A new lorry")
    press(words, "Keep the words")
    press(words, "Keep the words")
    assert "Nothing was changed" in texts(words)

    app = press(sure(open_page(officer, ONE, edition=str(planned.id))), "Publish to councillors and officers")
    assert "The edition is published, and stays as it is from now on." in texts(app)
    assert {"Freeze the figures again", "Keep the change"}.isdisjoint(labels(app))


def test_what_cannot_be_planned_is_said_and_what_was_typed_stays(officer: User, open_page: Open) -> None:
    app = open_page(officer, LIST)
    app.text_input[0].input("Panel")
    app.date_input[1].set_value(date(2017, 10, 2))
    press(app, "Put it on the calendar")
    assert "The meeting must not be before its figures close" in texts(app)
    assert app.text_input[0].value == "Panel"


def test_after_its_figures_closed_what_came_in_later_may_be_left_out(officer: User, open_page: Open) -> None:
    edition_id = calendar.plan_edition(EDITION, by=officer)
    add_figure("CALLS", "2017-09", "9")
    app = open_page(officer, ONE, edition=str(edition_id))
    app.radio[0].set_value(True)
    press(app, "Freeze the figures")
    freeze = shown.get_edition(edition_id, by=officer).edition.freeze
    assert freeze is not None
    assert freeze.at == EDITION.closed_at


def test_its_dates_are_moved_or_it_is_taken_off_the_calendar(officer: User, open_page: Open) -> None:
    edition_id = calendar.plan_edition(EDITION, by=officer)
    app = open_page(officer, ONE, edition=str(edition_id))
    app.date_input[1].set_value(date(2017, 12, 18))
    press(app, "Keep the change")
    assert "For the meeting on 18 December 2017." in texts(app)
    press(app, "Take it off the calendar")
    assert calendar.list_editions(by=officer).editions == ()


def test_somebody_else_changed_it_meanwhile(officer: User, open_page: Open) -> None:
    edition_id = calendar.plan_edition(EDITION, by=officer)
    app = open_page(officer, ONE, edition=str(edition_id))
    calendar.change_edition(replace(EDITION, id=edition_id, meets_on=date(2017, 12, 18)), by=officer)
    press(app, "Freeze the figures")
    assert "Somebody else changed this edition a moment ago." in texts(app)
    press(app, "Freeze the figures")
    assert "The figures are frozen." in texts(app)


def test_two_who_write_at_once_lose_nothing(officer: User, open_page: Open) -> None:
    edition_id = calendar.plan_edition(EDITION, by=officer)
    press(open_page(officer, ONE, edition=str(edition_id)), "Freeze the figures")
    app = open_page(officer, WORDS, edition=str(edition_id))
    theirs = {(Place.SUMMARY, ""): Said(words="Theirs", by="", version=0)}
    writing.keep_words(edition_id, theirs, by=officer)
    box(app, "Summary").input("Mine")
    press(app, "Keep the words")
    assert "Somebody else wrote there meanwhile." in texts(app)
    assert "Theirs" in texts(app)
    assert box(app, "Summary").value == "Mine"
    press(app, "Keep the words")
    assert "The words are kept." in texts(app)
    assert writing.words_of(edition_id, by=officer).at((Place.SUMMARY, "")).words == "Mine"


@pytest.mark.parametrize("role", [Role.COUNCILLOR, Role.LEADERSHIP])
def test_a_reader_sees_what_is_published_and_what_is_restated_since(officer: User, open_page: Open, role: Role) -> None:
    edition_id = a_published(officer, open_page, EDITION)
    calendar.plan_edition(replace(EDITION, committee="Secret"), by=officer)
    reader = a_user("reader", role, "COUNCIL")
    app = open_page(reader, LIST)
    assert "Q2 (July to September) 2017/18: Panel" in texts(app)
    assert "Secret" not in texts(app)
    assert "Plan an edition for a meeting" not in [each.label for each in app.expander]
    app = open_page(reader, ONE, edition=str(edition_id))
    for said in (
        "Of 2 measures: 1 red, 1 not yet received.",
        "Higher is better.",
        "Why: A lorry broke",
        "What is done: A new lorry",
        "60 in Q2",
    ):
        assert said in texts(app), said
    assert sorted(labels(app)) == ["Build the pack", "Sign out"]
    add_figure("BINS", "2017-09", "90", revision=2)
    app.run()
    assert "Restated since it was frozen: 1" in texts(app)
    assert "60, red; target 120" in texts(app)
    assert "130, green; target 120" in texts(app)


def test_an_employee_reads_what_is_published_to_everybody_alone(officer: User, open_page: Open) -> None:
    members = a_published(officer, open_page, EDITION)
    everybody = a_published(officer, open_page, replace(EDITION, committee="Council", audience=Audience.EVERYBODY))
    employee = a_user("employee", Role.EMPLOYEE)
    assert "There is no such edition." in texts(open_page(employee, ONE, edition=str(members)))
    assert "60 in Q2" in texts(open_page(employee, ONE, edition=str(everybody)))


def test_a_pack_is_built_behind_the_page_and_kept_for_who_comes_back(officer: User, open_page: Open) -> None:
    edition_id = calendar.plan_edition(EDITION, by=officer)
    planned = open_page(officer, ONE, edition=str(edition_id))
    assert "Build the pack" not in labels(planned), "there is nothing to build before it is frozen"
    app = press(planned, "Freeze the figures")
    assert offered(app) == []
    with building._turn:  # another pack is being built
        press(app, "Build the pack")
        assert "Build the pack" not in labels(app)
        assert progress(app) == ["Building the pack: 0 of 6 done. You can leave; we will keep it here."]
        assert "Every measure" in texts(app), "the page can be read meanwhile"
        open_page(officer, LIST)
        assert progress(open_page(officer, ONE, edition=str(edition_id))), "whoever comes back finds it on its way"
    (built,) = packed._shelf()._kept
    assert built.wait(60)
    back = open_page(officer, ONE, edition=str(edition_id))
    assert progress(back) == []
    assert offered(back) == [
        *(f"Download the pack {each}" for each in ("for Word", "as PDF", "for PowerPoint", "for Excel")),
        "Download its charts as pictures",
    ]
    assert labels(back).count("Build the pack") == 0

    writing.keep_words(edition_id, {(Place.SUMMARY, ""): Said(words="New words.", by="", version=0)}, by=officer)
    assert offered(back.run()) == [], "it no longer says what the page says"
    assert "Build the pack" in labels(back)


def test_what_was_built_is_found_by_who_may_read_the_same_and_by_nobody_else(officer: User, open_page: Open) -> None:
    edition_id = a_published(officer, open_page, EDITION)
    press(open_page(officer, ONE, edition=str(edition_id)), "Build the pack")
    (built,) = packed._shelf()._kept
    assert built.wait(60)
    councillor, employee = a_user("councillor", Role.COUNCILLOR, "COUNCIL"), a_user("employee", Role.EMPLOYEE)
    assert len(offered(open_page(councillor, ONE, edition=str(edition_id)))) == 5
    refused = open_page(employee, ONE, edition=str(edition_id))
    assert "There is no such edition." in texts(refused)
    assert offered(refused) == []


def test_a_file_that_cannot_be_drawn_is_said_and_may_be_tried_again(
    officer: User, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition_id = a_published(officer, open_page, EDITION)
    app = open_page(officer, ONE, edition=str(edition_id))
    with monkeypatch.context() as patched:
        patched.setattr(renderer, "SECONDS", 0)  # the drawing child is given no time at all
        images._svg.cache_clear()
        press(app, "Build the pack")
        (built,) = packed._shelf()._kept
        assert built.wait(60)
    assert len(offered(app.run())) == 3
    assert "This could not be drawn." in texts(app)
    press(app, "Build the pack again")
    (anew,) = packed._shelf()._kept
    assert anew is not built
    assert anew.wait(60)
    assert len(offered(app.run())) == 5


def offered(app: AppTest) -> list[str]:
    return [each.proto.label for each in app.get("download_button")]


def progress(app: AppTest) -> list[str]:
    return [each.proto.text for each in app.get("progress")]


def a_published(officer: User, open_page: Open, edition: Edition) -> int:
    edition_id = calendar.plan_edition(edition, by=officer)
    app = press(open_page(officer, ONE, edition=str(edition_id)), "Freeze the figures")
    words = {(place, "BINS"): Said(words=said, by="", version=0) for place, said in PARTS.items()}
    writing.keep_words(edition_id, words, by=officer)
    press(sure(app.run()), f"Publish to {edition.audience.in_words.lower()}")
    return edition_id


def test_one_for_the_public_says_so_before_and_leads_to_its_address(officer: User, open_page: Open) -> None:
    app = open_page(officer, LIST)
    app.text_input[0].input("Panel")
    next(each for each in app.selectbox if each.label.startswith("Who may read it")).select(Audience.PUBLIC)
    press(app, "Put it on the calendar")
    (planned,) = calendar.list_editions(by=officer).to_come
    assert planned.audience is Audience.PUBLIC
    writing_it = open_page(officer, ONE, edition=str(planned.id))
    assert "/open/" not in texts(press(writing_it, "Freeze the figures"))
    said = {(place, "BINS"): Said(words=words, by="", version=0) for place, words in PARTS.items()}
    writing.keep_words(planned.id, said, by=officer)
    app = sure(open_page(officer, ONE, edition=str(planned.id)))
    assert "the public, without signing in are to see them, for good" in app.checkbox[0].label
    app = press(app, "Publish to the public, without signing in")
    assert "[As the public reads it](/open/editions/E-01/)" in [each.value for each in app.markdown]
    assert "[E-01 as the public reads it](/open/editions/E-01/)" in [
        each.value for each in open_page(officer, LIST).markdown
    ]
    members = a_published(officer, open_page, replace(EDITION, committee="Council"))
    assert "/open/" not in texts(open_page(officer, ONE, edition=str(members)))
