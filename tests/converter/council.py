"""The published council series, turned into a setup folder and a figures file of the app's own formats.

Every trap of SOURCES.md that concerns the series is met here, where it can be read, and not by special cases in the
app: what a source calls 2016 differs by source, so each convention stands in one function below.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

Record = dict[str, str]
Key = tuple[str, str, str]

PREFIXES = {"DfE LAIT": "LAIT", "OHID": "OHID", "ONS SDG": "SDG", "ONS Explore": "ONS", "Oflog": "OFLOG"}
OWNERS = {"LAIT": "CHILDREN", "OHID": "HEALTH", "SDG": "WASTE", "ONS": "INSIGHT", "OFLOG": "ADULTS"}
WOLVERHAMPTON, REGION, NATION, SHEFFIELD = "E08000031", "E12000005", "E92000001", "E08000019"
SHEFFIELD_SINCE_2025 = "E08000039"
# First-time entrants: "England" reads like its regions added up (3,071 against councils at 400 to 540). The figures
# are kept as published, under an area of their own, so that nothing can take them for the national rate.
NOT_ENGLAND = "E92000001-SUM"
SUMMED = "FirstYJS"
POLARITIES = {"High": "higher", "Low": "lower"}
SCORES = {"ASC1", "ASC2"}
MONTHS_OF_SCHOOL_YEAR = {"children_dental_decay", "obese_reception", "obese_year6"}


def convert(source: Path, target: Path) -> int:
    """Write target/setup/*.csv and target/figures.csv from source/council; the answer counts the figures' rows."""
    rows = list(_records(source / "council" / "council_series.csv"))
    codes = codes_of(rows)
    measures = [_measure(key, codes[key], group, source) for key, group in _by_key(rows).items()]
    setup = target / "setup"
    setup.mkdir(parents=True, exist_ok=True)
    neighbours = list(_records(source / "council" / "neighbours.csv"))
    write(setup / "areas.csv", _areas(rows, neighbours))
    write(setup / "organisation.csv", _organisation())
    write(setup / "plan.csv", [{"node_code": "CC", "title": "Confident, capable council", "kind": "outcome"}])
    write(setup / "comparator_groups.csv", _groups(neighbours))
    write(setup / "measures.csv", measures)
    write(setup / "series_breaks.csv", [_absence_break(codes)])
    basis = {measure["measure_code"]: measure for measure in measures}
    return write(target / "figures.csv", [_figure(row, codes[key_of(row)], basis[codes[key_of(row)]]) for row in rows])


def key_of(row: Record) -> Key:
    """A measure is its source, code and name: one ONS code holds several measures."""
    return row["source"], row["measure_code"], row["measure"]


def codes_of(rows: Iterable[Record]) -> dict[Key, str]:
    """A code of at most 32 letters for each measure; those that share the source's code are numbered by name."""
    codes: dict[Key, str] = {}
    taken: Counter[str] = Counter()
    for key in sorted({key_of(row) for row in rows}):
        stem = re.sub(r"[^A-Za-z0-9]+", "-", key[1]).strip("-")
        stem = f"{_prefix(key[0])}-{stem}"[:29].rstrip("-")
        taken[stem] += 1
        codes[key] = stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"
    return codes


def period_of(row: Record) -> str:
    """What the source calls "2016", in ISO 8601: each source and year type has its own meaning."""
    text, kind = row["period"].replace(" ", ""), row["year_type"]
    if "/P" in text:
        return text
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return f"{text}/P1D"
    if quarters := re.findall(r"(\d{4})/\d{2}Q([1-4])", text):
        return _quarter(*quarters[-1])
    if pooled := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return _span(int(pooled[1]), int(pooled[2]), kind)
    if year := re.fullmatch(r"(\d{4})/\d{2}", text):
        academic = kind == "Academic Year" or row["measure_code"] in MONTHS_OF_SCHOOL_YEAR
        return f"{year[1]}-09-01/P1Y" if academic else f"{year[1]}-04-01/P1Y"
    return _year(int(text), kind)


def _year(year: int, kind: str) -> str:
    """In LAIT a financial or an academic 2016 is the year that ends in 2016, and an annual count is a snapshot."""
    return {
        "Financial Year": f"{year - 1}-04-01/P1Y",
        "Academic Year": f"{year - 1}-09-01/P1Y",
        "Annual": f"{year}-03-31/P1D",
        "Annual - January": f"{year}-01-31/P1D",
        "Annual (end of Sept)": f"{year}-09-30/P1D",
    }.get(kind, f"{year}-01-01/P1Y")


def _span(first: int, last: int, kind: str) -> str:
    """2016-17 is a financial year; 2014-16 are three calendar years pooled."""
    years = last - first % 100 + 1
    return f"{first}-04-01/P1Y" if years == 2 and kind == "Financial Year" else f"{first}-01-01/P{years}Y"


def _quarter(year: str, number: str) -> str:
    """NHS Health Checks run from Q1 2021/22 for five years; a figure is kept under the quarter it runs up to."""
    month = 1 + 3 * int(number) % 12
    return f"{int(year) + (number == '4')}-{month:02d}-01/P3M"


def _figure(row: Record, code: str, measure: Record) -> Record:
    summed = row["measure_code"] == SUMMED and row["area_code"] == NATION
    return {
        "measure_code": code,
        # As published: the importer knows Sheffield by both of its codes.
        "area_code": NOT_ENGLAND if summed else row["area_code_published"],
        "period": period_of(row),
        # LAIT's "-" is missing, suppressed and not applicable alike. All that is known is that nothing was published.
        "value": row["value"] or "x",
        "status": "final",
        "commentary": "As published; looks like the regions added up, so not a rate for England." if summed else "",
    }


def _measure(key: Key, code: str, rows: list[Record], source: Path) -> Record:
    first, periods = rows[0], [period_of(row) for row in rows]
    unit = _unit(first)
    pooled = any(re.search(r"/P[2-9]Y", period) for period in periods)
    quarterly = any(period.endswith("/P3M") for period in periods)
    monthly = any(period.endswith("/P1M") for period in periods)
    words = _words_of(source).get(key[1], {})
    snapshot = all(period.endswith("/P1D") for period in periods)
    return {
        "measure_code": code,
        "title": key[2],
        "unit": unit,
        "polarity": POLARITIES.get(first["polarity"], "context"),
        "accumulation": "rolling" if pooled else "cumulative" if quarterly else "snapshot" if snapshot else "in_period",
        "frequency": "quarterly" if quarterly else "monthly" if monthly else "yearly",
        "organisation_unit": OWNERS[_prefix(key[0])],
        "objective": "CC",
        "decimals": _decimals(rows),
        "definition": words.get("description", ""),
        "may_be_negative": "yes" if any(row["value"].startswith("-") for row in rows) else "no",
        "year_basis": _basis(periods),
        "cycle_months": "60" if quarterly else "12",
        "content_kind": "national",
        "source": key[0],
        "methodology": words.get("methodology", "")[:4000],
        "comparator_group": "DfE children's services statistical neighbours, April 2021",
        "no_target_reason": "Published for comparison; no target is set.",
    }


def _unit(row: Record) -> str:
    text = row["unit"]
    if row["source"].startswith("Oflog"):
        return (
            "score" if row["measure_code"] in SCORES else "per 100,000" if row["measure_code"] == "ASC6" else "percent"
        )
    if row["measure_code"] == "housing-affordability-ratio":
        return "ratio"  # the source says %, but 8.1 means a price of 8.1 years' earnings
    if per := re.search(r"per (1,?000|10,?000|100,?000)\b", text):
        return f"per {int(per[1].replace(',', '')):,}"
    named = {"£": "pounds", "yrs": "years", "Life expectancy": "years", "Age-standardised rate": "per 100,000"}
    if text in named:
        return named[text]
    if text.startswith(("%", "Percent", "Cumulative percent", "Absence Rate")):
        return "percent"
    return "score" if text.startswith("Score") else "number" if text.startswith("Number") else text


def _decimals(rows: list[Record]) -> str:
    """As the source says; else as most of its figures are written, three at most (one year of NEET has sixteen)."""
    if rows[0]["dps"]:
        return str(int(float(rows[0]["dps"])))
    written = Counter(len(row["value"].partition(".")[2].rstrip("0")) for row in rows if row["value"])
    return str(min(max(written, key=lambda places: written[places]), 3))


def _basis(periods: list[str]) -> str:
    first_months = Counter(period[5:7] for period in periods)
    month = max(first_months, key=lambda each: first_months[each])
    if any(period.endswith("/P1D") for period in periods):
        return "financial"
    return "calendar" if month == "01" else "academic" if month in {"08", "09"} else "financial"


def _absence_break(codes: dict[Key, str]) -> Record:
    code = next(code for key, code in codes.items() if key[1] == "persistent-absences-for-all-pupils")
    reason = "From 2013/14 the series stands at another level: it cannot be compared with the years before."
    return {"measure_code": code, "on": "2013-08-01", "reason": reason}


def _areas(rows: list[Record], neighbours: list[Record]) -> list[Record]:
    names: dict[str, str] = {}
    for row in neighbours:
        names.setdefault(row["code"], row["name"])
    names |= {row["area_code"]: row["area_name"] for row in rows}
    areas = [
        {"area_code": NATION, "name": "England", "kind": "nation"},
        {
            "area_code": NOT_ENGLAND,
            "name": "England, regions added up (not a rate)",
            "kind": "region",
            "parent_code": NATION,
        },
        {"area_code": REGION, "name": "West Midlands", "kind": "region", "parent_code": NATION},
        {"area_code": WOLVERHAMPTON, "name": "Wolverhampton", "kind": "council", "parent_code": REGION},
    ]
    others = sorted(names.keys() - {area["area_code"] for area in areas} - {SHEFFIELD_SINCE_2025})
    for code in others:
        aliases = SHEFFIELD_SINCE_2025 if code == SHEFFIELD else ""
        areas.append({"area_code": code, "name": names[code], "kind": "other_council", "aliases": aliases})
    return areas


def _groups(neighbours: list[Record]) -> list[Record]:
    return [
        {
            "group_name": row["neighbour_set"],
            "area_code": row["code"].replace(SHEFFIELD_SINCE_2025, SHEFFIELD),
            "rank": row["rank"].partition(".")[0],
        }
        for row in neighbours
    ]


def _organisation() -> list[Record]:
    services = {
        "CHILDREN": "Children's services",
        "HEALTH": "Public health",
        "WASTE": "Waste and recycling",
        "INSIGHT": "Insight and performance",
        "ADULTS": "Adult social care",
    }
    council = {"unit_code": "CWC", "name": "City of Wolverhampton Council", "kind": "council"}
    return [council] + [
        {"unit_code": code, "name": name, "kind": "service", "parent_code": "CWC"} for code, name in services.items()
    ]


def _prefix(source: str) -> str:
    return next(prefix for begin, prefix in PREFIXES.items() if source.startswith(begin))


def _words_of(source: Path) -> dict[str, Record]:
    return {row["measure_code"]: row for row in _records(source / "council" / "measure_dictionary.csv")}


def _by_key(rows: Iterable[Record]) -> dict[Key, list[Record]]:
    found: dict[Key, list[Record]] = defaultdict(list)
    for row in rows:
        found[key_of(row)].append(row)
    return found


def _records(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def write(path: Path, rows: list[Record]) -> int:
    """Rows as CSV; a column that only some rows have is empty in the others."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)
