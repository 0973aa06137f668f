"""A review meeting's items, each with its fact and question and a form of its own for what the meeting makes of it."""

from collections.abc import Mapping

import streamlit as st

from components.frame import address, navigation
from components.parts import afresh, typed_text
from components.parts.markup import plain
from components.revise.meetings import presses, shaping
from components.revise.meetings.presses import Outcome
from cycle.revise.meetings.agenda import MeetingView
from performance.ground.periods import day_in_words
from performance.revise.meetings import LONGEST_ROLE, LONGEST_TEXT, ItemKind, Meeting, ReviewItem
from performance.revise.recovery import plan_reference


def asked() -> int | None:
    """The meeting that the address names."""
    return address.referred("M", name="meeting")


def show_head(view: MeetingView) -> None:
    """Which meeting it is, its scorecard as known when the memo was opened, and how far it is minuted."""
    meeting = view.meeting
    opened = day_in_words(meeting.known_at.astimezone().date())
    st.text(
        f"{meeting.reference}. {meeting.forum}, {day_in_words(meeting.held_on)}. {meeting.scope_name}."
        f" The memo says what was known on {opened}. {view.minuted} of {len(view.items)} items minuted."
    )
    if view.why_not:
        st.caption(plain(view.why_not))
    left = st.container(horizontal=True)
    with left:
        st.page_link(navigation.find_entry("Review meetings").file, label="All review meetings")
        st.page_link(
            navigation.find_entry("Scorecard").file, label="The scorecard as it was known then",
            query_params=_then(meeting) | {"scope": meeting.scope, "period": meeting.period.iso},
        )  # fmt: skip


def show(view: MeetingView, measures: Mapping[str, str], outcome: Outcome) -> None:
    """Who was there, the items in their order, any other business, and the end, each with what became of its press.

    Whatever may come or go has a place that is always there: a box that moved would lose what is typed into it.
    """
    _show_attendance(view, outcome)
    number, headings = 0, {each.id: heading(each, measures) for each in view.every}
    for kind in ItemKind:
        items = [each for each in view.every if each.kind is kind]
        with st.container():
            with st.container():
                if any(not each.dropped_because for each in items):
                    st.header(plain(kind.in_words), anchor=False)
            for item in items:
                if item.dropped_because:
                    st.container()  # its place stays, for those after it
                    continue
                number += 1
                headings[item.id] = f"{number}. {headings[item.id]}"
                _show_item(item, view, number, measures, outcome)
    with st.container():
        if not view.items:
            st.info("Nothing was left from before, and no signal asks anything.")
    shaping.show(view, headings, outcome)
    _show_other(view, measures, outcome)
    _show_closing(view, outcome)
    presses.told(view, outcome)


def _show_item(item: ReviewItem, view: MeetingView, number: int, measures: Mapping[str, str], outcome: Outcome) -> None:
    with st.container(border=True, gap="small"):
        st.subheader(plain(f"{number}. {heading(item, measures)}"), anchor=False)
        if item.fact:
            st.text(item.fact)
        st.markdown(f"**{plain(item.question)}**")
        if item.first_question:
            st.caption(plain(f"Asked before it was worded anew: {item.first_question}"))
        _show_links(item, view.meeting)
        presses.say(presses.about_item(item.id), view, outcome)
        if view.why_not:
            for label, words in minuted_in_words(item, view):
                st.text(f"{label}: {words}")
        else:
            _ask(item, view, number)


def heading(item: ReviewItem, measures: Mapping[str, str]) -> str:
    """The measure it is about, or what kind of item it is."""
    return measures.get(item.measure_code or "", "") or item.kind.in_words


def minuted_in_words(item: ReviewItem, view: MeetingView) -> list[tuple[str, str]]:
    """What the meeting made of it, as labels and words; nothing where nothing was said."""
    found = [("Answer", item.answer), ("Decision", item.decision)]
    by = f"by {day_in_words(item.due_on)}" if item.due_on else ""
    whose = ", ".join(filter(None, (item.owner_role, by)))
    found.append(("Who", ". ".join(filter(None, (whose, view.standing_of(item))))))
    if item.back_until:
        found.append(("Called back", f"until {day_in_words(item.back_until)}"))
    return [(label, words) for label, words in found if words]


def _show_links(item: ReviewItem, meeting: Meeting) -> None:
    with st.container(horizontal=True):
        if item.measure_code is not None:
            st.page_link(navigation.find_entry("One measure").file, label="See the measure as it was known then",
                         query_params=_then(meeting) | {"measure": item.measure_code})  # fmt: skip
        if item.plan_id is not None:
            plan = plan_reference(item.plan_id)
            st.page_link(navigation.find_entry("One recovery plan").file, label=plain(f"Open plan {plan}"),
                         query_params={"plan": plan})  # fmt: skip


def _ask(item: ReviewItem, view: MeetingView, number: int) -> None:
    """Its boxes; what they hold is read by `presses` before they are drawn."""
    about = presses.about_item(item.id)
    begun_on, _ = afresh.seen(about, item.version), afresh.begun(about, item)
    with st.container():
        if begun_on != item.version:
            stands = "; ".join(f"{label}: {words}" for label, words in minuted_in_words(item, view))
            st.text(
                f"{view.name_of(item.changed_by)} changed it since you opened this page. As it is stored now:"
                f" {stands or 'nothing'}"
            )
    name = presses.name_of(about)
    with st.form(name, border=False):
        left, right = st.columns(2)
        typed_text.area("Answer", value=item.answer, key=f"answer-{name}", place=left, at_most=LONGEST_TEXT, height=80)
        typed_text.area("Decision", value=item.decision, key=f"decision-{name}", place=right,
                        at_most=LONGEST_TEXT, height=80)  # fmt: skip
        who, due, back = st.columns(3)
        typed_text.line("Who carries it out (role)", value=item.owner_role, key=f"owner-{name}",
                        place=who, at_most=LONGEST_ROLE)  # fmt: skip
        due.date_input("By when", value=item.due_on, format="DD/MM/YYYY", key=f"due-{name}")
        back.date_input("Bring it back until", value=item.back_until, format="DD/MM/YYYY", key=f"back-{name}")
        st.form_submit_button(plain(f"Keep item {number}"), key=presses.sending(about))
    if stands := view.standing_of(item):
        st.caption(plain(f"The action stands on its service's return: {stands.lower()}."))


def _show_attendance(view: MeetingView, outcome: Outcome) -> None:
    meeting, about = view.meeting, presses.about("attendance", view)
    presses.say(about, view, outcome)
    stands = f"There: {meeting.attendance or 'not noted'}. Apologies: {meeting.apologies or 'not noted'}."
    if view.why_not:
        st.text(stands)
        return
    begun_on, name = afresh.seen(about, meeting.version), presses.name_of(about)
    with st.container():
        if begun_on != meeting.version:
            st.text(f"It was changed since you opened this page. As it is stored now: {stands}")
    with st.expander("Who is there"), st.form(f"who-{name}", border=False):
        typed_text.area("There, by role", value=meeting.attendance, key=f"there-{name}",
                        at_most=LONGEST_TEXT, height=80)  # fmt: skip
        typed_text.area("Apologies, by role", value=meeting.apologies, key=f"away-{name}",
                        at_most=LONGEST_TEXT, height=68)  # fmt: skip
        st.form_submit_button("Keep who is there", key=presses.sending(about))


def _show_other(view: MeetingView, measures: Mapping[str, str], outcome: Outcome) -> None:
    about = presses.about("other", view)
    presses.say(about, view, outcome)
    if view.why_not:
        return
    name, options = presses.name_of(about), {"": "No measure"} | dict(measures)
    with st.expander("Raise any other business"), st.form(f"other-{name}", border=False):
        typed_text.area("What is raised", key=f"raised-{name}", at_most=LONGEST_TEXT, height=80)
        st.selectbox("Measure it is about", list(options), format_func=options.__getitem__, key=f"measure-{name}")
        st.form_submit_button("Put it on the memo", key=presses.sending(about))


def _show_closing(view: MeetingView, outcome: Outcome) -> None:
    about = presses.about("closing", view)
    presses.say(about, view, outcome)
    if view.why_not:
        return
    st.write("Once closed, the minutes stay as they are. What is unanswered or not carried out opens the next memo.")
    st.button("Close the meeting", key=presses.sending(about))


def _then(meeting: Meeting) -> dict[str, str]:
    """What a link carries so that its page shows what was known when the memo was opened."""
    return {"known": meeting.known_at.date().isoformat()}
