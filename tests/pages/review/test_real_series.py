"""The published series on the app's own pages: loaded through the real door, and every trap met on screen."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cycle.admin.outlines import import_boundaries
from cycle.admin.setup import import_setup
from cycle.do.files.importing import import_figures, list_known
from cycle.review import readings
from data_access.store import database
from data_access.store.migrate import migrate
from intake.figures.figures_file import choose_table, read_figures
from intake.files.opening import open_bytes, open_tables
from intake.setup.boundary_file import read_boundaries
from intake.setup.setup_file import read_setup
from performance.ground.organisation import BoundaryEdition
from performance.ground.people import Role, User
from performance.ground.periods import parse_period
from performance.ground.reckoning.due import numbers
from tests.builders import a_user
from tests.converter import council, wards
from tests.pages.conftest import Open, texts


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with every published series, the wards and their boundaries of 2013; loaded once."""
    folder = tmp_path_factory.mktemp("real")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATABASE_URL", f"sqlite:///{folder / 'real.db'}")
        patched.setenv("GOLDEN_THREAD_STATE", str(folder))
        migrate()
        for name, convert in (("council", council.convert), ("wards", wards.convert)):
            convert(shared_data, folder / name)
            register, problems = read_setup(open_tables(folder / name / "setup"), known=list_known())
            assert not problems
            import_setup(register, source=name)
            table = choose_table(open_tables(folder / name / "figures.csv"))
            import_figures(read_figures(table, known=list_known()), source=name)
        path = shared_data / "boundaries" / "wolverhampton_wards_2013.geojson"
        edition = BoundaryEdition(name="December 2013", valid_from=date(2004, 6, 10), valid_to=date(2023, 5, 3))
        read, problems = read_boundaries(
            open_bytes(path), name=path.name, code_key="WD13CD", name_key="WD13NM", edition=edition,
            known=list_known().areas,
        )  # fmt: skip
        assert not problems
        import_boundaries(read, source=path.name)
        a_user("leader", Role.LEADERSHIP, "CWC")
        database.engine().dispose()
    return folder


@pytest.fixture
def leader(real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    for file in real.glob("real.db*"):
        shutil.copy(file, tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'real.db'}")
    monkeypatch.setenv("GOLDEN_THREAD_STATE", str(tmp_path))
    yield User(username="leader", name="Leader")
    database.engine().dispose()


def page(open_page: Open, user: User, name: str, **query: str) -> str:
    app: AppTest = open_page(user, f"pages/review/{name}.py", **query)
    assert not app.exception, query
    found = texts(app) + "".join(element.proto.spec for element in app.get("vega_lite_chart"))
    assert "3,071" not in found
    assert "3071" not in found
    assert ">None<" not in found
    return found


def code_of(title: str, leader: User) -> str:
    return next(each.code for each in readings.list_measures_by_title(by=leader) if each.title.startswith(title))


def test_every_measure_shows_all_its_figures_and_is_compared_with_its_own_region_nation_and_group_alone(
    leader: User,
) -> None:
    measures = readings.list_measures_by_title(by=leader)
    assert len(measures) == 96
    for measure in measures:
        found = readings.measure_page(measure.code, by=leader)
        known = {each for each in numbers(measure, found.series.figures) if each.end <= found.today}
        assert {each.period for each in found.figures if each.number is not None} == known, measure.code
        wider = [each.key for each in found.comparators if not each.is_middle and not each.is_neighbour]
        assert set(wider) <= {council.NATION, council.REGION}, measure.code
        assert sum(each.is_neighbour for each in found.comparators) <= 10
        for each in found.comparators:
            assert each.latest.short in each.in_words(measure)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        pytest.param("First Time entrants", "West Midlands", id="England of 3,071 is nowhere"),
        pytest.param("Persistent absences", "New method", id="a break in level and a year missing"),
        pytest.param("16-17 NEET (from 2016)", "2.8%", id="sixteen decimals are printed as one"),
        pytest.param("Percentage of re-referrals", "7.3%", id="a spike stays"),
        pytest.param("People receiving an NHS Health Check", "Q3 (October to December)", id="five-year cycle"),
        pytest.param("KS2 %", "2018/19", id="two years without tests"),
        pytest.param("Average Progress 8", "-0.0", id="negative numbers"),
        pytest.param("Children killed or seriously injured", "December 2022", id="pooled years"),
        pytest.param("Gross median weekly pay", "£", id="pounds"),
        pytest.param("Number of guest nights", "2023", id="the one monthly series"),
    ],
)
def test_the_page_of_a_measure_with_a_trap_opens(open_page: Open, leader: User, title: str, said: str) -> None:
    assert said in page(open_page, leader, "measure", measure=code_of(title, leader))


def test_no_line_is_drawn_across_a_gap(leader: User) -> None:
    found = readings.measure_page(code_of("KS2 %", leader), by=leader)
    without = [each.period.iso for each in found.figures if each.number is None]
    assert without == ["2019-09-01/P1Y", "2020-09-01/P1Y"]


def test_the_cycle_of_five_years_is_not_taken_apart_by_april(leader: User) -> None:
    found = readings.measure_page(code_of("People receiving an NHS Health Check", leader), by=leader)
    assert [str(each.number) for each in found.figures[:6]] == ["0.3", "0.8", "1.2", "2.0", "3.3", "4.9"]


def test_the_scorecard_of_the_published_years_opens(open_page: Open, leader: User) -> None:
    found = page(open_page, leader, "scorecard", period="2024/25", order="name")
    assert "Persistent absences for all pupils" in found
    assert "Residents aged 0 to 15" not in found  # has figures by ward alone


def test_the_map_has_the_real_outlines_of_its_time(open_page: Open, leader: User) -> None:
    found = readings.ward_map("POP-all_ages", parse_period("2017-01-01/P1Y"), by=leader)
    assert (found.edition.name, len(found.geometries), len(found.ranked)) == ("December 2013", 20, 20)
    assert found.whole is None
    assert "Boundaries: December 2013" in page(open_page, leader, "wards", measure="POP-all_ages")


def test_old_and_new_wards_are_on_no_map_together(open_page: Open, leader: User) -> None:
    sets = set()
    for measure in readings.ward_measures(by=leader):
        for period in readings.ward_map(measure.code, None, by=leader).periods:
            found = readings.ward_map(measure.code, period, by=leader)
            sets.add(frozenset(ward.area.code for ward in found.wards))
            assert set(found.geometries) <= {ward.area.code for ward in found.wards}
    assert sorted(len(each) for each in sets) == [20, 20]
    assert len(frozenset().union(*sets)) == 40
    assert "No ward boundaries are held" in page(open_page, leader, "wards", measure="NEW-households")


def test_an_edition_of_deprivation_without_scores_says_so(open_page: Open, leader: User) -> None:
    assert "Not yet published" in page(open_page, leader, "wards", measure="IMD-SCORE", period="2019-01-01/P1Y")
