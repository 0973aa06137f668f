"""A review meeting's memo as a Word document, with headings, repeated table headers and alternative texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from docx import Document
from docx.document import Document as OpenDocument
from docx.shared import Cm

from reporting.charts.over_time import Bar, Ranking, ranking
from reporting.documents import images
from reporting.documents.word import add_picture, describe, fill, prepare, repeat

_WIDTH = Cm(15)
_CARD = ("Measure", "Figure", "Target", "Status", "Variation")


@dataclass(frozen=True, kw_only=True)
class MemoItem:
    """An item in words: its heading, the fact, the question, and pairs of a label and what was minuted."""

    heading: str
    fact: str
    question: str
    minuted: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class MemoPage:
    """All that a memo says. `card` has a row a measure; `counts` how many measures have each colour, in words."""

    title: str
    subtitle: str
    council: str
    facts: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    card: tuple[tuple[str, ...], ...]
    sections: tuple[tuple[str, tuple[MemoItem, ...]], ...]


def document(page: MemoPage) -> bytes:
    """The meeting, the scorecard as it was known on the day, and each item with what became of it."""
    made = Document()
    prepare(made, title=page.title, subject=page.subtitle, author=page.council)
    made.add_heading(page.title, level=1)
    made.add_paragraph(page.subtitle, style="Caption")
    for fact in page.facts:
        made.add_paragraph(fact)
    made.add_heading("The scorecard", level=2)
    _add_counts(made, page)
    _add_card(made, page.card)
    for title, items in page.sections:
        made.add_heading(title, level=2)
        for item in items:
            _add_item(made, item)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _add_counts(made: OpenDocument, page: MemoPage) -> None:
    """How many measures have which colour, as bars; the words say the same."""
    said = ", ".join(f"{name.lower()} {count}" for name, count in page.counts)
    bars = tuple(Bar(name=name, number=Decimal(count), words=str(count)) for name, count in page.counts)
    spec = ranking(Ranking(bars=bars, unit="number", names="Status"), width=520)
    alt = f"Bar chart of how many measures have each status: {said}."
    add_picture(made.add_paragraph(), images.png(spec), width=_WIDTH, alt=alt, name="Measures by status")
    made.add_paragraph(f"Measures by status: {said}.")


def _add_card(made: OpenDocument, rows: Sequence[tuple[str, ...]]) -> None:
    table = made.add_table(rows=1, cols=len(_CARD), style="Table Grid")
    describe(table, "The scorecard as it was known when the memo was opened")
    fill(table.rows[0], _CARD, bold=True)
    repeat(table.rows[0])
    for row in rows:
        fill(table.add_row(), row, bold=False)
    made.add_paragraph()


def _add_item(made: OpenDocument, item: MemoItem) -> None:
    made.add_heading(item.heading, level=3)
    if item.fact:
        made.add_paragraph(item.fact)
    asked = made.add_paragraph()
    asked.add_run("Question: ").bold = True
    asked.add_run(item.question)
    for label, words in item.minuted:
        line = made.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(words)
