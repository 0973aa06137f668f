"""The published data of a folder as setup folders and figures files: `python -m tests.converter FROM TO`."""

from pathlib import Path

import typer

from tests.converter import council, wards


def main(source: Path, target: Path) -> None:
    """Write council and wards into TARGET, each with a setup folder and figures.csv."""
    if not (source / "council").is_dir():
        raise typer.BadParameter(f"{source} has no folder council: name the folder with the published data.")
    for name, convert in (("council", council.convert), ("wards", wards.convert)):
        typer.echo(f"{target / name}: {convert(source, target / name):,} figures")


if __name__ == "__main__":
    typer.run(main)
