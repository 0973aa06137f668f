"""Charts are authored in Altair: its schema holds for every specification the app draws, and templates stay whole."""

import ast
import json
from collections.abc import Callable, Iterator

import altair as alt
import pytest
from altair.utils.schemapi import SchemaValidationError
from jsonschema import ValidationError

from performance.report.annual import ChartKind
from reporting.charts.authored import Spec, authored, filled, over
from settings import ROOT
from tests.reporting.charts.every_chart import EVERY_CHART, an_annual

DRAWING = sorted(path for layer in ("components", "reporting", "pages") for path in (ROOT / layer).rglob("*.py"))


def a_layer(**mark: object) -> Callable[[], Spec]:
    @authored
    def line() -> alt.Chart:
        scale = alt.Scale(domain=["…"], padding=0)
        return alt.Chart().mark_line(**mark).encode(x=alt.X("period:O", scale=scale))

    return line


@pytest.mark.parametrize("kind", EVERY_CHART)
def test_what_is_drawn_is_valid_by_altairs_schema(kind: str) -> None:
    alt.LayerChart.validate(EVERY_CHART[kind]())


@pytest.mark.parametrize("wrong", [{"type": "no mark"}, {"strokeWidth": "thick"}, {"colr": "#000000"}])
def test_the_schema_sees_what_a_drawing_fills_in_wrongly(wrong: Spec) -> None:
    spec = EVERY_CHART["trend"]()
    spec["layer"][0] = filled(spec["layer"][0], mark=wrong)
    with pytest.raises(ValidationError):
        alt.LayerChart.validate(spec)


def test_a_drawing_leaves_every_template_as_it_was() -> None:
    first = {kind: json.dumps(draw()) for kind, draw in EVERY_CHART.items()}
    again = {kind: json.dumps(EVERY_CHART[kind]()) for kind in reversed(EVERY_CHART)}
    assert again == first


def test_what_is_filled_is_new_and_all_else_stays() -> None:
    layer = a_layer(color="#000000")()
    before = json.dumps(layer)
    drawn = filled(layer, [{"period": "2017"}], mark={"strokeWidth": 3}, x=over(["2017"]))
    assert drawn["data"] == {"values": [{"period": "2017"}]}
    assert drawn["mark"] == {"type": "line", "color": "#000000", "strokeWidth": 3}
    assert drawn["encoding"]["x"]["scale"] == {"domain": ["2017"], "padding": 0}
    assert json.dumps(layer) == before


def test_a_layer_is_built_once_and_brings_neither_figures_nor_a_theme() -> None:
    line = a_layer()
    assert line() is line()
    assert set(line()) == {"mark", "encoding"}


def test_a_layer_that_altair_does_not_know_is_refused_when_it_is_built() -> None:
    with pytest.raises(SchemaValidationError):
        a_layer(strokeWidth="thick")()


def test_no_chart_is_written_out_by_hand() -> None:
    assert [path.name for path in DRAWING if _is_written_out(ast.parse(path.read_text(encoding="utf-8")))] == []
    assert _is_written_out(ast.parse('{"mark": {"type": "line"}}'))


def _is_written_out(tree: ast.AST) -> bool:
    return not {"mark", "encoding"}.isdisjoint(_keys(tree))


def _keys(tree: ast.AST) -> Iterator[str]:
    """The keys of every dictionary that is written out; the encoding of a file is a word, and not one of a chart."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from (
                key.value
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and not (key.value == "encoding" and isinstance(value, ast.Constant))
            )


def test_names_stand_where_the_last_line_ends_though_the_axis_goes_on() -> None:
    drawn = an_annual(ChartKind.LINE, ("22.96", "21.6", None), ("21", None, None))
    rows = [row for layer in drawn["layer"] for row in layer.get("data", {}).get("values", [])]
    assert {row["period"] for row in rows if "label" in row} == {"2013/14"}
