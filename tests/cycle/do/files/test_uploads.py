"""Paste: each row as it was read, bad ones named by their row, and never anything half written."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cycle.do import drafts, returns
from cycle.do.files import uploads
from cycle.do.files.uploads import ForAnyMonth, ForReturn, Given
from intake.files.tables import FileNotReadError
from performance.do.typed import Choice, Draft
from performance.do.uploads import ReturnDiff, Standing
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Frequency, Period, YearBasis
from tests.builders import COUNCIL, a_user, add_council, add_figure, add_measure, add_share
from tests.conftest import rows_of
from tests.paste_fixture import PASTED, expected_message

pytestmark = pytest.mark.usefixtures("database_on_one")
OCTOBER = Period.month(2017, 10)


def a_service() -> User:
    add_council()
    add_measure("COUNT", title="Missed bins", may_be_negative=True, decimals=1)
    add_share("SHARE", title="Requests answered")
    add_figure("COUNT", "2017-09", "90")
    return a_user()


def opened(user: User, **handed_in: Any) -> ForReturn:
    found = uploads.open_given(Given(**handed_in), returns.my_return("WASTE", OCTOBER, by=user))
    assert isinstance(found, ForReturn)
    return found


def compared(user: User, **handed_in: Any) -> ReturnDiff:
    return uploads.compare_rows(opened(user, **handed_in), by=user)


def put(user: User, **handed_in: Any) -> uploads.Put:
    found = opened(user, **handed_in)
    return uploads.put_into_return(found, shown=uploads.compare_rows(found, by=user).fingerprint, by=user)


def kept(user: User) -> dict[str, Draft]:
    return dict(drafts.save_drafts("WASTE", OCTOBER, by=user).drafts)


def standings(diff: ReturnDiff) -> list[tuple[str, str]]:
    return [(row.code, row.standing.value) for row in diff.rows]


# Pasting


def test_rows_by_code_or_title_with_or_without_a_heading_are_read_and_shown_before_anything_is_written() -> None:
    manager = a_service()
    diff = compared(manager, text="Measure\tNumber\tOut of\r\nmissed bins\t91\r\nSHARE\t412\t438\r\n")
    assert standings(diff) == [("COUNT", "new"), ("SHARE", "new")]
    assert [row.after for row in diff.rows] == ["91.0", "94.1% (412 of 438)"]
    assert kept(manager) == {}


def test_what_was_confirmed_stands_in_the_return_as_if_it_had_been_typed() -> None:
    manager = a_service()
    assert put(manager, text="COUNT\t 91 \nSHARE\t412\t438").in_words.startswith("2 figures are in your return.")
    drafts = kept(manager)
    assert (drafts["COUNT"].answer.value, drafts["SHARE"].answer.numerator) == ("91", "412")
    assert rows_of("SELECT COUNT(*) FROM figures") == [(1,)]
    again = compared(manager, text="COUNT\t92\nSHARE\t412\t438")
    assert standings(again) == [("COUNT", "changed"), ("SHARE", "same")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("COUMT\t91", 'Measure code "COUMT" is not in this return. The nearest match is "COUNT"'),
        ("COUNT\t91\t7", "Missed bins takes 1 number"),
        ("SHARE\t412", "Requests answered takes 2 numbers"),
        ("COUNT\tSeptember 2017\t91", "The row is for September 2017, but COUNT is asked for October 2017"),
        ("COUNT\t91\nCOUNT\t92", "COUNT stands in row 1 already. Keep one of the two rows"),
        ("SHARE\t440\t438", "must be 438 or fewer"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_the_others_stand(text: str, said: str) -> None:
    manager = a_service()
    problems = compared(manager, text=text).of(Standing.PROBLEM)
    assert said in " ".join(row.said for row in problems)


@pytest.mark.parametrize(
    ("cells", "choice"),
    [
        ("estimate\t91", Choice.ESTIMATE),
        ("Same as last month", Choice.SAME),
        ("None this month", Choice.NONE),
        ("Not yet available\t30/11/2017", Choice.NOT_PUBLISHED),
        ("z", Choice.NOT_APPLICABLE),
        ("[z]", Choice.NOT_APPLICABLE),
        ("[X]\t30/11/2017", Choice.NOT_PUBLISHED),
        ("91\t[e]", Choice.ESTIMATE),
    ],
)
def test_an_absence_is_pasted_by_its_words(cells: str, choice: Choice) -> None:
    manager = a_service()
    put(manager, text=f"COUNT\t{cells}")
    assert kept(manager)["COUNT"].answer.choice is choice


def test_an_absence_may_stand_in_both_boxes_or_in_one() -> None:
    manager = a_service()
    for cells in ("[z]", "[z]\t[z]"):
        assert compared(manager, text=f"SHARE\t{cells}").rows[0].after == "Not applicable"
    found = compared(manager, text="Measure\tNumerator\tDenominator\tUntil\nSHARE\t[x]\t[x]\t30/11/2017")
    assert [row.standing for row in found.rows] == [Standing.NEW]
    found = compared(manager, text="Measure\tAnswer\tActual\nCOUNT\tA figure\t[z]")
    assert found.rows[0].after == "Not applicable"
    (row,) = compared(manager, text="COUNT\t[x]").rows
    assert row.said.startswith("Enter the day missed bins will be available")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("COUNT\t12\tNot yet available", 'The row has "12" beside "Not yet available". Keep one of the two'),
        ("COUNT\tNot applicable\t12", 'The row has "12" beside "Not applicable". Keep one of the two'),
        ("COUNT\t12\tSame as last month", 'The row has "12" beside "Same as last month". Keep one of the two'),
        ("COUNT\t12\tNone this month", 'The row has "12" beside "None this month". Keep one of the two'),
        ("COUNT\t12\tNot yet available\t30/11/2017", 'The row has "12" beside'),
        ("COUNT\tNot applicable\tNot yet available", 'The row has "Not yet available" beside "Not applicable"'),
        ("COUNT\tNot yet available\tlater", "Write the day it will be available like 30/11/2017"),
        ("SHARE\t12\tx", 'The row has "12" beside "Not yet available"'),
        ("Measure\tValue\tAnswer\nCOUNT\t12\tNot yet available", 'The row has "12" beside "Not yet available"'),
        ("Measure\tNumerator\tDenominator\nSHARE\t12\tz", 'The row has "12" beside "Not applicable"'),
        ("Measure\tValue\tUntil\nCOUNT\t12\t30/11/2017", "stands under Until beside a figure"),
    ],
)
def test_a_number_beside_an_absence_is_never_dropped(text: str, said: str) -> None:
    (row,) = compared(a_service(), text=text).rows
    assert row.standing is Standing.PROBLEM
    assert said in row.said


def test_nought_beside_none_this_month_says_the_same() -> None:
    (row,) = compared(a_service(), text="COUNT\t0\tNone this month").rows
    assert row.standing is Standing.NEW


@pytest.mark.parametrize(
    "cells",
    [
        "Not yet available\t5 December 2017",
        "October 2017\tNot yet available\tuntil 5 December 2017",
        "x\tuntil 5 Dec 2017",
        "x\tfrom 2017-12-05",
        "Not yet available until 5 December 2017",
        "Not yet available (until 5th December 2017)",
    ],
)
def test_the_day_of_an_absence_is_read_in_words_without_a_heading(cells: str) -> None:
    manager = a_service()
    (row,) = compared(manager, text=f"COUNT\t{cells}").rows
    assert (row.standing, row.said) == (Standing.NEW, "")
    assert "5 December 2017" in row.after


@pytest.mark.parametrize("day", ["31 October 2017", "31/10/2017", "2017-10-31", "2017-10-31/P1D", "October 2017"])
def test_the_day_of_a_snapshot_is_its_period(day: str) -> None:
    add_council()
    add_measure("OPEN", title="Open cases", accumulation="snapshot")
    manager = a_user()
    blocks = [f"Measure\tPeriod\tValue\nOPEN\t{day}\t91"]
    blocks += [f"OPEN\t{day}\t91"] if "October" in day else []
    for text in blocks:
        assert [(row.standing, row.said) for row in compared(manager, text=text).rows] == [(Standing.NEW, "")]
    other = compared(manager, text="Measure\tPeriod\tValue\nOPEN\t30 September 2017\t91").rows[0]
    assert "The row is for 30 September 2017, but OPEN is asked for October 2017" in other.said


def test_a_day_is_no_period_of_another_measure() -> None:
    (row,) = compared(a_service(), text="Measure\tPeriod\tNumber\nCOUNT\t31 October 2017\t91").rows
    assert "The row is for 31 October 2017, but COUNT is asked for October 2017" in row.said


@pytest.mark.parametrize(
    ("mark", "said"), [("n/a", "no figure, choose"), ("-\t-", "no figure, choose"), ("[c]", "hides")]
)
def test_a_mark_in_place_of_two_numbers_is_told_what_to_write(mark: str, said: str) -> None:
    (row,) = compared(a_service(), text=f"SHARE\t{mark}").rows
    assert row.standing is Standing.PROBLEM
    assert said in row.said


@pytest.mark.parametrize(
    ("heading", "row", "after"),
    [
        ("Out of\tMeasure\tAnswered on time", "438\tSHARE\t412", "94.1% (412 of 438)"),
        ("Code\tMeasure\tPeriod\tDenominator\tNumerator", "SHARE\tRequests answered\tOct-17\t438\t412",
         "94.1% (412 of 438)"),
        ("Measure\tActual\tTarget", "COUNT\t91\t80", "91.0"),
        ("Measure\tTarget\tActual", "COUNT\t80\t91", "91.0"),
        ("Measure\tActual\t", "COUNT\t91\t", "91.0"),
    ],
)  # fmt: skip
def test_a_heading_rules_whatever_the_order(heading: str, row: str, after: str) -> None:
    diff = compared(a_service(), text=f"{heading}\n{row}")
    assert [(each.standing.value, each.after) for each in diff.rows] == [("new", after)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Measure\tActual\tTarget\nSHARE\t39.9\t40.5", 'takes "Answered on time" and "All requests"'),
        ("Measure\tNumerator\tTarget\nSHARE\t412\t438", "Enter all requests"),
        ("Measure\tNumerator\tDenominator\nCOUNT\t91\t100", 'the column headed "numerator" is none of these'),
        ("Measure\tActual\t\nCOUNT\t91\t92", "a column without a heading is none of these"),
        ("Measure\tActual\tResult\nCOUNT\t91\t92", "Two columns give the value"),
        ("Code\tMeasure\tActual\nCOUNT\tRequests answered\t91", 'names COUNT and "Requests answered"'),
        ("Measure\tPeriod\tActual\nCOUNT\tSep-17\t91", "The row is for September 2017"),
        ("Measure\tPeriod\tActual\nCOUNT\tlately\t91", '"lately" is not a period'),
        ("Measure\tAnswer\tActual\nCOUNT\tperhaps\t91", '"perhaps" is no kind of answer'),
    ],
)
def test_a_number_under_another_heading_is_never_taken_for_a_box(text: str, said: str) -> None:
    manager = a_service()
    diff = compared(manager, text=text)
    assert said in " ".join(row.said for row in diff.of(Standing.PROBLEM))
    assert diff.to_put == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [("Measure\tWeather\nCOUNT\t91", 'a column "Weather"'), ("Actual\tTarget\nCOUNT\t91", "No column of the block")],
)
def test_a_heading_that_fits_no_box_refuses_the_block(text: str, said: str) -> None:
    with pytest.raises(FileNotReadError, match=said):
        compared(a_service(), text=text)


@pytest.mark.parametrize("above", ["", "\n", "\t\t\n \n"], ids=["at the top", "a blank row", "two blank rows"])
@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Measure\t2016\t2017", 'a column "2016", which is none of the boxes'),
        ("2016\tMeasure\t2017", 'a column "2016", which is none of the boxes'),
        ("KPI\t2016\t2017", 'a column "KPI", which is none of the boxes'),
        ("KPI\t201617\t201718", "no measure of this return"),
        ("\t201617\t201718", "an empty cell"),
    ],
)
def test_below_a_heading_nothing_is_read_by_its_place(above: str, heading: str, said: str) -> None:
    manager = a_service()
    with pytest.raises(FileNotReadError, match=said) as refused:
        compared(manager, text=f"{above}{heading}\nSHARE\t39.9\t40.5")
    assert "Head the columns Measure, Numerator, Denominator and Value" in str(refused.value)


@pytest.mark.parametrize("above", ["\n", "\t\t\n \n"], ids=["a blank row", "two blank rows"])
def test_a_figure_and_its_target_under_a_heading_are_no_counts(above: str) -> None:
    diff = compared(a_service(), text=f"{above}Measure\tActual\tTarget\nSHARE\t39.9\t40.5")
    assert 'takes "Answered on time" and "All requests"' in " ".join(row.said for row in diff.of(Standing.PROBLEM))
    assert diff.to_put == ()


def test_a_heading_under_blank_rows_rules_and_rows_keep_the_numbers_they_were_pasted_with() -> None:
    diff = compared(a_service(), text="\n \t\nOut of\tMeasure\tAnswered on time\n\n438\tSHARE\t412\n1\tNONE\t1")
    assert [(row.row, row.after) for row in diff.rows if row.after] == [(5, "94.1% (412 of 438)")]
    assert [row.row for row in diff.of(Standing.PROBLEM)] == [6]


def test_a_second_heading_further_down_rules_from_there() -> None:
    diff = compared(a_service(), text="COUNT\t91\n\nMeasure\tActual\tTarget\nSHARE\t39.9\t40.5")
    assert standings(diff) == [("COUNT", "new"), ("", "problem")]


def test_a_row_without_a_figure_is_no_heading_though_its_unit_is_called_like_one() -> None:
    diff = compared(a_service(), text="Out of\tMeasure\tUnit\tNumber\n\tCOUNT\tnumber\t\n438\tSHARE\t%\t412")
    assert (standings(diff), diff.empty_rows) == ([("SHARE", "new")], 1)


def test_a_first_row_whose_code_is_misspelt_is_no_heading() -> None:
    diff = compared(a_service(), text="COUMT\t91\nSHARE\t412\t438")
    assert standings(diff) == [("", "problem"), ("SHARE", "new")]


def test_a_figures_table_is_known_under_blank_rows_and_its_rows_keep_their_numbers() -> None:
    a_service()
    heading = "\u200bmeasure_code\tarea_code\tperiod\tvalue"
    found = uploads.open_given(Given(text=f"\n\t\n{heading}\nCOUNT\t{COUNCIL}\t2016-03\t5"), None)
    assert isinstance(found, ForAnyMonth)
    (table,) = found.tables
    assert table.columns == ("measure_code", "area_code", "period", "value")
    assert [(row.number, row.cells["value"]) for row in table.rows] == [(4, "5")]


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\ufeff", "\u2060"], ids=ascii)
def test_marks_that_nobody_sees_are_no_part_of_what_is_pasted(unseen: str) -> None:
    text = f"\ufeff{unseen}Measure\tNumber{unseen}\tOut of\nCOUNT{unseen}\t91\nReq{unseen}uests answered\t412\t438"
    assert standings(compared(a_service(), text=text)) == [("COUNT", "new"), ("SHARE", "new")]


def test_a_block_of_nothing_but_unseen_marks_is_empty() -> None:
    with pytest.raises(FileNotReadError, match="Paste the rows"):
        compared(a_service(), text="\u200b\t\ufeff")


@pytest.mark.parametrize(
    ("basis", "month", "period"),
    [
        (YearBasis.CALENDAR, Period.month(2016, 12), "2016"),
        (YearBasis.CALENDAR, Period.month(2016, 12), "2016-01-01/P1Y"),
        (YearBasis.FINANCIAL, Period.month(2012, 3), "2011-12"),
        (YearBasis.FINANCIAL, Period.month(2012, 3), "2011/12"),
        (YearBasis.ACADEMIC, Period.month(2012, 8), "2011-12"),
    ],
)
def test_a_year_is_named_as_in_a_file_of_figures(basis: YearBasis, month: Period, period: str) -> None:
    add_council()
    add_measure("YEAR", title="Bins in a year", frequency=Frequency.YEARLY, year_basis=basis)
    manager = a_user()
    own = returns.my_return("WASTE", month, by=manager)
    blocks = [f"Measure\tPeriod\tNumber\nYEAR\t{period}\t91"]
    blocks += [] if period.isdigit() else [f"YEAR\t{period}\t91"]
    for text in blocks:
        found = uploads.open_given(Given(text=text), own)
        assert isinstance(found, ForReturn)
        assert [(row.standing.value, row.said) for row in uploads.compare_rows(found, by=manager).rows] == [("new", "")]


@pytest.mark.parametrize(
    ("period", "said"), [("2017", "is not a period. Write it like October 2017"), ("2011-12", "is for December 2011")]
)
def test_a_period_that_is_not_the_return_s_is_refused(period: str, said: str) -> None:
    diff = compared(a_service(), text=f"Measure\tPeriod\tNumber\nCOUNT\t{period}\t91")
    assert said in diff.rows[0].said


@pytest.mark.parametrize("text", [text for text in PASTED if text.strip("\r")], ids=repr)
def test_whatever_is_pasted_comes_to_its_number_or_to_a_sentence(text: str) -> None:
    manager = a_service()
    (row,) = compared(manager, text=f"COUNT\t{text}\r\n").rows
    expected = PASTED[text]
    if isinstance(expected, Decimal):
        assert (row.standing, row.after) == (Standing.NEW, f"{expected:,.1f}")
    else:
        assert row.standing is Standing.PROBLEM
        assert expected_message(text, "Missed bins") in row.said


def test_what_changed_since_it_was_shown_is_not_written() -> None:
    manager = a_service()
    found = opened(manager, text="COUNT\t91")
    shown = uploads.compare_rows(found, by=manager).fingerprint
    put(manager, text="COUNT\t95")
    with pytest.raises(uploads.UploadMovedError):
        uploads.put_into_return(found, shown=shown, by=manager)
    assert kept(manager)["COUNT"].answer.value == "95"


def test_another_service_puts_nothing_into_ones_return() -> None:
    manager = a_service()
    stranger = a_user("stranger", Role.SERVICE_MANAGER, "SOCIAL")
    found = opened(manager, text="COUNT\t91")
    shown = uploads.compare_rows(found, by=manager).fingerprint
    for act in (
        lambda: uploads.compare_rows(found, by=stranger),
        lambda: uploads.put_into_return(found, shown=shown, by=stranger),
        lambda: uploads.build_workbook("WASTE", OCTOBER, by=stranger),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert kept(manager) == {}


_CELLS = st.text(max_size=12) | st.sampled_from(["COUNT", "SHARE", "91", "4/5", "\t", "\n", "n/a", "-", '"', "=1"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.lists(_CELLS, max_size=4), min_size=1, max_size=4))
def test_no_block_whatever_is_in_it_ends_in_anything_but_rows_or_a_sentence(cells: list[list[str]]) -> None:
    manager = _once()
    text = "\n".join("\t".join(row) for row in cells)
    try:
        found = uploads.open_given(Given(text=text), returns.my_return("WASTE", OCTOBER, by=manager))
    except FileNotReadError:
        return
    if isinstance(found, ForReturn):
        for row in uploads.compare_rows(found, by=manager).of(Standing.PROBLEM):
            assert row.said
    assert kept(manager) == {}


def _once() -> User:
    """The service, made at the first of many examples in one database."""
    if rows_of("SELECT 1 FROM people WHERE username = 'manager'"):
        return User(username="manager", name="", session_epoch=0)
    return a_service()


# A whole file of figures


def figures(rows: int) -> bytes:
    """A long file: a figure a ward and month, so far back that no return is open."""
    lines = ["measure_code,area_code,period,value"]
    for number in range(rows):
        month = Period.month(2000 + number // 12 % 17, number % 12 + 1)
        lines.append(f"COUNT,{COUNCIL if number < 204 else f'E0500{1321 + number % 6}'},{month.iso},{number}")
    return "\n".join(lines).encode()


def test_a_file_of_any_month_is_read_in_the_background_and_can_be_called_off() -> None:
    a_service()
    analyst = a_user("analyst", Role.BI_TEAM, "COUNCIL")
    found = uploads.open_given(Given(name="a.csv", content=figures(20_000)), None)
    assert not isinstance(found, ForReturn)
    reading = found.begin(by=analyst)
    reading.call_off()
    assert reading.wait(60)
    assert rows_of("SELECT COUNT(*) FROM figures") == [(1,)]
    assert rows_of("SELECT COUNT(*) FROM import_runs") == [(0,)]
