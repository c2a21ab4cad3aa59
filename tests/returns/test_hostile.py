"""Hostile files: told by name or read as data, in bounded time and memory; nothing runs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.returns.conftest import Round
from tests.returns.hostile import HOSTILE

# Megabytes above a bare reader, and seconds: generous, since only an explosion is a failure.
MOST_MEMORY, MOST_SECONDS = 300, 60.0
READ = [name for name, (_, expected) in HOSTILE.items() if not expected]
REFUSED = [name for name in HOSTILE if name not in READ]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured on Linux")
@pytest.mark.parametrize("names", [READ, REFUSED], ids=["read", "refused"])
def test_hostile_files(names: list[str], sent: Round, tmp_path: Path) -> None:
    (tmp_path / "填好.xlsx").write_bytes(sent.honest)
    done = subprocess.run(
        [sys.executable, "-m", "tests.returns.measure", str(tmp_path / "填好.xlsx"), *names],
        capture_output=True,
        encoding="utf-8",
        timeout=len(names) * MOST_SECONDS,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr[-2000:]
    measured = [json.loads(line) for line in done.stdout.splitlines()]
    assert [name for name, *_ in measured] == names
    for name, said, memory, seconds in measured:
        print(f"{name}: {memory} MB, {seconds:.2f} s, {said or '读了'}")  # noqa: T201 - the figures
    for name, said, memory, seconds in measured:
        expected = HOSTILE[name][1]
        assert (expected in said) if expected else not said, f"{name}: {said}"
        assert not said or "请" in said
        assert memory < MOST_MEMORY, name
        assert seconds < MOST_SECONDS, name
