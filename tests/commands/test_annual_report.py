"""The annual report from the command line: as the file that was asked for, or a sentence why not."""

from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from cycle.report.annual import reports
from performance.ground.periods import Period
from performance.report.annual import ReportChart, Section
from performance.report.annual_changes import KeepChart
from tests.command_line import manage
from tests.cycle.report.annual.test_charts import a_yearly_measure

pytestmark = pytest.mark.usefixtures("sqlite_database")
YEAR = Period.year(2016)


def test_the_report_of_a_year_is_written_as_the_file_that_was_asked_for(tmp_path: Path) -> None:
    officer, path = a_yearly_measure(), tmp_path / "report.docx"
    refused = manage("report", "annual", "--period", "2016/17", "--output", path)
    assert (refused.returncode, path.exists()) == (1, False)
    assert refused.stderr.startswith("There is no annual report of 2016/17."), refused.stderr
    report_id = reports.begin_report("Annual report", YEAR, by=officer)
    reports.change_report(report_id, Section(title="Health"), seen=(), by=officer)
    chart = ReportChart(measure_code="YEARLY", first=Period.year(2014), last=YEAR)
    reports.change_report(report_id, KeepChart(chart=chart, section_id=1), seen=(), by=officer)
    written = manage("report", "annual", "--period", "2016/17", "--output", path)
    assert written.stdout.startswith("Annual report is in "), written.stderr
    assert ": 1 chart." in written.stdout
    assert "Health" in [each.text for each in docx.Document(str(path)).paragraphs]
    paged = tmp_path / "report.PDF"
    manage("report", "annual", "--period", "2016-04-01/P1Y", "--name", "annual report", "--output", paged)
    assert "Health" in PdfReader(paged).pages[0].extract_text()
    assert manage("report", "annual", "--period", "2016/17", "--output", tmp_path / "report.svg").returncode == 2
