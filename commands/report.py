"""`report cabinet|scorecard|summary|infographic|annual|ward-profile`: a report as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from commands.ground import by_ending
from cycle.ground.templates import template_for
from cycle.report import scorecards
from cycle.report.editions import operator
from cycle.review import public_ward
from performance.ground.periods import day_in_words, parse_period
from performance.report.schedules import ReportKind
from performance.report.templates import ANNUAL_REPORT, BRIEF, CABINET_PACK, WARD_PROFILE, Kind, Program, card_kind
from performance.review.infographic import Infographic, of_card, of_ward


def cabinet(
    period: Annotated[str, typer.Option(help="2017-07-01/P3M, 2017-09, 2016/17: the period of the edition.")],
    output: Annotated[Path, typer.Option(help="The file to write: .docx, .pdf, .pptx, .xlsx, .png or .svg.")],
    committee: Annotated[str, typer.Option(help="Who meets, where a period has several editions.")] = "",
) -> None:
    """The pack of an edition for its committee, from what is frozen: a draft until it is published. As a picture it is
    what the pack comes to, on a page."""
    written = _writer(ReportKind.PACK, output)
    pack = operator.pack_to_write(parse_period(period), committee)
    council = operator.council()
    output.write_bytes(written(pack, council=council["council_name"], place=council["council_place"],
                               **_template(CABINET_PACK, output)))  # fmt: skip
    stands = "published" if pack.edition.is_published else "a draft"
    known = pack.edition.freeze.in_words if pack.edition.freeze else ""
    typer.echo(f"The pack of {pack.edition.title} is in {output}, {stands}: {known}.")


_Period = Annotated[str, typer.Option(help="2017-09, Q2 2017/18, 2016/17: the period of the scorecard.")]
_Unit = Annotated[str, typer.Option(help="The code of a unit or of a part of the plan; the whole council for none.")]


def scorecard(
    period: _Period,
    output: Annotated[Path, typer.Option(help="The file to write: .docx, .pptx, .xlsx or .pdf.")],
    unit: _Unit = "",
) -> None:
    """The scorecard of any part of the council, as the public may see it: signed off, with small counts hidden."""
    _write_card(_writer(ReportKind.SCORECARD, output), period, unit, output)


def summary(
    period: _Period,
    output: Annotated[Path, typer.Option(help="The file to write: .txt, .docx or .pdf.")],
    unit: _Unit = "",
) -> None:
    """A scorecard in two minutes: three changes, worries, improvements and questions on one page."""
    _write_card(_writer(ReportKind.BRIEF, output), period, unit, output, BRIEF)


def infographic(
    period: _Period,
    output: Annotated[Path, typer.Option(help="The file to write: .png, .svg or .pdf.")],
    unit: _Unit = "",
    ward: Annotated[str, typer.Option(help="A ward's code or name, in place of a unit.")] = "",
) -> None:
    """A page of big numbers, of a part of the council or of a ward, as the public may see it."""
    written = _writer(ReportKind.INFOGRAPHIC, output)
    if ward and unit:
        raise typer.BadParameter("Name a unit or a ward, and not both.")
    page = _of_ward(period, ward) if ward else _of_part(period, unit)
    output.write_bytes(written(page))
    typer.echo(f"{page.title} is in {output}: {len(page.tiles)} measures.")


def _writer(report: ReportKind, output: Path) -> Callable[..., bytes]:
    from reporting.papers.endings import writers  # late, as below

    return by_ending(output, {f".{ending}": written for ending, written in writers(report).items()})


def _template(kind: Kind, output: Path) -> dict[str, bytes | None]:
    """The template of the kind, as it is passed on to what writes office files; nothing for other endings."""
    ending = output.suffix.lower().lstrip(".")
    return {"template": template_for(kind, Program(ending), by=None)} if ending in list(Program) else {}


def _of_part(period: str, unit: str) -> Infographic:
    from reporting.papers.scorecard import opening_of

    card, known = scorecards.public_card(parse_period(period), unit)
    return of_card(card, opening_of(card), council=operator.council()["council_name"], known=known)


def _of_ward(period: str, ward: str) -> Infographic:
    profile = public_ward.public_profile(ward, parse_period(period))
    return of_ward(profile, council=profile.council_name, known=f"Figures up to {day_in_words(profile.on)}")


def _write_card(written: Callable[..., bytes], period: str, unit: str, output: Path, kind: Kind | None = None) -> None:
    """In the template of the kind, or of the scorecard that it is."""
    card, known = scorecards.public_card(parse_period(period), unit)
    kind = kind or card_kind(is_of_a_service=card.is_of_a_service)
    council = operator.council()["council_name"]
    output.write_bytes(written(card, council=council, known=known, **_template(kind, output)))
    typer.echo(f"{card.title} is in {output}: {card.counted}")


def annual(
    period: Annotated[str, typer.Option(help="2016/17: the year of the report.")],
    output: Annotated[Path, typer.Option(help="The file to write: .docx, .pptx, .xlsx or .pdf.")],
    name: Annotated[str, typer.Option(help="What it is called, where a year has several reports.")] = "",
) -> None:
    """The annual report of a year, as it stands now with the figures that are known now."""
    from cycle.report.annual import operator as annual_reports  # late, as below

    written = _writer(ReportKind.ANNUAL, output)
    report = annual_reports.report_to_write(parse_period(period), name)
    output.write_bytes(written(report, **_template(ANNUAL_REPORT, output)))
    many = sum(len(part.pages) for part in report.parts)
    typer.echo(f"{report.title} is in {output}: {many} chart{'' if many == 1 else 's'}.")


def ward_profile(
    ward: Annotated[str, typer.Option(help="The ward's code, or its name.")],
    output: Annotated[Path, typer.Option(help="The file to write: .docx, .pptx, .xlsx or .pdf.")],
    period: Annotated[str | None, typer.Option(help="2017-09, 2017-07-01/P3M, 2016/17; figures up to its end.")] = None,
) -> None:
    """One ward on one A4 side as PDF and for Word, with small counts of people hidden."""
    from reporting.documents import ward_profile  # late: Altair takes half a second to come

    written = _writer(ReportKind.WARD_PROFILE, output)
    profile = public_ward.public_profile(ward, parse_period(period) if period else None)
    output.write_bytes(written(ward_profile.sheet(profile), **_template(WARD_PROFILE, output)))
    typer.echo(f"The profile of {profile.ward.name} is in {output}.")
