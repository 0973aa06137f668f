"""Files of figures through the page: asked about, corrected for a reason, and taken back. As the BI team uses it."""

import re
from collections.abc import Sequence
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from cycle.do.files import uploads
from performance.ground.organisation import ReturnStatus
from performance.ground.people import NotAllowedError, Role, User
from tests.builders import COUNCIL, WARDS, a_user, add_council, add_figure, add_measure, add_share, add_target
from tests.conftest import rows_of
from tests.cycle.do.files.test_importing import add_return
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
UPLOAD, IMPORTS = "pages/do/upload.py", "pages/do/imports.py"


@pytest.fixture
def bi() -> User:
    add_council()
    add_measure("BINS", title="Missed bins")
    for month, value in enumerate(("40", "42", "41"), start=1):
        add_figure("BINS", f"2016-0{month}", value)
    return a_user("bi", Role.BI_TEAM, "COUNCIL")


def upload(app: AppTest, rows: Sequence[str], name: str = "bins.csv") -> AppTest:
    text = "\n".join(["measure_code,area_code,period,value", *rows])
    app.file_uploader[0].upload(name, text.encode())
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(each for each in app.button if each.label == label).click().run()
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


SLIP = f"BINS,{COUNCIL},2016-04,430"


def test_an_unusual_row_waits_until_someone_says_that_it_is_right(bi: User, open_page: Open) -> None:
    app = upload(open_page(bi, UPLOAD), [SLIP, f"BINS,{COUNCIL},2016-05,44"])
    assert "Did you mean 43?" in texts(app)
    assert "Bring in 1 figure" in labels(app)
    app.checkbox[0].check().run()
    press(app, "Bring in 2 figures")
    assert rows_of("SELECT count(*) FROM figures WHERE revision = 1") == [(5,)]
    assert "2 rows read: 2 new." in texts(app)


def ways_to_a_receipt(app: AppTest) -> list[tuple[str, str]]:
    return [
        (each.proto.label, each.proto.query_string) for each in app.get("page_link") if "receipt" in each.proto.label
    ]


def test_what_was_brought_in_leads_once_to_its_receipt(bi: User, open_page: Open) -> None:
    press(upload(open_page(bi, UPLOAD), [f"BINS,{COUNCIL},2016-04,43"]), "Bring in 1 figure")
    app = press(upload(open_page(bi, UPLOAD), [f"BINS,{COUNCIL},2016-05,44"]), "Bring in 1 figure")
    assert ways_to_a_receipt(app) == [("Open the receipt: what it changed, and taking it back", "import=2")]
    assert ways_to_a_receipt(app.run()) == []
    assert "1 figure it changed" in texts(open_page(bi, IMPORTS, **{"import": "2"}))


def test_a_service_is_led_to_what_it_brought_in_and_is_not_told_to_take_it_back(bi: User, open_page: Open) -> None:
    app = press(upload(open_page(a_user(), UPLOAD), [f"BINS,{COUNCIL},2016-04,43"]), "Bring in 1 figure")
    assert ways_to_a_receipt(app) == [("Open the receipt: what it changed", "import=1")]


def test_what_is_brought_in_and_should_be_looked_at_is_said(bi: User, open_page: Open) -> None:
    add_share("EXCL", title="Permanent exclusions", decimals=2)
    app = upload(open_page(bi, UPLOAD), [f"EXCL,{COUNCIL},2016-04,0.22"])
    assert "Brought in, and to be looked at: 1" in [each.label for each in app.expander]
    assert "If it is a share of one, multiply it by 100." in texts(app)
    assert "Bring in 1 figure" in labels(app)


def test_left_alone_it_is_left_out(bi: User, open_page: Open) -> None:
    app = upload(open_page(bi, UPLOAD), [SLIP, f"BINS,{COUNCIL},2016-05,44"])
    press(app, "Bring in 1 figure")
    assert rows_of("SELECT period_start FROM figures ORDER BY id DESC LIMIT 1")[0][0].endswith("05-01")


def test_what_is_signed_off_is_corrected_for_a_reason_typed_on_the_page(bi: User, open_page: Open) -> None:
    add_figure("BINS", "2017-09", "41")
    add_return(ReturnStatus.APPROVED)
    app = upload(open_page(bi, UPLOAD), [f"BINS,{COUNCIL},2017-09,43"])
    assert "Signed off by" in texts(app)
    assert "Bring in 1 figure" not in labels(app)
    app.text_area(key=next(each.key for each in app.text_area if "upload-reason" in each.key)).input("Recounted").run()
    press(app, "Bring in 1 figure")
    assert rows_of("SELECT reason, decided_by FROM reopenings") == [("Recounted", "bi")]


def test_a_file_that_is_none_of_figures_says_what_one_is(bi: User, open_page: Open) -> None:
    app = open_page(bi, UPLOAD)
    app.file_uploader[0].upload("list.csv", b"name,age\nA,4")
    app.run()
    assert "A file of figures has the columns measure_code" in app.error[0].value.replace("\\", "")


def test_an_import_is_taken_back_on_the_page_that_lists_it(bi: User, open_page: Open) -> None:
    press(upload(open_page(bi, UPLOAD), [f"BINS,{COUNCIL},2016-03,43"]), "Bring in 1 figure")
    app = open_page(bi, IMPORTS, **{"import": "1"})
    assert "1 figure it changed" in texts(app)
    press(app, "Take back 1 figure")
    assert "Enter why the import is taken back" in texts(app)
    app.text_area[0].input("The wrong file")
    press(app, "Take back 1 figure")
    assert "Taken back." in texts(app)
    assert [revision for (revision,) in rows_of("SELECT revision FROM figures WHERE period_start LIKE '2016-03%'")] == [
        1, 2, 3,
    ]  # fmt: skip


def test_a_service_sees_what_an_import_changed_of_its_own_and_takes_nothing_back(bi: User, open_page: Open) -> None:
    press(upload(open_page(bi, UPLOAD), [f"BINS,{COUNCIL},2017-10,43"]), "Bring in 1 figure")
    app = open_page(a_user(), IMPORTS, **{"import": "1"})
    assert "1 figure it changed" in texts(app)
    assert labels(app) == ["Sign out"]


def test_a_change_says_by_how_much_it_differs_and_what_it_does_to_the_rating(bi: User, open_page: Open) -> None:
    add_target("BINS", "2016-03", "43")
    words = texts(upload(open_page(bi, UPLOAD), [f"BINS,{COUNCIL},2016-03,43", f"BINS,{COUNCIL},2016-04,40"]))
    assert ">+2<" in words
    assert ">Amber to green<" in words
    assert ">–<" in words


def cells(app: AppTest, caption: str) -> list[str]:
    """All cells of a table in the order they are read, its headings first."""
    (table,) = [each.proto.body for each in app.get("html") if f"<caption>{caption}</caption>" in each.proto.body]
    return re.findall(r">([^<>]*)(?:<details.*?</details>)?</t[hd]>", table)


def test_preview_and_receipt_say_what_stood_before_ahead_of_what_comes_and_areas_by_name(
    bi: User, open_page: Open
) -> None:
    heads = ["Measure", "Area", "Period", "Before", "Brought in", "Difference", "Rating"]
    revised = ["Missed bins (BINS)", "Testing", "March 2016", "41", "43", "+2", "Not rated: no target"]
    new = ["Missed bins (BINS)", "Ward 2", "April 2016", "Nothing", "4", "–", "Not rated: no target"]
    given = [f"BINS,{COUNCIL},2016-03,43", f"BINS,{WARDS[1]},2016-04,4"]
    app = upload(open_page(bi, UPLOAD), given)
    assert cells(app, "Changed rows") == [*heads, "Row", *revised, "2"]
    assert cells(app, "New rows") == [*heads, "Row", *new, "3"]
    press(app, "Bring in 2 figures")
    receipt = open_page(bi, IMPORTS, **{"import": "1"})
    assert cells(receipt, "2 figures it changed") == [*heads, *new, *revised]


def test_who_has_no_return_takes_a_file_away_that_can_be_brought_back(bi: User, open_page: Open) -> None:
    add_measure("GONE", active_to=date(2016, 3, 31))
    app = open_page(bi, UPLOAD)
    assert "Download a file to fill in (CSV)" in str(app.main)
    content = uploads.build_figures_file(by=bi)
    assert content.decode("utf-8-sig").splitlines() == [
        "measure_code,area_code,period,numerator,denominator,value,status,commentary",
        f"BINS,{COUNCIL},2017-10-01/P1M,,,,,",
    ]
    filled = content.decode("utf-8-sig").replace("/P1M,,,", "/P1M,,,41").encode()
    app.file_uploader[0].upload("figures.csv", filled)
    app.run()
    assert "1 row read: 1 new." in texts(app)


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area(key="pasted_0").input(text)
    return press(app, "Read these rows")


def test_who_has_no_return_is_told_which_heading_to_paste_with_the_rows(bi: User, open_page: Open) -> None:
    app = open_page(bi, UPLOAD)
    assert app.text_area(key="pasted_0").label == (
        "Rows copied from a spreadsheet, with the heading measure_code, area_code, period and the rest"
    )
    (refused,) = paste(app, "BINS\t43").error
    assert refused.value.replace("\\", "") == (
        "Write a heading over the rows and paste them again: measure_code, area_code, period, and value, or numerator "
        "and denominator."
    )
    app = paste(open_page(bi, UPLOAD), f"measure_code\tarea_code\tperiod\tvalue\nBINS\t{COUNCIL}\t2016-03\t43")
    assert "Bring in 1 figure" in labels(app)


def test_who_has_a_return_may_paste_rows_without_a_heading(bi: User, open_page: Open) -> None:
    app = open_page(a_user(), UPLOAD)
    assert app.text_area(key="pasted_0").label.endswith("A heading may be there or not")
    assert "Put 1 figure into my return" in labels(paste(app, "BINS\t43"))


def test_a_file_to_fill_in_is_for_those_who_may_bring_figures_in() -> None:
    add_council()
    with pytest.raises(NotAllowedError):
        uploads.build_figures_file(by=a_user("leader", Role.LEADERSHIP, "COUNCIL"))
