"""Exports: what is stored, as known then, for whoever may see it, and safe to open in a spreadsheet."""

import codecs
import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cycle.admin.audit import export_audit
from cycle.do.files import importing
from cycle.ground.exports import Export, Wanted, export_figures, export_register, export_targets, export_wards
from cycle.report.scorecard_export import COLUMNS, export_scorecard
from data_access.models import ComparatorMembershipRow
from data_access.store.database import transaction
from intake.figures.figures_file import read_figures
from intake.files import problems_file
from intake.files.csv_text import read_csv
from performance.ground.figures import FigureStatus
from performance.ground.measures import Accumulation, Polarity
from performance.ground.organisation import AreaKind
from performance.ground.people import NotAllowedError, Role
from performance.ground.periods import Frequency, parse_period
from performance.ground.values import Absence
from reporting.tables.rows import write_csv, write_json
from tests import builders
from tests.builders import COUNCIL, NATION, NEIGHBOUR, REGION, WARDS
from tests.rows_read import rows_read

pytestmark = pytest.mark.usefixtures("sqlite_database")
FORMULA = '=HYPERLINK("http://example.org","click")'


@pytest.fixture(autouse=True)
def _council(sqlite_database: str) -> None:
    builders.add_council()
    builders.add_measure("WCP1063", decimals=1)


def as_dicts(found: Export) -> list[dict[str, object]]:
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_figures_are_printed_at_their_decimals_with_who_recorded_them() -> None:
    builders.add_figure(value="9.45", status=FigureStatus.PROVISIONAL, commentary="Words")
    (line,) = as_dicts(export_figures(Wanted()))
    assert (line["measure_code"], line["period"], line["value"]) == ("WCP1063", "2017-09-01/P1M", Decimal("9.5"))
    assert (line["status"], line["commentary"], line["revision"], line["recorded_by"]) == (
        "provisional", "Words", 1, "import",
    )  # fmt: skip


def test_counts_go_out_beside_the_value_they_make_and_absences_as_letters() -> None:
    builders.add_share("S1")
    builders.add_figure("S1", counts=("412", "438"))
    builders.add_figure("S1", "2017-08", counts=("0", "0"))
    builders.add_figure("S1", "2017-07", absence=Absence.SUPPRESSED)
    found = [(line["numerator"], line["value"]) for line in as_dicts(export_figures(Wanted()))]
    assert found == [(None, "c"), (Decimal(0), "z"), (Decimal(412), Decimal("94.1"))]


def test_only_the_current_revision_goes_out_or_the_one_known_then() -> None:
    builders.add_figure(value="1", at=datetime(2017, 10, 1, tzinfo=UTC))
    builders.add_figure(value="2", revision=2, at=datetime(2017, 11, 1, tzinfo=UTC))
    assert [line["value"] for line in as_dicts(export_figures(Wanted()))] == [Decimal("2.0")]
    then = Wanted(as_known_at=datetime(2017, 10, 15, tzinfo=UTC))
    assert [line["value"] for line in as_dicts(export_figures(then))] == [Decimal("1.0")]


def test_an_export_is_narrowed_by_period_measure_and_unit_with_all_below_it() -> None:
    builders.add_measure("HOMES", unit_code="HOUSING")
    builders.add_measure("CARE", unit_code="SOCIAL")
    for code in ("WCP1063", "HOMES", "CARE"):
        builders.add_figure(code, value="1")
        builders.add_figure(code, "2016-09", value="1")
    place = Wanted(unit_code="PLACE", period=parse_period("2017/18"))
    assert [line["measure_code"] for line in as_dicts(export_figures(place))] == ["HOMES", "WCP1063"]
    assert len(list(export_figures(Wanted(measure_code="CARE")).rows)) == 2


def test_a_formula_in_commentary_stays_a_text_in_csv_and_verbatim_in_json() -> None:
    builders.add_figure(value="-1", commentary=FORMULA)
    found = export_figures(Wanted())
    line = next(csv.DictReader(io.StringIO(write_csv(found.columns, found.rows).decode("utf-8-sig"), newline="")))
    assert line["commentary"] == f"'{FORMULA}"
    assert line["value"] == "-1.0"
    assert json.loads(write_json(found.columns, export_figures(Wanted()).rows))[0]["commentary"] == FORMULA


def test_an_export_opened_in_excel_and_saved_again_comes_back_as_it_was() -> None:
    """Excel takes a CSV without the mark for Windows-1252: pounds and accents would not survive."""
    said = "Cost was £5 – café closed"
    builders.add_figure(value="12.5", commentary=said)
    found = export_figures(Wanted())
    out = write_csv(found.columns, found.rows)
    assert out.startswith(codecs.BOM_UTF8)
    encoding = "utf-8-sig" if out.startswith(codecs.BOM_UTF8) else "cp1252"
    saved_again = out.decode(encoding).encode("utf-8-sig")
    read = read_figures(read_csv(saved_again, name="f"), known=importing.list_known())
    assert importing.import_figures(read, source="f.csv").same == 1


def test_a_file_with_its_problems_opens_in_excel_and_runs_nothing() -> None:
    text = f"measure_code,area_code,period,value\n=1+1,{COUNCIL},2017-09,-3.4\n"
    table = read_csv(text.encode(), name="f")
    read = read_figures(table, known=importing.list_known())
    heading, *rows = problems_file.with_problems(table, read.problems)
    out = write_csv(heading, rows)
    assert out.startswith(codecs.BOM_UTF8)
    (_, row) = csv.reader(io.StringIO(out.decode("utf-8-sig"), newline=""))
    assert (row[0], row[3], row[4][:13]) == ("'=1+1", "-3.4", "measure_code:")


def test_json_keeps_every_digit_and_null_for_an_empty_cell() -> None:
    text = write_json(["a", "b", "c", "d"], [[Decimal("96.50"), None, True, date(2017, 4, 1)]]).decode()
    assert '{"a": 96.50, "b": null, "c": true, "d": "2017-04-01"}' in text
    assert json.loads(write_json(["a"], [])) == []


@pytest.mark.parametrize("role", [Role.COUNCILLOR, Role.ADMINISTRATOR])
def test_a_role_that_may_not_see_scorecards_gets_none(role: Role) -> None:
    for export in (export_figures, export_scorecard, export_register):
        with pytest.raises(NotAllowedError):
            export(Wanted(role=role))


def test_the_audit_trail_is_for_those_who_may_see_it() -> None:
    assert export_audit(Wanted(role=Role.ADMINISTRATOR)).columns[0] == "sequence"
    with pytest.raises(NotAllowedError):
        export_audit(Wanted(role=Role.HEAD))


def test_small_numbers_of_people_in_wards_are_hidden_from_all_but_the_bi_team() -> None:
    builders.add_measure("PEOPLE", counts_people=True)
    builders.add_figure("PEOPLE", value="1000")
    for ward, count in zip(WARDS, ("3", "12", "40", "41", "42", "43"), strict=True):
        builders.add_figure("PEOPLE", value=count, area=ward, commentary="A person")
    shown = {line["area_code"]: line["value"] for line in as_dicts(export_wards(Wanted(role=Role.COUNCILLOR)))}
    assert shown[WARDS[0]] == "c"
    assert [area for area, value in shown.items() if value == "c"] == [WARDS[0], WARDS[1]]
    whole = {line["area_code"]: line["value"] for line in as_dicts(export_wards(Wanted(role=Role.BI_TEAM)))}
    assert whole[WARDS[0]] == Decimal(3)
    hidden = next(line for line in as_dicts(export_wards(Wanted(role=Role.HEAD))) if line["area_code"] == WARDS[0])
    assert (hidden["numerator"], hidden["commentary"]) == (None, "")


def test_the_newest_agreed_target_goes_out_with_who_decided() -> None:
    builders.add_target(number="5")
    builders.add_target(number="6", revision=2)
    (line,) = as_dicts(export_targets(Wanted()))
    assert (line["target"], line["revision"], line["decided_by"]) == (Decimal(6), 2, "decider")


def scorecard(period: str, **wanted: str) -> dict[str, object]:
    return next(
        line
        for line in as_dicts(export_scorecard(Wanted(period=parse_period(period), **wanted)))
        if line["measure_code"] == "WCP1063"
    )


def test_the_scorecard_has_the_columns_promised_and_one_line_a_measure() -> None:
    builders.add_measure("HOMES", unit_code="HOUSING")
    found = export_scorecard(Wanted())
    assert found.columns == COLUMNS
    assert [line["measure_code"] for line in as_dicts(found)] == ["HOMES", "WCP1063"]


def test_a_line_is_rated_heading_somewhere_and_summed_to_date() -> None:
    for month, value in (("2017-04", "9"), ("2017-08", "9"), ("2017-09", "9.6")):
        builders.add_figure(period=month, value=value)
        builders.add_target(period=month, number="10")
    line = scorecard("2017-09")
    assert (line["value"], line["target"], line["tolerance"], line["rag"]) == (
        Decimal("9.6"), Decimal(10), Decimal("0.5"), "amber",
    )  # fmt: skip
    assert (line["direction_short"], line["direction_long"]) == ("improving", "not_available")
    assert (line["year_to_date"], line["ytd_months"], line["ytd_months_due"]) == (Decimal("27.6"), 3, 6)
    assert line["spc_mean"] is None


def test_an_absence_is_said_and_has_no_value() -> None:
    line = scorecard("2017-09")
    assert (line["value"], line["absence"], line["rag"]) == (None, "not_provided", "not_provided")


def test_comparators_are_of_exactly_the_same_period() -> None:
    builders.add_measure(
        "RATE", unit="percent", frequency=Frequency.YEARLY, accumulation=Accumulation.ROLLING,
        polarity=Polarity.LOWER, comparator_group="Neighbours",
    )  # fmt: skip
    with transaction() as session:
        session.add(ComparatorMembershipRow(group_name="Neighbours", area_code=NEIGHBOUR))
    for area, value in ((COUNCIL, "7"), (NATION, "5"), (REGION, "6"), (NEIGHBOUR, "8")):
        builders.add_figure("RATE", "2015/16", value, area=area)
    builders.add_figure("RATE", "2016/17", "4", area=NATION)
    found = as_dicts(export_scorecard(Wanted(period=parse_period("2015/16"), measure_code="RATE")))[0]
    assert [found[f"comparator_{name}"] for name in ("national", "region", "group")] == [5, 6, 8]
    assert found["quartile"] is None  # two places are too few for quarters


def test_the_middle_of_a_group_is_rounded_once() -> None:
    """10.14 and 10.15 have 10.145 in the middle, which prints 10.1; their printed values have 10.15, and 10.2."""
    builders.add_measure("RATE", unit="percent", decimals=1, comparator_group="Neighbours")
    builders.add_area("E08000029", "Solihull", AreaKind.OTHER_COUNCIL)
    builders.add_group("Neighbours", NEIGHBOUR, "E08000029")
    for area, value in ((COUNCIL, "9"), (NEIGHBOUR, "10.14"), ("E08000029", "10.15")):
        builders.add_figure("RATE", value=value, area=area)
    found = as_dicts(export_scorecard(Wanted(period=parse_period("2017-09"), measure_code="RATE")))[0]
    assert found["comparator_group"] == Decimal("10.1")


def add_months(first: str, values: list[str], code: str = "WCP1063") -> None:
    period = parse_period(first)
    for value in values:
        builders.add_figure(code, period.iso, value)
        period = period.following


STEADY = ["50", "53", "49", "52", "48", "51", "50", "52", "47", "51", "49", "52"]


def test_the_process_is_read_up_to_the_end_of_the_period_and_unrounded() -> None:
    add_months("2016-11", [*STEADY[:10], "90"])
    builders.add_target(period="2017-08", number="70")
    before = scorecard("2017-08")
    assert (before["spc_mean"], before["spc_point"], before["spc_assurance"]) == (
        Decimal("50.3"), "common_cause", "consistent_fail",
    )  # fmt: skip
    assert before["spc_upper"] == Decimal("58.871111111111105")
    after = scorecard("2017-09")
    assert (after["spc_point"], after["spc_assurance"]) == ("special_cause_improvement", None)
    assert after["spc_mean"] == Decimal(repr(593 / 11))


def test_a_month_without_a_figure_has_limits_and_no_point() -> None:
    add_months("2016-10", STEADY[:11])
    builders.add_target(number="70")
    line = scorecard("2017-09")
    assert (line["spc_point"], line["spc_assurance"]) == (None, "consistent_fail")
    assert line["spc_mean"] is not None


def test_a_quarter_is_held_against_the_target_of_one_of_its_months() -> None:
    add_months("2016-10", STEADY)
    for month in ("2017-07", "2017-08", "2017-09"):
        builders.add_target(period=month, number="50")
    line = scorecard("2017-07-01/P3M")
    assert (line["target"], line["spc_assurance"], line["spc_point"]) == (Decimal(150), "inconsistent", "common_cause")


def test_a_run_rate_says_where_the_year_will_end_and_the_chance_of_its_target() -> None:
    add_months("2017-04", ["10"] * 6)
    for month in parse_period("2017/18").split(1):
        builders.add_target(period=month.iso, number="10")
    line = scorecard("2017-09")
    assert [line[name] for name in ("forecast", "forecast_low", "forecast_high", "chance_of_target")] == [
        120,
        120,
        120,
        1,
    ]


@pytest.mark.parametrize("months", [0, 5], ids=["no figure", "5 months"])
def test_too_little_history_leaves_process_and_forecast_empty(months: int) -> None:
    add_months("2017-05", ["10"] * months)
    line = scorecard("2017-09")
    empty = [name for name in COLUMNS if name.startswith(("spc_", "forecast", "chance"))]
    assert [line[name] for name in empty] == [None] * 9


def test_a_yearly_figure_is_its_own_year_and_has_no_forecast() -> None:
    builders.add_measure("YEARLY", frequency=Frequency.YEARLY)
    for year in range(2008, 2017):
        builders.add_figure("YEARLY", f"{year}/{(year + 1) % 100:02d}", "50")
    line = as_dicts(export_scorecard(Wanted(period=parse_period("2017-09"), measure_code="YEARLY")))[0]
    assert (line["value"], line["forecast"], line["spc_mean"]) == (Decimal(50), None, None)


# Many rows


def test_figures_are_read_as_they_are_written_and_not_all_before_the_first() -> None:
    for number in range(20):
        builders.add_measure(f"M{number:02}")
        builders.add_figure(f"M{number:02}", value="1")
    with rows_read("figures") as found:
        rows = iter(export_figures(Wanted()).rows)
        assert found == []
        next(rows)
        assert 0 < len(found) < 20
        assert len(list(rows)) == 19


def test_a_file_of_many_parts_says_what_one_part_would() -> None:
    rows = [(f"A{number}", Decimal(number)) for number in range(4_500)]
    written = list(csv.reader(io.StringIO(write_csv(("code", "value"), rows).decode("utf-8-sig"), newline="")))
    assert written == [["code", "value"], *([code, str(number)] for code, number in rows)]
    read_back = json.loads(write_json(("code", "value"), rows), parse_int=Decimal)
    assert [(each["code"], each["value"]) for each in read_back] == rows
