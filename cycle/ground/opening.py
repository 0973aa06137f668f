"""Opening the database: brought to this version, or a sentence that says what stands in the way."""

import logging
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from data_access.store import database, migrate

log = logging.getLogger(__name__)


class NotReadyError(RuntimeError):
    """The database cannot be used; the sentence is for whoever opened the app."""

    @classmethod
    def unreachable(cls) -> Self:
        return cls(
            "The database cannot be reached. Try again in a minute. If it goes on, tell the team that runs the app."
        )


def open_database() -> str:
    """Migrate to this version and answer with its number. Raises NotReadyError."""
    try:
        return migrate.migrate()
    except (migrate.NewerDatabaseError, database.UnsafeDatabaseError) as fault:
        raise NotReadyError(str(fault)) from fault
    except (SQLAlchemyError, OSError) as fault:
        log.exception("The database could not be opened")
        raise NotReadyError.unreachable() from fault
