"""Charts and PDF pages are drawn by native libraries, in a child: whatever they are given, the app goes on.

One child draws for the whole process, one drawing after another, each in so many seconds. It is started for the first,
and after one that ended it; it ends when the app does.
"""

import json
import struct
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from typing import Any

from performance.ground.texts import all_legible
from reporting.documents import fonts

SECONDS = 60
_CHILD = Path(__file__).with_name("renderer_child.py")


class NotDrawnError(Exception):
    """A chart or page could not be drawn; the sentence says what to do, `said` what the library said, if anything."""

    def __init__(self, said: str = "") -> None:
        super().__init__(
            "This could not be drawn. Shorten its texts, or take unusual signs out of them, and try again."
        )
        self.said = said


def draw(kind: str, **request: Any) -> bytes:
    """What the child makes of it: a chart's `spec` as "png" (with its `scale`) or "svg", a "page" of a template,
    or its first "side" as a picture.

    Raises NotDrawnError where the library refuses it, dies of it, or takes too long.
    """
    return _renderer().draw(json.dumps(all_legible(request | {"kind": kind})).encode())


@cache
def _renderer() -> "_Renderer":
    return _Renderer()


class _Renderer:
    """The child, and whose turn it is."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.child: subprocess.Popen[bytes] | None = None

    def draw(self, request: bytes) -> bytes:
        with self.turn:
            child = self._running()
            clock = threading.Timer(SECONDS, child.kill)
            clock.start()
            try:
                good, content = _ask(child, request)
            except OSError as fault:
                self._end(child)
                raise NotDrawnError from fault
            finally:
                clock.cancel()
        if not good:
            raise NotDrawnError(content.decode())
        return content

    def _running(self) -> subprocess.Popen[bytes]:
        if self.child is None or self.child.poll() is not None:
            self.child = subprocess.Popen(  # noqa: S603 - our own program, and no text of the user's in the command
                [sys.executable, "-I", str(_CHILD), str(fonts.FOLDER)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        return self.child

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        child.kill()
        child.communicate()
        self.child = None


def _ask(child: subprocess.Popen[bytes], request: bytes) -> tuple[bool, bytes]:
    """Whether it went well, and what came of it. Raises OSError where the child is gone before it has answered."""
    assert child.stdin is not None and child.stdout is not None  # noqa: S101, PT018 - both were asked for
    child.stdin.write(struct.pack(">Q", len(request)) + request)
    child.stdin.flush()
    header = child.stdout.read(9)
    if len(header) < 9:
        raise BrokenPipeError
    good, length = struct.unpack(">?Q", header)
    content = child.stdout.read(length)
    if len(content) < length:
        raise BrokenPipeError
    return good, content
