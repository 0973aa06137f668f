"""A review meeting's items, each with its fact and question and a form of its own for what the meeting makes of it."""

from collections.abc import Mapping
from dataclasses import fields, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.frame import address, navigation, notice
from components.parts import afresh, typed_text
from components.parts.markup import plain
from cycle.revise.meetings import minutes
from cycle.revise.meetings.agenda import MeetingView
from cycle.revise.meetings.guard import MeetingError
from performance.ground.people import User
from performance.ground.periods import day_in_words
from performance.ground.texts import legible
from performance.revise.meetings import (
    LONGEST_ROLE,
    LONGEST_TEXT,
    Attended,
    Closing,
    ItemKind,
    Kept,
    Meeting,
    MeetingWish,
    Minuted,
    Raised,
    ReviewItem,
)
from performance.revise.recovery import plan_reference

_Found = tuple[MeetingWish | None, DeltaGenerator]


def asked() -> int | None:
    """The meeting that the address names."""
    return address.as_number(address.read("meeting"))


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
    _said("meeting")
    left = st.container(horizontal=True)
    with left:
        st.page_link(navigation.find_entry("Review meetings").file, label="All review meetings")
        st.page_link(
            navigation.find_entry("Scorecard").file, label="The scorecard as it was known then",
            query_params=_then(meeting) | {"scope": meeting.scope, "period": meeting.period.iso},
        )  # fmt: skip


def heard(view: MeetingView) -> Kept | None:
    """What is asked for of an item, before anything is drawn: once it is kept, the page is drawn once, as it is then.

    Drawn with its forms first and again once it is kept, a long memo would take twice as long to minute an item.
    """
    open_items = () if view.why_not else view.items
    pressed = (each for each in open_items if st.session_state.get(_button(_name(each))))
    return next((_kept(each) for each in pressed), None)


def _kept(item: ReviewItem) -> Kept:
    """What its boxes hold, with the version they were begun on."""
    name, boxes = _name(item), st.session_state
    answer, decision, role = (legible(boxes[f"{box}-{name}"]) for box in ("answer", "decision", "owner"))
    said = Minuted(
        answer=answer, decision=decision, owner_role=role,
        due_on=boxes[f"due-{name}"], back_until=boxes[f"back-{name}"],
    )  # fmt: skip
    about = f"item-{item.id}"
    mine = _with_others(said, afresh.begun(about, item), item)
    return Kept(item_id=item.id, version=afresh.seen(about, item.version), said=mine)


def _with_others(said: Minuted, begun: ReviewItem, stands: ReviewItem) -> Minuted:
    """What was typed; where a box was left as it was begun, what somebody else has said there since."""
    left = {
        field.name: getattr(stands, field.name)
        for field in fields(Minuted)
        if getattr(said, field.name) == getattr(begun, field.name)
    }
    return replace(said, **left)


def _name(item: ReviewItem) -> str:
    return afresh.key("of", f"item-{item.id}")


def _button(name: str) -> str:
    return f"keep-{name}"


def show(
    view: MeetingView, measures: Mapping[str, str], *, refused: Kept | None
) -> tuple[MeetingWish, DeltaGenerator] | None:
    """Who was there, the items in their order, any other business, and the end; what was heard and refused or the first
    thing that is asked for now, and the place to say there why it was not done."""
    found: list[_Found] = [_ask_attendance(view)]
    number = 0
    for kind in ItemKind:
        items = [each for each in view.items if each.kind is kind]
        if items:
            st.header(plain(kind.in_words), anchor=False)
        for item in items:
            number += 1
            place = _show_item(item, view, number, measures)
            found.append((refused if refused and refused.item_id == item.id else None, place))
    if not view.items:
        st.info("Nothing was left from before, and no signal asks anything.")
    if not view.why_not:
        found += [_ask_other(view, measures), _ask_closing(view)]
    return next(((wish, place) for wish, place in found if wish is not None), None)


def _said(what: str) -> DeltaGenerator:
    """A place beside a form, with what was just done there."""
    place = st.container()
    if notice.is_fresh(what):
        with place:
            notice.show()
    return place


def carry_out(view: MeetingView, wish: MeetingWish, *, by: User) -> MeetingError | None:
    """What was asked for, whose boxes then begin afresh; answers why it was refused, where it was."""
    try:
        done, where = minutes.carry_out(view.meeting.id, wish, by=by)
    except MeetingError as refusal:
        return refusal
    afresh.begin(_about(view, wish))
    notice.keep(done, empties=where)
    return None


def told(view: MeetingView, wish: MeetingWish) -> None:
    """After a refusal, which says it where somebody else was first: what is sent next is sent in sight of that."""
    versions = {f"item-{each.id}": each.version for each in view.items}
    about = _about(view, wish)
    afresh.told(about, versions.get(about, view.meeting.version))


def _about(view: MeetingView, wish: MeetingWish) -> str:
    """What the boxes are about in which it was typed."""
    match wish:
        case Kept(item_id=item_id):
            return f"item-{item_id}"
        case Raised():
            return f"other-{view.meeting.id}"
        case _:
            return f"attendance-{view.meeting.id}"


def _show_item(item: ReviewItem, view: MeetingView, number: int, measures: Mapping[str, str]) -> DeltaGenerator:
    with st.container(border=True, gap="small"):
        st.subheader(plain(f"{number}. {heading(item, measures)}"), anchor=False)
        if item.fact:
            st.text(item.fact)
        st.markdown(f"**{plain(item.question)}**")
        _show_links(item, view.meeting)
        place = _said(f"item-{item.id}")
        if view.why_not:
            for label, words in minuted_in_words(item, view):
                st.text(f"{label}: {words}")
        else:
            _ask(item, view, number)
    return place


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
    """Its boxes; what they hold is read by `heard`."""
    about = f"item-{item.id}"
    begun_on, _ = afresh.seen(about, item.version), afresh.begun(about, item)
    if begun_on != item.version:
        stands = "; ".join(f"{label}: {words}" for label, words in minuted_in_words(item, view))
        st.text(
            f"{view.name_of(item.changed_by)} minuted it while you wrote. As it is stored now: {stands or 'nothing'}"
        )
    name = _name(item)
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
        st.form_submit_button(plain(f"Keep item {number}"), key=_button(name))
    if stands := view.standing_of(item):
        st.caption(plain(f"The action stands on its service's return: {stands.lower()}."))


def _ask_attendance(view: MeetingView) -> _Found:
    meeting, place = view.meeting, _said("attendance")
    about = f"attendance-{meeting.id}"
    begun_on, name = afresh.seen(about, meeting.version), afresh.key("of", about)
    if view.why_not:
        st.text(f"There: {meeting.attendance or 'not noted.'}")
        st.text(f"Apologies: {meeting.apologies or 'not noted.'}")
        return None, place
    if begun_on != meeting.version:
        stands = f"There: {meeting.attendance or 'not noted'}. Apologies: {meeting.apologies or 'not noted'}."
        st.text(f"It was changed while you wrote. As it is stored now: {stands}")
    with st.expander("Who is there"), st.form(f"who-{name}", border=False):
        there = typed_text.area(
            "There, by role", value=meeting.attendance, key=f"there-{name}", at_most=LONGEST_TEXT, height=80
        )
        away = typed_text.area(
            "Apologies, by role", value=meeting.apologies, key=f"away-{name}", at_most=LONGEST_TEXT, height=68
        )
        kept = st.form_submit_button("Keep who is there")
    return (Attended(attendance=there, apologies=away, version=begun_on) if kept else None), place


def _ask_other(view: MeetingView, measures: Mapping[str, str]) -> _Found:
    place = _said("other")
    name = afresh.key("of", f"other-{view.meeting.id}")
    options = {"": "No measure"} | dict(measures)
    with st.expander("Raise any other business"), st.form(f"other-{name}", border=False):
        question = typed_text.area("What is raised", key=f"raised-{name}", at_most=LONGEST_TEXT, height=80)
        measure = st.selectbox("Measure it is about", list(options), format_func=options.__getitem__,
                               key=f"raised-of-{name}")  # fmt: skip
        kept = st.form_submit_button("Put it on the memo")
    return (Raised(question=question, measure_code=measure or None) if kept else None), place


def _ask_closing(view: MeetingView) -> _Found:
    place = _said("closing")
    st.write("Once closed, the minutes stay as they are. What is unanswered or not carried out opens the next memo.")
    closes = st.button("Close the meeting", key=f"close-{view.meeting.id}")
    return (Closing(version=view.meeting.version) if closes else None), place


def _then(meeting: Meeting) -> dict[str, str]:
    """What a link carries so that its page shows what was known when the memo was opened."""
    return {"known": meeting.known_at.date().isoformat()}
