"""One figure at a time: its boxes beside its last two years, and the way on to the next."""

import streamlit as st

from components.do.returns import half_typed, recent
from components.do.returns.entry_grid import about, before, due
from components.do.returns.half_typed import HalfTyped, Step, key_of
from components.frame import problems
from components.frame.page import our_place
from components.parts import rating, trend
from components.parts.markup import plain
from performance.do.answers import CheckedLine, CheckedReturn
from performance.do.read_answer import boxes_of, label_of, unit_hint
from performance.do.returns import ReturnLine
from performance.do.typed import Choice
from reporting.charts import over_time
from reporting.charts.alternative_text import trend_alt

_SHOWN = 24


def show(checked: CheckedReturn, typed: HalfTyped, line: CheckedLine) -> None:
    """The line's form. What is typed is kept when the form is sent; nothing is checked before it is asked for."""
    codes = [each.measure.code for each in checked.lines]
    place = codes.index(line.measure.code)
    st.header(plain(f"{place + 1} of {len(codes)}: {line.measure.title}"), anchor=False)
    st.write(plain(f"{about(line.line)} Target {line.line.target_in_words}. {due(line.line)}."))
    if question := checked.return_.questions.get(line.measure.code):
        st.warning(plain(f"{checked.return_.decided_by} asks: {question}"))
    boxes, picture = st.columns([2, 3], gap="medium")
    with boxes:
        _show_boxes(typed, line, following=codes[(place + 1) % len(codes)])
        _show_preview(line)
    with picture:
        _show_chart(line.line)
    st.button("All figures in one table", type="tertiary", on_click=_all)


def _show_boxes(typed: HalfTyped, line: CheckedLine, *, following: str) -> None:
    measure, period, answer = line.measure, line.line.period, line.answer
    with st.form(f"one-{typed.name}-{measure.code}", border=False, enter_to_submit=True):
        for box in boxes_of(measure):
            _told(line, box, asked=typed.attempt > 0)
            key = _held(key_of(box, measure.code, period), getattr(answer, box))
            said = f"{period.in_words} figure, {unit_hint(measure)}" if box == "value" else label_of(measure, box)
            st.text_input(plain(said), key=key, autocomplete="off", placeholder="")
        st.caption(plain(before(line.line) or f"There is no {period.previous.in_words} figure."))
        choices = list(Choice)
        st.selectbox(
            "Kind of answer", choices, format_func=lambda choice: Choice(choice).in_words,
            key=_held(key_of("choice", measure.code, period), answer.choice), filter_mode=None,
        )  # fmt: skip
        _told(line, "until", asked=typed.attempt > 0)
        key = _held(key_of("until", measure.code, period), answer.until)
        st.text_input("If not yet available: the day it will be, like 30/11/2017", key=key, autocomplete="off")
        with st.container(horizontal=True):
            st.form_submit_button("Save and next", type="primary", on_click=_go_on, args=(typed, following))
            st.form_submit_button("Check figures", on_click=_check, args=(typed,))


def _told(line: CheckedLine, box: str, *, asked: bool) -> None:
    for problem in line.problems if asked else ():
        if problem.field == box:
            problems.beside(problem.message)


def _held(key: str, text: str) -> str:
    """The widget's key, once the widget holds the text that is kept; what is being typed is never written over."""
    if st.session_state.get(key) != text:
        st.session_state[key] = text
    return key


def _show_preview(line: CheckedLine) -> None:
    if line.figure is not None:
        said = f"Read as {line.line.in_words(line.figure)}."
        st.html(f'<div role="status">{rating.sentence(line.rating, said)}</div>')


def _show_chart(line: ReturnLine) -> None:
    """The last two years with their target; the same in words for whoever does not see it."""
    measure, last = line.measure, line.period
    periods = tuple(last.shifted(-last.months * step) for step in range(_SHOWN - 1, -1, -1))
    values = {each: line.value_of(line.series.stored(each)) for each in periods}
    known = tuple(
        (each, number)
        for each, value in values.items()
        if (number := recent.number(value, measure.decimals)) is not None
    )
    if len(known) < 2:
        st.caption("A chart appears here once there are two figures.")
        return
    first = known[0][0]
    shown = tuple(each for each in periods if each >= first)
    chart = over_time.Trend(
        periods=shown,
        lines=(over_time.Line(name=our_place(), numbers=known),),
        unit=measure.unit,
        decimals=measure.decimals,
        aims=tuple(trend.aims(measure, line.series.targets, shown, line.default_percent)),
        breaks=tuple((each.on, each.reason) for each in measure.breaks if each.on > first.start),
    )
    st.vega_lite_chart(
        over_time.trend(chart, height=260), alt=trend_alt(measure, chart), theme=None, key=f"one_trend_{measure.code}"
    )


def _go_on(typed: HalfTyped, following: str) -> None:
    half_typed.go_to(Step.ENTERING, reading=half_typed.BOXES)(typed)
    st.query_params["one"] = following


def _check(typed: HalfTyped) -> None:
    half_typed.go_to(Step.CHECKING, reading=half_typed.BOXES)(typed)
    st.query_params.pop("one", None)


def _all() -> None:
    st.query_params.pop("one", None)
