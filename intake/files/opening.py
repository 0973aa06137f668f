"""Opening what was given: a CSV file, a folder of them, or a workbook."""

from functools import lru_cache
from pathlib import Path

from intake.files.csv_text import read_csv
from intake.files.tables import FileNotReadError, Table
from intake.files.workbook import read_workbook


def read_tables(name: str, content: bytes) -> list[Table]:
    """The tables of one file, by the ending of its name: .csv or .xlsx."""
    ending = Path(name).suffix.casefold()
    if ending == ".csv":
        return [read_csv(content, name=Path(name).stem)]
    if ending == ".xlsx":
        return read_workbook(content, name=Path(name).name)
    raise FileNotReadError(f"{Path(name).name} is neither a .csv file nor an .xlsx workbook.")


@lru_cache(maxsize=4)
def read_upload(name: str, content: bytes) -> tuple[Table, ...]:
    """The tables of a file handed in on a page, which asks for them again at every click."""
    return tuple(read_tables(name, content))


def open_tables(path: Path) -> list[Table]:
    """The tables of a file, or of every .csv file in a folder, in the order of their names."""
    if path.is_dir():
        files = sorted(path.glob("*.csv"))
        if not files:
            raise FileNotReadError(f"There are no .csv files in {path}.")
        return [table for file in files for table in read_tables(file.name, open_bytes(file))]
    return read_tables(path.name, open_bytes(path))


def open_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise FileNotReadError(f"{path} cannot be read: {fault.strerror or fault}.") from fault
