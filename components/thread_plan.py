"""The plan below its gaps: how it stands in all, then as a tree or as a table."""

import streamlit as st

from components import thread_links, thread_table, thread_tree
from cycle.thread_view import GoldenThread
from performance.people import User
from performance.periods import day_in_words
from performance.thread import counts_in_words

TREE, TABLE = "Tree", "Table"
VIEWS = (TREE, TABLE)


def show(thread: GoldenThread, user: User, *, view: str, unfolded: bool) -> None:
    """`unfolded` opens the whole tree, for someone who narrowed it."""
    st.header("The plan", anchor=False)
    many, day = sum(thread.counts.values()), day_in_words(thread.day)
    known = f"{many} {'measure' if many == 1 else 'measures'}: {counts_in_words(thread.counts)}." if many else ""
    st.write(f"As it stood on {day}, each measure in its latest period by then. {known}")
    if not (thread.branches or thread.loose):
        st.info("Nothing in the plan has all of these words. Try fewer of them, or look at the whole council.")
        return
    if view == TABLE:
        thread_table.show(thread, user)
    else:
        thread_tree.show(thread, user, unfolded=unfolded)
    thread_links.to_open(thread, user)
