"""What is seen is taken away as it is seen: by whoever sees the page, with what is hidden from them hidden."""

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import streamlit as st

from performance.people import Role, User
from tests.builders import NATION, WARDS, a_user, add_council, add_figure, add_measure
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
EXPLORER = "pages/review/explorer.py"
Files = dict[str, Callable[[], bytes]]


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """What each button on the page would give, by its label."""
    found: Files = {}
    draw = st.download_button

    def noted(label: str, data: Any, **options: Any) -> bool:
        found[label] = data if callable(data) else lambda: data
        return bool(draw(label, data, **options))

    monkeypatch.setattr(st, "download_button", noted)
    return found


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def a_leader() -> User:
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def test_two_measures_stand_side_by_side_in_the_workbook_and_on_the_page(open_page: Open, files: Files) -> None:
    add_council()
    add_measure("BINS", title="=Missed bins", unit="percent", decimals=1, source="The depot")
    add_measure("TIPS", title="Fly tips", unit="pounds", may_be_negative=True)
    add_figure("BINS", "2017-08", "9.5")
    add_figure("BINS", "2017-09", "30")
    add_figure("BINS", "2017-09", "11", area=NATION)
    add_figure("TIPS", "2017-08", "-12345")
    query = {"m": "BINS,TIPS", "a": f"ours,{NATION}", "as": "table", "known": "2017-11-05"}
    app = open_page(a_leader(), EXPLORER, **query)
    assert not app.exception
    book = sheets(files["Download as Excel"]())
    assert book["Figures"] == [
        ["Period", "=Missed bins: Testing", "=Missed bins: England", "Fly tips: Testing"],
        ["September 2017", 30, 11, "–"],
        ["August 2017", 9.5, "–", -12345],
    ]
    about = {str(term): str(words) for term, words in book["About"]}
    assert about["What this is"] == "Figures explored: =Missed bins; Fly tips"
    assert about["As known at"] == "What was known at the end of 5 November 2017"
    assert "Source: The depot" in about["=Missed bins (BINS)"]
    assert about["Who may see it"].startswith("Whoever sees the page.")
    found = texts(app)
    assert "Side by side" in found
    for printed in ("30.0%", "11.0%", "9.5%", "-£12,345"):
        assert f"<span>{printed}</span>" in found or f">{printed}<" in found


def test_two_measures_of_one_title_are_told_apart_by_their_codes(open_page: Open, files: Files) -> None:
    add_council()
    for code, value in (("A1", "1"), ("A2", "2")):
        add_measure(code, title="Calls")
        add_figure(code, "2017-09", value)
    open_page(a_leader(), EXPLORER, m="A1,A2")
    assert sheets(files["Download as Excel"]())["Figures"] == [
        ["Period", "Calls (A1): Testing", "Calls (A2): Testing"],
        ["September 2017", 1, 2],
    ]


def test_a_reason_is_said_in_words_on_the_page_and_in_the_workbook(open_page: Open, files: Files) -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    add_figure("BINS", "2017-07", "9")
    add_figure("BINS", "2017-08", absence="not_applicable")
    add_figure("BINS", "2017-09", "12")
    app = open_page(a_leader(), EXPLORER, m="BINS")
    assert "Not applicable" in texts(app)
    assert sheets(files["Download as Excel"]())["Figures"][1:] == [
        ["September 2017", 12], ["August 2017", "Not applicable"], ["July 2017", 9],
    ]  # fmt: skip


def people_by_ward() -> None:
    add_council()
    add_measure("PEOPLE", title="People helped", counts_people=True)
    for month in ("2017-08", "2017-09"):
        for ward, count in zip(WARDS, ("3", "9", "20", "30", "40", "50"), strict=True):
            add_figure("PEOPLE", month, count, area=ward)
        add_figure("PEOPLE", month, "152")


def test_small_counts_are_hidden_in_the_workbook_from_those_from_whom_the_page_hides_them(
    open_page: Open, files: Files
) -> None:
    people_by_ward()
    query = {"m": "PEOPLE", "a": f"ours,{WARDS[0]},{WARDS[2]}"}
    open_page(a_leader(), EXPLORER, **query)
    book = sheets(files["Download as Excel"]())
    hidden = "Hidden to protect people"
    assert book["Figures"][1] == ["September 2017", 152, hidden, 20]
    assert hidden in dict(book["About"])["Who may see it"]
    open_page(a_user("manager"), EXPLORER, **query)
    book = sheets(files["Download as Excel"]())
    assert book["Figures"][1] == ["September 2017", 152, 3, 20]
    assert "hidden from others" in dict(book["About"])["Who may see it"]
    assert "People helped" in dict(book["About"])["Who may see it"]


def test_where_nothing_may_be_shown_there_is_no_workbook(open_page: Open, files: Files) -> None:
    people_by_ward()
    open_page(a_leader(), EXPLORER, m="PEOPLE", a=WARDS[0])
    assert "Download as Excel" not in files


def test_who_may_not_explore_takes_nothing_away(open_page: Open, files: Files) -> None:
    people_by_ward()
    open_page(a_user("councillor", Role.COUNCILLOR, "COUNCIL"), EXPLORER, m="PEOPLE")
    assert files == {}
