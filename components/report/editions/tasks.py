"""The steps of an edition as a numbered list: how far each is, how much is left, and the way to where it is done."""

from html import escape

import streamlit as st

from components.frame import navigation
from components.parts import asset
from components.report.editions import below
from cycle.report.editions.shown import EditionView
from performance.ground.people import User
from performance.ground.periods import Period
from performance.report.tasks import Left, Step, Task, TaskState

_STYLE = asset.style(__file__)
_MONTH = 1  # month: returns are of one
_WRITTEN = {Step.SUMMARY, Step.REDS, Step.WATCH, Step.FINANCE}


def show(view: EditionView, user: User) -> None:
    """Every step, for whoever makes editions, until it is published."""
    if not view.tasks:
        return
    st.header("Task list", anchor=False)
    items = "".join(_item(number, each, view, user) for number, each in enumerate(view.tasks, 1))
    st.html(f'{_STYLE}<ol class="tasks">{items}</ol>')


def _item(number: int, task: Task, view: EditionView, user: User) -> str:
    """The row; what is left of it stands folded below."""
    counted = f': <span class="counted">{escape(task.counted)}</span>' if task.counted else ""
    state = f'<span aria-hidden="true">{task.state.shape}</span> {escape(task.state.in_words)}'
    more = escape(task.hint) + _left(task, user)
    return (
        f'<li><span class="no">{number}</span><span class="what">{_linked(task, view)}{counted}</span>'
        f'<span class="state {task.state.value}">{state}</span>{f"<div class=more>{more}</div>" if more else ""}</li>'
    )


def _linked(task: Task, view: EditionView) -> str:
    """The step's name, as a link to where it is done; what cannot be started yet leads nowhere."""
    words, edition = escape(task.step.in_words), str(view.edition.id)
    if task.state is TaskState.CANNOT_START:
        return words
    if task.step in _WRITTEN:
        return navigation.link("Words of an edition", words, edition=edition)
    if task.step in {Step.FREEZE, Step.PUBLISH}:
        return below.link(below.TOWARDS, words)
    if task.step is Step.CORRECTIONS and view.pack.restated:
        return below.link(below.RESTATED, words)
    if task.step is Step.FIGURES and task.left:
        return navigation.link("Data quality", words, show="remind")
    return words


def _left(task: Task, user: User) -> str:
    if not task.left:
        return ""
    items = "".join(f"<li>{_one(each, user)}</li>" for each in task.left)
    return f"<details><summary>What is left: {len(task.left)}</summary><ul>{items}</ul></details>"


def _one(left: Left, user: User) -> str:
    """The measure, as a link to it at its period, with what is left of it; and its return, for whoever fills it in."""
    if not left.measure_code or left.period is None:
        return escape(left.says)
    query = {"measure": left.measure_code, "period": left.period.iso}
    measure = navigation.link("One measure", escape(left.title), **query)
    said = f"{measure}: {escape(left.says)}"
    if not user.may(navigation.find_entry("My return").needs, at=left.unit_code):
        return said
    month = Period.containing(left.period.end, months=_MONTH).iso
    return f"{said}. {navigation.link('My return', 'Open its return', unit=left.unit_code, period=month)}"
