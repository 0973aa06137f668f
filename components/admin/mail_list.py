"""The record of mails: what waits for a decision first, and then all of it, newest first."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from components.frame import address, navigation, pick
from components.parts import html_table
from components.parts.markup import plain
from cycle.admin.mails import MailLine, MailQuery, Mails
from performance.ground.periods import day_in_words
from performance.home.mail import MailState
from settings import is_mail_on

_OLDER = "before"
_COLUMNS = [html_table.Column(title=title) for title in ("Day", "To", "State", "What it said", "Why, or when")]
_AGAIN = (
    "Send again hands it to the server at the next run. If the server has it already, the person gets it twice, unless "
    "their mail program sees that it is the same. Leave it does nothing: their next mail says again what still holds. "
    "Whoever runs the app puts an address right."
)


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What is to become of a mail, and which version of it was read."""

    mail_id: int
    version: int
    goes_again: bool


def ask() -> MailQuery:
    """What the address names. Raises NothingThereError for what is no state."""
    states = {"": "Any state"} | {each.value: each.in_words for each in MailState}
    chosen = pick.one("State", states, name="state", words=states.__getitem__, clears=[_OLDER])
    return MailQuery(state=MailState(chosen) if chosen else None, older_than=address.number(name=_OLDER, what="a mail"))


def how_it_is_set() -> None:
    """Whether this server knows of a mail server at all: the job has the same settings, if somebody gave it them."""
    if not is_mail_on():
        st.info("No mail server is set, so nothing is sent. Whoever runs the app finds how in docs/operations.md.")


def decide(found: Mails) -> Decided | None:
    """What waits for a decision, each with what may be done; the decision, if one was made."""
    if not found.undecided:
        return None
    st.header(plain(f"To be decided ({len(found.undecided)})"), anchor=False)
    st.caption(_AGAIN)
    made = None
    for each in found.undecided:
        with st.container(border=True, gap="xsmall"):
            made = _ask(each) or made
    return made


def show(found: Mails, query: MailQuery) -> None:
    """The record, with the way on into the past."""
    st.header("All mails", anchor=False)
    if not found.lines:
        st.info("There is no such mail." if found.counts else "No mail has been made yet.")
        return
    html_table.plain("Mails, newest first", _COLUMNS, [_cells(each) for each in found.lines])
    named = {"state": query.state.value} if query.state else {}
    with st.container(horizontal=True):
        if found.older is not None:
            _link("Older mails", named | {_OLDER: str(found.older)})
        if query.older_than is not None:
            _link("Back to the newest", named)


def _ask(each: MailLine) -> Decided | None:
    mail = each.mail
    st.subheader(plain(f"{each.name}, {day_in_words(mail.day)}: {each.stands.in_words.lower()}"), anchor=False)
    # Not as Markdown, which would make links of what another machine says.
    said = "<br>".join(f"{escape(words)}." for words in (each.subject, each.why) if words)
    st.html(f"<p>{said}</p>")
    with st.container(horizontal=True):
        again = each.may_go_again and st.button("Send again", key=f"again-{mail.id}", type="primary")
        leaves = st.button("Leave it", key=f"leave-{mail.id}")
    pressed = again or leaves
    return Decided(mail_id=mail.id, version=mail.version, goes_again=again) if pressed else None


def _cells(each: MailLine) -> list[html_table.Cell]:
    day = f"{each.mail.day:%-d %b %Y}"
    return [day, each.name, each.stands.in_words, each.subject, each.why]


def _link(label: str, query: dict[str, str]) -> None:
    st.page_link(navigation.find_entry("Mail").file, label=plain(label), query_params=query)
