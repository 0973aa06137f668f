"""Views of the Explorer saved under a title: opened from a list or by a link, saved and removed."""

from collections.abc import Sequence

import streamlit as st

from components.frame import address, notice
from components.parts import typed_text
from components.parts.markup import plain
from performance.ground.people import Permission, User
from performance.ground.periods import day_in_words
from performance.review.saved_views import KEPT, LONGEST_TITLE, SavedView, ViewWish

_EXPLORER = "pages/review/explorer.py"


def asked() -> int | None:
    """The number of the view that the address names, which is asked for once."""
    number = address.number(name="view", what="a saved view")
    st.query_params.pop("view", None)
    return number


def follow(view: SavedView) -> None:
    """The address says from now on what the view holds, and the page is drawn from it."""
    for name in KEPT:
        st.query_params.pop(name, None)
    for name, value in view.query:
        st.query_params[name] = value
    notice.keep(f"You see the view “{view.title}”.")
    st.rerun()


def show(views: Sequence[SavedView], user: User) -> ViewWish | None:
    """The form to save what is seen, and everybody's views with their links."""
    st.header("Saved views", anchor=False)
    wish = _to_keep()
    if not views:
        st.write("No view is saved yet.")
    for each in views:
        with st.container(horizontal=True, vertical_alignment="center"):
            link(each)
            st.caption(plain(f"Saved on {day_in_words(each.saved_at.date())}"))
            mine = each.saved_by == user.username or user.may(Permission.MAINTAIN_REGISTER)
            if mine and st.button(f"Remove {plain(each.title)}", key=f"view-remove-{each.id}", type="tertiary"):
                wish = ViewWish(remove=each)
    return wish


def link(view: SavedView) -> None:
    st.page_link(_EXPLORER, label=plain(view.title), query_params={"view": str(view.id)})


def _to_keep() -> ViewWish | None:
    if notice.is_fresh("view"):
        st.session_state["view-title"] = ""
    with st.form("save-view", border=False):
        title = typed_text.line("Title for what you see", key="view-title", at_most=LONGEST_TITLE)
        if st.form_submit_button("Save this view"):
            return ViewWish(title=title, query=st.query_params.to_dict())
    return None
