"""A rating as a tag: its word, its shape and its colour, always all three."""

from html import escape

from components.parts import asset
from performance.ground.reckoning.rag import Rag

STYLE = asset.style(__file__)
_CLASSES = {Rag.RED: "rag-red", Rag.AMBER: "rag-amber", Rag.GREEN: "rag-green",
            Rag.NOT_PROVIDED: "rag-missing", Rag.NOT_DUE: "rag-missing"}  # fmt: skip


def css_class(rating: Rag) -> str:
    """What a tag of the rating wears."""
    return f"rag {_CLASSES.get(rating, 'rag-none')}"


def tag(rating: Rag) -> str:
    """The rating as HTML; draw STYLE once on the page."""
    return (
        f'<span class="{css_class(rating)}">'
        f'<span aria-hidden="true">{rating.shape}</span> {escape(rating.in_words)}</span>'
    )


def sentence(rating: Rag, text: str) -> str:
    """The tag, and what it is about in words after it, as HTML."""
    return f'{STYLE}<p class="rated">{tag(rating)} {escape(text)}</p>'
