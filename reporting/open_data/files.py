"""The files of an edition: CSV, JSON, and what describes them in the words of CSV on the Web."""

import json
from collections.abc import Mapping
from typing import Any

from performance.report.pack import Pack
from performance.report.public import address_of
from reporting.open_data.columns import Column, Kind, Row, Sheet
from reporting.open_data.figure_sheet import FIGURES
from reporting.open_data.figures import figures_of, measures_of
from reporting.open_data.measure_sheet import MEASURES
from reporting.tables.rows import write_csv, write_json

METADATA = "csv-metadata.json"
_HOW = (
    "A text that a spreadsheet would run as a formula begins with an apostrophe in CSV, and not in JSON. Figures of a "
    "ward that could tell of few people are hidden, with as many others as are needed so that no total gives them "
    "away; what is found to do so later is hidden from then on."
)


def figures_csv(pack: Pack, area: str) -> bytes:
    """Every figure, a row each."""
    return write_csv(FIGURES.heading, FIGURES.cells(figures_of(pack, area)))


def measures_csv(pack: Pack) -> bytes:
    """Every measure with its definition, a row each."""
    return write_csv(MEASURES.heading, MEASURES.cells(measures_of(pack)))


def as_json(pack: Pack, *, council: str, area: str) -> bytes:
    """The edition, its measures and its figures, by the same names as the columns; numbers to the last digit."""
    parts = {
        b"edition": _json(_edition(pack, council)),
        b"measures": write_json(MEASURES.heading, MEASURES.cells(measures_of(pack))),
        b"figures": write_json(FIGURES.heading, FIGURES.cells(figures_of(pack, area))),
    }
    return b"{" + b",\n".join(b'"%s": %s' % (name, part.strip()) for name, part in parts.items()) + b"}\n"


def metadata(pack: Pack, *, council: str) -> bytes:
    """A group of two tables with their columns and keys (https://www.w3.org/TR/tabular-metadata/)."""
    said = _edition(pack, council)
    return _json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "dc:title": f"{council}: {said['title']}",
            "dc:description": _HOW,
            "dc:publisher": council,
            "dc:identifier": said["reference"],
            "dc:issued": said["published_on"],
            "dc:language": "en-GB",
            "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "lineTerminators": ["\r\n", "\n"]},
            "tables": [
                _table(FIGURES) | {"notes": [{"dc:description": _HOW}]},
                _table(MEASURES),
            ],
        }
    )


def _edition(pack: Pack, council: str) -> Mapping[str, str]:
    edition = pack.edition
    published, frozen = edition.published_at, edition.freeze.at if edition.freeze else None
    return {
        "publisher": council,
        "reference": edition.reference,
        "title": edition.title,
        "address": address_of(edition),
        "committee": edition.committee,
        "meets_on": edition.meets_on.isoformat(),
        "period": edition.period.iso,
        "known_at": frozen.isoformat() if frozen else "",
        "published_on": published.astimezone().date().isoformat() if published else "",
    }


def _table(sheet: Sheet[Any]) -> dict[str, Any]:
    keys = [_of_measure()] if sheet is FIGURES else []
    return {
        "url": f"{sheet.name}.csv",
        "dc:title": sheet.title,
        "dc:description": sheet.says,
        "tableSchema": {
            "columns": [_column(each) for each in sheet.columns],
            "primaryKey": list(sheet.key),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _of_measure() -> dict[str, Any]:
    code = "measure_code"
    return {"columnReference": code, "reference": {"resource": f"{MEASURES.name}.csv", "columnReference": code}}


def _column(column: Column[Row]) -> dict[str, Any]:
    """A column as CSV on the Web describes it: a closed set is a pattern that its words match."""
    datatype: Any = column.kind.value
    if column.kind is Kind.YES_OR_NO:
        datatype = {"base": column.kind.value, "format": "yes|no"}
    elif column.words:
        datatype = {"base": column.kind.value, "format": "|".join(column.words)}
    return {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.title,
        "dc:description": column.says,
        "datatype": datatype,
        "required": column.always,
    }


def _json(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
