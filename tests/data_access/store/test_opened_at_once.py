"""A new file that several processes open at the same moment, as a server and its jobs do on their first day."""

import os
import subprocess
import sys
import time
from pathlib import Path

from settings import ROOT

FILES, OPENERS = 25, 6
# Each opens every file at the moment that was agreed, so that they meet there.
_OPEN = """
import sys, time
from data_access.store.database import open_engine
folder, begins, files = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
for number in range(files):
    engine = open_engine(f"sqlite:///{folder}/{number}.db")
    time.sleep(max(0, begins + number * 0.05 - time.time()))
    with engine.begin():
        pass
    engine.dispose()
"""


def test_none_of_many_that_open_a_new_file_at_once_is_turned_away(tmp_path: Path) -> None:
    asked = [sys.executable, "-c", _OPEN, str(tmp_path), str(time.time() + 4), str(FILES)]
    openers = [
        subprocess.Popen(asked, cwd=ROOT, env=dict(os.environ), stderr=subprocess.PIPE, text=True)
        for _ in range(OPENERS)
    ]
    said = [each.communicate(timeout=120)[1] for each in openers]
    assert [each.returncode for each in openers] == [0] * OPENERS, said
    assert len(list(tmp_path.glob("*.db"))) == FILES
