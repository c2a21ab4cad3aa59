"""What tests ask of a machine, and what happens where it is not there."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest


def program(name: str, package: str) -> str:
    """The path of a program, or the end of the test that asked for it."""
    return shutil.which(name) or unavailable(name, f"install the package {package}")


def unavailable(what: str, remedy: str) -> NoReturn:
    """Skip by name, with what to do about it; in CI what is missing is a failure."""
    reason = f"{what} is missing: {remedy}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def held(path: Path) -> tuple[str, ...]:
    """To be put before a command: it finds `path` a mount, which can't be renamed or removed.

    That is how Windows treats what a program holds open.
    """
    own = ("unshare", "--map-root-user", "--mount")
    if not shutil.which("unshare") or subprocess.run([*own, "true"], check=False).returncode:
        unavailable("unshare", "run where Linux lets users make mounts of their own")
    return (*own, "sh", "-c", 'mount --bind "$0" "$0" && exec "$@"', str(path))
