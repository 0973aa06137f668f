"""What the server tells browsers beside each answer, so that they let a page do no more than this app does."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import settings
from performance.report.public import OPEN

# Streamlit's own page needs scripts and styles of its own making; nothing may come from, or go to, anywhere else.
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' blob: 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'self'",
    "object-src": "'none'",
    "frame-ancestors": "'self'",
}
_POLICY_IN = "Content-Security-Policy"
_UNUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{each}=()" for each in _UNUSED),
    _POLICY_IN: "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
}
_FOR_TWO_YEARS = "max-age=63072000; includeSubDomains"


class SecurityHeaders:
    """Adds headers to every HTTP answer; plain ASGI, so that nothing is held back on its way."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # What the public reads says so itself, and more strictly: it needs none of what Streamlit's page needs.
                own = headers.get(_POLICY_IN) if scope["path"].startswith(OPEN) else None
                for name, value in _HEADERS.items():
                    headers[name] = value
                if own:
                    headers[_POLICY_IN] = own
                if settings.behind_tls():
                    headers["Strict-Transport-Security"] = _FOR_TWO_YEARS
                if "/media/" in scope["path"]:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers)
