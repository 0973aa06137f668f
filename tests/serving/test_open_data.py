"""The public's door: what is published to the public and nothing else, on both databases."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import anyio
import pytest
from sqlalchemy import text as database_text

from cycle.report.editions import calendar, freezing, writing
from data_access.report import editions
from data_access.store import database
from data_access.store.database import reading
from performance.ground.measures import ContentKind, Polarity
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.report.editions import Audience, Edition
from performance.report.words import Place, Said
from serving.open_data.shown import FILES
from tests.builders import COUNCIL, RECORDED, WARDS, a_user, add_council, add_figure, add_measure, add_share, add_target
from tests.conftest import rows_of
from tests.serving.asker import BEHIND, a_door, ask, asking, run

QUARTER = Period(start=date(2017, 7, 1), months=3)
MONTHS = [Period.month(2017, month) for month in (7, 8, 9)]
EDITION = Edition(
    committee="Cabinet",
    period=QUARTER,
    closes_on=date(2017, 11, 9),
    meets_on=date(2017, 12, 11),
    audience=Audience.PUBLIC,
)
HTML = "<script>alert(1)</script>"


@pytest.fixture
def officer(database_on_both: str) -> User:
    """Who makes editions of a council with a count, a share that wards have too, and people helped."""
    add_council()
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER, content_kind=ContentKind.CORPORATE_PLAN)
    add_share("CALLS", title="Calls answered", definition="Calls answered within a minute", source="The exchange")
    add_measure("HELPED", title="People helped", counts_people=True, numerator_definition="People helped")
    for month in MONTHS:
        add_figure("BINS", month.iso, "20")
        add_target("BINS", month.iso, "30")
        add_figure("CALLS", month.iso, counts=("95", "100"))
        for number, ward in enumerate(WARDS):
            add_figure("CALLS", month.iso, counts=(str(10 + number), "17"), area=ward)
        add_figure("HELPED", month.iso, "873")
    return a_user("officer", Role.POLICY_OFFICER)


def version(edition_id: int) -> int:
    with reading() as session:
        return editions.get_edition(session, edition_id=edition_id).version


def a_frozen(by: User, edition: Edition = EDITION) -> int:
    edition_id = calendar.plan_edition(edition, by=by)
    freezing.freeze_edition(edition_id, version=version(edition_id), by=by)
    return edition_id


def a_published(by: User, edition: Edition = EDITION, *, summary: str = "") -> str:
    edition_id = a_frozen(by, edition)
    if summary:
        writing.keep_words(edition_id, {(Place.SUMMARY, ""): Said(words=summary, by="", version=0)}, by=by)
    return freezing.publish_edition(edition_id, version=version(edition_id), by=by).reference


def rows(reference: str, name: str = "figures.csv") -> list[Mapping[str, str]]:
    return list(csv.DictReader(io.StringIO(ask(f"/open/editions/{reference}/{name}").words)))


def every_address(reference: str) -> list[str]:
    of_edition = [f"/open/editions/{reference}/{name}" for name in ("", *FILES)]
    of_measures = [f"/open/measures/{code}/" for code in ("BINS", "CALLS", "HELPED")]
    return ["/open/", "/open/editions/", *of_edition, "/open/measures/", *of_measures, "/open/wards/",
            *[f"/open/wards/{ward}/" for ward in WARDS]]  # fmt: skip


# What is reachable


def test_before_anything_is_public_the_door_says_so_and_has_nothing_else(officer: User) -> None:
    assert "Nothing is published for the public yet" in ask("/open/").words
    assert "Nothing is published for the public yet" in ask("/open/editions/").words
    assert {ask(path).status for path in ("/open/measures/", "/open/wards/", "/open/editions/E-01/")} == {404}


def test_what_is_public_is_there_as_a_page_and_as_files(officer: User) -> None:
    reference = a_published(officer, summary="Bins: {{BINS.value}}.")
    for path in every_address(reference):
        assert ask(path).status == 200, path
    page = ask("/open/").words
    assert "Bins: 60." in page
    assert ask(f"/open/editions/{reference}/").words.count("Missed bins") == page.count("Missed bins")
    definition = ask("/open/measures/CALLS/").words
    for words in ("Calls answered within a minute", "The exchange", "Higher is better", "95.0%"):
        assert words in definition
    by_row = {(each["measure_code"], each["period"]): each for each in rows(reference)}
    assert by_row["BINS", QUARTER.iso]["value"] == "60"
    assert by_row["BINS", QUARTER.iso]["in_edition"] == "yes"
    assert {by_row["BINS", each.iso]["value"] for each in MONTHS} == {"20"}
    assert by_row["CALLS", QUARTER.iso]["value"] == "95.0"
    assert by_row["CALLS", QUARTER.iso]["area_code"] == COUNCIL
    assert list(by_row) == sorted(by_row)


@pytest.mark.parametrize("state", ["planned", "frozen", "members", "everybody"])
@pytest.mark.parametrize("beside_one_that_is_public", [True, False])
def test_nothing_unpublished_is_reachable(officer: User, state: str, *, beside_one_that_is_public: bool) -> None:
    public = ""
    if beside_one_that_is_public:
        public = a_published(officer, replace(EDITION, period=MONTHS[0]))
    add_measure("SECRET", title="A secret measure")
    add_figure("SECRET", MONTHS[2].iso, "4711")
    wanted = replace(
        EDITION, committee="Confidential", audience=Audience(state) if state in set(Audience) else Audience.PUBLIC
    )
    edition_id = calendar.plan_edition(wanted, by=officer)
    if state != "planned":
        freezing.freeze_edition(edition_id, version=version(edition_id), by=officer)
    if state in set(Audience):
        freezing.publish_edition(edition_id, version=version(edition_id), by=officer)
    nothing = ask("/open/editions/E-77/")
    assert nothing.status == 404
    for name in ("", *FILES):
        found = ask(f"/open/editions/E-{edition_id:02d}/{name}")
        assert (found.status, found.content, found.headers) == (404, nothing.content, nothing.headers)
    for path in ("/open/measures/SECRET/", *every_address(public or "E-77")):
        words = ask(path).words
        for said in ("Confidential", "A secret measure", "4711", f"E-{edition_id:02d}"):
            assert said not in words, path
    assert ask("/open/measures/SECRET/").content == nothing.content


@pytest.mark.parametrize(
    "path",
    [
        "/open/editions/E-1/", "/open/editions/E-001/", "/open/editions/e-01/", "/open/editions/E-01//",
        "/open/editions/E-999999999/", "/open/editions/E-99999999999999999999/", "/open/editions/E-01/other.csv",
        "/open/editions/E-01/../E-01/", "/open/editions/E-0٣/", "/open/measures/NOPE/", "/open/measures/a b/",
        "/open/measures/<b>/", "/open/wards/NOPE/", f"/open/wards/{COUNCIL}/", "/open//", "/open/nope",
        "/open/media/x", "/open/_stcore/health", "/open/open.css/", "/open/editions/E-01/figures.csv/",
    ],
)  # fmt: skip
def test_a_bad_address_gets_the_same_words_as_any_other(officer: User, path: str) -> None:
    a_published(officer)
    nothing, found = ask("/open/editions/E-77/"), ask(path)
    assert (found.status, found.content) == (404, nothing.content)
    assert "Nothing is published at this address" in found.words
    assert found.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/open", "/open/editions", "/open/editions/E-01", "/open/measures/CALLS", "/open/wards"]
)
def test_a_page_is_found_without_the_slash_whether_it_is_there_or_not(officer: User, path: str) -> None:
    found = ask(path)
    assert (found.status, found.headers["location"]) == (308, f"{path}/")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_it_is_only_read(officer: User, method: str) -> None:
    for path in ("/open/", "/open", "/open/nope"):
        found = ask(path, method)
        assert (found.status, found.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/opening", "/scorecard", "/openness/", "/_stcore/health"])
def test_everything_else_is_the_apps(database_on_one: str, path: str) -> None:
    assert ask(path).words == BEHIND


def test_reading_writes_nothing(officer: User) -> None:
    reference = a_published(officer)
    before = rows_of("SELECT count(*) FROM audit_events"), rows_of("SELECT count(*) FROM sign_ins")
    for path in every_address(reference):
        assert "set-cookie" not in ask(path, cookie="golden_thread=" + "0" * 64).headers
    assert (rows_of("SELECT count(*) FROM audit_events"), rows_of("SELECT count(*) FROM sign_ins")) == before


def test_an_older_edition_stays_and_says_that_there_is_a_newer_one(officer: User) -> None:
    older, newer = (a_published(officer, replace(EDITION, period=period)) for period in (MONTHS[0], QUARTER))
    assert "A newer edition is published" in ask(f"/open/editions/{older}/").words
    assert "A newer edition is published" not in ask(f"/open/editions/{newer}/").words
    assert QUARTER.in_words in ask("/open/").words
    assert ask("/open/editions/").words.index(newer) < ask("/open/editions/").words.index(older)


# What is hidden


def test_a_figure_that_is_hidden_later_is_gone_everywhere_and_the_tags_say_so(officer: User) -> None:
    reference = a_published(officer, summary="We helped {{HELPED.value}} people.")
    shows = [path for path in every_address(reference) if "2619" in ask(path).words or "2,619" in ask(path).words]
    assert {path.rpartition("/")[2] for path in shows} >= {"", "figures.csv", "figures.json"}
    tags = {path: ask(path).headers["etag"] for path in shows}
    add_figure("HELPED", MONTHS[0].iso, "3", area=WARDS[0])
    for path in every_address(reference):
        words = ask(path).words
        assert not {each for each in ("2619", "2,619") if each in words}, path
    for path, tag in tags.items():
        found = ask(path, if_none_match=tag)
        assert (found.status, found.headers["etag"] == tag) == (200, False), path
    now = {each["period"]: each for each in rows(reference) if each["measure_code"] == "HELPED"}
    for period in (QUARTER, MONTHS[0]):
        hidden = now[period.iso]
        said = [hidden[name] for name in ("value", "absence", "rag", "year_to_date", "spc_mean", "forecast")]
        assert said == ["", "suppressed", "suppressed", "", "", ""], (
            "the month, and the quarter that it would follow from"
        )
    assert [now[month.iso]["value"] for month in MONTHS[1:]] == ["873", "873"]


def test_words_say_that_a_figure_is_hidden_since(officer: User) -> None:
    a_published(officer, summary="We helped {{HELPED.value}} people.")
    assert "We helped 2,619 people." in ask("/open/").words
    add_figure("HELPED", MONTHS[0].iso, "3", area=WARDS[0])
    assert "We helped (hidden to protect people) people." in ask("/open/").words


@pytest.mark.parametrize("was", [Audience.MEMBERS, Audience.EVERYBODY])
@pytest.mark.parametrize("widened", [True, False], ids=["made public after its freeze", "planned so"])
def test_a_public_edition_tells_nothing_of_one_before_that_is_not(
    officer: User, was: Audience, *, widened: bool
) -> None:
    a_published(officer, replace(EDITION, period=MONTHS[1], audience=was), summary="Not for the street")
    add_figure("BINS", MONTHS[1].iso, "4444", revision=2, at=RECORDED + timedelta(days=40))
    edition_id = a_frozen(officer, replace(EDITION, period=MONTHS[2], audience=was if widened else Audience.PUBLIC))
    if widened:
        with reading() as session:
            seen = editions.get_edition(session, edition_id=edition_id)
        assert seen.freeze is not None
        assert seen.freeze.before_id is not None
        calendar.change_edition(replace(seen, audience=Audience.PUBLIC), by=officer)
    freezing.publish_edition(edition_id, version=version(edition_id), by=officer)
    page = ask("/open/").words
    assert "Performance, September 2017" in page
    for said in ("What changed since", "Corrections", "Not for the street", "E-01"):
        assert said not in page


# Caching


def test_whoever_has_it_is_told_that_it_is_the_same(officer: User) -> None:
    reference = a_published(officer)
    for path in (*every_address(reference), "/open/open.css"):
        first = ask(path)
        assert first.headers["cache-control"] == "public, max-age=60, must-revalidate"
        assert not first.headers["etag"].startswith("W/")
        for said in (first.headers["etag"], f'"x", W/{first.headers["etag"]}', "*"):
            again = ask(path, if_none_match=said)
            assert (again.status, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert ask(path, if_none_match='"another"').content == first.content
        head = ask(path, "HEAD")
        assert (head.status, head.content, head.headers) == (200, b"", first.headers)
        assert int(first.headers["content-length"]) == len(first.content)


def test_what_it_is_can_be_seen_from_its_headers(officer: User) -> None:
    reference = a_published(officer)
    page, figures = ask("/open/").headers, ask(f"/open/editions/{reference}/figures.csv").headers
    assert page["content-type"] == "text/html; charset=utf-8"
    assert page["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert figures["content-type"] == "text/csv; charset=utf-8; header=present"
    assert figures["access-control-allow-origin"] == "*"
    assert figures["link"] == '<figures.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    for said in (page, figures, ask("/open/nope").headers, ask("/open/", "POST").headers):
        assert said["access-control-allow-origin"] == "*", "a script of anybody's page may read why not, too"
        assert said["x-content-type-options"] == "nosniff"
        assert "camera=()" in said["permissions-policy"]


# What people typed


def test_no_markup_of_anybodys_is_run(officer: User) -> None:
    with database.transaction() as session:
        session.execute(database_text("UPDATE areas SET name = :html WHERE kind = 'ward'"), {"html": HTML})
        session.execute(database_text("UPDATE settings SET value = :html WHERE name = 'council_name'"), {"html": HTML})
    add_share("HTML", title=HTML, definition=HTML, source='" onload="', unit_code="WASTE")
    add_measure("RED", title=f"Red {HTML}", polarity=Polarity.LOWER)
    for month in MONTHS:
        add_figure("HTML", month.iso, counts=("1", "2"), commentary=HTML)
        add_figure("HTML", month.iso, counts=("1", "2"), area=WARDS[0])
        add_figure("RED", month.iso, "9")
        add_target("RED", month.iso, "1")
    edition_id = a_frozen(officer, replace(EDITION, committee=HTML))
    words = {(Place.SUMMARY, ""): HTML, (Place.FINANCE, ""): HTML}
    words |= {(place, "RED"): f"<img src=x onerror={place}>" for place in (Place.COMPARATOR, Place.CAUSE, Place.ACTION)}
    said = {spot: Said(words=each, by="", version=0) for spot, each in words.items()}
    writing.keep_words(edition_id, said, by=officer)
    reference = freezing.publish_edition(edition_id, version=version(edition_id), by=officer).reference
    pages = [path for path in every_address(reference) if path.endswith("/")]
    for path in [*pages, "/open/measures/HTML/", f"/open/wards/{WARDS[0]}/"]:
        found = ask(path).words
        assert "&lt;script&gt;" in found, path
        assert "<script" not in found, path
        assert "<img" not in found, path
        assert ' onload="' not in found, path


def test_no_spreadsheet_runs_a_title_and_json_has_it_as_it_is(officer: User) -> None:
    for number, sign in enumerate("=+-@"):
        add_measure(f"RUN{number}", title=f"{sign}1+1")
    reference = a_published(officer)
    raw = ask(f"/open/editions/{reference}/figures.csv").content
    assert raw.startswith(b"\xef\xbb\xbfmeasure_code,")
    titles = {each["measure_code"]: each["title"] for each in rows(reference)}
    assert [titles[f"RUN{number}"] for number in range(4)] == ["'=1+1", "'+1+1", "'-1+1", "'@1+1"]
    in_json = json.loads(ask(f"/open/editions/{reference}/figures.json").words)
    assert {each["title"] for each in in_json["measures"]} >= {"=1+1", "+1+1", "-1+1", "@1+1"}
    assert [each["measure_code"] for each in in_json["figures"]] == [each["measure_code"] for each in rows(reference)]


# Wards


def test_a_ward_is_told_as_far_as_the_edition_goes_and_as_it_was_known_then(officer: User) -> None:
    a_published(officer)
    ward = ask(f"/open/wards/{WARDS[0]}/").words
    assert "Calls answered, September 2017" in ward
    assert "58.8%" in ward, "10 of 17"
    add_figure("CALLS", "2017-10", counts=("1", "17"), area=WARDS[0], at=RECORDED - timedelta(days=1))
    add_figure("CALLS", "2017-10", counts=("95", "100"), at=RECORDED - timedelta(days=1))
    add_figure("CALLS", MONTHS[2].iso, counts=("2", "17"), area=WARDS[0], revision=2, at=RECORDED + timedelta(days=40))
    assert ask(f"/open/wards/{WARDS[0]}/").words == ward


def test_what_was_sent_before_the_freeze_and_signed_off_after_it_tells_nothing_of_a_ward(officer: User) -> None:
    """To a reading of that moment it is known by now: the council's figure reads otherwise than the edition says."""
    a_published(officer)
    assert "Calls answered, September 2017" in ask(f"/open/wards/{WARDS[0]}/").words
    add_figure("CALLS", MONTHS[2].iso, counts=("50", "100"), revision=2)
    add_figure("CALLS", MONTHS[2].iso, counts=("1", "17"), revision=2, area=WARDS[0])
    ward = ask(f"/open/wards/{WARDS[0]}/")
    assert (ward.status, "Calls answered" in ward.words, "5.9%" in ward.words) == (200, False, False)
    assert "No measure of the edition has a figure for this ward that can be shown." in ward.words


def test_a_ward_tells_nothing_that_the_edition_does_not_hold(officer: User) -> None:
    add_share("ALONE", title="Of wards alone")
    add_share("LOCAL", title="Of another kind", content_kind=ContentKind.LOCAL)
    for month in MONTHS:
        add_figure("LOCAL", month.iso, counts=("1", "2"))
        for code in ("ALONE", "LOCAL"):
            add_figure(code, month.iso, counts=("1", "2"), area=WARDS[0])
    a_published(officer, replace(EDITION, kinds=(ContentKind.CORPORATE_PLAN,)))
    none = ask("/open/wards/")
    assert (none.status, "The newest edition has no figures by ward." in none.words) == (200, True)
    assert ask(f"/open/wards/{WARDS[0]}/").status == 404
    a_published(officer, replace(EDITION, committee="Scrutiny"))
    ward = ask(f"/open/wards/{WARDS[0]}/").words
    assert "Of another kind" in ward
    assert "Of wards alone" not in ward


def test_a_newer_edition_of_other_measures_takes_no_address_away(officer: User) -> None:
    a_published(officer)
    before = [ask(path).words for path in ("/open/measures/CALLS/", f"/open/wards/{WARDS[0]}/")]
    add_share("LOCAL", title="Of another kind", content_kind=ContentKind.HR)
    for month in MONTHS:
        add_figure("LOCAL", month.iso, counts=("1", "2"))
    a_published(officer, replace(EDITION, committee="Scrutiny", kinds=(ContentKind.HR,)))
    assert "Of another kind" in ask("/open/").words
    after = [ask(path).words for path in ("/open/measures/CALLS/", f"/open/wards/{WARDS[0]}/")]
    assert after == before


def test_a_wards_small_count_is_hidden_with_what_would_give_it_away(officer: User) -> None:
    for number, ward in enumerate(WARDS):
        add_figure("HELPED", MONTHS[2].iso, "3" if not number else str(100 + number), area=ward)
    a_published(officer)
    shown = [ask(f"/open/wards/{ward}/").words for ward in WARDS]
    hidden = ["Hidden to protect people" in each for each in shown]
    assert hidden[0]
    assert hidden.count(True) == 2, "and one more, or the total would give it away"
    for number, page in enumerate(shown):
        assert (f"<span>{100 + number}</span>" in page) is not hidden[number]
    assert "<span>3</span>" not in shown[0]
    add_figure("HELPED", MONTHS[2].iso, "2", area=WARDS[5], revision=2, at=RECORDED + timedelta(days=40))
    assert "Hidden to protect people" in ask(f"/open/wards/{WARDS[5]}/").words, "what is hidden now is hidden of then"


# When it cannot be read


def test_without_a_database_it_says_to_come_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    for path in ("/open/", "/open/editions/E-01/", "/open/wards/"):
        found = ask(path)
        assert (found.status, found.headers["retry-after"], found.headers["cache-control"]) == (503, "60", "no-store")
        assert "cannot be read at the moment" in found.words
    database.engine().dispose()


def test_a_crowd_waits_for_itself_and_the_rest_of_it_is_sent_away(officer: User) -> None:
    a_published(officer)
    statuses: list[int] = []

    async def crowd() -> None:
        door = a_door()

        async def one() -> None:
            statuses.append((await asking(door, "/open/")).status)

        async with anyio.create_task_group() as group:
            for _ in range(120):
                group.start_soon(one)

    run(crowd)
    assert set(statuses) == {200, 503}
    assert statuses.count(200) >= 60
