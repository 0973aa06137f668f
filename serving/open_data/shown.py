"""What stands at each public address. Here nothing is looked up but what the cycle says is public."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cycle.report.editions import public
from cycle.report.editions.public import PublicEdition, PublicFace, Publisher
from cycle.review import public_ward
from performance.review.wards.published import Published
from reporting.open_data import files, pages
from reporting.open_data.pages import Frame
from serving.open_data.answers import CSS, CSV, DESCRIBED, JSON, Answer

_NO_WARDS = "The newest edition has no figures by ward."
_NOTHING_YET = "Nothing is published for the public yet. What is will be found here, at an address that stays."


def style() -> Answer:
    return Answer(content=pages.STYLE, kind=CSS)


def latest() -> Answer:
    """The newest edition; before there is any, that there is none."""
    found = public.find_latest()
    if found is None:
        frame = _frame(public.face().publisher, has_edition=False)
        return Answer(content=pages.said("Published figures", _NOTHING_YET, frame=frame, leads_back=False))
    return Answer(content=pages.edition(found.pack, is_latest=True, here="", frame=_frame(found.publisher)))


def editions() -> Answer:
    found: PublicFace = public.face()
    frame = _frame(found.publisher, has_edition=bool(found.editions))
    return Answer(content=pages.editions(found.editions, frame=frame))


def edition(reference: str) -> Answer | None:
    if (found := public.find_edition(reference)) is None:
        return None
    frame = _frame(found.publisher)
    return Answer(content=pages.edition(found.pack, is_latest=found.is_latest, here="editions/", frame=frame))


def file(reference: str, name: str) -> Answer | None:
    """A file of an edition; what describes it is named in a header, as CSV on the Web asks."""
    if (found := public.find_edition(reference)) is None:
        return None
    content, kind = _FILES[name](found)
    headers = {}
    if kind == CSV:
        headers = {
            "Content-Disposition": f'attachment; filename="{reference}-{name}"',
            "Link": f'<{name}-metadata.json>; rel="describedby"; type="{DESCRIBED}"',
        }
    return Answer(content=content, kind=kind, headers=headers)


def measures() -> Answer | None:
    if (found := public.find_latest()) is None:
        return None
    return Answer(content=pages.measures(found.pack, frame=_frame(found.publisher)))


def measure(code: str) -> Answer | None:
    """From the newest edition that has it: one of other measures takes no address away."""
    for found in public.newest_first_each():
        line = next((each for each in found.pack.lines if each.measure_code == code), None)
        if line is not None:
            return Answer(content=pages.measure(found.pack, line, frame=_frame(found.publisher)))
    return None


def wards() -> Answer | None:
    """The wards that the newest edition has figures of, or that it has none."""
    found = public.find_latest()
    born_out = found and _born_out(found)
    if not found or not born_out:
        return None
    there = public_ward.published_wards(born_out.published, known_at=born_out.known_at)
    publisher = found.publisher
    if not there:
        return Answer(content=pages.said("Wards", _NO_WARDS, frame=_frame(publisher)))
    return Answer(content=pages.wards(found.pack, there, place=publisher.place, frame=_frame(publisher)))


def ward(code: str) -> Answer | None:
    """From the newest edition that has figures of it."""
    for found in public.newest_first_each():
        born_out, period = _born_out(found), found.pack.edition.period
        profile = born_out and public_ward.find_published_profile(
            code, period, born_out.published, known_at=born_out.known_at
        )
        if profile:
            return Answer(content=pages.ward(found.pack, profile, frame=_frame(found.publisher)))
    return None


@dataclass(frozen=True, kw_only=True)
class _BornOut:
    """What an edition shows of each measure, which is what may be told of wards, and when it was known."""

    published: Mapping[str, Published]
    known_at: datetime


def _born_out(found: PublicEdition) -> _BornOut | None:
    if found.pack.edition.freeze is None:
        return None
    lines = found.pack.lines
    published = {each.measure_code: Published(title=each.title, numbers=each.numbers) for each in lines}
    return _BornOut(published=published, known_at=found.pack.edition.freeze.at)


def _frame(publisher: Publisher, *, has_edition: bool = True) -> Frame:
    places = _PLACES if has_edition else ()
    return Frame(council=publisher.name, places=places, is_demonstration=publisher.is_demonstration)


def _figures(found: PublicEdition) -> tuple[bytes, str]:
    return files.figures_csv(found.pack, found.publisher.area), CSV


def _measures(found: PublicEdition) -> tuple[bytes, str]:
    return files.measures_csv(found.pack), CSV


def _as_json(found: PublicEdition) -> tuple[bytes, str]:
    return files.as_json(found.pack, council=found.publisher.name, area=found.publisher.area), JSON


def _described(found: PublicEdition) -> tuple[bytes, str]:
    return files.metadata(found.pack, council=found.publisher.name), DESCRIBED


_PLACES = (("Latest edition", ""), ("All editions", "editions/"), ("Definitions", "measures/"), ("Wards", "wards/"))
_FILES: Mapping[str, Callable[[PublicEdition], tuple[bytes, str]]] = {
    "figures.csv": _figures,
    "measures.csv": _measures,
    "figures.json": _as_json,
    # Where whoever reads a CSV file looks for what describes it: beside the file, or once for the folder.
    "figures.csv-metadata.json": _described,
    "measures.csv-metadata.json": _described,
    "csv-metadata.json": _described,
}
FILES = tuple(_FILES)
