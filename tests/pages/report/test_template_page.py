"""Templates, as the policy officer takes one away, restyles it and brings it back; refused to everybody else."""

from io import BytesIO
from typing import Any

import docx
import pytest
from streamlit.testing.v1 import AppTest

from cycle.report import templates
from performance.ground.people import Role, User
from performance.report.templates import CABINET_PACK, PLAN, Program
from reporting.papers.template_check import ours
from tests.builders import a_user, add_council
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/report/templates.py"


@pytest.fixture
def officer(sqlite_database: str) -> User:
    add_council()
    return a_user("officer", Role.POLICY_OFFICER)


def press(app: AppTest, label: str) -> AppTest:
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def bring(app: AppTest, content: bytes, name: str = "council.docx") -> AppTest:
    app.file_uploader[0].upload(name, content)
    return press(app, "Use it from now on")


def without(part: str) -> bytes:
    made = docx.Document(BytesIO(ours(CABINET_PACK, Program.WORD)))
    (place,) = [each for each in made.paragraphs if each.text == f"{{{{{part}}}}}"]
    place.text = ""
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def test_every_report_is_listed_and_is_as_supplied_at_first(officer: User, open_page: Open) -> None:
    app = open_page(officer, PAGE)
    said = texts(app)
    for words in ("Cabinet pack", "Ward profile", "Annual report", "As supplied", "In use now: the supplied one."):
        assert words in said
    labels = [each.label for each in app.get("download_button")]
    assert labels == ["Download the supplied one", "Download an example"]
    assert "On a line of its own: {{summary}}, {{changed}}, {{reds}}" in said


def test_a_restyled_file_is_used_from_then_on_and_what_it_leaves_out_is_said(officer: User, open_page: Open) -> None:
    app = bring(open_page(officer, PAGE), without("finance"))
    said = texts(app)
    assert "Cabinet pack for Word is written into it from now on. It leaves out: finance." in said
    assert "In use now: council.docx" in said
    assert "Download the one in use" in [each.label for each in app.get("download_button")]
    assert (CABINET_PACK.key, Program.WORD) in templates.list_templates(by=officer)


def test_a_misspelt_place_is_named_and_the_one_in_use_stays(officer: User, open_page: Open) -> None:
    made = docx.Document(BytesIO(ours(CABINET_PACK, Program.WORD)))
    made.add_paragraph("{{reds *}}")
    made.add_paragraph("{{corections}}")
    out = BytesIO()
    made.save(out)
    said = texts(bring(open_page(officer, PAGE), out.getvalue()))
    assert "Did you mean {{corrections}}?" in said
    assert "The template in use stays as it is." in said
    assert templates.list_templates(by=officer) == {}


def test_nothing_chosen_is_said(officer: User, open_page: Open) -> None:
    said = texts(press(open_page(officer, PAGE), "Use it from now on"))
    assert "Choose the file first: nothing is changed." in said


def test_the_supplied_one_comes_back(officer: User, open_page: Open) -> None:
    bring(open_page(officer, PAGE), ours(CABINET_PACK, Program.WORD))
    app = press(open_page(officer, PAGE), "Use the supplied one again")
    assert "written into the supplied template again" in texts(app)
    assert templates.list_templates(by=officer) == {}


def test_somebody_else_was_faster(officer: User, open_page: Open) -> None:
    app = open_page(officer, PAGE)
    app.file_uploader[0].upload("mine.docx", without("finance"))
    content: dict[str, Any] = {"name": "theirs.docx", "content": ours(CABINET_PACK, Program.WORD), "seen": ""}
    templates.put_template(CABINET_PACK, Program.WORD, **content, by=officer)
    assert "Somebody else changed this template a moment ago" in texts(press(app, "Use it from now on"))
    (kept,) = templates.list_templates(by=officer).values()
    assert kept.file_name == "theirs.docx"
    # Now it is seen, and may be replaced.
    app.file_uploader[0].upload("mine.docx", without("finance"))
    assert "is written into it from now on" in texts(press(app, "Use it from now on"))


def test_the_address_says_which(officer: User, open_page: Open) -> None:
    app = open_page(officer, PAGE, paper=PLAN.key, program="xlsx")
    assert "On the sheet Looks change how each cell looks" in texts(app)
    app = open_page(officer, PAGE, paper="nothing")
    assert not app.exception


@pytest.mark.parametrize("role", [Role.COUNCILLOR, Role.LEADERSHIP, Role.SERVICE_MANAGER, Role.BI_TEAM])
def test_it_is_refused_to_those_who_make_no_reports(officer: User, open_page: Open, role: Role) -> None:
    app = open_page(a_user(f"a.{role.value}", role, "COUNCIL"), PAGE)
    assert not app.get("file_uploader")
