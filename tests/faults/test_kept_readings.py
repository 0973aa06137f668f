"""What is kept for one is never shown to another who may not see it, and never after it has changed, however many read
while somebody writes."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from cycle.review import readings
from data_access.models import FigureRow
from data_access.store.database import transaction
from performance.ground.figures import FigureStatus
from performance.ground.people import Role, User
from performance.ground.periods import Period
from settings import ROOT
from tests.builders import COUNCIL, RECORDED, WARDS, a_user, add_council, add_measure
from tests.processes import ends_with_us

pytestmark = pytest.mark.usefixtures("database_on_both")
SEPTEMBER = Period.month(2017, 9)
# The second ward is hidden with the first, or the whole would give it away; the rest stay.
FEW, BASES = WARDS[0], {ward: 100 * place for place, ward in enumerate(WARDS) if place > 1}
CHANGES, ROUNDS = 12, 25


@pytest.fixture
def people(database_on_both: str) -> dict[Role, User]:
    add_council()
    add_measure("A1", counts_people=True, numerator_definition="People helped")
    save(1)
    return {role: a_user(role.value, role) for role in (Role.BI_TEAM, Role.LEADERSHIP, Role.COUNCILLOR)}


def save(revision: int) -> None:
    """A small count stays small, and all other wards and the whole say which change it is."""
    values = {FEW: 1 + revision % 4, WARDS[1]: 60 + revision, COUNCIL: 2000 + revision}
    values |= {ward: base + revision for ward, base in BASES.items()}
    with transaction() as session:
        session.add_all(
            FigureRow(
                measure_code="A1", area_code=area, period_start=SEPTEMBER.start, period_months=1, revision=revision,
                value=Decimal(value), status=FigureStatus.FINAL, recorded_at=RECORDED, recorded_by="import",
            )
            for area, value in values.items()
        )  # fmt: skip


def shown(user: User) -> tuple[bool, int]:
    """Whether the small count is shown, and which change the others say it is."""
    found = readings.ward_map("A1", None, by=user).numbers
    numbers = {ward: int(series[SEPTEMBER]) for ward, series in found.items() if SEPTEMBER in series}
    (revision,) = {numbers[ward] - base for ward, base in BASES.items()}
    return FEW in numbers, revision


def test_who_may_not_see_a_small_count_never_does_and_everybody_sees_what_was_saved(people: dict[Role, User]) -> None:
    saved, is_over = [1], threading.Event()

    def write() -> None:
        for revision in range(2, CHANGES + 2):
            save(revision)
            saved.append(revision)
        is_over.set()

    def read(role: Role) -> int:
        rounds = 0
        while rounds < ROUNDS or not is_over.is_set():
            least = saved[-1]
            is_small_shown, revision = shown(people[role])
            assert is_small_shown is (role is Role.BI_TEAM)
            assert revision >= least
            rounds += 1
        return rounds

    with ThreadPoolExecutor(5) as pool:
        writer = pool.submit(write)
        readers = [pool.submit(read, role) for role in (*people, Role.LEADERSHIP)]
        assert all(each.result() >= ROUNDS for each in readers)
        writer.result()


def test_another_process_is_seen_at_once(people: dict[Role, User]) -> None:
    reader = people[Role.LEADERSHIP]
    assert shown(reader) == shown(reader) == (False, 1)
    code = "from tests.faults.test_kept_readings import save; save(2)"
    subprocess.run(ends_with_us(sys.executable, "-c", code), cwd=ROOT, check=True)
    assert shown(reader) == shown(reader) == (False, 2)
