"""The scorecard to take away as it is seen: the same measures, with what is hidden hidden."""

from dataclasses import replace
from functools import partial

import streamlit as st

from components.frame import page
from components.frame.templated import Templates, templates
from components.parts import taken_away
from components.parts.markup import plain
from components.review.scorecard import folds
from cycle.ground.series.scoring import Scorecard
from performance.ground.measures import Measure
from performance.ground.periods import add_months
from performance.report.schedules import ReportKind
from performance.report.templates import card_kind
from performance.review.infographic import of_card
from performance.review.told import OF_A_SERVICE
from reporting.tables.facts import Fact, Table
from reporting.tables.scorecard import number_of, rows_of, scorecard_table

_PAGES = {
    "docx": ("Download for Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pptx": ("Download for PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "pdf": ("Download as PDF", "application/pdf"),
    "txt": ("Two minutes, as text", "text/plain"),
    "infographic.pdf": ("Infographic as PDF", "application/pdf"),
    "png": ("Infographic as PNG", "image/png"),
    "svg": ("Infographic as SVG", "image/svg+xml"),
}


def show(card: Scorecard, *, order: str) -> None:
    """A workbook, with twelve months of each measure on a sheet of their own; a file of rows; pages; and the brief."""
    card = replace(card, entries=folds.in_order(card.entries, order))
    name = f"scorecard-{card.scope.code}-{'now' if card.is_now else card.period.iso}"
    with st.container(horizontal=True):
        about, found = _about(card), templates()
        taken_away.as_excel(
            "Download as Excel", lambda: [scorecard_table(card.told.lines), lately(card)], about, file=name,
            template=partial(found.find, card_kind(is_of_a_service=card.scope.level in OF_A_SERVICE), "xlsx"),
        )  # fmt: skip
        taken_away.as_csv("Download as CSV", lambda: [scorecard_table(card.told.lines)], file=name)
        council, known = page.our_council(), _known(card)
        for ending, (label, kind) in _PAGES.items():
            st.download_button(
                plain(label), data=partial(_paper, ending, card, council, known, found), mime=kind, on_click="ignore",
                file_name=f"{taken_away.safe(name)}.{ending}", key=f"scorecard-{ending}",
            )  # fmt: skip


def lately(card: Scorecard) -> Table:
    """A row a measure and a column a period of the last twelve months: each figure, or why there is none."""
    since = add_months(card.period.end, -12)
    found = [(entry.measure, each) for entry in card.entries for each in entry.recent if each.period.end > since]
    periods = sorted({each.period for _, each in found}, key=lambda period: (period.end, period.months))
    return Table(
        name="Twelve months",
        rows_are="Measure",
        rows=rows_of([each.measure for each in card.entries]),
        columns={period.iso: period.in_words for period in periods},
        facts=[
            Fact(
                row=measure.code, column=each.period.iso,
                said=each.rag.in_words if each.number is None else number_of(measure, each.number),
            )
            for measure, each in found
        ],
    )  # fmt: skip


def _paper(ending: str, card: Scorecard, council: str, known: str, found: Templates) -> bytes:
    # Whoever takes nothing away does not wait for what makes documents.
    from reporting.papers import scorecard
    from reporting.papers.endings import writers

    pictures = writers(ReportKind.INFOGRAPHIC)
    if ending in {"infographic.pdf", "png", "svg"}:
        page = of_card(card.told, scorecard.opening_of(card.told), council=council, known=known)
        return pictures[ending.rpartition(".")[2]](page)
    if ending in {"docx", "pptx"}:
        made = scorecard.as_word if ending == "docx" else scorecard.as_slides
        template = found.find(card_kind(is_of_a_service=card.told.is_of_a_service), ending)
        return made(card.told, council=council, known=known, template=template)
    made_anew = scorecard.as_pdf if ending == "pdf" else scorecard.brief_as_text
    return made_anew(card.told, council=council, known=known)


def _known(card: Scorecard) -> str:
    """When it was known; and where small counts of people stand in it, that it is not for everybody."""
    known = taken_away.known_in_words(card.as_known_at)
    in_full = _in_full(card)
    return f"{known}. {taken_away.who(in_full).rstrip('.')}" if in_full else known


def _in_full(card: Scorecard) -> list[Measure]:
    return [each.measure for each in card.entries if card.in_full and each.measure.counts_people]


def _about(card: Scorecard) -> taken_away.About:
    measures = [entry.measure for entry in card.entries]
    title = f"Scorecard: {card.scope.name}, {card.when_in_words}"
    said = taken_away.about(title, of="Scorecard", at=card.as_known_at, in_full=_in_full(card))
    return [*said, *(taken_away.of_measure(each) for each in measures)]
