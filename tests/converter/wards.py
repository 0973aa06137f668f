"""The published ward figures, turned into the app's own formats: two sets of wards that never mix.

Deprivation ranks places against each other within one edition, so its scores are context, with a break at every
edition. Figures on the wards in force since May 2023 belong to those wards' own codes.
"""

import csv
from pathlib import Path

from tests.converter.council import WOLVERHAMPTON, Record, write

OLD_WARDS = {"valid_from": "2004-06-10", "valid_to": "2023-05-03"}
NEW_WARDS = {"valid_from": "2023-05-04", "valid_to": ""}
EDITIONS = {
    "IMD 2004": "2004-04-28",
    "IMD 2007": "2007-12-06",
    "IMD 2010": "2011-03-24",
    "IMD 2015": "2015-09-30",
    "IMD 2019": "2019-09-26",
}
POPULATION = {
    "all_ages": "Residents",
    "age_0_15": "Residents aged 0 to 15",
    "age_16_64": "Residents aged 16 to 64",
    "age_65_plus": "Residents aged 65 and over",
}
DEPRIVED = {
    "income_deprived_people": "Income-deprived people",
    "income_deprived_children_0_15": "Income-deprived children aged 0 to 15",
    "employment_deprived_working_age": "Employment-deprived people of working age",
}
SINCE_2023 = {"households": "Households", "imd2025_avg_score_hhweighted": "Deprivation, average score (IMD 2025)"}


def convert(source: Path, target: Path) -> int:
    """Write target/setup/*.csv and target/figures.csv from source/wards; the answer counts the figures' rows."""
    folder = source / "wards"
    population = _records(folder / "ward_population.csv")
    imd = _records(folder / "ward_imd_2004_2019.csv")
    deprived = _records(folder / "ward_deprivation_counts_2019.csv")
    since = _records(folder / "ward24_census2021_households_imd2025.csv")
    setup = target / "setup"
    setup.mkdir(parents=True, exist_ok=True)
    write(setup / "areas.csv", _areas(population, since))
    write(setup / "organisation.csv", [
        {"unit_code": "CWC", "name": "City of Wolverhampton Council", "kind": "council", "parent_code": ""},
        {"unit_code": "INSIGHT", "name": "Insight and performance", "kind": "service", "parent_code": "CWC"},
    ])  # fmt: skip
    write(setup / "measures.csv", _measures())
    breaks = [
        {"measure_code": "IMD-SCORE", "on": day, "reason": f"{edition} ranks places anew"}
        for edition, day in EDITIONS.items()
    ]
    write(setup / "series_breaks.csv", breaks)
    figures = [
        _line(f"POP-{column}", row["ward_code"], f"{row['period'][-4:]}-06-30", row[column])
        for row in population
        for column in POPULATION
    ]
    figures += [_line("IMD-SCORE", row["ward_code"], EDITIONS[row["edition"]], row["avg_score"]) for row in imd]
    figures += [_line(f"DEP-{c}"[:32], row["ward_code"], "2017-06-30", row[c]) for row in deprived for c in DEPRIVED]
    days = {"households": "2021-03-21", "imd2025_avg_score_hhweighted": "2025-10-30"}
    figures += [_line(f"NEW-{c}"[:32], row["ward24_code"], days[c], row[c]) for row in since for c in SINCE_2023]
    return write(target / "figures.csv", figures)


def _line(measure: str, area: str, day: str, value: str) -> Record:
    """A snapshot on a day. A count published as 3825.0 is 3825; an average left blank was not published."""
    return {
        "measure_code": measure,
        "area_code": area,
        "period": f"{day}/P1D",
        "value": value.removesuffix(".0") or "x",
    }


def _areas(population: list[Record], since: list[Record]) -> list[Record]:
    old = {row["ward_code"]: row["ward_name"] for row in population}
    new = {row["ward24_code"]: row["ward24_name"] for row in since}
    council = {"area_code": WOLVERHAMPTON, "name": "Wolverhampton", "kind": "council"}
    nation = {"area_code": "E92000001", "name": "England", "kind": "nation"}
    region = {"area_code": "E12000005", "name": "West Midlands", "kind": "region", "parent_code": "E92000001"}
    wards = [
        {"area_code": code, "name": name, "kind": "ward", "parent_code": WOLVERHAMPTON} | dates
        for names, dates in ((old, OLD_WARDS), (new, NEW_WARDS))
        for code, name in sorted(names.items())
    ]
    return [nation, region, council | {"parent_code": "E12000005"}, *wards]


def _measures() -> list[Record]:
    common = {
        "polarity": "context",
        "accumulation": "snapshot",
        "frequency": "yearly",
        "organisation_unit": "INSIGHT",
        "content_kind": "ward",
        "year_basis": "calendar",
        "no_target_reason": "Describes the place; no target is set.",
        "source": "ONS, MHCLG",
    }
    counts = {f"POP-{column}": title for column, title in POPULATION.items()}
    counts |= {f"DEP-{column}"[:32]: title for column, title in DEPRIVED.items()}
    counts |= {"NEW-households": "Households"}
    scores = {
        "IMD-SCORE": "Deprivation, average score",
        "NEW-imd2025_avg_score_hhweighted": SINCE_2023["imd2025_avg_score_hhweighted"],
    }
    return [
        {"measure_code": code, "title": title, "unit": "number", "counts_people": "yes" if "DEP" in code else "no"}
        | common
        for code, title in counts.items()
    ] + [
        {"measure_code": code, "title": title, "unit": "score", "decimals": "1"} | common
        for code, title in scores.items()
    ]


def _records(path: Path) -> list[Record]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
