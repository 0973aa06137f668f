"""A visitor without a browser: one websocket to a Streamlit server, one page, one rerun after another."""

import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Button_pb2 import Button
from streamlit.proto.Common_pb2 import StringArray
from streamlit.proto.DateInput_pb2 import DateInput
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.TextArea_pb2 import TextArea
from streamlit.proto.TextInput_pb2 import TextInput
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect


class PromptSocket(socket.socket):
    """Acknowledges what arrives at once. Otherwise the kernel waits 40 ms before it does, and Streamlit, whose own
    socket holds small messages back until the last is acknowledged, waits with it: the wait would drown the page."""

    def recv(self, *arguments: int) -> bytes:
        self.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        return super().recv(*arguments)


@dataclass
class Visitor:
    """A session at an address. `drawn` is what the newest run put on the page, by where it stands.

    `readable_after` is how many seconds it took until the page said how far it is with what is still to come; None of a
    run that left nothing to come.
    """

    site: str
    page_name: str = ""
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    drawn: dict[tuple[int, ...], Any] = field(default_factory=dict)
    bytes_of_last_run: int = 0
    readable_after: float | None = None
    _page_hash: str = ""
    _cache: dict[str, ForwardMsg] = field(default_factory=dict)
    _socket: ClientConnection = field(init=False)
    _begun: float = field(init=False, default=0.0)

    def open(self) -> None:
        where = urlsplit(self.site)
        line = PromptSocket(socket.AF_INET, socket.SOCK_STREAM)
        line.connect((where.hostname, where.port))
        self._socket = connect(
            f"ws://{where.netloc}/_stcore/stream", subprotocols=["streamlit"], origin=self.site,
            additional_headers=self.headers, max_size=None, compression=None, sock=line,
        )  # fmt: skip

    def close(self) -> None:
        self._socket.close()

    def press(self, label: str, typed: Mapping[str, str] = MappingProxyType({})) -> float:
        """Press a button, once the boxes of its form hold what is typed there, by their labels; a day as 2017/12/15.

        As a browser does, it tells the server what every box holds. The answer is the seconds until the page is drawn.
        """
        held = [getattr(each, each.WhichOneof("type")) for each in self._elements()]
        button = next(each for each in held if isinstance(each, Button) and each.label == label)
        states = [WidgetState(id=button.id, trigger_value=True)]
        for box in held:
            words = typed.get(getattr(box, "label", "")) if getattr(box, "form_id", "") == button.form_id else None
            if isinstance(box, TextArea | TextInput):
                states.append(WidgetState(id=box.id, string_value=box.default if words is None else words))
            elif isinstance(box, DateInput):
                days = box.default if words is None else [words]
                states.append(WidgetState(id=box.id, string_array_value=StringArray(data=days)))
        return self.rerun(states)

    @property
    def shown(self) -> int:
        """Bytes of all that stands on the page, whether sent with the last run or before."""
        return sum(each.ByteSize() for each in self.drawn.values())

    def _elements(self) -> Iterator[Element]:
        """What stands on the page, from its top."""
        found = (self.drawn[path] for path in sorted(self.drawn))
        return (each.new_element for each in found if each.new_element.WhichOneof("type"))

    def rerun(self, states: Sequence[WidgetState] = ()) -> float:
        """Ask for the page once more and wait until it is drawn; the answer is the seconds it took."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self.query
        asked.page_script_hash = self._page_hash
        asked.page_name = "" if self._page_hash else self.page_name
        asked.context_info.url = f"{self.site}/{self.page_name}"
        asked.cached_message_hashes.extend(self._cache)
        asked.widget_states.widgets.extend(states)
        self.drawn, self.bytes_of_last_run, self.readable_after = {}, 0, None
        self._begun = begun = time.perf_counter()
        self._socket.send(message.SerializeToString())
        while not self._take(self._socket.recv(timeout=60, decode=False)):
            pass
        return time.perf_counter() - begun

    def _take(self, raw: bytes) -> bool:
        """Read one message of the server; True when the run it belongs to is over."""
        self.bytes_of_last_run += len(raw)
        message = ForwardMsg()
        message.ParseFromString(raw)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            kept, path = self._cache[message.ref_hash], list(message.metadata.delta_path)
            message, kind = kept, kept.WhichOneof("type")
        else:
            path = list(message.metadata.delta_path)
            if message.metadata.cacheable and message.hash:
                self._cache[message.hash] = message
        if kind == "new_session":
            self.drawn = {}  # one run may ask for another, which draws the page anew
            self._page_hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "delta":
            self.drawn[tuple(path)] = message.delta
            if self.readable_after is None and message.delta.new_element.WhichOneof("type") == "progress":
                self.readable_after = time.perf_counter() - self._begun
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
