"""Readers of all that is shown by ward: the map, a ward's profile on screen and on paper, and the Explorer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import product
from typing import Any

from components.review.wards import drawn_map, ward_map
from components.review.wards.classes import Colouring
from cycle.ground.series.warding import NoWardFiguresError, WardMap
from cycle.review import explorer, public_ward, readings
from cycle.review.explored_lines import OURS, Over
from cycle.review.public_ward import public_profile
from performance.ground.people import User
from performance.ground.periods import Period
from performance.ground.reckoning.direction import Direction
from performance.report.frozen import FrozenLine
from performance.review.wards.profile import WardLine, WardProfile
from performance.review.wards.published import Published
from reporting.documents import ward_profile
from tests.builders import WARDS
from tests.random_councils import CITY
from tests.seen import Seen

_OUTLINE = {"type": "Polygon", "coordinates": [[[-2.2, 52.5], [-2.1, 52.5], [-2.1, 52.6], [-2.2, 52.5]]]}
_SAYS_NOTHING = {"#BEBEBE", "#FFFFFF"}


def read_map(seen: Seen, code: str, period: Period | None, at: datetime, by: User) -> None:
    try:
        read_wards(seen, readings.ward_map(code, period, as_known_at=at, by=by))
    except NoWardFiguresError:
        return


def read_wards(seen: Seen, found: WardMap) -> None:
    code, period = found.measure.code, found.period
    for ward in found.wards:
        seen.figure(code, ward.area.code, period, ward.value)
        seen.said(code, ward.area.code, period, ward.rank or ward.interval or ward.map_class is not None)
        seen.figure(code, ward.area.code, period, ward.per_head)
        seen.figure(code, CITY, period, ward.expected)
    for number in (found.whole, found.average_ward, found.whole_per_head):
        seen.figure(code, CITY, period, number)
    read_drawing(seen, found)
    for area, numbers in found.numbers.items():
        for each, number in numbers.items():
            seen.figure(code, area, each, number)


def read_drawing(seen: Seen, found: WardMap) -> None:
    """What is sent to the browser of each ward: its words, and a colour that says more than hidden or no data."""
    outlined = replace(found, geometries={ward.area.code: _OUTLINE for ward in found.wards})
    words = ward_map.said_of_each(outlined, "Testing")
    for by in Colouring:
        spec = drawn_map.drawing(outlined, words, chosen="", by=by, zoom=8)
        for shape in spec["layer"][0]["data"]["values"]:
            seen.printed(found.measure.code, shape["code"], found.period, shape["words"])
            seen.said(found.measure.code, shape["code"], found.period, shape["fill"] not in _SAYS_NOTHING)


def read_profile(seen: Seen, ward: str, period: Period | None, at: datetime, by: User) -> None:
    """A ward on screen, and the same as a sheet."""
    profile = readings.ward_profile(ward, period, as_known_at=at, by=by)
    for line in profile.every_line:
        read_line(seen, profile, line)
    read_sheet(seen, profile)


def read_published_wards(seen: Seen, period: Period, lines: Mapping[str, FrozenLine], at: datetime) -> None:
    """What an edition frozen at the moment would bear out of each ward, without signing in."""
    published = {code: Published(title=line.title, numbers=line.numbers) for code, line in lines.items()}
    for ward in public_ward.published_wards(published, known_at=at):
        profile = public_ward.find_published_profile(ward.code, period, published, known_at=at)
        for line in profile.every_line if profile else ():
            if line.measure.code in seen.codes:
                read_line(seen, profile, line)


def read_line(seen: Seen, profile: WardProfile, line: WardLine) -> None:
    code, ward, period = line.measure.code, profile.ward.code, line.period
    seen.figure(code, ward, period, line.ward)
    seen.said(code, ward, period, line.interval or line.rank or line.interval_in_words)
    seen.figure(code, ward, period, line.per_head)
    for number in (line.whole, line.expected, line.average, line.whole_per_head):
        seen.figure(code, CITY, period, number)
    if line.before and line.direction is not Direction.NOT_AVAILABLE:
        for each in (line.before, period):
            seen.said(code, ward, each, line.trend_in_words)
    for each, number in line.numbers:
        seen.figure(code, ward, each, number)
    for each, number in line.whole_numbers:
        seen.figure(code, CITY, each, number)
    read_range(seen, profile, line)


def read_range(seen: Seen, profile: WardProfile, line: WardLine) -> None:
    """The range is of the similar wards that a map shows; were it of more, each of them would be known."""
    places = [(line.measure.code, each.code, line.period) for each in profile.similar]
    shown = [place for place in places if place in seen.places]
    for place in places if len(line.similar) > len(shown) else shown:
        seen.said(*place, line.similar_in_words)


def read_sheet(seen: Seen, profile: WardProfile) -> None:
    """Row by row, as printed on the side, and the lines that are drawn on it."""
    sheet = ward_profile.sheet(profile)
    for line, row in zip(profile.every_line, sheet.grids[0].rows, strict=True):
        code, period = line.measure.code, line.period
        _, own, interval, whole, _, compared, _ = row
        for words in (own, interval, compared):
            seen.printed(code, profile.ward.code, period, str(words))
        seen.printed(code, CITY, period, whole)
    for picture in sheet.pictures:
        code = next(each.measure.code for each in profile.every_line if each.measure.title == picture.title)
        drawn = {each.short: each for each in profile.periods}
        for label in _labels(picture.spec):
            seen.said(code, profile.ward.code, drawn[label], label)


def _labels(spec: Any) -> set[str]:
    """The periods of all data in a chart."""
    if isinstance(spec, dict):
        own = {str(each["period"]) for each in spec.get("values", ()) if isinstance(each, dict) and "period" in each}
        return own.union(*(_labels(each) for each in spec.values()))
    return set().union(*(_labels(each) for each in spec)) if isinstance(spec, list) else set()


def read_public_profile(seen: Seen, ward: str) -> None:
    """As the file that the operator makes shows it, of what is known now."""
    profile = public_profile(ward, None)
    for line in profile.every_line:
        read_line(seen, profile, line)
    read_sheet(seen, profile)


def read_explorer(seen: Seen, at: datetime, by: User) -> None:
    """Every measure for every place over all years, and the maps; the file holds the same numbers."""
    most, places = explorer.MOST_LINES, (OURS, *WARDS)
    for code in seen.codes:
        for first, over in product(range(0, len(places), most), Over):
            for found in explorer.explore([code], places[first : first + most], over=over, as_known_at=at, by=by):
                read_explored(seen, found)
        for each in explorer.list_maps([code], as_known_at=at, by=by):
            if each.map:
                read_wards(seen, each.map)


def read_explored(seen: Seen, found: explorer.Explored) -> None:
    for line in found.lines:
        area = CITY if line.place.code == OURS else line.place.code
        assert not line.hidden & line.numbers.keys()
        for period, number in line.numbers.items():
            if found.over:
                seen.total(found.measure.code, period, number, area=area)
            else:
                seen.figure(found.measure.code, area, period, number)
