"""A councillor's Home: their own ward in full, and the way to choose it."""

import streamlit as st

from components.frame import navigation, notice
from components.parts.markup import plain
from components.review.wards import one_ward
from cycle.review import own_ward
from performance.ground.people import User


def show(*, by: User) -> None:
    """The person's ward, or the question which it is; nothing where no ward has a figure."""
    found = own_ward.own_ward(by=by)
    if not found.wards:
        return
    profile = found.profile
    if profile is None:
        st.header("Your ward", anchor=False)
        st.write("Choose the ward you are a councillor for. Home shows it from then on.")
        _choose(found, by=by)
        return
    st.header(f"{plain(profile.ward.name)} ward", anchor=False)
    one_ward.show(profile)
    with st.container(horizontal=True):
        file = navigation.find_entry("Ward profile").file
        label = "Take this page away, or read it as known earlier"
        st.page_link(file, label=plain(label), query_params={"ward": profile.ward.code})
    with st.expander("Show another ward here"):
        _choose(found, by=by)


def _choose(found: own_ward.OwnWard, *, by: User) -> None:
    mine = found.profile.ward.code if found.profile else None
    codes = list(found.wards)
    with st.form("own_ward", border=False):
        chosen = st.selectbox(
            "Ward", codes, format_func=lambda code: found.wards[code], index=codes.index(mine) if mine else None,
            placeholder="Choose a ward", key="own_ward_chosen",
        )  # fmt: skip
        pressed = st.form_submit_button("Show this ward on Home", type="primary" if mine is None else "secondary")
    if pressed and chosen:
        own_ward.choose_own_ward(chosen, by=by)
        notice.keep(f"Home shows {found.wards[chosen]} from now on.")
        st.rerun()
    if pressed:
        st.warning("Choose a ward from the list.")
