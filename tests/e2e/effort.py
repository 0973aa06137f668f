"""How much a person has to do for something: presses and seconds, told and never judged, for a machine may be busy.

`pytest -rP` shows them also of a test that passes.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.e2e.visitor import Visitor

# A press of a key on a button or a box is a click too; what a script clicks is not. A page that another visitor had
# before may listen already.
_LISTEN = """window.presses ??= (addEventListener("click", event => {
    if (event.isTrusted) sessionStorage.presses = Number(sessionStorage.presses ?? 0) + 1;
}, true), true)"""


@contextmanager
def counted(visitor: Visitor, what: str) -> Iterator[Callable[[], int]]:
    """Count what is pressed on the visitor's page while the block runs; answers how to ask for the number so far."""
    page, began = visitor.page, time.monotonic()

    def presses() -> int:
        return int(page.evaluate("() => Number(sessionStorage.presses ?? 0)"))

    page.add_init_script(_LISTEN)
    page.evaluate(_LISTEN)
    page.evaluate("() => sessionStorage.removeItem('presses')")
    yield presses
    sys.stdout.write(f"{what}: {presses()} presses, {time.monotonic() - began:.1f} seconds\n")
