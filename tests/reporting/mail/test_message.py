"""What a mail takes along arrives as the bytes that it was, under a type that programs know."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from performance.home.mail import Attachment, Envelope
from performance.report.schedules import FORMATS
from reporting.mail.message import message_of

AT = datetime(2017, 11, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize("ending", FORMATS)
def test_every_file_that_a_report_is_written_as_can_go_along(ending: str) -> None:
    data = b"\x00line\nline\r\n\xff"
    mail = Envelope(address="reader@example.org", subject="A report", text="With it.", message_id="<1@example.org>",
                    at=AT, attachment=Attachment(name=f"report.{ending}", data=data))  # fmt: skip
    read = message_from_bytes(message_of(mail, sender="app@example.org"), policy=default)
    (taken,) = read.iter_attachments()
    assert (taken.get_filename(), taken.get_payload(decode=True)) == (f"report.{ending}", data)
    assert taken.get_content_type().startswith(("application/", "image/"))
