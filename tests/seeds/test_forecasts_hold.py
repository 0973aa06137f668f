"""The 80 percent interval holds about four times of five, over illustrative and over published series."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from intake.figures.figures_file import choose_table, read_figures
from intake.files.opening import open_tables
from intake.setup.setup_file import read_setup
from performance.ground.figures import Figure
from performance.ground.incoming import Known
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.review.ahead.backtest import Tried, together, try_out
from tests.converter import council as published
from tests.seeds.conftest import COUNCIL, TODAY, Council


def tried(measures: Iterable[Measure], series: Mapping[tuple[str, str], Mapping[Period, Figure]], today: date) -> Tried:
    return together(try_out(each, series.get((each.code, COUNCIL), {}), up_to=today) for each in measures)


def test_over_the_series_of_the_demonstration(council: Council) -> None:
    found = tried(council.measures.values(), council.figures, TODAY)
    assert found.figures > 500
    assert found.percent is not None
    assert 75 <= found.percent <= 85, found.in_words


def test_over_the_published_series(shared_data: Path, tmp_path: Path) -> None:
    published.convert(shared_data, tmp_path)
    register, problems = read_setup(open_tables(tmp_path / "setup"), known=Known())
    assert not problems
    measures = {measure.code: measure for measure in register.measures}
    known = Known(measures=measures, areas={area.code: area for area in register.areas})
    series: dict[tuple[str, str], dict[Period, Figure]] = defaultdict(dict)
    for line in read_figures(choose_table(open_tables(tmp_path / "figures.csv")), known=known).lines:
        series[line.figure.measure_code, line.figure.area_code][line.figure.period] = line.figure
    found = tried(measures.values(), series, date(2026, 11, 1))
    assert found.figures > 150
    assert found.percent is not None
    assert 75 <= found.percent <= 85, found.in_words
