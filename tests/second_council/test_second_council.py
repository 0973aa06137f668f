"""A council of another kind is set up from one workbook, and nothing in the app speaks of the first one."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.export import EXPORTS, Subject
from components.frame.navigation import PAGES, PageEntry
from cycle.admin.setup_receipts import list_receipts
from cycle.do.files import importing
from cycle.ground import access, exports
from cycle.report.annual import charts
from data_access.council.people import find_user, save_password
from data_access.council.settings_store import list_settings
from data_access.store import database
from data_access.store.database import reading, transaction
from performance.ground.people import LASTING_ROLES, PERMISSIONS, Role, User
from performance.ground.periods import Period
from performance.report.annual import ChartKind
from reporting.charts.annual_spec import spec
from reporting.documents import images
from reporting.documents.annual import Drawn, chart_page
from reporting.papers import figure
from reporting.tables.rows import write_csv
from settings import ROOT
from tests.builders import PASSWORD
from tests.command_line import done, manage
from tests.conftest import rows_of
from tests.pages.conftest import Open, texts
from tests.second_council import seaborough
from tests.second_council.seaborough import COUNCIL, NAME, PLACE, UNIT_OF, WARDS

pytestmark = pytest.mark.usefixtures("sqlite_database")
# The first council's own words, codes and places; "the city" is no word for a district on the coast.
FIRST_COUNCIL = re.compile(r"wolverhampton|\bcity\b|E08000031|\bCWC\b|bilston|WCP1\d|west midlands", re.IGNORECASE)
PAGE = "pages/admin/set_up.py"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path)


def written(folder: Path) -> Path:
    (folder / "council.xlsx").write_bytes(seaborough.workbook())
    (folder / "figures.csv").write_text(seaborough.figures())
    (folder / "wards.geojson").write_text(seaborough.boundaries())
    return folder


@pytest.fixture(scope="module")
def brought_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seaborough in a database of its own, brought in once by the operator's own commands."""
    folder = written(tmp_path_factory.mktemp("seaborough"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", f"sqlite:///{folder / 'council.db'}")
        environment.setenv("GOLDEN_THREAD_STATE", str(folder))
        done("migrate")
        done("import", "setup", folder / "council.xlsx")
        done("import", "figures", folder / "figures.csv")
        done("import", "boundaries", folder / "wards.geojson", "--edition", "Wards of the coast", "--code", "code",
               "--name", "name", "--valid-from", "2015-05-07")  # fmt: skip
    return folder / "council.db"


@pytest.fixture
def council(brought_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Seaborough again, for one test alone; the answer is a folder to write in."""
    for suffix in ("", "-wal"):
        if (part := brought_in.with_name(brought_in.name + suffix)).exists():
            shutil.copy(part, tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / brought_in.name}")
    yield tmp_path
    database.engine().dispose()


def person(role: Role) -> User:
    """The account the workbook made for the role, with a password of its own by now."""
    username = seaborough.username(role)
    with transaction() as session:
        save_password(session, username=username, password_hash="-", one_time_since=None)
    with reading() as session:
        found = find_user(session, username=username, on=seaborough.today())
    assert found is not None
    return found


def test_one_workbook_is_the_whole_council(folder: Path) -> None:
    tried = done("import", "setup", folder / "council.xlsx", "--dry-run")
    assert "council_name, value: Your council -> Seaborough District Council" in tried
    assert "new: A1a No bathing day lost to pollution" in tried
    assert rows_of("SELECT count(*) FROM areas") == [(0,)]
    said = done("import", "setup", folder / "council.xlsx")
    assert "measures: 4 new, 0 changed, 0 the same" in said
    assert "0 rows changed." in done("import", "setup", folder / "council.xlsx")
    with reading() as session:
        kept = list_settings(session)
    assert (kept["council_name"], kept["council_place"], kept["council_area"]) == (NAME, PLACE, COUNCIL)
    assert kept["default_tolerance"] == "3"


def test_boundaries_that_leave_a_ward_out_are_refused_by_its_name(council: Path) -> None:
    before = rows_of("SELECT edition_name, area_code FROM boundaries ORDER BY 2")
    whole = json.loads(seaborough.boundaries())
    file = council / "cut.geojson"
    options = ("--edition", "Cut", "--code", "code", "--name", "name", "--valid-from", "2015-05-07")
    file.write_text(json.dumps(whole | {"features": whole["features"][1:]}))
    left_out = manage("import", "boundaries", file, *options)
    assert left_out.returncode == 1
    assert "1 ward of the 4 in the register: E05990001 Harbour." in left_out.stderr
    file.write_text(json.dumps(whole | {"properties": {"exceededTransferLimit": True}}))
    marked = manage("import", "boundaries", file, *options)
    assert marked.returncode == 1
    assert "cut.geojson is cut off" in marked.stderr
    assert rows_of("SELECT edition_name, area_code FROM boundaries ORDER BY 2") == before


def test_the_same_workbook_through_the_page(folder: Path, open_page: Open) -> None:
    """Who sets up a council by hand is both: the keeper of the register and the administrator."""
    (folder / "first.xlsx").write_bytes(seaborough.workbook(seaborough.FIRST))
    done("import", "setup", folder / "first.xlsx")
    done("user", "add", "founder", "--name", "Founder", "--role", "bi_team@SDC", "--role", "administrator@SDC")
    with transaction() as session:
        save_password(session, username="founder", password_hash=PASSWORD, one_time_since=None)
    with reading() as session:
        founder = find_user(session, username="founder", on=seaborough.today())
    assert founder is not None
    app = open_page(founder, PAGE)
    app.file_uploader[0].upload("council.xlsx", seaborough.workbook())
    app.run()
    assert not app.exception, app.exception
    assert not app.error, texts(app)
    app.button(key="set_up_confirm").click().run()
    assert not app.exception
    (receipt, _) = list_receipts(by=founder)
    assert receipt.sheets["measures"] == (4, 0)
    assert receipt.sheets["settings"] == (0, 3)
    assert rows_of("SELECT title FROM measures ORDER BY code")[0] == ("Bathing days lost to pollution",)


@pytest.mark.parametrize("role", LASTING_ROLES, ids=lambda role: role.in_words)
def test_no_page_of_any_role_speaks_of_the_first_council(role: Role, council: Path, open_page: Open) -> None:
    assert council
    user = person(role)
    for entry in PAGES:
        if entry.needs in PERMISSIONS[role]:
            app = open_page(user, entry.file, **address_of(entry))
            assert not app.exception, (entry.title, app.exception)
            found = FIRST_COUNCIL.search("\n".join(str(element.proto) for element in app.main))
            assert found is None, (entry.title, found)


def address_of(entry: PageEntry) -> dict[str, str]:
    """The pages of one thing are opened with one."""
    return {"One measure": {"measure": "S02"}, "Wards": {"measure": "S04"}}.get(entry.title, {})


def test_charts_tables_and_sentences_name_the_second_council(council: Path, open_page: Open) -> None:
    assert council
    leader = person(Role.LEADERSHIP)
    measure = open_page(leader, "pages/review/measure.py", measure="S02")
    drawn = "\n".join(str(element.proto) for element in measure.main)
    assert f"Household waste recycled for {PLACE}," in drawn
    compared = texts(open_page(leader, "pages/review/measure.py", measure="S02", view="compare"))
    assert f"The dashed line is {PLACE}." in compared
    assert "Otherport" in compared
    wards = texts(open_page(leader, "pages/review/wards.py", measure="S04"))
    assert f"{PLACE} in all" in wards
    assert "Wards of the coast" in wards


def test_the_sign_in_page_names_the_second_council_and_no_account_of_a_demonstration(
    council: Path, open_page: Open
) -> None:
    assert council
    app = open_page(None)
    assert f"the performance management app of {NAME}." in texts(app)
    assert "demonstration" not in texts(app).lower()
    assert access.list_demonstration_accounts() == []


@pytest.mark.parametrize("subject", Subject)
def test_no_export_speaks_of_the_first_council(subject: Subject, council: Path) -> None:
    assert council
    month = Period.containing(seaborough.today(), months=1).shifted(-2)
    found = EXPORTS[subject](exports.Wanted(period=month if subject is Subject.SCORECARD else None))
    assert found.rows
    written_out = write_csv(found.columns, found.rows).decode()
    assert not FIRST_COUNCIL.search(written_out)
    if subject is Subject.WARDS:
        assert set(WARDS.values()) <= set(re.split(r"[,\r\n]", written_out))


def test_the_annual_report_names_the_second_council(council: Path) -> None:
    assert council
    by = person(Role.POLICY_OFFICER)
    years = [seaborough.this_year().shifted(-12 * step) for step in (3, 1)]
    drawn = charts.annual_chart("S03", first=years[0], last=years[1], yearly=True, by=by)
    page = chart_page(
        drawn.measure,
        [Drawn(name=drawn.area_name, values={each.period: each.value for each in drawn.ours})],
        kind=ChartKind.LINE, headline="More homes", place=drawn.area_name, council=drawn.council_name,
        known_on=drawn.known_on, alt="",
    )  # fmt: skip
    picture = images.svg(spec(page), title=page.headline, description=page.alt)
    assert PLACE in picture
    assert f"Completion certificates from {NAME}" in picture
    assert not FIRST_COUNCIL.search(picture)
    assert figure.as_word(page, author=drawn.council_name)


def test_each_person_stands_where_the_workbook_put_them(council: Path) -> None:
    assert council
    for role in LASTING_ROLES:
        assert [held.unit_code for held in person(role).holdings] == [UNIT_OF.get(role, "SDC")]


def test_the_council_is_known_to_its_own_files_alone(council: Path) -> None:
    assert council
    known = importing.list_known()
    assert set(known.measures) == {"S01", "S02", "S03", "S04"}


LEFT_OUT = {"seeds", "docs", "tests", "var", ".venv", ".git", "build"}


def test_no_line_of_code_names_the_first_council() -> None:
    """The demonstration is data: what a council is called stands in seeds/, and nowhere in the program."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if (
            parts[0] in LEFT_OUT
            or "__pycache__" in parts
            or path.suffix not in (".py", ".toml", ".css", ".js", ".html")
        ):
            continue
        assert not re.search(r"wolverhampton|\bthe city\b|\"City\"", path.read_text(), re.IGNORECASE), path
