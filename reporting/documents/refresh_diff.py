"""What differs between two years' plans as a Word document for cabinet, which Word's own checker accepts."""

from io import BytesIO

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Row

from performance.ground.periods import day_in_words
from performance.plan.refresh_diff import DiffGroup, PlanDiff
from reporting.documents import word

_HEADER = ("Part of the plan", "What", "Field", "This year", "Next year")
_WIDTHS = (Cm(6), Cm(2.5), Cm(3), Cm(6.5), Cm(6.5))


def document(diff: PlanDiff, *, author: str) -> bytes:
    """The counts in a sentence, then a table for each priority in which anything differs."""
    made = Document()
    _prepare(made, diff, author=author)
    made.add_heading(f"{diff.refresh.title}: what differs from this year", level=1)
    made.add_paragraph(f"{_standing(diff)} {diff.in_words}")
    if diff.is_empty:
        made.add_paragraph("Nothing differs: everything is carried over as it is.")
    for group in diff.groups:
        made.add_heading(group.title, level=2)
        made.add_paragraph(_carried(group))
        if group.rows:
            _add_table(made, group)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _standing(diff: PlanDiff) -> str:
    refresh = diff.refresh
    starts = day_in_words(refresh.starts_on)
    if refresh.decided_at is None:
        return f"This is a draft. Once adopted, it takes effect on {starts}."
    decided = day_in_words(refresh.decided_at.date())
    return f"It was {refresh.state.value} on {decided}, to take effect on {starts}."


def _carried(group: DiffGroup) -> str:
    count = group.carried_over
    parts = "1 part is" if count == 1 else f"{count} parts are"
    return f"{parts} carried over as {'it is' if count == 1 else 'they are'}."


def _add_table(made: OpenDocument, group: DiffGroup) -> None:
    table = made.add_table(rows=1, cols=len(_HEADER), style="Table Grid")
    word.describe(table, f"What differs under {group.title}: this year and next year, a field a row")
    _fill(table.rows[0], _HEADER, bold=True)
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for row in group.rows:
        _fill(table.add_row(), (row.name, row.what, row.field, row.before, row.after), bold=False)


def _fill(row: _Row, texts: tuple[str, ...], *, bold: bool) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = _WIDTHS[number]
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold or number == 0, Pt(9.5)


def _prepare(made: OpenDocument, diff: PlanDiff, *, author: str) -> None:
    title = f"{diff.refresh.title}: what differs"
    word.prepare(made, title=title, subject="This year's plan and next year's", author=author)
    section = made.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
