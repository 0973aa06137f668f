"""How a return stands: what it is called, by when it is due, and why it can or cannot be changed."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.do.returns import half_typed, table
from components.do.returns.half_typed import HalfTyped, Step
from components.parts.markup import plain
from cycle.do.files.log import Origin
from performance.do.returns import MyReturn, why_empty
from performance.ground.organisation import ReturnStatus
from performance.ground.periods import day_in_words


def title(return_: MyReturn, *, step: Step) -> str:
    """The page's heading says where the person is."""
    what = f"{return_.period.in_words} figures: {return_.unit.name}"
    return f"Check your {what}" if step in {Step.CHECKING, Step.SUBMITTING} else what


def show_state(return_: MyReturn, *, step: Step) -> None:
    """At most one notification: a question to answer, a lock, or the day it is due."""
    stored = return_.stored
    if return_.locked_because:
        _show_lock(return_)
    elif not return_.lines:
        st.info(plain(why_empty(return_.period, return_.not_due, today=return_.today)))
    elif stored is not None and return_.status is ReturnStatus.RETURNED:
        st.warning(plain(_returned(return_, stored.question)))
    elif return_.status is ReturnStatus.SUBMITTED:
        if step is Step.READING:
            _show_waiting(return_)
    elif return_.reopened:
        st.info(plain(_reopened(return_)))
    elif step is Step.ENTERING:
        _show_due(return_)


def _show_lock(return_: MyReturn) -> None:
    st.info(plain(return_.locked_because))
    if any(line.is_locked for line in return_.lines):
        _offer_reopening(return_)


def _returned(return_: MyReturn, question: str) -> str:
    """Who sent it back and what they ask; a question about one figure stands beside it."""
    number = len(return_.questions)
    beside = f"{number} figure{'' if number == 1 else 's'} came back with a question, beside each below."
    if not question:
        return f"{return_.decided_by} returned these figures. {beside}"
    return f"{return_.decided_by} asks: {question}" + (f" {beside}" if number else "")


def _reopened(return_: MyReturn) -> str:
    """What is open again, until when, and what it was opened for; a reason that several share is said once."""
    titles = {line.measure.code: line.measure.title for line in return_.lines}
    found: dict[tuple[str, date | None], list[str]] = {}
    for each in reversed(return_.reopened):
        what = titles.get(each.measure_code or "", "all figures")
        found.setdefault((each.reason, each.open_until), []).append(what)
    return " ".join(
        f"Open until {day_in_words(until)} to correct {', '.join(what)}: {_sentence(why)}"
        for (why, until), what in found.items()
        if until is not None
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def show(return_: MyReturn, typed: HalfTyped) -> None:
    """What was sent, to read; and the way to change it, while there is one."""
    table.stored(return_.lines, caption=f"{return_.period.in_words} figures of {return_.unit.name}")
    if return_.receipt_key:
        st.page_link("pages/do/receipt.py", label="Open the receipt", query_params={"key": return_.receipt_key})
    if return_.may_be_corrected:
        st.write("You can change these figures until they are signed off. They then go to sign-off again.")
        st.button(
            "Change these figures",
            on_click=half_typed.go_to(Step.ENTERING),
            args=(typed,),
            key=f"change-{return_.reference}",
        )


def show_locked(return_: MyReturn) -> None:
    """The figures of an open return that are locked all the same, each with why, and whom to ask."""
    locked = [line for line in return_.lines if line.is_locked]
    if not locked or not return_.open_lines:
        return
    with st.expander(f"Locked ({len(locked)})"):
        for line in locked:
            st.write(plain(f"{line.measure.title}: {line.in_words(line.current)}. {line.locked_because}"))
        _offer_reopening(return_)


def _offer_reopening(return_: MyReturn) -> None:
    query = {"unit": return_.unit.code, "period": return_.period.iso}
    st.page_link("pages/do/reopenings.py", label="Ask to correct what is locked", query_params=query)


def _show_waiting(return_: MyReturn) -> None:
    stored = return_.stored
    if stored is not None and stored.submitted_at is not None:
        when = stored.submitted_at.astimezone()
        st.info(
            plain(
                f"{return_.name_of(stored.submitted_by)} submitted these figures on {day_in_words(when.date())} "
                f"at {when:%H:%M}. They wait for sign-off."
            )
        )


def _show_due(return_: MyReturn) -> None:
    due, missing = return_.on_time_by, len(return_.lines) - return_.provided
    if due is None:
        return
    days = (due - return_.today).days
    left = f"{days} day{'' if days == 1 else 's'} left" if days >= 0 else f"{-days} day{'' if days == -1 else 's'} late"
    there = f"{return_.provided} of {len(return_.lines)} figures are in" if missing else "All figures are in"
    closes = f" Locks on {locks:%A} {day_in_words(locks)}." if (locks := return_.locks_on) else ""
    st.write(plain(f"{there}. On time by {due:%A} {day_in_words(due)} ({left}).{closes}"))


def origins(found: Sequence[Origin]) -> None:
    """On the return: which figures came from a system, to be looked at and submitted like any other."""
    if not found:
        return
    by_file: dict[str, list[str]] = {}
    for each in found:
        by_file.setdefault(each.in_words, []).append(each.title)
    for source, titles in by_file.items():
        many = "1 figure" if len(titles) == 1 else f"{len(titles)} figures"
        with st.expander(plain(f"{source}: {many}. Check and submit like any other")):
            st.write("  \n".join(plain(title) for title in titles))
