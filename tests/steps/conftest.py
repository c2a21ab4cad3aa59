"""A fresh master, and the command line as a user calls it."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qcity_xl.steps.new import new
from qcity_xl.steps.shared.outcome import Context
from tests.mail.conftest import by_smtp, certificate, imap, office, post, prepared, smtp, trusted

__all__ = [  # the office and the servers of tests/mail, and what stands below
    "by_smtp",
    "certificate",
    "context",
    "imap",
    "master",
    "office",
    "post",
    "prepared",
    "qcity",
    "smtp",
    "trusted",
]

Qcity = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def context() -> Context:
    return Context(dt.datetime(2016, 11, 22, 9, 30), "张三")


@pytest.fixture
def master(tmp_path: Path, context: Context) -> Path:
    """A new master on a path as users have it: Chinese, spaces, full-width signs."""
    path = tmp_path / "质量 强市（２０１６）" / "总表.xlsx"
    path.parent.mkdir()
    new(path, context, master_id="test")
    return path


@pytest.fixture
def qcity() -> Qcity:
    """Run a command with --json in a process of its own: exit status and the JSON object."""

    def run(*args: str | Path) -> tuple[int, dict[str, Any]]:
        done = subprocess.run(
            [sys.executable, "-m", "qcity_xl", *map(str, args), "--json"],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, json.loads(done.stdout) if done.stdout else {}

    return run
