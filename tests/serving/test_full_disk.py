"""A disk on which nothing more can be written leaves reading whole, and the app starts and saves again as it was."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import SQLAlchemyError

from cycle.admin import upkeep
from cycle.do import returns
from cycle.ground.opening import open_database
from data_access.store.migrate import versions
from performance.do.typed import Answer
from performance.ground.periods import Period
from tests.builders import COUNCIL, a_user, add_council, add_measure
from tests.e2e.server import Server
from tests.serving.conftest import Call

OCTOBER = Period.month(2017, 10)
SORRY = "Sorry, there is a problem with the service"


@contextmanager
def full_disk(process: int) -> Iterator[None]:
    """No file of the process grows any more, nor is any byte of one written."""
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)


def test_everybody_reads_on_while_nothing_can_be_written(call: Call, server: Server) -> None:
    readers = [
        call("leadership", "scorecard"), call("leadership", "measure?measure=WCP1075"), call("councillor", "wards"),
        call("waste.manager", "my-return"), call("policy.officer", "annual-chart"), call("bi.team", "audit"),
        call("place.director", "sign-off"), call("waste.manager", "recovery-plans"),
    ]  # fmt: skip
    call(
        "leadership"
    ).connect()  # the disk fills while the app runs: to begin reading, SQLite wants 32 kB for its index
    with full_disk(server.pid):
        for reader in readers:
            reader.connect()
            assert SORRY not in reader.words, reader.page_name
            assert "cannot be reached" not in reader.words, reader.page_name
        assert readers[0].request("GET", "/_stcore/health")[0] == 200


def test_what_cannot_be_written_is_refused_whole_and_taken_once_there_is_room(sqlite_database: str) -> None:
    add_council()
    add_measure("COUNT")
    manager = a_user()
    answer, faults = Answer(measure_code="COUNT", value="12"), upkeep.verify().faults
    with full_disk(os.getpid()):
        assert open_database() == versions()[0], "and the app starts"
        with pytest.raises(SQLAlchemyError):
            returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=answer, by=manager)
        assert returns.my_return("WASTE", OCTOBER, by=manager).lines[0].current is None
    assert returns.save_figure("COUNT", area_code=COUNCIL, period=OCTOBER, answer=answer, by=manager).revision == 1
    assert upkeep.verify().faults == faults
