"""Every file of a pack, one after another, with what takes longest first."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from performance.report.pack import Pack
from reporting.documents import images
from reporting.documents.renderer import NotDrawnError
from reporting.packs import document, slides, workbook
from reporting.packs.charts import on_a_page

_WRITERS: Mapping[str, Callable[..., bytes]] = {
    "pdf": document.as_pdf, "docx": document.as_word, "pptx": slides.write, "xlsx": workbook.write,
}  # fmt: skip


def built(pack: Pack, *, council: str, place: str) -> Iterator[tuple[str, bytes | NotDrawnError] | None]:
    """A file with its ending, or why it could not be drawn; before them nothing, once for each red.

    Charts are drawn for the PDF, which takes most of the time; they are kept until it is written a moment later.
    """
    for red in pack.story.reds:
        with suppress(NotDrawnError):  # the page that it is to stand on says so
            if chart := on_a_page(red.line, place=place):
                images.on_a_page(chart.drawn, title=chart.title, description=chart.alt)
        yield None
    for ending, write in _WRITERS.items():
        try:
            yield ending, write(pack, council=council, place=place)
        except NotDrawnError as refusal:
            yield ending, refusal
