"""What people type is drawn as it stands: no link, picture, heading or colour comes of it, on any page."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.parts.markup import plain
from settings import ROOT
from tests.test_architecture import parsed

DRAWN = sorted([*(ROOT / "components").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "Home.py"])
# What Streamlit reads as Markdown: the first word of these, and what is named in any of them.
READ = re.compile(
    "title|header|subheader|write|markdown|caption|info|success|warning|error|expander|toast|popover|status|spinner"
    "|metric|badge|dialog|button|link_button|page_link|form_submit_button|download_button|radio|checkbox|toggle|pills"
    "|segmented_control|text_input|text_area|number_input|date_input|selectbox|multiselect|file_uploader"
)
NAMED = frozenset({"help", "label", "body"})
# Our own, which put what they are given through `plain`, or draw no Markdown.
OURS = frozenset(
    {
        "page",
        "typed_text",
        "pick",
        "picks",
        "taken_away",
        "group",
        "money",
        "chart_form",
        "sign_off",
        "shown",
    }
)


def as_it_stands(text: ast.expr) -> bool:
    """Whether nothing that somebody typed can be Markdown in it: it is written here, or went through `plain`."""
    return is_written_here(text) or ((parts := made_of(text)) is not None and all(map(as_it_stands, parts)))


def is_written_here(text: ast.expr) -> bool:
    match text:
        case ast.Constant() | ast.Call(func=ast.Name(id="plain" | "len")):
            return True
        case ast.FormattedValue(format_spec=ast.JoinedStr()):
            return True  # a number or a day: a text has no format
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.isupper()
    return False


def made_of(text: ast.expr) -> list[ast.expr] | None:
    """The parts of a text that is put together, or that is one of several; None where it is neither."""
    match text:
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            return [one, other]
        case ast.BoolOp(values=parts) | ast.JoinedStr(values=parts):
            return parts
        case ast.FormattedValue(value=value):
            return [value]
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[ast.GeneratorExp(elt=each)]):
            return [each]
    return None


def drawn_unread(tree: ast.AST) -> Iterator[str]:
    """The texts of a module that Streamlit reads as Markdown though somebody may have typed a part of them."""
    for call in ast.walk(tree):
        if (
            not isinstance(call, ast.Call)
            or not isinstance(call.func, ast.Attribute)
            or not READ.fullmatch(call.func.attr)
        ):
            continue
        if ast.unparse(call.func.value).split(".")[0].split("(")[0] in OURS:
            continue
        texts = [] if call.func.attr == "page_link" else call.args[:1]
        texts += [named.value for named in call.keywords if named.arg in NAMED]
        yield from (ast.unparse(text) for text in texts if not as_it_stands(text))


@pytest.mark.parametrize("module", DRAWN, ids=lambda path: path.stem)
def test_whatever_streamlit_reads_as_markdown_went_through_plain(module: Path) -> None:
    assert list(drawn_unread(parsed(module))) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("st.title(title)", ["title"]),
        ("st.write(f'Of {name}.')", ["f'Of {name}.'"]),
        ("place.caption(plain(name))", []),
        ("st.write(f'**{plain(name)}**: {many:,}')", []),
        ("st.page_link(file, label=name)", ["name"]),
        ("st.button('Go', help=words)", ["words"]),
        ("st.write(NOTHING)", []),
    ],
)
def test_this_guard_can_fail(source: str, found: list[str]) -> None:
    assert list(drawn_unread(ast.parse(source))) == found


@pytest.mark.parametrize(
    "text", ["[a](b)", "![a](b)", "# a", "1. a", "- a", "+ a", "a\n---", "a\n===", ":red[a]", "*a*"]
)
def test_no_sign_is_left_that_makes_markdown_of_a_text(text: str) -> None:
    assert plain(text) != text


@pytest.mark.parametrize("text", ["-3.4 days", "2017/18", "Up by 3: 12 of 40", "WCP1063 (%)"])
def test_what_means_nothing_is_left_as_it_is(text: str) -> None:
    assert plain(text) == text
