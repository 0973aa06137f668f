"""Every file that the registry names can be made, and every one that can be made is named to whoever plans one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cycle.home import _making
from cycle.report.annual import reports as annual
from performance.ground.people import Permission, User
from performance.ground.periods import Frequency, Period
from performance.report.annual import ChartKind, ReportChart, Section
from performance.report.annual_changes import KeepChart, touched
from performance.report.editions import Audience
from performance.report.schedules import FORMATS, GOING_OUT, REPORTS, ReportKind
from reporting.papers.endings import writers
from tests.builders import WARDS, add_figure, add_measure
from tests.cycle.home.test_reports import MONTHLY, Office, an_edition

OCTOBER, YEAR = Period.month(2017, 10), Period.year(2016)
BEGINS = {
    "docx": b"PK", "pptx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "txt": b"In two minutes",
    "png": b"\x89PNG", "svg": b"<svg",
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, sqlite_database: str) -> Office:
    assert sqlite_database
    return Office(tmp_path)


def an_annual_report(officer: User, *, headline: str = "") -> str:
    """Its number: of one chart, which falls."""
    add_measure("YEARLY", frequency=Frequency.YEARLY, unit="percent", decimals=1)
    for year, figure in ((2014, "18.2"), (2015, "17.4"), (2016, "16.1")):
        add_figure("YEARLY", Period.year(year).iso, figure)
    number = annual.begin_report("Annual report 2016/17", YEAR, by=officer)
    chart = ReportChart(
        measure_code="YEARLY", first=Period.year(2014), last=YEAR, kind=ChartKind.BARS, headline=headline
    )
    for change in (Section(title="Health", text="Said"), KeepChart(chart=chart, section_id=1)):
        seen = annual.get_report(number, by=officer).report
        annual.change_report(number, change, seen=touched(seen, change), by=officer)
    return str(number)


def _about(report: ReportKind, office: Office) -> str:
    def ward(_office: Office) -> str:
        add_measure("TIPS")
        add_figure("TIPS", "2017-10", "5", area=WARDS[0])
        return WARDS[0]

    def edition(office: Office) -> str:
        an_edition(office, Audience.EVERYBODY)
        return ""

    ways: dict[ReportKind, Callable[[Office], str]] = {
        ReportKind.WARD_PROFILE: ward,
        ReportKind.WARD_INFOGRAPHIC: ward,
        ReportKind.PACK: edition,
        ReportKind.ANNUAL: lambda office: an_annual_report(office.officer),
    }
    return ways.get(report, lambda _office: "WASTE")(office)


@pytest.mark.parametrize("report", ReportKind)
def test_the_registry_names_what_can_be_made_and_nothing_else(report: ReportKind) -> None:
    assert set(REPORTS[report].endings) == set(writers(report))
    assert set(REPORTS[report].endings) <= set(FORMATS)


@pytest.mark.parametrize("report", GOING_OUT)
def test_and_each_of_them_is_made(report: ReportKind, office: Office) -> None:
    about = _about(report, office)
    assert office.officer.may(Permission.MAKE_REPORTS)
    for ending in REPORTS[report].endings:
        wanted = replace(MONTHLY, report=report, about=about, ending=ending, since=date(2017, 11, 10))
        made = _making.make(wanted, OCTOBER, office.officer)
        assert isinstance(made, _making.Made), (made, ending)
        assert made.write().startswith(BEGINS[ending])
