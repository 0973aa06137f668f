"""A rating as a tag: its word, its shape and its colour, always all three."""

from html import escape

from performance.ground.reckoning.rag import Rag

STYLE = """<style>
.rag{display:inline-block;padding:.05rem .45rem;white-space:nowrap;font-size:.95rem;border:1px solid #484949}
.rag-red{background:#8F2413;color:#fff;border-color:#8F2413}
.rag-amber{background:#FFBF1F;color:#0B0C0C;border-color:#0B0C0C}
.rag-green{background:#0F7C86;color:#fff;border-color:#0F7C86}
.rag-none{background:#fff;color:#484949}
.rag-missing{background:#fff;color:#0B0C0C;border-style:dashed}
.rated{margin:.35rem 0 0}
</style>"""
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
