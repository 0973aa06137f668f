"""Which template each report is written into, for each program."""

from collections.abc import Mapping

from components.parts import html_table
from components.parts.html_table import Cell, Column
from performance.ground.periods import day_in_words
from performance.report.templates import KINDS, Program, Template

_COLUMNS = [Column(title="Report"), *(Column(title=program.in_words) for program in Program)]


def show(kept: Mapping[tuple[str, Program], Template]) -> None:
    """A row a kind of report and a column a program."""
    rows: list[list[Cell]] = [
        [kind.name, *(in_words(kept.get((kind.key, each))) if each in kind.programs else "–" for each in Program)]
        for kind in KINDS.values()
    ]
    html_table.plain("The template of each report", _COLUMNS, rows)


def in_words(template: Template | None) -> str:
    """ "council.docx, 12 November 2017"."""
    return f"{template.file_name}, {day_in_words(template.uploaded_at.date())}" if template else "As supplied"
