"""Readers of the pages and files of the app: what each shows goes into what was seen of councils made by chance."""

import calendar
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from cycle.ground.exports import Export, Wanted
from cycle.ground.series.scoring import Entry
from cycle.plan import targets
from cycle.report.annual import charts
from cycle.report.editions._lines import lines_to_freeze
from cycle.report.scorecard_export import COLUMNS, export_scorecard
from cycle.review import readings
from cycle.review.one_measure import MeasurePage
from cycle.review.quality import challenges, data_quality
from cycle.review.quality.doubts import Confirmed, Restated
from cycle.review.what_changed import WhatChanged
from cycle.revise.recovery import planning
from data_access.store.database import reading
from performance.ground.incoming import unwatched
from performance.ground.people import Role, User
from performance.ground.periods import Period, parse_period
from performance.ground.values import Absence, rounded
from performance.report.editions import Edition
from performance.report.frozen import FrozenLine
from performance.review.explaining import Cause, Explained
from reporting.packs.charts import as_picture
from tests.builders import WARDS
from tests.random_councils import BEGAN, CITY, moment_of
from tests.seen import PERIODS, Seen
from tests.ward_readers import read_published_wards

_NAMES = {f"Ward {number}": code for number, code in enumerate(WARDS, start=1)}
_MONTHS = "|".join(calendar.month_name[1:])
_WHEN = re.compile(rf"(\d+ )?({_MONTHS}) \d+|20\d\d(/\d\d)?")


def read_today(seen: Seen, *, officer: User, leader: User) -> None:
    """What is shown as known now alone."""
    for council in seen.councils:
        for measure in council.measures:
            for yearly in (True, False):
                for each in charts.figures_to_chart(measure.code, yearly=yearly, by=officer).ours:
                    seen.total(measure.code, each.period, rounded(each.value, measure.decimals))
            seen.series(planning.draft_plan(measure.code, by=leader).evidence.off.series.figures.values())
    for year in (2017, 2018):
        for line in targets.targets_of("WASTE", year, by=leader).lines:
            seen.series(line.series.figures.values())


def read_page(seen: Seen, page: MeasurePage) -> None:
    code = page.measure.code
    for each in page.figures:
        seen.figure(code, CITY, each.period, each.number)
        seen.said(code, CITY, each.period, each.rag.is_rated)
    seen.series(page.series.figures.values())
    read_line(seen, page.line)
    for revision in page.revisions:
        seen.recorded(revision)
    if page.explained:
        read_explained(seen, code, page.explained)


def read_earlier_pages(seen: Seen, code: str, at: datetime, by: User) -> None:
    """The measure at the end of each of its periods, with the story of the number."""
    for period in readings.measure_page(code, as_known_at=at, by=by).periods:
        read_page(seen, readings.measure_page(code, period, as_known_at=at, by=by))
        for sentence in readings.number_story(code, period, as_known_at=at, by=by):
            seen.printed(code, CITY, period, _WHEN.sub("", sentence))


def read_explained(seen: Seen, code: str, found: Explained) -> None:
    """Both figures, and the counts behind each part of the change from one to the other."""
    for period in (found.before, found.now):
        seen.said(code, CITY, period, found)
        for part in found.parts:
            if part.cause is Cause.WARD:
                seen.said(code, _NAMES[part.name], period, part)


def read_line(seen: Seen, line: Any) -> None:
    code = line.measure.code
    seen.total(code, line.period, line.value)
    seen.total(code, line.year_to_date.period, line.year_to_date_value)


def read_entry(seen: Seen, entry: Entry) -> None:
    read_line(seen, entry.line)
    for each in entry.recent:
        seen.figure(entry.measure.code, CITY, each.period, each.number)
        seen.said(entry.measure.code, CITY, each.period, each.rag.is_rated)


def read_scorecard(seen: Seen, period: Period, at: datetime, by: User) -> None:
    """On the page and as the policy officer's file."""
    for entry in readings.scorecard(period, "corporate", as_known_at=at, by=by).entries:
        read_entry(seen, entry)
    for row in export_scorecard(Wanted(role=Role.POLICY_OFFICER, period=period, as_known_at=at)).rows:
        line = dict(zip(COLUMNS, row, strict=True))
        code, shown = line["measure_code"], parse_period(line["period"])
        if code in seen.codes:
            seen.total(code, shown, line["value"])
            seen.total(code, shown.year_to_date(seen.measure(code).year_basis), line["year_to_date"])


def read_edition(seen: Seen, period: Period, at: datetime) -> None:
    """All that would be frozen of a period at the moment, for everybody."""
    day = period.end + timedelta(days=1)
    edition = Edition(committee="Panel", period=period, closes_on=day, meets_on=day)
    with reading() as session:
        lines = lines_to_freeze(session, edition, as_known_at=at, watch=unwatched)
    for line in lines:
        if line.measure_code not in seen.codes:
            continue
        seen.total(line.measure_code, line.period, line.value)
        if line.to_date:
            year = line.period.year_to_date(seen.measure(line.measure_code).year_basis)
            seen.total(line.measure_code, year, line.to_date.value)
        for point in line.points:
            seen.figure(line.measure_code, CITY, point.period, point.number)
            seen.said(line.measure_code, CITY, point.period, point.rag.is_rated)
        read_picture(line)
    if period == PERIODS[-1]:  # each ward once: it is told up to the period's end
        read_published_wards(seen, period, {line.measure_code: line for line in lines}, at)


def read_picture(line: FrozenLine) -> None:
    """The chart of a line as the pictures of a pack have it: no number in it that is not a frozen figure or target."""
    picture = as_picture(line, place="Testing", known="")
    if picture is None or picture.native is None:
        return
    known = {each.number for each in line.points} | {each.target for each in line.points}
    printed = {float(rounded(each, line.decimals)) for each in known if each is not None}
    drawn = {float(number) for series in picture.native.data for number in series.values if number is not None}
    assert drawn <= printed, f"{line.measure_code}: {drawn - printed}"
    numbers = [each["values"] for each in _data_of(picture.drawn)]
    in_rows = {value for rows in numbers for row in rows for name, value in row.items() if name in {"number", "lower"}}
    assert {round(each, line.decimals) for each in in_rows if isinstance(each, float)} <= printed


def _data_of(spec: Any) -> Iterator[dict[str, Any]]:
    """Every table of a chart's specification."""
    if isinstance(spec, dict):
        if isinstance(spec.get("data"), dict):
            yield spec["data"]
        for each in spec.values():
            yield from _data_of(each)
    elif isinstance(spec, list):
        for each in spec:
            yield from _data_of(each)


def read_file(seen: Seen, file: Export) -> None:
    for row in file.rows:
        line = dict(zip(file.columns, row, strict=True))
        for number in (line["numerator"], line["denominator"], line["value"]):
            seen.figure(line["measure_code"], line["area_code"], parse_period(line["period"]), number)


def read_what_changed(seen: Seen, at: datetime, by: User) -> None:
    """Since the period before, and between this moment and each of those before it."""
    for period in PERIODS:
        read_changes(seen, seen, readings.what_changed(period, "corporate", as_known_at=at, by=by))
        for then in seen.every[: seen.moment]:
            earlier = moment_of(then.moment)
            found = readings.difference(period, "corporate", then=earlier, as_known_at=at, by=by)
            read_changes(then, seen, found)


def read_changes(then: Seen, now: Seen, found: WhatChanged) -> None:
    for moved in found.moved:
        read_entry(then, moved.before)
        read_entry(now, moved.now)
    for entry in (*found.unusual, *found.late):
        read_entry(now, entry)
    for corrected in found.corrected:
        now.recorded(corrected.before)
        now.recorded(corrected.now)


def read_quality(seen: Seen, at: datetime, by: User) -> None:
    """What was restated, confirmed and doubted of the council's own figures, and when each of them came."""
    for month in PERIODS[:6]:
        view = data_quality.data_quality(month, as_known_at=at, by=by)
        for due in view.due:
            for revision in due.revisions:
                seen.recorded(revision)
        for confirmed in view.confirmed:
            read_confirmed(seen, confirmed)
    for restated in view.restated:
        read_restated(seen, restated)
    for question in view.open:
        asked = question.challenge
        seen.said(asked.measure_code, asked.area_code, asked.period, asked.doubted)


def read_restated(seen: Seen, restated: Restated) -> None:
    after = (restated.on - BEGAN.date()).days if restated.on else seen.moment
    for at, words, rag in ((after - 1, restated.was, restated.rag_was), (after, restated.now, restated.rag_now)):
        seen.every[at].printed(restated.measure.code, CITY, restated.period, words)
        seen.every[at].said(restated.measure.code, CITY, restated.period, rag and rag.is_rated)


def read_confirmed(seen: Seen, confirmed: Confirmed) -> None:
    code, period = confirmed.measure.code, confirmed.period
    seen.printed(code, CITY, period, confirmed.figure)
    seen.said(code, CITY, period, set(confirmed.checks) - {Absence.SUPPRESSED.in_words})
    seen.said(code, CITY, period, confirmed.judged and confirmed.judged.doubted)


def read_questions(seen: Seen, code: str, area: str | None, at: datetime, by: User) -> None:
    """Which figures are asked about, and what a check said of them."""
    for each in challenges.thread(code, area, as_known_at=at, by=by).questions:
        seen.said(code, each.challenge.area_code, each.challenge.period, each.challenge.doubted)
