"""The published series through the real door: one command each, nothing twice, and every trap met. Both databases."""

import csv
import re
from pathlib import Path

import pytest

from tests.command_line import done, manage
from tests.conftest import rows_of
from tests.converter import council, wards
from tests.cycle.do.files.test_importing import everything

pytestmark = pytest.mark.usefixtures("database_on_both")


@pytest.fixture(scope="session")
def converted(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("converted")
    assert council.convert(shared_data, folder / "council") == 20_823
    assert wards.convert(shared_data, folder / "wards") == 440
    return folder


def test_the_published_series_come_in_whole_once_and_correctly(
    database_on_both: str, converted: Path, shared_data: Path, tmp_path: Path
) -> None:
    done("import", "setup", converted / "council" / "setup")
    assert "20,823 rows read: 20,823 new." in done("import", "figures", converted / "council" / "figures.csv")
    done("import", "setup", converted / "wards" / "setup")
    assert "440 rows read: 440 new." in done("import", "figures", converted / "wards" / "figures.csv")
    boundaries = shared_data / "boundaries" / "wolverhampton_wards_2013.geojson"
    edition = ("--edition", "2013", "--code", "WD13CD", "--name", "WD13NM", "--valid-from", "2004-06-10")
    assert "20 areas drawn" in done("import", "boundaries", boundaries, *edition)

    _the_traps_are_met()

    before = everything()
    assert "20,823 the same as stored" in done("import", "figures", converted / "council" / "figures.csv")
    assert "0 rows changed." in done("import", "setup", converted / "council" / "setup")
    assert "the same as before" in done("import", "boundaries", boundaries, *edition)
    _one_bad_row_is_refused(converted / "council" / "figures.csv", tmp_path)
    assert everything() == before

    _exports_come_back(tmp_path)
    assert everything() == before
    assert "Everything holds together." in done("verify")


def _value(measure: str, area: str, start: str) -> object:
    return rows_of(
        "SELECT f.value FROM figures f JOIN measures m ON m.code = f.measure_code"
        " WHERE m.title = :measure AND f.area_code = :area AND f.period_start = :start",
        measure=measure,
        area=area,
        start=start,
    )


def _as_text(found: object) -> list[str]:
    assert isinstance(found, list)
    return [str(row[0]) for row in found]


def _the_traps_are_met() -> None:
    """The numbers are those of SOURCES.md's list of traps."""
    ours = council.WOLVERHAMPTON
    # 1, 14: nothing published is an absence, and a measure is its source, code and name
    assert rows_of("SELECT count(*) FROM figures WHERE absence IS NOT NULL AND area_code LIKE 'E__000%'") == [(381,)]
    assert rows_of("SELECT count(*) FROM measures WHERE source NOT LIKE 'ONS, %'") == [(86,)]
    # 2: LAIT's financial 2018 is 2017/18
    # 5: a published value keeps its digits
    neet = _as_text(_value("16-17 NEET (from 2016)", ours, "2017-04-01"))
    assert neet == ["2.7618645600916603"]
    # 3: what is no rate for England is under an area of its own
    entrants = "First Time entrants to the Youth Justice System"
    assert _value(entrants, council.NATION, "2016-01-01") == []
    assert [float(each) for each in _as_text(_value(entrants, council.NOT_ENGLAND, "2016-01-01"))] == [3071]
    # 4: a spike is kept
    spike = _as_text(
        _value("Percentage of re-referrals to children's social care within 12 months", ours, "2020-04-01")
    )
    assert [float(each) for each in spike] == [7.3]
    # 6: gaps stay gaps, and the break in level is said
    assert _value("Persistent absences for all pupils", ours, "2019-08-01") == []
    assert rows_of("SELECT count(*) FROM series_breaks WHERE measure_code LIKE 'ONS-persistent%'") == [(1,)]
    # 7: Sheffield is one area under either code
    assert rows_of("SELECT count(DISTINCT area_code) FROM figures WHERE area_code IN ('E08000019', 'E08000039')") == [
        (1,)
    ]
    # 8: every edition of the index breaks the series
    assert rows_of("SELECT count(*) FROM series_breaks WHERE measure_code = 'IMD-SCORE'") == [(5,)]
    # 9: health checks accumulate over five years
    assert rows_of("SELECT accumulation, cycle_months FROM measures WHERE code LIKE 'OHID-nhs%'") == [
        ("cumulative", 60)
    ]
    # 11: old and new wards never share a code
    assert rows_of("SELECT count(*) FROM areas WHERE kind = 'ward'") == [(40,)]


def _one_bad_row_is_refused(good: Path, folder: Path) -> None:
    lines = good.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[13] = re.sub("^[^,]*", "LAIT-l0oked", lines[13])
    bad, problems = folder / "bad.csv", folder / "problems.csv"
    bad.write_text("".join(lines), encoding="utf-8")
    refused = manage("import", "figures", bad, "--problems", problems)
    assert refused.returncode == 1
    assert 'Row 14: measure code "LAIT-l0oked" is not in the register.' in refused.stderr
    assert "Traceback" not in refused.stderr
    with problems.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][-1] == "Problems"
    assert "not in the register" in rows[13][-1]
    assert not any(row[-1] for row in rows[1:13] + rows[14:])


def _exports_come_back(folder: Path) -> None:
    """What is exported and imported again adds nothing; every export can be written in both formats."""
    done("export", "figures", "--output", folder / "figures.csv")
    assert "21,263 the same as stored" in done("import", "figures", folder / "figures.csv")
    register = folder / "register"
    register.mkdir()
    done("export", "register", "--output", register / "measures.csv")
    assert "0 rows changed." in done("import", "setup", register)
    for subject in ("scorecard", "wards", "targets", "audit"):
        done("export", subject, "--output", folder / f"{subject}.json", "--period", "2017/18")
