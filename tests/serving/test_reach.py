"""Whoever serves the demonstration to other machines is told who could sign in; real starts, each with its address."""

import time
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as pysqlite3
import pytest

from serving import reach
from tests.e2e.server import Server, copied, operate, running_server

SAID = "WARNING: other machines can reach this server"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - which is what is warned of


@pytest.mark.parametrize("address", ["127.0.0.1", "127.3.2.1", "::1", "localhost", "unix:/run/app.sock"])
def test_an_address_of_this_machine_alone(address: str) -> None:
    assert reach.is_this_machine(address)


@pytest.mark.parametrize("address", ["", EVERYWHERE, "::", "192.0.2.7", "2001:db8::9", "performance.example.org"])
def test_an_address_that_others_reach(address: str) -> None:
    assert not reach.is_this_machine(address)


def test_the_warning_says_where_who_and_what_to_do() -> None:
    assert reach.warning("192.0.2.7", ["admin", "councillor"]) == (
        "WARNING: other machines can reach this server, at 192.0.2.7, and the password of the demonstration's accounts "
        "is published on its sign-in page. Anybody can sign in as: admin, councillor. Serve it to this machine alone "
        "(--server.address 127.0.0.1), or close the accounts (manage.py user disable NAME)."
    )
    assert "at every address of this machine," in reach.warning("", ["admin"])
    behind = reach.warning("127.0.0.1", ["admin"])
    assert "through the proxy that its settings name," in behind
    assert "(without the proxy)" in behind


@pytest.mark.parametrize(
    ("name", "value"), [("BEHIND_TLS", "1"), ("TRUST_PROXY", "1"), ("TRUSTED_PROXIES", "192.0.2.0/24")]
)
def test_a_proxy_on_this_machine_hands_on_whoever_comes(
    name: str, value: str, demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with running_server(copied(demonstration, tmp_path)) as running:
        assert "through the proxy that its settings name," in _heard(running, until=SAID)


def test_a_start_for_others_warns_of_whoever_can_still_sign_in(demonstration: Path, tmp_path: Path) -> None:
    place = copied(demonstration, tmp_path)
    operate(place, "user", "disable", "councillor")
    operate(place, "user", "reset-password", "policy.officer")
    with running_server(place, at=EVERYWHERE) as running:
        said = _heard(running, until=SAID)
    (line,) = [each for each in said.splitlines() if SAID in each]
    named = line.partition("sign in as: ")[2].partition(". Serve")[0].split(", ")
    assert {"admin", "waste.manager", "leadership"} <= set(named)
    assert not {"councillor", "policy.officer"} & set(named)


def test_a_start_for_this_machine_alone_warns_of_nothing(demonstration: Path, tmp_path: Path) -> None:
    with running_server(copied(demonstration, tmp_path)) as running:
        time.sleep(2)
    assert SAID not in running.log.read_text()


def test_a_councils_own_database_is_served_to_others_without_a_word(demonstration: Path, tmp_path: Path) -> None:
    own = copied(demonstration, tmp_path)
    with closing(pysqlite3.connect(own)) as held, held:
        held.execute("UPDATE settings SET value = 'no' WHERE name = 'demonstration'")
    with running_server(own, at=EVERYWHERE) as running:
        time.sleep(2)
    assert SAID not in running.log.read_text()


def _heard(running: Server, *, until: str) -> str:
    deadline = time.monotonic() + 30
    while until not in running.log.read_text() and time.monotonic() < deadline:
        time.sleep(0.1)
    return running.log.read_text()
