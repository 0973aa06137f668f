"""Annual reports, as the policy officer begins, fills, orders and carries them over; refused to everybody else."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from cycle.report.annual import reports
from performance.ground.people import Role, User
from performance.ground.periods import Frequency, Period
from performance.report.annual import AnnualReport, ReportChart, Section
from performance.report.annual_changes import KeepChart, Rename
from tests.builders import NATION, a_user, add_figure, add_measure
from tests.cycle.report.annual.test_charts import a_yearly_measure
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
LIST, ONE, CHART = "pages/report/annual_reports.py", "pages/report/annual_report.py", "pages/report/annual_chart.py"
YEAR = Period.year(2016)
DRAWN = ReportChart(measure_code="YEARLY", first=Period.year(2014), last=YEAR, comparators=(NATION,))
HEADLINE = "Measure YEARLY: down to 16.1%, lowest since 2014/15"


@pytest.fixture
def officer(sqlite_database: str) -> User:
    return a_yearly_measure()


def a_report(officer: User, *sections: Section) -> AnnualReport:
    report_id = reports.begin_report("Annual report 2016/17", YEAR, by=officer)
    for section in sections or (Section(title="Health", text="Said"), Section(title="Work")):
        reports.change_report(report_id, section, seen=(), by=officer)
    return now(officer)


def with_charts(officer: User, *charts: ReportChart) -> AnnualReport:
    report = a_report(officer)
    for chart in charts:
        report = reports.change_report(report.id, KeepChart(chart=chart, section_id=1), seen=(), by=officer)
    return report


def now(officer: User) -> AnnualReport:
    """The newest report as it is kept."""
    return reports.list_reports(by=officer).reports[0]


def press(app: AppTest, label: str) -> AppTest:
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def box(app: AppTest, label: str, kind: str = "text_input") -> Any:
    return next(each for each in app.get(kind) if each.label == label)


def test_a_report_is_begun_and_listed(officer: User, open_page: Open) -> None:
    app = open_page(officer, LIST)
    assert "There is no annual report yet." in texts(app)
    assert box(app, "What it is called").value == "Annual report 2016/17"
    press(app, "Begin it")
    assert (now(officer).title, now(officer).year) == ("Annual report 2016/17", YEAR)
    app = open_page(officer, LIST)
    assert "0 charts in 0 sections" in texts(app)
    press(app, "Begin it")
    assert "There is a report called Annual report 2016/17 of 2016/17 already." in texts(app)
    assert len(reports.list_reports(by=officer).reports) == 1


def test_a_chart_is_kept_in_a_section_and_changed_there(officer: User, open_page: Open) -> None:
    report = a_report(officer)
    app = open_page(officer, CHART, report=str(report.id), section="2", measure="YEARLY")
    assert box(app, "Section", "selectbox").value == f"{report.id}-2"
    press(app, "Add it to the report")
    (chart,) = now(officer).sections[1].charts
    assert (chart.measure_code, chart.headline, chart.alt) == ("YEARLY", "", ""), "what is suggested is nobody's words"

    app = open_page(officer, CHART, report=str(report.id), figure=str(chart.id), measure="YEARLY")
    headline = next(each for each in app.text_input if str(each.key).startswith("words-headline-"))
    assert headline.value == HEADLINE
    headline.input("Lowest of all").run()
    press(app, "Keep it as figure of Annual report 2016/17")
    (chart,) = now(officer).sections[1].charts
    assert chart.headline == "Lowest of all"

    app = open_page(officer, CHART, report=str(report.id), figure=str(chart.id), measure="YEARLY")
    headline = next(each for each in app.text_input if str(each.key).startswith("words-headline-"))
    assert headline.value == "Lowest of all"
    app = open_page(officer, CHART, report="99")
    assert "The link asks for “99” as “Report”" in texts(app)


def test_one_chart_after_another_is_added_without_leaving_the_page(officer: User, open_page: Open) -> None:
    report = a_report(officer)
    app = open_page(officer, CHART, report=str(report.id), section="2", measure="YEARLY")
    app = press(app, "Add it, and make another")
    assert "The chart is kept: Annual report 2016/17 has 1 chart in 2 sections. Choose the measure of the next." in (
        texts(app)
    )
    assert box(app, "Section", "selectbox").value == f"{report.id}-2"
    app = press(app, "Add it, and make another")
    assert "has 2 charts in 2 sections." in texts(app)
    assert [len(each.charts) for each in now(officer).sections] == [0, 2]


def test_charts_of_several_measures_are_added_at_once(officer: User, open_page: Open) -> None:
    add_measure("OTHER", title="Another one", frequency=Frequency.YEARLY)
    add_figure("OTHER", YEAR.iso, "5")
    report = a_report(officer)
    app = open_page(officer, ONE, report=str(report.id))
    choice = box(app, "Measures to draw in Work", "multiselect")
    assert choice.options == ["Another one (OTHER)", "Measure YEARLY (YEARLY)"]
    choice.set_value(["OTHER", "YEARLY"])
    app = press(app, "Add their charts to Work")
    assert "Their charts are kept: 2 charts in 2 sections." in texts(app)
    assert [each.measure_code for each in now(officer).sections[1].charts] == ["OTHER", "YEARLY"]
    assert box(app, "Measures to draw in Health", "multiselect").options == [], "each is in the report already"
    assert "Choose the measures first." in texts(press(app, "Add their charts to Health"))


def test_words_around_a_chart_are_kept_with_it_and_empty_ones_are_the_suggestion(
    officer: User, open_page: Open
) -> None:
    report = with_charts(officer, DRAWN)
    (chart,) = report.charts
    query = {"report": str(report.id), "figure": str(chart.id), "measure": "YEARLY"}
    query |= {"from": DRAWN.first.iso, "to": YEAR.iso, "with": NATION}

    def boxes(app: AppTest) -> dict[str, Any]:
        found = [*app.text_input, *app.text_area]
        return {each.label: each for each in found if str(each.key).startswith("words-")}

    app = open_page(officer, CHART, **query)
    for label, words in (("Subtitle", "Of those asked"), ("Source", "Our survey"), ("Note", "By telephone")):
        boxes(app)[label].input(words)
    press(app.run(), "Keep it as figure of Annual report 2016/17")
    (kept,) = now(officer).charts
    assert (kept.headline, kept.subtitle, kept.source, kept.note) == (
        "",
        "Of those asked",
        "Our survey",
        "By telephone",
    )
    said = texts(open_page(officer, ONE, report=str(report.id)))
    for words in ("Of those asked", "Source: Our survey. Data as known at", "By telephone"):
        assert words in said, words
    app = open_page(officer, CHART, **query)
    assert boxes(app)["Subtitle"].value == "Of those asked"
    assert boxes(open_page(officer, CHART, **(query | {"chart": "bars"})))["Subtitle"].value == "", "of another chart"
    for label in ("Subtitle", "Source", "Note"):
        boxes(app)[label].input("")
    press(app.run(), "Keep it as figure of Annual report 2016/17")
    assert now(officer).charts == (chart,), "the suggestion is nobody's words"


def test_the_way_to_a_section_is_shown_where_there_is_none(officer: User, open_page: Open) -> None:
    app = open_page(officer, CHART, measure="YEARLY")
    assert "There is no report with a section yet." in texts(app)


def test_a_report_shows_its_charts_and_what_is_to_be_looked_at(officer: User, open_page: Open) -> None:
    doubtful = ReportChart(measure_code="YEARLY", first=DRAWN.first, last=YEAR, headline="It rose")
    report = with_charts(officer, DRAWN, doubtful)
    app = open_page(officer, ONE, report=str(report.id))
    assert not app.exception
    said = texts(app)
    for words in ("Figure 1. " + HEADLINE, "Figure 2. It rose", "2 charts in 2 sections", 'The headline says "rose"'):
        assert words in said, words
    assert "To look at before it goes out: 1 part" in [each.label for each in app.expander]
    assert len(app.get("image") or app.get("imgs")) == 2
    assert [each.proto.label for each in app.get("download_button")] == [
        "Download the report for Word", "Download the report as PDF", "Download the report for PowerPoint",
        "Download the report for Excel",
    ]  # fmt: skip


def test_sections_are_written_added_and_taken_out(officer: User, open_page: Open) -> None:
    report = a_report(officer)
    app = open_page(officer, ONE, report=str(report.id))
    boxes = [each for each in app.text_input if each.label == "Heading"]
    boxes[0].input("Good health")
    press(app, "Keep the section")
    assert [each.title for each in now(officer).sections] == ["Good health", "Work"]
    [each for each in app.text_input if each.label == "Heading"][-1].input("Homes")
    press(app, "Add the section")
    assert [each.title for each in now(officer).sections] == ["Good health", "Work", "Homes"]
    assert [each for each in app.text_input if each.label == "Heading"][-1].value == "", "the form is empty again"
    press(app, "Take the section out")
    assert [each.title for each in now(officer).sections] == ["Work", "Homes"]
    press(app, "Add the section")
    assert "Enter the heading of the section" in texts(app)


def test_charts_are_ordered_by_numbers_and_moved_to_another_section(officer: User, open_page: Open) -> None:
    report = with_charts(officer, DRAWN, ReportChart(measure_code="YEARLY", first=YEAR, last=YEAR))
    app = open_page(officer, ONE, report=str(report.id))
    places = [each for each in app.number_input if each.label.startswith("Place: ")]
    places[1].set_value(1)
    press(app, "Keep the order")
    assert [each.id for each in now(officer).charts] == [4, 3]
    [each for each in app.selectbox if each.label.startswith("Section: ")][1].select(2)
    press(app, "Keep the order")
    assert [[each.id for each in section.charts] for section in now(officer).sections] == [[4], [3]]
    press(app, "Take figure 1 out")
    assert [each.id for each in now(officer).charts] == [3]


def test_the_next_year_is_begun_and_says_what_is_to_be_looked_at(officer: User, open_page: Open) -> None:
    own = ReportChart(measure_code="YEARLY", first=DRAWN.first, last=YEAR, headline="Lowest of all")
    report = with_charts(officer, DRAWN, own)
    app = open_page(officer, ONE, report=str(report.id))
    assert "Nothing is left to look at" in texts(app)
    press(app, "Begin the report of 2017/18 from this one")
    following = now(officer)
    assert following.title == "Annual report 2017/18"
    app = open_page(officer, ONE, report=str(following.id))
    assert "Its heading and text were written for the year before." in texts(app)
    press(open_page(officer, ONE, report=str(report.id)), "Begin the report of 2017/18 from this one")
    assert len(reports.list_reports(by=officer).reports) == 2
    press(app, "Keep the section")
    assert not now(officer).sections[0].is_carried, "kept is looked at"


def test_what_was_typed_stays_where_somebody_else_changed_the_section(officer: User, open_page: Open) -> None:
    report, other = a_report(officer), a_user("other", Role.POLICY_OFFICER)
    app = open_page(officer, ONE, report=str(report.id))
    heading = next(each for each in app.text_input if each.label == "Heading")
    heading.input("Mine")
    theirs = Section(id=1, title="Theirs", text="Said")
    reports.change_report(report.id, theirs, seen=("Health", "Said"), by=other)
    press(app, "Keep the section")
    assert "Somebody else changed this report a moment ago." in texts(app)
    assert next(each for each in app.text_input if each.label == "Heading").value == "Mine"
    assert now(officer).sections[0].title == "Theirs"
    press(app, "Keep the section")
    assert now(officer).sections[0].title == "Mine"


def test_boxes_that_nobody_touched_put_nothing_back(officer: User, open_page: Open) -> None:
    report, other = with_charts(officer, DRAWN), a_user("other", Role.POLICY_OFFICER)
    app = open_page(officer, ONE, report=str(report.id))
    theirs = Section(id=1, title="Health", text="Theirs")
    reports.change_report(report.id, theirs, seen=("Health", "Said"), by=other)
    reports.change_report(report.id, Rename(title="Theirs"), seen=(report.title,), by=other)
    press(app, "Keep the name")
    assert "Somebody else changed this report" in texts(app)
    press(app, "Keep the section")
    assert "Somebody else changed this report" in texts(app)
    assert (now(officer).title, now(officer).sections[0].text) == ("Theirs", "Theirs")


def test_a_figure_that_somebody_else_changed_meanwhile_is_not_overwritten(officer: User, open_page: Open) -> None:
    report, other = with_charts(officer, DRAWN), a_user("other", Role.POLICY_OFFICER)
    (chart,) = report.charts
    app = open_page(officer, CHART, report=str(report.id), figure=str(chart.id), measure="YEARLY")
    theirs = KeepChart(chart=replace(chart, headline="Theirs"))
    reports.change_report(report.id, theirs, seen=(chart,), by=other)
    alt = next(each for each in app.text_area if str(each.key).startswith("words-alt-"))
    alt.input("Mine").run()
    press(app, "Keep it as figure of Annual report 2016/17")
    assert "Somebody else changed this report a moment ago." in texts(app)
    assert now(officer).charts[0].headline == "Theirs"
    press(app, "Keep it as figure of Annual report 2016/17")
    assert now(officer).charts[0].alt == "Mine", "having been told"


def test_words_stay_with_the_measure_and_the_chart_that_they_are_of(officer: User, open_page: Open) -> None:
    add_measure("OTHER", frequency=Frequency.YEARLY)
    for year in (2014, 2015, 2016):
        add_figure("OTHER", Period.year(year).iso, "5")
    own = replace(DRAWN, headline="Lowest of all", alt="A line that falls")
    report = with_charts(officer, own)
    (chart,) = report.charts
    kept = {"report": str(report.id), "figure": str(chart.id), "from": own.first.iso, "to": own.last.iso}

    def boxes(**query: str) -> tuple[str, str]:
        app = open_page(officer, CHART, **(kept | {"measure": "YEARLY", "with": NATION} | query))
        assert not app.exception
        headline = next(each for each in app.text_input if str(each.key).startswith("words-headline-"))
        alt = next(each for each in app.text_area if str(each.key).startswith("words-alt-"))
        return headline.value, alt.value

    assert boxes() == ("Lowest of all", "A line that falls")
    assert boxes(chart="bars")[0] == "Lowest of all"
    assert boxes(chart="bars")[1].startswith("Bar chart of")
    headline, alt = boxes(measure="OTHER", **{"with": "none"})
    assert "OTHER" in headline
    assert alt.startswith("Line chart of measure OTHER")


def test_a_figure_that_waits_for_next_years_number_can_be_changed_and_still_waits(
    officer: User, open_page: Open
) -> None:
    own = replace(DRAWN, headline="Lowest of all")
    report = with_charts(officer, own)
    following = reports.begin_next(report.id, by=officer)
    (chart,) = reports.get_report(following, by=officer).report.charts
    app = open_page(
        officer, CHART, report=str(following), figure=str(chart.id), measure="YEARLY",
        **{"from": chart.first.iso, "to": chart.last.iso, "with": NATION},
    )  # fmt: skip
    press(app, "Keep it as figure of Annual report 2017/18")
    (kept,) = reports.get_report(following, by=officer).report.charts
    assert (kept.last, kept.headline, kept.is_carried) == (Period.year(2017), "Lowest of all", False)


def test_a_report_is_named_anew_and_taken_away(officer: User, open_page: Open) -> None:
    report = a_report(officer)
    app = open_page(officer, ONE, report=str(report.id))
    next(each for each in app.text_input if each.label == "What it is called").input("The year")
    press(app, "Keep the name")
    assert now(officer).title == "The year"
    (sure,) = app.checkbox
    sure.check().run()
    press(app, "Take the report away")
    assert not reports.list_reports(by=officer).reports


def test_it_is_refused_to_whoever_makes_no_reports(officer: User, open_page: Open) -> None:
    report, manager = a_report(officer), a_user("manager", Role.SERVICE_MANAGER, "WASTE")
    for file in (LIST, ONE):
        app = open_page(manager, file, report=str(report.id))
        assert "Health" not in texts(app)
        assert not app.button or all(each.label == "Sign out" for each in app.button)
    assert "There is no such annual report." in texts(open_page(officer, ONE, report="99"))
