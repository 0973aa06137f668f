"""The reports that go out by themselves, what waits for a decision, and what became of those of one schedule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from components.frame import address, navigation
from components.frame.navigation import find_entry
from components.parts import html_table
from components.parts.html_table import Cell, Column, Html
from components.parts.markup import plain
from cycle.report.schedules import History, Planned, SendLine
from performance.report.schedules import Way

_PLANNED = [Column(title=title) for title in ("Report", "Who", "When", "How", "Last sent", "Next")]
_SENDS = [Column(title=title) for title in ("Of", "Day", "To", "State", "What it said", "Why, or when")]
_AGAIN = (
    "Send again hands it over at the next run. If it came already, the person gets it twice, unless their mail program "
    "sees that it is the same. Leave it does nothing: the next one says what stands then."
)


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What is to become of a report, and which version of it was read."""

    send_id: int
    version: int
    goes_again: bool


def older_than() -> int | None:
    """Before which report the address asks for the history; None for the newest. Before what is no report there is
    nothing, and the page says so."""
    before = address.read("before")
    return (address.as_number(before) or 0) if before else None


def asked() -> int:
    """Which schedule the address names; 0 for none."""
    return address.referred("S", name="schedule") or 0


def decide(lines: Sequence[SendLine]) -> Decided | None:
    """What waits for a decision, each with what may be done; the decision, if one was made."""
    if not lines:
        return None
    st.header(plain(f"To be decided ({len(lines)})"), anchor=False)
    st.caption(_AGAIN)
    made = None
    for each in lines:
        with st.container(border=True, gap="xsmall"):
            made = _ask(each) or made
    return made


def show(planned: Sequence[Planned], *, today: date) -> None:
    """Those in force first."""
    st.header("What goes out", anchor=False)
    if not planned:
        st.info("No report goes out by itself yet. Plan one above.")
        return
    html_table.plain("Reports that go out by themselves", _PLANNED, [_row(each, today) for each in planned])


def head(found: History) -> None:
    """What it is, to whom and when."""
    planned, schedule = found.planned, found.planned.schedule
    st.write(plain(f"{planned.whom}. {schedule.often.in_words}. {_how(planned)}."))
    if schedule.stopped_on:
        st.info(plain(f"Stopped on {_day(schedule.stopped_on)}: it sends no more."))
    elif planned.is_gone:
        st.warning(
            "What it is about is there no longer, so it does not go out. Choose something else under Change it, or stop"
            " it."
        )
    elif planned.next:
        st.write(plain(f"Next: {planned.next.in_words}, on {_day(planned.next.due_on)}."))


def history(found: History) -> None:
    """What became of each, the newest first; each skip with its reason."""
    st.header("What became of each", anchor=False)
    is_older = older_than() is not None
    if not found.lines:
        st.info("There is nothing older." if is_older else "Nothing was due yet.")
    else:
        html_table.plain(
            plain(f"{found.planned.what}, newest first"), _SENDS, [_send(each) for each in found.lines]
        )  # fmt: skip
    with st.container(horizontal=True):
        if found.older is not None:
            _link("Show older", found, before=str(found.older))
        if is_older:
            _link("Back to the newest", found)


def _link(words: str, found: History, **query: str) -> None:
    named = {"schedule": found.planned.schedule.reference, **query}
    st.page_link(find_entry("One report sent").file, label=plain(words), query_params=named)


def _send(each: SendLine) -> list[Cell]:
    settled = each.send.settled_at
    day = _day(settled.astimezone().date() if settled else each.send.day)
    return [each.when, day, each.name, each.stands.in_words, each.send.subject, each.why]


def _ask(each: SendLine) -> Decided | None:
    st.subheader(plain(f"{each.what}, {each.when}, to {each.name}: {each.stands.in_words.lower()}"), anchor=False)
    # Not as Markdown, which would make links of what another machine says.
    st.html(f"<p>{escape(each.why)}.</p>")
    number = each.send.id
    with st.container(horizontal=True):
        again = each.may_go_again and st.button("Send again", key=f"again-{number}", type="primary")
        leaves = st.button("Leave it", key=f"leave-{number}")
    pressed = again or leaves
    return Decided(send_id=number, version=each.send.version, goes_again=again) if pressed else None


def _row(each: Planned, today: date) -> list[Cell]:
    schedule, last = each.schedule, each.last
    link = Html(navigation.link("One report sent", escape(each.what), schedule=schedule.reference))
    sent = _day(last.settled_at.astimezone().date()) if last and last.settled_at else "–"
    if each.is_gone and schedule.is_active:
        return [link, each.whom, schedule.often.in_words, _how(each), sent, "Not: what it is about is there no longer"]
    since = "At the next run, due since " if each.next and each.next.due_on < today else ""
    due = f"{since}{_day(each.next.due_on)} ({each.next.in_words})" if each.next else "Stopped"
    return [link, each.whom, schedule.often.in_words, _how(each), sent, due]


def _how(each: Planned) -> str:
    schedule = each.schedule
    made = "" if schedule.way is Way.LINK else f", {schedule.format_in_words}"
    skips = ", unless nothing changed" if schedule.skips_unchanged else ""
    return f"{schedule.way.in_words}{made}{skips}"


def _day(day: date) -> str:
    return f"{day:%-d %b %Y}"
