"""A browser as a program: one websocket, and requests beside it that bring the same cookie."""

import http.client
import re
import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect


@dataclass
class Caller:
    """Whoever has this cookie, at one page. `heard` is every message since the page was last asked for."""

    site: str
    page_name: str = ""
    cookie: str = ""
    heard: list[ForwardMsg] = field(default_factory=list)
    session: str = ""
    _socket: ClientConnection | None = None
    _open: ExitStack = field(default_factory=ExitStack)

    def connect(self, session: str = "") -> "Caller":
        """Open the page's connection, where it is said to be a session that was there before."""
        cookie = {"Cookie": self.cookie} if self.cookie else {}
        self._socket = self._open.enter_context(connect(
            self.site.replace("http", "ws") + "/_stcore/stream", origin=self.site, max_size=None,
            subprotocols=["streamlit", "x", session] if session else ["streamlit"],  # type: ignore[list-item]
            additional_headers=cookie,
        ))  # fmt: skip
        return self.ask()

    def ask(self) -> "Caller":
        """Ask for the page and listen until it is drawn."""
        message = BackMsg()
        message.rerun_script.page_name, _, message.rerun_script.query_string = self.page_name.partition("?")
        message.rerun_script.context_info.url = f"{self.site}/{self.page_name}"
        return self.say(message, until="script_finished")

    def say(self, message: BackMsg, *, until: str) -> "Caller":
        assert self._socket is not None
        self.heard = []
        self._socket.send(message.SerializeToString())
        while True:
            raw = self._socket.recv(timeout=60)
            assert isinstance(raw, bytes)
            self.heard.append(ForwardMsg.FromString(raw))
            kind = self.heard[-1].WhichOneof("type")
            if kind == "new_session":
                self.session = self.heard[-1].new_session.initialize.session_id
            if kind == until and self.heard[-1].script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return self

    @property
    def words(self) -> str:
        return " ".join(str(each) for each in self.heard)

    def find(self, kind: str) -> list[Any]:
        """Every element of that kind on the page."""
        elements = [each.delta.new_element for each in self.heard if each.WhichOneof("type") == "delta"]
        return [getattr(each, kind) for each in elements if each.WhichOneof("type") == kind]

    def promised(self) -> str:
        """What names the first file that the page offers and makes when it is asked for."""
        return next(each.deferred_file_id for each in self.find("download_button") if each.deferred_file_id)

    def ask_for(self, file: str) -> str:
        """The address of a file that was promised; empty where it is refused."""
        message = BackMsg()
        message.backend_operation_request.request_id = uuid.uuid4().hex
        message.backend_operation_request.session_id = self.session
        message.backend_operation_request.deferred_file.file_id = file
        self.say(message, until="backend_operation_response")
        return self.heard[-1].backend_operation_response.deferred_file.url

    def request(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        """Status and words of the answer."""
        line = http.client.HTTPConnection(urlsplit(self.site).netloc, timeout=60)
        cookie = {"Cookie": "; ".join(filter(None, (self.cookie, headers.pop("Cookie", ""))))}
        line.request(method, path, body=body, headers=headers | cookie)
        answer = line.getresponse()
        content = answer.read()
        line.close()
        self.answered = answer
        return answer.status, content.decode("utf-8", "replace")

    def upload(self, session: str, content: bytes, *, method: str = "PUT") -> tuple[int, str]:
        """As the app's page does it: with the token that Streamlit gives to whoever asks."""
        self.request("GET", "/_stcore/health")
        given = " ".join(value for name, value in self.answered.getheaders() if name.lower() == "set-cookie")
        found = re.search(r"_streamlit_xsrf=([^;]+)", given)
        token = found[1] if found else ""
        form = (
            b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
            + content + b"\r\n--edge--\r\n"
        )  # fmt: skip
        return self.request(
            method, f"/_stcore/upload_file/{session}/{uuid.uuid4()}", form, Cookie=f"_streamlit_xsrf={token}",
            **{"X-Xsrftoken": token, "Content-Type": "multipart/form-data; boundary=edge"},
        )  # fmt: skip

    def leave(self) -> None:
        with suppress(ConnectionClosed):
            self._open.close()
        self._socket = None
