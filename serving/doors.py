"""What a browser may fetch, send and ask of the running app: what is its own, while somebody is signed in at it.

Streamlit itself hands a file to whoever knows its address, takes an upload for any session whose number is known, and
lets every connection empty the caches of all. Here each of them is asked for a browser, and the browser for a person.
"""

import re
from collections import OrderedDict

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from cycle.ground import access, opening
from performance.ground.people import Permission, User
from serving import held
from serving.browsers import owner_in
from serving.held import Load

MAY_UPLOAD = (Permission.BRING_IN, Permission.MAINTAIN_REGISTER, Permission.MAKE_REPORTS)
# What is held at once of uploads: for a session, for a person in all their sessions, and for the whole process.
OF_A_SESSION = Load(files=8, size=40_000_000)
OF_A_PERSON = Load(files=24, size=80_000_000)
OF_ALL = Load(files=400, size=400_000_000)
LARGEST = 11_000_000
# How many addresses of files are remembered: far more than all open pages name.
_MOST_TOLD = 100_000
_ADDRESS = re.compile(rb"/media/([0-9a-f]{32,})")
_MEDIA = re.compile(r"/media/([0-9a-f]+)[^/]*$")
_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")
_SHUT = "/_stcore/metrics"
_NONE_SUCH = "0" * 32


class Doors:
    """Lets through what is a browser's own; plain ASGI, inside `Browsers`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # Which browsers were told the address of a file, and whose what was uploaded for a session is.
        self.told: OrderedDict[tuple[str, str], None] = OrderedDict()
        self.uploaders: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self.app(scope, self._asked(scope, receive), self._telling(scope, send))
            return
        problem = await self._problem(scope) if scope["type"] == "http" else None
        await (problem or self.app)(scope, receive, send)

    async def _problem(self, scope: Scope) -> PlainTextResponse | None:
        path, method = scope["path"], scope["method"]
        if path.endswith(_SHUT):
            return PlainTextResponse("Not found", 404)
        if (asked := _MEDIA.search(path)) and method != "OPTIONS":
            return await self._why_not_fetch(scope, asked[1])
        if (asked := _UPLOAD.search(path)) and method != "OPTIONS":
            return await self._why_not_upload(scope, asked[1])
        return None

    async def _why_not_fetch(self, scope: Scope, file: str) -> PlainTextResponse | None:
        browser = owner_in(scope)
        if (browser, file) in self.told and await _user_at(browser):
            return None
        return PlainTextResponse("This file is not yours to fetch. Sign in, and ask for it on its page.", 403)

    async def _why_not_upload(self, scope: Scope, session: str) -> PlainTextResponse | None:
        browser = owner_in(scope)
        user = await _user_at(browser) if held.owner_of(session) == browser else None
        if user is None or not any(user.may(each) for each in MAY_UPLOAD):
            return PlainTextResponse("You cannot upload here. Sign in as someone who brings files in.", 403)
        if scope["method"] == "DELETE":
            return None
        self.uploaders[session] = user.username
        more = Load(files=1, size=min(int(Headers(scope=scope).get("content-length", LARGEST)), LARGEST))
        if self._is_too_much(session, user.username, more):
            return PlainTextResponse("Too many files are being read. Take one away, or try again in a minute.", 429)
        return None

    def _is_too_much(self, session: str, username: str, more: Load) -> bool:
        by_session = held.uploads()
        self.uploaders = {each: name for each, name in self.uploaders.items() if each in by_session or each == session}
        theirs = [load for each, load in by_session.items() if self.uploaders.get(each) == username]
        of_session = by_session.get(session, Load(files=0, size=0))
        kinds = (([of_session], OF_A_SESSION), (theirs, OF_A_PERSON), (list(by_session.values()), OF_ALL))
        return any(_exceeds(sum(loads, more), most) for loads, most in kinds)

    def _asked(self, scope: Scope, receive: Receive) -> Receive:
        """What the browser says, without what nobody may ask of it."""

        async def receive_what_it_may() -> Message:
            while True:
                message = await receive()
                content = message.get("bytes")
                if not content:
                    return message
                allowed = await _allowed(content, owner_in(scope))
                if allowed is not None:
                    return {**message, "bytes": allowed}

        return receive_what_it_may

    def _telling(self, scope: Scope, send: Send) -> Send:
        """What the browser is told, and a note of each file that it is told of."""
        browser = owner_in(scope)

        async def send_and_note(message: Message) -> None:
            for file in _ADDRESS.findall(message.get("bytes") or b""):
                self.told[browser, file.decode()] = None
                self.told.move_to_end((browser, file.decode()))
            while len(self.told) > _MOST_TOLD:
                self.told.popitem(last=False)
            await send(message)

        return send_and_note


def _exceeds(load: Load, most: Load) -> bool:
    return load.files > most.files or load.size > most.size


async def _allowed(content: bytes, browser: str) -> bytes | None:
    """The message as it may go on: None where it may not; a file that is not theirs is asked for as one that is not."""
    said = BackMsg()
    try:
        said.ParseFromString(content)
    except ValueError:
        return content  # Streamlit closes such a connection itself
    kind = said.WhichOneof("type")
    if kind == "clear_cache":
        return None
    if kind != "backend_operation_request":
        return content
    request = said.backend_operation_request
    if request.WhichOneof("payload") != "deferred_file":
        return None
    if held.owner_of_promised(request.deferred_file.file_id) != browser or not await _user_at(browser):
        request.deferred_file.file_id = _NONE_SUCH
        return bytes(said.SerializeToString())
    return content


async def _user_at(browser: str) -> User | None:
    try:
        return await anyio.to_thread.run_sync(access.find_user_at, browser)
    except opening.NotReadyError:
        return None
