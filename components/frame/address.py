"""The address of a page says what it shows: that is shown, or a sentence says why not, and never another thing.

What a person chooses on the page goes into the address. Where one choice leaves no room for an earlier one (a month
that the next measure has no figure for), the earlier is forgotten: only what came with a link is answered for.
"""

from collections.abc import Callable, Collection
from datetime import date

import streamlit as st

from components.parts.markup import plain
from performance.ground.periods import Period, PeriodNotUnderstoodError, day_in_words, parse_period

NONE = "none"
_PAGE, _OWN, _VISIT, _LONGEST = "address_page", "address_chosen_here", "address_visit", 60


class NothingThereError(Exception):
    """The address names what there is not, or what this person may not see: a sentence for them, and what it names."""

    def __init__(self, sentence: str, *names: str) -> None:
        super().__init__(sentence)
        self.names = names


def begin(title: str) -> None:
    """A page begins: what was chosen on another says nothing of this one's address."""
    if st.session_state.get(_PAGE) != title:
        st.session_state[_PAGE] = title
        st.session_state[_VISIT] = visit() + 1
        st.session_state.pop(_OWN, None)


def visit() -> int:
    """How many pages were come to in this session: another number, and the boxes of the page are new ones."""
    return int(st.session_state.get(_VISIT, 0))


def read(name: str) -> str:
    """What the address says under a name; empty where it says nothing."""
    return str(st.query_params.get(name, ""))


def keep(name: str, text: str) -> None:
    """A choice made on the page goes into the address; an empty one leaves it. All that stands there was seen then."""
    note(name, text)
    st.session_state[_OWN] = st.query_params.to_dict()


def note(name: str, text: str) -> None:
    """What the page shows of its own accord goes into the address; what else stands there is still the link's."""
    if text:
        st.query_params[name] = text
    else:
        st.query_params.pop(name, None)
    st.session_state.setdefault(_OWN, {})[name] = text


def one_of(codes: Collection[str], *, name: str, label: str) -> str:
    """The one of the codes that the address names; empty where it names none. Raises NothingThereError."""
    asked = read(name)
    if asked and asked not in codes:
        refuse(_no_such(asked, label), name)
        return ""
    return asked


def some_of(codes: Collection[str], *, name: str, label: str) -> list[str]:
    """Those of the codes that the address names, in their own order; NONE of them too. Raises NothingThereError."""
    asked = [] if read(name) == NONE else [each for each in read(name).split(",") if each]
    strange = next((each for each in asked if each not in codes), None)
    if strange is not None:
        refuse(_no_such(strange, label), name)
    return [code for code in codes if code in asked]


def number(*, name: str, what: str) -> int | None:
    """The number that the address names; None where it names none. Raises NothingThereError for what is no number."""
    asked = read(name)
    found = as_number(asked)
    if asked and found is None:
        refuse(f"{_quoted(asked)} is not the number of {what}.", name)
    return found


def referred(letters: str, *, name: str) -> int | None:
    """The number of what the address names as people quote it, such as 7 of M-07, or by that number alone; None where
    it names nothing, and 0, which nothing has, where it names what is no reference."""
    asked = read(name).upper().removeprefix(f"{letters}-")
    return (as_number(asked) or 0) if asked else None


def as_number(asked: str) -> int | None:
    """The number that an address gives something, of nine digits at most, as every database keeps; else None."""
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None


def period(takes: Callable[[Period], bool], *, name: str, label: str) -> Period | None:
    """The period that the address names, in any way files may write one. Raises NothingThereError."""
    asked = read(name)
    if not asked:
        return None
    try:
        found = parse_period(asked)
    except PeriodNotUnderstoodError:
        problem = f"{_quoted(asked)} is not a period. Write one like 2017-10 or 2016/17."
    else:
        if takes(found):
            return found
        problem = f"There is nothing to show here for {found.in_words}, which the link asks for as “{label}”."
    refuse(problem, name)
    return None


def day(*, name: str, first: date, last: date) -> date | None:
    """The day that the address names, as files write it; None where it names none. Raises NothingThereError."""
    asked = read(name)
    if not asked:
        return None
    try:
        found = date.fromisoformat(asked)
    except ValueError:
        problem = f"{_quoted(asked)} is not a day. Write one like 2017-09-30."
    else:
        if first <= found <= last:
            return found
        problem = f"{day_in_words(found)} cannot be shown here, only {day_in_words(first)} to {day_in_words(last)}."
    refuse(problem, name)
    return None


def say(nothing: NothingThereError) -> None:
    """Why there is nothing under this address, and the way on."""
    st.warning(plain(str(nothing)))
    st.button("Open this page without it", type="primary", on_click=_forget, args=nothing.names)


def refuse(sentence: str, *names: str) -> None:
    """Say what is wrong with what a link names; what the page's own choices left no room for is forgotten.

    Raises NothingThereError.
    """
    own = st.session_state.get(_OWN, {})
    if any(read(name) != own.get(name, "") for name in names):
        raise NothingThereError(sentence, *names)
    _forget(*names)


def _forget(*names: str) -> None:
    for name in names:
        keep(name, "")


def _no_such(asked: str, label: str) -> str:
    return f"The link asks for {_quoted(asked)} as “{label}”: there is no such thing here, or you may not see it."


def _quoted(text: str) -> str:
    return f"“{text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}”"
