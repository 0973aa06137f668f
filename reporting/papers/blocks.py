"""What a paper is made of: headings, words, tables and charts, one under another, for whichever program writes it."""

from dataclasses import dataclass

from reporting.charts.over_time import Spec
from reporting.papers.native_chart import NativeChart


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
    """Columns each so many centimetres wide; `description` says what it is to who does not see it.

    In the column `tagged` stand statuses, of which `tags` are the colours, row by row.
    """

    description: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    tagged: int = -1
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Chart:
    """As Word edits it, and as it is drawn where nobody edits; both say the same figures. In centimetres of height."""

    native: NativeChart
    drawn: Spec
    height: float

    @property
    def title(self) -> str:
        return self.native.title

    @property
    def alt(self) -> str:
        return self.native.alt


@dataclass(frozen=True, kw_only=True, eq=False)
class Together:
    """Stays on one page, where a page has room for it; and, if so asked, on the page on which the next block begins."""

    blocks: tuple[Heading | Words | Points | Chart, ...]
    with_the_next: bool = False


Block = Heading | Words | Points | Table | Chart | Together


@dataclass(frozen=True, kw_only=True, eq=False)
class Paper:
    """A title with what is to be known of it, and all that stands below."""

    title: str
    caption: str
    subject: str
    author: str
    blocks: tuple[Block, ...]
