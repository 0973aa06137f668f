"""What takes longer than anybody waits for, worked out behind a page that can be read, clicked and left meanwhile."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cycle.ground.batches import in_batches

Thing = TypeVar("Thing")


def work_through(
    to_come: Sequence[Thing], work_out: Callable[[Sequence[Thing]], None], *, doing: str, place: DeltaGenerator
) -> None:
    """The last line of a page: say how far it is, and draw the page anew once all of it is there.

    Whoever clicks breaks it off after a few; what is done by then stays done.
    """
    if not to_come:
        return
    done, bar = 0, place.progress(0.0)
    for few in in_batches(to_come):
        bar.progress(done / len(to_come), text=f"{doing}: {done} of {len(to_come)} measures")
        work_out(few)
        done += len(few)
    st.rerun()
