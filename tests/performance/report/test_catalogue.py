"""The catalogue names every report of the registry at its levels, the widest first, sent or not."""

from dataclasses import replace
from datetime import date

from performance.report.catalogue import LEVELS, GoesOut, Level, catalogue
from performance.report.schedules import (
    GOING_OUT,
    REPORTS,
    Often,
    ReportKind,
    Schedule,
    Way,
    Whom,
    WhomKind,
    check_schedule,
)

SENT = GoesOut(
    report=ReportKind.BRIEF, level=Level.SERVICE, what="Waste", whom="everybody of Waste",
    often="Each month, after its figures close", made="PDF",
)  # fmt: skip

PLANNED = Schedule(
    report=ReportKind.BRIEF, about="WASTE", ending="docx", way=Way.ATTACHED, often=Often.MONTHLY,
    since=date(2017, 11, 10), whom=Whom(kind=WhomKind.UNIT, code="WASTE"),
)  # fmt: skip


def test_every_report_has_a_level_and_every_level_a_report() -> None:
    assert set(LEVELS) == set(REPORTS)
    assert {level for levels in LEVELS.values() for level in levels} == set(Level)
    found = catalogue([])
    assert [each.level for each in found] == sorted((each.level for each in found), key=list(Level).index)
    assert {each.sent for each in found} == {"–"}


def test_what_goes_out_stands_at_its_level_alone() -> None:
    sent = [each for each in catalogue([SENT]) if each.goes_out]
    assert [(each.level, each.report) for each in sent] == [(Level.SERVICE, ReportKind.BRIEF)]
    assert sent[0].sent == "Waste: everybody of Waste. Each month, after its figures close (PDF)"
    assert sent[0].files == "Word, PDF, Text"


def test_who_reads_it_is_said_by_role() -> None:
    by_report = {each.report: each.readers for each in catalogue([])}
    assert "Councillor" in by_report[ReportKind.WARD_PROFILE]
    assert "Councillor" not in by_report[ReportKind.SCORECARD]
    assert by_report[ReportKind.ANNUAL] == "Policy officer"
    assert "Employee" in by_report[ReportKind.PLAN_PAGE]


def test_what_is_taken_from_its_page_goes_out_by_no_schedule() -> None:
    taken = [kind for kind in ReportKind if kind not in GOING_OUT]
    assert taken == [ReportKind.PLAN_PAGE, ReportKind.RECOVERY_PLAN, ReportKind.MEMO]
    for kind in taken:
        (problem,) = check_schedule(replace(PLANNED, report=kind))
        assert (problem.field, problem.message) == (
            "report", f"{REPORTS[kind].title}: it is taken from its own page",
        )  # fmt: skip
