"""A database of the release before, with rows in it, comes to this version whole, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from data_access.council import people
from data_access.plan import register
from data_access.store.database import engine, reading
from data_access.store.migrate import alone, is_current, migrate, upgrade
from tests.conftest import rows_of

BEFORE = "0001"
ROWS = (
    "INSERT INTO areas (code, name, kind, aliases) VALUES ('E08000031', 'A city', 'council', '')",
    "INSERT INTO organisation_units (code, kind) VALUES ('CWC', 'council')",
    "INSERT INTO people (username, name, email, password_hash, must_change_password, session_epoch)"
    " VALUES ('bi', 'BI', '', 'x', false, 0), ('starter', 'Starter', '', 'x', true, 0)",
    "INSERT INTO plan_nodes (code, title, kind, owner_role, why, position)"
    " VALUES ('P1', 'A priority', 'priority', '', 'Because', 1)",
    "INSERT INTO measures (code, title, unit, polarity, accumulation, frequency, unit_code, objective_code, multiplier,"
    " decimals, definition, numerator_definition, denominator_definition, polarity_note, is_share, may_be_negative,"
    " year_basis, cycle_months, content_kind, perspective, owner_role, tolerance, tolerance_kind, counts_people,"
    " seasonal, lag_days, source, methodology, statutory_reference, comparator_group, no_target_reason, illustrative)"
    " VALUES ('M1', 'A measure', 'number', 'lower', 'in_period', 'monthly', 'CWC', 'P1', '1', 1, '', '', '', '', false,"
    " false, 'financial', 12, 'local', 'customer', '', '2.5', 'absolute', false, false, 5, '', 'As it is', '', '', '',"
    " false)",
    "INSERT INTO targets (measure_code, area_code, period_start, period_months, revision, number, state,"
    " effective_from, rationale, baseline, benchmark, imported, proposed_by, proposed_at, decided_by, decided_at)"
    " VALUES ('M1', 'E08000031', '2017-04-01', 12, 1, '12.25', 'agreed', '2017-04-01', '', '', '', true, 'x',"
    " '2017-04-01 09:00:00+00:00', 'x', '2017-04-01 09:00:00+00:00')",
)


@pytest.fixture
def last_release(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty database, brought to the release before, and filled."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    with alone(engine()) as connection:
        upgrade(connection, to=BEFORE)
    with engine().begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    yield
    engine().dispose()


@pytest.mark.usefixtures("last_release")
def test_rows_of_the_last_release_are_there_after_migrating() -> None:
    assert not is_current()
    migrate()
    assert is_current()
    with reading() as session:
        measure = register.get_measure(session, code="M1")
    assert (measure.title, str(measure.tolerance), measure.objective_code) == ("A measure", "2.5", "P1")
    assert (measure.rationale, measure.replaces, measure.earlier) == ("", None, ())
    with reading() as session:
        lasting, once = (people.find_user(session, username=each, on=date(2017, 11, 9)) for each in ("bi", "starter"))
    assert lasting is not None
    assert lasting.one_time_since is None
    # A one-time password that is out ends from the day this version came, not before.
    assert once is not None
    assert once.one_time_since is not None
    assert timedelta(0) <= datetime.now(UTC) - once.one_time_since < timedelta(minutes=5)
    with reading() as session:  # the tour is for a first visit, and whoever chose a password has been here
        assert [people.has_closed_tour(session, username=each) for each in ("bi", "starter")] == [True, False]
    assert [str(row[0]) for row in rows_of("SELECT number FROM targets")] == ["12.25"]
    assert rows_of("SELECT title, lessons FROM plan_nodes") == [("A priority", "")]


@pytest.mark.usefixtures("last_release")
def test_who_typed_what_is_half_typed_is_known_after_migrating() -> None:
    with alone(engine()) as connection:
        upgrade(connection, to="0016")
    with engine().begin() as connection:
        for start in ("2017-09-01", "2017-10-01"):  # two periods of a measure, in one return
            connection.execute(
                text(
                    "INSERT INTO drafts (unit_code, return_start, measure_code, area_code, period_start, period_months,"
                    " answer, version, saved_by, saved_at) VALUES ('CWC', '2017-10-01', 'M1', 'E08000031', :start, 1,"
                    " '{}', 1, 'bi', '2017-11-01 09:00:00+00:00')"
                ),
                {"start": start},
            )
    migrate()
    assert rows_of("SELECT unit_code, measure_code, username FROM return_hands") == [("CWC", "M1", "bi")]
