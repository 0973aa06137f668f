"""A hidden ward count is nowhere in any file: cells, chart data, embedded workbooks, alt text, SVG, metadata.

Every kind of file stands in one table, with what of the planted counts it shows where nothing is hidden. So a new kind
without a row fails, and a kind that shows nothing, in which nothing could be found either, fails as well.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from commands.export import Subject
from performance.report.schedules import GOING_OUT
from serving.open_data import door
from serving.open_data.shown import FILES
from settings import ROOT
from tests.commands.every_report import COMMANDS
from tests.conftest import a_database
from tests.pages.hidden_counts.council import OTHERS, PLANTED, Planted, a_council
from tests.pages.hidden_counts.search import found_in
from tests.pages.hidden_counts.taken import HELPERS, Taken, everything
from tests.reporting.same import differences

pytestmark = pytest.mark.slow

SHOWS: Mapping[str, str] = {
    "components/do/receipt.py": "given",
    "components/plan/on_a_page/printed.py": "now before given since",
    "components/report/annual/chart_form.py": "before",
    "components/report/annual/shown.py": "now before",
    "components/report/editions/packed.py": "now before since",
    "components/review/explorer/explored.py": "now before part",
    "components/review/scorecard/download.py": "now before since",
    "components/review/wards/months.py": "now part",
    "components/review/wards/one_ward.py": "now before part since",
    "components/review/wards/table.py": "now part since",
    "components/revise/meetings/memo.py": "now given since",
    "components/revise/recovery/taken_away.py": "now before",
    "report annual": "now before",
    "report cabinet": "now before since",
    "report infographic": "now before part since",
    "report scorecard": "now before since",
    "report summary": "now since",
    "report ward-profile": "now before part since",
    "export figures": "now part above below since",
    "export scorecard": "now since",
    "export wards": "now part above below since",
    "open edition": "now before since",
    "open file figures.csv": "now before since",
    "open file figures.json": "now before since",
    "open latest": "now before since",
    "open measure": "now before since",
    "open ward": "now part",
    "mail with a file": "now before part given since",
}
"""Of each kind, the planted counts that stand in it where they may be shown."""
SILENT: Mapping[str, str] = {
    "components/admin/audit_ask.py": "deeds, in which no figure is told",
    "components/plan/measures/adding.py": "the register",
    "components/review/quality/months.py": "how many figures came, and when",
    "export audit": "deeds, in which no figure is told",
    "export register": "the register",
    "export targets": "targets",
    "mail": "how many are red, and links",
    "open editions": "the list of editions",
    "open file csv-metadata.json": "what columns mean",
    "open file figures.csv-metadata.json": "what columns mean",
    "open file measures.csv": "what measures mean",
    "open file measures.csv-metadata.json": "what columns mean",
    "open measures": "what measures mean",
    "open wards": "the list of wards",
}
"""Kinds without a figure of the council or a ward: looked through as well."""
NOT_MADE: Mapping[str, str] = {
    "components/admin/set_up_changes.py": "what the BI team's file would change in the register",
    "components/admin/set_up_form.py": "an empty file",
    "components/admin/set_up_problems.py": "the BI team's own file",
    "components/do/files/differences.py": "what somebody handed in themselves",
    "components/do/files/form.py": "files to fill in, of the service that submits",
    "components/frame/own_dates.py": "days",
    "components/plan/next_year/shown.py": "a plan's titles",
    "components/report/sent/available.py": "which reports there are",
    "components/report/template_form.py": "templates, with figures of nobody",
}
"""Kinds that are made of no council's figures, or only of one's own."""
_OF_NOTHING = (
    ("components/report/annual/chart_form.py", "PNG", "drawn alone: its points are compared instead"),
    ("open measure", "PART", "of wards alone is what is planted of it"),
)


def made(migrated: Path, folder: Path, *, planted: Planted = PLANTED, hiding: bool) -> list[Taken]:
    """Every file of a new council."""
    with pytest.MonkeyPatch.context() as environment, a_database(migrated, folder / "test.db", folder, environment):
        return list(everything(a_council(planted, hiding=hiding), folder))


@pytest.fixture(scope="module")
def hidden(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Taken]:
    """Every file of the council in which the planted counts are hidden."""
    return made(migrated_file, tmp_path_factory.mktemp("hidden"), hiding=True)


def test_no_hidden_count_is_in_any_file(hidden: list[Taken]) -> None:
    told = {f"{each.kind}: {each.name}": sorted(found_in(each.content, PLANTED.told)) for each in hidden}
    assert {name: found for name, found in told.items() if found} == {}


def test_the_same_search_finds_them_in_the_same_files_where_they_are_not_hidden(
    migrated_file: Path, tmp_path: Path
) -> None:
    found: dict[str, set[str]] = {}
    for each in made(migrated_file, tmp_path, hiding=False):
        told = found_in(each.content, PLANTED.told)
        found.setdefault(each.kind, set()).update(told)
        is_silent = each.kind in SILENT or any(each.kind == kind and name in each.name for kind, name, _ in _OF_NOTHING)
        assert bool(told) is not is_silent, f"{each.kind}: {each.name} shows {sorted(told)}"
    assert found.keys() == SHOWS.keys() | SILENT.keys()
    shown = {kind: {str(getattr(PLANTED, name)) for name in names.split()} for kind, names in SHOWS.items()}
    assert {kind: wanted - found[kind] for kind, wanted in shown.items() if wanted - found[kind]} == {}


def test_whatever_the_hidden_counts_are_every_file_is_the_same(
    hidden: list[Taken], migrated_file: Path, tmp_path: Path
) -> None:
    """Then nothing in a file follows from one either: no sum, no point of a drawing, no order and no colour."""
    others = made(migrated_file, tmp_path, planted=OTHERS, hiding=True)
    assert [(each.kind, each.name) for each in others] == [(each.kind, each.name) for each in hidden]
    told = {
        f"{each.kind}: {each.name}": differences(each.content, other.content, said_too=True)
        for each, other in zip(hidden, others, strict=True)
        # Its deeds are chained by their moments.
        if each.kind not in {"export audit", "components/admin/audit_ask.py"}
    }
    assert {name: found for name, found in told.items() if found} == {}


def test_every_kind_of_file_has_its_row() -> None:
    rows = [*SHOWS, *SILENT, *NOT_MADE]
    assert len(rows) == len(set(rows))
    assert {each for each in rows if each.startswith("components/")} == set(_modules_with_a_button())
    assert {each for each in rows if each.startswith("export ")} == {f"export {each.value}" for each in Subject}
    assert {each for each in rows if each.startswith("open file ")} == {f"open file {each}" for each in FILES}
    assert {each for each in rows if each.startswith("report ")} == {f"report {each}" for each in _report_commands()}
    pages = {f"open {each.__name__}" for each in door._PAGES.values()}
    assert {each for each in rows if each.startswith("open ") and "open file" not in each} == pages
    assert COMMANDS.keys() == set(GOING_OUT)


def _modules_with_a_button() -> Iterator[str]:
    buttons = re.compile(r"\bst\.download_button\(|\btaken_away\.as_(excel|csv)\(|\bsheet_files\.buttons\(")
    for path in sorted((ROOT / "components").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name not in HELPERS and buttons.search(path.read_text(encoding="utf-8")):
            yield name


def _report_commands() -> list[str]:
    from manage import reports

    return [str(each.name) for each in reports.registered_commands]
