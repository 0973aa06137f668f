"""The texts of the help, read from the files beside this one: parts with a title, paragraphs and steps.

A part begins with `## Title`, and with `| PERMISSION` after it is for those alone who have that; so is a line, which
`| not PERMISSION` keeps for those without. Each line is a paragraph; one that begins with `1. ` is a step. `[[Page]]`
stands for the page of that title, `{name}` for a value.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from components.parts.words import glossary
from performance.ground.people import Permission, Role, User

LINK = re.compile(r"\[\[(.+?)\]\]")
VALUE = re.compile(r"{(\w+)}")
STEP = "1. "
_IF, _NOT = " | ", "not "


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the help; `needs` is what somebody has to be allowed for it to be of use to them."""

    title: str
    lines: tuple[str, ...]
    needs: Permission | None = None

    def filled(self, values: Mapping[str, str]) -> "Part":
        """With the council's own numbers in their places. Raises KeyError for a value there is not."""
        return replace(self, lines=tuple(VALUE.sub(lambda found: values[found[1]], line) for line in self.lines))

    def read_by(self, user: User) -> "Part":
        """With the lines alone that are for this person, and without what says for whom they are."""
        found = [text for text, *conditions in (line.split(_IF) for line in self.lines) if _all_true(conditions, user)]
        return replace(self, lines=tuple(found))

    def holds(self, words: str) -> bool:
        """Whether all of the words stand in it, as its reader sees it; no words stand in everything."""
        text = LINK.sub(r"\1", " ".join((self.title, *self.lines))).casefold()
        return all(word in text for word in words.casefold().split())


def roles_of(user: User) -> list[Part]:
    """What somebody does here, a part for each of their roles."""
    held = {part.title: part for part in in_file("roles")}
    return [replace(held[role.value], title=role.in_words) for role in Role if role in user.roles]


def questions_of(user: User) -> list[Part]:
    return [part.read_by(user) for part in in_file("questions") if part.needs is None or user.may(part.needs)]


def words() -> list[Part]:
    """The glossary, by the alphabet."""
    return [Part(title=word, lines=(sentence,)) for word, sentence in glossary.sentences().items()]


@cache
def in_file(name: str) -> tuple[Part, ...]:
    """Every part of a file, in its order."""
    text = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8")
    return tuple(_part(each) for each in text.split("## ")[1:])


def _part(text: str) -> Part:
    head, *lines = text.strip().splitlines()
    title, _, needs = head.partition(_IF)
    return Part(title=title, lines=tuple(lines), needs=Permission[needs] if needs else None)


def _all_true(conditions: Iterable[str], user: User) -> bool:
    return all(user.may(Permission[each.removeprefix(_NOT)]) is not each.startswith(_NOT) for each in conditions)
