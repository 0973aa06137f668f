"""`kill -USR1`: the server says where each of its threads stands: places in the code, and nobody's data.

Python says it itself, between two steps of the main thread. `faulthandler` would say it of threads that go on running
meanwhile, and now and then takes the server with it.
"""

import os
import signal
import sys
import traceback
from collections.abc import Iterator
from types import FrameType

_ERRORS = 2  # the number of the stream; `sys.stderr` may itself be what was interrupted


def tell_when_asked() -> None:
    """From now on. To be called in the main thread."""
    signal.signal(signal.SIGUSR1, _tell)


def _tell(_asked: int, _at: FrameType | None) -> None:
    os.write(_ERRORS, "".join(_threads()).encode())


def _threads() -> Iterator[str]:
    """Each thread from its newest call outwards, and an empty line."""
    for name, newest in sys._current_frames().items():
        calls = traceback.walk_stack(newest)
        lines = (f'  File "{each.f_code.co_filename}", line {line} in {each.f_code.co_name}\n' for each, line in calls)
        yield f"Thread {name:#x} (most recent call first):\n{''.join(lines)}\n"
