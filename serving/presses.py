"""A press is carried out whole: what is asked of the server meanwhile waits until the page has been drawn for it.

Streamlit breaks a drawing off as soon as the same browser asks for another one, at whatever line it stands. Of a
button that was pressed this leaves nothing, or half: the verb done and not said, a callback that stopped between two
lines. Someone who saves and goes on at once to another page has then saved nothing, and is not told.

Streamlit has no setting for it, so its queue of requests is replaced by this one. It needs `runner.fastReruns` to be
off: with it, a second drawing begins beside the first.
"""

import threading
from dataclasses import replace

from streamlit.runtime.scriptrunner import StopException, get_script_run_ctx, script_runner
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequest,
    ScriptRequests,
    ScriptRequestType,
)
from streamlit.runtime.scriptrunner_utils.script_run_context import RunLocation, ThreadState

_PRESSES = ("trigger_value", "json_trigger_value")


def carry_out_whole() -> None:
    """From now on, every drawing in this process that carries out a press is finished before another one begins."""
    script_runner.ScriptRequests = WholePresses  # type: ignore[attr-defined] # where a session's queue is made


class WholePresses(ScriptRequests):
    """What one session asks to be drawn, handed out one after the other; a press is not broken off for the next.

    Only the page itself ends a drawing that carries out a press, by `st.rerun`, `st.switch_page` or `st.stop`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._drawing_thread: int | None = None
        self._is_pressed = False
        self._is_ending = False
        self._address: str | None = None
        self._next_page: str | None = None

    def request_rerun(self, new_data: RerunData) -> bool:
        """The browser, or the page itself, asks for a drawing; False once the session is over."""
        if not self._asks_itself():
            self._next_page = new_data.page_script_hash
            return super().request_rerun(new_data)
        self._is_ending = True
        return self._is_left() or super().request_rerun(new_data)

    def request_rerun_batch(self, rerun_batch: list[RerunData]) -> bool:
        """What callbacks asked for, once all are done."""
        self._is_ending = True
        return super().request_rerun_batch(rerun_batch)

    def request_stop(self) -> None:
        """The session is over; or the page ends itself at this very line, and what was asked meanwhile is next."""
        if self._asks_itself():
            raise StopException
        super().request_stop()

    def on_scriptrunner_yield(self) -> ScriptRequest | None:
        """The page may be left at this line for what else is asked, unless a press is being carried out."""
        if not self._is_ending and (self._is_pressed or ThreadState.get().run_location == RunLocation.CALLBACK):
            return None
        request = super().on_scriptrunner_yield()
        return None if request is None else self._handed_out(request)

    def on_scriptrunner_ready(self) -> ScriptRequest:
        """The page is drawn, or none was yet: what is next."""
        self._drawing_thread = threading.get_ident()
        return self._handed_out(super().on_scriptrunner_ready())

    def _asks_itself(self) -> bool:
        return threading.get_ident() == self._drawing_thread

    def _is_left(self) -> bool:
        """Whether the browser has gone on to another page: whatever this one asks then, nobody is brought back."""
        context = get_script_run_ctx(suppress_warning=True)
        return context is not None and self._next_page not in (None, context.page_script_hash)

    def _handed_out(self, request: ScriptRequest) -> ScriptRequest:
        if request.type is not ScriptRequestType.RERUN:
            return request
        data = self._at_the_new_address(request.rerun_data)
        self._address, self._next_page = data.query_string, None
        self._is_pressed, self._is_ending = _is_press(data), False
        return ScriptRequest(request.type, data)

    def _at_the_new_address(self, data: RerunData) -> RerunData:
        """What the browser asked before it heard of the address that the page has since put up is asked of that one."""
        context = get_script_run_ctx(suppress_warning=True)
        if context is None or data.is_history_navigation or data.page_script_hash != context.page_script_hash:
            return data
        is_old = data.query_string == self._address
        return replace(data, query_string=context.query_string) if is_old else data


def _is_press(data: RerunData) -> bool:
    """Whether a button, a form or a component's event is among what is asked: what is true in one drawing only."""
    states = data.widget_states.widgets if data.widget_states else ()
    return any(
        each.WhichOneof("value") in _PRESSES and bool(getattr(each, each.WhichOneof("value"))) for each in states
    )
