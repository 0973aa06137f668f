"""What people type is made legible as it enters the database: by every column, on both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import JSON, String, insert, select
from sqlalchemy.exc import IntegrityError

from data_access.council import people
from data_access.models import SettingRow
from data_access.models.base import Base
from data_access.store.audit import add_event, list_breaks, list_events
from data_access.store.column_types import Document, Line, OneOf, Paragraph
from data_access.store.database import reading, transaction

AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
HOSTILE = "back\x00 pain\x08\x1b\x7f\ufffe\ud800 of\r\nmine"
KEPT = "back pain of\nmine"


def test_no_column_of_text_takes_it_as_it_comes() -> None:
    kinds = [column.type for table in Base.metadata.tables.values() for column in table.columns]
    assert sum(isinstance(each, Line | Paragraph | Document | OneOf) for each in kinds) > 200
    assert [str(each) for each in kinds if isinstance(each, String | JSON)] == []


@pytest.mark.usefixtures("database_on_both")
def test_control_characters_are_dropped_and_what_is_looked_for_is_found() -> None:
    with transaction() as session:
        session.execute(insert(SettingRow).values(name="a\x00name", value=HOSTILE))
    with reading() as session:
        found = session.scalar(select(SettingRow.value).where(SettingRow.name == "a\x08name"))
        assert found == KEPT
        assert people.find_password_hash(session, username="nobody\x00") is None


@pytest.mark.usefixtures("database_on_both")
def test_the_audit_trail_hashes_what_it_keeps() -> None:
    with transaction() as session:
        add_event(
            session, at=AT, username="a\x00b", verb="try", subject=HOSTILE, after={"note": HOSTILE, "of": [HOSTILE]}
        )
    with reading() as session:
        (event,) = list_events(session)
        assert (event.username, event.subject) == ("ab", KEPT)
        assert "\\u0000" not in event.after
        assert "back pain" in event.after
        assert list(list_breaks(session)) == []


@pytest.mark.usefixtures("database_on_both")
def test_a_fault_of_the_database_quotes_nothing_that_was_typed() -> None:
    with transaction() as session:
        session.execute(insert(SettingRow).values(name="once", value="first"))
    with pytest.raises(IntegrityError) as fault, transaction() as session:
        session.execute(insert(SettingRow).values(name="once", value="my back pain"))
    assert "back pain" not in str(fault.value)
