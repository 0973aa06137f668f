"""What is pressed on a meeting's page, carried out before anything is drawn: the page is drawn once, as it is then.

Drawn with its forms first and again once something is kept, a long memo would take twice as long to minute an item.

Whatever was pressed is answered, also when the meeting was closed meanwhile and has no boxes any more: then what was
typed is said beside the refusal, so that no word is lost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from components.frame import page
from components.parts import afresh
from components.parts.markup import plain
from cycle.revise.meetings import agenda, minutes
from cycle.revise.meetings.agenda import MeetingView
from cycle.revise.meetings.guard import MeetingError
from performance.ground.people import NotAllowedError, User
from performance.ground.periods import day_in_words
from performance.ground.texts import legible
from performance.revise.meetings import (
    Attended,
    Closing,
    Dropped,
    Kept,
    MeetingWish,
    Minuted,
    PutBack,
    Raised,
    ReviewItem,
    Reworded,
)

_SHAPE = "shape-"
# What is written as one: a decision that somebody else made is never kept with another's role or day.
_TOGETHER = (("answer",), ("decision", "owner_role", "due_on"), ("back_until",))


_Heard = tuple[str, MeetingWish, MeetingWish]
"""What the boxes are about, what is asked for, and of that what was typed in them."""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """What was pressed and not done: why, and what was typed there, without what stood in the boxes before."""

    typed: MeetingWish
    why: Exception


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of each press, by what its boxes are about."""

    done: dict[str, str] = field(default_factory=dict)
    refused: dict[str, Refused] = field(default_factory=dict)


def about_item(item_id: int) -> str:
    """What an item's boxes are about, for `afresh`."""
    return f"item-{item_id}"


def about_shape(item_id: int) -> str:
    """What the boxes are about that word an item anew or take it off the memo."""
    return f"{_SHAPE}{item_id}"


def about(what: str, view: MeetingView) -> str:
    """What the boxes are about that a meeting has once: "attendance", "other" or "closing"."""
    return f"{what}-{view.meeting.id}"


def name_of(about_it: str) -> str:
    """What the keys of its boxes end with."""
    return afresh.key("of", about_it)


def sending(about_it: str) -> str:
    """The key of the button that sends its boxes."""
    return f"keep-{name_of(about_it)}"


def dropping(about_it: str) -> str:
    """The key of the button that takes an item off the memo, or puts it back."""
    return f"drop-{name_of(about_it)}"


def carry_out(view: MeetingView, *, by: User) -> tuple[MeetingView, Outcome]:
    """Do what was pressed, one after another; answers the meeting as it is then, and what became of each press."""
    outcome = Outcome()
    for heard in (_items, _shaped, _attendance, _raised, _closing):
        before = len(outcome.done)
        for about_it, wish, typed in heard(view):
            try:
                done, item_id = minutes.carry_out(view.meeting.id, wish, by=by)
            except (MeetingError, NotAllowedError) as why:
                outcome.refused[about_it] = Refused(typed=typed, why=why)
                continue
            afresh.begin(about_it)
            if isinstance(wish, Reworded | Dropped | PutBack):
                _go_on_minuting(wish)
            outcome.done[about_it if item_id is None else about_item(item_id)] = done
        if len(outcome.done) > before:
            view = agenda.get_meeting(view.meeting.id, by=by)
    return view, outcome


def _go_on_minuting(wish: Reworded | Dropped | PutBack) -> None:
    """Who shaped an item themselves need not be told that it changed since they began to minute it."""
    about_it = about_item(wish.item_id)
    if afresh.seen(about_it, wish.version) == wish.version:
        afresh.told(about_it, wish.version + 1)


def _is_pressed(about_it: str) -> bool:
    return bool(st.session_state.get(sending(about_it)))


def _typed(box: str, about_it: str) -> str:
    return legible(st.session_state.get(f"{box}-{name_of(about_it)}", ""))


def _items(view: MeetingView) -> Iterator[_Heard]:
    for item in view.items:
        if _is_pressed(about_item(item.id)):
            yield about_item(item.id), *_kept(item)


def _kept(item: ReviewItem) -> tuple[Kept, Kept]:
    """What its boxes hold, beside what somebody else said meanwhile in those that were left alone; and what was typed
    alone.

    Where two wrote in the same, it goes at the version that its writer began on, and is refused; else nothing of
    either is lost, and it goes at the newest.
    """
    about_it, boxes = about_item(item.id), st.session_state
    name = name_of(about_it)
    said = Minuted(
        answer=_typed("answer", about_it), decision=_typed("decision", about_it),
        owner_role=_typed("owner", about_it), due_on=boxes[f"due-{name}"], back_until=boxes[f"back-{name}"],
    )  # fmt: skip
    begun, typed, both = afresh.begun(about_it, item), said, False
    for parts in _TOGETHER:
        mine, was, stands = ([getattr(each, part) for part in parts] for each in (said, begun, item))
        if mine == was:
            said = replace(said, **dict(zip(parts, stands, strict=True)))
            typed = replace(typed, **{part: getattr(Minuted(), part) for part in parts})
        elif stands not in (was, mine):
            both = True
    wish = Kept(item_id=item.id, version=afresh.seen(about_it, item.version) if both else item.version, said=said)
    return wish, replace(wish, said=typed)


def _shaped(view: MeetingView) -> Iterator[_Heard]:
    for item in view.every:
        about_it = about_shape(item.id)
        if _is_pressed(about_it) or st.session_state.get(dropping(about_it)):
            wish = _shape(item, about_it)
            yield about_it, wish, wish


def _shape(item: ReviewItem, about_it: str) -> Reworded | Dropped | PutBack:
    version = afresh.seen(about_it, item.version)
    if _is_pressed(about_it):
        return Reworded(item_id=item.id, version=version, question=_typed("question", about_it))
    if item.dropped_because:
        return PutBack(item_id=item.id, version=version)
    return Dropped(item_id=item.id, version=version, because=_typed("because", about_it))


def _attendance(view: MeetingView) -> Iterator[_Heard]:
    if _is_pressed(about_it := about("attendance", view)):
        begun_on = afresh.seen(about_it, view.meeting.version)
        there, away = _typed("there", about_it), _typed("away", about_it)
        wish = Attended(attendance=there, apologies=away, version=begun_on)
        yield about_it, wish, wish


def _raised(view: MeetingView) -> Iterator[_Heard]:
    if _is_pressed(about_it := about("other", view)):
        measure = _typed("measure", about_it)
        wish = Raised(question=_typed("raised", about_it), measure_code=measure or None)
        yield about_it, wish, wish


def _closing(view: MeetingView) -> Iterator[_Heard]:
    if _is_pressed(about_it := about("closing", view)):
        wish = Closing(version=view.meeting.version)
        yield about_it, wish, wish


def say(about_it: str, view: MeetingView, outcome: Outcome) -> None:
    """Beside the boxes, in a place that is always there: what was done with them, or why not."""
    with st.container():
        if done := outcome.done.get(about_it):
            st.success(plain(done))
        if refused := outcome.refused.get(about_it):
            page.refuse(refused.why)
            if view.why_not:
                _say_typed(refused.typed)


def say_shaped(view: MeetingView, outcome: Outcome) -> None:
    """The same of items that were worded anew, taken off or put back, all in one place."""
    with st.container():
        for about_it in (*outcome.done, *outcome.refused):
            if about_it.startswith(_SHAPE):
                say(about_it, view, outcome)


def _say_typed(wish: MeetingWish) -> None:
    """The words whose boxes are gone, for their writer to take with them."""
    if typed := [f"{label}: {words}" for label, words in _in_words(wish).items() if words]:
        st.text("\n".join(["What you typed was not kept. Copy it from here:", *typed]))


def _in_words(wish: MeetingWish) -> Mapping[str, str]:
    match wish:
        case Kept(said=said):
            due, back = (day_in_words(day) if day else "" for day in (said.due_on, said.back_until))
            return {
                "Answer": said.answer, "Decision": said.decision, "Who carries it out": said.owner_role,
                "By when": due, "Bring it back until": back,
            }  # fmt: skip
        case Attended(attendance=there, apologies=away):
            return {"There": there, "Apologies": away}
        case Raised(question=question):
            return {"What is raised": question}
        case Reworded(question=question):
            return {"The question": question}
        case Dropped(because=because):
            return {"Why it is taken off": because}
    return {}


def told(view: MeetingView, outcome: Outcome) -> None:
    """After a refusal, which says it where somebody else was first: what is sent next is sent in sight of that."""
    versions = {about(each.id): each.version for each in view.every for about in (about_item, about_shape)}
    for about_it in outcome.refused:
        afresh.told(about_it, versions.get(about_it, view.meeting.version))
