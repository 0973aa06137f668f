"""The files that each report is written as, by their endings: one table for whoever writes one."""

from collections.abc import Callable, Mapping

from performance.report.schedules import ReportKind
from performance.review.told import ToldCard

Writer = Callable[..., bytes]
"""Takes what the report says first, then by name what stands around it; of an office file its `template` too."""


def writers(report: ReportKind) -> Mapping[str, Writer]:
    """What makes documents comes when one report is asked for, and for that one alone."""
    return _WRITERS[report]()


def _scorecard() -> Mapping[str, Writer]:
    from reporting.papers import scorecard

    return {
        "docx": scorecard.as_word, "pptx": scorecard.as_slides, "xlsx": _card_as_workbook, "pdf": scorecard.as_pdf,
    }  # fmt: skip


def _card_as_workbook(card: ToldCard, *, council: str, known: str, template: bytes | None = None) -> bytes:
    from reporting.tables import wide
    from reporting.tables.scorecard import scorecard_table

    about = (("What this is", card.title), ("Council", council), ("As known at", known))
    told = {"title": card.title, "about": known, "council": council}
    return wide.as_workbook([scorecard_table(card.lines)], about, template=template, told=told)


def _brief() -> Mapping[str, Writer]:
    from reporting.papers import scorecard

    return {"txt": scorecard.brief_as_text, "docx": scorecard.brief_as_word, "pdf": scorecard.brief_as_pdf}


def _sheet() -> Mapping[str, Writer]:
    """A ward profile, or a plan on a page."""
    from reporting.documents import plan_page
    from reporting.papers import sheet

    return {"docx": sheet.as_word, "pptx": sheet.as_slides, "xlsx": sheet.as_workbook, "pdf": plan_page.as_pdf}


def _pack() -> Mapping[str, Writer]:
    from reporting.packs import at_a_glance, document, workbook

    return {
        "docx": document.as_word, "pdf": document.as_pdf, "pptx": document.as_slides, "xlsx": workbook.write,
        "png": at_a_glance.as_png, "svg": at_a_glance.as_svg,
    }  # fmt: skip


def _annual() -> Mapping[str, Writer]:
    from reporting.papers import annual_report

    return {
        "docx": annual_report.as_word, "pptx": annual_report.as_slides, "xlsx": annual_report.as_workbook,
        "pdf": annual_report.as_pdf,
    }  # fmt: skip


def _infographic() -> Mapping[str, Writer]:
    from reporting.papers import infographic

    return {"pdf": infographic.as_pdf, "png": infographic.as_png, "svg": infographic.as_svg}


def _recovery_plan() -> Mapping[str, Writer]:
    from reporting.papers import recovery_plan

    return {
        "docx": recovery_plan.as_word, "pptx": recovery_plan.as_slides, "xlsx": recovery_plan.as_workbook,
        "pdf": recovery_plan.as_pdf,
    }  # fmt: skip


def _memo() -> Mapping[str, Writer]:
    from reporting.documents import review_memo

    return {"docx": review_memo.document}


_WRITERS: Mapping[ReportKind, Callable[[], Mapping[str, Writer]]] = {
    ReportKind.SCORECARD: _scorecard,
    ReportKind.BRIEF: _brief,
    ReportKind.WARD_PROFILE: _sheet,
    ReportKind.PACK: _pack,
    ReportKind.ANNUAL: _annual,
    ReportKind.INFOGRAPHIC: _infographic,
    ReportKind.WARD_INFOGRAPHIC: _infographic,
    ReportKind.PLAN_PAGE: _sheet,
    ReportKind.RECOVERY_PLAN: _recovery_plan,
    ReportKind.MEMO: _memo,
}
