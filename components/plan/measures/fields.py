"""A measure's fields as the setup sheet has them: the same columns, words and notes for the form as for the file."""

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from components.parts import afresh
from components.parts.markup import plain
from performance.admin.setup_columns import SETUP_SHEETS, Column
from performance.ground.measures import CommentaryRule, Measure

_FIELDS = {"measure_code": "code", "organisation_unit": "unit_code", "objective": "objective_code"}
# Written in the methodology's own form.
_ELSEWHERE = {
    "rationale", "definition", "formula", "source", "collection_method", "polarity_note", "quality_notes",
    "target_basis", "methodology", "methodology_reviewed_on", "replaces", "illustrative",
}  # fmt: skip
# What a copy never takes over.
_OWN = ("measure_code", "title", "active_from", "active_to", "replaces", "median_of")
# Choices whose own words say more than their codes.
_WORDS: Mapping[str, Mapping[str, str]] = {"commentary_rule": {str(each): each.in_words for each in CommentaryRule}}
_COLUMNS = SETUP_SHEETS["measures"].columns


def typed_of(measure: Measure) -> dict[str, str]:
    """The measure as a row of the sheet."""
    return {each.name: _as_text(getattr(measure, _FIELDS.get(each.name, each.name))) for each in _COLUMNS}


def fields_of(measure: Measure, touched: Collection[str]) -> dict[str, Any]:
    """The measure's fields behind the columns that were touched, as they were read."""
    names = [_FIELDS.get(column, column) for column in touched]
    return {name: getattr(measure, name) for name in names}


def ask(
    measure: Measure | None, about: str, offers: Mapping[str, Mapping[str, str]], *, is_new: bool = False
) -> dict[str, str]:
    """Every field to fill in, those of the methodology left out; the answer is a row of the sheet.

    A new measure may begin as a copy: it has its own code and title to be typed, and a life of its own.
    """
    before = typed_of(measure) if measure else {each.name: "" for each in _COLUMNS}
    if is_new:
        before |= dict.fromkeys(_OWN, "")
    asked = [each for each in _COLUMNS if each.name not in _ELSEWHERE and (is_new or each.name != "measure_code")]
    places = st.columns(2)
    typed = dict(before)
    for number, column in enumerate(asked):
        with places[number % 2]:
            typed[column.name] = _ask(column, before[column.name], afresh.key(column.name, about), offers)
    return typed


def _ask(column: Column, before: str, key: str, offers: Mapping[str, Mapping[str, str]]) -> str:
    label = column.name.replace("_", " ").capitalize() + ("" if column.is_required else " (may be empty)")
    if column.choices or column.codes_of in offers:
        words = offers.get(column.codes_of) or _WORDS.get(column.name) or _plain_words(column)
        options = [*([] if column.is_required else [""]), *words]
        index = options.index(before) if before in options else 0
        return st.selectbox(plain(label), options, index=index, format_func=lambda code: words.get(code, "–"), key=key)
    typed: str = st.text_input(plain(label), value=before, key=key, autocomplete="off", placeholder=column.example)
    return typed


def _plain_words(column: Column) -> dict[str, str]:
    return {choice: choice.replace("_", " ") for choice in column.choices}


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(getattr(value, "value", value))
