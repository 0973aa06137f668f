"""What small counts hide is decided as figures are written, and stands in the database for whoever reads."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from sqlalchemy import delete, insert, text
from sqlalchemy.orm import Session

from cycle.admin import upkeep
from cycle.ground.series import hiding
from data_access.council.settings_store import get_setting, save_setting
from data_access.do import disclosure
from data_access.models import AreaRow, DisclosureRow, FigureRow, HiddenFigureRow, MeasureRow
from data_access.store.database import engine, reading, transaction
from data_access.store.migrate import alone, migrate
from performance.ground.figures import FigureStatus
from performance.ground.periods import Period
from performance.ground.readers import IN_FULL, OFFICER
from tests import earlier
from tests.builders import COUNCIL, RECORDED, WARDS, add_council, add_figure, add_measure, vouch
from tests.conftest import rows_of
from tests.rows_read import rows_read

AUGUST = Period.month(2017, 8)
PEOPLE = {"counts_people": True, "numerator_definition": "People helped"}
Hidden = dict[str, set[tuple[str, str]]]

pytestmark = pytest.mark.usefixtures("a_council")


@pytest.fixture
def a_council(database_on_both: str) -> None:
    """Two measures of the same people and one of others, and one of bins: in four wards and all together."""
    add_council()
    for code in ("HELPED", "HELPED2"):
        add_measure(code, **PEOPLE)
    add_measure("OTHERS", counts_people=True, numerator_definition="Others")
    add_measure("BINS")
    for code in ("HELPED", "BINS"):
        counted(code, "2017-09", 2, 30, 40, 60)
    counted("OTHERS", "2017-09", 40, 50, 3, 60)


def counted(code: str, period: str, *counts: int) -> None:
    """A figure for each of the first wards, and their sum for the council."""
    for area, count in zip((*WARDS[: len(counts)], COUNCIL), (*counts, sum(counts)), strict=True):
        add_figure(code, period, str(count), area=area)


def kept() -> Hidden:
    """By measure, the area and the month of what is hidden."""
    found: Hidden = {}
    for code, area, start in rows_of("SELECT measure_code, area_code, period_start FROM hidden_figures"):
        found.setdefault(code, set()).add((area, str(start)[:7]))
    return found


def is_right() -> bool:
    with reading() as session:
        return list(disclosure.list_wrong(session)) == []


def change(do: Callable[[Session], object]) -> None:
    with transaction() as session:
        do(session)


def test_a_small_count_is_hidden_by_the_transaction_that_writes_it() -> None:
    assert set(kept()) == {"HELPED", "OTHERS"}
    assert (WARDS[0], "2017-09") in kept()["HELPED"]
    assert is_right()


def test_a_figure_saved_moves_what_counts_the_same_people_and_nothing_else() -> None:
    before = kept()
    with rows_read("figures") as found:
        add_figure("HELPED2", "2017-09", "2", area=WARDS[1])
    assert {row[0] for row in found} <= {"HELPED", "HELPED2"}
    assert kept()["OTHERS"] == before["OTHERS"]
    assert "HELPED2" in kept()
    assert is_right()


def test_of_measures_that_count_nobody_nothing_is_asked() -> None:
    with rows_read("figures") as found:
        add_figure("BINS", "2017-09", "3", area=WARDS[0], revision=2)
    assert found == []


def test_a_correction_that_leaves_everything_as_hidden_as_it_was_writes_nothing() -> None:
    versions = "SELECT part, token FROM versions WHERE table_name IN ('hidden_figures', 'disclosures') ORDER BY part"
    before = rows_of(versions)
    add_figure("HELPED", "2017-09", "1", area=WARDS[0], revision=2)
    assert rows_of(versions) == before
    assert is_right()


@pytest.mark.parametrize(
    "do",
    [
        pytest.param(lambda session: save_setting(session, name="small_number_threshold", value="45"), id="threshold"),
        pytest.param(
            lambda session: setattr(session.get_one(MeasureRow, "OTHERS"), "counts_people", False), id="counts nobody"
        ),
        pytest.param(lambda session: setattr(session.get_one(MeasureRow, "BINS"), "counts_people", True), id="counts"),
        pytest.param(
            lambda session: setattr(session.get_one(MeasureRow, "OTHERS"), "numerator_definition", "People helped"),
            id="counts the same people",
        ),
        pytest.param(
            lambda session: setattr(session.get_one(AreaRow, WARDS[1]), "valid_from", date(2017, 10, 1)),
            id="ward to come",
        ),
    ],
)
def test_what_the_rule_goes_by_moves_it_as_well(do: Callable[[Session], object]) -> None:
    before = kept()
    change(do)
    assert kept() != before
    assert is_right()


def test_a_measure_that_leaves_others_behind_leaves_them_as_they_are_by_themselves() -> None:
    # With a small count of its own, HELPED2 hides more of HELPED than that hides by itself.
    counted("HELPED2", "2017-08", 40, 3, 50)
    counted("HELPED", "2017-08", 50, 50, 50)
    together = kept()["HELPED"]
    assert any(month == "2017-08" for _, month in together)
    change(lambda session: setattr(session.get_one(MeasureRow, "HELPED2"), "numerator_definition", "Somebody else"))
    assert not any(month == "2017-08" for _, month in kept()["HELPED"])
    assert is_right()


def test_who_reads_in_the_transaction_that_writes_sees_no_more() -> None:
    with transaction() as session:
        before = hiding.hidden_cells(session, ["OTHERS"])
        save_setting(session, name="small_number_threshold", value="55")
        after = hiding.hidden_cells(session, ["OTHERS"])
    assert before < after
    with reading() as session:
        assert hiding.hidden_cells(session, ["OTHERS"]) == after


def test_where_nothing_was_decided_it_is_worked_out() -> None:
    with reading() as session:
        right = hiding.hidden_cells(session, ["HELPED", "OTHERS"])
    with engine().begin() as connection:
        for table in (HiddenFigureRow, DisclosureRow):
            connection.execute(delete(table))
    with reading() as session:
        assert hiding.hidden_cells(session, ["HELPED", "OTHERS"]) == right


def test_only_what_is_asked_for_is_read() -> None:
    with rows_read("hidden_figures") as found, reading() as session:
        measures = [each for group in disclosure.groups_of(session) for each in group]
        hiding.figures_of(session, measures=measures, area_codes=[COUNCIL], reader=OFFICER)
    assert {row[1] for row in found} <= {COUNCIL}
    with rows_read("hidden_figures") as found, reading() as session:
        hiding.figures_of(session, measures=measures, reader=IN_FULL)
    assert found == []


def test_what_was_tampered_with_is_said_and_mended() -> None:
    vouch()
    right = kept()
    assert upkeep.verify().faults == ()
    with engine().begin() as connection:
        connection.execute(delete(HiddenFigureRow).where(HiddenFigureRow.area_code == WARDS[0]))
        row = {"measure_code": "OTHERS", "area_code": WARDS[1], "period_start": AUGUST.start, "period_months": 1}
        connection.execute(insert(HiddenFigureRow), [row])
    faults = upkeep.verify().faults
    assert (
        f"Disclosure: HELPED of {WARDS[0]} for September 2017 has to be hidden and is not. Run manage.py rebuild."
        in faults
    )
    assert (
        f"Disclosure: OTHERS of {WARDS[1]} for August 2017 is hidden and need not be. Run manage.py rebuild." in faults
    )
    assert upkeep.rebuild() == len(faults)
    assert kept() == right
    assert upkeep.verify().faults == ()
    assert rows_of("SELECT username, verb, subject FROM audit_events ORDER BY sequence DESC")[0] == (
        "operator",
        "rebuild",
        "disclosure",
    )
    assert upkeep.rebuild() == 0


def test_a_database_of_the_version_before_has_it_decided_as_it_is_brought_here() -> None:
    right = kept()
    with alone(engine()) as connection:
        for statement in earlier.statements("0018", sqlite=connection.dialect.name == "sqlite"):
            connection.execute(text(statement))
    migrate()
    assert kept() == right
    assert is_right()


def test_two_who_write_of_the_same_people_at_once_hide_what_both_together_give_away() -> None:
    """Neither sees what the other has written until it is there for all; who ends last has to see both."""
    both_wrote = Barrier(2, timeout=1)

    def write(code: str, count: int) -> None:
        with transaction() as session:
            session.add(a_count(code, count))
            session.flush()
            with suppress(BrokenBarrierError):  # on SQLite the second begins when the first has ended
                both_wrote.wait()

    threads = [Thread(target=write, args=each) for each in (("HELPED", 3), ("HELPED2", 30))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {code for code, cells in kept().items() if (WARDS[0], "2017-08") in cells} == {"HELPED", "HELPED2"}
    assert is_right()


def test_who_began_before_the_threshold_was_raised_decides_by_the_new_one() -> None:
    def raise_it() -> None:
        change(lambda session: save_setting(session, name="small_number_threshold", value="45"))

    other = Thread(target=raise_it)
    with transaction() as session:
        assert get_setting(session, name="small_number_threshold") == "5"
        other.start()
        other.join(timeout=1)  # on SQLite it begins when this one has ended
        session.add(a_count("OTHERS", 3))
    other.join()
    assert (WARDS[2], "2017-09") in kept()["HELPED"]
    assert is_right()


def test_who_read_a_measure_before_it_counted_others_decides_by_what_it_counts_now() -> None:
    def count_the_same() -> None:
        change(lambda session: setattr(session.get_one(MeasureRow, "OTHERS"), "numerator_definition", "People helped"))

    other = Thread(target=count_the_same)
    with transaction() as session:
        held = session.get_one(MeasureRow, "OTHERS")
        assert held.numerator_definition == "Others"
        other.start()
        other.join(timeout=1)
        session.add(a_count("OTHERS", 3))
    other.join()
    assert {WARDS[0], WARDS[2]} <= {area for area, month in kept()["HELPED"] if month == "2017-09"}
    assert is_right()


def a_count(code: str, count: int) -> FigureRow:
    return FigureRow(
        measure_code=code, area_code=WARDS[0], period_start=AUGUST.start, period_months=1, revision=1,
        value=Decimal(count), status=FigureStatus.FINAL, recorded_at=RECORDED, recorded_by="import",
    )  # fmt: skip
