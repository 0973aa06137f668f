"""The doors of a running server, tried by programs: sessions, uploads and files of others, and what nobody may ask."""

from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as pysqlite3
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from serving import doors
from serving.browsers import HEADER, digest
from tests.e2e.server import COOKIE, Server, cookie_of, copied, running_server
from tests.serving.caller import Caller
from tests.serving.conftest import Call

OFFICER_PAGE = "annual-chart"


def test_without_signing_in_only_the_form_is_drawn(call: Call) -> None:
    stranger = call(page="scorecard").connect()
    assert "Accounts of the demonstration" in stranger.words
    assert "Sickness absence" not in stranger.words


def test_a_sessions_number_opens_it_to_its_own_browser_alone(call: Call, server: Server) -> None:
    victim = call("place.director", "scorecard").connect()
    assert "Sickness absence" in victim.words
    for thief in (call(page="scorecard"), call("councillor", "scorecard")):
        thief.connect(victim.session)
        assert thief.session != victim.session
        assert "Sickness absence" not in thief.words
    assert "Sickness absence" in victim.ask().words, "and whoever it belongs to goes on in it"
    victim.leave()
    late = call(page="scorecard").connect(victim.session)
    assert late.session != victim.session
    assert "Sickness absence" not in late.words
    own = call(page="scorecard", cookie=victim.cookie).connect(victim.session)
    assert own.session == victim.session
    said = server.said()
    assert victim.session not in said


def test_who_a_browser_is_cannot_be_said_by_itself(call: Call, server: Server) -> None:
    victim = call("place.director", "scorecard").connect()
    stranger = call()
    owner = digest(victim.cookie.partition("=")[2])
    status, _ = stranger.request("PUT", f"/_stcore/upload_file/{victim.session}/x", b"", **{HEADER: owner})
    assert status == 403
    stranger.cookie = f"{COOKIE}={owner}"
    assert stranger.upload(victim.session, b"a,b\n1,2\n")[0] == 403


@pytest.mark.parametrize("username", ["", "councillor", "leadership"])
def test_whoever_brings_in_nothing_uploads_nothing(username: str, call: Call) -> None:
    caller = call(username).connect()
    assert caller.upload(caller.session, b"a,b\n1,2\n")[0] == 403


def test_a_person_uploads_for_their_own_session_alone_and_only_so_much(call: Call) -> None:
    manager = call("waste.manager", "upload").connect()
    other = call("hr.manager", "upload").connect()
    assert manager.upload(manager.session, b"a,b\n1,2\n")[0] == 204
    assert other.upload(manager.session, b"a,b\n1,2\n")[0] == 403
    assert other.upload(manager.session, b"", method="DELETE")[0] == 403
    answers = [manager.upload(manager.session, b"x" * 1_000_000) for _ in range(doors.OF_A_SESSION.files)]
    assert [status for status, _ in answers[:-1]] == [204] * (doors.OF_A_SESSION.files - 1)
    assert answers[-1] == (429, "Too many files are being read. Take one away, or try again in a minute.")
    assert other.upload(other.session, b"a,b\n1,2\n")[0] == 204


def test_a_file_is_made_and_fetched_by_whom_it_was_promised_to(call: Call) -> None:
    officer, manager, stranger = call("policy.officer", OFFICER_PAGE), call("waste.manager"), call()
    for each in (officer, manager, stranger):
        each.connect()
    promised = officer.promised()
    assert manager.ask_for(promised) == ""
    assert stranger.ask_for(promised) == ""
    address = officer.ask_for(promised)
    assert address.startswith("/media/")
    assert officer.request("GET", address)[0] == 200
    assert officer.answered.getheader("Cache-Control") == "no-store"
    assert manager.request("GET", address)[0] == 403
    assert stranger.request("GET", address)[0] == 403


def test_a_button_drawn_for_someone_disabled_since_gives_nothing(call: Call, server: Server) -> None:
    officer = call("policy.officer", OFFICER_PAGE).connect()
    promised = officer.promised()
    address = officer.ask_for(promised)
    with closing(pysqlite3.connect(server.database, timeout=30)) as held, held:
        held.execute("UPDATE people SET session_epoch = session_epoch + 1 WHERE username = 'policy.officer'")
    assert officer.ask_for(promised) == ""
    assert officer.request("GET", address)[0] == 403


def test_nobody_empties_the_caches_of_all_or_installs_anything(call: Call, server: Server) -> None:
    caller = call("admin").connect()
    server.said()
    for ask in ("clear_cache", "install_skills"):
        message = BackMsg()
        if ask == "clear_cache":
            message.clear_cache = True
        else:
            message.backend_operation_request.request_id = "1"
            message.backend_operation_request.session_id = caller.session
            message.backend_operation_request.install_skills.SetInParent()
        caller._socket.send(message.SerializeToString())  # type: ignore[union-attr]
    caller.ask()
    assert not [each for each in caller.heard if each.WhichOneof("type") == "backend_operation_response"]
    assert call().request("GET", "/_stcore/metrics")[0] == 404


def test_every_answer_says_what_a_page_may_do(call: Call) -> None:
    caller = call()
    caller.request("GET", "/")
    said = {name.lower(): value for name, value in caller.answered.getheaders()}
    assert {"default-src 'self'", "form-action 'self'"} <= set(said["content-security-policy"].split("; "))
    assert "camera=()" in said["permissions-policy"]
    assert said["x-content-type-options"] == "nosniff"
    assert "strict-transport-security" not in said


def test_the_cookie_lasts_as_a_sign_in_does_and_is_given_where_the_page_asks_first(call: Call, server: Server) -> None:
    caller = call(cookie=f"{COOKIE}={cookie_of('admin', server.database)}")
    caller.request("GET", "/_stcore/health")
    (given,) = [value for name, value in caller.answered.getheaders() if value.startswith(COOKIE)]
    assert given.startswith(caller.cookie + ";"), "the same again"
    assert {"HttpOnly", "SameSite=Strict", "Max-Age=2592000"} <= set(given.split("; "))
    caller.request("GET", "/")
    assert not [value for _, value in caller.answered.getheaders() if value.startswith(COOKIE)]


@pytest.mark.parametrize(("own", "sees"), [(False, "Accounts of the demonstration"), (True, "streamlit run serve.py")])
def test_without_the_doors_nothing_is_shown_but_the_demonstration(
    own: bool, sees: str, demonstration: Path, tmp_path: Path
) -> None:
    database = copied(demonstration, tmp_path)
    if own:
        with closing(pysqlite3.connect(database)) as held, held:
            held.execute("UPDATE settings SET value = 'no' WHERE name = 'demonstration'")
    with running_server(database, script="Home.py") as running:
        stranger = Caller(site=running.address, page_name="scorecard").connect()
        assert sees in stranger.words
        assert "Sickness absence" not in stranger.words
        stranger.leave()
