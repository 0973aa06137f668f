"""Requests for data: the form to ask, what was asked before, the log with its answers, and the form to answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from components.frame import notice
from components.parts import typed_text
from components.parts.markup import plain
from components.review.explorer import saved
from performance.ground.people import Permission, User
from performance.ground.periods import day_in_words
from performance.review.saved_views import LONGEST_TEXT, LONGEST_TITLE, DataRequest, Log, SavedView

MOST = 30
_QUESTION, _WHOM, _ANSWERED = "request-question", "request-for", "request answered"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked, and for whom."""

    question: str
    asked_for: str


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An answer to a request as it was drawn, and the number of the view that shows it."""

    request: DataRequest
    text: str
    view_id: int | None


def ask(asked_before: Callable[[str], Log]) -> Asked | None:
    """The question and whom it is for; as soon as it is written, what was asked before that is much like it."""
    if notice.is_fresh("request"):
        st.session_state[_QUESTION] = st.session_state[_WHOM] = ""
    st.header("Ask for data", anchor=False)
    question = typed_text.area("What do you want to know", key=_QUESTION, at_most=LONGEST_TEXT, height=90)
    before = asked_before(question)
    if before.requests:
        st.info("Something like it was asked before:")
    for each in before.requests:
        _show(each, before)
    whom = typed_text.line("For whom, such as Scrutiny Board", key=_WHOM, at_most=LONGEST_TITLE)
    is_sent = st.button("Send this request", type="primary")
    return Asked(question=question, asked_for=whom) if is_sent else None


def answered() -> Answered | None:
    """The answer of the last press, to the request as it was drawn then."""
    request: DataRequest | None = st.session_state.pop(_ANSWERED, None)
    if request is None:
        return None
    text, view = st.session_state[f"answer-text-{request.id}"], st.session_state[f"answer-view-{request.id}"]
    return Answered(request=request, text=text, view_id=view)


def show(log: Log, user: User, *, is_narrowed: bool) -> None:
    """Every request with its answer; for whoever answers, the form under each."""
    if not log.requests:
        st.write("No request holds these words." if is_narrowed else "Nothing was asked for yet.")
    for each in log.requests[:MOST]:
        with st.container(border=True):
            _show(each, log)
            if user.may(Permission.ANSWER_REQUESTS):
                _answer(each, log.views)
    if len(log.requests) > MOST:
        st.caption(plain(f"And {len(log.requests) - MOST} more: look for words to find them."))


def _show(each: DataRequest, log: Log) -> None:
    whom = f", for {each.asked_for}" if each.asked_for else ""
    st.markdown(f"**{plain(each.question)}**")
    st.caption(plain(f"{log.name_of(each.asked_by)} on {day_in_words(each.asked_at.date())}{whom}"))
    if each.answered_at is None:
        st.write("Not answered yet.")
        return
    st.write(plain(each.answer))
    by = log.name_of(each.answered_by or "")
    st.caption(plain(f"Answered by {by} on {day_in_words(each.answered_at.date())}"))
    if view := next((view for view in log.views if view.id == each.view_id), None):
        saved.link(view)


def _answer(each: DataRequest, views: Sequence[SavedView]) -> None:
    titles = {view.id: view.title for view in views}
    with (
        st.expander("Answer" if each.answered_at is None else "Answer again"),
        st.form(f"answer-{each.id}", border=False),
    ):
        typed_text.area("The answer", value=each.answer, key=f"answer-text-{each.id}", at_most=LONGEST_TEXT, height=90)
        st.selectbox(
            "A saved view that shows it", titles, format_func=titles.__getitem__, placeholder="No view",
            index=list(titles).index(each.view_id) if each.view_id in titles else None,
            key=f"answer-view-{each.id}",
        )  # fmt: skip
        st.form_submit_button("Send this answer", on_click=_hear, args=(each,))


def _hear(request: DataRequest) -> None:
    st.session_state[_ANSWERED] = request
