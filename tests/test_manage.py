"""The command line says what it did, refuses in sentences, and exits 0, 1 or 2."""

import os
import subprocess
import sys

import pytest

from settings import ROOT
from tests.command_line import manage

pytestmark = pytest.mark.usefixtures("sqlite_database")


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
        (("report", "ward-profile", "--ward", "Park", "--output", "x.txt"), 2, ".docx or .pptx or .xlsx or .pdf"),
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
