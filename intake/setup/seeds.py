"""The demonstration council, read from its folder of CSV files."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from intake.figures.figures_file import choose_table, read_figures
from intake.files.opening import open_tables
from intake.setup import illustrate
from intake.setup.hexagons import read_hexagon_map
from intake.setup.setup_file import read_setup
from performance.ground.incoming import Demonstration, Known, RefusedError, Register


def read_demonstration(folder: Path) -> Demonstration:
    """Everything in the folder. Raises RefusedError naming each row that cannot be."""
    settings = {row["name"]: row["value"] for row in _rows(folder / "settings.csv")}
    shown = sorted(_rows(folder / "sign_in_page.csv"), key=lambda row: int(row["order"]))
    settings["demonstration_accounts"] = "|".join(row["username"] for row in shown)
    register, problems = read_setup(open_tables(folder / "setup"), known=Known())
    measures = {measure.code: measure for measure in register.measures}
    areas = {area.code: area for area in register.areas}
    published = read_figures(choose_table(open_tables(folder / "figures")), known=Known(measures=measures, areas=areas))
    if problems or published.problems:
        raise RefusedError([*problems, *published.problems])
    managers = {unit: person.username for person in register.people for role, unit in person.roles}
    figures = illustrate.figures(folder, measures=measures, council=settings["council_area"])
    return Demonstration(
        settings=settings,
        register=register,
        boundaries=read_hexagon_map(
            folder / "ward_hexagons.csv", names={code: area.name for code, area in areas.items()}
        ),
        published=published,
        illustrative=[
            replace(each, recorded_by=_recorder(measures[each.measure_code].unit_code, managers, register))
            for each in figures
        ],
        past={path.stem: _rows(path) for path in sorted((folder / "story").glob("*.csv"))},
    )


def _recorder(unit_code: str, managers: Mapping[str, str], register: Register) -> str:
    """Who would have entered a unit's figures: its manager, or for a team the manager of its service."""
    parents = {unit.code: unit.parent_code for unit in register.organisation}
    return managers.get(unit_code) or managers.get(parents[unit_code] or "", "demonstration")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
