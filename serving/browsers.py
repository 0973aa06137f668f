"""A session belongs to a browser: known by a cookie that no script reads, at every connection.

The cookie is random and says nothing by itself; who is signed in at which browser is in the database, which holds a
digest of it. Streamlit is told the digest as the owner of each session, and gives a session to no other.
"""

import hashlib
import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import settings
from components.frame.browser import OWNER

# The header by which Streamlit is told; whatever a client sends under this name is dropped.
HEADER = "x-golden-thread-browser"
OWNERS = {HEADER: OWNER}
_SECRET = re.compile(r"[0-9a-f]{64}")
# The app's page asks this before it opens its connection, from its own site, so that the cookie comes along.
_FIRST_QUESTION = "/_stcore/health"


def cookie_name(*, secure: bool) -> str:
    """Behind TLS the name itself makes browsers refuse it from any other site, port or path."""
    return "__Host-golden_thread" if secure else "golden_thread"


def digest(secret: str) -> str:
    """What stands for a browser everywhere but in its own cookie."""
    return hashlib.sha256(secret.encode()).hexdigest()


def owner_in(scope: Scope) -> str:
    """The digest of the browser that asks, as `Browsers` noted it; one of nobody's where it has no cookie of ours."""
    return Headers(scope=scope)[HEADER]


class Browsers:
    """Gives each browser its cookie, and each connection the digest of it; plain ASGI, so that nothing is held back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        secret = _secret(scope)
        # A socket that brings no cookie, such as a program's, is a browser of its own and nobody's afterwards.
        owner = digest(secret or secrets.token_hex(32))
        kept = [(name, value) for name, value in scope["headers"] if name != HEADER.encode()]
        scope = {**scope, "headers": [*kept, (HEADER.encode(), owner.encode())]}
        asks_first = scope["type"] == "http" and scope["path"].endswith(_FIRST_QUESTION)
        await self.app(scope, receive, _with_cookie(scope, send, secret) if asks_first else send)


def _with_cookie(scope: Scope, send: Send, secret: str | None) -> Send:
    """The same secret again, or a first one, for as long as the browser is known; a sign-in ends long before."""
    secure = _is_secure(scope)
    cookie = (
        f"{cookie_name(secure=secure)}={secret or secrets.token_hex(32)}; Path=/; HttpOnly; SameSite=Strict; "
        f"Max-Age={settings.SIGN_IN.known_days * 86_400}{'; Secure' if secure else ''}"
    )

    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("Set-Cookie", cookie)
        await send(message)

    return send_with_cookie


def _secret(scope: Scope) -> str | None:
    cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
    found = cookies.get(cookie_name(secure=_is_secure(scope)), "")
    return found if _SECRET.fullmatch(found) else None


def _is_secure(scope: Scope) -> bool:
    return scope["scheme"] in {"https", "wss"} or settings.behind_tls()
