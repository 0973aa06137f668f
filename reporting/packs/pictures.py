"""Every chart of a pack as pictures in one file, for slides, posts and pages that are made elsewhere.

A PNG and an SVG a red, each saying in itself what it is and what it shows, and an index with the same words, so that
whoever uses one has its alternative text at hand. The same pack makes the same file to the last byte.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from reporting.documents import images
from reporting.packs.charts import as_picture
from reporting.tables.rows import write_csv
from reporting.writers.blocks import Chart

INDEX = "index.csv"
_COLUMNS = ("png", "svg", "measure_code", "title", "alternative_text", "edition")
_ALWAYS = (1980, 1, 1, 0, 0, 0)  # the earliest day that the format knows: a file says nothing of when it was built
_NO_CHART = "No chart: it has fewer than two figures to show."
_LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True)
class _Picture:
    """A red with its chart, and the name of its files without their ending."""

    name: str
    line: FrozenLine
    chart: Chart | None


def as_zip(pack: Pack, *, council: str, place: str) -> bytes:
    """The file; empty where no red has a chart. Raises renderer.NotDrawnError."""
    found = list(_pictures(pack, council=council, place=place))
    if not any(each.chart for each in found):
        return b""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        _add(archive, INDEX, write_csv(_COLUMNS, [_indexed(each, pack) for each in found]))
        for each in found:
            if each.chart is not None:
                chart, title = each.chart, each.line.title
                drawn = images.svg(chart.drawn, title=title, description=chart.alt)
                _add(archive, f"{each.name}.png", images.named(images.png(chart.drawn), title=title, said=chart.alt))
                _add(archive, f"{each.name}.svg", drawn.encode())
    return kept.getvalue()


def _pictures(pack: Pack, *, council: str, place: str) -> Iterator[_Picture]:
    known = ". ".join(filter(None, (council, pack.known, "Draft" if pack.draft else "")))
    for number, red in enumerate(pack.story.reds, start=1):
        name = f"{number:02}-{_plain(red.line.measure_code)}"
        yield _Picture(name=name, line=red.line, chart=as_picture(red.line, place=place, known=known))


def _plain(code: str) -> str:
    """A name that every disk takes; the number before it tells two alike apart."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", code)[:_LONGEST_NAME]


def _indexed(each: _Picture, pack: Pack) -> tuple[str, ...]:
    names = (f"{each.name}.png", f"{each.name}.svg") if each.chart else ("", "")
    said = each.chart.alt if each.chart else _NO_CHART
    of = f"{pack.edition.reference}, {pack.edition.title}{' (draft)' if pack.draft else ''}"
    return *names, each.line.measure_code, each.line.title, said, of


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=_ALWAYS)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3  # on every machine, so that the file is the same
    archive.writestr(entry, content)
