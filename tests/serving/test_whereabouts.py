"""A server that is asked where its threads stand says it, goes on, and may be asked as often as anyone likes."""

import re
import signal
import subprocess
import sys
from pathlib import Path

from tests.processes import ends_with_us

_BUSY = """
import sys, threading, time
from serving import whereabouts
whereabouts.tell_when_asked()
def count(n): return n if n < 2 else count(n - 1) + count(n - 2)
def work():
    while True: count(15)
for _ in range(4): threading.Thread(target=work, daemon=True).start()
print("begun", flush=True)
for line in sys.stdin: print("heard " + line.strip(), flush=True)
"""


def test_every_thread_is_named_from_its_newest_call_and_the_process_goes_on(tmp_path: Path) -> None:
    command, log = ends_with_us(sys.executable, "-c", _BUSY), tmp_path / "log"
    pipe = subprocess.PIPE
    with (
        log.open("w") as errors,
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=errors, text=True) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        for number in range(50):
            process.send_signal(signal.SIGUSR1)
            print(number, file=process.stdin, flush=True)
            assert process.stdout.readline() == f"heard {number}\n"
        process.kill()
    said = log.read_text()
    threads = said.split("\n\n")
    assert len(threads) >= 5
    assert sum("in work\n" in each for each in threads) >= 4
    assert re.search(r'^Thread 0x\w+ \(most recent call first\):\n  File "<string>", line \d+ in count$', said, re.M)
