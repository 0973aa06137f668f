"""A mail as it travels: plain text in UTF-8, with headers that no value can add to."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from performance.home.mail import Envelope

_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    # As bytes: what travels as text may have its line ends changed.
    "txt": "application/octet-stream",
}


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
    if mail.attachment:
        main, _, sub = _TYPES[mail.attachment.name.rpartition(".")[2]].partition("/")
        message.add_attachment(mail.attachment.data, maintype=main, subtype=sub, filename=mail.attachment.name)
    # A subject on one line, as long as it is: some programs show what is folded with a gap.
    return message.as_bytes(policy=SMTP.clone(max_line_length=998))
