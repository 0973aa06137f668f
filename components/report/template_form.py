"""One template: what may stand in it, the files to take away, and the one that is brought back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from components.frame import notice, page, pick
from components.parts.markup import plain
from components.report.template_list import in_words
from cycle.report.templates import TemplateError, TemplateRefusedError
from performance.report.templates import KINDS, WHOLE, Kind, Program, Template

_HOW = {
    Program.WORD: "Change its styles (Heading 1, Normal, Table Grid, Small print …), page, headers and footers, and add"
    " pictures and words. A part takes a line of its own; move it, or delete it, as you like.",
    Program.POWERPOINT: "Change its slide master and layouts, and add slides. A slide with the name of a part gives way"
    " to the slides of that part; move it, or delete it, as you like.",
    Program.EXCEL: "On the sheet Looks change how each cell looks: every cell of its kind will look so. Make of the"
    " sheet Cover what you like: it comes first in each workbook.",
}
_ATTEMPT = "template_attempt"


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A file as it was handed in, and the digest of the template that was in use when the page showed it: empty for the
    supplied one."""

    name: str
    content: bytes
    seen: str


def choose() -> tuple[Kind, Program]:
    """Which paper, for which program. Raises NothingThereError."""
    st.header("Restyle one", anchor=False)
    key = pick.one("Report", KINDS, name="paper", words=lambda each: KINDS[each].name, clears=("program",))
    programs = {each.value: each.in_words for each in KINDS[key].programs}
    program = pick.switch("Program", programs, name="program")
    return KINDS[key], Program(program)


def explain(kind: Kind, program: Program) -> None:
    """What may be changed, and the names that may stand in it."""
    st.write(plain(_HOW[program]))
    if kind.fits_one_side and program is Program.WORD:
        st.write("The supplied page is made to fit one side; a restyled one takes as many as its letters need.")
    with st.expander("What it may ask for"):
        st.text(f"In any line: {_braced(kind.fields)}")
        if program is not Program.EXCEL:
            st.text(f"On a line of its own: {_braced(kind.parts)}; or {_braced((WHOLE,))} for {_whole(kind, program)}")


def offer(kind: Kind, program: Program, current: Template | None, *, file: Callable[[], bytes | None]) -> None:
    """The template there is, ours, and an example written into the one there is."""
    st.text(f"In use now: {in_words(current) if current else 'the supplied one'}.")
    ways: dict[str, tuple[str, Callable[[], bytes]]] = {}
    if current:
        ways["now"] = ("Download the one in use", lambda: file() or b"")
    ways["ours"] = ("Download the supplied one", partial(_ours, kind, program))
    ways["example"] = ("Download an example", lambda: _example(kind, program, file()))
    with st.container(horizontal=True):
        for name, (label, content) in ways.items():
            st.download_button(
                plain(label), data=content, mime=program.mime, on_click="ignore", key=f"template-{name}",
                file_name=f"{kind.key}-{name}.{program.value}",
            )  # fmt: skip


def bring(kind: Kind, program: Program, current: Template | None) -> Brought | None:
    """The restyled file, once it is handed in."""
    attempt = st.session_state.get(_ATTEMPT, 0)
    with st.form(f"bring-{kind.key}-{program.value}-{attempt}", border=False):
        given = st.file_uploader(plain(f"The restyled template for {program.in_words} (.{program.value})"))
        pressed = st.form_submit_button("Use it from now on", type="primary")
    if pressed and given is None:
        st.warning("Choose the file first: nothing is changed.")
    seen = _seen(kind, program, current, pressed=pressed)
    return Brought(name=given.name, content=given.getvalue(), seen=seen) if pressed and given else None


def ask_for_ours(current: Template) -> str | None:
    """The digest of the one in whose place the supplied one is to be used again, if so."""
    with st.expander("Use the supplied one again"):
        st.text(f"{current.file_name} is not kept then. Download it first if you may want it back.")
        pressed = st.button("Use the supplied one again", key="template-ours-again")
    return _seen(current.kind, current.program, current, pressed=pressed) if pressed else None


def finish(kind: Kind, program: Program, left_out: tuple[str, ...]) -> None:
    """What is written into it from now on; and what is not, since nothing asks for it."""
    st.session_state[_ATTEMPT] = st.session_state.get(_ATTEMPT, 0) + 1
    said = f"{kind.name} for {program.in_words} is written into it from now on."
    missing = f" It leaves out: {'; '.join(left_out)}." if left_out else ""
    notice.keep(said + missing)
    st.rerun()


def refuse(refusal: TemplateError) -> None:
    """Each problem on a line of its own; the template in use stays."""
    if not isinstance(refusal, TemplateRefusedError):
        page.refuse(refusal)
        return
    with st.container(border=True):
        st.warning("The template in use stays as it is. Mend the file, and bring it again:")
        for each in refusal.problems:
            st.text(each)


def _seen(kind: Kind, program: Program, current: Template | None, *, pressed: bool) -> str:
    """Which one stood on the page when somebody pressed: it may be another by now."""
    key, now = f"template-seen-{kind.key}-{program.value}", current.sha256 if current else ""
    before = str(st.session_state.get(key, now))
    st.session_state[key] = now
    return before if pressed else now


def _whole(kind: Kind, program: Program) -> str:
    left = kind.looked_up if program is Program.POWERPOINT else ()
    return f"all but {_braced(left)}, for which no slide has room" if left else "all of them"


def _braced(names: tuple[str, ...]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names)


def _ours(kind: Kind, program: Program) -> bytes:
    # Whoever takes nothing away does not wait for what makes documents.
    from reporting.papers.template_check import ours

    return ours(kind, program)


def _example(kind: Kind, program: Program, template: bytes | None) -> bytes:
    from reporting.papers.specimen import written

    return written(kind, program, template)
