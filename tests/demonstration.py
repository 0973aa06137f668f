"""The demonstration council, for tests that read it as its people do."""

import re
from pathlib import Path

import pytest

from data_access.store import database
from performance.ground.people import Role
from tests.command_line import done

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


def load_demonstration(path: Path) -> None:
    """By the operator's own commands, into a new file."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", f"sqlite:///{path}")
        environment.setenv("GOLDEN_THREAD_STATE", str(path.parent))
        done("migrate")
        done("demo")
        database.engine().dispose()
