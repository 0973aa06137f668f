"""What stands around a measure's chart: its rating, comparators, what was said, how it is made, and its revisions."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from html import escape

import streamlit as st

from components.frame import known, navigation
from components.parts import asset, html_table, rating
from components.parts.markup import plain
from cycle.review.one_measure import MeasurePage
from performance.ground.figures import Figure
from performance.ground.periods import Period, day_in_words
from performance.ground.reckoning.aggregation import months_in_words
from performance.ground.reckoning.due import stored_value
from performance.ground.reckoning.rag import bands_in_words
from performance.ground.values import Absence
from performance.review.variation import change_in_words
from reporting.words.sentences import mean_and_median, travel_in_words


def rated(page: MeasurePage) -> None:
    """The rating now, and the rule behind it."""
    line = page.line
    st.html(rating.sentence(line.rag, _figure_in_words(page)))
    moved = f" {line.target_moved_in_words}." if line.is_by_target_alone else ""
    st.write(plain(bands_in_words(page.measure, line.target, default_percent=page.default_percent) + moved))


def heading(page: MeasurePage) -> None:
    """Whether it is a real change, the rating for the year to date, and what the year is expected to come to."""
    line, measure = page.line, page.measure
    if page.variation is not None:
        st.write(plain(f"{page.variation.in_words(line.rag)} {page.variation.limits.in_words(measure)}."))
    elif isinstance(line.value, Decimal):
        st.write(plain(f"{change_in_words(measure, None).capitalize()}."))
    st.write(plain(travel_in_words(line)))
    to_date = line.year_to_date_value
    if not isinstance(to_date, Absence) and line.year_to_date.period != line.period:
        months = months_in_words(measure, line.year_to_date)
        st.html(rating.sentence(line.ytd_rag, f"{measure.print_value(to_date)} in the year to date, {months}"))
    _beside(page)
    _year_end(page)
    if measure.illustrative:
        st.caption("Illustrative figures, made for this demonstration.")


def _beside(page: MeasurePage) -> None:
    """Mean and median in one sentence, where both are kept and have a figure for the period; a link to the other."""
    line, other = page.line, page.beside
    if other is None:
        return
    number = other.numbers.get(line.period)
    if isinstance(line.value, Decimal) and number is not None:
        mean, median = (line.value, number) if other.is_median else (number, line.value)
        st.write(plain(mean_and_median(page.measure, line.period, mean=mean, median=median)))
    what = "median" if other.is_median else "mean"
    st.page_link(
        navigation.find_entry("One measure").file, label=plain(f"See the {what}: {other.measure.title}"),
        query_params={"measure": other.measure.code, "period": line.period.iso, **known.query(page.as_known_at)},
    )  # fmt: skip


def _year_end(page: MeasurePage) -> None:
    """What the year is expected to come to, how sure that is, and what it would take."""
    found, measure = page.outlook, page.measure
    if measure.is_outturn:
        st.write("The figure is itself a forecast of the year, shown as it was given: no forecast is made of it.")
    if found is None or found.forecast.is_known:
        return
    said = f"{found.forecast.in_words(measure)} expected for {found.year.in_words}"
    tried = f"{found.forecast.error_in_words(measure)}."
    if found.target is None:
        st.write(plain(f"{said}. {tried}"))
        return
    st.html(rating.sentence(found.rag, f"{said}: {found.chance_in_words} of meeting the year's target"))
    needs = f"{found.needed.in_words(measure)}. " if found.needed else ""
    st.write(plain(f"{needs}{tried}"))


def show(page: MeasurePage) -> None:
    """What stands below the views: the way to the wards, commentary, method and revisions."""
    _wards(page)
    _commentary(page)
    _method(page)
    _revisions(page)


def _wards(page: MeasurePage) -> None:
    """The way to the measure's wards, for a measure that has any."""
    if page.has_wards:
        if page.is_by_ward_alone:
            st.info("This measure has figures for wards alone, none for the whole council.")
        wards_page = navigation.find_entry("Wards").file
        query = {"measure": page.measure.code, **known.query(page.as_known_at)}
        st.page_link(wards_page, label="See it by ward", query_params=query)


def _commentary(page: MeasurePage) -> None:
    """What the owner said, newest first; only of figures as they stand now."""
    st.header("Commentary", anchor=False)
    said = sorted((each for each in page.series.figures.values() if each.commentary), key=_by_period, reverse=True)
    if not said:
        st.write("No commentary has been written for this measure.")
    for figure in said[:1]:
        _said(figure, page)
    if len(said) > 1:
        with st.expander(plain(f"Earlier commentary ({len(said) - 1})")):
            for figure in said[1:]:
                _said(figure, page)


def _method(page: MeasurePage) -> None:
    """How the figure is made and who owns it, so that anyone can make it again."""
    measure = page.measure
    st.header("How it is measured", anchor=False)
    reviewed = measure.methodology_reviewed_on
    facts = [
        ("What it is", measure.definition),
        ("What good is", " ".join(part for part in (measure.polarity.in_words + ".", measure.polarity_note) if part)),
        ("What is counted", measure.numerator_definition),
        ("What it is divided by", measure.denominator_definition),
        ("Method", measure.methodology),
        ("Method last reviewed", day_in_words(reviewed) if reviewed else ""),
        ("Source", measure.source),
        ("Owner", ", ".join(part for part in (measure.owner_role, page.unit_name) if part)),
        ("Objective", page.objective.title if page.objective else ""),
        ("Kind", f"{measure.content_kind.in_words}; {measure.perspective.in_words.lower()}"),
        ("No target because", measure.no_target_reason),
        ("Retired on", day_in_words(measure.active_to) if measure.active_to else ""),
        ("Required by", measure.statutory_reference),
    ]
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(_paragraphs(text))}</dd>" for name, text in facts if text)
    st.html(f"{_STYLE}<dl class='facts'>{items}</dl>")


def _revisions(page: MeasurePage) -> None:
    """Who recorded what and when; corrections show what was there before."""
    corrected = sum(figure.revision > 1 for figure in page.revisions)
    counted = f"{_count(len(page.revisions), 'entry', 'entries')}, {_count(corrected, 'correction', 'corrections')}"
    with st.expander(plain(f"Who recorded the figures ({counted})")):
        if not page.revisions:
            st.write("Nothing has been recorded yet.")
            return
        st.html(_revisions_in_words(page))


_STYLE = asset.style(__file__)


@lru_cache(maxsize=128)
def _revisions_in_words(page: MeasurePage) -> str:
    columns = [html_table.Column(title=title) for title in ("Period", "Figure", "Revision", "Status", "Who", "When")]
    rows = [_revision(figure, page) for figure in page.revisions[:200]]
    return html_table.wrapped("Revisions", html_table.table("Newest first", columns, rows))


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _paragraphs(text: str) -> str:
    """One empty line between paragraphs, however many the source left."""
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", text.strip())


def _figure_in_words(page: MeasurePage) -> str:
    line, measure = page.line, page.measure
    firm = ", provisional" if line.is_provisional else ", estimated" if line.is_estimated else ""
    return f"{measure.print_value(line.value)} in {line.period.in_words}{firm}{line.against_target}"


def _by_period(figure: Figure) -> Period:
    return figure.period


def _said(figure: Figure, page: MeasurePage) -> None:
    st.markdown(f"**{plain(figure.period.in_words)}**")
    st.text(figure.commentary)
    st.caption(plain(_who_and_when([figure], page)))


def _who_and_when(figures: Iterable[Figure], page: MeasurePage) -> str:
    return "; ".join(
        f"{page.known_as.get(each.recorded_by, each.recorded_by)}, {day_in_words(each.recorded_at.date())}"
        for each in figures
        if each.recorded_at
    )


def _why_corrected(figure: Figure, page: MeasurePage) -> str:
    """What was locked says why it was opened again."""
    reason = page.corrected_because.get(figure.reopening_id or 0)
    return f". Corrected after it was locked: {reason}" if reason else ""


def _revision(figure: Figure, page: MeasurePage) -> list[str]:
    counts = f" ({figure.numerator:,f} of {figure.denominator:,f})" if figure.denominator is not None else ""
    return [
        figure.period.in_words,
        page.measure.print_value(stored_value(page.measure, figure)) + counts,
        str(figure.revision),
        figure.status.value.capitalize() + _why_corrected(figure, page),
        page.known_as.get(figure.recorded_by, figure.recorded_by),
        f"{figure.recorded_at:%-d %b %Y %H:%M}" if figure.recorded_at else "",
    ]
