"""Questions about figures as they are drawn: each with its answer, and the boxes of whoever may say something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from components.parts.markup import plain
from cycle.review.quality.asked import Question, Thread
from performance.ground.periods import Period, day_in_words
from performance.ground.reckoning.unusual import Check


@dataclass(frozen=True, kw_only=True)
class Asks:
    """A question about a figure, as typed."""

    measure_code: str
    area_code: str
    period: Period
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """An answer as typed, to the question as the person had it before them."""

    challenge_id: int
    version: int
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class AsksOn:
    """What somebody still wants to know, as typed."""

    challenge_id: int
    version: int
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Settles:
    """A question that is settled; the text is what stood typed beneath it all the same."""

    challenge_id: int
    version: int
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """A doubt about what a service confirmed of a figure, as typed."""

    measure_code: str
    period: Period
    revision: int
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Accepts:
    """What a service confirmed is accepted; the text is what stood typed beneath it all the same."""

    measure_code: str
    period: Period
    revision: int
    text: str = ""


Said = Asks | Answers | AsksOn | Settles | Doubts | Accepts
_SAID = "said of a question"


def heard() -> tuple[Said, str] | None:
    """What was said with the last press of a button, once, and the key of the box it was typed in.

    It is kept by the button itself, with the question as it was drawn: drawn anew, it may be another person's by now.
    """
    found: tuple[Said, str] | None = st.session_state.pop(_SAID, None)
    return found


def show(thread: Thread, *, period: Period, periods: Sequence[Period]) -> None:
    """The questions, open ones first, and the box for another."""
    st.write(plain(_in_words(thread)))
    for each in thread.open:
        with st.container(border=True, gap="xsmall"):
            one(each)
    if thread.settled:
        with st.expander(f"Settled questions ({len(thread.settled)})"):
            for each in thread.settled:
                with st.container(gap="xsmall"):
                    one(each)
    if thread.may_ask:
        _ask(thread, period, periods)


def one(each: Question, *, of_what: str = "") -> None:
    """One question with its answer, and what this person may do with it. `of_what` says which figure it is about."""
    asked = each.challenge
    st.markdown(f"**{plain(f'{of_what or asked.period.in_words}: {_kind(each)}')}**")
    st.caption(plain(f"{_upper(each.asked_by)} asked on {_day(asked.asked_at)}. {state(each)}."))
    st.text(asked.text)
    if asked.answered_at:
        st.caption(plain(f"{_upper(each.answered_by)} answered on {_day(asked.answered_at)}."))
        st.text(asked.answer)
    if each.may_answer:
        _answer(each)
    elif each.may_settle:
        _settle(each)


def state(each: Question) -> str:
    """Where a question stands, in words: waits 7 days for an answer."""
    asked = each.challenge
    if not asked.is_open:
        how = "settled" if asked.answered_at else "taken back"
        return f"It was {how} by {each.settled_by}" + (f" on {_day(asked.settled_at)}" if asked.settled_at else "")
    days = "since today" if not each.days else f"for {each.days} day{'' if each.days == 1 else 's'}"
    if asked.answered_at:
        return f"It was answered, and has been open {days}"
    return f"It has waited {days} for {each.unit_name} to answer"


def key_of(box: str, each: Question) -> str:
    """A widget's key carries the question, and so its measure and period."""
    return f"{box}-{each.measure.code}-{each.challenge.period.iso}-{each.challenge.id}"


def _in_words(thread: Thread) -> str:
    number, still = len(thread.questions), len(thread.open)
    if not number:
        return "Nobody has asked about these figures."
    open_ones = f"{still or 'none'} of them open" if number > 1 else "still open" if still else "settled"
    return f"{number} question{'' if number == 1 else 's'}, {open_ones}."


def _kind(each: Question) -> str:
    """A question; or a doubt, with the checks it is about."""
    if not each.is_doubt:
        return "a question"
    named = [Check(name).in_words.lower() for name in each.challenge.doubted.split("|") if name in set(Check)]
    return f"doubted by the BI team ({'; '.join(named)})" if named else "doubted by the BI team"


def _ask(thread: Thread, period: Period, periods: Sequence[Period]) -> None:
    by_iso = {each.iso: each for each in (periods or [period])}
    place = f"{thread.measure.code}-{thread.area_code}"
    box, which = f"asked-{place}-{period.iso}", f"asked-period-{place}"
    asks = Asks(measure_code=thread.measure.code, area_code=thread.area_code, period=period)
    with st.expander("Ask a question"), st.form(f"ask-{place}", border=False):
        if len(by_iso) > 1:
            st.selectbox(
                "About the figure for", list(by_iso), index=list(by_iso).index(period.iso) if period.iso in by_iso
                else 0, format_func=lambda iso: by_iso[iso].in_words, key=which,
            )  # fmt: skip
        st.text_area("Your question", key=box, height=75)
        _note(thread.measure.counts_people)
        st.form_submit_button(
            "Ask the service", type="primary", key=f"ask-now-{place}", on_click=_say_of, args=(asks, box, which, by_iso)
        )


def _answer(each: Question) -> None:
    asked, box = each.challenge, key_of("answer-text", each)
    answers = Answers(challenge_id=asked.id, version=asked.version)
    with st.form(key_of("answer", each), border=False):
        st.text_area("Your answer", key=box, height=75)
        _note(each.measure.counts_people)
        st.form_submit_button(
            "Send the answer", type="primary", key=key_of("answer-now", each), on_click=say, args=(answers, box)
        )


def _settle(each: Question) -> None:
    asked, box = each.challenge, key_of("ask-on", each)
    settles = Settles(challenge_id=asked.id, version=asked.version)
    if asked.answered_at is None:
        st.button("Take the question back", key=key_of("take-back", each), on_click=say, args=(settles, box))
        return
    asks_on = AsksOn(challenge_id=asked.id, version=asked.version)
    with st.form(key_of("settle", each), border=False):
        st.text_area("If this does not answer it, ask on", key=box, height=75)
        with st.container(horizontal=True):
            st.form_submit_button(
                "It is settled", type="primary", key=key_of("settle-now", each), on_click=say, args=(settles, box)
            )
            st.form_submit_button("Ask on", key=key_of("ask-on-now", each), on_click=say, args=(asks_on, box))


def say(said: Said, box: str) -> None:
    """For a button's on_click: what was typed in the box is said, and heard when the page is drawn next."""
    st.session_state[_SAID] = (replace(said, text=str(st.session_state.get(box, ""))), box)


def _say_of(asks: Asks, box: str, which: str, by_iso: Mapping[str, Period]) -> None:
    chosen = by_iso.get(str(st.session_state.get(which, "")), asks.period)
    say(replace(asks, period=chosen), box)


def _note(counts_people: bool) -> None:
    hidden = " Do not name small numbers that are hidden to protect people." if counts_people else ""
    st.caption(plain(f"Everyone who sees this figure reads it.{hidden}"))


def _upper(who: str) -> str:
    return who[:1].upper() + who[1:]


def _day(moment: datetime) -> str:
    return day_in_words(moment.astimezone().date())
