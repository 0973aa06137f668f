"""A press is carried out whole, by Streamlit's own runner of pages, whatever is asked while it is carried out."""

from threading import Thread

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequestType
from streamlit.testing.v1 import AppTest

from serving.presses import WholePresses, carry_out_whole


@pytest.fixture(autouse=True)
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_runner, "ScriptRequests", script_runner.ScriptRequests)
    carry_out_whole()


def _a_page() -> None:
    """A page whose browser asks for another drawing in the middle of whatever is done on it."""
    from threading import Thread

    import streamlit as st
    from streamlit.proto.WidgetStates_pb2 import WidgetStates
    from streamlit.runtime.scriptrunner import get_script_run_ctx
    from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

    done = st.session_state.setdefault("done", [])

    def browser_asks() -> None:
        context = get_script_run_ctx()
        assert context is not None
        assert context.script_requests is not None
        as_last_heard = RerunData(page_script_hash=context.page_script_hash, widget_states=WidgetStates())
        asking = Thread(target=context.script_requests.request_rerun, args=(as_last_heard,))
        asking.start()
        asking.join()

    def begin_and_end(what: str) -> None:
        done.append(f"{what} begun")
        browser_asks()
        st.session_state["touched"] = True
        done.append(f"{what} ended")

    def next_step() -> None:
        st.query_params["step"] = "checking"
        browser_asks()

    st.button("Step", on_click=next_step)
    st.button("Callback", on_click=begin_and_end, args=("callback",))
    st.text_input("Words", on_change=begin_and_end, args=("change",))
    if st.button("Body"):
        begin_and_end("body")
    if st.button("Stop"):
        browser_asks()
        st.stop()
        done.append("goes on all the same")
    if st.button("Again"):
        done.append("asks for another drawing")
        st.rerun()
        done.append("goes on all the same")
    if st.checkbox("Tick") and "left" not in st.session_state:
        st.session_state["left"] = True
        begin_and_end("tick")
    done.append("drawn")
    st.session_state["step"] = st.query_params.get("step")


def _page() -> AppTest:
    page = AppTest.from_function(_a_page).run()
    page.session_state["done"].clear()
    return page


@pytest.mark.parametrize("button", ["Callback", "Body"])
def test_a_press_is_carried_out_whole_and_then_what_was_asked_meanwhile(button: str) -> None:
    page = _page()
    next(each for each in page.button if each.label == button).click().run()
    assert not page.exception
    what = button.lower()
    assert page.session_state["done"] == [f"{what} begun", f"{what} ended", "drawn", "drawn"]


def test_what_is_asked_before_the_new_address_was_heard_of_is_asked_of_the_new_one() -> None:
    page = _page()
    next(each for each in page.button if each.label == "Step").click().run()
    assert page.session_state["done"] == ["drawn", "drawn"]
    assert page.session_state["step"] == "checking"


def test_what_follows_from_a_change_is_carried_out_whole_and_the_page_then_left() -> None:
    page = _page()
    page.text_input[0].set_value("typed").run()
    assert page.session_state["done"] == ["change begun", "change ended", "drawn"]


def test_the_page_itself_may_ask_for_another_drawing() -> None:
    page = _page()
    next(each for each in page.button if each.label == "Again").click().run()
    assert page.session_state["done"] == ["asks for another drawing", "drawn"]


def test_a_page_that_stops_itself_goes_no_further_and_what_was_asked_meanwhile_is_drawn() -> None:
    page = _page()
    next(each for each in page.button if each.label == "Stop").click().run()
    assert page.session_state["done"] == ["drawn"]


def test_a_drawing_without_a_press_is_left_at_once() -> None:
    page = _page()
    page.checkbox[0].check().run()
    assert page.session_state["done"] == ["tick begun", "drawn"]


def _two_pages() -> None:
    """Two pages; the browser asks for what is in `asked` in the middle of a press on the first."""
    from threading import Thread

    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx
    from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

    done = st.session_state.setdefault("done", [])

    def browser_asks_for(page: st.Page) -> None:
        context = get_script_run_ctx()
        assert context is not None
        assert context.script_requests is not None
        asking = Thread(
            target=context.script_requests.request_rerun, args=(RerunData(page_script_hash=page._script_hash),)
        )
        asking.start()
        asking.join()

    def risk() -> None:
        done.append("risk")
        if st.button("Save and be elsewhere"):
            browser_asks_for(at_home)
            st.rerun()
        if st.button("Save and be sent home"):
            browser_asks_for(at_risk)
            st.switch_page(at_home)

    def home() -> None:
        done.append("home")

    at_risk, at_home = st.Page(risk, default=True), st.Page(home)
    st.navigation([at_risk, at_home]).run()


@pytest.mark.parametrize("button", ["Save and be elsewhere", "Save and be sent home"])
def test_whoever_leaves_while_it_is_saved_arrives_and_is_not_brought_back(button: str) -> None:
    page = AppTest.from_function(_two_pages).run()
    next(each for each in page.button if each.label == button).click().run()
    assert not page.exception
    assert page.session_state["done"] == ["risk", "risk", "home"]


def test_a_session_that_ends_while_it_is_saved_ends_afterwards() -> None:
    requests = WholePresses()
    press = WidgetStates(widgets=[WidgetState(id="save", trigger_value=True)])
    requests.request_rerun(RerunData(widget_states=press))
    assert requests.on_scriptrunner_ready().rerun_data.widget_states == press
    browser = Thread(target=requests.request_stop)
    browser.start()
    browser.join()
    assert requests.on_scriptrunner_yield() is None
    assert requests.on_scriptrunner_ready().type is ScriptRequestType.STOP
