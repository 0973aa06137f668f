"""What a number format of a sheet lets a person see of a value: the value itself, or something else, which is said.

A format may write words, signs and digits of its own around a number, show it in another unit, or hide it. A cell is
read where what is shown and what is held are one number; the rest is for the person who made the sheet to put right.

Nothing of the project is imported here: the program that reads workbooks runs alone and reads this file beside it.
"""

import operator
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<blank>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<exponent>E[+-])|(?P<code>[0#?.,%/@;])|(?P<date>[dmyhsgbe])|(?P<bare>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)\s*")
_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_UNSEEN = {"white", "color2", "color 2"}
_DASHES = {"-", "\u2013", "\u2014", "\u2212"}
_GROUPED = re.compile(r"[0,]*(?:[ ']000)*")
# Words that make another number, or no number, of the one they stand beside.
_TELLING = re.compile(
    "mn|mio|mil|mln|mrd|tsd|thou|thousands?|millions?|bn|billions?|hundreds?|dozens?|lakh|crore|percent|cent|pct|pc|or|to"
    "|and|under|over|less|fewer|more|than|below|above|about|approx|est|estimated|minus|plus|not|no|nil|none|na|cr|dr"
)
_PLAIN_NUMBER = "Format it as a plain number."


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a format between semicolons, as kinds with their texts; and the numbers it is for, where it says so."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None = None
    is_unseen: bool = False

    def holds(self, number: Decimal) -> bool:
        return self.condition is not None and _HOLDS[self.condition[0]](number, self.condition[1])

    @property
    def codes(self) -> str:
        """Placeholders and their like, one sign each, without the words between them."""
        return "".join(text for kind, text in self.tokens if kind in {"code", "exponent", "general"})

    @property
    def dates(self) -> str:
        return "".join(text for kind, text in self.tokens if kind == "date").lower()

    @property
    def words(self) -> str:
        return "".join(text for kind, text in self.tokens if kind == "words").strip()


def number_shown(number: Decimal, number_format: str) -> tuple[str, str]:
    """A number as it is read, and what is wrong with it (empty when what is shown is what is held)."""
    sections = _sections(number_format or "General")
    section, is_own_negative = _section_for(number, sections)
    if section is None:
        said = f"The cell holds {plain_number(number)}, and its format may hide the minus sign. {_PLAIN_NUMBER}"
        return plain_number(number), said
    if section.is_unseen:
        return plain_number(number), _shows("", number)
    if section.dates:
        return plain_number(number), f"The cell shows a date and holds {plain_number(number)}. {_PLAIN_NUMBER}"
    if not re.search("[0#?@]|General", section.codes, re.IGNORECASE) or _leaves_out(section, number):
        return _without_digits(section, number)
    return _with_digits(section, number, is_own_negative=is_own_negative)


def text_shown(text: str, number_format: str) -> str:
    """What is wrong with a text under its format; empty where it is shown as it stands."""
    sections = _split(number_format or "General")
    if len(sections) < 4 and "@" not in sections[-1].codes:
        return ""
    section = sections[min(len(sections), 4) - 1]
    if "@" not in section.codes or section.is_unseen:
        return f"The cell shows {_quoted(section.words)} and holds the text {_quoted(text[:40])}. Format it as text."
    if section.words:
        return f"The format of the cell adds {_quoted(section.words)} to its text. Format it as text."
    return ""


def day_shown(day: str, number_format: str) -> tuple[str, str]:
    """A day, 2015-06-01, as far as its format shows it: 2015-06 for a month, 2015 for a year; and what is wrong."""
    section = _split(number_format or "General")[0]
    if "general" in section.codes.lower():
        return day, ""
    own = section.words + "".join(text for kind, text in section.tokens if kind == "calendar")
    seen = {"y" if each in "yeg" else each for each in section.dates}
    if any(map(_is_numeric, own)) or section.condition or section.is_unseen or "b" in seen:
        return day, f"The cell holds {day} and its format shows another. Format it as a plain date."
    for letters, places in (({"y", "m", "d"}, 10), ({"y", "m"}, 7), ({"y"}, 4)):
        if seen - {"h", "s"} == letters:
            return day[:places], ""
    return day, f"The cell holds {day} and shows a part of it. Format it as a date with its year, or write it as text."


def plain_number(number: Decimal, whole: int = 1, places: int = 0) -> str:
    """In figures, with the noughts that are shown: a code typed as 1.10 is the number 1.1 to the sheet."""
    before, _, after = format(abs(number), "f").partition(".")
    after = after.rstrip("0").ljust(places, "0")
    sign = "-" if number < 0 else ""
    return f"{sign}{before.zfill(whole)}.{after}" if after else f"{sign}{before.zfill(whole)}"


def _sections(number_format: str) -> list[Section]:
    """The sections that are for numbers: without the last, where that is for texts."""
    found = _split(number_format)[:4]
    if len(found) == 4 or (len(found) > 1 and "@" in found[-1].codes):
        found.pop()
    return found


@lru_cache(maxsize=256)
def _split(number_format: str) -> list[Section]:
    parts: list[list[tuple[str, str]]] = [[]]
    for match in _TOKENS.finditer(number_format):
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if kind == "code" and text == ";":
            parts.append([])
        else:
            parts[-1].append((kind, text))
    return [_section(part) for part in parts]


def _section(part: Sequence[tuple[str, str]]) -> Section:
    tokens: list[tuple[str, str]] = []
    condition, is_unseen = None, False
    for kind, text in part:
        if kind != "bracket":
            tokens.append(_token(kind, text))
        elif match := _CONDITION.fullmatch(text):
            condition = match[1], Decimal(match[2])
        elif text.startswith("$"):
            sign, _, locale = text[1:].partition("-")
            tokens += [("words", sign), ("calendar", locale if len(locale) > 4 else "")]
        elif _ELAPSED.fullmatch(text):
            tokens.append(("date", text))
        is_unseen = is_unseen or (kind == "bracket" and text.casefold() in _UNSEEN)
    return Section(tokens=tuple(tokens), condition=condition, is_unseen=is_unseen)


def _token(kind: str, text: str) -> tuple[str, str]:
    if kind == "blank":
        return "words", " "
    return ("words", text) if kind in {"quoted", "escaped", "fill", "bare"} else (kind, text)


def _section_for(number: Decimal, sections: Sequence[Section]) -> tuple[Section | None, bool]:
    """The section that a number takes, and whether it is one of negative numbers, which writes its own sign.

    None for a negative number under conditions: whether its sign is shown depends on the program.
    """
    if any(section.condition for section in sections):
        if number < 0 and len(sections) > 1:
            return None, False
        chosen = next((each for each in sections if each.holds(number)), None)
        rest = [each for each in sections if each.condition is None]
        return chosen or (rest[-1] if rest else None), False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    return sections[2 if number == 0 and len(sections) > 2 else 0], False


def _without_digits(section: Section, number: Decimal) -> tuple[str, str]:
    """Words or nothing in place of the number: a dash alone is how accounts write nought."""
    if number == 0 and section.words in _DASHES:
        return "0", ""
    return plain_number(number), _shows(section.words, number)


def _leaves_out(section: Section, number: Decimal) -> bool:
    """Whether no digit is left of a number that is nought, or rounds to it, where only other digits are shown."""
    if re.search("[0@]|General", section.codes, re.IGNORECASE):
        return False
    shown = number * 100 if "%" in section.codes else number
    places = len(re.sub("[^#?]", "", section.codes.partition(".")[2]))
    return not shown.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _with_digits(section: Section, number: Decimal, *, is_own_negative: bool) -> tuple[str, str]:
    codes = section.codes
    before, inside, after = _around(section)
    if other := _other_unit(codes, inside):
        return plain_number(number), f"The cell shows {other} and holds {plain_number(number)}. {_PLAIN_NUMBER}"
    number_read = number * 100 if "%" in codes else number
    read = plain_number(number_read, *_noughts(codes))
    written = read.lstrip("-") if is_own_negative else read
    percents = codes.count("%") + (before + after).count("%")
    is_signed = _is_signed(before, after, is_negative=is_own_negative)
    if percents > 1 or not is_signed or not _says_nothing(before, after):
        return read, _shows(f"{before}{written}{'%' * codes.count('%')}{after}", number)
    return f"{read}{'%' * percents}", ""


def _other_unit(codes: str, inside: str) -> str:
    if re.search(r"[0#?],+(?:\.|$)", codes.replace("%", "")):
        return "thousands"
    if "/" in inside:
        return "a fraction"
    return "" if _is_grouped(inside) else "signs of the format's own among the digits"


def _around(section: Section) -> tuple[str, str, str]:
    """The words before the digits, what stands between the first and the last of them, and the words after."""
    digits = {("code", each) for each in "0#?@"}
    placed = [at for at, token in enumerate(section.tokens) if token in digits or token[0] == "general"]
    first, last = placed[0], placed[-1]
    inside = "".join(map(_sign_inside, section.tokens[first : last + 1]))
    return _words(section.tokens[:first]), inside, _words(section.tokens[last + 1 :])


def _sign_inside(token: tuple[str, str]) -> str:
    """A placeholder as a nought and a code as itself; of words only what parts thousands, and of others a mark."""
    kind, text = token
    if kind == "words":
        return text if text in {" ", "'", "\u00a0", ""} else "x"
    return "0" if text in {*"0#?@"} else text


def _words(tokens: Sequence[tuple[str, str]]) -> str:
    return "".join(text for kind, text in tokens if kind == "words")


def _is_grouped(inside: str) -> bool:
    """Whether what stands among the digits only parts thousands."""
    if re.search("General|E[+-]", inside, re.IGNORECASE):
        return True
    before, point, after = inside.partition(".")
    return bool(_GROUPED.fullmatch(before.replace("\u00a0", " "))) and (not point or set(after) <= {"0"})


def _is_signed(before: str, after: str, *, is_negative: bool) -> bool:
    """Whether the words beside the digits write a minus exactly where the number has it and it is not written yet."""
    minus = any(dash in before for dash in _DASHES) or after.strip()[:1] in _DASHES
    brackets = "(" in before and ")" in after
    return (minus or brackets) == is_negative and not (minus and brackets) and ("(" in before) == brackets


def _says_nothing(before: str, after: str) -> bool:
    """Whether the words beside the digits are a currency, a sign or a unit, and leave the number what it is."""
    ahead = "".join(each for each in before if each not in _DASHES | {"+", "("} and not _is_currency(each)).strip()
    behind = "".join(each for each in after if each not in _DASHES | {")", "%"} and not _is_currency(each)).strip()
    if ahead and not (re.fullmatch("[A-Z]{3}", ahead) and ahead not in {"NOT", "MAX", "MIN", "EST"}):
        return False
    names = behind.rstrip(".").casefold().split()
    return all(name.isalpha() and len(name) > 1 and not _TELLING.fullmatch(name) for name in names)


def _noughts(codes: str) -> tuple[int, int]:
    """How many digits are shown at least, before the point and after it."""
    if re.search("General|E[+-]|@", codes, re.IGNORECASE):
        return 1, 0
    before, _, after = codes.partition(".")
    return max(1, before.count("0")), after.count("0")


def _is_currency(sign: str) -> bool:
    return unicodedata.category(sign) == "Sc"


def _is_numeric(sign: str) -> bool:
    return sign.isnumeric()


def _shows(words: str, number: Decimal) -> str:
    return f"The cell shows {_quoted(words)} and holds {plain_number(number)}. {_PLAIN_NUMBER}"


def _quoted(words: str) -> str:
    return f'"{" ".join(words.split())}"' if words.strip() else "nothing"
