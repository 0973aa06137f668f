"""What an edition says, in the order of its pack: the summary, what changed, the reds, the ambers, and every line."""

from functools import partial
from html import escape

import streamlit as st

from components.frame import page
from components.frame.templated import MIMES, Templates
from components.parts import html_table, rating
from components.parts.html_table import Cell, Column, Html
from components.parts.markup import plain
from components.report.editions import below, beside
from components.report.editions.shown import restated_table
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from performance.report.templates import CABINET_PACK
from performance.report.words import Place, Red
from reporting.packs.building import Asked, Building, Shelf

_FILES = {
    "docx": "Download the pack for Word", "pdf": "Download the pack as PDF",
    "pptx": "Download the pack for PowerPoint", "xlsx": "Download the pack for Excel",
    "zip": "Download its charts as pictures",
}  # fmt: skip
_MIMES = MIMES | {"pdf": "application/pdf", "zip": "application/zip"}
_COLUMNS = [
    Column(title="Measure"), Column(title="Target", is_number=True), Column(title="Figure", is_number=True),
    Column(title="Status"), Column(title="Direction"), Column(title="Year to date"),
]  # fmt: skip


def show(pack: Pack) -> None:
    """All of it; nothing before it is frozen."""
    if not pack.lines:
        return
    st.header("Summary", anchor=False)
    _written(pack, Place.SUMMARY)
    st.html(f"{rating.STYLE}<p>{escape(pack.counted)}</p>")
    _changed(pack)
    if reds := pack.story.reds:
        st.header(f"Red: {len(reds)}, the worst first", anchor=False)
    for each in reds:
        _red(each)
    _ambers(pack)
    beside.finance(pack)
    beside.targets(pack)
    if pack.restated and pack.before:
        below.mark(below.RESTATED)
        st.header(plain(f"Restated since the edition before: {len(pack.restated)}"), anchor=False)
        restated_table(f"Figures of {pack.before.title} that were restated", pack.restated)
    st.header("Every measure", anchor=False)
    html_table.plain(pack.edition.title, _COLUMNS, [_row(each) for each in pack.lines])


def download(pack: Pack, templates: Templates) -> None:
    """The pack as a document, slides and a workbook: built behind the page once it is asked for, and then kept until
    what it says or one of its templates changes."""
    if not pack.lines:
        return
    asked = Asked(pack=pack, council=page.our_council(), place=page.our_place(), looks=templates.looks(CABINET_PACK))
    built = _shelf().find(asked)
    if built is None:
        st.button("Build the pack", key="build-pack", on_click=_begin, args=(asked, templates))
    elif built.is_over:
        _offer(built, templates)
    else:
        _follow(built)


@st.cache_resource(show_spinner=False)
def _shelf() -> Shelf:
    """One for all readers: what stands on it is found by the very pack that its files say."""
    return Shelf()


def _begin(asked: Asked, templates: Templates) -> None:
    _shelf().begin(asked, partial(templates.find, CABINET_PACK))


@st.fragment(run_every=0.5)
def _follow(building: Building) -> None:
    """How far it is, until it is over; the page can be read and left meanwhile."""
    if building.is_over:
        st.rerun()
    done, steps = building.done, building.steps
    said = f"Building the pack: {done} of {steps} done. You can leave; we will keep it here."
    st.progress(min(done / steps, 1.0), text=said)


def _offer(built: Building, templates: Templates) -> None:
    """A button a file; and why there is none, with another try."""
    try:
        files = built.outcome()
    except Exception:
        # Whatever stood in the way is raised again as it is; what failed is taken off the shelf, so that the next press
        # tries anew instead of finding the same fault there for good.
        _shelf().drop(built)
        raise
    edition = built.asked.pack.edition
    name = f"{edition.reference} {edition.period.iso.replace('/', '_')}"
    with st.container(horizontal=True):
        for ending, label in _FILES.items():
            if ending in files:
                st.download_button(
                    plain(label), data=partial(files.__getitem__, ending), mime=_MIMES[ending], on_click="ignore",
                    file_name=f"{name}{' charts' if ending == 'zip' else ''}.{ending}", key=f"pack-{ending}",
                )  # fmt: skip
    if built.refused:
        st.warning(plain(" ".join(sorted(set(built.refused.values())))))
        st.button("Build the pack again", key="build-pack-again", on_click=_begin_again, args=(built, templates))


def _begin_again(built: Building, templates: Templates) -> None:
    _shelf().drop(built)
    _begin(built.asked, templates)


def _written(pack: Pack, place: Place) -> None:
    if words := pack.story.words[place]:
        st.text(words)


def _changed(pack: Pack) -> None:
    if pack.before is None:
        return
    st.header(plain(f"Changed since {pack.before.period.in_words}: {len(pack.changed)}"), anchor=False)
    if not pack.changed:
        st.write("No status moved.")
        return
    columns = [Column(title="Measure"), Column(title="What changed")]
    rows: list[list[Cell]] = [[each.now.title, each.in_words] for each in pack.changed]
    html_table.plain(f"Statuses that moved since {pack.before.title}", columns, rows)


def _ambers(pack: Pack) -> None:
    if not pack.ambers:
        return
    st.header(plain(f"{Place.WATCH.in_words}: {len(pack.ambers)}"), anchor=False)
    _written(pack, Place.WATCH)
    columns = [Column(title="Measure"), Column(title="Figure"), Column(title="What is expected of the year")]
    rows: list[list[Cell]] = [
        [
            each.title,
            f"{each.told} in {each.period.short}, {each.held_against}",
            each.outlook.in_words if each.outlook else "–",
        ]
        for each in pack.ambers
    ]
    html_table.plain("Ambers, the worst first", columns, rows)


def _red(red: Red) -> None:
    line = red.line
    with st.container(border=True, gap="small"):
        st.subheader(plain(line.title), anchor=False)
        figure = f"{line.told} in {line.period.in_words}, {line.held_against}"
        st.html(f"<p style='margin:0'>{rating.STYLE}{rating.tag(line.rag)} {escape(figure)}</p>")
        st.text(f"{line.polarity.in_words}. {line.bands}")
        for label, words in red.parts:
            st.text(f"{label}: {words}")
        st.caption(plain(f"{line.measure_code}. {line.unit_name}."))


def _row(line: FrozenLine) -> list[Cell]:
    notes = ", ".join(filter(None, (line.period.short, line.firmness)))
    about = f"{line.measure_code}. {line.polarity.in_words}. {line.unit_name}."
    compared = f"<br><small>{escape(line.compared)}</small>" if line.comparators else ""
    return [
        Html(f"{escape(line.title)}<br><small>{escape(about)}</small>{compared}"),
        line.target_in_words,
        Html(f"{escape(line.figure)}<br><small>{escape(notes)}</small>"),
        Html(rating.tag(line.rag)),
        line.heading,
        line.to_date.in_words if line.to_date else "–",
    ]
