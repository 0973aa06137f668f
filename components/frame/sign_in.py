"""Signing in: the only module that touches streamlit-authenticator or who a session belongs to.

A session belongs to a browser, which the server's own middleware (serving/) knows by a cookie that no script reads; the
database knows who is signed in at which browser, and is asked on every run whether they still may come in.
streamlit-authenticator checks passwords; throttling, disabled people and ending a session are in
cycle/ground/access.py.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st
from streamlit_authenticator import Hasher

from components.frame import browser
from components.frame.welcome import shown as welcome
from components.parts.markup import plain
from cycle.ground import access, opening
from cycle.ground.access import Arrival, SignedIn
from cycle.ground.passwords import WeakPasswordError
from cycle.report.editions import public
from performance.ground.people import User
from performance.report.public import OPEN

_IDENTITY = "identity"
_CHECK = Hasher.check_pw

_of_this_run: ContextVar[Arrival | None] = ContextVar("arrival", default=None)


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
    """The session's own answer, else the browser's, for as long as the database bears it out.

    Raises NotReadyError without a database, and where nothing guards the server.
    """
    ours = browser.ours()
    said: SignedIn | None = st.session_state.get(_IDENTITY) or (access.find_signed_in(ours) if ours else None)
    if said is None or said.has_ended:
        st.session_state.pop(_IDENTITY, None)
        return _guarded(access.arrive(None))
    arrival = access.arrive(said.username, session_epoch=said.session_epoch)
    if arrival.user is None:
        st.session_state.pop(_IDENTITY, None)
    else:
        st.session_state[_IDENTITY] = said
    return _guarded(arrival)


def _guarded(arrival: Arrival) -> Arrival:
    """The arrival, where the middleware is there, or nothing can be lost without it: a demonstration on this machine.

    Without it a session is anybody's who knows its number. Raises NotReadyError with what to start instead.
    """
    asked_over_the_network = bool(st.context.headers)
    harmless = arrival.council["demonstration"] == "yes" and st.context.ip_address is None
    if asked_over_the_network and not browser.ours() and not harmless:
        raise opening.NotReadyError(
            "This server was started without what guards it. Whoever runs it starts `streamlit run serve.py` instead "
            "of Home.py; docs/operations.md says more."
        )
    return arrival


def show_form(council: Mapping[str, str]) -> None:
    """The sign-in form, in place of whatever page was asked for: the address stays, so the link is kept."""
    st.title("Sign in", anchor=False)
    welcome.introduce(council)
    form, beside = st.columns(2, gap="large")
    with form:
        _show_typed_form()
    with beside:
        welcome.picture()
    welcome.demonstration_accounts(_enter)


def _show_typed_form() -> None:
    with st.form("sign_in", width=480):
        username = st.text_input("Username", key="sign_in_username", autocomplete="username")
        password = st.text_input("Password", key="sign_in_password", type="password", autocomplete="current-password")
        asked = st.form_submit_button("Sign in", type="primary")
    if asked:
        _try(lambda: access.sign_in(username, password, address=_address(), browser=browser.ours(), check=_CHECK))
    if _has_public_editions():
        st.markdown(f"[Published figures, without signing in]({OPEN})")


def _has_public_editions() -> bool:
    try:
        return bool(public.face().editions)
    except opening.NotReadyError:
        return False  # whoever wants to sign in is not kept from it


def show_new_password_form(user: User) -> None:
    """A one-time password opens this form and nothing else."""
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
        renewed = access.change_password(old, new, check=_CHECK, by=user)
    except (access.SignInRefusedError, WeakPasswordError) as refusal:
        st.error(plain(str(refusal)))
        return
    _remember(renewed)
    st.rerun()


def sign_out(user: User) -> None:
    """End every session of the person, here and elsewhere. For a button's on_click."""
    access.sign_out(by=user)
    for key in list(st.session_state):
        del st.session_state[key]


def _enter(username: str) -> None:
    """As somebody of the demonstration, at one click."""
    _try(lambda: access.enter_demonstration(username, address=_address(), browser=browser.ours(), check=_CHECK))


def _try(enter: Callable[[], User]) -> None:
    try:
        user = enter()
    except access.SignInRefusedError as refusal:
        st.error(plain(str(refusal)))
        return
    _remember(user)
    st.rerun()


def _remember(user: User) -> None:
    # A one-time password is good for choosing another: it opens this session, and no other at this browser.
    lasting = None if user.must_change_password else browser.ours()
    st.session_state[_IDENTITY] = access.stay_signed_in(lasting, by=user)


def _address() -> str:
    """Where the attempt comes from, as the server's middleware knows it (serving/addresses.py)."""
    address = st.context.ip_address
    return address if isinstance(address, str) else "this machine"
