"""A log that names no session and quotes nobody: a session's number, and what a message quotes, say too much."""

import logging
import re
from typing import Any

from components.frame import faults

_SESSION = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def keep_quiet() -> None:
    """From now on, in every log of this process."""
    make = logging.getLogRecordFactory()

    def made(*arguments: Any, **named: Any) -> logging.LogRecord:
        record = make(*arguments, **named)
        record.msg = _nameless(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(_nameless, record.args))
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = faults.without_values(record.exc_info[1])
        return record

    logging.setLogRecordFactory(made)


def _nameless(part: Any) -> Any:
    return _SESSION.sub("(a session)", part) if isinstance(part, str) else part
