"""Templates are kept for a paper and a program, by those who make reports; two do not overwrite one another."""

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from io import BytesIO

import docx
import pytest

from cycle.ground.templates import looks_of, template_for
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


def of(content: bytes) -> str:
    return sha256(content).hexdigest()


@cache
def another() -> bytes:
    made = docx.Document(BytesIO(OURS))
    made.add_paragraph("Ask the policy team.")
    out = BytesIO()
    made.save(out)
    return out.getvalue()


DIGEST = of(OURS)


@pytest.fixture
def officer(database_on_both: str) -> Iterator[User]:
    add_council()
    yield a_user("officer", Role.POLICY_OFFICER)
    with reading() as session:
        assert [*list_breaks(session), *list_deeds_without_rows(session)] == []
        assert not [each for each in list_differences(session) if "template" in str(each)]


def put(officer: User, *, seen: str = "", name: str = "council.docx", content: bytes = OURS) -> templates.Kept:
    return templates.put_template(
        CABINET_PACK, Program.WORD, name=name, content=content, seen=seen, by=officer
    )  # fmt: skip


def test_what_is_kept_is_what_papers_are_written_into(officer: User) -> None:
    assert template_for(CABINET_PACK, Program.WORD, by=officer) is None
    assert put(officer).left_out == ()
    (kept,) = templates.list_templates(by=officer).values()
    assert (kept.file_name, kept.size, kept.uploaded_by, kept.sha256) == ("council.docx", len(OURS), "officer", DIGEST)
    for reader in (officer, a_user("member", Role.COUNCILLOR), None):
        assert template_for(CABINET_PACK, Program.WORD, by=reader) == OURS
    assert template_for(CABINET_PACK, Program.POWERPOINT, by=officer) is None
    assert template_for(BRIEF, Program.WORD, by=officer) is None


def test_another_takes_its_place_and_ours_comes_back(officer: User) -> None:
    put(officer)
    other = another()
    put(officer, seen=DIGEST, name="x" * 300 + ".docx", content=other)
    (kept,) = templates.list_templates(by=officer).values()
    assert (kept.sha256, len(kept.file_name), kept.file_name[-5:]) == (of(other), LONGEST_FILE_NAME, ".docx")
    templates.take_back(CABINET_PACK, Program.WORD, seen=of(other), by=officer)
    assert templates.list_templates(by=officer) == {}
    assert template_for(CABINET_PACK, Program.WORD, by=officer) is None


def test_of_two_who_bring_one_the_second_is_told(officer: User) -> None:
    put(officer)
    for stale in ("", of(another())):
        with pytest.raises(TemplateMovedError):
            put(officer, seen=stale, content=another())
    with pytest.raises(TemplateMovedError):
        templates.take_back(CABINET_PACK, Program.WORD, seen=of(another()), by=officer)
    with pytest.raises(TemplateMovedError):
        templates.take_back(BRIEF, Program.WORD, seen="", by=officer)
    assert template_for(CABINET_PACK, Program.WORD, by=officer) == OURS


def test_a_file_that_cannot_be_used_changes_nothing(officer: User) -> None:
    put(officer)
    with pytest.raises(TemplateRefusedError) as refusal:
        put(officer, seen=DIGEST, content=b"hello")
    assert refusal.value.problems == ("It is not a Word file (.docx).",)
    assert template_for(CABINET_PACK, Program.WORD, by=officer) == OURS


def test_the_wrong_role_is_refused_before_its_file_is_opened(officer: User) -> None:
    for role in (Role.COUNCILLOR, Role.LEADERSHIP, Role.SERVICE_MANAGER):
        with pytest.raises(NotAllowedError):
            put(a_user(role.value, role), content=b"hello")


def test_what_was_done_is_on_record_with_the_digest_and_no_name(officer: User) -> None:
    put(officer, name="secret-name.docx")
    templates.take_back(CABINET_PACK, Program.WORD, seen=DIGEST, by=officer)
    with reading() as session:
        events = [each for each in list_events(session) if each.subject.startswith("template of")]
    assert [(each.verb, each.username) for each in events] == [
        ("put template", "officer"), ("take template back", "officer"),
    ]  # fmt: skip
    assert {each.subject for each in events} == {"template of cabinet-pack for Word"}
    assert "secret-name" not in json.dumps([each.after for each in events], default=str)


def test_one_that_follows_one_that_was_taken_back_is_another(officer: User) -> None:
    put(officer)
    first = looks_of(CABINET_PACK, by=officer)
    templates.take_back(CABINET_PACK, Program.WORD, seen=DIGEST, by=officer)
    put(officer, content=another())
    assert looks_of(CABINET_PACK, by=officer) != first
    with pytest.raises(TemplateMovedError):  # who saw the first does not put theirs over the second
        put(officer, seen=DIGEST)
