"""A mail as it travels: plain text in UTF-8, with headers that no value can add to."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from performance.home.mail import Envelope


def message_of(mail: Envelope, *, sender: str) -> bytes:
    """The message. Raises ValueError for a header that holds a line end, before anything is sent."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(addr_spec=sender)
    message["To"] = Address(addr_spec=mail.address)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = mail.message_id
    # Nobody's absence note answers a machine.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text, cte="quoted-printable")
    # A subject on one line, as long as it is: some programs show what is folded with a gap.
    return message.as_bytes(policy=SMTP.clone(max_line_length=998))
