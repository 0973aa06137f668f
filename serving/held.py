"""What Streamlit holds for its sessions, as far as the doors must know: whose each is, and what was uploaded for it.

Streamlit has no public name for most of this, so it is looked up here and nowhere else.
"""

from dataclasses import dataclass

from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from components.frame.browser import OWNER


@dataclass(frozen=True, kw_only=True)
class Load:
    """How much was uploaded and is still held: files, and bytes of them."""

    files: int
    size: int

    def __add__(self, other: "Load") -> "Load":
        return Load(files=self.files + other.files, size=self.size + other.size)


def owner_of(session_id: str) -> str | None:
    """The digest of the browser that the session belongs to; None for a session that is not there."""
    found = get_instance()._session_mgr.get_session_info(session_id)
    said = None if found is None else found.session._user_info.get(OWNER)
    return said if isinstance(said, str) else None


def owner_of_promised(file_id: str) -> str | None:
    """The browser for whose session a file is made when it is asked for; None where none was promised."""
    promised = get_instance().media_file_mgr._deferred_callables.get(file_id)
    return None if promised is None else owner_of(promised["session_id"])


def uploads() -> dict[str, Load]:
    """By session, what was uploaded for it and is held."""
    held = _uploads(get_instance()).file_storage
    return {
        session: Load(files=len(files), size=sum(len(each.data) for each in list(files.values())))
        for session, files in list(held.items())
    }


def let_go() -> None:
    """Free what was uploaded for sessions that are gone: their connection closed, and not come back in two minutes.

    To look for a session that has waited too long is also what makes Streamlit forget it.
    """
    runtime = get_instance()
    for session in list(_uploads(runtime).file_storage):
        if runtime._session_mgr.get_session_info(session) is None:
            _uploads(runtime).remove_session_files(session)


def _uploads(runtime: Runtime) -> MemoryUploadedFileManager:
    manager = runtime.uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)  # noqa: S101 - the only one that Streamlit's server has
    return manager
