"""Words of the glossary, explained on the pages where they stand as headings."""

import re

import pytest

from components.frame.navigation import PAGES
from components.parts.words import glossary, on_page
from performance.ground.people import Role
from tests.builders import WARDS, a_user, add_council, add_figure, add_measure, add_target
from tests.pages.conftest import Open

pytestmark = pytest.mark.usefixtures("sqlite_database")


def explained(app: object) -> dict[str, str]:
    """Each word of the line with its sentence; nothing where there is none."""
    found = [each.proto.body for each in app.get("html") if 'class="words"' in each.proto.body]  # type: ignore[attr-defined]
    return dict(re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", "".join(found)))


def an_amber() -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    for month in range(1, 10):
        add_figure("BINS", f"2017-0{month}", "98")
        add_target("BINS", f"2017-0{month}", "100")


@pytest.mark.parametrize(
    ("page", "query", "words"),
    [
        ("scorecard", {}, ["Target", "Status", "Lately", "Direction", "Year to date", "At year end"]),
        ("measure", {"measure": "BINS"}, ["Target", "Tolerance", "Forecast"]),
        ("measure", {"measure": "BINS", "view": "usual"}, ["Mean", "Limits", "Real change"]),
        ("measure", {"measure": "BINS", "view": "season"}, []),
        ("may-turn-red", {}, ["Chance of red", "Tolerance", "Forecast"]),
    ],
)
def test_a_page_explains_its_words_in_the_sentences_of_the_glossary(
    page: str, query: dict[str, str], words: list[str], open_page: Open
) -> None:
    an_amber()
    (file,) = (entry.file for entry in PAGES if entry.url_path == page)
    app = open_page(a_user("leader", Role.LEADERSHIP, "COUNCIL"), file, **query)
    assert not app.exception
    assert explained(app) == {word: glossary.meaning(word) for word in words}


def test_a_view_without_its_chart_explains_no_words_of_it(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    add_figure("BINS", "2017-09", "98")
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    for view in ("trend", "usual", "compare"):
        app = open_page(leader, "pages/review/measure.py", measure="BINS", view=view)
        assert not app.exception
        assert not explained(app), view


def test_wards_explain_what_stands_on_the_map_and_no_more(open_page: Open) -> None:
    add_council()
    add_measure("TIPS", title="Fly-tips")
    for ward in WARDS:
        add_figure("TIPS", value="30", area=ward)
    councillor = a_user("councillor", Role.COUNCILLOR, "COUNCIL")
    assert list(explained(open_page(councillor, "pages/review/wards.py"))) == ["Average ward"]
    add_measure("FEW", title="Few people", counts_people=True)
    for ward, count in zip(WARDS[:3], ("1", "1", "50"), strict=True):
        add_figure("FEW", value=count, area=ward)
    found = list(explained(open_page(councillor, "pages/review/wards.py", measure="FEW")))
    assert "Hidden" in found


def test_every_heading_of_a_scorecard_that_is_said_to_be_explained_stands_there(open_page: Open) -> None:
    an_amber()
    app = open_page(a_user("leader", Role.LEADERSHIP, "COUNCIL"), "pages/review/scorecard.py")
    headings = re.findall(r'<th role="columnheader"[^>]*>([^<]+)</th>', "".join(x.proto.body for x in app.get("html")))
    assert set(explained(app)) <= set(headings)


def test_a_word_of_several_names_is_found_by_each_and_an_unknown_one_is_a_fault() -> None:
    assert glossary.meaning("RAG") == glossary.meaning("status")
    assert glossary.meaning("Numerator") == glossary.meaning("Denominator")
    with pytest.raises(KeyError):
        on_page.explain("Golden fleece")


def test_no_word_stands_twice_in_the_glossary() -> None:
    words = [word.casefold() for heading in glossary.sentences() for word in heading.split(", ")]
    assert len(set(words)) == len(words)
    assert list(glossary.sentences()) == sorted(glossary.sentences(), key=str.casefold)
