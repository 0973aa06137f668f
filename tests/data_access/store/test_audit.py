"""The audit chain says when history was tampered with."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from data_access.store import audit
from data_access.store.audit import add_event, list_breaks
from data_access.store.database import engine, reading, transaction
from settings import ROOT

NOON = datetime(2017, 11, 10, 12, tzinfo=UTC)


def write_three_events() -> None:
    for verb in ("propose target", "agree target", "submit return"):
        with transaction() as session:
            add_event(session, at=NOON, username="officer", verb=verb, subject="WCP1063", after={"number": "9.0"})


def breaks() -> list[str]:
    with reading() as session:
        return list(list_breaks(session))


def tamper(statement: str) -> None:
    """What someone with the database's own password could do: put the guard away, rewrite, and put it back."""
    with engine().begin() as connection:
        if engine().dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_events_no_update"))
            connection.execute(text("DROP TRIGGER audit_events_no_delete"))
            connection.execute(text(statement))
        else:
            connection.execute(text("ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only"))
            connection.execute(text(statement))
            connection.execute(text("ALTER TABLE audit_events ENABLE TRIGGER audit_events_append_only"))


@pytest.mark.usefixtures("database_on_both")
def test_an_untouched_chain_holds() -> None:
    write_three_events()
    assert breaks() == []


@pytest.mark.usefixtures("database_on_both")
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_events SET after = '{}' WHERE sequence = 2", "Event 2 was changed after it was written."),
        ("UPDATE audit_events SET username = 'x' WHERE sequence = 3", "Event 3 was changed after it was written."),
        ("DELETE FROM audit_events WHERE sequence = 2", "Event 2 is missing."),
    ],
    ids=["an event reworded", "an author changed", "an event taken out"],
)
def test_tampering_is_found(statement: str, said: str) -> None:
    write_three_events()
    tamper(statement)
    assert said in breaks()


@pytest.mark.usefixtures("database_on_both")
@pytest.mark.parametrize("statement", ["UPDATE audit_events SET verb = 'x'", "DELETE FROM audit_events"])
def test_the_database_itself_refuses_to_rewrite_history(statement: str) -> None:
    write_three_events()
    with pytest.raises(DatabaseError, match="append-only"), engine().begin() as connection:
        connection.execute(text(statement))
    assert breaks() == []


def test_every_deed_that_must_list_rows_is_the_name_of_a_verb() -> None:
    """One that is renamed in its verb and not in the list would no longer be asked for its rows."""
    verbs = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "cycle").rglob("*.py")))
    assert [name for name in audit._DECISIONS if f'"{name}"' not in verbs] == []
