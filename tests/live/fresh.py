"""The command line of a click, run in a new interpreter beside the live workbook."""

import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.addin.conftest import named_by, replayed
from tests.live.engine.desk import Desk
from tests.live.screen import Screen

_ROOT = Path(__file__).resolve().parents[2]
_SECONDS = 120.0


def environment(folder: Path, *lines: str) -> Path:
    """The interpreter of a new environment that runs these lines of a .pth file at each start."""
    venv.create(folder, symlinks=sys.platform != "win32")
    base = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", base))
    (site / "start.pth").write_text("\n".join(lines), encoding="utf-8")
    return Path(sysconfig.get_path("scripts", "venv", base), Path(sys.executable).name)


def attached(folder: Path, desk: Desk) -> Path:
    """The interpreter of an environment like ours, to whose xlwings the desk is Excel."""
    start = f"import tests.live.engine.attach as start; start.when_imported({str(desk.door)!r})"
    return environment(folder, sysconfig.get_path("purelib"), str(_ROOT), start)


class Click:
    """A button was pressed: its command line runs, and someone sits at the screen."""

    def __init__(self, process: "subprocess.Popen[bytes]", screen: Screen) -> None:
        self._process = process
        self._screen = screen

    def answer(self, title: str, *keys: str) -> None:
        """Wait for a window of this click and press keys in it. Fails if the click ended."""
        self._screen.answer(title, *keys)

    def end(self) -> tuple[int, bytes, bytes]:
        """Exit status and what it printed."""
        out, err = self._process.communicate(timeout=_SECONDS)
        return self._process.returncode, out, err


@contextmanager
def clicked(line: str, python: Path, screen: Screen, cwd: Path) -> Iterator[Click]:
    """Run a command line caught from the add-in as it is, but for where the interpreter stands."""
    process = subprocess.Popen(
        replayed(line, str(python)),
        cwd=cwd,
        env={**screen.environment, **named_by(line)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        try:
            yield Click(process, screen)
        finally:
            process.kill()
