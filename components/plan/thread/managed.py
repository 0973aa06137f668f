"""The people a manager manages: where the work of each hangs, what they noted as objectives, and a plan to assign."""

from collections.abc import Sequence

import streamlit as st

from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from components.plan.thread import line, objectives
from cycle.plan.thread_view import MyThread
from performance.ground.organisation import NodeKind, PlanNode
from performance.ground.people import User
from performance.plan.own_thread import Hanging


def show(managed: Sequence[MyThread], nodes: Sequence[PlanNode], user: User) -> Hanging | None:
    """A table of them all, then each to unfold; the answer is what was assigned. Nothing for who manages nobody."""
    if not managed:
        return None
    st.header("People you manage", anchor=False)
    html_table.plain(
        "Where their work hangs",
        [Column(title=title) for title in ("Person", "Work hangs on", "Outcome", "Objectives")],
        [[each.person.name, *_in_short(each)] for each in managed],
    )
    pressed = [assigned for each in managed if (assigned := _show(each, nodes, user))]
    return next(iter(pressed), None)


def _show(each: MyThread, nodes: Sequence[PlanNode], user: User) -> Hanging | None:
    with st.expander(plain(each.person.name)):
        line.show(each, user, whose="Their")
        st.subheader("Their objectives", anchor=False)
        objectives.read(each.objectives)
        return line.ask(each, nodes, label=f"Plan for {each.person.name}", button=f"Assign to {each.person.name}")


def _in_short(each: MyThread) -> tuple[str, str, str]:
    outcome = next((step.node.title for step in each.way if step.node.kind is NodeKind.OUTCOME), "")
    done = sum(objective.done_on is not None for objective in each.objectives)
    noted = f"{len(each.objectives)}, {done} done" if each.objectives else "0"
    return (each.way[0].node.title if each.way else "Not chosen yet", outcome, noted)
