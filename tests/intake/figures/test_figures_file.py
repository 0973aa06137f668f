"""A row of figures is read exactly, or refused with its row, its column and a sentence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.figures.figures_file import COLUMNS, choose_table, fit_period, read_figures
from intake.files.csv_text import read_csv
from intake.files.tables import FileNotReadError
from performance.ground.figures import Figure, FigureStatus
from performance.ground.incoming import FiguresRead, Known, how_many_read
from performance.ground.measures import Accumulation, Measure
from performance.ground.organisation import Area, AreaKind
from performance.ground.periods import Frequency, Period, YearBasis, parse_period
from performance.ground.texts import clean
from performance.ground.values import Absence
from reporting.tables.rows import write_csv
from tests.intake.known import COUNCIL, a_measure, a_share, known

HEADING = ",".join(COLUMNS)


def read(*rows: str, against: Known | None = None, heading: str = HEADING) -> FiguresRead:
    text = "\n".join([heading, *rows])
    return read_figures(read_csv(text.encode(), name="figures"), known=against or known())


def only(*rows: str, against: Known | None = None) -> Figure:
    found = read(*rows, against=against)
    assert not found.problems, found.problems[0].in_words
    return found.lines[0].figure


def problems(*rows: str, against: Known | None = None, heading: str = HEADING) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in read(*rows, against=against, heading=heading).problems]


def test_counts_a_value_and_each_absence_are_read() -> None:
    found = read(
        f"S1,{COUNCIL},2015-06-01/P1M,412,438,,,",
        f'A10,{COUNCIL},2015-06,,,9.40,provisional,"Fewer, again"',
        f"A10,{COUNCIL},2015-07,,,z,,",
        f"A10,{COUNCIL},2015-08,,,x,,",
        f"A10,{COUNCIL},2015-09,,,c,estimated,",
        f"A10,{COUNCIL},2015-10,,,,,",
    )
    figures = [line.figure for line in found.lines]
    assert (figures[0].numerator, figures[0].denominator) == (Decimal(412), Decimal(438))
    assert (figures[1].value, figures[1].status, figures[1].commentary) == (
        Decimal("9.40"), FigureStatus.PROVISIONAL, "Fewer, again",
    )  # fmt: skip
    assert [each.absence for each in figures[2:]] == [
        Absence.NOT_APPLICABLE, Absence.NOT_PUBLISHED, Absence.SUPPRESSED,
    ]  # fmt: skip
    assert found.empty_rows == 1
    assert not found.problems


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("A1O,{area},2015-06,,,1,,", "measure_code"),
        (",{area},2015-06,,,1,,", "measure_code"),
        ("A10,E99999999,2015-06,,,1,,", "area_code"),
        ("A10,Wolverhampton,2015-06,,,1,,", "area_code"),
        ("A10,{area},2015-13,,,1,,", "period"),
        ("A10,{area},,,,1,,", "period"),
        ("A10,{area},2015-04-01/P3M,,,1,,", "period"),
        ("A10,{area},2016-03-31/P1D,,,1,,", "period"),
        ("A10,{area},2015-06,,,12x,,", "value"),
        ("A10,{area},2015-06,,,1_000,,", "value"),
        ("A10,{area},2015-06,,,nan,,", "value"),
        ("A10,{area},2015-06,,,inf,,", "value"),
        ("A10,{area},2015-06,,,1e308,,", "value"),
        ("A10,{area},2015-06,,,\u0663,,", "value"),
        ("A10,{area},2015-06,,,96.5%,,", "value"),
        ("A10,{area},2015-06,,,-1,,", "value"),
        ("S1,{area},2015-06,9,8,,,", "numerator"),
        ("S1,{area},2015-06,9,,,,", "denominator"),
        ("S1,{area},2015-06,9,10,91.0,,", "value"),
        ("S1,{area},2015-06,9,10,z,,", "value"),
        ("A10,{area},2015-06,,,1,firm,", "status"),
        ("A10,{area},2015-06,,,1,," + "a" * 4001, "commentary"),
        ("A10,{area},2015-06,,,,,Only words", "value"),
        ("\u041010,{area},2015-06,,,1,,", "measure_code"),
    ],
)
def test_a_row_that_cannot_be_kept_is_named_with_its_column(row: str, column: str) -> None:
    assert problems(row.format(area=COUNCIL)) == [(2, column)]


FULL = ["A10", COUNCIL, "2015-06", "", "", "9", "final", "Two wet weeks"]


@pytest.mark.parametrize(
    "row", [FULL, [*FULL[:6], "", ""], [*FULL[:6], "final", ""], ["S1", *FULL[1:3], "9", "10"] + [""] * 3]
)
def test_wherever_a_cell_is_left_out_no_row_is_read_as_another(row: list[str]) -> None:
    whole = only(",".join(row))
    for place in range(len(row)):
        found = read(",".join([*row[:place], *row[place + 1 :]]))
        assert (
            len(found.problems)
            or found.empty_rows
            or [
                (line.figure.value, line.figure.numerator, line.figure.denominator, line.figure.status)
                for line in found.lines
            ]
            == [(whole.value, whole.numerator, whole.denominator, whole.status)]
        ), f"without cell {place}"


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (f"A10,{COUNCIL},2015-06,,,9,", 9),
        (f"A10,{COUNCIL},2015-06,,,9,final", 9),
        (f"A10,{COUNCIL},2015-06,,,9", 9),
        (f"A10,{COUNCIL},2015-06,,,x,", None),
        (f"S1,{COUNCIL},2015-06,9,10,,", None),
    ],
)
def test_last_columns_that_may_be_empty_may_be_left_off_with_or_without_commas(row: str, value: int | None) -> None:
    assert only(row).value == value


@pytest.mark.parametrize(
    ("row", "heading", "said"),
    [
        (f"A10,{COUNCIL}", HEADING, "period is empty. Every row needs one."),
        ("A10", HEADING, "area code is empty. Every row needs one."),
        (f"A10,{COUNCIL},2015-06,,,9,final,,3,,", f"{HEADING},revision,recorded_at,recorded_by,problems", "11 cells"),
        (f"{COUNCIL},2015-06,,,9,final,Words", HEADING, "not in the"),
    ],
)
def test_a_row_that_is_short_where_it_may_not_be_says_so(row: str, heading: str, said: str) -> None:
    assert said in " ".join(problem.message for problem in read(row, heading=heading).problems)


def test_a_number_parted_by_a_comma_of_its_own_is_no_number_with_a_commentary() -> None:
    heading = "measure_code,area_code,period,value,commentary"
    for number in ("1,234", "96,5"):
        (problem,) = read(f"A10,{COUNCIL},2015-06,{number}", heading=heading).problems
        assert problem.column == "commentary"
        assert "without a comma" in problem.message
    assert not read(f"A10,{COUNCIL},2015-06,1,234 calls", heading=heading).problems


def test_an_unknown_code_is_said_with_its_nearest_match() -> None:
    rows = [f"A10,{COUNCIL},2015-{month:02d},,,1,," for month in range(1, 13)]
    rows.append(f"A1O,{COUNCIL},2016-01,,,1,,")
    (problem,) = read(*rows).problems
    assert problem.in_words == 'Row 14: measure code "A1O" is not in the register. The nearest match is "A10".'


def test_the_same_figure_twice_in_one_file_is_a_problem_however_the_period_is_written() -> None:
    assert problems(f"A10,{COUNCIL},2015-06,,,1,,", f"A10,{COUNCIL},June 2015,,,2,,") == [(3, "period")]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234", "1234"), ("1 234", "1234"), ("(3.4)", "-3.4"), ("£1.2m", "1200000"), ("−3.4", "-3.4"), ("0", "0")],
)
def test_numbers_as_people_write_them_are_read_and_echoed(text: str, number: str) -> None:
    against = known(a_measure(unit="pounds", may_be_negative=True))
    found = read(f'A10,{COUNCIL},2015-06,,,"{text}",,', against=against)
    assert found.lines[0].figure.value == Decimal(number)
    said = f'"{text}" was read as {number}: value, row 2.'
    assert [each.in_words for each in found.readings] == ([] if text == "0" else [said])


def test_a_published_value_keeps_every_digit() -> None:
    against = known(a_measure(unit="percent", decimals=1))
    assert only(f"A10,{COUNCIL},2015-06,,,2.7618645600916603,,", against=against).value == Decimal("2.7618645600916603")


def test_the_value_an_export_prints_beside_counts_is_accepted() -> None:
    figure = only(f"S1,{COUNCIL},2015-06,412,438,94.1,,")
    assert (figure.numerator, figure.value) == (Decimal(412), None)
    assert only(f"S1,{COUNCIL},2015-06,0,0,z,,").absence is None


def test_unknown_columns_are_named_and_missing_ones_too() -> None:
    assert problems("x", heading="valeu,value") == [(1, "valeu"), (1, "measure_code")]
    found = read("x", heading="measure_code,area_code,period,valeu").problems
    assert 'The nearest match is "value"' in found[0].message


def test_the_columns_an_export_adds_are_read_past() -> None:
    heading = f"{HEADING},revision,recorded_at,recorded_by,Problems"
    found = read(f"A10,{COUNCIL},2015-06,,,1,final,,3,2015-07-01,somebody,", heading=heading)
    assert [line.revision_seen for line in found.lines] == [3]


def test_a_figure_under_a_code_an_area_had_later_belongs_to_that_area() -> None:
    sheffield = Area(code="E08000019", name="Sheffield", kind=AreaKind.OTHER_COUNCIL, aliases=("E08000039", "Steel"))
    assert only("A10,E08000039,2015-06,,,1,,", against=known(a_measure(), areas=(sheffield,))).area_code == "E08000019"
    assert problems("A10,Steel,2015-06,,,1,,", against=known(a_measure(), areas=(sheffield,))) == [(2, "area_code")]


def test_figures_after_the_end_of_a_ward_or_a_measure_are_refused() -> None:
    ward = Area(code="E05001321", name="Bilston East", kind=AreaKind.WARD, valid_to=date(2023, 5, 3))
    against = known(a_measure(active_to=date(2015, 5, 31)), a_measure("B1"), areas=(ward,))
    assert problems(f"A10,{COUNCIL},2015-06,,,1,,", against=against) == [(2, "period")]
    assert problems("B1,E05001321,2023-06,,,1,,", against=against) == [(2, "area_code")]
    assert only("B1,E05001321,2023-05,,,1,,", against=against)


YEARLY = a_measure(frequency=Frequency.YEARLY)
POOLED = a_measure(frequency=Frequency.YEARLY, accumulation=Accumulation.ROLLING)
SNAPSHOT = a_measure(frequency=Frequency.YEARLY, accumulation=Accumulation.SNAPSHOT)
QUARTERLY = a_measure(frequency=Frequency.QUARTERLY)


@pytest.mark.parametrize(
    ("measure", "text", "kept"),
    [
        pytest.param(YEARLY, "2015-11-16/P1Y", "2015-11-16/P1Y", id="a year may start on any day"),
        pytest.param(YEARLY, "2013-01-01/P3Y", None, id="pooled years belong to rolling measures"),
        pytest.param(POOLED, "2013-01-01/P3Y", "2013-01-01/P3Y", id="three years pooled"),
        pytest.param(YEARLY, "2015-06", None, id="a month is no year"),
        pytest.param(SNAPSHOT, "2016-03-31/P1D", "2015-04-01/P1Y", id="a snapshot's day is kept under its year"),
        pytest.param(QUARTERLY, "2015-07-01/P3M", "2015-07-01/P3M", id="a quarter"),
        pytest.param(QUARTERLY, "2015-05-01/P3M", None, id="three months that are no quarter"),
        pytest.param(a_measure(), "2015-06-15/P1M", None, id="a month begins on its first"),
    ],
)
def test_a_period_fits_the_measure_or_is_refused(measure: Measure, text: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(ValueError, match="A10"):
            fit_period(parse_period(text), measure)
    else:
        assert fit_period(parse_period(text), measure).iso == kept


def test_a_year_in_words_follows_the_measure_s_own_year() -> None:
    against = known(a_measure(frequency=Frequency.YEARLY, year_basis=YearBasis.ACADEMIC))
    assert only(f"A10,{COUNCIL},2015/16,,,1,,", against=against).period == Period(start=date(2015, 9, 1), months=12)


def test_of_several_sheets_the_one_named_figures_is_meant() -> None:
    first, second = (read_csv(HEADING.encode(), name=name) for name in ("Notes", "Figures"))
    assert choose_table([first, second]) is second
    with pytest.raises(FileNotReadError, match="Several sheets"):
        choose_table([first, first])


numbers = st.decimals(min_value=0, max_value=10**11, places=3, allow_nan=False)


@given(
    value=numbers,
    commentary=st.text(max_size=200),
    status=st.sampled_from(FigureStatus),
    month=st.integers(1, 12),
)
def test_what_is_written_out_is_read_back_the_same(
    value: Decimal, commentary: str, status: FigureStatus, month: int
) -> None:
    kept = clean(commentary)
    row = ["A10", COUNCIL, Period.month(2015, month).iso, None, None, value, status.value, kept]
    figure = only(*write_csv(COLUMNS, [row]).decode().split("\r\n", 1)[1:])
    assert (figure.value, figure.commentary, figure.status) == (value, kept, status)


@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=12), min_size=1, max_size=9
    )
)
def test_no_row_whatever_is_in_it_ends_in_anything_but_a_figure_or_a_problem(cells: list[str]) -> None:
    text = write_csv(COLUMNS, [[*cells, *[""] * (8 - len(cells))]])
    found = read_figures(read_csv(text, name="figures"), known=known(a_measure(), a_share()))
    assert len(found.lines) + found.empty_rows + bool(found.problems) <= 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"A10,{COUNCIL},2015-06,,,9,,\nA10,{COUNCIL},2015-07,,,9,,", "holds none of the column headings"),
        (f"Figures for June\nmeasure_code,area_code,period,value\nA10,{COUNCIL},2015-06,9", "none of the column"),
        ("measure_code,area_code,periods,wert,note\nA10,X,Y,1,2", 'no column "periods", "wert" or "note"'),
        ("measure_code,value\nA10,1\nA10,2", 'The columns "area_code" and "period" are missing'),
    ],
    ids=["no heading row", "a title above it", "columns nobody knows", "columns left out"],
)
def test_one_fault_of_the_whole_file_is_one_sentence(text: str, said: str) -> None:
    found = read_figures(read_csv(text.encode(), name="figures"), known=known(a_measure())).problems
    assert said in found[0].message
    assert [problem.message for problem in found[1:]] in ([], ['The column "period" is missing.'])


@pytest.mark.parametrize("mark", ["..", "-", "N/A", "[low]", "*", ":"])
def test_the_marks_of_published_tables_are_named_with_what_to_write(mark: str) -> None:
    (problem,) = read(f"A10,{COUNCIL},2015-06,,,{mark},,").problems
    assert problem.column == "value"
    assert problem.message == (f'"{mark}" is no figure. Write x for not available, z for not applicable, c for hidden.')


@pytest.mark.parametrize("written", ["[c]", "C", "[C]"])
def test_an_absence_may_be_written_as_published_tables_do_and_is_said(written: str) -> None:
    found = read(f"A10,{COUNCIL},2015-06,,,{written},,")
    assert [line.figure.absence for line in found.lines] == [Absence.SUPPRESSED]
    assert [each.read_as for each in found.readings] == ["hidden to protect people"]


def test_what_was_read_is_said_once_with_its_rows_and_what_it_was_read_as() -> None:
    rows = [f'A10,{COUNCIL},2015-{month:02},,,"1,234",,' for month in range(1, 6)]
    found = read(*rows, f"A10,{COUNCIL},jun-15,,,7,,").readings
    assert read(f"A10,{COUNCIL},2011-12,,,7,,").readings[0].read_as == "December 2011", "it may be a year"
    assert [each.in_words for each in found] == [
        '"1,234" was read as 1234 in 5 cells: value, rows 2, 3, 4 and 2 more.',
        '"jun-15" was read as June 2015: period, row 7.',
    ]
    assert how_many_read(found) == "What was read from 6 cells that could be written more plainly"


def test_a_yearly_measure_takes_the_names_that_its_page_gives_its_years() -> None:
    yearly = {"frequency": Frequency.YEARLY}
    for basis, text, iso in (
        (YearBasis.FINANCIAL, "2011-12", "2011-04-01/P1Y"),
        (YearBasis.ACADEMIC, "2011-12", "2011-09-01/P1Y"),
        (YearBasis.CALENDAR, "2011", "2011-01-01/P1Y"),
        (YearBasis.FINANCIAL, "6 October 2015 to 5 October 2016", "2015-10-06/P1Y"),
    ):
        measure = a_measure(code="Y1", year_basis=basis, **yearly)
        against = replace(known(), measures={"Y1": measure})
        assert only(f"Y1,{COUNCIL},{text},,,5,,", against=against).period.iso == iso
    monthly = only(f"A10,{COUNCIL},2011-12,,,5,,")
    assert monthly.period == Period.month(2011, 12)
