"""A template that somebody brings: looked over, its places held against its kind, and an example written into it."""

import io
import logging
import zipfile

from performance.report.templates import Kind, Program, left_out, problems
from reporting.papers.specimen import written
from reporting.templates import archive, deck, document, workbook
from reporting.templates.found import READ, stray

_LOG = logging.getLogger(__name__)


class BadTemplateError(Exception):
    """A template that cannot be used; the problems say why, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def demand_good(content: bytes, *, kind: Kind, program: Program) -> tuple[str, ...]:
    """What will not be there: parts of the paper that the template gives no place to, and what of the file is not
    carried over. Raises BadTemplateError."""
    if wrong := archive.problems(content, program):
        raise BadTemplateError(wrong)
    try:
        found = READ[program](content, kind)
    except Exception as fault:
        # Whatever a library says of a file that is not what it says it is: the person who brought it is told.
        _LOG.warning("A template for %s cannot be read: %s", program.in_words, type(fault).__name__)
        raise BadTemplateError(
            [f"{program.in_words} may open it, but it is not read here. Restyle the supplied template, and bring that."]
        ) from fault
    has_parts = program is not Program.EXCEL
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        elsewhere = list(stray(parts, program))
    if wrong := [*found.wrong, *elsewhere, *problems(kind, found.lines, has_parts=has_parts)]:
        raise BadTemplateError(list(dict.fromkeys(wrong)))
    try:
        written(kind, program, content)
    except Exception as fault:
        # The same: what a writer makes of styles or layouts that are not as they should be.
        _LOG.warning("No example for %s can be written: %s", program.in_words, type(fault).__name__)
        raise BadTemplateError(
            ["An example could not be written into it. Restyle the supplied template, and bring that."]
        ) from fault
    return (*(left_out(kind, found.lines, program) if has_parts else ()), *found.left)


def ours(kind: Kind, program: Program) -> bytes:
    """Our template with a place for each part, to be restyled."""
    if program is Program.EXCEL:
        return workbook.blank(kind)
    made = (document.blank if program is Program.WORD else deck.blank)(kind, by_parts=True)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()
