"""Rows as a file: CSV that no spreadsheet runs, or JSON with every digit as it is."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from performance.ground.texts import NumberAsTyped, protected


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """CSV in UTF-8 with a heading, and the byte order mark without which Excel takes it for another encoding.

    The one writer of all that is handed out. Texts that a spreadsheet would run get an apostrophe, headings too;
    numbers never do.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_csv_cell(column) for column in columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A list of objects, one a row, with texts verbatim, numbers to the last digit, and null where a cell is empty."""
    names = [json.dumps(column) for column in columns]
    lines = (
        "{" + ", ".join(f"{name}: {_json_cell(cell)}" for name, cell in zip(names, row, strict=True)) + "}"
        for row in rows
    )
    body = ",\n".join(lines)
    return (f"[\n{body}\n]\n" if body else "[]\n").encode()


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
