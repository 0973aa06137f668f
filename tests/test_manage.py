"""The command line says what it did, refuses in sentences, and exits 0, 1 or 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cycle import demonstration
from settings import ROOT
from tests.builders import WARDS, add_council, add_figure, add_measure
from tests.command_line import manage

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
    assert manage("user", "disable", "new").returncode == 0
    assert manage("user", "disable", "bi").returncode == 0
    listed = manage("user", "list").stdout.splitlines()
    assert listed[0] == "bi (disabled)\tBI analyst\tbi_team@CWC"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("import", "figures", "missing.csv"), 1, "missing.csv cannot be read"),
        (("import", "figures", "README.md"), 1, "neither a .csv file nor an .xlsx workbook"),
        (("import", "figures", "docs"), 1, "docs is a folder"),
        (("import", "figures", "seeds/settings.csv"), 1, 'There is no column "name"'),
        (("import", "figures", "seeds/settings.csv", "--as", "nobody"), 1, 'There is no account "nobody"'),
        (("user", "disable", "nobody"), 1, 'There is no account "nobody"'),
        (("export", "scorecard", "--output", "x.csv", "--period", "soon"), 1, '"soon" is not a period'),
        (("export", "scorecard", "--output", "x.csv"), 1, "Import an area of kind council"),
        (("export", "figures", "--output", "x.csv", "--measure", "A10"), 1, 'There is no measure "A10"'),
        (("export", "figures", "--output", "no/such/folder/x.csv"), 1, "no such file or directory"),
        (("export", "figures", "--output", "x.pdf"), 2, ".csv or .json"),
        (("export", "everything", "--output", "x.csv"), 2, "everything"),
        (("template", "setup", "council.csv"), 2, "PATH ends in .xlsx"),
        (("template", "setup", "no/such/folder/x.xlsx"), 1, "no such file or directory"),
        (("report", "ward-profile", "--ward", "Nowhere", "--output", "x.pdf"), 1, 'There is no area "Nowhere"'),
        (("report", "ward-profile", "--ward", "Park", "--output", "x.txt"), 2, ".docx or .pdf"),
        (("restore", "missing.db"), 1, "missing.db is not there"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(arguments: tuple[str, ...], code: int, said: str) -> None:
    found = manage(*arguments)
    assert found.returncode == code
    assert said in found.stderr
    assert "Traceback" not in found.stderr


def test_a_process_of_its_own_says_and_answers_the_same() -> None:
    """The others call the command within the tests' own process; this is the one an operator starts."""
    command = [sys.executable, "manage.py", "user", "disable", "nobody"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ, check=False)
    within = manage("user", "disable", "nobody")
    assert (found.returncode, found.stdout, found.stderr) == (within.returncode, within.stdout, within.stderr)


def test_a_command_does_not_wait_for_the_libraries_that_draw() -> None:
    asked = "import sys, manage; print(sorted({'altair', 'pandas', 'statsmodels', 'streamlit'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_a_database_that_is_not_there_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    for command in (("serve-check",), ("migrate",), ("verify",)):
        found = manage(*command)
        assert found.returncode == 1
        assert "cannot be reached" in found.stderr
        assert "Traceback" not in found.stderr


def test_the_demonstration_is_not_loaded_unasked_into_a_database_named_by_hand() -> None:
    refused = manage("demo", "--if-empty")
    assert refused.returncode == 0
    assert "The database that DATABASE_URL names is empty and stays so." in refused.stdout
    assert demonstration.is_empty()


def test_the_empty_workbook_is_written_and_brings_nothing_in(tmp_path: Path) -> None:
    path = tmp_path / "council.xlsx"
    assert manage("template", "setup", path).returncode == 0
    done = manage("import", "setup", path)
    assert (done.returncode, done.stdout) == (
        0,
        "The file holds headings and examples only: there is nothing to bring in.\n",
    )


def test_a_ward_profile_is_written_as_word_and_as_pdf(tmp_path: Path) -> None:
    add_council()
    add_measure("TIPS")
    add_figure("TIPS", value="5", area=WARDS[0])
    for name, begins in (("ward.docx", b"PK"), ("ward.pdf", b"%PDF")):
        made = manage("report", "ward-profile", "--ward", "ward 1", "--period", "2017-09", "--output", tmp_path / name)
        assert made.stdout.startswith("The profile of Ward 1 is in "), made.stderr
        assert (tmp_path / name).read_bytes().startswith(begins)
