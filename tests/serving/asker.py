"""Whoever asks the public addresses, as a program: through the middlewares themselves, with the app behind them."""

from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import anyio
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message

from serving.headers import SecurityHeaders
from serving.open_data.door import OpenDoor

Answered = TypeVar("Answered")
BEHIND = "The app behind the door"


@dataclass(frozen=True)
class Got:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def words(self) -> str:
        return self.content.decode("utf-8-sig")


def ask(path: str, method: str = "GET", **headers: str) -> Got:
    """One answer; `if_none_match="..."` is a header."""
    return run(asking, a_door(), path, method, headers)


def run(what: Callable[..., Awaitable[Answered]], *given: object) -> Answered:
    """In a thread of its own: where a browser was driven before, this one has a loop that runs already."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(anyio.run, what, *given).result()


def a_door() -> ASGIApp:
    return SecurityHeaders(OpenDoor(PlainTextResponse(BEHIND)))


async def asking(door: ASGIApp, path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Got:
    said: list[Message] = []
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": method, "path": path, "headers": raw, "query_string": b"", "scheme": "http"}

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    await door(scope, receive, send)
    names = {name.decode().lower(): value.decode() for name, value in said[0]["headers"]}
    return Got(said[0]["status"], names, b"".join(each.get("body", b"") for each in said[1:]))
