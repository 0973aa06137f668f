"""Everybody who signs in reads which reports there are; no person and no folder is named to them."""

from io import BytesIO
from pathlib import Path

import docx
import pytest

from cycle.report import catalogue, schedules
from performance.ground.people import Role
from performance.report.schedules import Often, ReportKind, Way, Whom, WhomKind
from reporting.papers import catalogue as papers
from tests.builders import a_user
from tests.cycle.home.test_reports import TO_MEMBERS, Office
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/report/reports_available.py"


@pytest.fixture
def office(tmp_path: Path, sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    assert sqlite_database
    monkeypatch.setenv("REPORT_FOLDERS", f"Hidden share[members]={tmp_path}")
    found = Office(tmp_path)
    found.plan()
    found.plan(about="PLACE", whom=Whom(kind=WhomKind.PERSON, code="manager"), often=Often.WEEKLY)
    found.plan(report=ReportKind.PACK, about="", way=Way.FOLDER, folder="Hidden share", whom=TO_MEMBERS)
    stopped = found.plan(about="HOUSING")
    schedules.stop_schedule(stopped, version=1, by=found.officer)
    return found


@pytest.mark.parametrize("role", Role)
def test_everybody_reads_it_without_names(role: Role, office: Office, open_page: Open) -> None:
    assert office
    app = open_page(a_user("reader", role, "COUNCIL"), PAGE)
    said = texts(app)
    assert not app.exception
    assert "Waste and recycling: everybody of Waste and recycling. Each month, after its figures close" in said
    assert "Place: one person. Each week, on its first working day" in said
    assert "in a folder, for councillors and officers" in said
    assert "Service manager, WASTE" not in said
    assert "Hidden share" not in said
    assert "Housing" not in said


def test_the_paper_says_what_the_page_says(office: Office, open_page: Open) -> None:
    found = catalogue.read_catalogue(by=office.manager)
    said = texts(open_page(office.manager, PAGE))
    written = docx.Document(BytesIO(papers.as_word(found.reports, council=found.council, known="Today")))
    cells = {cell.text for table in written.tables for row in table.rows[1:] for cell in row.cells}
    assert len(cells) > 10
    assert [cell for cell in cells if cell not in said] == []
    assert papers.as_pdf(found.reports, council=found.council, known="Today").startswith(b"%PDF")
