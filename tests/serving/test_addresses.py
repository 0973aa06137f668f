"""Where a connection comes from: a proxy that is named is believed, and nobody else who sends the same header."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as pysqlite3
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect

from serving.addresses import Addresses
from tests.e2e.server import Server, copied, running_server
from tests.serving.caller import Caller


def seen_from(peer: str, said: str | None, monkeypatch: pytest.MonkeyPatch, **named: str) -> str:
    """The address that the app is told of a connection from the peer which brings the header."""
    for name in ("TRUST_PROXY", "TRUSTED_PROXIES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    scopes: list[Any] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        scopes.append(scope)

    headers = [] if said is None else [(b"x-real-ip", said.encode())]
    scope = {"type": "http", "client": (peer, 1234), "headers": headers}
    # In a thread of its own: where a browser was driven before, this one has a loop that runs already.
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(asyncio.run, Addresses(app)(scope, None, None)).result()  # type: ignore[arg-type]
    return str(scopes[0]["client"][0])


@pytest.mark.parametrize(
    ("peer", "named", "seen"),
    [
        ("127.0.0.1", {}, "127.0.0.1"),
        ("127.0.0.1", {"TRUST_PROXY": "1"}, "192.0.2.7"),
        ("::1", {"TRUST_PROXY": "1"}, "192.0.2.7"),
        ("10.0.0.5", {"TRUST_PROXY": "1"}, "10.0.0.5"),
        ("10.0.0.5", {"TRUSTED_PROXIES": "10.0.0.5"}, "192.0.2.7"),
        ("10.0.0.6", {"TRUSTED_PROXIES": "10.0.0.5"}, "10.0.0.6"),
        ("10.0.7.6", {"TRUSTED_PROXIES": "2001:db8::/32, 10.0.0.0/16,"}, "192.0.2.7"),
        ("2001:db8::9", {"TRUSTED_PROXIES": "2001:db8::/32, 10.0.0.0/16"}, "192.0.2.7"),
        ("a socket", {"TRUST_PROXY": "1"}, "a socket"),
    ],
)
def test_a_named_proxy_alone_is_believed(
    monkeypatch: pytest.MonkeyPatch, peer: str, named: dict[str, str], seen: str
) -> None:
    assert seen_from(peer, "192.0.2.7", monkeypatch, **named) == seen


@pytest.mark.parametrize("said", [None, "", "nonsense", "192.0.2.7, 192.0.2.8"])
def test_what_is_no_address_is_not_believed(monkeypatch: pytest.MonkeyPatch, said: str | None) -> None:
    assert seen_from("127.0.0.1", said, monkeypatch, TRUST_PROXY="1") == "127.0.0.1"


def test_a_setting_that_names_no_network_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="the proxy"):
        seen_from("127.0.0.1", None, monkeypatch, TRUSTED_PROXIES="the proxy")


@pytest.fixture(params=["127.0.0.1", "10.11.12.13"], ids=["our proxy", "another's"])
def server(
    demonstration: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    monkeypatch.setenv("TRUSTED_PROXIES", request.param)
    with running_server(copied(demonstration, tmp_path)) as running:
        yield running


def test_an_attempt_over_a_real_connection_is_kept_with_the_address_it_came_from(
    server: Server, request: pytest.FixtureRequest
) -> None:
    """A browser asks with the header; the server takes it from the proxy that it was told of."""
    caller = Caller(site=server.address)
    caller._socket = caller._open.enter_context(connect(
        server.address.replace("http", "ws") + "/_stcore/stream", origin=server.address, max_size=None,  # type: ignore[arg-type]
        subprotocols=["streamlit"], additional_headers={"X-Real-IP": "192.0.2.7"},  # type: ignore[list-item]
    ))  # fmt: skip
    caller.ask()
    message = BackMsg()
    for box in caller.find("text_input"):
        state = message.rerun_script.widget_states.widgets.add(id=box.id)
        state.string_value = "nobody"
    (button,) = [each for each in caller.find("button") if each.label == "Sign in"]
    message.rerun_script.widget_states.widgets.add(id=button.id, trigger_value=True)
    caller.say(message, until="script_finished")
    caller.leave()
    with closing(pysqlite3.connect(server.database)) as held:
        kept = held.execute("SELECT username, address, browser IS NULL FROM sign_in_attempts").fetchall()
    ours = "our proxy" in request.node.name
    assert kept == [("nobody", "192.0.2.7" if ours else "this machine", 0)]
