"""Dates as a calendar file (RFC 5545), which Outlook and every other calendar takes in.

Each is a whole day, so no time zone moves it, and keeps nobody from being shown as free. Its name stays however often
the file is made: a calendar that has it already moves it, and has no second. The file asks nobody for an answer and
so names no method.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import quote

from icalendar import Alarm, Calendar, Event, vDuration

from performance.home.dates import DateAhead

_DAY = timedelta(days=1)
_AT_NINE = timedelta(hours=9)  # of the day on which it reminds: calendars count an alarm from midnight


def as_ics(
    dates: Iterable[DateAhead], *, council: str, name: str, at: str, made_at: datetime, by_mail: bool = False
) -> bytes:
    """The file. `council` is the area code under which names are given, `name` what the calendar is called, `at` the
    app's own address without a stroke at its end (empty where nobody knows it), `made_at` a moment in UTC. `by_mail`
    says that the daily mail reminds of what it reminds of, so that nobody is reminded twice."""
    calendar = Calendar()
    calendar.add("prodid", "-//Golden Thread//Dates//EN-GB")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for each in dates:
        calendar.add_component(_event(each, council=council, at=at, made_at=made_at, by_mail=by_mail))
    return bytes(calendar.to_ical())


def uid_of(each: DateAhead, council: str) -> str:
    """What the day is called in every calendar: by its council, its kind and its code, and never by its date."""
    return f"{each.kind.value}-{quote(each.code, safe='')}@{quote(council, safe='')}.golden-thread"


def _event(each: DateAhead, *, council: str, at: str, made_at: datetime, by_mail: bool) -> Event:
    event, line = Event(), each.line
    event.add("uid", uid_of(each, council))
    event.add("dtstamp", made_at)
    event.add("dtstart", each.on)
    event.add("dtend", each.on + _DAY)
    event.add("summary", line.label)
    link = f"{at}/{line.address}" if at else ""
    if said := "\n".join(filter(None, (line.detail, link))):
        event.add("description", said)
    if link:
        event.add("url", link)
    if each.revision is not None:
        event.add("sequence", each.revision)
    event.add("categories", [each.kind.in_words])
    event.add("transp", "TRANSPARENT")
    if each.remind_on is not None and not (by_mail and each.kind.is_said_by_mail):
        event.add_component(_alarm(line.label, each.on, each.remind_on))
    return event


def _alarm(label: str, on: date, remind_on: date) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", label)
    alarm.add("trigger", vDuration(remind_on - on + _AT_NINE))
    return alarm
