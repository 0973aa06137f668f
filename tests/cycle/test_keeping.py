"""Keeping the database: whether it is ready and whole, a copy of it, and the copy brought back."""

from pathlib import Path

import pytest
from sqlalchemy import text

from cycle import keeping
from cycle.memory import remembered
from cycle.opening import NotReadyError
from data_access.audit import add_event
from data_access.database import reading, transaction
from data_access.settings_store import get_now, get_setting, save_setting
from data_access.upkeep import NotACopyError, NotEmbeddedError
from tests import builders
from tests.cycle.test_importing import everything


def test_a_sound_database_is_found_sound_on_both(database_on_both: str) -> None:
    builders.add_council()
    builders.add_measure()
    builders.add_figure(value="1")
    findings = keeping.verify()
    assert findings.faults == ()
    assert findings.counts["figures"] == 1


def test_a_revision_that_was_taken_away_is_found(database_on_both: str) -> None:
    builders.add_council()
    builders.add_measure()
    builders.add_figure(value="1")
    builders.add_figure(value="2", revision=3)
    assert keeping.verify().faults == (f"WCP1063 for {builders.COUNCIL} from 2017-09-01: 2 revisions are there of 3.",)


def test_ready_means_at_this_version_and_writable(database_on_both: str) -> None:
    keeping.check_ready()
    with transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(NotReadyError, match="migrate"):
        keeping.check_ready()


def test_a_copy_brought_back_is_the_database_as_it_was(sqlite_database: str, tmp_path: Path) -> None:
    builders.add_council()
    before = everything()
    keeping.back_up(tmp_path / "copy.db")
    builders.add_measure()
    keeping.restore(tmp_path / "copy.db")
    assert everything() == before


def test_what_was_worked_out_before_a_copy_came_back_is_not_taken_for_what_holds_now(
    sqlite_database: str, tmp_path: Path
) -> None:
    """The events count on from the copy, so the same number comes twice: it is not the same state."""
    builders.add_council()
    keeping.back_up(tmp_path / "copy.db")
    worked_out = []
    for name in ("before", "after"):
        with transaction() as session:
            save_setting(session, name="council_name", value=name)
            add_event(session, at=get_now(session), username="someone", verb="name the council", subject=name)
        with reading() as session:
            worked_out.append(remembered(session, ("name",), lambda: get_setting(session, name="council_name")))
        keeping.restore(tmp_path / "copy.db")
    assert worked_out == ["before", "after"]


def test_a_copy_never_overwrites_and_only_a_copy_is_brought_back(sqlite_database: str, tmp_path: Path) -> None:
    (tmp_path / "other.db").write_bytes(b"no database at all, though long enough to be looked at" * 100)
    (tmp_path / "empty.db").touch()
    before = everything()
    with pytest.raises(NotACopyError, match="there already"):
        keeping.back_up(tmp_path / "other.db")
    for name in ("other.db", "empty.db", "missing.db"):
        with pytest.raises(NotACopyError):
            keeping.restore(tmp_path / name)
    assert everything() == before


def test_a_server_s_database_is_copied_with_its_own_tools(database_on_both: str, tmp_path: Path) -> None:
    if database_on_both.startswith("sqlite"):
        keeping.back_up(tmp_path / "copy.db")
        return
    with pytest.raises(NotEmbeddedError, match="pg_dump"):
        keeping.back_up(tmp_path / "copy.db")
