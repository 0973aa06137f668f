"""As known at: what was known at a past moment, and which day it was then."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from data_access.council.settings_store import get_today


def day_of(session: Session, as_known_at: datetime | None) -> date:
    """The day on which a page is read: that of the moment it is drawn for, or else today."""
    return get_today(session) if as_known_at is None else as_known_at.date()


def is_known(recorded_at: datetime | None, as_known_at: datetime | None) -> bool:
    """Whether what was recorded then is part of what was known at the moment."""
    return as_known_at is None or (recorded_at is not None and recorded_at <= as_known_at)
