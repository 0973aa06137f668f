"""Servers that the tests start end with them, also when a run is broken off in the middle."""

import shutil


def ends_with_us(*command: object, signal: str = "KILL") -> list[str]:
    """The command, run so that the kernel sends it that signal when the process that starts it is gone."""
    parts = [str(part) for part in command]
    program = shutil.which("setpriv")
    return [program, "--pdeathsig", signal, *parts] if program else parts
