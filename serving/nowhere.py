"""An address that is not there: our own page, and 404. And the picture that a browser shows beside our name.

For whatever it has no file of, Streamlit answers with the page that it answers everything with, and 200; the page then
says over Home, in its own words, that there is none such. So what it answers is looked at, and not which routes it has.
"""

from functools import cached_property
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from components.frame.navigation import PAGES
from reporting.open_data import pages

ICON = Path(__file__).with_name("favicon.png").read_bytes()
# The second is what a browser asks for beside a page that names none, such as a file.
_ICONS = {"favicon.png", "favicon.ico"}
_NAMES = {each.url_path for each in PAGES}
# Below these Streamlit answers with pages that are not its own: of components, and files that were made for a person.
_OTHERS = {"component", "media"}


class Nowhere:
    """Answers what is nowhere; plain ASGI, outside `Browsers`: whoever comes here need be nobody."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        # What only begins like the path that we are served under lies beside it.
        is_ours = f"{path}/".startswith(f"{self._base}/")
        name = path.removeprefix(self._base).strip("/") if is_ours else path
        first, _, rest = name.partition("/")
        if name in _ICONS:
            await _icon()(scope, receive, send)
        elif name in _NAMES or (first in _OTHERS and rest):
            await self.app(scope, receive, send)
        else:
            await self._unless_it_is_the_page(scope, receive, send)

    @cached_property
    def _base(self) -> str:
        """The path that the app is served under; asked for late, when the command line has been read."""
        base = str(config.get_option("server.baseUrlPath")).strip("/")
        return f"/{base}" if base else ""

    async def _unless_it_is_the_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = False
        # Whoever asks for a part of it would be given a part, or be refused one, of what is not there.
        scope = {**scope, "headers": list(scope["headers"])}
        del MutableHeaders(scope=scope)["range"]

        async def send_unless_it_is(message: Message) -> None:
            nonlocal is_page
            if message["type"] == "http.response.start":
                is_page = message["status"] < 300 and "html" in Headers(raw=message["headers"]).get("content-type", "")
            if not is_page:
                await send(message)

        await self.app(scope, receive, send_unless_it_is)
        if is_page:
            await _nothing_there(self._to_home(scope))(scope, receive, send)

    def _to_home(self, scope: Scope) -> str:
        """The way there from this address, relative: it holds under whatever path a proxy serves the app."""
        asked = scope.get("raw_path", scope["path"].encode())
        return "../" * (asked.count(b"/") - self._base.count("/") - 1) or "./"


def _nothing_there(to_home: str) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(pages.nowhere(to_home), 404, headers=headers, media_type="text/html")


def _icon() -> Response:
    return Response(ICON, headers={"Cache-Control": "public, max-age=86400"}, media_type="image/png")
