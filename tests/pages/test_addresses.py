"""An address shows what it names, or a sentence says why not: on every page, for every name, to whoever follows it."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from components.frame import navigation
from components.frame.navigation import PAGES
from data_access.council.people import find_user
from data_access.store import database
from data_access.store.database import reading
from performance.ground.people import User
from tests.pages.conftest import Open, texts

ROOT = Path(__file__).parents[2]
# Each name that a page looks for in its address, by page, with whoever opens it.
NAMED = {
    "golden-thread": ("leadership", "unit", "on", "view"),
    "plan-on-a-page": ("leadership", "node", "on"),
    "measures": ("leadership", "unit", "kind", "shown", "perspective", "order"),
    "methodology": ("leadership", "measure"),
    "targets": ("waste.manager", "unit", "year", "measure"),
    "my-return": ("waste.manager", "unit", "period", "one"),
    "receipt": ("waste.manager", "key"),
    "sign-off": ("place.director", "unit", "period", "return"),
    "scorecard": ("leadership", "scope", "period", "order", "layout", "status", "kinds", "known"),
    "what-changed": ("leadership", "scope", "period", "known", "then"),
    "may-turn-red": ("leadership", "scope", "known"),
    "measure": ("leadership", "measure", "period", "known", "view", "number"),
    "wards": ("councillor", "measure", "period", "ward", "colour", "map", "before", "known"),
    "ward-profile": ("councillor", "ward", "period", "known"),
    "explorer": ("leadership", "m", "a", "over", "from", "to", "as", "known", "view"),
    "data-quality": ("bi.team", "show", "period", "unit", "known"),
    "recovery-plans": ("leadership", "show"),
    "recovery-plan": ("leadership", "plan", "measure"),
    "review-meeting": ("leadership", "meeting"),
    "risks": ("leadership", "unit", "node", "measure", "score"),
    "risk": ("leadership", "risk"),
    "lessons": ("leadership", "verdict", "unit"),
    "edition": ("policy.officer", "edition"),
    "edition-words": ("policy.officer", "edition"),
    "annual-chart": ("policy.officer", "measure", "by", "from", "to", "chart", "with", "report", "figure", "section"),
    "annual-report": ("policy.officer", "report"),
    "templates": ("policy.officer", "paper", "program"),
    "report-sent": ("policy.officer", "schedule", "before"),
    "set-up": ("bi.team", "receipt"),
    "imports": ("bi.team", "import"),
    "mail": ("bi.team", "state", "before"),
    "audit": ("bi.team", "who", "what", "before"),
}
# The councils stand in one view of a measure, a refresh among several; words to look for may be any.
BESIDE = {"councils", "find", "refresh"}
STRANGE = "NOPE-1"  # neither a code, nor a period, day, number or year


@pytest.fixture
def here(demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    shutil.copy(demonstration, tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / demonstration.name}")
    yield
    database.engine().dispose()


def known(username: str) -> User:
    with reading() as session:
        user = find_user(session, username=username, on=date(2017, 11, 10))
    assert user
    return user


def said(app: AppTest) -> str:
    """What the page says of an address that it cannot show: one heading, a sentence, and nothing of anything else."""
    assert not app.exception
    assert len(app.title) == 1
    return texts(app)


@pytest.mark.parametrize("path", NAMED)
@pytest.mark.usefixtures("here")
def test_what_there_is_not_is_said(path: str, open_page: Open) -> None:
    (entry,) = [each for each in PAGES if each.url_path == path]
    username, *names = NAMED[path]
    for name in names:
        app = open_page(known(username), entry.file, **{name: STRANGE})
        words = said(app)
        assert STRANGE in words or re.search(r"There is no |does not wait for your sign-off", words), (name, words)
        ways_on = [each.label for each in app.button if each.label == "Open this page without it"]
        if ways_on:
            app.button[-1].click().run()
            assert STRANGE not in said(app), name
            assert app.query_params.get(name) != [STRANGE], name
        else:
            assert app.get("page_link"), (name, words)


def test_every_name_that_a_page_looks_for_is_tried() -> None:
    sources = [path.read_text() for folder in ("components", "pages") for path in (ROOT / folder).rglob("*.py")]
    looked_for = re.compile(r"""(?:\b(?:name|_NAME|NAME) ?= ?|query_params\.get\(|read\()"([a-z]\w*)\"""")
    found = {name for source in sources for name in looked_for.findall(source)}
    assert {"measure", "period", "node", "known", "then", "refresh", "key"} <= found
    assert found - BESIDE - {name for _, *names in NAMED.values() for name in names} == set()


@pytest.mark.parametrize(
    ("who", "path", "name", "reference"),
    [
        ("leadership", "recovery-plan", "plan", "R-04"),
        ("leadership", "review-meeting", "meeting", "M-01"),
        ("policy.officer", "edition", "edition", "E-01"),
        ("policy.officer", "edition-words", "edition", "E-01"),
        ("policy.officer", "annual-report", "report", "AR-01"),
        ("policy.officer", "annual-chart", "report", "AR-01"),
    ],
)
@pytest.mark.usefixtures("here")
def test_what_people_quote_stands_in_the_address_and_so_does_its_number(
    who: str, path: str, name: str, reference: str, open_page: Open
) -> None:
    (entry,) = [each for each in PAGES if each.url_path == path]
    shown = [
        said(open_page(known(who), entry.file, **{name: asked}))
        for asked in (reference, reference.lower(), str(int(reference.partition("-")[2])))
    ]
    assert not re.search(r"There is no |there is no such", shown[0])
    assert len(set(shown)) == 1


@pytest.mark.usefixtures("here")
def test_a_link_followed_on_an_open_page_shows_what_it_names(open_page: Open) -> None:
    app = open_page(known("leadership"), "pages/review/measure.py", measure="WCP1073")
    app.query_params["measure"] = "WCP1082"
    assert app.run().title[0].value == "Days to relet a council home"
    app.query_params["measure"] = STRANGE
    assert STRANGE in said(app.run())
    assert "Days to relet" not in app.title[0].value


@pytest.mark.usefixtures("here")
def test_what_a_choice_on_the_page_leaves_no_room_for_is_forgotten_without_a_word(open_page: Open) -> None:
    app = open_page(known("leadership"), "pages/review/wards.py", measure="WCP1075", period="2017-06")
    assert app.get_by_key("pick_period").value == "2017-06-01/P1M"
    app.get_by_key("pick_measure").select("WCP1144").run()
    assert app.get_by_key("pick_period").value == "2015-01-01/P1Y", "the only one there is"
    assert "Open this page without it" not in [each.label for each in app.button]
    assert "period" not in app.query_params
    said(app)


@pytest.mark.usefixtures("here")
def test_a_measure_is_read_at_the_period_of_the_link_and_a_newer_one_is_said(open_page: Open) -> None:
    leader = known("leadership")
    app = open_page(leader, "pages/review/measure.py", measure="WCP1073", period="2017-08")
    words = texts(app)
    assert "in August 2017" in words
    assert "Read at the end of August 2017." in words
    assert "See September 2017, the newest" in [each.proto.label for each in app.get("page_link")]
    app = open_page(leader, "pages/review/measure.py", measure="WCP1073")
    assert "Read at the end of" not in texts(app)
    app.get_by_key("pick_period").select("2017-07-01/P1M").run()
    assert "Read at the end of July 2017." in texts(app)
    app.get_by_key("pick_measure").select("WCP1082").run()
    assert "period" not in app.query_params, "another measure opens on its own newest figure"


@pytest.mark.usefixtures("here")
def test_what_is_red_on_a_scorecard_is_red_where_its_link_leads(open_page: Open) -> None:
    leader = known("leadership")
    app = open_page(leader, "pages/review/scorecard.py", known="2017-10-20")
    (reds,) = re.findall(r'<ul class="named reds".*?</ul>', texts(app))
    links = re.findall(r'href="([^"]+)"', reds)
    assert links
    for link in links:
        asked = {name: value for name, (value,) in parse_qs(urlsplit(link.replace("&amp;", "&")).query).items()}
        assert asked["known"] == "2017-10-20"
        assert "Red</span>" in texts(open_page(leader, "pages/review/measure.py", **asked)), link


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("path", "words"),
    [("scorecard", "April 2014"), ("what-changed", "April 2014"), ("data-quality", "April 2014")],
)
def test_a_period_stays_true_when_it_is_no_longer_offered(path: str, words: str, open_page: Open) -> None:
    (entry,) = [each for each in PAGES if each.url_path == path]
    app = open_page(known("bi.team"), entry.file, period="2014-04")
    said(app)
    assert app.get_by_key("pick_period").value == "2014-04-01/P1M"
    assert "Open this page without it" not in [each.label for each in app.button]


@pytest.mark.usefixtures("here")
def test_a_return_that_is_settled_is_not_another_one(open_page: Open) -> None:
    app = open_page(known("place.director"), "pages/do/sign_off.py", unit="WASTE", period="2017-05")
    said(app)
    assert "Strategic Director for Place signed these figures off on 10 June 2017" in app.info[0].value
    assert app.title[0].value == "Waste and Recycling, May 2017"
    assert not any("Sign off" in each.label for each in app.button)
    app = open_page(known("place.director"), "pages/do/sign_off.py", unit="SOCIAL", period="2017-05")
    assert "does not wait for your sign-off" in said(app)
    app.button[-1].click().run()
    assert app.title[0].value.startswith("Sign off ")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("page", "name"), [("pages/revise/recovery_plan.py", "plan"), ("pages/revise/review_meeting.py", "meeting")]
)
def test_a_number_that_no_database_keeps_names_nothing(open_page: Open, page: str, name: str) -> None:
    app = open_page(known("leadership"), page, **{name: "9" * 20})
    assert not app.exception
    assert "problem with the service" not in texts(app)


@pytest.mark.usefixtures("here")
def test_a_recovery_plan_may_be_named_as_people_name_it(open_page: Open) -> None:
    leader = known("leadership")
    named = [open_page(leader, "pages/revise/recovery_plan.py", plan=each).title[0].value for each in ("1", "R-01")]
    assert named[0] == named[1]
    assert "R-01" in named[0]


@pytest.mark.usefixtures("here")
def test_links_hold_under_whatever_path_the_app_is_served(open_page: Open) -> None:
    """As with Streamlit's `--server.baseUrlPath`: what a browser makes of them on a page of it."""
    leader, found = known("leadership"), []
    for path in ("scorecard", "golden-thread", "plan-on-a-page", "risks"):
        (entry,) = [each for each in PAGES if each.url_path == path]
        words = texts(open_page(leader, entry.file))
        links = [each for each in re.findall(r'href="([^"]+)"', words) if not each.startswith(("#", "data:"))]
        assert links, path
        found += [urlsplit(urljoin(f"https://council.example/performance/{path}", each)) for each in links]
    assert {each.netloc for each in found} == {"council.example"}
    assert {each.path for each in found} <= {f"/performance/{each.url_path}" for each in PAGES}


def test_what_is_asked_for_is_written_as_addresses_are() -> None:
    assert navigation.address("One measure", measure="A&B", period="2017-10-01/P1M") == (
        "measure?measure=A%26B&period=2017-10-01%2FP1M"
    )
