"""Signing in: the only module that touches streamlit-authenticator, cookies or who a session belongs to.

The cookie and the session say which person to ask for; the database, asked on every run, says whether they still
may come in. streamlit-authenticator checks passwords and carries the cookie; what it has no notion of (throttling,
disabled people, ending a session) is in cycle/access.py.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import jwt
import streamlit as st
from extra_streamlit_components.CookieManager import _component_func as cookie_component
from streamlit_authenticator import Hasher

import settings
from components import html_table
from cycle import access
from cycle.access import Arrival
from cycle.passwords import WeakPasswordError
from performance.people import User

COOKIE = "golden_thread"
# Kept through signing out: the copy of the cookies that this connection was opened with still holds the old one.
_SIGNED_OUT = "signed_out"


_of_this_run: ContextVar[Arrival | None] = ContextVar("arrival", default=None)


class Identity(NamedTuple):
    """Which person a session or a cookie speaks for, and until when (seconds since 1970)."""

    username: str
    session_epoch: int
    until: float


class _CookieTask(NamedTuple):
    method: str
    value: str | None
    key: str


def arrive() -> Arrival:
    """Who is asking, as the database knows them on this very run; on a page, what Home.py found a moment ago."""
    return _of_this_run.get() or _ask()


@contextmanager
def arrived(arrival: Arrival) -> Iterator[None]:
    """While the block runs, and only in this run of this session, the page need not ask the database again."""
    token = _of_this_run.set(arrival)
    try:
        yield
    finally:
        _of_this_run.reset(token)


def _ask() -> Arrival:
    identity: Identity | None = st.session_state.get("identity") or _identity_in_cookie()
    if identity is None or identity.until <= datetime.now(UTC).timestamp():
        st.session_state.pop("identity", None)
        return access.arrive(None)
    arrival = access.arrive(identity.username, session_epoch=identity.session_epoch)
    if arrival.user is None:
        _forget()
    else:
        st.session_state["identity"] = identity
    return arrival


def show_form(council: Mapping[str, str]) -> None:
    """The sign-in form, in place of whatever page was asked for: the address stays, so the link is kept."""
    st.title("Sign in", anchor=False)
    st.write(f"Golden Thread is the performance management app of {council['council_name']}.")
    with st.form("sign_in", width=480):
        username = st.text_input("Username", key="sign_in_username", autocomplete="username")
        password = st.text_input("Password", key="sign_in_password", type="password", autocomplete="current-password")
        asked = st.form_submit_button("Sign in", type="primary")
    if asked:
        _try(username, password)
    _show_demonstration_accounts()


def show_new_password_form(user: User) -> None:
    """A one-time password opens this form and nothing else: not even a cookie comes of it."""
    st.title("Choose your own password", anchor=False)
    st.write("You signed in with a one-time password. Choose one of your own: three random words make a good one.")
    with st.form("new_password", width=480):
        old = st.text_input("One-time password", key="password_old", type="password")
        new = st.text_input(
            "New password, at least 12 characters", key="password_new", type="password", autocomplete="new-password",
        )  # fmt: skip
        asked = st.form_submit_button("Save my password", type="primary")
    if not asked:
        return
    try:
        renewed = access.change_password(old, new, check=Hasher.check_pw, by=user)
    except (access.SignInRefusedError, WeakPasswordError) as refusal:
        st.error(str(refusal))
        return
    _remember(renewed)
    st.rerun()


def sign_out(user: User) -> None:
    """End every session of the person, here and elsewhere. For a button's on_click."""
    access.sign_out(by=user)
    for key in list(st.session_state):
        del st.session_state[key]
    _forget()


def keep_cookie() -> None:
    """Hand the browser its cookie, or take it away, and go on until the browser says it is done.

    Called once a run from Home.py, outside every page: switching pages would unmount the component too early.
    """
    # Its place is always there: if it came and went, everything below would be mounted anew, half typed or not.
    place = st.container(height=1, border=False, key="cookie")
    task: _CookieTask | None = st.session_state.get("cookie_task")
    if task is None:
        return
    expires = datetime.now(UTC) + timedelta(hours=settings.SIGN_IN.session_hours)
    options: dict[str, str | bool] = {"path": "/", "sameSite": "strict", "expires": expires.isoformat()}
    if str(st.context.url or "").startswith("https://"):
        options["secure"] = True
    with place:
        done = cookie_component(
            method=task.method, cookie=COOKIE, value=task.value, options=options, key=task.key, default=None
        )
    if done:
        del st.session_state["cookie_task"]


def _try(username: str, password: str) -> None:
    try:
        user = access.sign_in(username, password, address=_address(), check=Hasher.check_pw)
    except access.SignInRefusedError as refusal:
        st.error(str(refusal))
        return
    _remember(user)
    st.rerun()


def _remember(user: User) -> None:
    until = (datetime.now(UTC) + timedelta(hours=settings.SIGN_IN.session_hours)).timestamp()
    st.session_state["identity"] = Identity(user.username, user.session_epoch, until)
    st.session_state.pop(_SIGNED_OUT, None)
    if user.must_change_password:
        return
    content = {"sub": user.username, "epoch": user.session_epoch, "exp": int(until)}
    _queue("set", jwt.encode(content, settings.cookie_key(), algorithm="HS256"))


def _forget() -> None:
    st.session_state.pop("identity", None)
    st.session_state[_SIGNED_OUT] = True
    _queue("delete", None)


def _queue(method: str, value: str | None) -> None:
    st.session_state["cookie_task"] = _CookieTask(method, value, f"cookie_{method}_{secrets.token_hex(4)}")


def _identity_in_cookie() -> Identity | None:
    raw = st.context.cookies.get(COOKIE)
    if st.session_state.get(_SIGNED_OUT) or not isinstance(raw, str):
        return None
    try:
        content = jwt.decode(
            raw, settings.cookie_key(), algorithms=["HS256"], options={"require": ["exp", "sub", "epoch"]}
        )
        return Identity(str(content["sub"]), int(content["epoch"]), float(content["exp"]))
    except (jwt.PyJWTError, ValueError, TypeError):
        return None


def _address() -> str:
    """Where the attempt comes from; behind a proxy that is believed, what it says."""
    told = st.context.headers.get("X-Real-Ip") if settings.trusts_proxy() else None
    return str(told or st.context.ip_address or "this machine")


def _show_demonstration_accounts() -> None:
    people = access.list_demonstration_accounts()
    if not people:
        return
    st.header("Accounts of the demonstration", anchor=False)
    st.write("Every password is **golden-thread-demo**. An own database has none of these accounts.")
    columns = [html_table.Column(title="Username"), html_table.Column(title="Who")]
    with st.container(width=480):
        html_table.plain("One account for each role", columns, [[each.username, each.name] for each in people])
