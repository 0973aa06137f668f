"""Setting up the council, as the BI team uses the page."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

from cycle.admin import setup
from cycle.admin.setup_receipts import list_receipts
from cycle.do.files.importing import list_known
from intake.files.csv_text import read_csv
from intake.setup.setup_file import read_setup
from performance.ground.people import Role, User
from reporting.tables import setup_template
from tests.builders import a_user, add_council, add_measure
from tests.conftest import rows_of
from tests.cycle.do.files.test_importing import everything
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/admin/set_up.py"
MEASURES = ("measure_code", "title", "unit", "polarity", "accumulation", "frequency", "organisation_unit")


def a_workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    page.write_string(number, place, cell)
    return out.getvalue()


def two_measures(polarity: str = "higher") -> bytes:
    rows = [(f"SEA0{number}", f"Measure {number}", "number", polarity, "in_period", "monthly", "WASTE")
            for number in (1, 2)]  # fmt: skip
    return a_workbook({"measures": [MEASURES, *rows]})


def upload(app: AppTest, content: bytes, name: str = "council.xlsx") -> AppTest:
    app.file_uploader[0].upload(name, content)
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def bi() -> User:
    add_council()
    return a_user("bi", Role.BI_TEAM, "COUNCIL")


def test_the_empty_workbook_is_there_to_take_away_and_uploaded_as_it_is_changes_nothing(
    bi: User, open_page: Open
) -> None:
    app = open_page(bi, PAGE)
    assert [each.proto.label for each in app.get("download_button")] == ["Download the empty workbook"]
    upload(app, setup_template.build())
    assert "headings and examples only" in texts(app)
    assert not [button for button in app.button if button.key == "set_up_confirm"]


def test_what_would_change_is_shown_first_written_when_confirmed_and_kept_as_a_receipt(
    bi: User, open_page: Open
) -> None:
    add_measure("SEA01", title="An old name")
    before = everything()
    app = upload(open_page(bi, PAGE), two_measures())
    assert everything() == before
    found = texts(app)
    assert "Nothing has been written yet" in found
    assert "An old name" in found and "Measure 1" in found and "SEA02" in found  # noqa: PT018
    assert [button.label for button in app.button if button.key == "set_up_confirm"] == ["Bring in 2 rows"]

    app.button(key="set_up_confirm").click().run()
    assert not app.exception
    assert rows_of("SELECT title FROM measures ORDER BY code") == [("Measure 1",), ("Measure 2",)]
    (receipt,) = list_receipts(by=bi)
    assert (receipt.by, receipt.source, receipt.sheets) == ("bi", "council.xlsx", {"measures": (1, 1)})
    assert "2 rows changed." in texts(app)
    assert f"Receipt of import {receipt.number}" in texts(app)
    assert app.query_params["receipt"] == str(receipt.number)
    assert "bi brought in 2 rows from council.xlsx" in texts(open_page(bi, PAGE, receipt=str(receipt.number)))


def test_a_mistake_is_named_with_its_sheet_row_and_column_and_nothing_is_written(bi: User, open_page: Open) -> None:
    before = everything()
    app = upload(open_page(bi, PAGE), two_measures(polarity="upwards"))
    assert [each.value for each in app.error] == ["There are 2 problems in the file. Nothing was changed."]
    found = texts(app)
    assert "polarity" in found
    assert "upwards&quot; is not one of: higher, lower, range" in found
    assert everything() == before


def test_one_sheet_may_come_as_csv_even_as_the_second_download_of_it(bi: User, open_page: Open) -> None:
    text = ",".join(MEASURES) + "\nSEA01,Measure 1,number,higher,in_period,monthly,WASTE\n"
    app = upload(open_page(bi, PAGE), text.encode(), name="measures (1).csv")
    assert [button.label for button in app.button if button.key == "set_up_confirm"] == ["Bring in 1 row"]


def a_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" + " " * 90_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.pdf", b"%PDF-1.7", "neither a .csv file nor an .xlsx workbook"),
        ("council.xlsx", b"not a workbook at all", "is not an Excel workbook"),
        ("council.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "has a password"),
        ("council.xlsx", b"PK" + b"\0" * 10_000_001, "larger than 10 MB"),
        ("council.xlsx", b"", "is not an Excel workbook"),
        ("measures.csv", b"", "is empty"),
        ("measures.csv", b"\xff\xfe\0", "UTF-16"),
    ],
)
def test_what_is_no_workbook_is_said_in_a_sentence(
    name: str, content: bytes, said: str, bi: User, open_page: Open
) -> None:
    app = upload(open_page(bi, PAGE), content, name)
    assert said in app.error[0].value
    assert "Nothing was changed." in app.error[0].value


def test_a_zip_bomb_is_not_unpacked(bi: User, open_page: Open) -> None:
    assert "would unpack to" in upload(open_page(bi, PAGE), a_bomb()).error[0].value


def test_what_changed_meanwhile_is_shown_again_before_anything_is_written(bi: User, open_page: Open) -> None:
    add_measure("SEA01", title="An old name")
    app = upload(open_page(bi, PAGE), two_measures())
    text = ",".join(MEASURES) + "\nSEA01,Someone else's name,number,higher,in_period,monthly,WASTE\n"
    other, _ = read_setup([read_csv(text.encode(), name="measures")], known=list_known())
    setup.import_setup(other, source="other.csv")

    app.button(key="set_up_confirm").click().run()
    assert "Someone changed the register since this was shown" in texts(app)
    assert "Someone else&#x27;s name" in texts(app)
    assert rows_of("SELECT title FROM measures") == [("Someone else's name",)]
    app.button(key="set_up_confirm").click().run()
    assert len(rows_of("SELECT title FROM measures")) == 2


def test_settings_and_people_are_for_an_administrator_by_file_too(bi: User, open_page: Open) -> None:
    settings = [("name", "value"), ("council_name", "Seaborough District Council")]
    people = [("username", "name", "roles"), ("boss", "Boss", "administrator@COUNCIL")]
    app = upload(open_page(bi, PAGE), a_workbook({"settings": settings, "people": people}))
    assert texts(app).count("People and settings are changed by an administrator") == 2
    assert rows_of("SELECT count(*) FROM people") == [(1,)]


def test_two_thousand_measures_are_counted_and_the_first_are_shown(bi: User, open_page: Open) -> None:
    rows = [(f"M{number:04}", f"Measure {number}", "number", "higher", "in_period", "monthly", "WASTE")
            for number in range(2000)]  # fmt: skip
    app = upload(open_page(bi, PAGE), a_workbook({"measures": [MEASURES, *rows]}))
    assert [button.label for button in app.button if button.key == "set_up_confirm"] == ["Bring in 2,000 rows"]
    assert "... and 1,900 more." in texts(app)
    app.button(key="set_up_confirm").click().run()
    assert rows_of("SELECT count(*) FROM measures") == [(2000,)]
