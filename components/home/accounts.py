"""Home, for whoever looks after people: what is wrong with accounts, roles and signing in, each with its command."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.frame import navigation
from components.parts import asset, html_table
from components.parts.html_table import Cell, Column
from components.parts.markup import plain
from cycle.home.accounts_now import AccountsNow
from performance.home.accounts import Matter

_STYLE = asset.style(__file__)
_MOST = 5


def show(found: AccountsNow, *, with_mails: bool) -> None:
    """What is wrong, then who there is. `with_mails` leads to mails that failed, for those who read it nowhere else."""
    st.header("To put right", anchor=False)
    if with_mails and found.mails:
        many = "1 mail" if found.mails == 1 else f"{found.mails:,} mails"
        st.page_link(navigation.find_entry("Mail").file, label=plain(f"{many} failed, or may not have come"))
    groups = found.to_put_right
    for group in groups:
        st.subheader(plain(f"{group.title}: {len(group.matters):,}"), anchor=False)
        st.write(plain(group.says))
        _list(group.matters)
    if not (groups or (with_mails and found.mails)):
        st.write("Nothing is wrong with an account or a role.")
    if found.unnamed:
        st.write(plain(f"No owner’s role is named for {found.unnamed}. The BI team and the plan’s owners name it."))
    st.header("Tries to sign in", anchor=False)
    st.write(plain(found.tried_in_words))
    _list(found.tried)
    if found.tried:
        st.write("If it was not they, give a new password: every session of the account ends.")
    st.header("Accounts", anchor=False)
    st.write(plain(found.in_words))
    _roles(found)


def _roles(found: AccountsNow) -> None:
    columns = [Column(title="Role"), Column(title="Can sign in", is_number=True),
               Column(title="Did lately", is_number=True)]  # fmt: skip
    rows: list[list[Cell]] = [
        [each.role.in_words, _many(each.accounts), _many(each.signed_in)] for each in found.by_role
    ]
    html_table.plain(f"By role, and how many signed in within {found.known_days} days", columns, rows)


def _many(many: int) -> str:
    return f"{many:,}" if many else "Nobody"


def _list(matters: Sequence[Matter]) -> None:
    """The first few, and the rest folded beneath them; whoever has one more than these reads it too."""
    shown = matters if len(matters) <= _MOST + 1 else matters[:_MOST]
    rest = matters[len(shown) :]
    folded = f"<details><summary>{len(rest):,} more</summary>{_lines(rest)}</details>" if rest else ""
    if matters:
        st.html(f'{_STYLE}<div class="matters">{_lines(shown)}{folded}</div>')


def _lines(matters: Sequence[Matter]) -> str:
    return f"<ul>{''.join(map(_line, matters))}</ul>"


def _line(each: Matter) -> str:
    detail = f"<br><small>{escape(each.detail)}</small>" if each.detail else ""
    command = f"<br><code>{escape(each.command)}</code>" if each.command else ""
    return f"<li>{escape(each.label)}{detail}{command}</li>"
