"""A file put into a folder, wherever that is: a share, a synchronised folder, a store of objects, through fsspec."""

import logging
import os
import re
import secrets
from collections.abc import Mapping
from datetime import datetime

import fsspec
from fsspec import AbstractFileSystem
from fsspec.implementations.local import LocalFileSystem

from performance.home.mail import Handed, Outcome, cut

log = logging.getLogger(__name__)
_PART = re.compile(r"\.golden-thread-[0-9a-f]{16}\.part")


def put(folders: Mapping[str, str], folder: str, place: str, name: str, data: bytes) -> Outcome:
    """The file, whole: written beside its place under another name and then moved there, so that nobody who reads or
    synchronises the folder sees half of it. One of that name is replaced.

    `folders` are the operator's, by the name that people choose; `place` is a way down from it.
    """
    if folder not in folders:
        return Outcome(handed=Handed.REFUSED, said=f"No folder called {folder} is set any more (REPORT_FOLDERS)")
    try:
        files, root = fsspec.core.url_to_fs(folders[folder])
        return _put(files, root.rstrip("/"), place, name, data)
    except Exception as fault:  # each kind of store has its own; all of them are tried again
        log.exception("The folder %s cannot be written to", folder)
        said = fault.strerror if isinstance(fault, OSError) and fault.strerror else type(fault).__name__
        return Outcome(handed=Handed.PUT_OFF, said=cut(f"The folder {folder} cannot be written to ({said})"))


def _put(files: AbstractFileSystem, root: str, place: str, name: str, data: bytes) -> Outcome:
    is_local = isinstance(files, LocalFileSystem)
    if is_local and not files.isdir(root):
        # A share that is not there would otherwise be filled where it is to appear.
        return Outcome(handed=Handed.PUT_OFF, said="The folder is not there")
    target = "/".join(filter(None, (root, place)))
    if is_local and not _is_inside(target, root):
        return Outcome(handed=Handed.REFUSED, said="The folder inside it leads out of it")
    files.makedirs(target, exist_ok=True)
    part = f"{target}/.golden-thread-{secrets.token_hex(8)}.part"
    try:
        with files.open(part, "wb") as file:
            file.write(data)
        if is_local:
            os.replace(part, f"{target}/{name}")  # noqa: PTH105 - both are texts, as fsspec has them
        else:
            files.mv(part, f"{target}/{name}")
    finally:
        if files.exists(part):
            files.rm(part)
    return Outcome(handed=Handed.TAKEN, said="/".join(filter(None, (place, name))))


def tidy(folders: Mapping[str, str], folder: str, place: str, *, before: datetime) -> int:
    """Take away what a job that was killed left half written there before then, which nothing else is called like;
    answers how many. A place that cannot be read is left as it is: whatever is written there next says why."""
    if folder not in folders:
        return 0
    try:
        files, root = fsspec.core.url_to_fs(folders[folder])
        target = "/".join(filter(None, (root.rstrip("/"), place)))
        if not files.isdir(target) or (isinstance(files, LocalFileSystem) and not _is_inside(target, root)):
            return 0
        names = [str(each) for each in files.ls(target, detail=False) if _PART.fullmatch(str(each).rpartition("/")[2])]
        left = [name for name in names if files.modified(name) < before]
        for name in left:
            files.rm_file(name)
        return len(left)
    except Exception:  # each kind of store has its own, and some cannot say when a file was written
        log.exception("What was left half written in the folder %s could not be taken away", folder)
        return 0


def _is_inside(target: str, root: str) -> bool:
    """Wherever links lead."""
    whole = os.path.realpath(root)
    return os.path.commonpath([whole, os.path.realpath(target)]) == whole
