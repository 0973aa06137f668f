"""The house rules that a machine can keep: layers, page length, guards, the words that never appear."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import cycle
from settings import ROOT

LAYERS = ("components", "cycle", "data_access", "intake", "performance", "reporting", "pages")
PAGES = sorted((ROOT / "pages").rglob("*.py"))
SOURCES = sorted(
    [path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")] + [ROOT / "Home.py", ROOT / "manage.py"]
)
VERB_MODULES = ("plan", "thread", "do", "review", "revise", "report")
named = {"ids": lambda path: path.relative_to(ROOT).as_posix()}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, **named)
def test_a_page_is_short_and_has_no_functions_of_its_own(page: Path) -> None:
    assert len(page.read_text().splitlines()) <= 60
    assert not [node for node in ast.walk(parsed(page)) if isinstance(node, ast.FunctionDef | ast.ClassDef)]


@pytest.mark.parametrize("page", PAGES, **named)
def test_a_page_opens_with_its_docstring_and_then_its_guard(page: Path) -> None:
    tree = parsed(page)
    assert ast.get_docstring(tree)
    body = [node for node in tree.body[1:] if not isinstance(node, ast.Import | ast.ImportFrom)]
    assert ast.unparse(body[0]).startswith("user = page.start(")


@pytest.mark.parametrize("page", PAGES, **named)
def test_a_page_knows_nothing_of_the_database(page: Path) -> None:
    imported = {name.split(".")[0] for name in _imports(parsed(page))}
    assert imported.isdisjoint({"data_access", "sqlalchemy", "settings"})


@pytest.mark.parametrize("source", SOURCES, **named)
def test_every_module_says_what_it_is_for(source: Path) -> None:
    assert ast.get_docstring(parsed(source))


# A migration is one long list of what to make, and is never edited again.
@pytest.mark.parametrize("source", [each for each in SOURCES if each.parent.name != "versions"], **named)
def test_no_file_has_become_two_things(source: Path) -> None:
    assert len(source.read_text().splitlines()) <= 400


@pytest.mark.parametrize("source", SOURCES, **named)
def test_the_smells_we_refuse_are_not_there(source: Path) -> None:
    text = source.read_text()
    for smell in (r"unsafe_allow_html", r"components\.html\(", r"st\.toast", r"st\.data_editor", r"st\.metric",
                  r"st\.(line|bar|area)_chart", r"NumberColumn", r"\brequired=True",
                  r"(?<![.\w])text\(f\""):  # fmt: skip
        assert not re.search(smell, text), smell


@pytest.mark.parametrize("source", SOURCES, **named)
def test_no_drawing_inside_a_transaction(source: Path) -> None:
    """A closed tab ends a drawing call with an error that would leave the write lock held."""
    for block in ast.walk(parsed(source)):
        if isinstance(block, ast.With) and _opens_transaction(block):
            assert not [call for call in ast.walk(block) if ast.unparse(call).startswith("st.")]


@pytest.mark.parametrize("source", SOURCES, **named)
def test_charts_and_tables_carry_their_alternative_text(source: Path) -> None:
    drawn = ("st.vega_lite_chart", "st.altair_chart", "st.pydeck_chart", "st.table", "st.dataframe", "st.image")
    for call in ast.walk(parsed(source)):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in drawn:
            assert "alt" in {keyword.arg for keyword in call.keywords}, ast.unparse(call)


@pytest.mark.parametrize("module", VERB_MODULES)
def test_every_public_verb_asks_who_is_there(module: str) -> None:
    """Each public function of a stage takes `by` last, by keyword, and demands permission of the database."""
    tree = parsed(Path(str(cycle.__path__[0])) / f"{module}.py")
    verbs = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    assert verbs
    for verb in verbs:
        assert verb.args.kwonlyargs, f"{module}.{verb.name} takes nothing by keyword"
        assert verb.args.kwonlyargs[-1].arg == "by", f"{module}.{verb.name} does not end with `by`"


def test_streamlit_collects_no_garbage_after_each_click() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert config["runner"]["postScriptGC"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["browser"]["gatherUsageStats"] is False


def test_every_dependency_has_a_reason() -> None:
    for name in ("requirements.in", "requirements-dev.in"):
        for line in (ROOT / name).read_text().splitlines():
            if line and not line.startswith(("#", "-")):
                assert re.search(r"\S\s+# \S", line), line


def test_no_address_of_a_machine_is_written_down() -> None:
    for source in [*SOURCES, *(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "Makefile"]:
        assert not re.search(r"(?<![\w.])/(work|root|home|opt)/\w", source.read_text()), source


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _opens_transaction(block: ast.With) -> bool:
    return any(ast.unparse(item.context_expr) in {"transaction()", "reading()"} for item in block.items)


def test_the_smell_test_can_fail() -> None:
    """A guard that cannot fail guards nothing: the transaction test sees a drawing call when there is one."""
    source = "with transaction() as session:\n    st.write('hello')\n"
    block = ast.parse(source).body[0]
    assert isinstance(block, ast.With)
    assert _opens_transaction(block)
    assert [call for call in ast.walk(block) if ast.unparse(call).startswith("st.")]
