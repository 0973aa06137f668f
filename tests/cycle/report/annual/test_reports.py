"""Annual reports are begun, kept, ordered, begun again for the next year; their words are held against the figures."""

import json
from dataclasses import replace

import pytest

from cycle.report.annual import operator, reports
from data_access.do import returns
from data_access.store.audit import list_breaks, list_deeds_without_rows, list_events
from data_access.store.database import reading, transaction
from data_access.store.ledger import list_differences
from performance.ground.measures import Frequency
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from performance.ground.values import Absence
from performance.report.annual import AnnualReport, ChartKind, Place, ReportChart, Section
from performance.report.annual_changes import Change, KeepChart, Rename, Reorder, TakeOut, touched
from tests.builders import NATION, REGION, a_user, add_figure, add_measure, vouch
from tests.cycle.report.annual.test_charts import a_yearly_measure

pytestmark = pytest.mark.usefixtures("database_on_both")
YEAR = Period.year(2016)
CHART = ReportChart(
    measure_code="YEARLY", first=Period.year(2014), last=YEAR, comparators=(NATION,), kind=ChartKind.BARS
)


@pytest.fixture
def officer(database_on_both: str) -> User:
    return a_yearly_measure()


def change(report_id: int, what: Change, officer: User, *, seen: AnnualReport | None = None) -> AnnualReport:
    """The change, by somebody who saw the report as it stands, or as it stood."""
    seen = seen or reports.get_report(report_id, by=officer).report
    return reports.change_report(report_id, what, seen=touched(seen, what), by=officer)


def begun(officer: User, *charts: ReportChart) -> AnnualReport:
    """A report with a section, and these charts in it."""
    report_id = reports.begin_report(" Annual report 2016/17 ", YEAR, by=officer)
    report = change(report_id, Section(title=" Health ", text=" Said "), officer)
    for chart in charts:
        report = change(report_id, KeepChart(chart=chart, section_id=1), officer)
    return report


def shown(report: AnnualReport, officer: User) -> reports.ReportView:
    return reports.get_report(report.id, by=officer)


def test_what_is_kept_is_there_when_it_is_opened_again(officer: User) -> None:
    chart = replace(
        CHART, headline="Down, and down", alt="Bars", subtitle="Of all", source="Us", note="Well", yearly=True
    )
    kept = begun(officer, chart, replace(CHART, comparators=(), kind=ChartKind.LINE))
    opened = shown(kept, officer).report
    assert opened == kept
    assert (opened.title, opened.sections[0].title, opened.sections[0].text) == (
        "Annual report 2016/17", "Health", "Said",
    )  # fmt: skip
    assert opened.charts[0] == replace(chart, id=2)
    assert reports.list_reports(by=officer).reports == (kept,)


def test_a_chart_is_drawn_with_the_words_that_its_figures_suggest_where_nobody_wrote_any(officer: User) -> None:
    view = shown(begun(officer, CHART), officer)
    (chart,) = view.charts.values()
    assert chart.page is not None
    assert chart.page.headline == "Measure YEARLY: down to 16.1%, lowest since 2014/15"
    assert [each.name for each in chart.page.series] == ["Testing", "England"]
    assert not view.left
    add_figure("YEARLY", YEAR.iso, "19", revision=2)
    (chart,) = shown(view.report, officer).charts.values()
    assert chart.page is not None
    assert chart.page.headline == "Measure YEARLY: up to 19.0%, highest since 2014/15"


def test_words_are_held_against_the_figures(officer: User) -> None:
    view = shown(begun(officer, replace(CHART, headline="It rose"), replace(CHART, headline="It fell")), officer)
    assert view.left == (
        ("It rose", ('The headline says "rose", but the figure went from 18.2% in 2014/15 to 16.1% in 2016/17.',)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("chart", "says"),
    [
        pytest.param(
            replace(CHART, last=Period.year(2017)),
            "There is no figure of 2017/18. It ends with 2016/17.",
            id="a year that is not known yet",
        ),
        pytest.param(
            replace(CHART, first=Period.year(2020), last=Period.year(2021)),
            "There are no figures between these two periods.",
            id="no figure at all",
        ),
        pytest.param(
            replace(CHART, comparators=(NATION, "GONE")),
            "It has nothing to compare with of GONE in these periods.",
            id="nobody to compare with",
        ),
        pytest.param(
            replace(CHART, measure_code="GONE"), "There is no measure GONE in the register any more.", id="no measure"
        ),
    ],
)
def test_a_chart_that_cannot_be_drawn_as_it_is_chosen_says_why(officer: User, chart: ReportChart, says: str) -> None:
    view = shown(begun(officer, chart, CHART), officer)
    ((_, why),) = view.left
    assert why[0].startswith(says)
    assert view.to_write.parts[0].pages, "what can be drawn goes out"


def test_the_next_years_report_asks_only_about_what_people_wrote(officer: User) -> None:
    own = replace(CHART, headline="Lowest of all")
    report = begun(officer, own, replace(CHART, comparators=(REGION,)))
    add_figure("YEARLY", Period.year(2017).iso, "17.0")
    following_id = reports.begin_next(report.id, by=officer)
    view = reports.get_report(following_id, by=officer)
    assert (view.report.title, view.report.year) == ("Annual report 2017/18", Period.year(2017))
    asked = dict(view.left)
    assert asked["Health"] == ("Its heading and text were written for the year before.",)
    assert asked["Lowest of all"][0].startswith("There is no figure of 2017/18"), "the year is not over"
    assert any(each.startswith("Its words were written for the year before.") for each in asked["Lowest of all"])
    assert shown(report, officer).report == report, "this year's is as it was"
    with pytest.raises(reports.AnnualReportError, match="Annual report 2017/18 is begun already"):
        reports.begin_next(report.id, by=officer)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        pytest.param(Section(id=1, title="Health", text="Theirs"), Section(id=1, title="Ours"), id="a section"),
        pytest.param(
            KeepChart(chart=replace(CHART, id=2, headline="Theirs")), KeepChart(chart=replace(CHART, id=2, alt="Ours")),
            id="a figure",
        ),
        pytest.param(KeepChart(chart=replace(CHART, id=2, alt="Theirs")), TakeOut(chart_id=2), id="taken out"),
        pytest.param(Section(id=1, title="Theirs"), TakeOut(section_id=1), id="a section taken out"),
        pytest.param(
            Reorder(places={3: Place(section_id=1, number=1)}), Reorder(places={2: Place(section_id=1, number=1)}),
            id="the order",
        ),
        pytest.param(Rename(title="Theirs"), Rename(title="Ours"), id="the name"),
    ],
)  # fmt: skip
def test_a_change_to_what_somebody_else_changed_is_not_made(officer: User, theirs: Change, ours: Change) -> None:
    seen, other = begun(officer, CHART, replace(CHART, comparators=())), a_user("other", Role.POLICY_OFFICER)
    now = change(seen.id, theirs, other)
    with pytest.raises(reports.AnnualReportMovedError):
        change(seen.id, ours, officer, seen=seen)
    assert shown(seen, officer).report == now
    change(seen.id, ours, officer)  # having looked


def test_two_who_change_different_parts_are_not_in_each_others_way(officer: User) -> None:
    seen, other = begun(officer, CHART), a_user("other", Role.POLICY_OFFICER)
    change(seen.id, Rename(title="Theirs"), other)
    change(seen.id, Section(id=1, title="Ours"), officer, seen=seen)
    now = change(seen.id, KeepChart(chart=CHART, section_id=1), officer, seen=seen)
    assert (now.title, now.sections[0].title, len(now.charts)) == ("Theirs", "Ours", 2)
    with pytest.raises(reports.AnnualReportMovedError):
        reports.remove_report(seen.id, version=seen.version, by=officer)


def test_parts_are_taken_out_moved_and_named_anew(officer: User) -> None:
    report = begun(officer, CHART, replace(CHART, comparators=()))
    change(report.id, Section(title="Work"), officer)
    places = {2: Place(section_id=4, number=1), 4: Place(number=1)}
    moved = change(report.id, Reorder(places=places), officer)
    assert [(each.title, [chart.id for chart in each.charts]) for each in moved.sections] == [
        ("Work", [2]), ("Health", [3]),
    ]  # fmt: skip
    assert [each.id for each in change(report.id, TakeOut(chart_id=2), officer).charts] == [3]
    assert [each.title for each in change(report.id, TakeOut(section_id=4), officer).sections] == ["Health"]
    assert change(report.id, Rename(title=" The year "), officer).title == "The year"
    with pytest.raises(reports.AnnualReportError, match="no longer there"):
        change(report.id, TakeOut(section_id=4), officer)


def test_what_cannot_be_kept_is_refused_and_nothing_changes(officer: User) -> None:
    report = begun(officer, CHART)
    for what, says in (
        (Rename(title=" "), "Enter what the report is called"),
        (Section(title=""), "Enter the heading of the section"),
    ):
        with pytest.raises(reports.AnnualReportRefusedError, match=says):
            change(report.id, what, officer)
    with pytest.raises(reports.AnnualReportRefusedError, match="already"):
        reports.begin_report("ANNUAL report 2016/17", YEAR, by=officer)
    assert reports.list_reports(by=officer).reports == (report,)


def test_charts_of_several_measures_are_kept_at_once_as_their_figures_suggest_them(officer: User) -> None:
    add_measure("MONTHS")
    for month in range(19):
        add_figure("MONTHS", Period.month(2016, 4).shifted(month).iso, "9")
    add_measure("NEW")
    add_figure("NEW", "2017-09", "5")
    report = begun(officer)
    kept = reports.add_charts(report.id, ("NEW", "YEARLY", "MONTHS"), section_id=1, by=officer)
    assert kept == shown(report, officer).report
    new, yearly, months = kept.charts
    assert yearly == replace(CHART, kind=ChartKind.LINE, id=yearly.id), "by years, beside the first comparator"
    assert (new.yearly, new.first, new.last) == (False, Period.month(2017, 9), Period.month(2017, 9)), "no year is over"
    assert (months.yearly, months.first, months.last, months.comparators) == (True, YEAR, YEAR, ())
    assert not any(each.headline or each.alt for each in kept.charts), "what is suggested is nobody's words"


def test_of_an_earlier_year_nothing_later_is_drawn(officer: User) -> None:
    report_id = reports.begin_report("Annual report 2015/16", Period.year(2015), by=officer)
    change(report_id, Section(title="Health"), officer)
    (chart,) = reports.add_charts(report_id, ("YEARLY",), section_id=1, by=officer).charts
    assert (chart.first, chart.last) == (Period.year(2014), Period.year(2015))
    following = reports.get_report(reports.begin_next(report_id, by=officer), by=officer)
    assert following.left == (), "the figures of the year on are there, and nobody wrote a word"


@pytest.mark.parametrize(
    ("codes", "section_id", "says"),
    [
        pytest.param((), 1, "Choose the measures first.", id="nothing chosen"),
        pytest.param(("MONTHS",), 9, "That part of the report is no longer there.", id="no such section"),
        pytest.param(("YEARLY",), 1, "The report has charts of all of these by now.", id="all are there"),
        pytest.param(("EMPTY", "GONE"), 1, "There are no figures of EMPTY or GONE to draw yet.", id="two without"),
        pytest.param(("YEARLY", "GONE"), 1, "There are no figures of GONE to draw yet.", id="no such measure"),
        pytest.param(("YEARLY", "EMPTY"), 1, "There are no figures of EMPTY to draw yet.", id="no figure"),
    ],
)
def test_several_charts_are_kept_all_or_none(officer: User, codes: tuple[str, ...], section_id: int, says: str) -> None:
    add_measure("EMPTY", title="Nothing")
    add_measure("MONTHS")
    add_figure("MONTHS", "2017-03", "9")
    report = begun(officer, CHART)
    with pytest.raises(reports.AnnualReportError, match=says):
        reports.add_charts(report.id, codes, section_id=section_id, by=officer)
    assert shown(report, officer).report == report


def test_a_chart_is_made_once_however_many_ask_for_it(officer: User) -> None:
    report = begun(officer, CHART)
    add_measure("MONTHS")
    add_figure("MONTHS", "2017-03", "9")
    kept = reports.add_charts(report.id, ("MONTHS", "YEARLY", "MONTHS"), section_id=1, by=officer)
    assert [each.measure_code for each in kept.charts] == ["YEARLY", "MONTHS"]


def test_a_new_chart_ends_with_the_newest_figure_and_is_beside_whom_it_can_be_compared_with(officer: User) -> None:
    add_measure("OLD", title="Old", frequency=Frequency.YEARLY)
    for year in range(2004, 2017):
        if year < 2008:
            add_figure("OLD", Period.year(year).iso, str(year - 2000))
        else:
            add_figure("OLD", Period.year(year).iso, absence=Absence.NOT_PUBLISHED)
    for year in (2001, 2002):
        add_figure("OLD", Period.year(year).iso, "5")
        add_figure("OLD", Period.year(year).iso, "5", area=NATION)
    report = begun(officer)
    (chart,) = reports.add_charts(report.id, ("OLD",), section_id=1, by=officer).charts
    assert (chart.first, chart.last, chart.comparators) == (Period.year(2001), Period.year(2007), (NATION,))
    later = begun_another(officer)
    for year in range(2008, 2017):
        add_figure("OLD", Period.year(year).iso, "7", revision=2)
    (chart,) = reports.add_charts(later, ("OLD",), section_id=1, by=officer).charts
    assert (chart.first, chart.last, chart.comparators) == (Period.year(2011), YEAR, ())
    view = reports.get_report(later, by=officer)
    assert view.left == ()


def begun_another(officer: User) -> int:
    number = reports.begin_report("Another", YEAR, by=officer)
    change(number, Section(title="Health"), officer)
    return number


def test_a_report_is_taken_away(officer: User) -> None:
    report = begun(officer)
    reports.remove_report(report.id, version=report.version, by=officer)
    assert not reports.list_reports(by=officer).reports
    for ask in (reports.get_report, reports.begin_next):
        with pytest.raises(reports.AnnualReportError, match="There is no such annual report"):
            ask(report.id, by=officer)


def test_the_record_says_what_was_done_and_not_what_was_written(officer: User) -> None:
    vouch()
    report = begun(officer, replace(CHART, headline="A secret headline"))
    reports.begin_next(report.id, by=officer)
    reports.remove_report(report.id, version=report.version, by=officer)
    with reading() as session:
        events = [each for each in list_events(session) if "annual report" in each.verb]
        assert [each.verb for each in events] == [
            "begin annual report", "change annual report", "change annual report", "begin annual report",
            "remove annual report",
        ]  # fmt: skip
        assert "secret" not in "".join(str(each) for each in events)
        assert [json.loads(each.after) for each in events[1:3]] == [
            {"change": "section added"}, {"change": "chart added", "section": 1},
        ]  # fmt: skip
        assert events[0].subject == "annual report AR-01, 2016-04-01/P1Y"
        assert not [*list_breaks(session), *list_differences(session), *list_deeds_without_rows(session)]


def test_only_who_makes_reports_may(officer: User) -> None:
    report, manager = begun(officer), a_user("manager", Role.SERVICE_MANAGER, "WASTE")
    with pytest.raises(NotAllowedError):
        reports.get_report(report.id, by=manager)


def test_the_operator_writes_the_report_of_a_year_by_its_name_where_there_are_several(officer: User) -> None:
    with pytest.raises(reports.AnnualReportError, match="There is no annual report of 2016/17"):
        operator.report_to_write(YEAR, "")
    begun(officer, CHART)
    assert [part.title for part in operator.report_to_write(YEAR, "").parts] == ["Health"]
    reports.begin_report("In short", YEAR, by=officer)
    with pytest.raises(reports.AnnualReportError, match=r"In short, Annual report 2016/17\. Say which with --name"):
        operator.report_to_write(YEAR, "")
    assert operator.report_to_write(YEAR, "in SHORT").title == "In short"


def test_what_cannot_be_drawn_has_no_number_and_is_not_in_the_file(officer: User) -> None:
    view = shown(begun(officer, replace(CHART, measure_code="GONE"), CHART), officer)
    assert view.numbers == {3: 1}
    assert [len(part.pages) for part in view.to_write.parts] == [1]


def test_figures_that_nobody_has_signed_off_do_not_go_out(officer: User) -> None:
    report = begun(officer, CHART)
    with transaction() as session:
        returns.save_draft(session, unit_code="WASTE", period=Period.month(2017, 3))
    ((_, why),) = shown(report, officer).left
    assert why[0].startswith("There is no figure of 2016/17")


def test_a_chart_by_months_is_kept_and_drawn(officer: User) -> None:
    add_measure("MONTHLY")
    for step in range(6):
        add_figure("MONTHLY", Period.month(2017, 4).shifted(step).iso, "10")
    chart = ReportChart(measure_code="MONTHLY", yearly=False, first=Period.month(2017, 4), last=Period.month(2017, 9))
    (drawn,) = shown(begun(officer, chart), officer).charts.values()
    assert drawn.page is not None
    assert len(drawn.page.periods) == 6
