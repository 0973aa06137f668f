"""Somebody signed in at a browser, without the form."""

import secrets
from datetime import UTC, datetime, timedelta

import settings
from data_access.council.people import find_user, save_signed_in
from data_access.council.settings_store import get_today
from data_access.store.database import transaction
from serving.browsers import digest


def a_secret_of(username: str) -> str:
    """What the browser holds at which that person signed in a moment ago."""
    secret, now = secrets.token_hex(32), datetime.now(UTC)
    until = now + timedelta(hours=settings.SIGN_IN.session_hours)
    with transaction() as session:
        user = find_user(session, username=username, on=get_today(session))
        if user is None:
            raise LookupError(f"There is no account {username}.")
        save_signed_in(session, browser=digest(secret), user=user, until=until, now=now)
    return secret
