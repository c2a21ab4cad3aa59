"""A reader in a process of its own: its answer, or nothing where it fails or takes too long."""

import sys
from pathlib import Path

import pytest

from qcity_xl.adapters.child import ask

ECHO = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1] + sys.argv[1].encode())"
SLOW = "import time; time.sleep(60)"
GREEDY = "from qcity_xl.adapters.child import hold_memory; hold_memory(); bytearray(3 << 30)"


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path / "kind.py"


def test_the_answer(module: Path) -> None:
    module.write_text(ECHO, "utf-8")
    assert ask("kind", b"abc", 30, "!") == b"cba!"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows holds no process to a size")
def test_a_reader_that_wants_too_much_memory_fails_alone(module: Path) -> None:
    module.write_text(GREEDY, "utf-8")
    assert ask("kind", b"", 60) is None


def test_a_reader_that_hangs_or_fails_gives_nothing(module: Path) -> None:
    module.write_text(SLOW, "utf-8")
    assert ask("kind", b"", 0.5) is None
    module.write_text("raise SystemExit(1)", "utf-8")
    assert ask("kind", b"", 30) is None
