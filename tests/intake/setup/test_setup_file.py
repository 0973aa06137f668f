"""The setup workbook: sheets lean on each other, parents come first, defaults follow the unit."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from intake.files.csv_text import read_csv
from intake.files.tables import Table
from intake.setup.setup_file import read_setup
from performance.ground.incoming import Known, Register, RowProblem
from performance.ground.measures import Measure
from performance.ground.periods import Frequency, YearBasis
from tests.intake.known import a_measure, known

ORGANISATION = "unit_code,name,kind,parent_code\nWASTE,Waste,service,CWC\nCWC,Council,council,\n"
AREAS = "area_code,name,kind,parent_code,aliases\nE05001321,Bilston East,ward,E08000031,\n" \
        "E08000031,Wolverhampton,council,,City of Wolverhampton|Wton\n"  # fmt: skip
MEASURE = "measure_code,title,unit,polarity,accumulation,frequency,organisation_unit"


def sheets(**texts: str) -> list[Table]:
    return [read_csv(text.encode(), name=name) for name, text in texts.items()]


def read(against: Known | None = None, **texts: str) -> tuple[Register, list[RowProblem]]:
    return read_setup(sheets(**texts), known=against or Known())


def measure(columns: str = "", cells: str = "", unit: str = "number") -> Measure:
    row = f'{MEASURE}{columns}\nA10,A title,"{unit}",higher,in_period,monthly,WASTE{cells}\n'
    register, problems = read(organisation=ORGANISATION, measures=row)
    assert not problems, problems[0].in_words
    return register.measures[0]


def test_parents_stand_before_their_children_whatever_the_order_of_rows() -> None:
    register, problems = read(organisation=ORGANISATION, areas=AREAS)
    assert not problems
    assert [unit.code for unit in register.organisation] == ["CWC", "WASTE"]
    assert [area.code for area in register.areas] == ["E08000031", "E05001321"]
    assert register.areas[0].aliases == ("City of Wolverhampton", "Wton")


@pytest.mark.parametrize(
    ("unit", "multiplier"),
    [("percent", 100), ("per 10,000", 10000), ("days", 1), ("pounds", 1), ("per 1,000 births", 1000)],
)  # fmt: skip
def test_the_multiplier_follows_the_unit(unit: str, multiplier: int) -> None:
    assert measure(unit=unit).multiplier == Decimal(multiplier)


def test_a_percentage_with_a_denominator_is_a_share_unless_told_otherwise_and_pounds_may_be_negative() -> None:
    assert measure(",denominator_definition", ",All", unit="percent").is_share
    assert not measure(",denominator_definition,is_share", ",All,no", unit="percent").is_share
    assert not measure(unit="percent").is_share
    assert measure(unit="pounds").may_be_negative
    assert not measure().may_be_negative


TARGETS = "measure_code,area_code,period,target,lower,upper,profile,rationale"
BREAKS = "measure_code,on,reason"
A10 = "A10,T,number,higher,in_period,monthly,WASTE"
OVERLAP = (
    "unit_code,name,kind,parent_code,valid_from\nCWC,C,council,,\n"
    "X,X,service,CWC,2015-04-01\nX,X,service,CWC,2016-04-01\n"
)
PEOPLE = "username,name,email,roles"


@pytest.mark.parametrize(
    ("sheet", "text", "found"),
    [
        ("measures", f"{MEASURE}\nA 10,T,number,higher,in_period,monthly,WASTE\n", (2, "measure_code")),
        ("measures", f"{MEASURE}\nA10,,number,higher,in_period,monthly,WASTE\n", (2, "title")),
        ("measures", f"{MEASURE}\nA10,T,number,up,in_period,monthly,WASTE\n", (2, "polarity")),
        ("measures", f"{MEASURE}\nA10,T,number,higher,in_period,monthly,WASTES\n", (2, "organisation_unit")),
        ("measures", f"{MEASURE},decimals\n{A10},9\n", (2, "decimals")),
        ("measures", f"{MEASURE},is_share\n{A10},maybe\n", (2, "is_share")),
        ("measures", f"{MEASURE},active_from\n{A10},31/02/2015\n", (2, "active_from")),
        ("measures", f"{MEASURE}\n" + f"{A10}\n" * 2, (3, "measure_code")),
        ("measures", f"{MEASURE},comparator_group\n{A10},Nobody\n", (2, "comparator_group")),
        ("targets", f"{TARGETS}\nB9,E08000031,2015/16,5,,,flat,\n", (2, "measure_code")),
        ("targets", f"{TARGETS}\nS1,E08000031,2015/16,,,,flat,\n", (2, "target")),
        ("targets", f"{TARGETS}\nS1,E08000031,2015/17,5,,,flat,\n", (2, "period")),
        ("targets", f"{TARGETS}\nS1,E08000031,2015/16,5,,,bendy,\n", (2, "profile")),
        ("series_breaks", f"{BREAKS}\nS1,,Counted anew\n", (2, "on")),
        ("people", f"{PEOPLE}\nsomebody,Service manager,,service_manager@WASTES\n", (2, "roles")),
        ("people", f"{PEOPLE}\nsomebody,Service manager,,deputy@WASTE\n", (2, "roles")),
        ("risks", "risk_code,title,likelihood\nR1,Flood,6\n", (2, "likelihood")),
        ("actions", "action\nDo it\n", (2, "node_code")),
        ("areas", "area_code,name,kind,parent_code\nA,a,ward,B\nB,b,ward,A\n", (0, "parent_code")),
        ("organisation", OVERLAP, (0, "valid_from")),
        ("organisation", "unit_code,name,kind,parent_code\nX,X,service,\n", (2, "parent_code")),
        ("comparator_groups", "group_name,area_code,rank\nG,E99,1\n", (2, "area_code")),
        ("plan", "node_code,title,kind,valid_from,valid_to\nP1,T,priority,2016-01-01,2015-01-01\n", (2, "valid_to")),
        ("measures", "measure_code\nA10\n", (1, "title")),
        ("notes", "a\n1\n", (0, "")),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_row_and_column(sheet: str, text: str, found: tuple[int, str]) -> None:
    _, problems = read(known(), **{sheet: text})
    assert found in [(problem.row, problem.column) for problem in problems]


def test_a_unit_that_moved_stands_in_two_places_one_after_the_other() -> None:
    text = (
        "unit_code,name,kind,parent_code,valid_from,valid_to\nCWC,Council,council,,,\nPLACE,Place,directorate,CWC,,\n"
        "WASTE,Waste,service,CWC,,2016-03-31\nWASTE,Waste,service,PLACE,2016-04-01,\n"
    )
    register, problems = read(organisation=text)
    assert not problems
    assert [unit.valid_from for unit in register.organisation if unit.code == "WASTE"] == [None, date(2016, 4, 1)]


def a_target(period: str, **fields: Any) -> tuple[Register, list[RowProblem]]:
    return read(known(a_measure(**fields)), targets=f"{TARGETS}\nA10,E08000031,{period},5,,,,\n")


@pytest.mark.parametrize("frequency", [Frequency.YEARLY, Frequency.QUARTERLY])
@pytest.mark.parametrize(
    ("basis", "iso"), [(YearBasis.FINANCIAL, "2011-04-01/P1Y"), (YearBasis.ACADEMIC, "2011-09-01/P1Y")]
)
def test_a_target_names_its_year_as_figures_do(frequency: Frequency, basis: YearBasis, iso: str) -> None:
    register, problems = a_target("2011-12", frequency=frequency, year_basis=basis)
    assert not problems
    assert [line.target.period.iso for line in register.targets] == [iso]


def test_a_month_or_a_year_as_the_period_of_a_target_is_asked_about() -> None:
    _, (problem,) = a_target("2011-12")
    assert problem.column == "period"
    assert problem.message == (
        '"2011-12" is not a period of one meaning. It may mean December 2011 (2011-12-01/P1M) or'
        " 2011/12 (2011-04-01/P1Y). Write the one you mean."
    )
    for plain, iso in (("2011-11", "2011-11-01/P1M"), ("2011/12", "2011-04-01/P1Y"), ("2015-16", "2015-04-01/P1Y")):
        register, problems = a_target(plain)
        assert not problems
        assert register.targets[0].target.period.iso == iso


def test_a_target_export_is_read_back_though_it_says_who_decided() -> None:
    added = ",revision,effective_from,proposed_by,decided_by,decided_at"
    text = f"{TARGETS}{added}\nS1,E08000031,2015/16,5,,,flat,,1,2015-04-01,a,b,2015-03-01\n"
    register, problems = read(known(), targets=text)
    assert not problems
    assert register.targets[0].target.number == Decimal(5)


def test_a_problem_of_a_workbook_names_the_sheet() -> None:
    _, problems = read(known(), risks="risk_code,title\n,Flood\n")
    assert problems[0].in_words == "Sheet risks, row 2: risk code is empty. Every row needs one."


def with_median(of: str, unit: str = "days") -> tuple[Register, list[RowProblem]]:
    rows = f"{MEASURE},median_of\nA10,Mean,days,higher,in_period,monthly,WASTE,\n"
    return read(organisation=ORGANISATION, measures=f"{rows}A11,Median,{unit},higher,snapshot,monthly,WASTE,{of}\n")


def test_a_median_names_the_mean_it_stands_beside() -> None:
    register, problems = with_median("A10")
    assert not problems
    assert [each.median_of for each in register.measures] == [None, "A10"]
    assert measure().median_of is None  # a sheet without the column


@pytest.mark.parametrize(
    ("of", "unit", "said"),
    [
        pytest.param("A11", "days", "not the median of itself", id="itself"),
        pytest.param("A99", "days", "A99", id="a measure there is not"),
        pytest.param("A10", "number", "A10 is in days, not in number. Both must have one unit.", id="another unit"),
    ],
)
def test_a_median_of_nothing_that_fits_is_refused(of: str, unit: str, said: str) -> None:
    _, (problem,) = with_median(of, unit)
    assert problem.column == "median_of"
    assert said in problem.in_words
