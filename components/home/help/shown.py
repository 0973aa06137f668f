"""Help, drawn: what is searched for, or all of it."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

import streamlit as st

import settings
from components.frame import navigation, pick, sign_in
from components.home.help import texts
from components.home.help.texts import LINK, STEP, Part
from components.parts import asset
from components.parts.markup import plain
from performance.do.calendar import lock_in_words
from performance.ground.people import GIVEN, User

_STYLE = asset.style(__file__)


def show(user: User) -> None:
    """The box first, then what there is for this person; a sentence where the words stand nowhere."""
    sought = pick.text("Find in the help", name="find", placeholder="A word of a question or an answer")
    values = values_of(sign_in.arrive().council)
    steps, questions, words = (
        [each for part in found if (each := part.filled(values)).holds(sought)]
        for found in (texts.roles_of(user), texts.questions_of(user), texts.words())
    )
    if not (steps or questions or words):
        st.write(plain(f"Nothing in the help has “{sought}” in it. Try another word, or fewer."))
    if not user.roles:
        st.write(plain(f"You have no role at the moment. {GIVEN}"))
    _section("What you do here", steps, user)
    _section("Questions and answers", questions, user)
    _glossary(words)


def values_of(council: Mapping[str, str]) -> dict[str, str]:
    """The council's own numbers, in the words around them, for the places that the texts leave open."""
    days, chance, few = council["lock_after_working_days"], council["slim_chance"], council["small_number_threshold"]
    return {
        "default_tolerance": council["default_tolerance"],
        "given": GIVEN,
        "lock": lock_in_words(int(days) if days else None),
        "reds": f"red in {_many(council['reds_running'], 'period')}{_running(council['reds_running'])}",
        "back": f"green in {_many(council['periods_back'], 'period')}{_running(council['periods_back'])}",
        "slim": f", or when its chance of the year's target is under {chance}%" if chance != "0" else "",
        "hidden": _hidden(int(few)),
        "hours": str(settings.SIGN_IN.session_hours),
        "mail": _mail(),
    }


def _hidden(threshold: int) -> str:
    if threshold <= 1:
        return (
            "Here no number is hidden for being small. Where whoever publishes a figure hides it to protect people, "
            "the page says so."
        )
    counts = "1 person" if threshold == 2 else f"1 to {threshold - 1} people"
    return (
        f"{counts} in a ward could be recognised, so such numbers are not shown but to the service that submits them "
        "and the BI team. Others are hidden with them, so that nobody can work one out from a total. A hidden number "
        "need not be a small one."
    )


def _mail() -> str:
    if not settings.is_mail_on():
        return "You get none: this council sends no mail. What is new for you stands on [[Home]]."
    return "Yes: at the foot of [[Home]] you can turn your mail off. What it would say stands on Home in any case."


def _many(number: str, noun: str) -> str:
    return f"1 {noun}" if number == "1" else f"{number} {noun}s"


def _running(number: str) -> str:
    return "" if number == "1" else " running"


def _section(title: str, parts: Sequence[Part], user: User) -> None:
    if parts:
        drawn = "".join(f"<h3>{escape(each.title)}</h3>{in_html(each, user)}" for each in parts)
        st.html(f'{_STYLE}<div class="help"><h2>{title}</h2>{drawn}</div>')


def _glossary(parts: Sequence[Part]) -> None:
    if parts:
        drawn = "".join(f"<dt>{escape(each.title)}</dt><dd>{escape(' '.join(each.lines))}</dd>" for each in parts)
        st.html(f'{_STYLE}<div class="help"><h2>Words</h2><dl>{drawn}</dl></div>')


def in_html(part: Part, user: User) -> str:
    """Steps that follow one another are one numbered list, everything else a paragraph."""
    drawn = []
    for are_steps, lines in groupby(part.lines, key=lambda line: line.startswith(STEP)):
        if are_steps:
            items = "".join(f"<li>{_linked(line.removeprefix(STEP), user)}</li>" for line in lines)
            drawn.append(f"<ol>{items}</ol>")
        else:
            drawn.extend(f"<p>{_linked(line, user)}</p>" for line in lines)
    return "".join(drawn)


def _linked(line: str, user: User) -> str:
    """With a link to each page that the person may open, and the title alone of any other."""

    def page(title: str) -> str:
        entry = navigation.find_entry(title)
        return f'<a href="{entry.url_path or "./"}">{title}</a>' if user.may(entry.needs) else title

    # The texts are ours, so a page's title holds what it holds here once it is escaped, an apostrophe apart.
    parts = LINK.split(line)
    return "".join(page(part) if index % 2 else escape(part) for index, part in enumerate(parts))
