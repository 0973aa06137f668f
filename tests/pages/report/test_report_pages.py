"""The annual-report chart, as the policy officer makes it."""

from pathlib import PurePosixPath
from typing import Any

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest, app_test

from performance.ground.people import Role
from performance.ground.periods import Frequency, Period
from tests.builders import NATION, a_user, add_council, add_figure, add_measure
from tests.cycle.report.annual.test_charts import a_yearly_measure
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/report/annual_chart.py"


def test_the_officer_sees_the_chart_with_a_headline_and_words_for_ears(open_page: Open) -> None:
    app = open_page(a_yearly_measure(), PAGE)
    assert not app.exception
    headline = next(box for box in app.text_input if str(box.key).startswith("words-headline-"))
    assert headline.value == "Measure YEARLY: down to 16.1%, lowest since 2014/15"
    assert "8 words" in texts(app)
    alt = next(box for box in app.text_area if str(box.key).startswith("words-alt-"))
    assert "It fell from 18.2% in 2014/15 to 16.1% in 2016/17." in alt.value
    assert "England was 15.5% in 2016/17." in alt.value
    (image,) = app.get("image")
    assert alt.value in str(image.proto)
    assert [each.proto.label for each in app.get("download_button")] == [
        "Word", "PowerPoint", "Excel", "PDF", "PNG", "SVG",
    ]  # fmt: skip


def test_the_preview_is_the_very_picture_that_is_handed_out(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[MediaFileManager] = []

    def keep(*stored: MemoryMediaFileStorage) -> MediaFileManager:
        """What a page hands to the browser is forgotten after each run, unless somebody holds it."""
        kept.append(MediaFileManager(*stored))
        return kept[-1]

    monkeypatch.setattr(app_test, "MediaFileManager", keep)
    app = open_page(a_yearly_measure(), PAGE)
    headline = next(box for box in app.text_input if str(box.key).startswith("words-headline-"))
    pictures = [_shown(app, kept[-1])]
    headline.input("Words of my own").run()
    assert not app.exception
    pictures.append(_shown(app, kept[-1]))
    assert pictures[0] != pictures[1], "a picture for each headline"
    (button,) = [each.proto for each in app.get("download_button") if each.proto.label == "PNG"]
    assert _read(kept[-1], kept[-1].execute_deferred(button.deferred_file_id)) == pictures[1]


def _shown(app: AppTest, files: MediaFileManager) -> bytes:
    (image,) = app.get("image")
    (picture,) = image.proto.imgs
    return _read(files, picture.url)


def _read(files: MediaFileManager, url: str) -> bytes:
    file = files.read_file(PurePosixPath(url).stem)
    assert file is not None
    assert file.content.startswith(b"\x89PNG")
    return file.content


def typed(app: AppTest, name: str) -> Any:
    return next(box for box in [*app.text_input, *app.text_area] if str(box.key).startswith(f"words-{name}-"))


def test_subtitle_and_source_are_suggested_until_somebody_writes_them(open_page: Open) -> None:
    app = open_page(a_yearly_measure(), PAGE)
    assert (typed(app, "subtitle").value, typed(app, "source").value, typed(app, "note").value) == ("", "", "")
    subtitle = "Percent, Testing, 2014/15 to 2016/17"
    assert f"Suggested, and used as long as this is empty: {subtitle}" in texts(app)
    assert "Suggested, and used as long as this is empty: Records from Borough of Testing" in texts(app)
    typed(app, "subtitle").input("Of those asked").run()
    assert f"Yours stands. Suggested: {subtitle}" in texts(app)
    typed(app, "subtitle").input("x" * 251).run()
    assert "once its texts are short enough" in texts(app)
    assert not app.get("download_button")


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx", "pdf", "png", "svg"])
def test_each_file_of_a_chart_is_made_when_it_is_asked_for(
    ending: str, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[MediaFileManager] = []

    def keep(*stored: MemoryMediaFileStorage) -> MediaFileManager:
        kept.append(MediaFileManager(*stored))
        return kept[-1]

    monkeypatch.setattr(app_test, "MediaFileManager", keep)
    app = open_page(a_yearly_measure(), PAGE)
    typed(app, "subtitle").input("Of those asked").run()
    (button,) = [each.proto for each in app.get("download_button") if each.proto.id.endswith(f"figure-{ending}")]
    file = kept[-1].read_file(PurePosixPath(kept[-1].execute_deferred(button.deferred_file_id)).stem)
    assert file is not None
    begins = {"png": b"\x89PNG", "pdf": b"%PDF", "svg": b"<svg"}.get(ending, b"PK")
    assert file.content.startswith(begins)
    if ending == "svg":
        assert b"Of those asked" in file.content


def test_a_sign_that_nobody_sees_stops_neither_the_page_nor_its_files(open_page: Open) -> None:
    app = open_page(a_yearly_measure(), PAGE)
    headline = next(box for box in app.text_input if str(box.key).startswith("words-headline-"))
    headline.input("Fewer\x08 missed\x00").run()
    assert not app.exception
    assert not app.error


def test_a_headline_the_figures_do_not_bear_out_is_doubted(open_page: Open) -> None:
    app = open_page(a_yearly_measure(), PAGE)
    headline = next(box for box in app.text_input if str(box.key).startswith("words-headline-"))
    headline.input("It rose to its highest").run()
    assert "the figure went from 18.2% in 2014/15 to 16.1% in 2016/17" in texts(app)


def test_the_address_names_measure_years_and_chart(open_page: Open) -> None:
    app = open_page(a_yearly_measure(), PAGE, **{"from": "2015-16", "chart": "bars"})
    alt = next(box for box in app.text_area if str(box.key).startswith("words-alt-"))
    assert alt.value.startswith("Bar chart of measure YEARLY in Testing, 2015/16 to 2016/17.")


def test_a_monthly_measure_is_drawn_by_months_when_asked(open_page: Open) -> None:
    officer = a_yearly_measure()
    add_measure("MONTHLY", title="A monthly one")
    for step in range(19):
        add_figure("MONTHLY", Period.month(2016, 4).shifted(step).iso, str(10 + step))
    app = open_page(officer, PAGE, measure="MONTHLY", by="periods")
    assert not app.exception
    assert "No comparator is published for these periods." in texts(app)
    assert "Oct 2016" in texts(app)


def test_another_measure_is_drawn_over_all_its_own_years_with_its_own_comparators(open_page: Open) -> None:
    officer = a_yearly_measure()
    add_measure("OTHER", title="Another one", frequency=Frequency.YEARLY)
    for year in (2014, 2015, 2016):
        add_figure("OTHER", Period.year(year).iso, str(year))
        add_figure("OTHER", Period.year(year).iso, "7", area=NATION)
    app = open_page(officer, PAGE, measure="YEARLY")
    app.get_by_key("pick_from").select(Period.year(2015).iso).run()
    app.get_by_key("pick_to").select(Period.year(2015).iso).run()
    app.multiselect[0].set_value([]).run()
    assert {"from", "to", "with"} <= set(app.query_params)
    app.get_by_key("pick_measure").select("OTHER").run()
    assert not app.exception
    assert not {"from", "to", "with"} & set(app.query_params)
    alt = next(box for box in app.text_area if str(box.key).startswith("words-alt-"))
    assert alt.value.startswith("Line chart of another one in Testing, 2014/15 to 2016/17.")
    assert "England" in alt.value


def test_a_measure_whose_years_are_not_over_says_so(open_page: Open) -> None:
    add_council()
    add_measure("NEW", title="A new one")
    add_figure("NEW", "2017-09", "5")
    app = open_page(a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), PAGE)
    assert not app.exception
    assert "No year of this measure is over yet." in texts(app)


def test_a_comparator_can_be_left_out(open_page: Open) -> None:
    app = open_page(a_yearly_measure(), PAGE)
    app.multiselect[0].set_value([]).run()
    assert not app.exception
    assert "England" not in texts(app)


def test_whom_it_is_compared_with_is_in_the_address(open_page: Open) -> None:
    officer = a_yearly_measure()
    app = open_page(officer, PAGE)
    app.multiselect[0].set_value([]).run()
    assert app.query_params["with"] == "none"
    assert "England" not in texts(open_page(officer, PAGE, **{"with": "none"}))
    app.multiselect[0].set_value([NATION]).run()
    assert app.query_params["with"] == NATION
    assert "England" in texts(open_page(officer, PAGE, **{"with": NATION}))
    assert "there is no such thing here" in texts(open_page(officer, PAGE, **{"with": "NOPE"}))


def test_where_few_may_be_chosen_all_is_not_offered(open_page: Open) -> None:
    few = open_page(a_yearly_measure(), PAGE).multiselect[0].proto
    assert (few.max_selections, few.select_all) == (3, False)


def test_an_empty_database_says_what_to_do(open_page: Open) -> None:
    add_council()
    add_measure("EMPTY")
    app = open_page(a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), PAGE)
    assert "There are no figures to draw yet." in texts(app)


def test_what_others_reach_alone_is_not_offered_as_ours(open_page: Open) -> None:
    add_council()
    add_measure("THEIRS")
    add_figure("THEIRS", "2017-09", "5", area=NATION)
    app = open_page(a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), PAGE)
    assert "There are no figures to draw yet." in texts(app)
