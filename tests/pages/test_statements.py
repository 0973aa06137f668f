"""What a page asks of the database: as much whatever the size of the council, and of figures nothing twice."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import streamlit as st

from benchmarks.asked import Asked, list_asked, name_of
from benchmarks.large_council import add_many_figures
from components.frame.navigation import PAGES
from components.review import may_turn_red
from cycle.ground import memory
from data_access.store import database
from tests.pages.conftest import Open
from tests.pages.test_benchmarks import measured_as
from tests.rows_read import questions_asked

MORE = 32  # measures
# What takes long is worked out eight measures at a time, with its progress said: a scorecard's year end, and forecasts.
QUESTIONS_OF_EIGHT = 20
MOST_WARM = 36


@pytest.fixture(scope="module")
def councils(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The demonstration, and the same with more measures; as addresses of databases."""
    folder, before = tmp_path_factory.mktemp("councils"), os.environ.get("DATABASE_URL")
    found = {name: f"sqlite:///{shutil.copy(demonstration, folder / f'{name}.db')}" for name in ("few", "many")}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATABASE_URL", found["many"])
        add_many_figures(measures=MORE, months=3)
    assert os.environ.get("DATABASE_URL") == before
    yield found
    database.engine().dispose()


def questions(open_page: Open, asked: Asked) -> tuple[list[str], list[str]]:
    """Those of whoever comes first, and of whoever comes once it is noted that the measure is looked at."""
    memory.forget()
    st.cache_resource.clear()
    user, said = measured_as(asked), []
    for _ in range(3):
        with questions_asked() as found:
            assert not open_page(user, asked.entry.file, **dict(parse_qsl(asked.query))).exception
        said.append(found)
    return said[0], said[-1]


@pytest.mark.parametrize("page", [name_of(entry) for entry in PAGES if entry.linked])
def test_a_page_asks_as_much_of_a_council_with_more_measures(
    page: str, councils: dict[str, str], open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(may_turn_red, "_SLICE", 60.0)  # all at once, however busy the machine is
    monkeypatch.setattr(may_turn_red, "_AT_A_TIME", 8)
    for asked in list_asked([page]):
        found = {}
        for name, url in councils.items():
            monkeypatch.setenv("DATABASE_URL", url)
            found[name] = questions(open_page, asked)
        (first, next_one), (first_of_many, next_of_many) = found["few"], found["many"]
        assert len(first_of_many) - len(first) <= MORE / 8 * QUESTIONS_OF_EIGHT, asked.title
        assert len(next_of_many) == len(next_one) <= MOST_WARM, asked.title
        assert [each for each in next_of_many if "FROM figures" in each and "LIMIT" not in each] == [], asked.title
