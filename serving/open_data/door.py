"""The public's door: it answers whatever is asked for by HTTP under /open/ itself, and lets none of it through.

Whoever comes here is nobody: no cookie is read or given, nobody is asked who they are, and nothing is written.
"""

import logging
import re
from collections.abc import Callable
from re import Pattern

import anyio.to_thread
from anyio import CapacityLimiter
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from cycle.ground.opening import NotReadyError
from performance.report.public import OPEN
from reporting.open_data import pages
from reporting.open_data.pages import Frame
from serving.open_data import shown
from serving.open_data.answers import Answer, moved, response

# However many come at once: those who are signed in have the rest of the threads, and of the database.
_THREADS, _MOST_AT_ONCE = 3, 60
_CODE = r"([A-Za-z0-9._-]{1,32})"
_EDITION = r"editions/(E-\d{2,9})/"
_PAGES: dict[Pattern[str], Callable[..., Answer | None]] = {
    re.compile(""): shown.latest,
    re.compile("editions/"): shown.editions,
    re.compile(_EDITION): shown.edition,
    re.compile("measures/"): shown.measures,
    re.compile(f"measures/{_CODE}/"): shown.measure,
    re.compile("wards/"): shown.wards,
    re.compile(f"wards/{_CODE}/"): shown.ward,
}
_FILES: dict[Pattern[str], Callable[..., Answer | None]] = {
    re.compile(r"open\.css"): shown.style,
    re.compile(_EDITION + f"({'|'.join(map(re.escape, shown.FILES))})"): shown.file,
}
_NOBODYS = Frame()
_UNREADABLE = "The figures cannot be read at the moment. Try again in a minute."
_LOG = logging.getLogger(__name__)


class OpenDoor:
    """Answers the public; plain ASGI, outside `Browsers`, which would ask who it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.limiter: CapacityLimiter | None = None
        self.readers = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and f"{scope['path']}/".startswith(OPEN):
            await (await self._answer(scope))(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response:
        method, path = scope["method"], scope["path"]
        asked, is_head = Headers(scope=scope), method == "HEAD"
        if method not in {"GET", "HEAD"}:
            return response(_only_read(), asked, is_head=False)
        with_slash = f"{path}/"
        if _is_page(with_slash.removeprefix(OPEN)):
            return moved(with_slash)
        return response(await self._read(path.removeprefix(OPEN)), asked, is_head=is_head)

    async def _read(self, path: str) -> Answer:
        # Made here and not with the door, for it belongs to the loop that runs.
        self.limiter = self.limiter or CapacityLimiter(_THREADS)
        if self.readers >= _MOST_AT_ONCE:
            return _not_now("Too many are reading at once. Try again in a minute.")
        self.readers += 1
        try:
            return await anyio.to_thread.run_sync(_found, path, limiter=self.limiter)
        finally:
            self.readers -= 1


def _is_page(path: str) -> bool:
    """Whether a page has such an address, whether or not there is one."""
    return any(each.fullmatch(path) for each in _PAGES)


def _found(path: str) -> Answer:
    try:
        for pattern, show in {**_PAGES, **_FILES}.items():
            if match := pattern.fullmatch(path):
                return (show(*match.groups()) or _nothing_there()).with_its_tag
    except NotReadyError:
        return _not_now(_UNREADABLE)
    except Exception:  # noqa: BLE001 - said in the log, and never to the street
        # Whoever is nobody is told nothing of what went wrong; whoever runs the app is told all of it.
        _LOG.exception("Nothing could be answered at a public address")
        return _not_now(_UNREADABLE)
    return _nothing_there()


def _nothing_there() -> Answer:
    """The same for what there is not and for what is not published: neither is told."""
    sentence = "Nothing is published at this address. It may be misspelt, or not be published for the public."
    return Answer(content=pages.said("Not found", sentence, frame=_NOBODYS), status=404)


def _only_read() -> Answer:
    sentence = "Published figures are read, and nothing is sent to them."
    content = pages.said("Not allowed", sentence, frame=_NOBODYS)
    return Answer(content=content, status=405, headers={"Allow": "GET, HEAD"})


def _not_now(sentence: str) -> Answer:
    content = pages.said("Not available", sentence, frame=_NOBODYS)
    return Answer(content=content, status=503, headers={"Retry-After": "60"})
