"""The files of a pack built in the background: how far they are can be asked, and they are kept for who comes back.

A file is made of a pack and two names and of nothing else. Who reads an edition has been given their pack by then, with
what they may see in it: one that was built of an equal pack says to them what their page says, whoever asked for it.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from performance.report.pack import Pack

ENDINGS = ("pdf", "docx", "pptx", "xlsx", "zip")  # of the files, as they are built
MOST = 6  # packs that are kept, each of a megabyte or two
_turn = threading.Lock()  # one pack after another: two at once are no quicker, and the second would hold up the first


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a pack's files are made of: `council` is its name in full, `place` what charts call it. `looks` says which
    templates they are written into, by ending and digest."""

    pack: Pack
    council: str
    place: str
    looks: tuple[tuple[str, str], ...] = ()


Template = Callable[[str], bytes | None]
"""The template for files with an ending, asked for as they are written."""


def _supplied(ending: str) -> None:
    """No template was restyled."""


class Building:
    """The files of one pack on their way, in a thread of their own."""

    def __init__(self, asked: Asked, template: Template = _supplied) -> None:
        self.asked, self._template = asked, template
        self.done, self.steps = 0, len(asked.pack.story.reds) + len(ENDINGS)
        self._files: dict[str, bytes] = {}
        self._refused: dict[str, str] = {}
        self._fault: Exception | None = None
        self._called_off = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"building {asked.pack.title}", daemon=True)

    def start(self) -> "Building":
        self._thread.start()
        return self

    def call_off(self) -> None:
        """What is not begun yet is not begun any more."""
        self._called_off.set()

    @property
    def is_over(self) -> bool:
        return not self._thread.is_alive()

    @property
    def refused(self) -> Mapping[str, str]:
        """Why a file could not be drawn, by its ending."""
        return self._refused

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is over, at most so long; whether it is."""
        self._thread.join(seconds)
        return self.is_over

    def outcome(self) -> Mapping[str, bytes]:
        """The files by their endings, without those that were `refused`. Raises what stood in the way."""
        if self._fault is not None:
            raise self._fault
        return self._files

    def _run(self) -> None:
        try:
            with _turn:
                self._build()
        except Exception as fault:  # noqa: BLE001 - told to whoever asks for the outcome, in their own thread
            self._fault = fault

    def _build(self) -> None:
        # Whoever takes nothing away does not wait for what makes documents.
        from reporting.packs import files

        asked = self.asked
        for found in files.built(asked.pack, council=asked.council, place=asked.place, template=self._template):
            match found:
                case (ending, bytes(content)):
                    self._files[ending] = content
                case (ending, refusal):
                    self._refused[ending] = str(refusal)
            self.done += 1
            if self._called_off.is_set():
                break


class Shelf:
    """What was built lately. No edition has two: what was built of it before it changed is thrown away."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: list[Building] = []
        self._lock = threading.Lock()

    def find(self, asked: Asked) -> Building | None:
        """The building of the same, on its way or over."""
        with self._lock:
            return self._find(asked)

    def begin(self, asked: Asked, template: Template = _supplied) -> Building:
        """The building of the same where there is one; otherwise it is begun, and the oldest of too many is dropped."""
        with self._lock:
            if found := self._find(asked):
                return found
            others = [each for each in self._kept if each.asked.pack.edition.id != asked.pack.edition.id]
            stays = others[max(len(others) - self._most + 1, 0) :]
            for each in self._kept:
                if each not in stays:
                    each.call_off()
            begun = Building(asked, template)
            self._kept = [*stays, begun]
            return begun.start()

    def drop(self, building: Building) -> None:
        """Not to be found any more."""
        building.call_off()
        with self._lock:
            self._kept = [each for each in self._kept if each is not building]

    def _find(self, asked: Asked) -> Building | None:
        return next((each for each in self._kept if each.asked == asked), None)
