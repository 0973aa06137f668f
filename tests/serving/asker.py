"""Whoever asks the public addresses, as a program: through the middlewares themselves, with the app behind them."""

from collections.abc import Mapping
from dataclasses import dataclass

import anyio
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message

from serving.headers import SecurityHeaders
from serving.open_data.door import OpenDoor

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
    return anyio.run(asking, a_door(), path, method, headers)


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
