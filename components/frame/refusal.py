"""What stands in place of a page that is not for this person: whom it is for, who can change that, and the way on."""

from collections.abc import Sequence

import streamlit as st

from components.frame import navigation
from components.frame.navigation import PageEntry
from components.parts.markup import plain
from performance.ground.people import Permission, Role, User, roles_that_may


def show(title: str, needs: Permission, user: User) -> None:
    """The page's title, whom it is for, and links to Home and to a page of the same stage that the person may open."""
    st.title(plain(title), anchor=False)
    st.warning(plain(f"You may not {needs.value}."))
    for sentence in in_sentences(needs, user):
        st.write(plain(sentence))
    for entry in _ways_on(navigation.find_entry(title), user):
        st.page_link(entry.file, label=plain(f"Go to {entry.title}"))


def in_sentences(needs: Permission, user: User) -> tuple[str, str]:
    """Which roles open the page, which the person has, and who can give another."""
    held = sorted(user.roles, key=list(Role).index)
    theirs = f"Yours: {_listed(held)}." if held else "You have no role at the moment."
    return (
        f"It is open to these roles: {_listed(roles_that_may(needs))}. {theirs}",
        "Roles are given by the administrators of this app. If your work needs this page, ask one of them.",
    )


def _listed(roles: Sequence[Role]) -> str:
    return ", ".join(role.in_words.lower() for role in roles)


def _ways_on(entry: PageEntry, user: User) -> list[PageEntry]:
    """Home, and the first page beside the one asked for, as far as the person may open them."""
    home = navigation.find_entry("Home")
    return [each for each in (home, *navigation.pages_beside(entry, user)[:1]) if user.may(each.needs)]
