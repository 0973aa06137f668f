"""The plan below its gaps: how it stands in all, then as a tree or as a table."""

import streamlit as st

from components.parts import asset
from components.plan.thread import links, table, tree
from cycle.plan.thread_view import GoldenThread
from performance.ground.people import Permission, User
from performance.ground.periods import day_in_words
from performance.ground.reckoning.rag import Standing

TREE, TABLE = "Tree", "Table"
VIEWS = (TREE, TABLE)


def show(thread: GoldenThread, user: User, *, view: str, unfolded: bool, scope: str) -> None:
    """`unfolded` opens the whole tree, for someone who narrowed it; `scope` is the part as a scorecard names it."""
    st.header("The plan", anchor=False)
    many, day = sum(thread.counts.values()), day_in_words(thread.day)
    known = f"{many} measure{'' if many == 1 else 's'}: {_counts(thread, user, scope)}." if many else ""
    said = f"As it stood on {day}, each measure at its newest figure by then. {known}"
    st.html(f'{asset.style(__file__)}<p class="stands">{said}</p>')
    if not (thread.branches or thread.loose):
        st.info("Nothing in the plan has all of these words. Try fewer of them, or look at the whole council.")
        return
    if view == TABLE:
        table.show(thread, user)
    else:
        tree.show(thread, user, unfolded=unfolded)
    links.to_open(thread, user)


def _counts(thread: GoldenThread, user: User, scope: str) -> str:
    """How many stand where, as HTML; each rating leads to the scorecard that lists them, as far as there is one."""
    said = []
    for standing, many in thread.counts.items():
        words = f"{many} {standing}"
        said.append(links.listed(words, standing, thread, scope) if _has_list(standing, thread, user) else words)
    return ", ".join(said)


def _has_list(standing: Standing, thread: GoldenThread, user: User) -> bool:
    is_rated = standing in {Standing.RED, Standing.AMBER, Standing.GREEN}
    return is_rated and thread.day <= thread.today and user.may(Permission.VIEW_SCORECARDS)
