"""An annual report: its parts in their order, what stays where it is, and the report of the next year."""

from dataclasses import replace

import pytest

from performance.ground.periods import Period
from performance.report.annual import (
    LONGEST_HEADLINE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_CHARTS,
    MOST_SECTIONS,
    AnnualReport,
    NoSuchPartError,
    Place,
    ReportChart,
    Section,
    check_report,
    drawn_first,
    in_order,
    with_chart,
    with_section,
    without_chart,
    without_section,
)
from performance.report.annual_changes import AddCharts, changed, on_record, touched

YEAR = Period.year(2016)
CHART = ReportChart(measure_code="SMOKE", first=Period.year(2011), last=YEAR)
EMPTY = AnnualReport(title="Annual report 2016/17", year=YEAR, id=3)
EMPTY_SECTION = with_section(EMPTY, Section(title="Health"))


def a_report() -> AnnualReport:
    """Sections 1 and 2, with charts 3, 4 and 5 in the first and 6 in the second."""
    report = with_section(with_section(EMPTY, Section(title="Health")), Section(title="Work"))
    for code in ("A", "B", "C"):
        report = with_chart(report, replace(CHART, measure_code=code), section_id=1)
    return with_chart(report, replace(CHART, measure_code="D"), section_id=2)


def stands(report: AnnualReport) -> list[tuple[str, str]]:
    return [(each.title, "".join(chart.measure_code for chart in each.charts)) for each in report.sections]


def test_parts_are_added_at_the_end_each_under_a_number_of_its_own() -> None:
    report = a_report()
    assert stands(report) == [("Health", "ABC"), ("Work", "D")]
    assert [each.id for each in report.sections] == [1, 2]
    assert [each.id for each in report.charts] == [3, 4, 5, 6]
    assert (report.in_short, report.reference) == ("4 charts in 2 sections", "AR-03")
    assert EMPTY.in_short == "0 charts in 0 sections"
    fewer = with_chart(without_chart(report, 6), CHART, section_id=2)
    assert fewer.find_chart(6) is None, "no number is given twice"
    assert fewer.find_chart(7)


def test_a_part_is_changed_where_it_stands() -> None:
    report = with_chart(a_report(), replace(CHART, measure_code="X", id=4, is_carried=True))
    report = with_section(report, Section(id=2, title="Jobs", text="Said"))
    assert stands(report) == [("Health", "AXC"), ("Jobs", "D")]
    assert not report.carried, "whoever keeps it has looked at it"
    assert report.last_id == 6


@pytest.mark.parametrize(
    "change",
    [
        lambda report: with_section(report, Section(id=9, title="Gone")),
        lambda report: without_section(report, 3),
        lambda report: with_chart(report, replace(CHART, id=9)),
        lambda report: with_chart(report, CHART, section_id=9),
        lambda report: without_chart(report, 1),
        lambda report: in_order(report, {3: Place(section_id=9, number=1)}),
    ],
)
def test_what_is_no_longer_there_is_not_changed(change) -> None:
    with pytest.raises(NoSuchPartError):
        change(a_report())


@pytest.mark.parametrize(
    ("places", "charts", "sections"),
    [
        pytest.param({}, ["ABC", "D"], "HW", id="as it was"),
        pytest.param({5: Place(section_id=1, number=1)}, ["CAB", "D"], "HW", id="the last first"),
        pytest.param({3: Place(section_id=1, number=3)}, ["BCA", "D"], "HW", id="the first last"),
        pytest.param({3: Place(section_id=1, number=2)}, ["BAC", "D"], "HW", id="one down"),
        pytest.param({4: Place(section_id=1, number=99)}, ["ACB", "D"], "HW", id="beyond the end"),
        pytest.param({6: Place(section_id=1, number=2)}, ["ADBC", ""], "HW", id="into another section at a number"),
        pytest.param({6: Place(section_id=1, number=1)}, ["ABCD", ""], "HW", id="into another section as it was"),
        pytest.param(
            {3: Place(section_id=1, number=3), 5: Place(section_id=1, number=2)}, ["BCA", "D"], "HW", id="both ways"
        ),
        pytest.param(
            {3: Place(section_id=1, number=2), 4: Place(section_id=1, number=3)}, ["CAB", "D"], "HW", id="two down"
        ),
        pytest.param(
            {4: Place(section_id=1, number=1), 5: Place(section_id=1, number=1)},
            ["BCA", "D"],
            "HW",
            id="two to one place",
        ),
        pytest.param(
            {3: Place(section_id=1, number=2), 4: Place(section_id=1, number=1)}, ["BAC", "D"], "HW", id="two change"
        ),
        pytest.param({2: Place(number=1)}, ["D", "ABC"], "WH", id="a section with its charts"),
        pytest.param({1: Place(number=2)}, ["D", "ABC"], "WH", id="the other way round"),
    ],
)
def test_what_is_numbered_anew_stands_there(places: dict[int, Place], charts: list[str], sections: str) -> None:
    report = in_order(a_report(), places)
    assert [said for _, said in stands(report)] == charts
    assert "".join(title[0] for title, _ in stands(report)) == sections
    assert sorted(each.id for each in report.charts) == [3, 4, 5, 6], "none is lost, and none is there twice"


MONTHS = [Period.month(2015, 1).shifted(month) for month in range(30)]
YEARS = [Period.year(year) for year in range(2008, 2017)]


@pytest.mark.parametrize(
    ("periods", "year", "first", "last"),
    [
        pytest.param(YEARS, None, 2011, 2016, id="the last six years"),
        pytest.param(YEARS, Period.year(2015), 2010, 2015, id="up to the year of the report"),
        pytest.param(YEARS[:3], Period.year(2015), 2008, 2010, id="fewer than six"),
        pytest.param(YEARS, Period.year(2007), 2011, 2016, id="all are later than the report"),
    ],
)
def test_a_new_chart_begins_with_the_last_years_of_the_report(
    periods: list[Period], year: Period | None, first: int, last: int
) -> None:
    drawn = drawn_first(periods, year)
    assert (drawn[0], drawn[-1]) == (Period.year(first), Period.year(last))


def test_a_new_chart_of_months_begins_with_the_same_month_a_year_before() -> None:
    drawn = drawn_first(MONTHS, Period.year(2015))
    assert (drawn[0], drawn[-1]) == (Period.month(2015, 3), Period.month(2016, 3))


def test_several_charts_stand_at_the_end_of_their_section_in_their_order() -> None:
    several = AddCharts(charts=(replace(CHART, measure_code="X"), replace(CHART, measure_code="Y")), section_id=1)
    report = changed(a_report(), several)
    assert stands(report) == [("Health", "ABCXY"), ("Work", "D")]
    assert [each.id for each in report.charts] == [3, 4, 5, 7, 8, 6]
    assert touched(a_report(), several) == ()
    assert on_record(several) == {"change": "charts added", "section": 1, "charts": 2}
    with pytest.raises(NoSuchPartError):
        changed(a_report(), replace(several, section_id=9))


def test_a_section_goes_with_its_charts() -> None:
    assert stands(without_section(a_report(), 1)) == [("Work", "D")]


def test_the_next_year_asks_about_words_that_people_wrote_and_about_nothing_else() -> None:
    report = with_section(a_report(), Section(id=1, title="Health", text="Fewer smoke."))
    report = with_chart(report, replace(CHART, measure_code="A", id=3, headline="Smoking fell"))
    report = with_chart(report, replace(CHART, measure_code="B", id=4, alt="A line that falls"))
    following = report.for_next_year()
    assert (following.title, following.year, following.id, following.version) == (
        "Annual report 2017/18", Period.year(2017), 0, 1,
    )  # fmt: skip
    assert stands(following) == stands(report)
    assert {(each.first, each.last) for each in following.charts} == {(Period.year(2012), Period.year(2017))}
    assert [each.id for each in following.carried] == [1, 3, 4]
    named = with_section(report, Section(id=2, title="Work in 2016/17"))
    assert 2 in [each.id for each in named.for_next_year().carried], "a heading that names the year"
    looked_at = with_chart(following, following.charts[0])
    assert [each.id for each in looked_at.carried] == [1, 4]
    assert not report.carried, "this year's stays as it is"


@pytest.mark.parametrize("field", ["headline", "subtitle", "source", "note", "alt"])
def test_whatever_a_person_wrote_around_a_chart_is_looked_at_a_year_on_and_is_not_too_long(field: str) -> None:
    wordy = with_chart(EMPTY_SECTION, replace(CHART, **{field: "Mine"}), section_id=1)
    assert wordy.for_next_year().charts[0].is_carried
    longest = {"headline": 150, "subtitle": 250, "source": 250, "note": 500, "alt": 2000}[field]
    for many, problems in ((longest, []), (longest + 1, [field])):
        report = with_chart(EMPTY_SECTION, replace(CHART, **{field: "x" * many}), section_id=1)
        assert [each.field for each in check_report(report)] == problems


def test_a_chart_by_months_moves_a_year_on() -> None:
    months = replace(CHART, yearly=False, first=Period.month(2016, 4), last=Period.month(2017, 3))
    (moved,) = with_chart(a_report(), months, section_id=2).for_next_year().charts[-1:]
    assert (moved.first, moved.last) == (Period.month(2017, 4), Period.month(2018, 3))


@pytest.mark.parametrize(
    ("report", "field", "says"),
    [
        pytest.param(replace(EMPTY, title=" "), "title", "Enter what the report is called", id="no name"),
        pytest.param(replace(EMPTY, title="x" * (LONGEST_TITLE + 1)), "title", "characters or less", id="a long name"),
        pytest.param(with_section(EMPTY, Section(title="")), "section", "Enter the heading", id="no heading"),
        pytest.param(
            with_section(EMPTY, Section(title="A", text="x" * (LONGEST_TEXT + 1))),
            "text", "characters or less", id="a long text",
        ),
        pytest.param(
            with_chart(a_report(), replace(CHART, headline="x" * (LONGEST_HEADLINE + 1)), section_id=1),
            "headline", "characters or less", id="a long headline",
        ),
        pytest.param(
            replace(EMPTY, sections=tuple(Section(title="A", id=number) for number in range(MOST_SECTIONS + 1))),
            "section", f"at most {MOST_SECTIONS} sections", id="many sections",
        ),
        pytest.param(
            replace(EMPTY, sections=(Section(title="A", charts=(CHART,) * (MOST_CHARTS + 1)),)),
            "chart", f"at most {MOST_CHARTS} charts", id="many charts",
        ),
    ],
)  # fmt: skip
def test_what_keeps_a_report_from_being_kept(report: AnnualReport, field: str, says: str) -> None:
    (problem,) = check_report(report)
    assert problem.field == field
    assert says in problem.message


def test_the_most_of_everything_is_kept() -> None:
    report = with_section(EMPTY, Section(title="A" * LONGEST_TITLE, text="x" * LONGEST_TEXT))
    charts = tuple(replace(CHART, id=number, headline="x" * LONGEST_HEADLINE) for number in range(MOST_CHARTS))
    assert not check_report(replace(report, sections=(replace(report.sections[0], charts=charts),)))
