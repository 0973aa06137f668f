"""The Explorer as people open it: from a link, with words where there is nothing, and a file of what is seen."""

import pytest

from performance.ground.people import Role, User
from tests.builders import NATION, a_user, add_council, add_figure, add_measure
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
EXPLORER = "pages/review/explorer.py"


def a_leader() -> User:
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def bins() -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    for month, ours, theirs in (("2017-08", "9", "12"), ("2017-09", "30", "11")):
        add_figure("BINS", month, ours)
        add_figure("BINS", month, theirs, area=NATION)


@pytest.mark.parametrize(("shape", "kind"), [("line", "Line chart"), ("bars", "Ranked bars"), ("dots", "Dot plot")])
def test_a_link_draws_what_its_sender_saw(open_page: Open, shape: str, kind: str) -> None:
    bins()
    app = open_page(a_leader(), EXPLORER, **{"m": "BINS", "a": f"ours,{NATION}", "as": shape})
    assert not app.exception
    (chart,) = app.get("vega_lite_chart")
    assert chart.proto.alt == (
        f"{kind} of Missed bins. Latest: Testing 30 in September 2017; England 11 in September 2017."
    )
    assert "<td" in texts(app)


def test_the_table_alone(open_page: Open) -> None:
    bins()
    app = open_page(a_leader(), EXPLORER, **{"m": "BINS", "as": "table", "from": "2017", "to": "2017"})
    assert not app.get("vega_lite_chart")
    assert "September 2017" in texts(app)


def test_nothing_chosen_says_what_to_do(open_page: Open) -> None:
    bins()
    assert "Choose a measure. What you choose is in the address" in texts(open_page(a_leader(), EXPLORER))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("m", "BINS,<script>", "The link asks for “\\<script\\>” as “Measures, at most four”"),
        ("a", "x", "The link asks for “x” as “Places, at most four”"),
        ("from", "yes", "“yes” is not a year. Write one like 2016."),
        ("to", "٢٠١٧", "“٢٠١٧” is not a year."),
        ("as", "pie", "The link asks for “pie” as “Shown as”"),
    ],
)
def test_nonsense_in_the_address_is_said_and_left_out(open_page: Open, name: str, value: str, words: str) -> None:
    bins()
    app = open_page(a_leader(), EXPLORER, **({"m": "BINS"} | {name: value}))
    assert not app.exception
    assert words in texts(app)
    app.button[-1].click().run()
    assert name not in app.query_params
    assert words not in texts(app)


def test_years_without_figures_are_said(open_page: Open) -> None:
    bins()
    app = open_page(a_leader(), EXPLORER, **{"m": "BINS", "from": "2019"})
    assert "There are no figures of these places in these years that may be shown." in texts(app)


def test_months_are_added_up_to_quarters_and_the_page_says_how(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    for month, value in (("2017-04", "9"), ("2017-05", "7"), ("2017-06", "8"), ("2017-07", "6")):
        add_figure("BINS", month, value)
    app = open_page(a_leader(), EXPLORER, m="BINS", over="quarter", **{"as": "table"})
    words = texts(app)
    assert "Added up by quarter, from its own figures; shown once the whole quarter is in." in words
    assert "Q1 (April to June) 2017/18" in words
    assert ">24<" in words
    assert "Q2 (July to September) 2017/18" not in words
