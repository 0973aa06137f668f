"""A report that goes out by itself, made for one reader: what it says, in a sentence and as a digest, and its file.

A file that goes along with a mail, or lies in a folder, leaves the house: it has no small count of people in it,
whoever it is for. What makes documents comes when one is written.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cycle.ground.series.scoring import scopes_of
from cycle.ground.series.warding import NoWardFiguresError
from cycle.ground.series.year_end import whole_of
from cycle.ground.templates import template_for
from cycle.report.editions import calendar, shown
from cycle.report.editions import operator as editions
from cycle.review import public_ward
from data_access.council.areas import AreaNotFoundError, list_areas
from data_access.council.settings_store import get_today
from data_access.report.annual import list_annual_reports
from data_access.store.database import reading
from performance.ground.organisation import AreaKind
from performance.ground.people import User
from performance.ground.periods import Period, day_in_words
from performance.ground.readers import PUBLIC, reader_of
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from performance.home.lines import Line, Opens
from performance.home.sends import NotSent
from performance.report.annual import report_reference
from performance.report.editions import Audience, Edition
from performance.report.pack import Pack
from performance.report.schedules import About, ReportKind, Schedule
from performance.report.templates import (
    ANNUAL_REPORT,
    BRIEF,
    CABINET_PACK,
    WARD_PROFILE,
    Kind,
    Program,
    card_kind,
)
from performance.review.infographic import of_card, of_ward
from performance.review.told import ToldCard
from performance.review.wards.profile import WardProfile

Reader = User | Audience
"""A person, or for a file in a folder whoever is to read it there."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """`message` is what it comes to, `digest` what it says, `line` where it is read in the app; `red` how many measures
    are, where it counts them."""

    title: str
    message: str
    digest: str
    line: Line
    write: Callable[[], bytes]
    red: int | None = None
    after_red: str = ""

    def subject(self, red_before: int | None) -> str:
        """ "Place, October 2017: 4 red (1 more). 2 figures missing"."""
        if self.red is None:
            return self.message
        moved = 0 if red_before is None else self.red - red_before
        since = f" ({abs(moved)} {'more' if moved > 0 else 'fewer'})" if moved else ""
        return f"{self.message}: {self.red} red{since}{self.after_red}"


def make(schedule: Schedule, period: Period | None, reader: Reader) -> Made | NotSent:
    """The report as it stands now; or why there is none for this reader."""
    if isinstance(reader, User) and not reader.may(schedule.facts.needs):
        return NotSent.MAY_NOT
    if isinstance(reader, Audience) and not schedule.facts.widest.holds(reader):
        return NotSent.MAY_NOT
    if not _is_there(schedule):
        return NotSent.GONE
    return MAKERS[schedule.report](schedule, period, reader)


def _is_there(schedule: Schedule) -> bool:
    """Whether what it is about can still be chosen."""
    about, code = schedule.facts.about, schedule.about
    with reading() as session:
        if about is About.PART:
            return code in {scope.code for scope in scopes_of(session)}
        if about is About.WARD:
            return code in {ward.code for ward in list_areas(session, kinds=[AreaKind.WARD], on=get_today(session))}
        if about is About.ANNUAL_REPORT:
            return code in {str(each.id) for each in list_annual_reports(session)}
        return True


def _scorecard(schedule: Schedule, period: Period | None, reader: Reader) -> Made:
    card, known = _card(schedule, period, reader)
    kind = card_kind(is_of_a_service=card.is_of_a_service)

    def write() -> bytes:
        return _writer(schedule)(card, council=_council(), known=known, **_template(kind, schedule))

    return _of_card(schedule, card, write)


def _brief(schedule: Schedule, period: Period | None, reader: Reader) -> Made:
    card, known = _card(schedule, period, reader)

    def write() -> bytes:
        return _writer(schedule)(card, council=_council(), known=known, **_template(BRIEF, schedule))

    return _of_card(schedule, card, write)


def _card(schedule: Schedule, period: Period | None, reader: Reader) -> tuple[ToldCard, str]:
    """As the person reads it, or the public; and when it was known."""
    sees = reader_of(reader).for_everybody if isinstance(reader, User) else PUBLIC
    with reading() as session:
        card = whole_of(session, period, schedule.about, reader=sees, as_known_at=None)
        return card.told, f"What was known on {day_in_words(get_today(session))}"


def _of_card(schedule: Schedule, card: ToldCard, write: Callable[[], bytes]) -> Made:
    from reporting.papers import said, scorecard

    missing = sum(isinstance(each.line.value, Absence) and not each.line.value.is_provided for each in card.lines)
    figures = "figure" if missing == 1 else "figures"
    return Made(
        title=f"{schedule.facts.title}: {card.headed}",
        message=card.headed,
        digest=said.digest(said.texts_of(scorecard.paper(card, council="", known=""))),
        line=Line(
            label=card.headed,
            opens=Opens.SCORECARD,
            query=(("scope", schedule.about), ("period", card.period.iso if card.period else "now")),
        ),
        write=write,
        red=sum(each.line.rag is Rag.RED for each in card.lines),
        after_red=f". {missing} {figures} missing" if missing else "",
    )


def _infographic(schedule: Schedule, period: Period | None, reader: Reader) -> Made:
    from reporting.papers.scorecard import opening_of

    card, known = _card(schedule, period, reader)

    def write() -> bytes:
        return _writer(schedule)(of_card(card, opening_of(card), council=_council(), known=known))

    return _of_card(schedule, card, write)


def _ward_profile(schedule: Schedule, period: Period | None, _reader: Reader) -> Made | NotSent:
    def write(profile: WardProfile) -> bytes:
        from reporting.documents import ward_profile

        return _writer(schedule)(ward_profile.sheet(profile), **_template(WARD_PROFILE, schedule))

    return _of_ward(schedule, period, write)


def _ward_infographic(schedule: Schedule, period: Period | None, _reader: Reader) -> Made | NotSent:
    def write(profile: WardProfile) -> bytes:
        known = f"Figures up to {day_in_words(profile.on)}"
        return _writer(schedule)(of_ward(profile, council=profile.council_name, known=known))

    return _of_ward(schedule, period, write)


def _of_ward(schedule: Schedule, period: Period | None, write: Callable[[WardProfile], bytes]) -> Made | NotSent:
    """As the public may see it, whoever gets it, once anything is known of the ward."""
    try:
        profile = public_ward.public_profile(schedule.about, period)
    except (AreaNotFoundError, NoWardFiguresError):
        return NotSent.NOTHING
    many = len(profile.every_line)
    query = (("ward", profile.ward.code), *((("period", period.iso),) if period else ()))
    up_to = f"up to {period.in_words}" if period else "at its newest figures"
    return Made(
        title=f"{schedule.facts.title}: {profile.ward.name}",
        message=f"{profile.ward.name} ward, {up_to}: {many} measure{'' if many == 1 else 's'}",
        digest=_digest(_of_profile(profile)),
        line=Line(label=profile.ward.name, opens=Opens.WARD_PROFILE, query=query),
        write=lambda: write(profile),
    )


def _of_profile(profile: WardProfile) -> Iterator[str]:
    """What stands on it, but for the day on which it was made."""
    from reporting.documents import ward_profile

    made = ward_profile.sheet(profile)
    yield from (made.title, made.thread, made.facts)
    for picture in made.pictures:
        yield from (picture.title, picture.said, picture.alt)
        lines = picture.trend.lines if picture.trend else ()
        yield from (f"{period.iso} {number:f}" for line in lines for period, number in line.numbers)
    for grid in made.grids:
        yield from (str(cell) for row in grid.rows for cell in row)


def _pack(schedule: Schedule, _period: Period | None, reader: Reader) -> Made | NotSent:
    """Of the newest edition that is published to whoever it is for."""
    pack = _newest_pack(reader)
    if pack is None:
        return NotSent.NOTHING

    def write() -> bytes:
        council, template = editions.council(), _template(CABINET_PACK, schedule)
        written = _writer(schedule)
        return written(pack, council=council["council_name"], place=council["council_place"], **template)

    from reporting.papers import said

    # Not by its words: however they are worded since, it is the same edition.
    edition = pack.edition
    known = edition.freeze.in_words if edition.freeze else ""
    return Made(
        title=f"Pack of the edition {pack.edition.title}",
        message=f"{pack.edition.title}. {pack.counted.rstrip('.')}",
        digest=said.digest((edition.reference, known)),
        line=Line(label=pack.edition.title, opens=Opens.EDITION, query=(("edition", pack.edition.reference),)),
        write=write,
    )


def _newest_pack(reader: Reader) -> Pack | None:
    if isinstance(reader, User):
        published = calendar.list_editions(by=reader).published
        return shown.get_edition(published[0].id, by=reader).pack if published else None
    found = next((each for each in editions.every_edition(None) if _is_published_to(reader, each)), None)
    if found is None:
        return None
    pack = editions.pack_to_write(found.period, found.committee)
    return pack.for_the_public if reader is Audience.PUBLIC else pack


def _is_published_to(audience: Audience, edition: Edition) -> bool:
    return edition.is_published and edition.audience.holds(audience)


def _annual(schedule: Schedule, _period: Period | None, _reader: Reader) -> Made | NotSent:
    """As it stands, once nothing in it is left to be looked at."""
    from cycle.report.annual import operator as annual_reports  # late: what draws takes half a second to come

    number = int(schedule.about)
    report, reference = annual_reports.report_to_send(number), report_reference(number)
    if report is None:
        return NotSent.NOT_READY

    def write() -> bytes:
        return _writer(schedule)(report, **_template(ANNUAL_REPORT, schedule))

    pages = [page for part in report.parts for page in part.pages]
    texts = [text for part in report.parts for text in (part.title, part.text)]
    for page in pages:
        texts += [page.headline, page.subtitle, page.alt, page.kind.value, *page.notes, *page.header]
        texts += [cell for row in page.rows for cell in row]
    return Made(
        title=report.title,
        message=f"{report.title}: {len(pages)} chart{'' if len(pages) == 1 else 's'}",
        digest=_digest(iter(texts)),
        line=Line(label=report.title, opens=Opens.ANNUAL_REPORT, query=(("report", reference),)),
        write=write,
    )


def _writer(schedule: Schedule) -> Callable[..., bytes]:
    from reporting.papers.endings import writers

    return writers(schedule.report)[schedule.ending]


def _template(kind: Kind, schedule: Schedule) -> dict[str, Any]:
    """The template of the kind, as it is passed on to what writes office files; nothing for other endings."""
    if schedule.ending not in list(Program):
        return {}
    return {"template": template_for(kind, Program(schedule.ending), by=None)}


def _digest(texts: Iterator[str]) -> str:
    from reporting.papers import said

    return said.digest(texts)


def _council() -> str:
    return editions.council()["council_name"]


MAKERS: Mapping[ReportKind, Callable[[Schedule, Period | None, Reader], Made | NotSent]] = {
    ReportKind.SCORECARD: _scorecard,
    ReportKind.BRIEF: _brief,
    ReportKind.WARD_PROFILE: _ward_profile,
    ReportKind.PACK: _pack,
    ReportKind.ANNUAL: _annual,
    ReportKind.INFOGRAPHIC: _infographic,
    ReportKind.WARD_INFOGRAPHIC: _ward_infographic,
}
