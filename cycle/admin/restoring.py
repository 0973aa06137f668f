"""Bringing a copy back: checked before anything changes, and nobody shut out comes in again. The operator's verbs."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.orm import Session

from cycle.ground.council import OPERATOR
from data_access.council.settings_store import get_now
from data_access.do import disclosure
from data_access.store import in_use, revocations
from data_access.store.audit import add_event, find_last_hash
from data_access.store.database import engine, open_engine
from data_access.store.migrate import alone, upgrade, versions
from data_access.store.revocations import Kept, Standing
from data_access.store.upkeep import copying, restoring

FindStanding = Callable[[str], Standing | None]


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What was brought back, at which version; what stays revoked; and where the replaced database is kept."""

    version: str
    seal: str
    kept: Kept
    replaced: Path | None = None

    @property
    def sentences(self) -> Iterator[str]:
        """What the operator reads."""
        yield f"Restored, and at version {self.version}. The copy's seal is {self.seal or 'none: it has no events'}."
        yield "Every session has ended: everybody signs in again."
        kept = self.kept
        for names, what in (
            (kept.disabled, "Still disabled, though not in the copy"),
            (kept.passwords, "With the password from after the copy"),
            (kept.roles, "Roles that had ended since the copy"),
        ):
            if names:
                yield f"{what}: {', '.join(names)}."
        if self.replaced:
            yield f"What it replaces is kept as {self.replaced}. Delete it when it is not needed any more."


def restore(path: Path, *, seal: str | None = None) -> Restored:
    """Put a copy in the place of the embedded database, brought to this version, with every session ended.

    All of it is done beside the database, which is exchanged in one step at the end and kept. Raises NotACopyError,
    InUseError or NotEmbeddedError, and then the database is as it was.
    """
    database = copying.embedded_path().absolute()
    if not path.is_file():
        raise copying.NotACopyError(f"{path} is not there.")
    if database.exists() and path.samefile(database):
        raise copying.NotACopyError(f"{path} is the database itself, not a copy.")
    engine().dispose()
    with in_use.alone(database), restoring.made_beside(path, database) as beside:
        done = _make_ready(beside, source=path.name, seal=seal, find=lambda last: _standing_in_file(database, last))
        kept = Path(f"{database}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}") if database.exists() else None
        restoring.put_in_place(beside, database, kept=kept or database)
    return Restored(version=done.version, seal=done.seal, kept=done.kept, replaced=kept)


def after_restore(*, replaced: str | None = None, seal: str | None = None) -> Restored:
    """After pg_restore into a database on a server: all that `restore` checks and does, in one transaction.

    `replaced` is the name of the database on the same server that it takes the place of. Raises NotACopyError and
    InUseError, and then nothing was changed.
    """
    if engine().dialect.name == "sqlite":
        raise copying.NotACopyError("This is for a database on a server. Use manage.py restore PATH here.")
    engine().dispose()
    with alone(engine()) as connection:
        restoring.demand_alone(connection)
        name = str(engine().url.database)
        return _make_fit(connection, source=name, seal=seal, find=lambda last: _standing_on_server(replaced, last))


def _make_ready(beside: Path, *, source: str, seal: str | None, find: FindStanding) -> Restored:
    made = open_engine(f"sqlite:///{beside}")
    try:
        with made.connect().execution_options(writes=True) as connection, connection.begin():
            return _make_fit(connection, source=source, seal=seal, find=find)
    finally:
        made.dispose()


def _make_fit(connection: Connection, *, source: str, seal: str | None, find: FindStanding) -> Restored:
    with Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session:
        version = restoring.check(session, seal=seal)
        last = find_last_hash(session) or ""
        if version != versions()[0]:
            upgrade(connection, to=versions()[0])
        restoring.check_whole(session)
        # What follows from the record nothing vouches for: it is worked out here and not taken from the copy.
        disclosure.decide_anew(session)
        standing = find(last)
        kept = revocations.save_revoked_again(session, as_in=standing) if standing else Kept()
        revocations.save_every_session_ended(session)
        after = {"seal": last, "disabled": kept.disabled, "passwords": kept.passwords, "roles": kept.roles}
        add_event(session, at=get_now(session), username=OPERATOR, verb="restore", subject=source, after=after)
        session.flush()
        return Restored(version=versions()[0], seal=last, kept=kept)


def _standing_in_file(database: Path, last: str) -> Standing | None:
    """A database that is gone or damaged says nothing about who had been shut out."""
    if not database.exists():
        return None
    made = open_engine(f"sqlite:///{database}")
    try:
        with made.connect() as connection, closing(Session(connection)) as session:
            return revocations.find_standing(session, after=last)
    except DatabaseError:
        return None
    finally:
        made.dispose()


def _standing_on_server(name: str | None, last: str) -> Standing | None:
    if name is None:
        return None
    made = open_engine(engine().url.set(database=name).render_as_string(hide_password=False))
    try:
        with made.connect() as connection, closing(Session(connection)) as session:
            return revocations.find_standing(session, after=last)
    except SQLAlchemyError as fault:
        raise copying.NotACopyError(f'The database "{name}" that this one replaces cannot be read.') from fault
    finally:
        made.dispose()
