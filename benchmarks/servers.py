"""Servers to measure: the app with its demonstration, and bare pages with and without Streamlit's own defaults."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from serving.browsers import OWNERS
from settings import ROOT

# A menu of as many pages as the app's own, each a script that draws one of its pages from constants; of a page that was
# asked for several things the address says which.
BARE_APP = """
import gc
import streamlit as st

@st.cache_resource(show_spinner=False)
def freeze():
    import altair, pandas, pydeck
    gc.collect()
    gc.freeze()

{freeze}
pages, asked = {pages}, st.query_params.get("sheet", "")
sheets = {{name: asked if asked.split(".")[0] == name else name for name in pages}}
menu = [st.Page(f"{{sheets[name]}}.sheet.py", title=name, url_path=name, default=name == pages[0]) for name in pages]
st.navigation(menu, position="top").run()
"""


def file_of(sheet: str) -> str:
    """The file a bare page lies in."""
    return f"{sheet}.sheet.py"


def environment(folder: Path) -> dict[str, str]:
    """The app's own state in the folder, so that measuring touches nothing else."""
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'golden_thread.db'}",
        "GOLDEN_THREAD_STATE": str(folder),
    }


def load_demonstration(folder: Path) -> None:
    for command in ("migrate", "demo"):
        subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=ROOT,
            env=environment(folder),
            check=True,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def app_server(folder: Path) -> Iterator[str]:
    with _serving(["serve.py"], cwd=ROOT, env=environment(folder), log=folder / "app.log") as site:
        yield site


@contextmanager
def open_server(folder: Path) -> Iterator[str]:
    """The app without its doors: whoever sends the header of a browser is believed."""
    with _serving(["Home.py", "--server.trustedUserHeaders", json.dumps(OWNERS)], cwd=ROOT, env=environment(folder),
                  log=folder / "open.log") as site:  # fmt: skip
        yield site


@contextmanager
def bare_server(folder: Path, sheets: dict[str, str], *, stock: bool) -> Iterator[str]:
    """Shows the sheets, scripts by name, those of one page as one page; `stock` leaves Streamlit as it comes."""
    folder.mkdir()
    pages = [name for name in sheets if "." not in name]
    for name, script in sheets.items():
        (folder / file_of(name)).write_text(script)
    (folder / "app.py").write_text(BARE_APP.format(freeze="" if stock else "freeze()", pages=pages))
    flags = ["--runner.postScriptGC", "true" if stock else "false", "--server.fileWatcherType", "none"]
    with _serving(["app.py", *flags], cwd=folder, env=dict(os.environ), log=folder / "server.log") as site:
        yield site


@contextmanager
def _serving(command: list[str], *, cwd: Path, env: dict[str, str], log: Path) -> Iterator[str]:
    port = _free_port()
    options = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true",
               "--browser.gatherUsageStats", "false"]  # fmt: skip
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", *command, *options],
            cwd=cwd,
            env=env,
            stdout=output,
            stderr=output,
        )
        try:
            site = f"http://127.0.0.1:{port}"
            log.with_suffix(".pid").write_text(str(process.pid))
            _wait_for(site, log)
            yield site
        finally:
            process.terminate()
            process.wait(timeout=20)


def memory_of(folder: Path) -> float:
    """Megabytes that the app of this folder holds now, while it runs."""
    process = (folder / "app.pid").read_text()
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(site: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{site}/_stcore/health", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")
