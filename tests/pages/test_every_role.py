"""Every page of the demonstration as every role that may open it: no fault, and nothing a person should not read."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from components.frame.navigation import PAGES
from data_access.council.people import find_user
from data_access.store import database
from data_access.store.database import reading
from performance.ground.people import PERMISSIONS, Role
from tests.demonstration import ACCOUNTS, NEVER
from tests.pages.conftest import Open, texts


@pytest.mark.parametrize("role", Role, ids=lambda role: role.in_words)
def test_a_role_reads_every_page_it_may_open(
    role: Role, demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Open
) -> None:
    shutil.copy(demonstration, tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / demonstration.name}")
    with reading() as session:
        user = find_user(session, username=ACCOUNTS[role], on=date(2017, 11, 10))
    app = open_page(user)
    for entry in PAGES:
        if entry.needs in PERMISSIONS[role]:
            app.switch_page(entry.file).run()
            assert not app.exception, entry.title
            words = texts(app)
            assert f"You may not {entry.needs.value}" not in words, entry.title
            assert not NEVER.search(words), (entry.title, NEVER.search(words))
    database.engine().dispose()
