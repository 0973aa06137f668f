"""What a paper is made of: headings, words, tables and charts, one under another, for whichever program writes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from performance.report.templates import Kind
from reporting.charts.over_time import Spec
from reporting.tables.facts import Number as Number
from reporting.writers.native_chart import NativeChart


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Of level 1 the title of the paper, once; then 2 and 3."""

    words: str
    level: int
    on_a_new_page: bool = False


@dataclass(frozen=True, kw_only=True)
class Words:
    """Paragraphs, a line of the text each, with a label in bold before the first. Small ones take a page less room."""

    text: str
    label: str = ""
    is_bold: bool = False
    is_small: bool = False


@dataclass(frozen=True, kw_only=True)
class Points:
    """A list, a text a point."""

    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Columns each so many centimetres wide. `description` says what it is to who does not see it; `name` is that
    of its sheet in a workbook, where a number is counted with, while elsewhere it stands as it is printed.

    In the column `tagged` stand statuses, of which `tags` are the colours, row by row.
    """

    description: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str | Number, ...], ...]
    tagged: int = -1
    tags: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Chart:
    """As an office program edits it, and as it is drawn where nobody edits; both say the same figures. What no office
    program draws has no native chart, and is a picture there too. The height is in centimetres."""

    title: str
    alt: str
    native: NativeChart | None
    drawn: Spec
    height: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Together:
    """Stays on one page, where a page has room for it; and, if so asked, on the page on which the next block begins."""

    blocks: tuple[Heading | Words | Points | Chart, ...]
    with_the_next: bool = False


Block = Heading | Words | Points | Table | Chart | Together


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """Blocks that stand and fall together, under the name by which a template places them."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Paper:
    """A title with what is to be known of it, and its parts.

    `told` are the further words that a template of its kind may ask for, `draft` is why it may still change.
    """

    kind: Kind
    title: str
    caption: str
    subject: str
    author: str
    parts: tuple[Part, ...]
    draft: str = ""
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All of it, one under another."""
        warned = (self.warning,) if self.draft else ()
        return (*warned, *(block for part in self.parts for block in part.blocks))

    @property
    def asked(self) -> dict[str, str]:
        """The words of each field that a template of its kind may ask for."""
        return {"title": self.title, "about": self.caption, "council": self.author, **self.told}

    @property
    def warning(self) -> Words:
        """That it is a draft, which no template leaves out."""
        return Words(text=f"Draft: {self.draft}", is_bold=True)
