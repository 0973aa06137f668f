"""How much a person has to do for something: presses and seconds, told and never judged, for a machine may be busy.

`pytest -rP` shows them also of a test that passes.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.e2e.visitor import Visitor

# A press of a key on a button or a box is a click too; what a script clicks is not.
_COUNTS = "addEventListener('click', event => event.isTrusted && window.onePress(), true)"


@contextmanager
def counted(visitor: Visitor, what: str) -> Iterator[Callable[[], int]]:
    """Count what is pressed on the visitor's page while the block runs; answers how to ask for the number so far."""
    presses, began = [0], time.monotonic()

    def one() -> None:
        presses[0] += 1

    visitor.page.expose_function("onePress", one)
    visitor.page.add_init_script(_COUNTS)
    visitor.page.evaluate(_COUNTS)
    yield lambda: presses[0]
    sys.stdout.write(f"{what}: {presses[0]} presses, {time.monotonic() - began:.1f} seconds\n")
