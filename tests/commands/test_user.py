"""An operator makes accounts, says who manages whom, and shuts them."""

from pathlib import Path

import pytest

from tests.command_line import manage
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_an_operator_makes_an_account_and_sees_it_disabled(tmp_path: Path) -> None:
    (tmp_path / "organisation.csv").write_text("unit_code,name,kind\nCWC,Council,council\n")
    assert manage("import", "setup", tmp_path).returncode == 0
    made = manage("user", "add", "bi", "--name", "BI analyst", "--email", "bi@example.org", "--role", "bi_team@CWC")
    assert made.stdout.startswith("One-time password of bi: ")
    named = manage("user", "add", "new", "--name", "New analyst", "--role", "employee@CWC", "--manager", "bi")
    assert named.returncode == 0
    assert manage("user", "set-manager", "new").stdout == "new has no manager now.\n"
    assert manage("user", "set-manager", "new", "bi").stdout == "new is managed by bi.\n"
    assert "Choose someone else" in manage("user", "set-manager", "bi", "new").stderr
    assert manage("user", "set-email", "new", "new@example.org").stdout == "Mails to new go to new@example.org.\n"
    assert rows_of("SELECT email FROM people WHERE username = 'new'") == [("new@example.org",)]
    for wrong in ("nobody", "a@example.org, b@example.org"):
        assert manage("user", "set-email", "new", wrong).stderr.startswith("Give one plain e-mail address")
    assert "no account" in manage("user", "set-email", "stranger", "a@example.org").stderr
    assert manage("user", "set-email", "new").stdout == "new has no e-mail address now.\n"
    said = rows_of("SELECT after FROM audit_events WHERE verb = 'set e-mail address' ORDER BY sequence")
    assert said == [('{"address": "given"}',), ('{"address": "none"}',)]
    assert manage("user", "disable", "new").returncode == 0
    assert manage("user", "disable", "bi").returncode == 0
    listed = manage("user", "list").stdout.splitlines()
    assert listed[0] == "bi (disabled)\tBI analyst\tbi_team@CWC"


def test_an_operator_gives_a_role_with_an_end_and_takes_it_away(tmp_path: Path) -> None:
    (tmp_path / "organisation.csv").write_text("unit_code,name,kind\nCWC,Council,council\n")
    assert manage("import", "setup", tmp_path).returncode == 0
    assert manage("user", "add", "new", "--name", "New analyst").returncode == 0
    given = manage("user", "give-role", "new", "bi_team@CWC", "--until", "2999-12-31")
    assert given.stdout == "new holds bi_team@CWC until 2999-12-31.\n"
    assert manage("user", "give-role", "new", "bi_team@CWC").stdout == "new holds bi_team@CWC without an end.\n"
    assert manage("user", "list").stdout == "new\tNew analyst\tbi_team@CWC\n"
    assert manage("user", "end-role", "new", "bi_team@CWC").stdout == "new holds bi_team@CWC no more.\n"
    assert "does not hold" in manage("user", "end-role", "new", "bi_team@CWC").stderr
    assert manage("user", "list").stdout == "new\tNew analyst\tno role\n"
