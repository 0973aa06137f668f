"""The demonstration council, for tests that read it as its people do."""

import os
import re
import subprocess
import sys
from pathlib import Path

from performance.people import Role
from settings import ROOT

# What no page ever says, to anybody.
NEVER = re.compile(
    r"\bNone\b(?! this month)|\bnan\b|\bNaN\b|Traceback|NaT\b|Decimal\(|there is a problem with the service"
)
# The demonstration's account of each role.
ACCOUNTS = {
    Role.SERVICE_MANAGER: "waste.manager",
    Role.HEAD: "place.director",
    Role.DEPUTY: "hr.manager",
    Role.LEADERSHIP: "leadership",
    Role.POLICY_OFFICER: "policy.officer",
    Role.BI_TEAM: "bi.team",
    Role.EMPLOYEE: "collection.officer",
    Role.COUNCILLOR: "councillor",
    Role.ADMINISTRATOR: "admin",
}


def load_demonstration(database: Path) -> None:
    """By the operator's own commands, into a new file."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "GOLDEN_THREAD_STATE": str(database.parent)}
    for command in ("migrate", "demo"):
        done = subprocess.run(
            [sys.executable, "manage.py", command], cwd=ROOT, env=environment, check=False, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()
