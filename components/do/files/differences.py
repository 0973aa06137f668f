"""What a paste or a file would change, row by row, before anything is written; and the button that says yes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import streamlit as st

from components.do.files import held, import_receipt
from components.do.files.held import Words
from components.frame import sign_in
from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.do.files.questions import FigureChange
from cycle.do.files.reading import Checked
from cycle.do.files.rerating import MOST, Ratings
from intake.files import problems_file
from performance.do.uploads import DiffRow, ReturnDiff, Standing
from performance.ground.incoming import RowProblem, how_many_read
from reporting.tables.rows import write_csv

_FEW = 3  # texts that are said at once, without a click
_CONFIRMED = "upload_confirmed"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OWN = [Column(title=title) for title in ("Measure", "Period", "Read as", "Now in the return", "Row")]
_FILE = [*import_receipt.COLUMNS, Column(title="Row", is_number=True)]
_PROBLEMS = [Column(title=title) for title in ("Row", "What to put right")]


def show_return(diff: ReturnDiff, *, problems_workbook: Callable[[], bytes] | None = None) -> str:
    """The rows for one return. The answer is the fingerprint of what was on screen when the button was pressed."""
    st.header("What was read", anchor=False)
    st.write(plain(f"{diff.in_words} Nothing has been written yet."))
    if found := diff.of(Standing.PROBLEM):
        _problems(_rows_with_problems(found))
        if problems_workbook is not None:
            st.download_button(
                "Download the workbook with its problems", data=problems_workbook,
                file_name=f"{diff.period.in_words} figures with problems.xlsx", mime=_WORKBOOK, on_click="ignore",
                key="upload_problems",
            )  # fmt: skip
    for standing in (Standing.CHANGED, Standing.NEW, Standing.SAME):
        _own_rows(diff.of(standing), standing)
    count = len(diff.to_put)
    if not count:
        st.info("There is nothing to put into your return.")
        return ""
    left = f" Rows with problems are left out: {len(found)}." if found else ""
    st.write(plain(f"They go into your return as if you had typed them. You check and submit them there.{left}"))
    return _confirm(f"Put {_many(count, 'figure')} into my return", diff.fingerprint)


def show_file(checked: Checked, *, name: str) -> tuple[str, Words]:
    """The rows of a figures file. The answer is the fingerprint of what was on screen when the button was pressed, and
    what was said of the rows that wait for a word.
    """
    report = checked.report
    st.header("What was read", anchor=False)
    st.write(plain(f"{report.in_words} Nothing has been written yet."))
    wrong = [problem for problem in report.refused if problem.waits_for is None]
    if wrong:
        _problems([(problem.row, _said(problem)) for problem in wrong])
    if report.refused:
        _refused_file(checked, name)
    if readings := checked.read.readings:
        with st.expander(plain(how_many_read(readings)), expanded=len(readings) <= _FEW):
            st.text("\n".join(each.in_words for each in readings[:MOST]))
            _say_more(len(readings))
    revised = [change for change in report.changes if change.before is not None]
    new = [change for change in report.changes if change.before is None]
    row_of = partial(_file_row, names=checked.area_names, ratings=checked.ratings)
    words = held.ask(report.held, columns=_FILE, row_of=row_of, name=report.fingerprint[:16])
    held.show_said(report.questioned)
    _file_rows(revised, "Changed", row_of)
    _file_rows(new, "New", row_of)
    count = len(report.changes) + words.let_in(report.held)
    if not count:
        st.info("There is nothing to bring in." if not report.held else "Nothing is brought in until you say so above.")
        return "", words
    if report.returns:
        st.write(
            plain(f"Open returns they become part of, for the service to check and submit: {_listed(report.returns)}.")
        )
    if left := len({problem.row for problem in report.refused}) - words.let_in(report.held):
        st.write(f"Rows left out: {left:,}.")
    return _confirm(f"Bring in {_many(count, 'figure')}", report.fingerprint), words


def refuse(sentence: str) -> None:
    """The block or file could not be read at all."""
    council = sign_in.arrive().council["council_name"]
    st.set_page_config(page_title=f"Error: Paste or upload - Performance - {council}")
    st.error(plain(sentence if sentence.endswith(".") else f"{sentence}."))


def _own_rows(rows: Sequence[DiffRow], standing: Standing) -> None:
    if not rows:
        return
    with st.expander(plain(f"{standing.in_words}: {_many(len(rows), 'row')}"), expanded=standing is not Standing.SAME):
        lines = [
            [f"{row.title} ({row.code})", row.period, _read_as(row), row.before or "Nothing", str(row.row)]
            for row in rows[:MOST]
        ]
        html_table.plain(f"{standing.in_words} rows", _OWN, lines)
        _say_more(len(rows))
        asked = [f"{row.title}: {row.said}" for row in rows[:MOST] if row.said]
        if asked:
            st.write("On My return you will be asked about:")
            st.text("\n".join(asked))


def _read_as(row: DiffRow) -> str:
    return row.after if row.after == row.typed or not row.typed else f"{row.typed}, read as {row.after}"


def _file_rows(changes: Sequence[FigureChange], title: str, row_of: Callable[[FigureChange], list[str]]) -> None:
    if not changes:
        return
    with st.expander(plain(f"{title}: {_many(len(changes), 'row')}"), expanded=len(changes) <= MOST):
        html_table.plain(f"{title} rows", _FILE, [row_of(each) for each in changes[:MOST]])
        _say_more(len(changes))


def _file_row(change: FigureChange, *, names: Mapping[str, str], ratings: Ratings) -> list[str]:
    return [*import_receipt.row(change, names=names, ratings=ratings), f"{change.row:,}"]


def _problems(rows: Sequence[tuple[int, str]]) -> None:
    many = len({row for row, _ in rows})
    st.error(plain(f"{_many(many, 'row')} cannot be read as it stands." if many == 1
             else f"{_many(many, 'row')} cannot be read as they stand."))  # fmt: skip
    html_table.plain("What to put right", _PROBLEMS, [[str(row or "–"), said] for row, said in rows[:MOST]])
    _say_more(len(rows))


def _refused_file(checked: Checked, name: str) -> None:
    is_workbook = name.casefold().endswith(".xlsx")
    stem = name.rpartition(".")[0] or name or "pasted"

    def built() -> bytes:
        rows = problems_file.with_problems(checked.table, checked.report.refused)
        return problems_file.as_workbook(rows) if is_workbook else write_csv(rows[0], rows[1:])

    st.download_button(
        "Download the file with its problems", data=built,
        file_name=f"{stem} with problems.{'xlsx' if is_workbook else 'csv'}",
        mime=_WORKBOOK if is_workbook else "text/csv", on_click="ignore", key="upload_problems",
    )  # fmt: skip


def _rows_with_problems(rows: Iterable[DiffRow]) -> list[tuple[int, str]]:
    return [(row.row, f"{row.title}: {row.said}" if row.title else _sentence(row.said)) for row in rows]


def _said(problem: RowProblem) -> str:
    column = problem.column.replace("_", " ")
    return f"{column}: {problem.message}" if column and not problem.message.startswith(column) else problem.message


def _sentence(said: str) -> str:
    whole = said if said.endswith((".", "?")) else f"{said}."
    return whole[:1].upper() + whole[1:]


def _confirm(label: str, fingerprint: str) -> str:
    st.button(plain(label), type="primary", key="upload_confirm", on_click=_confirmed, args=(fingerprint,))
    confirmed: str = st.session_state.pop(_CONFIRMED, "")
    return confirmed


def _confirmed(fingerprint: str) -> None:
    """Streamlit hands over what the button was drawn with: what the person saw, whatever has happened since."""
    st.session_state[_CONFIRMED] = fingerprint


def _say_more(rows: int) -> None:
    if rows > MOST:
        st.write(f"... and {rows - MOST:,} more.")


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _listed(references: Sequence[str]) -> str:
    more = f" and {len(references) - 8} more" if len(references) > 8 else ""
    return ", ".join(references[:8]) + more
