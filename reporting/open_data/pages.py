"""The public pages as HTML: plain, whole without scripts, and with every text that anybody typed escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from performance.ground.organisation import Area
from performance.ground.periods import day_in_words
from performance.ground.reckoning.rag import Standing
from performance.ground.values import round_half_up
from performance.report.editions import Edition
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from performance.report.public import OPEN, address_of
from performance.report.words import Place
from performance.review.wards.profile import WardProfile

_HERE = Path(__file__).parent
STYLE = (_HERE / "open.css").read_bytes()
_NONE = "–"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around every page: whose it is, and where else there is to go, as names and paths."""

    council: str = ""
    places: tuple[tuple[str, str], ...] = ()
    is_demonstration: bool = False


def said(title: str, sentence: str, *, frame: Frame, leads_back: bool = True) -> bytes:
    """A page that says one thing: that there is nothing here, or not now."""
    return _page("said.html", frame, title=title, sentence=sentence, leads_back=leads_back)


def nowhere(home: str) -> bytes:
    """That there is no page at an address of the app; `home` is the way Home from there. It fetches nothing."""
    return _templates().get_template("nowhere.html").render(home=home, root=OPEN, style=STYLE.decode()).encode()


def edition(pack: Pack, *, is_latest: bool, here: str, frame: Frame) -> bytes:
    """An edition: its words, how many measures stand how, its files, every measure, and its reds with their parts."""
    found = pack.edition
    counted = [(each, sum(Standing.of(line.rag) is each for line in pack.lines)) for each in Standing]
    return _page(
        "edition.html",
        frame,
        here=here,
        title=found.title,
        edition=found,
        address=address_of(found),
        meets=_meets(found),
        published=_published(found),
        is_latest=is_latest,
        summary=pack.story.words[Place.SUMMARY],
        watch=pack.story.words[Place.WATCH],
        finance=pack.story.words[Place.FINANCE],
        counts=[(standing, many) for standing, many in counted if many],
        lines=pack.lines,
        reds=pack.story.reds,
        ambers=pack.ambers,
        before=pack.before,
        changed=pack.changed,
        restated=pack.restated,
    )


def editions(found: Sequence[Edition], *, frame: Frame) -> bytes:
    """Every public edition, the newest first."""
    cards = [
        {"reference": each.reference, "title": each.title, "about": f"{each.reference}. Published on "
         f"{_published(each)}: {each.freeze.in_words if each.freeze else ''}."}
        for each in found
    ]  # fmt: skip
    return _page("editions.html", frame, here="editions/", title="All editions", editions=cards)


def measures(pack: Pack, *, frame: Frame) -> bytes:
    """What each measure of an edition is."""
    found = pack.edition
    return _page(
        "measures.html",
        frame,
        here="measures/",
        title="Definitions",
        edition=found,
        address=address_of(found),
        lines=pack.lines,
    )


def measure(pack: Pack, line: FrozenLine, *, frame: Frame) -> bytes:
    """One measure: what it is, and its figures up to the edition's."""
    found = pack.edition
    return _page(
        "measure.html",
        frame,
        title=line.title,
        edition=found,
        address=address_of(found),
        line=line,
        about=[(label, words) for label, words in _about(line).items() if words],
        points=_points(line),
    )


def wards(pack: Pack, found: Sequence[Area], *, place: str, frame: Frame) -> bytes:
    """The wards that there is a page of."""
    return _page("wards.html", frame, here="wards/", title="Wards", edition=pack.edition, wards=found, place=place)


def ward(pack: Pack, profile: WardProfile, *, frame: Frame) -> bytes:
    """A ward beside the council, as far as the edition bears it out."""
    from reporting.documents import ward_profile  # late: Altair takes half a second to come

    facts = [ward_profile.fact(each) for each in (profile.residents, profile.deprivation) if each]
    shown = [each for each in ward_profile.columns(profile) if profile.similar or each != ward_profile.SIMILAR]
    rows = [
        [cell for name, cell in zip(ward_profile.columns(profile), row, strict=True) if name in shown]
        for row in (ward_profile.cells(each, profile.place) for each in profile.every_line)
    ]
    return _page(
        "ward.html",
        frame,
        title=f"{profile.ward.name} ward",
        edition=pack.edition,
        ward=profile.ward,
        place=profile.place,
        sentences=[*facts, *(profile.in_sentences if rows else ())],
        columns=shown,
        rows=rows,
        is_illustrative=any(each.measure.illustrative for each in profile.every_line),
        read_with=ward_profile.read_with(profile),
    )


def _about(line: FrozenLine) -> Mapping[str, str]:
    """What a reader has to know of a measure, in the edition's own words."""
    return {
        "Definition": line.definition,
        "Source": line.source,
        "Unit": line.unit,
        "What is better": line.polarity.in_words,
        "How often": line.frequency.in_words,
        "Service": line.unit_name,
        "Objective": line.objective,
        "Kind of measure": line.kind.in_words,
        "Target": line.target_in_words,
        "Status": line.bands,
        "Variation": f"{line.usual[:1].upper()}{line.usual[1:]}",
        "Expected for the year": line.outlook.in_words if line.outlook else "",
        "Compared with": line.compared,
        "Changed meanwhile": "; ".join(f"{day_in_words(each.on)}: {each.reason}" for each in line.breaks),
        "Illustrative": "Yes: the figures are made up to show how the measure would look"
        if line.is_illustrative
        else "",
    }


def _points(line: FrozenLine) -> list[dict[str, Any]]:
    show = line.as_measure.print_value
    return [
        {
            "period": each.period.in_words,
            "figure": _NONE if each.number is None else show(each.number),
            "target": _NONE if each.target is None else show(round_half_up(each.target, line.decimals)),
            "rag": each.rag,
        }
        for each in reversed(line.points)
    ]


def _meets(found: Edition) -> str:
    return f"for the meeting on {day_in_words(found.meets_on)}"


def _published(found: Edition) -> str:
    return day_in_words(found.published_at.astimezone().date()) if found.published_at else ""


def _page(template: str, frame: Frame, *, here: str = _NONE, **shown: Any) -> bytes:
    return _templates().get_template(template).render(frame=frame, root=OPEN, here=here, **shown).encode()


@cache
def _templates() -> Environment:
    """Every text is escaped, and a name that is missing is an error."""
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
