"""Rows as a file: CSV that no spreadsheet runs, or JSON with every digit as it is."""

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import chain, islice
from typing import Any

from performance.ground.texts import NumberAsTyped, protected

_AT_ONCE = 2_000  # rows


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """CSV in UTF-8 with a heading, and the byte order mark without which Excel takes it for another encoding.

    The one writer of all that is handed out. Texts that a spreadsheet would run get an apostrophe, headings too;
    numbers never do.
    """
    return b"".join(csv_parts(columns, rows))


def write_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A list of objects, one a row, with texts verbatim, numbers to the last digit, and null where a cell is empty."""
    return b"".join(json_parts(columns, rows))


def csv_parts(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """What `write_csv` writes, part by part: as many rows as there are never stand in memory at once."""
    lines = chain([columns], rows)
    yield codecs.BOM_UTF8
    while some := list(islice(lines, _AT_ONCE)):
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows([_csv_cell(cell) for cell in line] for line in some)
        yield out.getvalue().encode()


def json_parts(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """What `write_json` writes, part by part."""
    names, before, waiting = [json.dumps(column) for column in columns], "[\n", iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        objects = (
            "{" + ", ".join(f"{name}: {_json_cell(cell)}" for name, cell in zip(names, row, strict=True)) + "}"
            for row in some
        )
        yield (before + ",\n".join(objects)).encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _csv_cell(cell: Any) -> str:
    if isinstance(cell, str) and not isinstance(cell, Enum | NumberAsTyped):
        return protected(cell)
    return _text(cell)


def _json_cell(cell: Any) -> str:
    if cell is None:
        return "null"
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | Decimal):
        return _text(cell)
    return json.dumps(_text(cell), ensure_ascii=False)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell.value if isinstance(cell, Enum) else cell)
