"""Every way in which a verb says no, for whoever has to tell a person."""

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from cycle.admin.accounts import AccountError
from cycle.admin.demonstration import NotEmptyError
from cycle.admin.setup import SetupMovedError
from cycle.ground.access import SignedOutError
from cycle.ground.opening import NotReadyError
from data_access.do.figures import RevisionTakenError
from data_access.store.database import UnsafeDatabaseError
from data_access.store.errors import NotFoundError
from data_access.store.in_use import InUseError
from data_access.store.upkeep.copying import NotACopyError, NotEmbeddedError
from performance.ground.incoming import RefusedError
from performance.ground.people import NotAllowedError

REFUSALS: tuple[type[Exception], ...] = (
    AccountError,
    InUseError,
    NotACopyError,
    NotAllowedError,
    NotEmbeddedError,
    NotEmptyError,
    NotFoundError,
    NotReadyError,
    OSError,
    RefusedError,
    RevisionTakenError,
    SetupMovedError,
    SQLAlchemyError,
    SignedOutError,
    UnsafeDatabaseError,
)


def in_words(refusal: Exception) -> str:
    """A sentence for the person. What a database says itself is for nobody's eyes."""
    if isinstance(refusal, IntegrityError):
        return "Someone else changed the same rows at this moment. Nothing was changed here; run it again."
    if isinstance(refusal, SQLAlchemyError):
        return "The database cannot be reached or is not at this version. Run manage.py migrate, then try again."
    if isinstance(refusal, OSError):
        return f"{refusal.filename or 'The file'}: {(refusal.strerror or str(refusal)).lower()}."
    return str(refusal)
