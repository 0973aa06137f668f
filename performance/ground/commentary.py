"""Commentary: what happened, why, and what next; kept as one text that reads the same in a file."""

import re
from dataclasses import dataclass, fields, replace

from performance.ground.days import as_written

LONGEST = 600  # characters in all (design: three short answers, not one essay)

_LABELS = {
    "what_happened": "What happened",
    "why": "Why",
    "what_next": "What next",
    "who": "Who",
    "by_when": "By when",
    "back_on_track": "Back on track",
    "confirmed": "Confirmed as right",
}
_LABEL = re.compile(rf"^({'|'.join(_LABELS.values())}): ", re.MULTILINE)
_DATES = frozenset({"by_when", "back_on_track"})
_FIELD_OF = {label: field for field, label in _LABELS.items()}


@dataclass(frozen=True, kw_only=True)
class Commentary:
    """The four answers of whoever knows the figure: what happened, why, what next (who, by when), when back on track.

    `confirmed` says why an unusual figure is right.
    """

    what_happened: str = ""
    why: str = ""
    what_next: str = ""
    who: str = ""
    by_when: str = ""
    back_on_track: str = ""
    confirmed: str = ""

    @property
    def as_written(self) -> "Commentary":
        """The same, with its dates as the council writes them, however they were typed."""
        return replace(self, **{name: as_written(getattr(self, name)) for name in _DATES})

    @property
    def text(self) -> str:
        """One text, an answer a line with its question, dates in words; empty where nothing was said."""
        written = self.as_written
        answers = {each.name: getattr(written, each.name).strip() for each in fields(self)}
        return "\n".join(f"{_LABELS[name]}: {answer}" for name, answer in answers.items() if answer)

    @property
    def story(self) -> str:
        """The text without the confirmation: what is told of the figure."""
        return replace(self, confirmed="").text

    @property
    def next_in_words(self) -> str:
        """ "Hire two lorries (Waste Manager, by 30 November 2017)"; empty where nothing is to be done."""
        if not self.what_next:
            return ""
        named = ", ".join(filter(None, (self.who, f"by {self.by_when}" if self.by_when else "")))
        return f"{self.what_next.rstrip('.')} ({named})" if named else self.what_next.rstrip(".")

    @classmethod
    def names(cls) -> frozenset[str]:
        """The fields there are, by name."""
        return frozenset(each.name for each in fields(cls))

    @property
    def length(self) -> int:
        """The characters a person typed, but for the two dates: in words those are longer than they were typed."""
        return sum(len(getattr(self, name).strip()) for name in self.names() - _DATES)


def read_commentary(text: str) -> Commentary:
    """The answers in a text; one without our questions (an import's) is all about what happened."""
    first, *rest = _LABEL.split(text)
    answers = {_FIELD_OF[label]: answer.strip() for label, answer in zip(rest[::2], rest[1::2], strict=True)}
    if first.strip():
        answers["what_happened"] = "\n".join(filter(None, (first.strip(), answers.get("what_happened", ""))))
    return Commentary(**answers)
