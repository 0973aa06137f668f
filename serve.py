"""The server: Home.py with security headers, and with its pages known before the first visitor arrives.

`streamlit run serve.py` starts it. `streamlit run Home.py` works too; what it lacks is here.
"""

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from components import faults

# Streamlit guesses from the folder's name that pages/ holds pages of its older kind, until st.navigation has run
# once in the process. A first visitor with a deep link would be told "Page not found" on the way to signing in.
PagesManager.uses_pages_directory = False

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'",
}


class SecurityHeaders:
    """Adds headers to every HTTP answer; plain ASGI, so that nothing is held back on its way."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if scope["path"].startswith("/media/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers)


app = st.App("Home.py", middleware=[Middleware(SecurityHeaders)], on_script_error=faults.show)
