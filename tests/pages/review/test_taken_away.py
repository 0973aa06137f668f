"""What is seen is taken away as it is seen: by whoever sees the page, with what is hidden from them hidden."""

import csv
import io
from datetime import UTC, datetime

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from performance.ground.measures import Polarity
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.values import Absence
from tests.builders import NATION, WARDS, a_user, add_council, add_figure, add_measure, add_target
from tests.pages.conftest import Files, Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
EXPLORER, QUALITY = "pages/review/explorer.py", "pages/review/data_quality.py"
WARDS_PAGE, SCORECARD = "pages/review/wards.py", "pages/review/scorecard.py"


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
    add_figure("BINS", "2017-08", absence=Absence.NOT_APPLICABLE)
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


def test_data_quality_by_unit_and_month_is_read_and_taken_away(open_page: Open, files: Files) -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    add_measure("CARE", title="Visits", unit_code="SOCIAL")
    add_figure("BINS", "2017-08", "9", at=datetime(2017, 9, 1, tzinfo=UTC))
    add_figure("BINS", "2017-09", "30", at=datetime(2017, 11, 1, tzinfo=UTC))
    app = open_page(a_leader(), QUALITY, period="2017-09")
    assert not app.exception
    assert "Received, of the figures due" in texts(app)
    book = sheets(files["Download as Excel"]())
    assert list(book) == ["Received", "On time", "Due", "About"]
    assert book["Received"][0][-2:] == ["Aug 2017", "Sep 2017"]
    found = {name: {row[0]: row[-2:] for row in book[name][1:]} for name in ("Received", "On time", "Due")}
    assert found["Received"] == {
        "The whole council": [50, 50],
        "Place (directorate)": [100, 100],
        "Waste and recycling": [100, 100],
        "People (directorate)": [0, 0],
        "Social care": [0, 0],
    }
    assert found["On time"]["Waste and recycling"] == [100, 0]
    assert found["Due"]["The whole council"] == [2, 2]
    assert dict(book["About"])["What this is"] == (
        "Figures due from the whole council in the twelve months to September 2017, by unit and month"
    )
    rows = lines(files["Download as CSV"]())
    assert rows[0][:2] == ["Counted", "Unit"]
    assert [row[0] for row in rows[1:]] == ["Received"] * 5 + ["On time"] * 5 + ["Due"] * 5
    assert rows[-1][:2] + rows[-1][-2:] == ["Due", "Waste and recycling", "1", "1"]


def test_data_quality_of_one_unit_holds_that_unit_once(open_page: Open, files: Files) -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    add_figure("BINS", "2017-09", "30")
    open_page(a_leader(), QUALITY, period="2017-09", unit="WASTE")
    assert [row[0] for row in sheets(files["Download as Excel"]())["Received"]] == ["Unit", "Waste and recycling"]


def test_every_month_by_ward_hides_what_the_map_hides(open_page: Open, files: Files) -> None:
    people_by_ward()
    hidden = "Hidden to protect people"
    app = open_page(a_user("councillor", Role.COUNCILLOR, "COUNCIL"), WARDS_PAGE, measure="PEOPLE")
    assert not app.exception
    book = sheets(files["Every month by ward (Excel)"]())
    assert book["Figures"][0] == ["Ward", "Aug 2017", "Sep 2017"]
    assert [row[1:] for row in book["Figures"][1:]] == [
        [hidden, hidden], [hidden, hidden], [20, 20], [30, 30], [40, 40], [50, 50],
    ]  # fmt: skip
    assert hidden in dict(book["About"])["Who may see it"]
    rows = lines(files["Every month by ward (CSV)"]())
    assert rows[0] == ["Measure code", "Measure", "Unit", "Ward", "Aug 2017", "Sep 2017"]
    assert rows[1] == ["PEOPLE", "People helped", "number", "Ward 1", hidden, hidden]
    open_page(a_user("manager"), WARDS_PAGE, measure="PEOPLE")
    book = sheets(files["Every month by ward (Excel)"]())
    assert book["Figures"][1] == ["Ward 1", 3, 3]
    assert "hidden from others" in dict(book["About"])["Who may see it"]


def test_thirteen_months_by_ward_end_with_the_one_that_is_shown(open_page: Open, files: Files) -> None:
    add_council()
    add_measure("TIPS", title="Fly tips", unit="percent", decimals=1)
    months = [Period.month(2016, 7).shifted(step) for step in range(15)]
    for step, month in enumerate(months):
        add_figure("TIPS", month.iso, f"{step}.5", area=WARDS[0])
    add_figure("TIPS", months[-2].iso, absence=Absence.NOT_PUBLISHED, area=WARDS[1])
    open_page(a_leader(), WARDS_PAGE, measure="TIPS", period="2017-08")
    found = sheets(files["Every month by ward (Excel)"]())["Figures"]
    assert (found[0][1], found[0][-1], len(found[0])) == ("Aug 2016", "Aug 2017", 14)
    assert found[1] == ["Ward 1", *(step + 0.5 for step in range(1, 14))]
    assert found[2] == ["Ward 2", *["–"] * 12, "Not yet published"]


def test_one_month_by_ward_is_in_the_table_already(open_page: Open, files: Files) -> None:
    add_council()
    add_measure("TIPS", title="Fly tips")
    add_figure("TIPS", "2017-09", "3", area=WARDS[0])
    open_page(a_leader(), WARDS_PAGE, measure="TIPS")
    assert list(files) == ["Download this table as CSV"]


def test_the_scorecard_is_taken_away_as_it_is_seen(open_page: Open, files: Files) -> None:
    add_council()
    add_measure("BINS", title="=Missed bins", polarity=Polarity.LOWER, decimals=1, unit="percent")
    add_measure("TIPS", title="Fly tips", unit="pounds")
    add_measure("CARE", title="Visits", unit_code="SOCIAL")
    add_target("BINS", "2017-09", "4.25")
    add_figure("BINS", "2017-08", "9.5")
    add_figure("BINS", "2017-09", "30")
    add_figure("TIPS", "2017-09", absence=Absence.NOT_PUBLISHED)
    app = open_page(a_leader(), SCORECARD, period="2017-09", scope="WASTE", order="name")
    assert not app.exception
    book = sheets(files["Download as Excel"]())
    titles, *rows = book["Scorecard"]
    found = {str(row[0]): dict(zip(titles, row, strict=True)) for row in rows}
    assert list(found) == ["=Missed bins", "Fly tips"]
    bins, tips = found.values()
    assert (bins["Code"], bins["Target"], bins["Latest"], bins["Status"]) == ("BINS", 4.25, 30, "Red")
    assert bins["Direction"] == "Worsening: up from 9.5% in August 2017"
    assert (tips["Target"], tips["Latest"], tips["At year end"]) == ("No target", "Not yet published", "–")
    latest = {str(row[0]): row[-2:] for row in book["Twelve months"]}
    assert latest == {
        "Measure": ["August 2017", "September 2017"],
        "=Missed bins": [9.5, 30],
        "Fly tips": latest["Fly tips"],
    }
    assert latest["Fly tips"][-1] == "Not yet published"
    assert dict(book["About"])["What this is"] == "Scorecard: Waste and recycling, September 2017"
    rows_of_file = lines(files["Download as CSV"]())
    assert rows_of_file[0] == titles
    assert [row[0] for row in rows_of_file[1:]] == ["'=Missed bins", "Fly tips"]
    assert "nan" not in str(book) + str(rows_of_file)
    (table,) = docx.Document(io.BytesIO(files["Download for Word"]())).tables
    assert [cell.text for cell in table.columns[0].cells] == ["Measure", "=Missed bins", "Fly tips"]
    assert "Red, the worst first" in PdfReader(io.BytesIO(files["Download as PDF"]())).pages[0].extract_text()
    brief = files["Two minutes, as text"]().decode()
    assert brief.startswith("In two minutes: Waste and recycling, September 2017\n")
    assert files["Infographic as PNG"]().startswith(b"\x89PNG")
    assert files["Infographic as PDF"]().startswith(b"%PDF")
    assert b"=Missed bins: 30.0%" in files["Infographic as SVG"]()
    assert "1. =Missed bins: 30.0% in September 2017, target 4.25%, red." in brief


def test_only_what_the_scorecard_is_narrowed_to_is_taken_away(open_page: Open, files: Files) -> None:
    add_council()
    for code, value in (("A", "1"), ("B", "9")):
        add_measure(code, title="Calls")
        add_target(code, "2017-09", "5")
        add_figure(code, "2017-09", value)
    open_page(a_leader(), SCORECARD, period="2017-09")
    assert [row[0] for row in lines(files["Download as CSV"]())[1:]] == ["Calls (A)", "Calls (B)"]
    open_page(a_user("other", Role.LEADERSHIP, "COUNCIL"), SCORECARD, period="2017-09", status="red")
    assert [row[:2] for row in lines(files["Download as CSV"]())[1:]] == [["Calls", "A"]]


def test_money_against_budget_is_taken_away_without_what_is_no_money(open_page: Open, files: Files) -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    add_measure("SPENT", title="Spent", unit="pounds", unit_code="SOCIAL")
    leader = a_leader()
    app = open_page(leader, SCORECARD, period="2017-09", layout="money", scope="WASTE")
    assert "No measure of this part of the council is in pounds" in texts(app)
    assert files == {}
    open_page(leader, SCORECARD, period="2017-09", layout="money")
    assert [row[0] for row in lines(files["Download as CSV"]())[1:]] == ["Spent"]


def test_a_total_that_would_give_a_small_count_away_is_hidden_in_the_scorecards_file(
    open_page: Open, files: Files
) -> None:
    add_council()
    add_measure("PEOPLE", title="People helped", counts_people=True)
    add_figure("PEOPLE", "2017-09", "2")
    for ward in WARDS[:2]:
        add_figure("PEOPLE", "2017-09", "1", area=ward)
    open_page(a_leader(), SCORECARD, period="2017-09")
    book = sheets(files["Download as Excel"]())
    assert book["Scorecard"][1][5] == "Hidden to protect people"
    assert book["Twelve months"][1][-1] == "Hidden to protect people"
    open_page(a_user("analyst", Role.BI_TEAM, "COUNCIL"), SCORECARD, period="2017-09")
    book = sheets(files["Download as Excel"]())
    assert book["Scorecard"][1][5] == 2
    assert "hidden from others" in dict(book["About"])["Who may see it"]


def test_who_may_not_see_scorecards_takes_none_away(open_page: Open, files: Files) -> None:
    people_by_ward()
    open_page(a_user("councillor", Role.COUNCILLOR, "COUNCIL"), SCORECARD, period="2017-09")
    assert files == {}


def test_a_ward_is_taken_away_as_a_page_and_as_big_numbers(open_page: Open, files: Files) -> None:
    add_council()
    add_measure("TIPS", title="Fly tips")
    add_figure("TIPS", "2017-09", "5", area=WARDS[0])
    app = open_page(a_leader(), "pages/review/ward_profile.py", ward=WARDS[0])
    assert not app.exception
    assert PdfReader(io.BytesIO(files["PDF page"]())).pages[0].extract_text()
    assert files["Infographic as PNG"]().startswith(b"\x89PNG")
    assert b"Fly tips" in files["Infographic as SVG"]()
    assert "Fly tips" in PdfReader(io.BytesIO(files["Infographic as PDF"]())).pages[0].extract_text()
