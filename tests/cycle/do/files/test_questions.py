"""A file is asked what a page would ask; what was signed off is corrected for a reason; an import can be taken back."""

from datetime import date

import pytest
from sqlalchemy import update

from cycle.do import reopenings, returns, signing_off
from cycle.do.files import importing, log, receipts
from cycle.do.files.figures_report import FiguresReport
from cycle.ground.series.comparing import comparators_of
from data_access.do import import_runs
from data_access.models import ReturnRow, SettingRow
from data_access.plan.register import list_measures
from data_access.store.database import reading, transaction
from performance.do.answers import check_line, stored_answer
from performance.ground.incoming import RefusedError, WaitsFor
from performance.ground.organisation import AreaKind, ReturnStatus
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from tests import builders
from tests.builders import COUNCIL, WARDS
from tests.conftest import rows_of
from tests.cycle.do.files.test_importing import add_return, everything, read

pytestmark = pytest.mark.usefixtures("database_on_both")
OCTOBER = Period.month(2017, 10)


@pytest.fixture(autouse=True)
def _council(database_on_both: str) -> None:
    builders.add_council()
    builders.add_measure("BINS", title="Missed bins")
    builders.add_measure("RATE", title="Share satisfied", unit="percent")
    builders.add_measure("WAIT", title="Time to answer", unit="minutes")
    builders.add_share("SHARE", title="Requests answered")


def rows(code: str, *figures: tuple[str, str], area: str = COUNCIL) -> list[str]:
    """Rows of a value each, by period."""
    return [f"{code},{area},{period},,,{value},," for period, value in figures]


def months(code: str, *values: str, year: int = 2016) -> list[str]:
    return rows(code, *((f"{year}-{month:02d}", value) for month, value in enumerate(values, start=1)))


def bring(*given: str, **options: object) -> FiguresReport:
    return importing.import_figures(read(*given), source="a.csv", **options)  # type: ignore[arg-type]


def refused(*given: str, **options: object) -> list[tuple[int, str, WaitsFor | None]]:
    before = everything()
    with pytest.raises(RefusedError) as fault:
        bring(*given, **options)
    assert everything() == before
    return [(each.row, each.message, each.waits_for) for each in fault.value.problems]


def the_bi_team() -> User:
    return builders.a_user("bi", Role.BI_TEAM, "COUNCIL")


# What is unusual


def test_a_column_of_fractions_is_asked_about_before_it_is_kept() -> None:
    given = months("RATE", "0.96", "0.97", "0.95", "1", "0")
    found = refused(*given)
    assert [row for row, _, _ in found] == [2, 3, 4, 5, 6]
    assert found[0] == (2, "Check: 0.96%, or 96%.", WaitsFor.CONFIRMATION)
    assert bring(*given, accept_unusual=True).added == 5
    assert rows_of("SELECT DISTINCT confirmed_checks FROM figures") == [("slip",)]


@pytest.mark.parametrize("values", [("0.4", "1.2", "0.9"), ("0.4", "0.3"), ("0", "0", "0")])
def test_small_percentages_are_no_column_of_fractions(values: tuple[str, ...]) -> None:
    assert bring(*months("RATE", *values)).added == len(values)


def test_rates_of_a_fraction_of_a_percent_are_kept_and_said() -> None:
    builders.add_measure("EXCL", title="Permanent exclusions", unit="percent", decimals=2)
    report = bring(*months("EXCL", "0.22", "0.31", "0.19"))
    assert (report.added, len(report.questioned)) == (3, 1)
    assert "Rows 2 to 4: Check: every figure of EXCL" in report.questioned[0]


@pytest.mark.parametrize("values", [("0.96",), ("0.96", "0.97"), ("96", "0.97", "95", "96")])
def test_a_share_typed_as_a_fraction_is_asked_about_where_too_few_rows_tell_a_column_of_them(
    values: tuple[str, ...],
) -> None:
    given = months("SHARE", *values)
    fractions = [row for row, value in enumerate(values, start=2) if value.startswith("0.")]
    found = refused(*given)
    assert [(row, waits_for) for row, _, waits_for in found] == [(row, WaitsFor.CONFIRMATION) for row in fractions]
    typed = values[fractions[-1] - 2]
    assert found[-1][1] == f"Check: you entered {typed}%. Did you mean {typed[2:]}.0%?"
    assert bring(*given, accept_unusual=True).added == len(values)


@pytest.mark.parametrize("values", [("1.2", "0.9"), ("0.8", "1.2", "0.9"), ("0",), ("1",)])
def test_a_share_of_under_one_percent_beside_others_like_it_is_kept(values: tuple[str, ...]) -> None:
    report = bring(*months("SHARE", *values))
    assert (report.added, report.questioned) == (len(values), ())


def test_one_rate_of_a_fraction_of_a_percent_is_kept_and_said() -> None:
    builders.add_share("EXCL", title="Permanent exclusions", decimals=2)
    report = bring(*months("EXCL", "0.22"))
    assert report.added == 1
    assert report.questioned == (
        f"Row 2, value: Check: 0.22% of EXCL for {COUNCIL}. If it is a share of one, multiply it by 100.",
    )


def test_a_figure_ten_times_what_is_stored_waits_and_is_kept_when_it_is_confirmed() -> None:
    bring(*months("BINS", "40", "42", "41"))
    slip = rows("BINS", ("2016-04", "430"))
    ((row, said, waits_for),) = refused(*slip)
    assert (row, waits_for) == (2, WaitsFor.CONFIRMATION)
    assert "Did you mean 43?" in said
    report = bring(*slip, partial=True)
    assert (report.added, len(report.held), len(report.refused)) == (0, 1, 1)
    assert bring(*slip, accept_unusual=True).added == 1
    assert rows_of("SELECT confirmed_checks FROM figures ORDER BY id DESC LIMIT 1") == [("slip",)]


def test_a_whole_file_a_hundred_times_too_small_is_held_against_what_was_there_before_it() -> None:
    bring(*months("RATE", "96", "97", "95", "96"))
    found = refused(*months("RATE", "0.96", "0.97", "0.95", "0.96"), *rows("RATE", ("2016-05", "0.94")))
    assert [row for row, _, _ in found] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(("first_year", "is_asked"), [(2014, True), (2015, False)])
def test_a_figure_far_from_its_month_in_three_earlier_years_waits_and_of_fewer_years_does_not(
    first_year: int, is_asked: bool
) -> None:
    for year in range(first_year, 2017):
        bring(*months("BINS", *(str(660 + 3 * month + year % 2) for month in range(12)), year=year))
    far = rows("BINS", ("2017-01", "788"))
    if is_asked:
        asked = "Check: 788 is outside the usual range of 656 to 664. Confirm it or change it."
        assert refused(*far) == [(2, asked, WaitsFor.CONFIRMATION)]
    assert bring(*far, accept_unusual=True).added == 1
    found = rows_of("SELECT confirmed_checks FROM figures ORDER BY id DESC LIMIT 1")
    assert found == [("unusual" if is_asked else "",)]


def test_a_series_that_a_file_begins_is_kept_and_what_is_out_of_place_in_it_is_said() -> None:
    report = bring(*months("BINS", "40", "42", "41", "44", "39", "40", "410", "43"))
    assert report.added == 8
    assert report.questioned == ("Row 8, value: Check: you entered 410. Last month was 40. Did you mean 41?",)


def test_the_same_again_is_no_question_and_a_restated_first_figure_is() -> None:
    bring(*months("BINS", "40"))
    assert bring(*months("BINS", "40")).same == 1
    ((_, said, _),) = refused(*months("BINS", "4000"))
    assert "Did you mean 40?" in said


def _councils(code: str, *values: str) -> list[str]:
    """A figure of 2016 for each of so many councils."""
    for number in range(len(values)):
        builders.add_area(f"E0800010{number}", f"Council {number}", AreaKind.OTHER_COUNCIL)
    return [f"{code},E0800010{number},2016-01,,,{value},," for number, value in enumerate(values)]


def test_a_nations_rate_far_from_every_councils_is_compared_with_once_it_is_accepted() -> None:
    """As published once: first-time entrants to youth justice, England 3,071 beside councils at 400 to 540."""
    councils = _councils("FTE", "400", "540", "455", "472", "512")
    builders.add_group("Near", *(f"E0800010{number}" for number in range(5)))
    builders.add_measure("FTE", title="First-time entrants", unit="per 100,000", comparator_group="Near")
    england = rows("FTE", ("2016-01", "3071"), ("2016-02", "470"), area=builders.NATION)
    report = bring(*councils, *england)
    assert report.added == 7
    assert report.questioned[0] == (
        "Row 7, value: Check: 3,071 per 100,000, where councils have 400 per 100,000 to 540 per 100,000: are these"
        " councils added up? Kept, and not compared with"
    )
    assert _months_of_england() == [2]
    ((_, said, waits_for),) = refused(*rows("FTE", ("2016-01", "3072"), area=builders.NATION))
    assert ("are these councils added up?" in said, waits_for) == (True, WaitsFor.CONFIRMATION)
    assert bring(*rows("FTE", ("2016-01", "3072"), area=builders.NATION), accept_unusual=True).revised == 1
    assert _months_of_england() == [1, 2]


def _months_of_england() -> list[int]:
    with reading() as session:
        (measure,) = list_measures(session, codes=["FTE"])
        compared = comparators_of(session, measures=[measure], up_to=date(2017, 11, 10))["FTE"]
    return sorted(period.start.month for each in compared if each.key == builders.NATION for period in each.numbers)


@pytest.mark.parametrize(
    ("unit", "councils", "england"),
    [
        ("per 100,000", ("400", "540", "455", "472", "512"), "340"),
        ("per 100,000", ("400", "540"), "3071"),
        ("number", ("400", "540", "455", "472", "512"), "30710"),
    ],
)
def test_a_nation_near_its_councils_or_counted_together_is_kept(
    unit: str, councils: tuple[str, ...], england: str
) -> None:
    builders.add_measure("FTE", title="First-time entrants", unit=unit)
    given = _councils("FTE", *councils)
    assert bring(*given, *rows("FTE", ("2016-01", england), area=builders.NATION)).added == len(councils) + 1


def test_a_value_in_the_place_of_counts_is_asked_about() -> None:
    counts = f"SHARE,{COUNCIL},2016-01,412,438,,,"
    bring(counts)
    ((_, said, waits_for),) = refused(f"SHARE,{COUNCIL},2016-01,,,95,,")
    assert (waits_for, "its counts, 412 of 438" in said) == (WaitsFor.CONFIRMATION, True)
    assert bring(f"SHARE,{COUNCIL},2016-01,,,95,,", accept_unusual=True).revised == 1


def test_a_letter_of_another_unit_is_refused_and_no_option_lets_it_in() -> None:
    ((_, said, waits_for),) = refused(*rows("WAIT", ("2016-01", "12m")), accept_unusual=True)
    assert (said, waits_for) == (
        'value is in minutes, and "12m" says "m". Write the number alone, in full', None,
    )  # fmt: skip


def test_whoever_signs_off_sees_what_came_by_file_and_nobody_explained() -> None:
    bring(*months("BINS", "40", "42", "41", year=2017), *rows("BINS", ("2017-10", "420")), accept_unusual=True)
    manager, head = builders.a_user(), builders.a_user("head", Role.HEAD, "WASTE")
    return_ = returns.my_return("WASTE", OCTOBER, by=manager)
    assert return_.provided == 1
    (line,) = signing_off.sign_off("WASTE", OCTOBER, by=head).read_first
    assert line.reasons == ("Unusual, and nobody has said why: you entered 420. Mar 2017 was 41. Did you mean 42?",)


# What was confirmed


def confirmed(period: str, value: str, *, what: str = "New rounds") -> str:
    """A row as an export writes it: the confirmation stands in the commentary."""
    return f'BINS,{COUNCIL},{period},,,{value},,"What happened: More calls\nConfirmed as right: {what}"'


def said_last() -> object:
    ((words,),) = rows_of("SELECT commentary FROM figures ORDER BY id DESC LIMIT 1")
    return words


def test_a_confirmation_does_not_go_over_to_another_number_that_a_file_brings() -> None:
    bring(*months("BINS", "40", "42", "41", year=2017), confirmed("2017-10", "420"), accept_unusual=True)
    report = bring(confirmed("2017-10", "430"), accept_unusual=True)
    assert said_last() == "What happened: More calls"
    assert report.questioned == (
        "Row 2, commentary: why it is right was said of another number, so these words are left out. If this one is "
        "unusual too, say why it is right.",
    )
    manager, head = builders.a_user(), builders.a_user("head", Role.HEAD, "WASTE")
    (asked,) = [line for line in returns.my_return("WASTE", OCTOBER, by=manager).lines if line.measure.code == "BINS"]
    assert [gap.field for gap in check_line(asked, stored_answer(asked)).gaps] == ["confirmed"]
    (line,) = signing_off.sign_off("WASTE", OCTOBER, by=head).read_first
    assert line.reasons == ("Unusual, and nobody has said why: you entered 430. Mar 2017 was 41. Did you mean 43?",)


def test_the_same_file_again_does_not_bring_the_confirmation_back() -> None:
    bring(*months("BINS", "40", "42", "41", year=2017), confirmed("2017-10", "420"), accept_unusual=True)
    bring(confirmed("2017-10", "430"), accept_unusual=True)
    assert bring(confirmed("2017-10", "430"), accept_unusual=True).same == 1
    assert said_last() == "What happened: More calls"
    assert bring(confirmed("2017-10", "420"), accept_unusual=True).revised == 1, "it is its own number again"
    assert said_last() == "What happened: More calls\nConfirmed as right: New rounds"


@pytest.mark.parametrize(
    ("value", "what"), [("430", "Two depots report now"), ("420.0", "New rounds"), ("420", "Two depots report now")]
)
def test_another_confirmation_or_one_of_the_same_number_is_kept(value: str, what: str) -> None:
    bring(*months("BINS", "40", "42", "41", year=2017), confirmed("2017-10", "420"), accept_unusual=True)
    row = confirmed("2017-10", value, what=what).replace("More calls", "Many more calls")
    assert bring(row, accept_unusual=True).questioned == ()
    assert said_last() == f"What happened: Many more calls\nConfirmed as right: {what}"


def test_an_export_whose_words_alone_were_changed_keeps_the_confirmation_of_the_digits_it_does_not_print() -> None:
    bring(*months("BINS", "40", "42", "41", year=2017), confirmed("2017-10", "420.4"), accept_unusual=True)
    printed = f'BINS,{COUNCIL},2017-10,420,"What happened: Fewer\nConfirmed as right: New rounds",1'
    heading = "measure_code,area_code,period,value,commentary,revision"
    report = importing.import_figures(read(printed, heading=heading), source="b.csv", accept_unusual=True)
    assert (report.revised, report.questioned) == (1, ())
    assert said_last() == "What happened: Fewer\nConfirmed as right: New rounds"


# What is signed off or locked


def approved() -> None:
    """September 2017 of WASTE is signed off, with 120 missed bins in it."""
    builders.add_figure("BINS", "2017-09", "120")
    add_return(ReturnStatus.APPROVED)


CORRECTED = rows("BINS", ("2017-09", "130"))


def test_an_approved_figure_is_corrected_for_a_reason_that_stays_on_record() -> None:
    approved()
    ((_, said, waits_for),) = refused(*CORRECTED)
    assert waits_for is WaitsFor.REASON
    assert said.startswith("Signed off by ")
    assert said.endswith("Give the reason to correct it.")
    assert bring(*CORRECTED, reason=" Ten rounds were missing ", by=the_bi_team()).revised == 1
    found = rows_of("SELECT reason, status, asked_by, decided_by, open_until FROM reopenings")
    assert found == [("Ten rounds were missing", "corrected", "a file", "bi", None)]
    assert rows_of("SELECT revision FROM figures WHERE reopening_id IS NOT NULL") == [(2,)]
    (request,) = reopenings.list_requests(by=builders.a_user("bi2", Role.BI_TEAM, "COUNCIL")).decided
    assert request.in_words == "Corrected by a file that Business intelligence team, COUNCIL brought in"
    assert not request.reopening.is_open(date(2017, 11, 10))


def test_the_operator_corrects_for_a_reason_too_and_a_new_figure_corrects_nothing() -> None:
    approved()
    builders.add_measure("GLASS")
    report = bring(*CORRECTED, *rows("GLASS", ("2017-09", "8")), reason="Recounted")
    assert (report.added, report.revised) == (1, 1)
    assert rows_of("SELECT measure_code, decided_by FROM reopenings") == [("BINS", "operator")]


def test_history_and_other_councils_need_no_reason() -> None:
    approved()
    builders.add_figure("BINS", "2014-09", "120")
    assert bring(*rows("BINS", ("2014-09", "130"))).revised == 1


def test_a_service_asks_for_what_is_locked_and_gives_no_reason_of_its_own() -> None:
    approved()
    found = refused(*CORRECTED, reason="Ours", by=builders.a_user())
    assert [waits_for for _, _, waits_for in found] == [None]
    assert "ask the BI team to reopen it" in found[0][1]


def test_what_is_locked_by_its_day_is_corrected_for_a_reason() -> None:
    builders.it_is(date(2018, 6, 1))
    with transaction() as session:
        session.get_one(SettingRow, "lock_after_working_days").value = "5"
    builders.add_figure("BINS", "2017-09", "120")
    add_return(ReturnStatus.DRAFT)
    ((_, said, waits_for),) = refused(*CORRECTED)
    assert (said[:12], waits_for) == ("Locked since", WaitsFor.REASON)


def test_a_reason_that_is_too_long_is_said_and_nothing_is_written() -> None:
    approved()
    ((row, said, _),) = refused(*CORRECTED, reason="x" * 5000)
    assert (row, "The longest that is kept" in said) == (0, True)


# Taken back


def run_ids() -> list[int]:
    """The imports so far, newest first."""
    with reading() as session:
        return [run.id for run in import_runs.list_runs(session)]


def test_an_import_is_taken_back_by_new_revisions_and_its_receipt_says_what_it_changed() -> None:
    bi = the_bi_team()
    bring(*months("BINS", "40", "42"))
    bring(*rows("BINS", ("2016-02", "43"), ("2016-03", "44")), by=bi)
    receipt = receipts.find_receipt(run_ids()[0], by=bi)
    assert [(str(each.value_before), str(each.value)) for each in receipt.changes] == [("42", "43"), ("None", "44")]
    assert (receipt.moved_on, receipt.may_take_back) == (0, True)
    done = receipts.take_back_import(receipt.run.id, reason="The wrong file", by=bi)
    assert done.revised == 2
    stored = rows_of("SELECT period_start, revision, value, absence FROM figures ORDER BY id")
    assert [(str(day), revision, absence) for day, revision, _, absence in stored[-2:]] == [
        ("2016-02-01", 3, None), ("2016-03-01", 2, "not_provided"),
    ]  # fmt: skip
    assert str(stored[-2][2]).startswith("42")
    with pytest.raises(receipts.NotTakenBackError, match="changed since"):
        receipts.take_back_import(receipt.run.id, reason="Again", by=bi)
    assert log.list_runs(by=bi)[0].source == "Taken back: a.csv"


def test_what_was_changed_since_stays() -> None:
    bi = the_bi_team()
    bring(*months("BINS", "40", "42"), by=bi)
    first = run_ids()[0]
    bring(*months("BINS", "41"))
    assert receipts.find_receipt(first, by=bi).moved_on == 1
    assert receipts.take_back_import(first, reason="The wrong file", by=bi).revised == 1


def test_a_figure_taken_back_is_owed_again() -> None:
    bi, manager = the_bi_team(), builders.a_user()
    bring(*rows("BINS", ("2017-10", "42")), by=bi)
    assert returns.my_return("WASTE", OCTOBER, by=manager).provided == 1
    receipts.take_back_import(run_ids()[0], reason="Not ours", by=bi)
    return_ = returns.my_return("WASTE", OCTOBER, by=manager)
    assert return_.provided == 0
    assert next(each for each in returns.list_owed(by=manager) if each.period == OCTOBER).provided == 0


def test_taking_back_corrects_what_was_signed_off_meanwhile() -> None:
    bi = the_bi_team()
    bring(*rows("BINS", ("2017-09", "120")), by=bi)
    add_return_of_what_is_there()
    receipts.take_back_import(run_ids()[0], reason="The wrong file", by=bi)
    assert rows_of("SELECT reason, status FROM reopenings") == [("The wrong file", "corrected")]


def add_return_of_what_is_there() -> None:
    """The draft that the import made is signed off."""
    with transaction() as session:
        session.execute(
            update(ReturnRow).values(
                status=ReturnStatus.APPROVED, submitted_by="manager", submitted_at=builders.RECORDED,
                decided_by="head", decided_at=builders.RECORDED,
            )
        )  # fmt: skip


@pytest.mark.parametrize("role", [Role.SERVICE_MANAGER, Role.HEAD, Role.LEADERSHIP, Role.ADMINISTRATOR])
def test_only_those_who_import_for_everyone_take_back(role: Role) -> None:
    bring(*months("BINS", "40"))
    number, other = run_ids()[0], builders.a_user("other", role, "WASTE")
    with pytest.raises(NotAllowedError):
        receipts.take_back_import(number, reason="Because", by=other)
    assert rows_of("SELECT count(*) FROM figures") == [(1,)]


def test_a_service_sees_of_a_receipt_what_is_its_own() -> None:
    builders.add_measure("HOMES", unit_code="HOUSING")
    bring(*rows("BINS", ("2017-10", "42")), *rows("HOMES", ("2017-10", "8")))
    number, manager = run_ids()[0], builders.a_user()
    receipt = receipts.find_receipt(number, by=manager)
    assert ([each.measure.code for each in receipt.changes], receipt.may_take_back) == (["BINS"], False)
    with pytest.raises(receipts.NoSuchImportError):
        receipts.find_receipt(number + 99, by=manager)


def test_a_reason_is_asked_for_before_anything_is_taken_back() -> None:
    bring(*months("BINS", "40"))
    with pytest.raises(receipts.NotTakenBackError, match="Enter why"):
        receipts.take_back_import(run_ids()[0], reason="  ", by=the_bi_team())


def test_a_ward_of_an_approved_month_is_corrected_for_a_reason_as_well() -> None:
    builders.add_figure("BINS", "2017-09", "12", area=WARDS[0])
    add_return(ReturnStatus.APPROVED)
    assert [waits_for for *_, waits_for in refused(*rows("BINS", ("2017-09", "13"), area=WARDS[0]))] == [
        WaitsFor.REASON
    ]
