"""A running server, and strangers, people and their browsers as programs without a screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.server import COOKIE, Server, cookie_of, copied, running_server
from tests.serving.caller import Caller

Call = Callable[..., Caller]


@pytest.fixture(scope="module")
def server(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(copied(demonstration, tmp_path_factory.mktemp("doors"))) as running:
        yield running


@pytest.fixture
def call(server: Server) -> Iterator[Call]:
    """`call("waste.manager", "upload")`: a browser of that person at that page; without a name, a stranger's."""
    callers: list[Caller] = []

    def begin(username: str = "", page: str = "", *, cookie: str = "") -> Caller:
        if username:
            cookie = f"{COOKIE}={cookie_of(username, server.database)}"
        callers.append(Caller(site=server.address, page_name=page, cookie=cookie))
        return callers[-1]

    yield begin
    for caller in callers:
        caller.leave()
