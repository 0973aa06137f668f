"""One word for one act: what people read says "sign off" of a return, never "approve"."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from performance.ground.people import Permission

ROOT = Path(__file__).parents[1]
READ = (
    "commands", "components", "pages", "cycle", "performance", "reporting", "intake", "manage.py", "seeds",
    "data_access",
)  # fmt: skip
# Recovery plans that are tolerated are approved, and events keep the words under which they were recorded.
OTHERWISE = ("Someone else who agrees plans approves it or not", "tolerat", ", approved by ")
RECORDED = {"approved", "approve return", "Approve"}


def sources() -> Iterator[Path]:
    for name in READ:
        at = ROOT / name
        yield from (
            (at,) if at.is_file() else sorted(each for each in at.rglob("*.py") if "migrations" not in each.parts)
        )


def said(path: Path) -> Iterator[str]:
    """The texts of a module that are no docstring."""
    tree = ast.parse(path.read_text())
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {id(each.body[0].value) for each in ast.walk(tree)
            if isinstance(each, documented) and isinstance(each.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_says_that_a_return_is_approved(path: Path) -> None:
    found = [each for each in said(path) if re.search(r"\bapprov", each, re.IGNORECASE)]
    assert [each for each in found if each not in RECORDED and not any(word in each for word in OTHERWISE)] == []


@pytest.mark.parametrize("page", ["README.md", "docs/domain.md", "docs/operations.md", "seeds/README.md"])
def test_no_document_says_that_a_return_is_approved(page: str) -> None:
    lines = (ROOT / page).read_text().splitlines()
    found = [line for line in lines if re.search(r"\bapprov", line, re.IGNORECASE)]
    assert [line for line in found if "tolerated" not in line and "(submitted, approved, returned)" not in line] == []


def test_the_right_is_called_as_the_page_is() -> None:
    assert Permission.APPROVE_RETURNS == "sign off returns"
