"""The app where Python lacks what it has on Unix alone, as on Windows."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HIDING = Path(__file__).parent / "without_unix"


def test_a_page_opens_and_a_training_starts_and_stops_without_what_only_unix_has(tfplay_home):
    """Hidden from TFPlay's own files, in every process, are the names in `tests/unix_only.py`.

    The libraries see them: on Linux psutil ends processes by SIGKILL, filelock locks by fcntl, and
    subprocess forks, as each does otherwise on Windows.
    """
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (HIDING, ROOT)))}
    visitor = [sys.executable, "-m", "tests.jobs.visit"]
    answer = subprocess.run(
        visitor, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400
    )
    assert answer.returncode == 0, answer.stderr
    visit = json.loads(answer.stdout.splitlines()[-1])
    assert not visit["has_fork"]
    assert str(HIDING) in visit["worker_finds"]
    assert visit["errors"] == []
    assert visit["links"] > 1
    assert visit["was_held"]
    assert not visit["is_held"]
    assert visit["state"] == "stopped", visit["message"]
    assert math.isfinite(visit["loss"])
    assert visit["checkpoint_steps"] > 0
    assert visit["can_resume"]
