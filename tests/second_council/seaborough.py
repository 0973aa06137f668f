"""Seaborough, a small district on the coast: nothing in it is like the demonstration but the framework's own words.

Its year is the real one, so its figures are of the months before today.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from performance.ground.people import LASTING_ROLES, Role
from performance.ground.periods import Period

NAME, PLACE, COUNCIL = "Seaborough District Council", "Seaborough", "E07009999"
REGION, NATION, NEIGHBOUR = "E12000009", "E92000001", "E07009998"
WARDS = {"E05990001": "Harbour", "E05990002": "Cliffside", "E05990003": "Saltmarsh", "E05990004": "Upper Downs"}
UNIT_OF = {Role.SERVICE_MANAGER: "BEACH", Role.HEAD: "COAST", Role.EMPLOYEE: "BEACH"}
Rows = Sequence[Sequence[str]]


def username(role: Role) -> str:
    return role.value.replace("_", ".")


def today() -> date:
    return datetime.now(UTC).astimezone().date()


def this_year() -> Period:
    return Period.containing(today(), months=12)


PEOPLE: Rows = (
    ("username", "name", "roles"),
    *((username(role), role.in_words, f"{role}@{UNIT_OF.get(role, 'SDC')}") for role in LASTING_ROLES),
)
ORGANISATION: Rows = (
    ("unit_code", "name", "kind", "parent_code", "owner_role"),
    ("SDC", NAME, "council", "", "Chief Executive"),
    ("COAST", "Coast and environment", "directorate", "SDC", "Director of Coast"),
    ("LIVING", "Living and working", "directorate", "SDC", "Director of Living"),
    ("BEACH", "Beaches and harbour", "service", "COAST", "Harbour Master"),
    ("BINS", "Rubbish and recycling", "service", "COAST", "Head of Rubbish"),
    ("HOMES", "Homes", "service", "LIVING", "Head of Homes"),
)
SHEETS: Mapping[str, Rows] = {
    "settings": (
        ("name", "value"),
        ("council_name", NAME),
        ("council_area", COUNCIL),
        ("default_tolerance", "3"),
    ),
    "areas": (
        ("area_code", "name", "kind", "parent_code"),
        *((code, name, "ward", COUNCIL) for code, name in WARDS.items()),
        (COUNCIL, PLACE, "council", REGION),
        (NEIGHBOUR, "Otherport", "other_council", REGION),
        (REGION, "South West", "region", NATION),
        (NATION, "England", "nation", ""),
    ),
    "organisation": ORGANISATION,
    "plan": (
        ("node_code", "title", "kind", "parent_code", "unit_code", "owner_role", "why"),
        ("A", "A coast that lasts", "priority", "", "SDC", "Chief Executive", "The sea rises and the cliffs give way."),
        ("A1", "Clean water and clean sand", "outcome", "A", "COAST", "Director of Coast", "Visitors come for both."),
        ("A1a", "No bathing day lost to pollution", "objective", "A1", "BEACH", "Harbour Master", "Each day counts."),
        ("B", "Homes people can afford", "priority", "", "SDC", "Chief Executive", "Half the village is second homes."),
        ("B1", "Young families stay", "outcome", "B", "LIVING", "Director of Living", "Schools are emptying."),
        ("B1a", "Forty new homes a year", "objective", "B1", "HOMES", "Head of Homes", "Thirty were built last year."),
    ),
    "comparator_groups": (("group_name", "area_code", "rank"), ("Coastal neighbours", NEIGHBOUR, "1")),
    "measures": (
        ("measure_code", "title", "unit", "polarity", "accumulation", "frequency", "organisation_unit", "objective",
         "decimals", "numerator_definition", "denominator_definition", "comparator_group", "source", "lag_days"),
        ("S01", "Bathing days lost to pollution", "number", "lower", "in_period", "monthly", "BEACH", "A1a", "0", "",
         "", "", "Harbour log", "5"),
        ("S02", "Household waste recycled", "percent", "higher", "in_period", "monthly", "BINS", "A1a", "1",
         "Tonnes recycled", "Tonnes collected", "Coastal neighbours", "Weighbridge", "20"),
        ("S03", "New homes finished", "number", "higher", "in_period", "yearly", "HOMES", "B1a", "0", "", "", "",
         "Completion certificates", "30"),
        ("S04", "Litter complaints", "number", "lower", "in_period", "monthly", "BEACH", "A1a", "0", "", "", "",
         "Call log", "5"),
    ),
    "series_breaks": (("measure_code", "on", "reason"), ("S02", "2020-04-01", "Street sweepings left out")),
    "targets": (
        ("measure_code", "area_code", "period", "target", "profile", "rationale"),
        ("S01", COUNCIL, this_year().iso, "12", "flat", "One a month"),
        ("S02", COUNCIL, this_year().iso, "55", "flat", "Two points above last year"),
        ("S03", COUNCIL, this_year().previous.iso, "40", "", "The plan's promise"),
    ),
    "actions": (("node_code", "action", "responsible_role"), ("A1a", "A second skimmer boat", "Harbour Master")),
    "risks": (("risk_code", "title", "likelihood", "impact"), ("SR1", "The sea wall is breached", "2", "5")),
    "people": PEOPLE,
}  # fmt: skip
# What the operator needs to begin with: somewhere to be, and somebody who may do the rest.
FIRST = {"organisation": ORGANISATION, "people": PEOPLE}


def workbook(sheets: Mapping[str, Rows] = SHEETS) -> bytes:
    """The whole council in one file."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return out.getvalue()


def figures() -> str:
    """Two years of months and three of years, for the council, its wards, its neighbour and its nation."""
    month = Period.containing(today(), months=1)
    months = [month.shifted(-step) for step in range(26, 1, -1)]
    rows: list[tuple[str, ...]] = []
    for number, period in enumerate(months):
        rows.append(("S01", COUNCIL, period.iso, "", "", str(3 if number > 20 else 1)))
        rows.append(("S02", COUNCIL, period.iso, str(480 + number % 12 * 4), "1000", ""))
        rows.append(("S02", NEIGHBOUR, period.iso, "510", "1000", ""))
        rows.append(("S02", NATION, period.iso, "460", "1000", ""))
        rows.append(("S04", COUNCIL, period.iso, "", "", str(40 + number % 5)))
        rows += [("S04", ward, period.iso, "", "", str(8 + place)) for place, ward in enumerate(WARDS)]
    years = [this_year().shifted(-12 * step) for step in (3, 2, 1)]
    rows += [("S03", COUNCIL, year.iso, "", "", str(27 + place)) for place, year in enumerate(years)]
    return _csv(("measure_code", "area_code", "period", "numerator", "denominator", "value"), rows)


def boundaries() -> str:
    """Four squares in a row, from the harbour up to the downs."""
    features: list[dict[str, Any]] = []
    for place, (code, name) in enumerate(WARDS.items()):
        west, east, south, north = -4.0 + place * 0.02, -3.98 + place * 0.02, 50.40, 50.42
        ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
        features.append({"type": "Feature", "properties": {"code": code, "name": name},
                         "geometry": {"type": "Polygon", "coordinates": [ring]}})  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features})


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([columns, *rows])
    return out.getvalue()
