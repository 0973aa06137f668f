"""The public face of a running server: files that other programs read, and never a cookie."""

import io
import json
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from csvw import CSVW

from performance.report.editions import Audience
from serving.open_data.shown import FILES
from tests.serving.conftest import Call

EDITION = "/open/editions/E-01/"
SAVED = ("figures.csv", "measures.csv", "csv-metadata.json", "figures.csv-metadata.json")


@pytest.fixture
def folder(call: Call, tmp_path: Path) -> Path:
    """The files of the demonstration's public edition, as somebody saved them."""
    for name in SAVED:
        (tmp_path / name).write_text(call().request("GET", EDITION + name)[1], encoding="utf-8", newline="")
    return tmp_path


def test_anybody_reads_it_and_gets_no_cookie(call: Call) -> None:
    for cookie in ("", "golden_thread=" + "0" * 64):
        stranger = call(cookie=cookie)
        for path in ("/open/", "/open/measures/", "/open/wards/E05001321/", *[EDITION + name for name in FILES]):
            status, _ = stranger.request("GET", path)
            said = {name.lower() for name, _ in stranger.answered.getheaders()}
            assert (status, "set-cookie" in said) == (200, False), path
            assert {"etag", "x-content-type-options", "content-security-policy", "permissions-policy"} <= said
    assert "Six measures were red in the first quarter" in call().request("GET", "/open/")[1]


def test_whoever_is_signed_in_reads_the_same(call: Call) -> None:
    stranger, officer = call(), call("policy.officer")
    for path in ("/open/", "/open/editions/", f"{EDITION}figures.csv"):
        assert officer.request("GET", path) == stranger.request("GET", path)
    assert officer.request("GET", "/open/editions/E-02/")[0] == 404, "planned: not even who made it reads it here"


def test_the_sign_in_form_leads_to_it(call: Call) -> None:
    assert "[Published figures, without signing in](/open/)" in call(page="scorecard").connect().words


def test_the_edition_leads_whoever_is_signed_in_to_it(call: Call) -> None:
    assert "[As the public reads it](/open/editions/E-01/)" in call("councillor", "edition?edition=1").connect().words
    assert "(/open/editions/E-01/)" in call("councillor", "editions").connect().words
    form = call("policy.officer", "editions").connect()
    assert Audience.PUBLIC.in_words in form.words


def test_the_files_are_as_their_metadata_says(folder: Path) -> None:
    for name in ("csv-metadata.json", "figures.csv"):
        read = CSVW(str(folder / name), validate=True)
        assert read.is_valid, [str(each.message) for each in read.warnings]
        assert [str(each.url) for each in read.tables] == ["figures.csv", "measures.csv"]
        assert read.t.check_referential_integrity()


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        pytest.param("WCP1002,", "NOPE,", "not found in table measures.csv", id="a measure that is not described"),
        pytest.param(",red,", ",purple,", "rag: invalid", id="a status that there is not"),
        pytest.param(",no,112,", ",no,a lot,", "value: invalid", id="a figure that is no number"),
    ],
)
def test_metadata_finds_what_is_not_as_it_says(folder: Path, before: str, after: str, why: str) -> None:
    figures = folder / "figures.csv"
    spoilt = figures.read_text(encoding="utf-8").replace(before, after, 1)
    assert spoilt != figures.read_text(encoding="utf-8")
    figures.write_text(spoilt, encoding="utf-8")
    with pytest.raises(ValueError, match=why):
        CSVW(str(folder / "csv-metadata.json"), validate=True).t.check_referential_integrity(strict=True)


def test_pandas_reads_the_figures_as_they_were_printed(call: Call) -> None:
    _, content = call().request("GET", f"{EDITION}figures.csv")
    _, measures = call().request("GET", f"{EDITION}measures.csv")
    frame = pd.read_csv(io.StringIO(content.removeprefix("\ufeff")), dtype=str, keep_default_na=False)
    about = pd.read_csv(io.StringIO(measures.removeprefix("\ufeff")), dtype=str, keep_default_na=False)
    own = frame[frame["in_edition"] == "yes"].set_index("measure_code")
    assert len(own) == len(about) == 71
    assert not frame.duplicated(["measure_code", "area_code", "period"]).any()
    assert ((frame["value"] == "") == (frame["absence"] != "")).all()
    assert own.loc["WCP1021", ["value", "period", "rag"]].tolist() == ["561.8", "2017-04-01/P3M", "red"]
    decimals = frame["measure_code"].map(about.set_index("measure_code")["decimals"]).astype(int)
    printed = frame["value"].str.partition(".")[2].str.len()
    assert (printed[frame["value"] != ""] == decimals[frame["value"] != ""]).all()


def test_json_says_the_same_as_csv_to_the_last_digit(call: Call) -> None:
    _, content = call().request("GET", f"{EDITION}figures.csv")
    found = json.loads(call().request("GET", f"{EDITION}figures.json")[1], parse_float=Decimal)
    frame = pd.read_csv(io.StringIO(content.removeprefix("\ufeff")), dtype=str, keep_default_na=False)
    assert [[_as_text(each) for each in row.values()] for row in found["figures"]] == frame.values.tolist()
    assert list(found["figures"][0]) == list(frame.columns)
    assert found["edition"]["address"] == EDITION
    assert {each["measure_code"] for each in found["measures"]} == set(frame["measure_code"])


def _as_text(cell: object) -> str:
    if cell is None or isinstance(cell, bool):
        return {None: "", True: "yes", False: "no"}[cell]
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)
