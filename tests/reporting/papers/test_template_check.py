"""Files that somebody brings as a template: the supplied ones are taken, and nothing that runs, fetches or bursts."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from pptx import Presentation

from performance.report.templates import CABINET_PACK, KINDS, Kind, Program
from reporting.papers.specimen import written
from reporting.papers.template_check import BadTemplateError, demand_good, ours

EVERY_ONE = pytest.mark.parametrize(
    ("kind", "program"), [(kind, program) for kind in KINDS.values() for program in kind.programs],
    ids=lambda each: each.key if isinstance(each, Kind) else each.value,
)  # fmt: skip
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@EVERY_ONE
def test_every_supplied_template_is_taken_and_gives_an_example(kind: Kind, program: Program) -> None:
    template = ours(kind, program)
    assert demand_good(template, kind=kind, program=program) == ()
    made = _parts(written(kind, program, template))
    assert not any(b"{{" in content for name, content in made.items() if name.endswith(".xml"))


def refusal(content: bytes, program: Program = Program.WORD) -> str:
    with pytest.raises(BadTemplateError) as refused:
        demand_good(content, kind=CABINET_PACK, program=program)
    assert all(problem.endswith((".", "?")) for problem in refused.value.problems)
    return str(refused.value)


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(program: Program = Program.WORD, **changed: bytes) -> bytes:
    """The supplied template with parts added or put in the place of others; double underscores stand for slashes."""
    parts = _parts(ours(CABINET_PACK, program)) | {
        name.replace("__", "/").replace("_dot_", "."): content for name, content in changed.items()
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_what_is_no_file_of_the_program_is_named() -> None:
    assert refusal(b"hello") == "It is not a Word file (.docx)."
    assert refusal(ours(CABINET_PACK, Program.EXCEL), Program.POWERPOINT) == "It is not a PowerPoint file (.pptx)."
    assert refusal(ours(CABINET_PACK, Program.WORD), Program.EXCEL) == "It is not an Excel file (.xlsx)."
    assert "password" in refusal(b"\xd0\xcf\x11\xe0 an old one")
    assert refusal(b"") == "It is not a Word file (.docx)."


def test_a_damaged_file_is_refused() -> None:
    whole = ours(CABINET_PACK, Program.WORD)
    assert "It is not a Word file" in refusal(whole[:-200])
    assert "damaged" in refusal(with_parts(word__document_dot_xml=b"<w:document"))
    assert "not read here" in refusal(with_parts(word__document_dot_xml=b"<w/>"))
    spoilt = bytearray(whole)
    spoilt[whole.index(b"word/document.xml") + 40] ^= 0xFF
    assert refusal(bytes(spoilt))


def test_what_runs_is_refused() -> None:
    assert "macros" in refusal(with_parts(word__vbaProject_dot_bin=b"x"))
    assert "macros" in refusal(with_parts(word__embeddings__oleObject1_dot_bin=b"x"))
    assert "macros" in refusal(with_parts(Program.EXCEL, xl__activeX__activeX1_dot_xml=b"<x/>"), Program.EXCEL)


def test_what_fetches_is_refused_and_a_link_to_follow_is_not() -> None:
    fetched = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        f' Type="{RELS}/attachedTemplate" Target="http://example.org/t.dotm" TargetMode="External"/></Relationships>'
    )
    assert "fetches something from outside itself: http://example.org/t.dotm" in refusal(
        with_parts(word___rels__settings_dot_xml_dot_rels=fetched.encode())
    )
    made = docx.Document(BytesIO(ours(CABINET_PACK, Program.WORD)))
    made.part.relate_to("https://example.org", f"{RELS}/hyperlink", is_external=True)
    out = BytesIO()
    made.save(out)
    assert demand_good(out.getvalue(), kind=CABINET_PACK, program=Program.WORD) == ()


FIELD = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:fldChar w:fldCharType=
"begin"/></w:r><w:r><w:instrText> {one}</w:instrText></w:r><w:r><w:instrText>{other} </w:instrText></w:r><w:r>
<w:fldChar w:fldCharType="end"/></w:r></w:p>"""


def with_field(one: str, other: str) -> bytes:
    made = docx.Document(BytesIO(ours(CABINET_PACK, Program.WORD)))
    made.element.body.insert(0, parse_xml(FIELD.format(one=one, other=other)))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("one", "other"),
    [("DDE", "AUTO c:\\\\cmd.exe"), ("INCLUDEPICTURE ", "&quot;http://evil&quot;"), ("link", " x"), ("DATABASE", "")],
)
def test_a_field_that_asks_outside_is_refused_however_it_is_cut(one: str, other: str) -> None:
    assert "It has the field" in refusal(with_field(one, other))


def test_fields_of_pages_and_contents_are_not() -> None:
    for asked in (("PA", "GE"), ("TOC ", "\\o"), ("STYLE", "REF Title")):
        demand_good(with_field(*asked), kind=CABINET_PACK, program=Program.WORD)


@pytest.mark.parametrize("kind", ["oleObject", "aFChunk", "control", "vbaProject"])
def test_what_runs_is_found_by_what_it_is_to_the_document_whatever_it_is_called(kind: str) -> None:
    made = docx.Document(BytesIO(ours(CABINET_PACK, Program.WORD)))
    part = Part(PackURI("/word/pretty.bin"), "application/octet-stream", b"x", made.part.package)
    made.part.relate_to(part, f"{RELS}/{kind}")
    out = BytesIO()
    made.save(out)
    assert "macros or objects" in refusal(out.getvalue())


def test_a_link_to_a_file_and_a_button_that_starts_a_program_are_refused() -> None:
    made = Presentation(BytesIO(ours(CABINET_PACK, Program.POWERPOINT)))
    run = made.slides[0].shapes.title.text_frame.paragraphs[0].runs[0]
    run.hyperlink.address = "file:///c:/windows/system32/calc.exe"
    out = BytesIO()
    made.save(out)
    assert "which is no address of the web" in refusal(out.getvalue(), Program.POWERPOINT)
    run.hyperlink.address = "https://example.org"
    run._r.rPr.hlinkClick.set("action", "ppaction://program")
    out = BytesIO()
    made.save(out)
    assert "starts a program" in refusal(out.getvalue(), Program.POWERPOINT)


def test_a_place_in_a_note_or_a_chart_is_named() -> None:
    made = Presentation(BytesIO(ours(CABINET_PACK, Program.POWERPOINT)))
    made.slides[0].notes_slide.notes_text_frame.text = "{{title}}"
    out = BytesIO()
    made.save(out)
    assert "{{title}} stands in a note" in refusal(out.getvalue(), Program.POWERPOINT)


def test_what_bursts_is_refused_unread() -> None:
    assert "would unpack to" in refusal(with_parts(word__media__big_dot_png=b"0" * 60_000_000))
    assert "larger than 10 MB" in refusal(b"PK" + b"x" * 10_000_001)


def test_an_entity_is_not_followed() -> None:
    parts = _parts(ours(CABINET_PACK, Program.WORD))
    text = parts["word/document.xml"].decode()
    begun = text.index("<w:document")
    wild = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>{text[begun:]}'
    try:
        demand_good(
            with_parts(word__document_dot_xml=wild.replace("{{title}}", "&e;").encode()),
            kind=CABINET_PACK, program=Program.WORD,
        )  # fmt: skip
    except BadTemplateError:
        return
    made = docx.Document(BytesIO(with_parts(word__document_dot_xml=wild.replace("{{title}}", "&e;").encode())))
    assert Path("/etc/hostname").read_text().strip() not in "\n".join(each.text for each in made.paragraphs)


def test_a_part_that_stands_in_a_table_or_above_the_page_is_named() -> None:
    made = docx.Document(BytesIO(ours(CABINET_PACK, Program.WORD)))
    made.sections[0].header.paragraphs[0].text = "{{finance}}"
    for each in made.paragraphs:
        if each.text == "{{finance}}":
            each.text = ""
    out = BytesIO()
    made.save(out)
    assert "{{finance}} stands in a table, a box, a content control, a layout, or above or below the page" in refusal(
        out.getvalue()
    )
