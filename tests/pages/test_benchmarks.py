"""What `make bench` asks for: everything that a page of Review can show, each under an address that shows it."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl

import pytest
from sqlalchemy import select
from streamlit.proto.Delta_pb2 import Delta

from benchmarks import kept
from benchmarks.__main__ import Row, verdict
from benchmarks.asked import ACCOUNTS, QUERIES, Asked, list_asked
from benchmarks.copy_page import bare_script
from benchmarks.saving import save_a_figure
from components.review.explorer.explored import OVER, SHAPES
from components.review.measure import views
from components.review.quality.sections import SECTIONS
from components.review.scorecard.layouts import LAYOUTS
from data_access.council.people import find_user
from data_access.models import FigureRow
from data_access.store import database
from data_access.store.database import reading
from performance.ground.people import PERMISSIONS, User
from tests.pages.conftest import Open, texts


def asked_for(page: str, name: str) -> set[str]:
    return {value for query in QUERIES[page].values() for value in parse_qs(query).get(name, [])}


def test_every_view_shape_section_and_layout_is_measured() -> None:
    assert asked_for("measure", "view") | {"trend"} == set(views.VIEWS)
    assert asked_for("explorer", "as") == set(SHAPES)
    assert asked_for("explorer", "over") | {""} == set(OVER)
    assert asked_for("data-quality", "show") | {"came"} == set(SECTIONS)
    assert asked_for("scorecard", "layout") | {"balanced"} == set(LAYOUTS)
    assert asked_for("wards", "before")


def test_a_page_is_measured_as_often_as_there_is_something_to_ask_it_for() -> None:
    rows = list(list_asked(["explorer", "what-changed"]))
    assert [row.title for row in rows][:3] == ["What changed", "Explorer: empty", "Explorer: lines"]
    assert len(rows) == 1 + len(QUERIES["explorer"])
    assert [row.sheet for row in rows][:3] == ["what-changed", "explorer", "explorer.1"]
    everything = list(list_asked())
    assert len({row.sheet for row in everything}) == len({row.title for row in everything}) == len(everything)


def test_a_run_with_something_outside_ends_as_one_that_failed_and_says_what(capsys: pytest.CaptureFixture[str]) -> None:
    kept.end([])
    assert capsys.readouterr().out == "All of it is within what is aimed at.\n"
    with pytest.raises(SystemExit) as ended:
        kept.end(["Wards", "Home"])
    assert ended.value.code == 1
    assert capsys.readouterr().out == "Outside what is aimed at, 2: Wards; Home.\n"


@pytest.fixture
def here(demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    shutil.copy(demonstration, tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / demonstration.name}")
    yield
    database.engine().dispose()


@pytest.mark.parametrize("page", QUERIES)
@pytest.mark.usefixtures("here")
def test_each_address_shows_what_it_asks_for(page: str, open_page: Open) -> None:
    for asked in list_asked([page]):
        app = open_page(measured_as(asked), asked.entry.file, **dict(parse_qsl(asked.query)))
        assert not app.exception, asked
        assert "Open this page without it" not in [each.label for each in app.button], asked
        said = texts(app)
        nothings = ["No measure of this part", "is not available"]
        nothings += ["Choose a measure. What you choose"] if asked.query else []
        assert [nothing for nothing in nothings if nothing in said] == [], asked


def measured_as(asked: Asked) -> User:
    username = next(name for role, name in ACCOUNTS.items() if asked.entry.needs in PERMISSIONS[role])
    with reading() as session:
        user = find_user(session, username=username, on=date(2017, 11, 10))
    assert user
    return user


@pytest.mark.usefixtures("here")
def test_each_saving_changes_what_the_pages_are_worked_out_from() -> None:
    before = figures_of("WCP1082")
    for _ in range(2):
        save_a_figure()
        after = figures_of("WCP1082")
        assert after - before
        before = after


def figures_of(code: str) -> set[tuple[object, ...]]:
    columns = (FigureRow.period_start, FigureRow.revision, FigureRow.numerator)
    with reading() as session:
        return {tuple(row) for row in session.execute(select(*columns).where(FigureRow.measure_code == code))}


@pytest.mark.parametrize(
    ("app", "bare", "stock", "saved", "said"),
    [
        (100, 80, 400, 140, ""),
        (100, 60, 400, 140, "  <- outside: app/bare"),
        (100, 80, 200, 140, "  <- outside: stock/app"),
        (100, 80, 400, 160, "  <- outside: saved/app"),
        (100, 60, 200, 160, "  <- outside: app/bare, stock/app, saved/app"),
    ],
)
def test_each_ratio_has_a_verdict(app: float, bare: float, stock: float, saved: float, said: str) -> None:
    row = Row(page="One", app=app, bare=bare, stock=stock, saved=saved, kilobytes=1, first=1)
    assert verdict(row) == said


def test_the_bare_copy_has_the_same_choices() -> None:
    drawn = Delta()
    drawn.new_element.multiselect.label = "Measures"
    drawn.new_element.multiselect.options.extend(["Bins", "Parks"])
    switch = Delta()
    switch.new_element.button_group.label = "View"
    for words in ("Trend", "Year on year"):
        switch.new_element.button_group.options.add().content = words
    script = bare_script({(0, 0): drawn, (0, 1): switch}, stock=False, link_to="home.sheet.py")
    assert "st.multiselect('Measures', ['Bins', 'Parks'], key='w0')" in script
    assert "st.segmented_control('View', ['Trend', 'Year on year'], key='w1')" in script
