"""Which plan: the drafts that are open and those decided on; or the way to open one."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.frame import address, pick
from components.parts import typed_text
from components.parts.markup import plain
from performance.plan.refresh import Refresh
from performance.plan.refresh_changes import Begun
from performance.plan.refresh_checks import LONGEST_NAME

NAME = "refresh"


def choose(found: Sequence[Refresh]) -> int | None:
    """The one the address names, else the first; None while there is none."""
    if not found:
        return None
    words = {str(each.id): each.in_words for each in found}
    if len(words) == 1:
        return found[0].id
    return int(pick.one("Plan", words, name=NAME, words=lambda number: words[number]))


def ask(suggested: tuple[str, date], *, is_first: bool) -> Begun | None:
    """A new draft: at once where there is none, folded away where there is."""
    if is_first:
        st.write(
            "No plan for a new year is open. Opening one makes a draft in which everything of this year's plan is"
            " carried over. You then say what changes, ends or is added, look over what differs, and adopt it on a"
            " date. Until that date nothing changes, and last year's plan stays as it was."
        )
        return _form(suggested)
    with st.expander("Open another draft plan"):
        return _form(suggested)


def show_opened(number: int) -> None:
    """The address names the new draft, and the choice follows the address."""
    address.keep(NAME, str(number))


def _form(suggested: tuple[str, date]) -> Begun | None:
    title, starts_on = suggested
    with st.form("open-draft", border=False):
        typed = typed_text.line("What the plan is called", value=title, at_most=LONGEST_NAME, key="title-open")
        day = st.date_input("First day", value=starts_on, format="DD/MM/YYYY", key="starts_on-open",
                            width=320)  # fmt: skip
        pressed = st.form_submit_button(plain(f"Open the {title[0].lower()}{title[1:]}"), type="primary")
    return Begun(title=typed, starts_on=day) if pressed else None
