"""The council's mail server, asked step by step: it matters at which step it says no, or says nothing.

Up to the end of the text a mail that was not taken can be tried again. Once the text is out, no answer means that
nobody knows.
"""

import smtplib
import socket
import ssl
from contextlib import suppress
from email.errors import MessageError
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from performance.home.mail import Envelope, Handed, Outcome
from reporting.mail.message import message_of
from settings import MailSettings

# Seconds for each answer. All of one mail's together stay under performance/home/mail.py's LONGEST_HAND_OVER.
_PATIENCE = 30
# For the answer to the text itself: who looks through mails for what is harmful takes minutes (RFC 5321, 4.5.3.2.6).
_PATIENCE_FOR_THE_TEXT = 300
_DONE, _TAKEN, _CLOSING = 250, (250, 251), 421
_LATER, _NEVER = 400, 500


class MailServer:
    """A connection that is opened when the first mail is handed over, and serves all of a run."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._client: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._close(politely=True)

    def hand_over(self, mail: Envelope) -> Outcome:
        """Hand one mail over, as far as the server lets us."""
        try:
            text = message_of(mail, sender=self._settings.sender)
        except (ValueError, IndexError, MessageError):
            return Outcome(handed=Handed.REFUSED, said="No mail can be written to this address")
        try:
            said_no = self._offer_again_if_idle(mail)
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            self._close()
            return self._no_server(fault)
        if said_no is not None:
            self._begin_again()
            return said_no
        return self._text(text)

    def _offer_again_if_idle(self, mail: Envelope) -> Outcome | None:
        """A connection that was open may have been idle for too long; nothing of this mail was taken over it."""
        if self._client is None:
            return self._offer(mail)
        try:
            return self._offer(mail)
        except (smtplib.SMTPException, OSError):
            self._close()
            return self._offer(mail)

    def _offer(self, mail: Envelope) -> Outcome | None:
        """From whom and to whom; None where the server wants to hear the text."""
        client = self._connected()
        code, said = client.mail(self._settings.sender)
        if code != _DONE:
            refused = code >= _NEVER or code == _CLOSING
            words = f"{self._settings.sender} is refused as sender: {_words(code, said)}"
            handed = Handed.NO_SERVER if refused else Handed.PUT_OFF
            return Outcome(handed=handed, said=words, is_set_wrong=code >= _NEVER)
        code, said = client.rcpt(mail.address)
        return None if code in _TAKEN else _refusal(code, said)

    def _text(self, text: bytes) -> Outcome:
        client = self._connected()
        try:
            self._wait(_PATIENCE_FOR_THE_TEXT)
            code, said = client.data(text)
            self._wait(_PATIENCE)
        except smtplib.SMTPDataError as refused:  # it did not want to hear the text
            self._begin_again()
            return _refusal(refused.smtp_code, _bytes(refused.smtp_error))
        except (smtplib.SMTPException, OSError) as fault:
            self._close()
            words = f"The connection broke before the server said whether it took the mail ({_fault(fault)})"
            return Outcome(handed=Handed.UNKNOWN, said=words)
        if code == _DONE:
            return Outcome(handed=Handed.TAKEN, said=_words(code, said))
        self._begin_again()
        return _refusal(code, said)

    def _wait(self, seconds: int) -> None:
        """For each answer from now on."""
        if self._client is not None and self._client.sock is not None:
            self._client.sock.settimeout(seconds)

    def _connected(self) -> smtplib.SMTP:
        """The open connection, or a new one: encrypted, with the server's certificate checked, and signed in."""
        if self._client is None:
            self._client = self._open()
        return self._client

    def _open(self) -> smtplib.SMTP:
        wanted = self._settings
        ours = urlsplit(wanted.public_address).hostname
        if wanted.tls == "tls":
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                wanted.server, wanted.port, local_hostname=ours, timeout=_PATIENCE, context=self._trusted()
            )
        else:
            client = smtplib.SMTP(wanted.server, wanted.port, local_hostname=ours, timeout=_PATIENCE)
        try:
            if wanted.tls == "starttls":
                client.starttls(context=self._trusted())
            client.ehlo_or_helo_if_needed()
            if wanted.user:
                client.login(wanted.user, wanted.password)
        except BaseException:
            client.close()
            raise
        return client

    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._settings.ca_file or None)

    def _no_server(self, fault: Exception) -> Outcome:
        """Why the server takes no mail of ours at all, and whether the settings are at fault."""
        where = f"{self._settings.server}:{self._settings.port}"
        if isinstance(fault, smtplib.SMTPAuthenticationError):
            words = f"{where} does not accept MAIL_USER and its password"
        elif isinstance(fault, ssl.SSLCertVerificationError):
            words = f"The certificate of {where} is not trusted ({fault.verify_message})"
        elif isinstance(fault, smtplib.SMTPNotSupportedError):
            words = f"{where} does not offer what MAIL_TLS and MAIL_USER ask for"
        elif isinstance(fault, ssl.SSLError):
            words = f"{where} does not speak as MAIL_TLS and MAIL_PORT say, or MAIL_CA_FILE holds no certificate"
        elif isinstance(fault, socket.gaierror) and fault.errno == socket.EAI_NONAME:
            words = f"There is no server called {self._settings.server}"
        elif isinstance(fault, ValueError):
            # What it is stays out of every record: it may be a part of the password.
            words = "MAIL_SERVER, MAIL_USER or the password has a sign in it that no mail server can be told"
        else:
            return Outcome(handed=Handed.NO_SERVER, said=f"{where} cannot be reached ({_fault(fault)})")
        return Outcome(handed=Handed.NO_SERVER, said=words, is_set_wrong=True)

    def _begin_again(self) -> None:
        """The next mail starts from nothing; a server that hung up is asked anew."""
        try:
            if self._client is not None:
                self._client.rset()
        except (smtplib.SMTPException, OSError):
            self._close()

    def _close(self, *, politely: bool = False) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(smtplib.SMTPException, OSError):
                client.quit() if politely else client.close()


def _refusal(code: int, said: bytes) -> Outcome:
    """5xx is for good, and 4xx for now; 421 closes the connection for everybody."""
    if code == _CLOSING:
        return Outcome(handed=Handed.NO_SERVER, said=_words(code, said))
    handed = Handed.REFUSED if code >= _NEVER else Handed.PUT_OFF
    return Outcome(handed=handed, said=_words(code, said))


def _words(code: int, said: bytes) -> str:
    return f"{code} {said.decode('utf-8', errors='replace')}".strip()


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _fault(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        return _words(fault.smtp_code, _bytes(fault.smtp_error))
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault) or type(fault).__name__
