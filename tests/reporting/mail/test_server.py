"""Mail reaches a real server by TLS, and what the server says is told apart by when it says it."""

import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

import settings
from performance.home.mail import Envelope, Handed, Outcome
from reporting.mail.server import MailServer
from tests.mail_server import FROM, OK, MailBox, free_port, serving, set_mail

AT = datetime(2017, 11, 10, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def a_mail(to: str = "ann@example.org", subject: str = "1 return late", text: str = "Late\n") -> Envelope:
    return Envelope(address=to, subject=subject, text=text, message_id=f"<{to}>", at=AT)


def hand_over(*mails: Envelope) -> list[Outcome]:
    with MailServer(settings.mail()) as server:
        return [server.hand_over(each) for each in mails]


@pytest.mark.parametrize("tls", ["starttls", "tls", "none"])
def test_a_mail_arrives_as_it_was_written(
    tls: str, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Café, naïve: £5 – ok\n.\nFrom here\n" + "x" * 2000 + "\n"
    subject = "Élan: " + "20 returns late. " * 10
    with serving(MailBox(), authority, tls=tls) as box:
        set_mail(monkeypatch, box, authority, tmp_path, tls=tls)
        assert [each.handed for each in hand_over(a_mail(subject=subject, text=text))] == [Handed.TAKEN]
    (came,) = box.took
    assert (came["To"], came["From"], came["Subject"].strip()) == ("ann@example.org", FROM, subject.strip())
    assert (came["Auto-Submitted"], came["Message-ID"]) == ("auto-generated", "<ann@example.org>")
    assert came.get_content_type() == "text/plain"
    assert came.get_content().replace("\r\n", "\n") == text
    assert not came.is_multipart()


def test_nothing_goes_to_a_server_whose_certificate_is_another_authoritys(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(MailBox(), trustme.CA()) as box:
        set_mail(monkeypatch, box, authority, tmp_path)
        (found,) = hand_over(a_mail())
    assert (found.handed, found.is_set_wrong) == (Handed.NO_SERVER, True)
    assert found.said.startswith(f"The certificate of localhost:{box.port} is not trusted")
    assert (box.took, box.asked) == ([], [])


def test_nothing_goes_to_a_server_that_is_another_by_name(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(MailBox(), authority, host="mail.example.org") as box:
        set_mail(monkeypatch, box, authority, tmp_path)
        (found,) = hand_over(a_mail())
    assert (found.handed, found.is_set_wrong, box.took) == (Handed.NO_SERVER, True, [])


def test_nothing_goes_unencrypted_where_the_server_offers_no_tls(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(MailBox(), authority, tls="none") as box:
        set_mail(monkeypatch, box, authority, tmp_path)
        (found,) = hand_over(a_mail())
    assert (found.handed, found.is_set_wrong, box.took) == (Handed.NO_SERVER, True, [])


def test_a_wrong_password_is_said_and_is_not_in_what_is_said(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(MailBox(), authority) as box:
        set_mail(monkeypatch, box, authority, tmp_path)
        (tmp_path / "secret").write_text("another")
        (found,) = hand_over(a_mail())
    assert found == Outcome(
        handed=Handed.NO_SERVER,
        said=f"localhost:{box.port} does not accept MAIL_USER and its password",
        is_set_wrong=True,
    )
    assert "another" not in repr(settings.mail())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"password": "pass£word"}, "has a sign in it that no mail server can be told", id="a sign"),
        pytest.param(
            {"server": "no-such-server.invalid"}, "There is no server called no-such-server.invalid", id="name"
        ),
        pytest.param({"tls": "tls"}, "does not speak as MAIL_TLS and MAIL_PORT say", id="another way of speaking"),
    ],
)
def test_settings_that_no_mail_can_go_by_are_said_and_the_mail_is_not_doubtful(
    wrong: dict[str, str], says: str, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(MailBox(), authority) as box:
        set_mail(monkeypatch, box, authority, tmp_path)
        with MailServer(replace(settings.mail(), **wrong)) as server:
            found = server.hand_over(a_mail())
    assert (found.handed, found.is_set_wrong) == (Handed.NO_SERVER, True)
    assert says in found.said
    assert "pass" not in found.said.replace("password", "")
    assert box.took == []


def test_a_server_that_is_down_is_said(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_mail(monkeypatch, MailBox(port=free_port()), authority, tmp_path)
    (found,) = hand_over(a_mail())
    assert (found.handed, found.is_set_wrong) == (Handed.NO_SERVER, False)
    assert found.said.endswith("cannot be reached (Connection refused)")


@pytest.mark.parametrize(
    ("answer", "handed"),
    [
        ("550 5.1.1 No such user", Handed.REFUSED),
        ("451 4.7.1 Greylisted, come back", Handed.PUT_OFF),
        ("452 4.2.2 Mailbox full", Handed.PUT_OFF),
        ("421 4.3.2 Shutting down", Handed.NO_SERVER),
    ],
)
@pytest.mark.parametrize("step", ["answer_to", "answer_to_text"])
def test_a_refusal_is_for_good_or_for_now_and_the_next_mail_goes_on(
    step: str, answer: str, handed: Handed, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says: Callable[[str], str] = lambda address: answer if address.startswith("bad") else OK  # noqa: E731
    box = MailBox(**{step: says})
    with serving(box, authority):
        set_mail(monkeypatch, box, authority, tmp_path)
        found = hand_over(a_mail("bad@example.org"), a_mail("ann@example.org"))
    assert [each.handed for each in found] == [handed, Handed.TAKEN]
    assert found[0].said == answer
    assert [to for to, *_ in box.came] == ["ann@example.org"]


def test_a_server_that_hung_up_between_two_mails_is_asked_anew(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(MailBox(), authority) as box:
        set_mail(monkeypatch, box, authority, tmp_path)
        with MailServer(settings.mail()) as server:
            assert server.hand_over(a_mail("ann@example.org")).handed is Handed.TAKEN
            assert server._client is not None
            assert server._client.sock is not None
            server._client.sock.shutdown(socket.SHUT_RDWR)
            assert server.hand_over(a_mail("bob@example.org")).handed is Handed.TAKEN
    assert [to for to, *_ in box.came] == ["ann@example.org", "bob@example.org"]


def test_when_the_line_breaks_after_the_text_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of a few lines, which hangs up where a proper one would answer."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        teller = threading.Thread(target=_hang_up_after_the_text, args=(listening,))
        teller.start()
        for name, value in {
            "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(listening.getsockname()[1]), "MAIL_TLS": "none",
            "MAIL_FROM": FROM, "PUBLIC_ADDRESS": "http://localhost",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        (found,) = hand_over(a_mail())
        teller.join(timeout=10)
    assert found.handed is Handed.UNKNOWN
    assert found.said.startswith("The connection broke before the server said whether it took the mail")


def _hang_up_after_the_text(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection, connection.makefile("rb") as heard:
        connection.sendall(b"220 here\r\n")
        for line in map(bytes.upper, heard):
            if line.startswith(b"DATA"):
                connection.sendall(b"354 go on\r\n")
            elif line == b".\r\n":
                return
            elif line.startswith((b"EHLO", b"MAIL", b"RCPT")):
                connection.sendall(b"250 OK\r\n")
