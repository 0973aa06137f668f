"""Every file of a pack, one after another, with what takes longest first."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from performance.report.pack import Pack
from reporting.documents import images
from reporting.documents.renderer import NotDrawnError
from reporting.packs import document, pictures, workbook
from reporting.packs.charts import on_a_page

_WRITERS: Mapping[str, Callable[..., bytes]] = {
    "pdf": document.as_pdf, "docx": document.as_word, "pptx": document.as_slides, "xlsx": workbook.write,
}  # fmt: skip


def built(
    pack: Pack, *, council: str, place: str, template: Callable[[str], bytes | None]
) -> Iterator[tuple[str, bytes | NotDrawnError] | None]:
    """A file with its ending, or why it could not be drawn; before them nothing, once for each red, and at their end
    nothing where no red has a chart. `template` answers what files with an ending are written into.

    Charts are drawn for the PDF, which takes most of the time; they are kept until it is written a moment later.
    """
    for red in pack.story.reds:
        with suppress(NotDrawnError):  # the page that it is to stand on says so
            if chart := on_a_page(red.line, place=place):
                images.on_a_page(chart.drawn, title=chart.title, description=chart.alt)
        yield None
    for ending, write in _WRITERS.items():
        try:
            told = {} if ending == "pdf" else {"template": template(ending)}
            yield ending, write(pack, council=council, place=place, **told)
        except NotDrawnError as refusal:
            yield ending, refusal
    yield _pictures(pack, council=council, place=place)


def _pictures(pack: Pack, *, council: str, place: str) -> tuple[str, bytes | NotDrawnError] | None:
    """The charts by themselves; nothing where there is none."""
    try:
        made = pictures.as_zip(pack, council=council, place=place)
    except NotDrawnError as refusal:
        return "zip", refusal
    return ("zip", made) if made else None
