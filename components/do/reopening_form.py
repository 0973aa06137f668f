"""Reopening what is locked: asking with a reason, and the BI team's answer."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from components.parts.markup import plain
from cycle.do.reopenings import Request, Requests
from performance.do.returns import MyReturn
from performance.ground.periods import day_in_words

_WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class AskedFor:
    """Which figures a service asks to correct, and why."""

    measure_codes: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The BI team's answer to a request: open until a day, or why it stays locked."""

    reopening_id: int
    open_until: date | None
    answer: str


def ask(return_: MyReturn) -> AskedFor | None:
    """The locked figures of the month, each with why it is locked, to choose from; what is asked for, if anything."""
    locked = [line for line in return_.lines if line.is_locked]
    if not locked:
        st.write(plain(f"No figure of {return_.unit.name} for {return_.period.in_words} is locked."))
        return None
    with st.form(f"ask-{return_.reference}"):
        st.write("Choose what is to be corrected.")
        chosen = []
        for line in locked:
            said = f"{line.measure.title}: {line.in_words(line.current)}. {line.locked_because}"
            if st.checkbox(plain(said), key=f"reopen-{line.measure.code}-{return_.period.iso}"):
                chosen.append(line.measure.code)
        reason = st.text_area("What is wrong, and why", key=f"why-{return_.reference}", height=75)
        pressed = st.form_submit_button("Ask the BI team", type="primary")
    return AskedFor(measure_codes=tuple(chosen), reason=reason) if pressed else None


def answer(requests: Requests) -> Answered | None:
    """What waits, each with its answer for whoever may give it; the answer given, if any."""
    if not requests.waiting:
        st.write("No request waits for an answer.")
    given = None
    for each in requests.waiting:
        with st.container(border=True, gap="xsmall"):
            _show(each)
            if requests.may_decide:
                given = _ask_for_answer(each, requests.today) or given
    return given


def past(requests: Requests) -> None:
    """What was answered, newest first."""
    if not requests.decided:
        return
    with st.expander(f"Answered ({len(requests.decided)})"):
        for each in requests.decided:
            _show(each)
            st.write(plain(f"{each.in_words}."))


def _show(each: Request) -> None:
    asked = each.reopening
    st.subheader(plain(f"{each.what}, {asked.period.in_words}"), anchor=False)
    when = asked.asked_at.astimezone()
    st.caption(plain(f"{each.unit_name}. {each.asked_by} asked on {day_in_words(when.date())} at {when:%H:%M}"))
    st.text(asked.reason)


def _ask_for_answer(each: Request, today: date) -> Answered | None:
    key = f"{each.reopening.id}"
    with st.form(f"answer-{key}", border=False):
        left, right = st.columns(2, vertical_alignment="bottom")
        until = left.date_input("Open until", value=today + _WEEK, format="DD/MM/YYYY", key=f"until-{key}")
        why = right.text_input("Or why it stays locked", key=f"answer-{key}-why", autocomplete="off")
        with st.container(horizontal=True):
            grants = st.form_submit_button("Open it", type="primary", key=f"grant-{key}")
            refuses = st.form_submit_button("Leave it locked", key=f"refuse-{key}")
    if grants and isinstance(until, date):
        return Answered(reopening_id=each.reopening.id, open_until=until, answer="")
    return Answered(reopening_id=each.reopening.id, open_until=None, answer=why) if refuses else None
