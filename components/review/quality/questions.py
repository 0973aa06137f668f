"""Questions about a figure, wherever it is shown: read, asked, answered and settled, and nothing typed is lost."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from components.parts import question_forms
from components.parts.markup import plain
from components.parts.question_forms import Accepts, Answers, Asks, AsksOn, Doubts, Said, Settles, state
from cycle.review.quality import challenges
from performance.ground.people import User
from performance.ground.periods import Period

_UNSENT = "unsent question"


def show_for(
    measure_code: str,
    area_code: str | None,
    period: Period,
    *,
    periods: Sequence[Period] = (),
    as_known_at: datetime | None = None,
    by: User,
) -> None:
    """The questions about a measure in an area (the council's own, where none is named), and the box for another.

    `periods` are the figures that can be asked about, newest first; without them it is the one of the period.
    """
    heading = st.empty()
    act(by=by)
    thread = challenges.thread(measure_code, area_code, as_known_at=as_known_at, by=by)
    heading.header(plain(f"Questions about {thread.area_name}" if area_code else "Questions"), anchor=False)
    question_forms.show(thread, period=period, periods=periods)


def show_doubts(unit_code: str, period: Period, *, by: User) -> None:
    """What the BI team doubts of a return, for whoever signs it off; nothing where nothing is doubted."""
    for each in challenges.list_doubts(unit_code, period, by=by):
        st.warning(plain(f"The BI team doubts {each.measure.title}: {each.challenge.text} {state(each)}."))


def act(*, by: User) -> None:
    """Carry out what was said with the last press and say so here, or why it cannot be. Before questions are read."""
    if (heard := question_forms.heard()) is not None:
        said, box = heard
        try:
            done = _carry_out(said, by)
            st.session_state[box] = ""
            st.success(plain(done))
        except challenges.ChallengeMovedOnError as refusal:
            # Its box may not be drawn again, so what was typed in it is kept here, beside what the other person wrote.
            st.session_state[_UNSENT] = (str(refusal), said.text)
        except challenges.ChallengeError as refusal:
            st.warning(plain(str(refusal)))
    _show_unsent()


def _show_unsent() -> None:
    """What could not be sent because somebody was first, until the person has done with it."""
    if _UNSENT not in st.session_state:
        return
    why, text = st.session_state[_UNSENT]
    st.warning(plain(why))
    if text:
        st.caption("What you wrote")
        st.text(text)
        st.button("Discard what I wrote", key="discard_unsent", on_click=_discard)
    else:
        _discard()


def _discard() -> None:
    st.session_state.pop(_UNSENT, None)


def _carry_out(said: Said, by: User) -> str:
    match said:
        case Asks(measure_code=code, area_code=area, period=period, text=text):
            challenges.ask(code, area, period, text=text, by=by)
            return "Your question is with the service. You find the answer here, and on Home."
        case Answers(challenge_id=number, version=version, text=text):
            challenges.answer(number, text=text, version=version, by=by)
            return "Your answer is sent."
        case AsksOn(challenge_id=number, version=version, text=text):
            challenges.ask_on(number, text=text, version=version, by=by)
            return "Your question is with the service. You find the answer here, and on Home."
        case _:
            return _carry_out_judgement(said, by)


def _carry_out_judgement(said: Said, by: User) -> str:
    match said:
        case Doubts(measure_code=code, period=period, revision=revision, text=text):
            challenges.doubt(code, period, text=text, revision=revision, by=by)
            return "Your doubt is with the service, and whoever signs off sees it too."
        case Settles(text=text) | Accepts(text=text) if text.strip():
            raise challenges.ChallengeError("You have typed a question. Send it with its own button, or empty its box.")
        case Accepts(measure_code=code, period=period, revision=revision):
            challenges.accept(code, period, revision=revision, by=by)
            return "You accepted what the service confirmed."
        case Settles(challenge_id=number, version=version):
            challenges.settle(number, version=version, by=by)
            return "The question is settled."
        case _:
            raise TypeError(said)
