"""Templates are kept for a paper and a program, by those who make reports; two do not overwrite one another."""

import json
from collections.abc import Iterator

import pytest

from cycle.ground.templates import template_for
from cycle.report import templates
from cycle.report.templates import TemplateMovedError, TemplateRefusedError
from data_access.store.audit import list_breaks, list_deeds_without_rows, list_events
from data_access.store.database import reading
from data_access.store.ledger import list_differences
from performance.ground.people import NotAllowedError, Role, User
from performance.report.templates import BRIEF, CABINET_PACK, LONGEST_FILE_NAME, Program
from reporting.papers.template_check import ours
from tests.builders import a_user, add_council

pytestmark = pytest.mark.usefixtures("database_on_both")
OURS = ours(CABINET_PACK, Program.WORD)


@pytest.fixture
def officer(database_on_both: str) -> Iterator[User]:
    add_council()
    yield a_user("officer", Role.POLICY_OFFICER)
    with reading() as session:
        assert [*list_breaks(session), *list_deeds_without_rows(session)] == []
        assert not [each for each in list_differences(session) if "template" in str(each)]


def put(officer: User, *, version: int = 0, name: str = "council.docx", content: bytes = OURS) -> templates.Kept:
    return templates.put_template(
        CABINET_PACK, Program.WORD, name=name, content=content, version=version, by=officer
    )  # fmt: skip


def test_what_is_kept_is_what_papers_are_written_into(officer: User) -> None:
    assert template_for(CABINET_PACK, Program.WORD, by=officer) is None
    assert put(officer).left_out == ()
    (kept,) = templates.list_templates(by=officer).values()
    assert (kept.file_name, kept.size, kept.uploaded_by, kept.version) == ("council.docx", len(OURS), "officer", 1)
    for reader in (officer, a_user("member", Role.COUNCILLOR), None):
        assert template_for(CABINET_PACK, Program.WORD, by=reader) == OURS
    assert template_for(CABINET_PACK, Program.POWERPOINT, by=officer) is None
    assert template_for(BRIEF, Program.WORD, by=officer) is None


def test_another_takes_its_place_and_ours_comes_back(officer: User) -> None:
    put(officer)
    other = ours(CABINET_PACK, Program.WORD)
    put(officer, version=1, name="x" * 300 + ".docx", content=other)
    (kept,) = templates.list_templates(by=officer).values()
    assert (kept.version, len(kept.file_name), kept.file_name[-5:]) == (2, LONGEST_FILE_NAME, ".docx")
    templates.take_back(CABINET_PACK, Program.WORD, version=2, by=officer)
    assert templates.list_templates(by=officer) == {}
    assert template_for(CABINET_PACK, Program.WORD, by=officer) is None


def test_of_two_who_bring_one_the_second_is_told(officer: User) -> None:
    put(officer)
    for stale in (0, 7):
        with pytest.raises(TemplateMovedError):
            put(officer, version=stale, content=ours(CABINET_PACK, Program.WORD))
    with pytest.raises(TemplateMovedError):
        templates.take_back(CABINET_PACK, Program.WORD, version=2, by=officer)
    with pytest.raises(TemplateMovedError):
        templates.take_back(BRIEF, Program.WORD, version=0, by=officer)
    assert template_for(CABINET_PACK, Program.WORD, by=officer) == OURS


def test_a_file_that_cannot_be_used_changes_nothing(officer: User) -> None:
    put(officer)
    with pytest.raises(TemplateRefusedError) as refusal:
        put(officer, version=1, content=b"hello")
    assert refusal.value.problems == ("It is not a Word file (.docx).",)
    assert template_for(CABINET_PACK, Program.WORD, by=officer) == OURS


def test_the_wrong_role_is_refused_before_its_file_is_opened(officer: User) -> None:
    for role in (Role.COUNCILLOR, Role.LEADERSHIP, Role.SERVICE_MANAGER):
        with pytest.raises(NotAllowedError):
            put(a_user(role.value, role), content=b"hello")


def test_what_was_done_is_on_record_with_the_digest_and_no_name(officer: User) -> None:
    put(officer, name="secret-name.docx")
    templates.take_back(CABINET_PACK, Program.WORD, version=1, by=officer)
    with reading() as session:
        events = [each for each in list_events(session) if each.subject.startswith("template of")]
    assert [(each.verb, each.username) for each in events] == [
        ("put template", "officer"), ("take template back", "officer"),
    ]  # fmt: skip
    assert {each.subject for each in events} == {"template of cabinet-pack for Word"}
    assert "secret-name" not in json.dumps([each.after for each in events], default=str)
