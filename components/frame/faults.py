"""What a person sees when something went wrong that no page expected: a sentence, never a traceback."""

import logging
import traceback

import streamlit as st

from components.parts.markup import plain
from cycle.ground.access import SignedOutError
from performance.ground.people import NotAllowedError

log = logging.getLogger(__name__)


def show(fault: Exception) -> bool:
    """Say what happened and what to do; True tells Streamlit that it has been said."""
    if isinstance(fault, NotAllowedError | SignedOutError):
        st.warning(plain(str(fault)))
        return True
    log.error("A page failed\n%s", without_values(fault))
    st.error(
        "Sorry, there is a problem with the service. What you saved before is safe. "
        "Try again in a minute; if it goes on, ask the BI team."
    )
    return True


def without_values(fault: BaseException) -> str:
    """The fault and its causes as the log keeps them: where it happened and of what kind, without its message.

    A message may quote what somebody typed: a private objective, or a password in the box of the user name.
    """
    lines: list[str] = []
    each: BaseException | None = fault
    while each is not None:
        where = traceback.format_tb(each.__traceback__)
        lines += ["Traceback (most recent call last):\n", *where, f"{type(each).__qualname__}\n"]
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "".join(lines)
