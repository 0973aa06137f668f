"""What a failing browser test would say of the machine is there to be said."""

import re

from tests.e2e import scene
from tests.e2e.server import RUNNING, Server


def test_the_scene_names_what_is_busy_and_where_the_servers_threads_stand(server: Server) -> None:
    said = scene.describe(RUNNING, seconds=0.1)
    assert re.search(r"^load \d+\.\d .* memory free [\d,]+ MB$", said, re.MULTILINE)
    assert re.search(r"^busiest: \S+ \d+ \d+%", said, re.MULTILINE)
    _, _, threads = said.partition(f"{server.address}\n")
    assert re.search(r"^  \w+\.py:\d+ \w+ < ", threads, re.MULTILINE), said
    assert "Traceback" not in server.said()
