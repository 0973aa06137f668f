"""The fast grid: every figure a return asks for in one table, typed or pasted, each cell kept as soon as it is left.

The browser only shows and sends what is typed, exactly as typed. Reading it, rating it and refusing it is done by the
server, by the same parser as everywhere, so a preview can never disagree with what is submitted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from components.do.returns import half_typed
from components.do.returns.half_typed import HalfTyped, key_of
from components.frame import problems
from components.parts import rating
from performance.do.answers import CheckedLine, CheckedReturn
from performance.do.read_answer import boxes_of, label_of, unit_hint
from performance.do.returns import MyReturn, ReturnLine
from performance.do.typed import Answer, Choice, Draft
from performance.ground.periods import day_in_words

_HERE = Path(__file__)
_grid = st.components.v2.component(
    "entry_grid",
    html='<div class="entry-grid"></div>',
    css=_HERE.with_suffix(".css").read_text(),
    js=_HERE.with_suffix(".js").read_text(),
    # The errors at the top of the page lead to these boxes, as they do to those of any other form.
    isolate_styles=False,
)
_LONGEST = 200  # characters of one box; what is longer is no number
_TYPED = ("numerator", "denominator", "value", "until")


def show(checked: CheckedReturn, typed: HalfTyped) -> bool:
    """The grid; True where it holds something that the page has not kept yet."""
    return_, heard = checked.return_, typed.heard
    st.html(rating.STYLE)
    lines = sorted(checked.lines, key=lambda line: (line.measure.code not in return_.questions, not line.line.is_owed))
    answer = _grid(
        key=_key(typed),
        data={
            "key": f"{typed.username} {typed.name}",
            "caption": f"Figures of {return_.unit.name} for {return_.period.in_words}",
            "heads": ["Measure", "Target, and before", f"{return_.period.in_words} figure", "Answer", "Preview"],
            "choices": [[choice.value, choice.in_words] for choice in Choice],
            "rows": [_row(line, typed, return_, heard) for line in lines],
            "status": status(checked, typed),
        },
        default={"cells": {}},
        on_cells_change=partial(_on_change, typed),
    )
    # A browser that outlived its server tells again what it holds, before anyone types.
    return _take(typed, answer.cells)


def status(checked: CheckedReturn, typed: HalfTyped) -> str:
    """10 of 12 entered. 1 still needs commentary. Draft saved 10:42."""
    done, told = len(checked.to_submit), sum(line.is_untold for line in checked.to_submit)
    said = [f"{done} of {len(checked.lines)} entered."]
    if told:
        said.append(f"{told} still need{'s' if told == 1 else ''} commentary.")
    if typed.saved_at is not None:
        said.append(f"Draft saved {typed.saved_at.astimezone():%H:%M}.")
    return " ".join(said)


def about(line: ReturnLine) -> str:
    """What good is, in which unit, and for which period where that is not the month."""
    said = [f"{line.measure.code}. {line.measure.polarity.in_words}, {unit_hint(line.measure)}."]
    if line.period.months > 1:
        said.append(f"For {line.period.in_words}.")
    return " ".join(said)


def before(line: ReturnLine) -> str:
    """Sep 2017: 94.1%, green."""
    if line.before is None:
        return ""
    rated = line.rating_before
    word = f", {rated.in_words.lower()}" if rated is not None and rated.is_rated else ""
    return f"{line.period.previous.short}: {line.in_words(line.before)}{word}"


def due(line: ReturnLine) -> str:
    """By when it is owed and when it locks; by how much it is late, without scolding."""
    dates = line.asked.dates
    days = (line.today - dates.on_time_by).days
    if not line.is_owed:
        return line.asked.in_words
    locks = f", locks on {day_in_words(dates.locks_on)}" if dates.locks_on else ""
    return f"Late by {days} day{'' if days == 1 else 's'}{locks}"


def _due_otherwise(line: ReturnLine, return_: MyReturn) -> str:
    """The dates of a line that are not those the return begins with: one deadline is said once."""
    dates = line.asked.dates
    is_the_same = (dates.on_time_by, dates.locks_on) == (return_.on_time_by, return_.locks_on)
    return "" if is_the_same else f"{due(line)}."


def _row(line: CheckedLine, typed: HalfTyped, return_: MyReturn, heard: Mapping[str, int]) -> dict[str, Any]:
    measure, period = line.measure, line.line.period
    draft = typed.drafts[measure.code]
    return {
        "code": measure.code,
        "title": measure.title,
        "about": " ".join(filter(None, (about(line.line), _due_otherwise(line.line, return_)))),
        "target": f"Target {line.line.target_in_words}" if line.line.target else "No target",
        "before": before(line.line),
        "boxes": [_box(line, box) for box in boxes_of(measure)],
        "until": {
            "name": "until",
            "shown": "Available on, like 30/11/2017",
            "label": f"The day {measure.title} will be available",
            "css": problems.css_class(key_of("until", measure.code, period)),
        },
        "choiceLabel": f"Kind of answer, {measure.title}",
        "answer": {"choice": draft.answer.choice.value, **{box: getattr(draft.answer, box) for box in _TYPED}},
        "version": draft.version,
        "n": heard.get(measure.code, 0),
        "notes": _notes(draft, typed, return_),
        "errors": {each.field: each.message for each in line.problems if typed.attempt},
        "preview": _preview(line),
    }


def _box(line: CheckedLine, box: str) -> dict[str, str]:
    measure, label = line.measure, label_of(line.measure, box)
    alone = box == "value"
    return {
        "name": box,
        "shown": "" if alone else label,
        "label": f"{measure.title}, {unit_hint(measure)}" if alone else f"{label}, {measure.title}",
        "css": problems.css_class(key_of(box, measure.code, line.line.period)),
    }


def _notes(draft: Draft, typed: HalfTyped, return_: MyReturn) -> list[str]:
    """What the approver asked about this line, and who else is at it."""
    question = return_.questions.get(draft.answer.measure_code)
    asked = [f"{return_.decided_by} asks: {question}"] if question else []
    if draft.saved_at is None or draft.saved_by in {"", typed.username}:
        return asked
    return [*asked, f"{return_.name_of(draft.saved_by)} typed this at {draft.saved_at.astimezone():%H:%M}."]


def _preview(line: CheckedLine) -> dict[str, str]:
    """How the line was read and would be rated; before anything is checked, in words that blame nobody."""
    if line.answer.is_blank:
        return {"css": "", "rating": "", "read": "To do", "instead": ""}
    if line.figure is None:
        return {"css": "", "rating": "", "read": line.problems[0].message if line.problems else "", "instead": ""}
    read, rag = line.line.in_words(line.figure), line.rating
    wants = ". Needs commentary" if line.is_untold else ""
    takes_numbers = line.answer.choice.takes_numbers
    return {
        "css": rating.css_class(rag),
        "rating": f"{rag.shape} {rag.in_words}",
        "read": f"Read as {read}{wants}" if takes_numbers else wants.removeprefix(". "),
        "instead": "" if takes_numbers else read,
    }


def _key(typed: HalfTyped) -> str:
    return f"grid {typed.name}"


def _on_change(typed: HalfTyped) -> None:
    _take(typed, st.session_state[_key(typed)].get("cells"))


def _take(typed: HalfTyped, cells: Any) -> bool:
    """What the rows say since they were last heard; True where any of it is new."""
    has_news = False
    now = half_typed.sitting(typed.name)
    for code, cell in _well_formed(cells):
        if cell["n"] <= now.heard.get(code, 0):
            continue
        now.heard[code] = cell["n"]
        known = now.typed(code)
        if known is not None and (said := _answer(known, cell)) != known:
            now.put(said, version=cell["version"])
            has_news = True
    return has_news


def _well_formed(cells: Any) -> Sequence[tuple[str, Mapping[str, Any]]]:
    """The rows that a browser can have sent; whatever else arrives is nobody's typing."""
    if not isinstance(cells, Mapping):
        return ()
    return [
        (str(code), cell)
        for code, cell in cells.items()
        if isinstance(cell, Mapping) and isinstance(cell.get("n"), int) and isinstance(cell.get("version"), int)
    ]


def _answer(known: Answer, cell: Mapping[str, Any]) -> Answer:
    numerator, denominator, value, until = (str(cell.get(box, ""))[:_LONGEST] for box in _TYPED)
    choice = Choice(cell["choice"]) if cell.get("choice") in list(Choice) else known.choice
    return replace(known, choice=choice, numerator=numerator, denominator=denominator, value=value, until=until)
