"""No log names a session, and no fault that is logged quotes what somebody typed."""

import logging
from collections.abc import Iterator

import pytest

from serving.quiet import keep_quiet

SESSION = "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"
TYPED = "my back pain"
log = logging.getLogger("tests.quiet")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    keep_quiet()
    yield
    logging.setLogRecordFactory(before)


def test_a_sessions_number_is_in_no_message(caplog: pytest.LogCaptureFixture) -> None:
    log.warning("Session with id %s is already connected, %d times", SESSION, 2)
    log.warning("GET /_stcore/upload_file/" + SESSION + "/1")  # noqa: G003 - as a library may
    assert caplog.messages == [
        "Session with id (a session) is already connected, 2 times",
        "GET /_stcore/upload_file/(a session)/1",
    ]


def test_what_a_fault_quotes_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError(TYPED)
    except ValueError:
        log.exception("It failed")
    assert "test_what_a_fault_quotes_is_left_out" in caplog.text
    assert "ValueError" in caplog.text
    assert TYPED not in caplog.text
