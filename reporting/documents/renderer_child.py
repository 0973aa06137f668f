"""Run as a program of its own, with little memory: draws charts and PDF pages for the app, one after another.

Nothing of the project is imported here. The native libraries end their whole process where a text or a chart is more
than they can bear; this one may end, for `renderer.py` starts another. Requests and answers are a length of eight bytes
and so many bytes: a request is JSON; before an answer stands a byte that says whether it went well.
"""

import json
import resource
import signal
import struct
import sys
from functools import cache
from typing import Any, BinaryIO

# What it may hold of its own, in bytes: the charts' engine alone takes a third of it.
MEMORY = 1_500_000_000


def main(fonts: str) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    while header := incoming.read(8):
        (length,) = struct.unpack(">Q", header)
        request = json.loads(incoming.read(length))
        try:
            _answer(outgoing, good=True, content=_drawn(request, fonts))
        except Exception as fault:  # noqa: BLE001 - whatever it is, whoever asked is told
            _answer(outgoing, good=False, content=str(fault).encode())


def _drawn(request: dict[str, Any], fonts: str) -> bytes:
    if request["kind"] in {"page", "side"}:
        return _page(request, fonts)
    vl_convert = _charts_engine(fonts)
    if request["kind"] == "png":
        return bytes(vl_convert.vegalite_to_png(request["spec"], scale=request["scale"], allowed_base_urls=[]))
    return str(vl_convert.vegalite_to_svg(request["spec"], allowed_base_urls=[])).encode()


@cache
def _charts_engine(fonts: str) -> Any:
    """With our letters, told once: each time they are told, it looks all of them through anew."""
    import vl_convert

    vl_convert.register_font_directory(fonts)
    return vl_convert


def _page(request: dict[str, Any], fonts: str) -> bytes:
    import typst

    options = request["options"]
    made = typst.compile(request["template"], sys_inputs=request["inputs"], font_paths=[fonts], **options)
    if options["format"] == "pdf":
        return bytes(made)
    if request["kind"] == "side":
        return bytes(made[0] if isinstance(made, list) else made)
    # As pictures, a document is a picture a page, or the picture alone: what is wanted is how many.
    return str(len(made) if isinstance(made, list) else 1).encode()


def _answer(outgoing: BinaryIO, *, good: bool, content: bytes) -> None:
    outgoing.write(struct.pack(">?Q", good, len(content)) + content)
    outgoing.flush()


if __name__ == "__main__":
    main(sys.argv[1])
