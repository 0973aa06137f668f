"""The house rules that a machine can keep: layers, page length, guards, the words that never appear."""

import ast
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from itertools import pairwise
from pathlib import Path

import pytest

import cycle
from settings import ROOT

LAYERS = ("commands", "components", "cycle", "data_access", "intake", "performance", "reporting", "pages", "serving")
PAGES = sorted((ROOT / "pages").rglob("*.py"))
SOURCES = sorted(
    [path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")] + [ROOT / "Home.py", ROOT / "manage.py"]
)
VERB_MODULES = (
    "plan/targets",
    "plan/thread",
    "do/returns",
    "review/readings",
    "revise/recovery/planning",
    "report/annual/charts",
    "report/annual/reports",
)
DRAWN = ("st.vega_lite_chart", "st.altair_chart", "st.pydeck_chart", "st.table", "st.dataframe", "st.image")
# Packages that nothing imports by name, each with the file and the words by which it is used all the same.
NOT_BY_NAME = {"psycopg": ("settings.py", "postgresql+psycopg://")}  # SQLAlchemy imports the driver an address names
SMELLS = re.compile(
    r"unsafe_allow_html|components\.html\(|st\.toast|st\.data_editor|st\.metric|st\.(line|bar|area)_chart"
    r"|NumberColumn|\brequired=True|(?<![.\w])text\(f\""
)


_INLINE = re.compile("<(style|script)[ >]")
# What reads stored figures as they are, hidden ones with them.
RAW_READS = {
    "current_series", "find_current", "find_revision", "list_every_revision", "list_histories", "list_recorded",
    "list_revisions",
}  # fmt: skip
# Everybody else asks cycle/ground/series/hiding.py, which asks for whom.
READS_RAW = {
    "ground/series/hiding": "hides what the reader may not see",
    "ground/series/comparing": "figures of other areas, as their publishers give them",
    "do/_ward_totals": "what a return's wards add up to, for those who read the return in full",
    "do/return_view": "which figures are missing",
    "do/signing_off": "what stood before, for who signs off",
    "do/_authors": "who recorded a figure, and not what it says",
    "do/files/_comparing": "what a file would change, for who brings it in",
    "do/files/receipts": "what a file changed, for who brought it in",
    "do/files/rerating": "how it was rated and is rated, for the same",
    "review/quality/challenges": "what was confirmed of a figure, for the BI team",
    "review/quality/of_measure": "when figures came; what they say goes through doubting.py",
}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def those(paths: Iterable[Path], holds: Callable[[Path], object]) -> list[str]:
    """The files of which it holds, to be named when there should be none."""
    return [path.relative_to(ROOT).as_posix() for path in paths if holds(path)]


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_a_page_is_short_and_has_no_functions_of_its_own() -> None:
    assert those(PAGES, lambda page: lines(page) > 60) == []
    own = ast.FunctionDef | ast.ClassDef
    assert those(PAGES, lambda page: any(isinstance(node, own) for node in ast.walk(parsed(page)))) == []


def test_a_page_opens_with_its_docstring_and_then_its_guard() -> None:
    def opens(page: Path) -> bool:
        tree = parsed(page)
        body = [node for node in tree.body[1:] if not isinstance(node, ast.Import | ast.ImportFrom)]
        return bool(ast.get_docstring(tree)) and ast.unparse(body[0]).startswith("user = page.start(")

    assert those(PAGES, lambda page: not opens(page)) == []


def test_a_page_knows_nothing_of_the_database() -> None:
    below = {"data_access", "sqlalchemy", "settings"}
    assert those(PAGES, lambda page: below & {name.split(".")[0] for name in _imports(parsed(page))}) == []


def test_only_the_command_line_knows_the_commands() -> None:
    """What a page or the server wants of a command is a verb of the cycle."""
    others = [source for source in [*SOURCES, ROOT / "serve.py"] if not source.is_relative_to(ROOT / "commands")]
    knowing = those(others, lambda source: "commands" in {name.split(".")[0] for name in _imports(parsed(source))})
    assert knowing == ["manage.py"]


def test_figures_are_read_for_somebody() -> None:
    """A series read past the reader shows small counts of people to whoever comes."""
    verbs = sorted((ROOT / "cycle").rglob("*.py"))
    rooms = ROOT / "cycle"
    found = {path for path in verbs if RAW_READS & _names(parsed(path))}
    assert {path.relative_to(rooms).with_suffix("").as_posix() for path in found} == READS_RAW.keys()


def test_every_module_says_what_it_is_for() -> None:
    assert those(SOURCES, lambda source: not ast.get_docstring(parsed(source))) == []


def test_no_file_has_become_two_things() -> None:
    # A migration is one long list of what to make, and is never edited again.
    assert those(SOURCES, lambda source: source.parent.name != "versions" and lines(source) > 400) == []


def test_no_folder_is_a_corridor() -> None:
    """Whoever opens one takes it in at a glance. Migrations are numbered, and never looked for by name."""
    folders = {path.parent for path in SOURCES if path.parent != ROOT and path.parent.name != "versions"}
    crowded = [
        folder for folder in folders if len([each for each in folder.glob("*.py") if each.stem != "__init__"]) > 15
    ]
    assert sorted(folder.relative_to(ROOT).as_posix() for folder in crowded) == []


def test_workings_of_a_room_are_asked_by_that_room_alone() -> None:
    """A module that begins with an underscore takes a session and asks nobody who is there."""
    assert those(SOURCES, lambda source: list(_workings_of_others(source))) == []


def _workings_of_others(source: Path) -> Iterator[str]:
    here = ".".join(source.relative_to(ROOT).with_suffix("").parts)
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in LAYERS:
            for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                room, _, leaf = name.rpartition(".")
                is_module = (ROOT / f"{name.replace('.', '/')}.py").exists()
                if is_module and leaf.startswith("_") and not here.startswith(f"{room}."):
                    yield name


def test_the_smells_we_refuse_are_not_there() -> None:
    assert those(SOURCES, lambda source: SMELLS.search(source.read_text(encoding="utf-8"))) == []


def test_styles_and_scripts_lie_beside_their_component() -> None:
    """Where an editor knows what they are, and nothing that anyone typed gets into them."""
    drawn = [path for path in SOURCES if path.relative_to(ROOT).parts[0] in {"components", "pages"}]
    drawn.remove(ROOT / "components" / "parts" / "asset.py")
    assert those(drawn, lambda source: _INLINE.search(source.read_text(encoding="utf-8"))) == []


def test_no_box_swallows_what_is_pasted_into_it() -> None:
    """A browser drops without a word what is longer than a box is said to hold: a half sentence, or half a password."""
    assert those(SOURCES, _swallows) == []
    scripts = [*(ROOT / "components").rglob("*.js"), *(ROOT / "components").rglob("*.html")]
    assert those(scripts, lambda script: re.search("maxlength", script.read_text(), re.IGNORECASE)) == []


def test_one_writer_of_csv_serves_all_that_is_handed_out() -> None:
    """What a spreadsheet would run is made safe in one place, or it is forgotten in another."""
    assert those(SOURCES, lambda source: re.search(r"csv\.(Dict)?[wW]riter|to_csv\(", source.read_text())) == [
        "reporting/tables/rows.py"
    ]


def test_no_drawing_inside_a_transaction() -> None:
    """A closed tab ends a drawing call with an error that would leave the write lock held."""
    assert those(SOURCES, lambda source: _draws_in_a_transaction(parsed(source))) == []


def test_charts_and_tables_carry_their_alternative_text() -> None:
    def wordless(call: ast.Call) -> bool:
        return ast.unparse(call.func) in DRAWN and "alt" not in {keyword.arg for keyword in call.keywords}

    assert those(SOURCES, lambda source: any(map(wordless, calls(parsed(source))))) == []


def test_charts_take_their_words_from_reporting() -> None:
    """Words put together beside a drawing come to contradict it."""
    components = [path for path in SOURCES if "components" in path.parts]
    assert those(components, lambda source: _words_of_its_own(parsed(source))) == []


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


def test_titles_and_names_are_in_the_order_that_a_reader_expects() -> None:
    """By code points every capital comes before every small letter, and "Élan" after "Zebra"."""
    in_words = [source for source in SOURCES if source.stem != "copying"]  # which sorts the database's own tables
    assert those(in_words, lambda source: _by_code_points(parsed(source))) == []


def test_every_package_that_is_asked_for_is_used() -> None:
    """What nothing imports is a weight and a risk that nobody carries for a reason."""
    products = [*SOURCES, ROOT / "serve.py", ROOT / "settings.py"]
    used = {name.split(".")[0] for path in products for name in _imports(parsed(path))}
    assert _unused((ROOT / "requirements.in").read_text(), used) == []
    for package, (file, words) in NOT_BY_NAME.items():
        assert words in (ROOT / file).read_text(), f"{package} is not used as it is said to be"
        assert package not in used, f"{package} is imported by name and needs no word of its own"


def test_every_fault_and_attack_is_tried_many_times_over_by_its_command() -> None:
    """A file of tests/faults/ that neither command names is tried a few times and never many."""
    named = set(re.findall(r"\btests/faults/test_\w+\.py\b", (ROOT / "Makefile").read_text()))
    assert named == {f"tests/faults/{each.name}" for each in (ROOT / "tests/faults").glob("test_*.py")}


def test_no_address_of_a_machine_is_written_down() -> None:
    for source in [*SOURCES, *(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "Makefile"]:
        assert not re.search(r"(?<![\w.])/(work|root|home|opt)/\w", source.read_text()), source


def _names(tree: ast.Module) -> set[str]:
    """Whatever is imported by name, or asked of a module."""
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    return imported | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _unused(requirements: str, used: Collection[str]) -> list[str]:
    """The packages asked for of which no module is imported by name, and that are not used in a way of their own."""
    modules: dict[str, set[str]] = {}
    for module, packages in packages_distributions().items():
        for package in packages:
            modules.setdefault(re.sub("[-_.]+", "-", package).casefold(), set()).add(module)
    asked = [match[0].casefold() for match in re.finditer(r"^[\w.-]+", requirements, re.MULTILINE)]
    return [each for each in asked if each not in NOT_BY_NAME and not modules.get(each, set()) & set(used)]


def _by_code_points(tree: ast.AST) -> list[str]:
    """What is sorted by a title or a name as it stands."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    sorting = (call for call in calls(tree) if re.search(r"\b(sorted|sort|min|max)$", ast.unparse(call.func)))
    keys = [keyword.value for call in sorting for keyword in call.keywords if keyword.arg == "key"]
    found: list[ast.expr] = []
    for key in keys:
        if isinstance(key, ast.Lambda):
            found.append(key.body)
        elif isinstance(key, ast.Name) and key.id in functions:
            inside = ast.walk(functions[key.id])
            found += [node.value for node in inside if isinstance(node, ast.Return) and node.value]
    parts = [part for each in found for part in (each.elts if isinstance(each, ast.Tuple) else [each])]
    return [ast.unparse(part) for part in parts if re.fullmatch(r"(.*\.)?(title|name)", ast.unparse(part))]


def _draws_in_a_transaction(tree: ast.AST) -> bool:
    blocks = (node for node in ast.walk(tree) if isinstance(node, ast.With) and _opens_transaction(node))
    return any(ast.unparse(call).startswith("st.") for block in blocks for call in calls(block))


def _opens_transaction(block: ast.With) -> bool:
    return any(ast.unparse(item.context_expr) in {"transaction()", "reading()"} for item in block.items)


def _swallows(source: Path) -> bool:
    return any(keyword.arg == "max_chars" for call in calls(parsed(source)) for keyword in call.keywords)


def _words_of_its_own(tree: ast.Module) -> list[str]:
    """Alternative texts that are neither made in reporting, nor handed on, nor typed by a person."""
    taken = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "reporting"
        for name in node.names
    }
    assigned = {ast.unparse(node.targets[0]): node.value for node in ast.walk(tree) if isinstance(node, ast.Assign)}

    def is_taken(given: ast.expr | None) -> bool:
        match given:
            case ast.IfExp(body=one, orelse=other):
                return is_taken(one) and is_taken(other)
            case ast.Call(func=ast.Name(id="escape"), args=[inner]):
                return is_taken(inner)
            case ast.Call(func=ast.Name(id=name)):
                return name in taken
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=called)):
                return name in taken or called == "alt" or name == "typed_text"
            case ast.Name(id=name):
                return name not in assigned or is_taken(assigned[name])
        return isinstance(given, ast.Constant) or (isinstance(given, ast.Attribute) and given.attr == "alt")

    return [ast.unparse(each) for each in _given_words(tree) if not is_taken(each)]


def _given_words(tree: ast.Module) -> Iterator[ast.expr]:
    """What charts and pictures, those in HTML too, are given as their words; and what a function of them returns."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "alt")
        elif isinstance(node, ast.FunctionDef) and node.name in {"alt", "_alt"}:
            yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value)
        elif isinstance(node, ast.JoinedStr):
            pairs = pairwise(node.values)
            yield from (
                now.value for before, now in pairs if _opens_alt(before) and isinstance(now, ast.FormattedValue)
            )


def _opens_alt(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and str(part.value).endswith('alt="')


def test_these_guards_can_fail(tmp_path: Path) -> None:
    """A guard that cannot fail guards nothing."""
    assert _draws_in_a_transaction(ast.parse("with transaction() as session:\n    st.write('hello')\n"))
    assert not _draws_in_a_transaction(ast.parse("with transaction() as session:\n    pass\nst.write('hello')\n"))
    assert SMELLS.search("st.html(words, unsafe_allow_html=True)")
    assert _INLINE.search("st.html('<style>p{margin:0}</style>')")
    for own in (
        "st.vega_lite_chart(spec, alt=f'Line chart of {title}')",
        "st.vega_lite_chart(spec, alt=trend_alt(chart) + ' More.')",
        "words = f'From {first}'\nst.vega_lite_chart(spec, alt=words)",
        "def _alt(view):\n    return f'Line chart of {view}'\nst.pydeck_chart(deck, alt=_alt(view))",
        "words = escape('From ' + first)\nst.html(f'<img alt=\"{words}\">')",
    ):
        assert _words_of_its_own(ast.parse(f"from reporting.charts.alternative_text import trend_alt\n{own}"))
    for own in ("sorted(found, key=lambda each: (each.days, each.measure.title))", "names.sort(key=lambda name: name)"):
        assert _by_code_points(ast.parse(own))
    assert not _by_code_points(ast.parse("sorted(found, key=lambda each: as_read(each.measure.title))"))
    assert _unused("typer  # a reason\nopenpyxl==1  # a reason\n", {"typer"}) == ["openpyxl"]
    box = tmp_path / "box.py"
    box.write_text('st.text_input("Title", max_chars=80)\n')
    assert _swallows(box)
    assert those([ROOT / "Home.py"], lambda _path: True) == ["Home.py"]
