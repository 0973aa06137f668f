"""One's own dates to take away: a button wherever dates are read, for everybody who has some and for nobody else."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import streamlit as st
from icalendar import Calendar

from cycle.report.editions import calendar
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.report.editions import Edition
from tests.builders import COUNCIL, a_user, add_council, add_measure
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
HOME, DATES, EDITIONS = "pages/home/today.py", "pages/do/reporting_calendar.py", "pages/report/editions.py"
LABEL = "Download my dates (.ics)"
Files = dict[str, Callable[[], bytes]]


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """What each button on the page would give, by its label."""
    found: Files = {}
    draw = st.download_button

    def noted(label: str, data: Any, **options: Any) -> bool:
        found[label] = data
        return bool(draw(label, data, **options))

    monkeypatch.setattr(st, "download_button", noted)
    return found


def a_council() -> User:
    """With an edition to come, and a measure of Waste; who makes editions."""
    add_council()
    add_measure("BINS", title="Missed bins, by round", lag_days=15)
    officer = a_user("officer", Role.POLICY_OFFICER, "COUNCIL")
    calendar.plan_edition(
        Edition(committee="Cabinet", period=Period.month(2017, 10), closes_on=date(2017, 11, 20),
                meets_on=date(2017, 12, 11)), by=officer,
    )  # fmt: skip
    return officer


def labels(open_page: Open, user: User, page: str) -> list[str]:
    app = open_page(user, page)
    assert not app.exception
    return [each.proto.label for each in app.get("download_button")]


@pytest.mark.parametrize(
    ("role", "unit", "pages"),
    [
        (Role.SERVICE_MANAGER, "WASTE", (HOME, DATES)),
        (Role.HEAD, "PLACE", (HOME, DATES)),
        (Role.BI_TEAM, "COUNCIL", (HOME, DATES)),
        (Role.POLICY_OFFICER, "COUNCIL", (HOME, EDITIONS)),
    ],
)
def test_whoever_has_dates_is_offered_them_where_they_look(
    role: Role, unit: str, pages: tuple[str, ...], open_page: Open
) -> None:
    officer = a_council()
    person = officer if role is Role.POLICY_OFFICER else a_user("person", role, unit)
    for page in pages:
        assert LABEL in labels(open_page, person, page)


@pytest.mark.parametrize("role", [Role.LEADERSHIP, Role.EMPLOYEE, Role.COUNCILLOR, Role.ADMINISTRATOR, Role.DEPUTY])
def test_whoever_has_none_is_offered_none(role: Role, open_page: Open) -> None:
    a_council()
    person = a_user("person", role, "COUNCIL")
    for page in (HOME, EDITIONS):
        assert LABEL not in labels(open_page, person, page)


def test_a_manager_of_a_service_without_measures_is_offered_none(open_page: Open) -> None:
    a_council()
    assert LABEL not in labels(open_page, a_user("care", unit="SOCIAL"), HOME)


def test_the_file_is_of_the_person_and_leads_back_to_the_app(
    open_page: Open, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_council()
    monkeypatch.setenv("PUBLIC_ADDRESS", "https://performance.example.org/")
    app = open_page(a_user(), HOME)
    assert "13 dates, for Outlook or another calendar. Next, on 15 November 2017: Figures for" in texts(app)
    read = Calendar.from_ical(files[LABEL]())
    first, *_ = read.walk("VEVENT")
    assert read["x-wr-calname"] == "Borough of Testing: performance dates"
    assert first["summary"] == "Figures for October 2017 due: Waste and recycling"
    assert first["uid"].endswith(f"@{COUNCIL}.golden-thread")
    assert first["url"] == "https://performance.example.org/my-return?unit=WASTE&period=2017-10-01%2FP1M"
    assert "Missed bins, by round" in first["description"]
    assert "edition" not in str(files[LABEL]())
