"""The page of a fault that nobody expected: a sentence for the reader, and a log that quotes nothing they typed."""

import logging

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from components.frame import faults
from data_access.store.database import transaction

TYPED = "my back pain"


def fail_with_what_was_typed() -> None:
    try:
        with transaction() as session:
            session.execute(text("INSERT INTO no_such_table VALUES (:typed)"), {"typed": TYPED})
    except SQLAlchemyError as fault:
        raise ValueError(f"could not keep {TYPED!r}") from fault


@pytest.mark.usefixtures("database_on_both")
def test_the_log_says_where_and_of_what_kind_and_quotes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        try:
            fail_with_what_was_typed()
        except ValueError as fault:
            faults.show(fault)
    said = caplog.text
    assert "Traceback" in said
    assert "ValueError" in said
    assert "in fail_with_what_was_typed" in said
    assert "OperationalError" in said or "ProgrammingError" in said
    assert TYPED not in said
