"""What this is and for whom, in two sentences and a picture, and in a demonstration the people one can come in as."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import streamlit as st

from components.parts import asset
from components.parts.markup import plain
from cycle.ground import access, passwords
from performance.ground.people import Role, User

_STYLE = asset.style(__file__)
_DRAWING = b64encode(Path(__file__).with_name("cycle.svg").read_bytes()).decode("ascii")
_ALT = (
    "A circle of four steps. Plan: say what to achieve, and set targets. Do: act, and send in the figures. Review: see "
    "what really changed, and ask why. Revise: put right what is red, and learn from it. Then plan again."
)
_COMES_FIRST = {
    Role.SERVICE_MANAGER: "Enters the month's figures and says how the service's actions stand.",
    Role.HEAD: "Signs off what the services sent in, or sends it back with a question.",
    Role.DEPUTY: "Signs off what waits while the head is away.",
    Role.LEADERSHIP: "Reads what is red across the council, and whether it is a real change.",
    Role.POLICY_OFFICER: "Prepares the figures and words of the next edition for a committee.",
    Role.BI_TEAM: "Follows up what is missing or in doubt, and keeps the measures.",
    Role.EMPLOYEE: "Sees how their own work serves the council's plan.",
    Role.COUNCILLOR: "Chooses a ward, reads its profile, and asks a question.",
    Role.ADMINISTRATOR: "Looks after the mail, and checks who did what.",
}


def introduce(council: Mapping[str, str]) -> None:
    """Two sentences, true of any council."""
    st.write(
        plain(
            f"Golden Thread is the performance management app of {council['council_name']}. It is for those who run "
            "its services, lead them or represent its people: they see how the council is doing, and what is done "
            "about it."
        )
    )


def picture() -> None:
    """The cycle that the app runs; said in words for those who hear it."""
    image = f'<img alt="{escape(_ALT)}" src="data:image/svg+xml;base64,{_DRAWING}">'
    st.html(f'{_STYLE}<p class="cycle">{image}</p>')


def demonstration_accounts(enter: Callable[[str], None]) -> None:
    """A line and a button for each; nothing where nobody can be let in so."""
    accounts = access.list_demonstration_accounts()
    if not accounts:
        return
    st.header("Accounts of the demonstration", anchor=False)
    st.write(
        f"Come in as any of these with one click. Their password is **{passwords.OF_THE_DEMONSTRATION}**. A "
        "database of your own has none of these accounts."
    )
    for start in range(0, len(accounts), 2):  # read from left to right, and one below the other on a telephone
        for place, account in zip(st.columns(2, gap="small"), accounts[start : start + 2], strict=False):
            with place, st.container(border=True):
                _line(account, enter)


def _line(account: User, enter: Callable[[str], None]) -> None:
    """Who it is, in which roles, what the first of these does first, and the way in; a refusal stands beneath."""
    roles = sorted(account.roles, key=list(Role).index)
    first = _COMES_FIRST[roles[0]] if roles else ""
    st.html(
        f'<p class="account"><strong>{escape(account.name)}</strong> ({escape(account.username)})'
        f"<small>{escape(', '.join(role.in_words for role in roles))}</small>{escape(first)}</p>"
    )
    if st.button(plain(f"Enter as {account.username}"), key=f"enter_{account.username}"):
        enter(account.username)
