"""A receipt to keep: a Word document with what was sent, its ratings and commentary, and what happens next."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as OpenDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Row

from performance.do.receipts import Receipt
from performance.ground.periods import day_in_words
from reporting.documents import word

_HEADER = ("Measure", "Period", "Figure", "Rating")
_WIDTHS = (7.5, 3.2, 3.3, 2.0)


def document(receipt: Receipt, *, council: str) -> bytes:
    """The record as a document that Word's own accessibility checker accepts."""
    made = Document()
    word.prepare(made, title=f"Receipt {receipt.reference}", subject="Figures as submitted", author=council)
    made.add_heading(f"{receipt.period.in_words} figures of {receipt.unit_name}", level=1)
    made.add_paragraph(f"Reference {receipt.reference}")
    made.add_paragraph(receipt.in_words)
    made.add_heading("Figures as submitted", level=2)
    _add_figures(made, receipt)
    _add_commentary(made, receipt)
    made.add_heading("What happens next", level=2)
    made.add_paragraph(
        f"{receipt.signatories} signs them off by {day_in_words(receipt.sign_off_by_day)}, or returns them with a"
        " question."
    )
    if receipt.still_to_come:
        made.add_heading("Still to come", level=2)
        for each in receipt.still_to_come:
            made.add_paragraph(each, style="List Bullet")
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _add_figures(made: OpenDocument, receipt: Receipt) -> None:
    table = made.add_table(rows=1, cols=len(_HEADER), style="Table Grid")
    table.autofit = False
    word.describe(table, f"Figures submitted under {receipt.reference}")
    _fill(table.rows[0], _HEADER, bold=True)
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for line in receipt.lines:
        _fill(table.add_row(), (f"{line.title} ({line.code})", line.period, line.figure, line.rating), bold=False)


def _add_commentary(made: OpenDocument, receipt: Receipt) -> None:
    said = [line for line in receipt.lines if line.commentary.strip()]
    if said:
        made.add_heading("Commentary", level=2)
    for line in said:
        made.add_heading(f"{line.title}, {line.period}", level=3)
        made.add_paragraph(line.commentary)


def _fill(row: _Row, texts: Sequence[str], *, bold: bool) -> None:
    """The first cell names the row. A row is never torn between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for number, (cell, text, width) in enumerate(zip(row.cells, texts, _WIDTHS, strict=True)):
        cell.width = Cm(width)
        cell.paragraphs[0].add_run(text).bold = bold or number == 0
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)
