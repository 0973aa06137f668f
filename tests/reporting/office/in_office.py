"""By Debian's own Python, which knows LibreOffice: opens files, saves their pages, changes a word, saves them again.

It reads what is to be done from its standard input, as JSON: `pipe`, the name that the office listens at, and `files`,
each with `opened`, `pages`, `saved`, `filters` (for the pages and for saving), `words` (what stands there, and what is
to stand there instead), and maybe `charted`: then the first number of each chart's first series becomes `number`, and
the file is saved there once more. It ends the office when all of it is done.
"""

import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found] # comes with LibreOffice, not with the tests' own Python
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found] # as above
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found] # as above
from com.sun.star.lang import DisposedException  # type: ignore[import-not-found] # as above

_PATIENCE = 120  # seconds until the office must have started


def main() -> None:
    asked = json.load(sys.stdin)
    desktop = _desktop(asked["pipe"])
    try:
        for each in asked["files"]:
            _through(desktop, each)
    finally:
        with suppress(DisposedException):  # an office that ends may hang up before it has answered
            desktop.terminate()


def _desktop(pipe: str) -> Any:
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    last = time.monotonic() + _PATIENCE
    while True:
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > last:
                raise
            time.sleep(0.1)
        else:
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)


def _through(desktop: Any, asked: dict[str, Any]) -> None:
    document = desktop.loadComponentFromURL(_url(asked["opened"]), "_blank", 0, (_said("Hidden", True),))
    pages, again = asked["filters"]
    document.storeToURL(_url(asked["pages"]), (_said("FilterName", pages),))
    _change(document, *asked["words"])
    document.storeToURL(_url(asked["saved"]), (_said("FilterName", again),))
    if asked["charted"]:
        _change_numbers(document, asked["number"])
        document.storeToURL(_url(asked["charted"]), (_said("FilterName", again),))
    document.close(True)


def _change(document: Any, before: str, after: str) -> None:
    """One word for another, in all of a text or a workbook; on slides, in what each shape says."""
    if document.supportsService("com.sun.star.presentation.PresentationDocument"):
        slides = document.DrawPages
        for shape in (shape for number in range(slides.Count) for shape in slides.getByIndex(number)):
            if before in getattr(shape, "String", ""):
                shape.String = shape.String.replace(before, after)
        return
    sheets = getattr(document, "Sheets", None)
    for each in [sheets.getByIndex(number) for number in range(sheets.Count)] if sheets else [document]:
        seek = each.createReplaceDescriptor()
        seek.SearchString, seek.ReplaceString, seek.SearchCaseSensitive = before, after, True
        each.replaceAll(seek)


def _change_numbers(document: Any, number: float) -> None:
    """The first number of each chart, as somebody types it into the chart's own table, or into the sheet it is of."""
    if hasattr(document, "Sheets"):
        sheets = document.Sheets
        for charts in (sheets.getByIndex(at).Charts for at in range(sheets.Count)):
            for ranges in (charts.getByIndex(at).Ranges for at in range(charts.Count)):
                # Beneath the names of its series, and beside its periods.
                column, row = (min(getattr(each, name) for each in ranges) for name in ("StartColumn", "StartRow"))
                sheets.getByIndex(ranges[0].Sheet).getCellByPosition(column + 1, row + 1).Value = number
        return
    for chart in _charts(document):
        rows = [list(row) for row in chart.Data.Data]
        rows[0][0] = number
        chart.Data.Data = tuple(tuple(row) for row in rows)


def _charts(document: Any) -> list[Any]:
    """The charts of a text, or of slides, as what can be edited."""
    if document.supportsService("com.sun.star.presentation.PresentationDocument"):
        slides = document.DrawPages
        shapes = (shape for number in range(slides.Count) for shape in slides.getByIndex(number))
        found = [getattr(shape, "Model", None) for shape in shapes]
    else:
        objects = document.EmbeddedObjects
        held = (objects.getByIndex(number).ExtendedControlOverEmbeddedObject for number in range(objects.Count))
        found = [each.Component for each in held]
    return [each for each in found if hasattr(each, "Diagram")]


def _said(name: str, value: object) -> Any:
    said = PropertyValue()
    said.Name, said.Value = name, value
    return said


def _url(path: str) -> str:
    return Path(path).as_uri()


if __name__ == "__main__":
    main()
