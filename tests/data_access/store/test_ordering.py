"""No query takes the order of texts from the server: its collation is each council's own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import String, select

from data_access import models
from data_access.store.ordering import by_code
from settings import ROOT

SOURCES = sorted(path for path in (ROOT / "data_access").rglob("*.py") if path.name != "ordering.py")
TEXTS = {
    (name, column.key)
    for name, row in vars(models).items()
    if hasattr(row, "__table__")
    for column in row.__mapper__.columns
    if isinstance(column.type, String) or isinstance(getattr(column.type, "impl", None), String)
}


def texts_ordered_by_the_server(tree: ast.AST) -> Iterator[str]:
    """The columns of text in any ORDER BY that stand there without `by_code`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "order_by":
            for each in node.args:
                yield from _bare(each)


def _bare(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "by_code":
        return
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in TEXTS:
        yield ast.unparse(node)
    for below in ast.iter_child_nodes(node):
        yield from _bare(below)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_texts_are_ordered_by_code_point_alone(source: Path) -> None:
    assert list(texts_ordered_by_the_server(ast.parse(source.read_text(encoding="utf-8")))) == []


def test_this_guard_can_fail() -> None:
    bare = ast.parse("select(AreaRow).order_by(AreaRow.code.desc(), AreaRow.valid_from, by_code(AreaRow.name))")
    assert list(texts_ordered_by_the_server(bare)) == ["AreaRow.code"]


def test_a_column_keeps_its_own_place_among_statements_that_are_remembered() -> None:
    """SQLAlchemy keeps compiled statements: two that differ in the ordered column alone are two."""
    area = models.AreaRow
    assert "ORDER BY areas.name" in str(select(area.code).order_by(by_code(area.name)))
    by_its_code, by_its_name = (select(area.code).order_by(by_code(column)) for column in (area.code, area.name))
    assert by_its_code._generate_cache_key() != by_its_name._generate_cache_key()
