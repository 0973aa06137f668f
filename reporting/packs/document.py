"""The pack of a committee as a Word document: its figures and charts from what is frozen, its charts edited in Word."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from performance.ground.periods import day_in_words
from performance.ground.reckoning.rag import Standing
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from performance.report.words import Place, Red
from reporting.documents.word import describe, fill, prepare, repeat
from reporting.packs.native_chart import add_to_word, over_time

_WIDTH, _HEIGHT = Cm(16), Cm(4.8)
_AMBER = {"Measure": 4.6, "Figure": 3.4, "Target": 2.2, "Expected for the year": 5.8}
_EVERY = {"Measure": 5.0, "Target": 2.2, "Figure": 2.3, "Period": 2.2, "Status": 2.0, "Direction": 2.3}
"""Columns, each as wide as that in centimetres."""
_SMALL = Pt(9)
_DRAFT = "Draft: this edition is not published, and what it says may still change."


def write(pack: Pack, *, council: str, place: str) -> bytes:
    """Summary, what changed, each red on half a page, the ambers, finance and risk, corrections, every measure, and how
    they are measured. `council` is its name in full, `place` what charts call it.
    """
    made, edition = Document(), pack.edition
    title = f"Performance, {edition.period.in_words}"
    prepare(made, title=title, subject=edition.title, author=council)
    made.add_heading(title, level=1)
    known = edition.freeze.known_on if edition.freeze else ""
    meets = f"{council}. {edition.committee}, {day_in_words(edition.meets_on)}. Figures as known on {known}."
    made.add_paragraph(meets, style="Caption")
    if not edition.is_published:
        made.add_paragraph().add_run(_DRAFT).bold = True
    _summary(made, pack)
    _changed(made, pack)
    _reds(made, pack, place)
    _ambers(made, pack)
    _written(made, pack, Place.FINANCE)
    _restated(made, pack)
    _every_measure(made, pack)
    _methods(made, pack)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _summary(made: OpenDocument, pack: Pack) -> None:
    made.add_heading(Place.SUMMARY.in_words, level=2)
    _paragraphs(made, pack.story.words[Place.SUMMARY])
    counted = [(each, sum(Standing.of(line.rag) is each for line in pack.lines)) for each in Standing]
    said = ", ".join(f"{many} {standing.value}" for standing, many in counted if many)
    made.add_paragraph(f"Of {len(pack.lines)} measures: {said}.")
    for red in pack.story.reds:
        line = red.line
        said = f"{line.title}: {line.told}, {line.held_against}. {line.heading}."
        made.add_paragraph(said, style="List Bullet")


def _changed(made: OpenDocument, pack: Pack) -> None:
    if pack.before is None:
        return
    made.add_heading(f"What changed since {pack.before.period.in_words}", level=2)
    if not pack.changed:
        made.add_paragraph("No status moved.")
    for each in pack.changed:
        made.add_paragraph(f"{each.now.title}. {each.in_words}.", style="List Bullet")


def _reds(made: OpenDocument, pack: Pack, place: str) -> None:
    if not pack.story.reds:
        return
    made.add_heading("Red measures, the worst first", level=2).paragraph_format.page_break_before = True
    for number, red in enumerate(pack.story.reds, start=1):
        _red(made, red, place, number)


def _red(made: OpenDocument, red: Red, place: str, number: int) -> None:
    """Half a page, kept together: what it is, its chart, and its parts."""
    line = red.line
    made.add_heading(line.title, level=3)
    said = f"Red: {line.told} in {line.period.in_words}, {line.held_against}. {line.polarity.in_words}. {line.bands}"
    _line(made, "", said).paragraph_format.keep_with_next = True
    if chart := over_time(line, place=place):
        drawn = made.add_paragraph()
        drawn.paragraph_format.keep_with_next = True
        drawn.paragraph_format.space_after = Pt(2)
        add_to_word(drawn, chart, width=_WIDTH, height=_HEIGHT, number=number)
    usual = f"{line.usual[:1].upper()}{line.usual[1:]}."
    parts = [("Direction", f"{line.heading}. {usual}"), *red.parts]
    if line.outlook:
        parts.append(("Expected for the year", f"{line.outlook.in_words}."))
    parts += [("Still to be written", " and ".join(red.lacks))] if red.lacks else []
    for number_of, (label, words) in enumerate(parts, start=1):
        _line(made, label, words).paragraph_format.keep_with_next = number_of < len(parts)


def _line(made: OpenDocument, label: str, words: str) -> Paragraph:
    """A short paragraph, its label in bold."""
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    if label:
        paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(words)
    for run in paragraph.runs:
        run.font.size = Pt(10)
    return paragraph


def _ambers(made: OpenDocument, pack: Pack) -> None:
    if not pack.ambers:
        return
    _written(made, pack, Place.WATCH, always=True)
    rows = [
        (each.title, f"{each.told}, {each.period.short}", each.target_in_words,
         each.outlook.in_words if each.outlook else "Not forecast")
        for each in pack.ambers
    ]  # fmt: skip
    _table(made, _AMBER, rows, "Amber measures, the worst first")


def _restated(made: OpenDocument, pack: Pack) -> None:
    if not pack.restated or pack.before is None:
        return
    made.add_heading(f"Corrections to what was published for {pack.before.period.in_words}", level=2)
    for each in pack.restated:
        made.add_paragraph(f"{each.was.title}, {each.was.period.in_words}. {each.in_words}", style="List Bullet")


def _every_measure(made: OpenDocument, pack: Pack) -> None:
    made.add_heading("Every measure", level=2)
    rows = [
        (each.title, each.target_in_words, each.told, each.period.short, each.rag.in_words, each.short.in_words)
        for each in pack.lines
    ]
    _table(made, _EVERY, rows, f"Every measure of {pack.edition.title}")


def _methods(made: OpenDocument, pack: Pack) -> None:
    made.add_heading("How it is measured", level=2)
    for each in pack.lines:
        paragraph = _line(made, f"{each.title} ({each.measure_code})", " ".join(filter(None, _method(each))))
        for run in paragraph.runs:
            run.font.size = _SMALL


def _method(line: FrozenLine) -> tuple[str, ...]:
    source = f"Source: {line.source.rstrip('.')}." if line.source else ""
    made_up = "Illustrative figures." if line.is_illustrative else ""
    return line.definition, f"{line.polarity.in_words}.", line.bands, source, made_up


def _written(made: OpenDocument, pack: Pack, place: Place, *, always: bool = False) -> None:
    words = pack.story.words[place]
    if words or always:
        made.add_heading(place.in_words, level=2)
    _paragraphs(made, words)


def _paragraphs(made: OpenDocument, words: str) -> None:
    for each in filter(None, (part.strip() for part in words.split("\n"))):
        made.add_paragraph(each)


def _table(made: OpenDocument, columns: Mapping[str, float], rows: Sequence[tuple[str, ...]], description: str) -> None:
    """Words stand left, small: a page takes more of them in."""
    table = made.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.autofit = False
    describe(table, description)
    fill(table.rows[0], tuple(columns), bold=True)
    repeat(table.rows[0])
    for row in rows:
        fill(table.add_row(), row, bold=False)
    for column, width in zip(table.columns, columns.values(), strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, columns.values(), strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
            for run in cell.paragraphs[0].runs:
                run.font.size = _SMALL
    made.add_paragraph()
