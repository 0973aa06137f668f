"""What went on at the machine when a browser test failed, in the failure's own words: whoever reads them was not there.

How busy it was and with what, and, of each running app, where each of its threads stood.
"""

import os
import signal
import time
from pathlib import Path

from tests.e2e.server import Server

_MOST = 12  # threads of one app
# How a thread's newest call looks where it merely waits to be given work.
_RESTING = ("thread.py:", "queue.py:", "polling_path_watcher.py:")
_TICKS = os.sysconf("SC_CLK_TCK")


def describe(servers: list[Server], *, seconds: float = 1.0) -> str:
    """Lines of text; takes so many seconds, in which is counted who uses the processors."""
    heard = {server.address: len(server.log.read_text()) for server in servers}
    for server in servers:
        os.kill(server.pid, signal.SIGUSR1)  # serve.py answers by telling where its threads stand
    before = _used()
    time.sleep(seconds)
    used = {name: (ticks - before.get(name, 0)) / _TICKS / seconds for name, ticks in _used().items()}
    busiest = sorted(used.items(), key=lambda each: -each[1])[:6]
    lines = [
        f"load {' '.join(f'{each:.1f}' for each in os.getloadavg())}, memory free {_free_memory():,} MB",
        "busiest: " + ", ".join(f"{name} {share:.0%}" for name, share in busiest),
    ]
    for server in servers:
        told = server.log.read_text()[heard[server.address] :]
        lines += [server.address, *_threads(told)]
    return "\n".join(lines)


def _threads(told: str) -> list[str]:
    """Each thread in a line, from its newest call outwards, without those that merely wait for work."""
    found = [part.splitlines()[1:] for part in told.split("\n\n") if "most recent call first" in part]
    calls = [" < ".join(_call(line) for line in lines[:7]) for lines in found]
    return [f"  {each}" for each in calls if not each.startswith(_RESTING)][:_MOST]


def _call(line: str) -> str:
    """`File "/a/b/c.py", line 7 in d` as `c.py:7 d`."""
    path, _, rest = line.strip().removeprefix('File "').partition('", line ')
    number, _, name = rest.partition(" in ")
    return f"{Path(path).name}:{number} {name}"


def _used() -> dict[str, int]:
    """By process, as its name and number, the ticks it has used of any processor."""
    found = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = each.read_text().partition("(")[2].rpartition(")")
        except OSError:  # ended meanwhile
            continue
        fields = rest.split()
        found[f"{name} {each.parent.name}"] = int(fields[11]) + int(fields[12])
    return found


def _free_memory() -> int:
    lines = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    return int(lines["MemAvailable"].split()[0]) // 1024
