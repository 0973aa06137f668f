"""Keeping the database: whether it is ready and whole, and a copy of it."""

from pathlib import Path

import pytest
from sqlalchemy import text

from cycle.admin import upkeep
from cycle.ground.opening import NotReadyError
from data_access.council.settings_store import get_now
from data_access.store.audit import add_event
from data_access.store.database import transaction
from data_access.store.upkeep.copying import NotACopyError, NotEmbeddedError
from tests import builders


def test_a_sound_database_is_found_sound_on_both(database_on_both: str) -> None:
    builders.add_council()
    builders.add_measure()
    builders.add_figure(value="1")
    builders.vouch()
    findings = upkeep.verify()
    assert findings.faults == ()
    assert findings.counts["figures"] == 1


def test_a_revision_that_was_taken_away_is_found(database_on_both: str) -> None:
    builders.add_council()
    builders.add_measure()
    builders.add_figure(value="1")
    builders.add_figure(value="2", revision=3)
    builders.vouch()
    assert upkeep.verify().faults == (f"WCP1063 for {builders.COUNCIL} from 2017-09-01: 2 revisions are there of 3.",)


def test_ready_means_at_this_version_and_writable(database_on_both: str) -> None:
    upkeep.check_ready()
    with transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(NotReadyError, match="migrate"):
        upkeep.check_ready()


def test_a_copy_never_overwrites_and_says_its_seal(sqlite_database: str, tmp_path: Path) -> None:
    builders.add_council()
    (tmp_path / "there.db").touch()
    with pytest.raises(NotACopyError, match="there already"):
        upkeep.back_up(tmp_path / "there.db")
    assert upkeep.back_up(tmp_path / "empty.db") == "no events yet"
    with transaction() as session:
        add_event(session, at=get_now(session), username="someone", verb="name", subject="something")
    assert upkeep.back_up(tmp_path / "copy.db") == upkeep.verify().seal


def test_a_server_s_database_is_copied_with_its_own_tools(database_on_both: str, tmp_path: Path) -> None:
    if database_on_both.startswith("sqlite"):
        upkeep.back_up(tmp_path / "copy.db")
        return
    with pytest.raises(NotEmbeddedError, match="pg_dump"):
        upkeep.back_up(tmp_path / "copy.db")
