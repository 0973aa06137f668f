"""The styles and scripts of a component, each in a file of its own that lies beside it.

They are constants: nothing that anyone typed may ever stand in them.
"""

from functools import cache
from pathlib import Path


@cache
def style(module: str, name: str = "") -> str:
    """The .css of that name beside the module, or of its own, to be drawn; `module` is its `__file__`."""
    return f"<style>{Path(module).with_name(f'{name or Path(module).stem}.css').read_text(encoding='utf-8')}</style>"


def script(module: str, name: str = "", *, attempt: int | None = None) -> str:
    """The .js of that name beside the module, or of its own; a browser runs it again at each new attempt."""
    again = "" if attempt is None else f"/* {attempt} */\n"
    return f"<script>{again}{_read(module, name or Path(module).stem)}</script>"


@cache
def _read(module: str, name: str) -> str:
    return Path(module).with_name(f"{name}.js").read_text(encoding="utf-8")
