"""The demonstration is loaded where it was asked for."""

import pytest

from cycle.admin import demonstration
from tests.command_line import manage

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_the_demonstration_is_not_loaded_unasked_into_a_database_named_by_hand() -> None:
    refused = manage("demo", "--if-empty")
    assert refused.returncode == 0
    assert "The database that DATABASE_URL names is empty and stays so." in refused.stdout
    assert demonstration.is_empty()
