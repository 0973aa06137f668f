"""The memo of a review meeting as a Word document, made when it is asked for."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count

import streamlit as st

from components.revise.meetings.items import heading, minuted_in_words
from components.revise.meetings.shaping import dropped_in_words
from cycle.ground.series.scoring import Entry, Scorecard
from cycle.revise.meetings.agenda import MeetingView
from performance.ground.periods import day_in_words
from performance.ground.reckoning.rag import Rag, target_in_words
from performance.revise.meetings import ItemKind, ReviewItem
from reporting.documents import review_memo
from reporting.documents.review_memo import MemoItem, MemoPage

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_COUNTED = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.NO_TARGET, Rag.NOT_PROVIDED)


def show(view: MeetingView, card: Callable[[], Scorecard], measures: Mapping[str, str], *, council: str) -> None:
    """The file; its scorecard is read only when somebody wants it."""
    meeting = view.meeting
    st.download_button(
        "Word memo", data=lambda: review_memo.document(memo(view, card(), measures, council=council)),
        file_name=f"memo-{meeting.reference}-{meeting.held_on:%Y-%m-%d}.docx", mime=_WORD, on_click="ignore",
    )  # fmt: skip


def memo(view: MeetingView, card: Scorecard, measures: Mapping[str, str], *, council: str) -> MemoPage:
    """The memo in words: the same as on the page, with the scorecard."""
    meeting, numbers = view.meeting, count(1)
    return MemoPage(
        title=meeting.title,
        subtitle=f"{meeting.forum}, {day_in_words(meeting.held_on)}. {meeting.scope_name}",
        council=council,
        facts=(
            f"There: {meeting.attendance or 'not noted'}.",
            f"Apologies: {meeting.apologies or 'not noted'}.",
            f"Figures for {meeting.period.in_words}, as known on {day_in_words(meeting.known_at.astimezone().date())}.",
        ),
        counts=tuple((rag.in_words, found) for rag in _COUNTED if (found := card.count(rag))),
        card=tuple(_row(each) for each in card.entries),
        sections=tuple(
            (
                kind.in_words,
                tuple(
                    MemoItem(
                        heading=f"{next(numbers)}. {heading(item, measures)}",
                        fact=item.fact,
                        question=item.question,
                        minuted=(*_first_asked(item), *minuted_in_words(item, view)),
                    )
                    for item in view.items
                    if item.kind is kind
                ),
            )
            for kind in ItemKind
            if any(item.kind is kind for item in view.items)
        )
        + _taken_off(view, measures),
    )


def _first_asked(item: ReviewItem) -> Iterator[tuple[str, str]]:
    if item.first_question:
        yield "Asked before it was worded anew", item.first_question


def _taken_off(view: MeetingView, measures: Mapping[str, str]) -> tuple[tuple[str, tuple[MemoItem, ...]], ...]:
    items = tuple(
        MemoItem(
            heading=heading(item, measures),
            fact="",
            question=item.question,
            minuted=(("Taken off", dropped_in_words(item, view)),),
        )
        for item in view.dropped
    )
    return (("Taken off the memo", items),) if items else ()


def _row(entry: Entry) -> tuple[str, ...]:
    line, measure = entry.line, entry.measure
    special = entry.variation.unrated_in_words if entry.variation else "–"
    value = f"{measure.print_value(line.value)} ({line.period.short})"
    return measure.title, value, target_in_words(measure, line.target), line.rag.in_words, special
