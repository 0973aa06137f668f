"""A real mail server on this machine, with TLS: what it took is kept, and what it answers is said by the test."""

import socket
import ssl
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

FROM, PUBLIC, USER, SECRET = "performance@example.org", "https://performance.example.org", "golden", "threadbare"
OK = "250 OK"


@dataclass
class MailBox:
    """What came, in order; `answer_to` says no to a recipient, `before_answer` is done while the job waits for one."""

    port: int = 0
    took: list[EmailMessage] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answer_to: Callable[[str], str] = lambda _address: OK
    answer_to_text: Callable[[str], str] = lambda _address: OK
    before_text: Callable[[str], None] = lambda _address: None
    before_answer: Callable[[str], None] = lambda _address: None

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        self.asked.append(address)
        answer = self.answer_to(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        self.before_text(address)
        answer = self.answer_to_text(address)
        if answer == OK:
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            self.took.append(message)
        self.before_answer(address)
        return answer

    @property
    def came(self) -> list[tuple[str, str, str]]:
        """To whom, about what, and the id by which two are known to be the same."""
        return sorted((str(each["To"]), str(each["Subject"]), str(each["Message-ID"])) for each in self.took)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: LoginPassword) -> AuthResult:
    return AuthResult(success=(given.login, given.password) == (USER.encode(), SECRET.encode()), handled=False)


@contextmanager
def serving(
    box: MailBox, authority: trustme.CA, *, tls: str = "starttls", host: str = "localhost"
) -> Iterator[MailBox]:
    """The server, up for as long as the block lasts, on the box's port or a free one."""
    box.port = box.port or free_port()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    ways: dict[str, Any] = {
        "starttls": {"tls_context": context, "require_starttls": True, "auth_required": True},
        "tls": {"ssl_context": context, "auth_required": True, "auth_require_tls": False},
        "none": {"auth_required": False},
    }
    server = Controller(box, hostname="localhost", port=box.port, authenticator=_knows, **ways[tls])
    with warnings.catch_warnings():
        # Made anew for each connection, it does not see that it is behind TLS from the first byte.
        warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")
        server.start()
        try:
            yield box
        finally:
            server.stop()


def set_mail(
    monkeypatch: pytest.MonkeyPatch, box: MailBox, authority: trustme.CA, folder: Path, *, tls: str = "starttls"
) -> None:
    """The environment of a job that uses the server."""
    trusted, secret = folder / "authority.pem", folder / "secret"
    authority.cert_pem.write_to_path(str(trusted))
    secret.write_text(f"{SECRET}\n")
    for name, value in {
        "MAIL_SERVER": "localhost",
        "MAIL_PORT": str(box.port),
        "MAIL_FROM": FROM,
        "MAIL_TLS": tls,
        "MAIL_USER": "" if tls == "none" else USER,
        "MAIL_PASSWORD_FILE": str(secret),
        "MAIL_CA_FILE": str(trusted),
        "PUBLIC_ADDRESS": PUBLIC,
    }.items():
        monkeypatch.setenv(name, value)
