"""What is said of a database that cannot be used."""

import pytest

from tests.command_line import manage

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_a_database_that_is_not_there_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    for command in (("serve-check",), ("migrate",), ("verify",)):
        found = manage(*command)
        assert found.returncode == 1
        assert "cannot be reached" in found.stderr
        assert "Traceback" not in found.stderr
