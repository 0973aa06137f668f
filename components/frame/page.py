"""How every page opens: who is asking, whether they may, and the frame around what follows."""

from collections.abc import Iterable
from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.frame import address, navigation, sign_in
from components.frame.header import drawn as header
from components.parts import asset
from components.parts.markup import plain
from performance.ground.people import GIVEN, PERMISSIONS, Permission, Role, User, roles_that_may

# It also hides the framework's own menu, which records the screen and says what the app is made with. Its mode
# "minimal" would hide it too, and with it that a page is still being drawn, or that the connection is lost.
_STYLE, _ON_PAPER = asset.style(__file__), asset.style(__file__, "print")

_NAMES = ", ".join(f'"{each.url_path}"' for each in navigation.PAGES)
_SCRIPTS = asset.script(__file__, "in_browser").replace('"page names"', _NAMES) + asset.script(__file__, "unsent")


# The place of a heading that is still to come, and the page's own title.
_untitled: ContextVar[tuple[DeltaGenerator, str] | None] = ContextVar("untitled", default=None)


def start(title: str, *, needs: Permission) -> User:
    """The first line of every page: the person, if they may be here; otherwise why not, and the page ends."""
    arrival = sign_in.arrive()
    council, user = arrival.council, arrival.user
    address.begin(title)
    _untitled.set(None)
    st.set_page_config(page_title=f"{title} - Performance - {council['council_name']}", layout="wide")
    show_style()
    if user is None:
        header.show_brand(council)
        sign_in.show_form(council)
        st.stop()
    header.show(navigation.find_entry(title), user, arrival)
    if not user.may(needs):
        _show_whom_it_is_for(title, needs, user)
        st.stop()
    return user


def title_to_come(otherwise: str) -> DeltaGenerator:
    """The place of a heading that hangs on what the address names; what it says where that is nothing."""
    place = st.empty()
    _untitled.set((place, otherwise))
    return place


def say_nothing_there(nothing: address.NothingThereError) -> None:
    """What stands in place of a page whose address names what it cannot show."""
    if untitled := _untitled.get():
        place, title = untitled
        place.title(plain(title), anchor=False)
    address.say(nothing)


def our_place() -> str:
    """What charts, tables and sentences call the council's own area: its short name."""
    return sign_in.arrive().council["council_place"]


def our_council() -> str:
    """What the council is called in full, for what is taken away."""
    return sign_in.arrive().council["council_name"]


def show_style() -> None:
    st.html(_STYLE + header.STYLE + _ON_PAPER + _SCRIPTS, unsafe_allow_javascript=True)


def _show_whom_it_is_for(title: str, needs: Permission, user: User) -> None:
    """In place of a page that is not for this person: which roles open it, who gives them, and the way on."""
    st.title(plain(title), anchor=False)
    st.warning(plain(f"You may not {needs.value}."))
    held = sorted(user.roles, key=list(Role).index)
    theirs = f"Yours: {_listed(held)}." if held else "You have no role at the moment."
    deputies = ", or to a deputy whom a head names for a time" if needs in PERMISSIONS[Role.DEPUTY] else ""
    st.write(plain(f"It is open to these roles: {_listed(roles_that_may(needs))}{deputies}. {theirs}"))
    st.write(plain(f"If your work needs this page, ask for such a role. {GIVEN}"))
    beside = navigation.pages_beside(navigation.find_entry(title), user)
    for entry in (navigation.find_entry("Home"), *beside[:1]):
        if user.may(entry.needs):
            st.page_link(entry.file, label=plain(f"Go to {entry.title}"))


def _listed(roles: Iterable[Role]) -> str:
    return ", ".join(role.in_words.lower() for role in roles)


def title(words: str, *, place: DeltaGenerator | None = None) -> None:
    """The page's title as it was written, whatever Markdown makes of some of its signs."""
    (place or st).title(plain(words), anchor=False)


def refuse(said: Exception, *, place: DeltaGenerator | None = None) -> None:
    """What a verb said no with, in its own sentence, where the person looks."""
    (place or st).warning(plain(str(said)))
