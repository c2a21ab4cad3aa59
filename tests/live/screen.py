"""A screen of one's own, with windows on it, and hands at its keyboard."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from qcity_xl.adapters.office import kill_tree
from tests.tools import program

_SECONDS = 60.0  # until a window that should come is there
_KEYS_SECONDS = 1.0  # until it has the keyboard; of some windows a part has it, which is no window


class NoSuchWindowError(Exception):
    """The window did not come, or did not go."""


class Screen:
    """An X server without a monitor and a window manager; what is typed goes where it would go."""

    def __init__(self, size: str = "1600x1000") -> None:
        self._size = size
        self._all = ExitStack()
        self.display = ""

    def __enter__(self) -> Self:
        reading, writing = os.pipe()
        server = [program("Xvfb", "xvfb"), "-displayfd", str(writing), "-nolisten", "tcp"]
        self._start([*server, "-screen", "0", f"{self._size}x24"], pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as told:  # the server writes it once it serves
            self.display = f":{told.readline().strip()}"
        self._start([program("openbox", "openbox"), "--sm-disable"], env=self.environment)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._all.close()

    @property
    def environment(self) -> Mapping[str, str]:
        """What a program needs to come up here."""
        # Names of windows are Chinese: xdotool compares in the locale.
        return {**os.environ, "DISPLAY": self.display, "LC_ALL": "C.UTF-8"}

    def wait_for(self, title: str) -> str:
        """The window in front, once it has this title; it has the keyboard then."""
        until = time.monotonic() + _SECONDS
        while time.monotonic() < until:
            window = self._xdotool("getactivewindow")
            if window and title in self._xdotool("getwindowname", window):
                self._wait_for_keys(window)
                return window
            time.sleep(0.02)
        raise NoSuchWindowError(f"{title}; in front is {self.title()}")

    def _wait_for_keys(self, window: str) -> None:
        """The window manager says what is in front just before the keyboard goes there."""
        until = time.monotonic() + _KEYS_SECONDS
        while self._xdotool("getwindowfocus") != window and time.monotonic() < until:
            time.sleep(0.02)

    def wait_until_gone(self, window: str) -> None:
        until = time.monotonic() + _SECONDS
        while self._xdotool("getwindowname", window):
            if time.monotonic() > until:
                raise NoSuchWindowError(f"{window} stays: {self.title()}")
            time.sleep(0.02)

    def title(self) -> str:
        """Of the window in front."""
        window = self._xdotool("getactivewindow")
        return self._xdotool("getwindowname", window) if window else ""

    def press(self, *keys: str) -> None:
        """Keys, one after another, as a person presses them."""
        self._xdotool("key", "--clearmodifiers", *keys)

    def click(self, window: str, across: float, down: float) -> None:
        """The left button of the mouse, on a place given as parts of the window's size."""
        self._move(window, across, down)
        self._xdotool("click", "1")

    def drag(self, window: str, onto: str) -> None:
        """From the middle of a window to the middle of another, and let go there."""
        self._move(window, 0.5, 0.5)
        self._xdotool("mousedown", "1")
        for step in range(20):  # a hand is no faster, and programs look at where it is on the way
            self._move(onto, 0.4 + step / 200, 0.5)
            time.sleep(0.02)
        self._xdotool("mouseup", "1")

    def _move(self, window: str, across: float, down: float) -> None:
        shape = self._xdotool("getwindowgeometry", "--shell", window)
        size = dict(line.split("=") for line in shape.splitlines())
        at = (int(int(size["WIDTH"]) * across), int(int(size["HEIGHT"]) * down))
        self._xdotool("mousemove", "--window", window, *map(str, at))

    def type(self, words: str) -> None:
        self._xdotool("type", "--clearmodifiers", words)

    def answer(self, title: str, *keys: str) -> None:
        """Wait for a window, press keys in it, and wait until it is gone."""
        window = self.wait_for(title)
        self.press(*keys)
        self.wait_until_gone(window)

    def picture(self, target: Path, *, focused: bool = False) -> None:
        """What is on the screen, as PNG; or the window in front alone."""
        scrot = [program("scrot", "scrot"), "--overwrite", "--silent", str(target)]
        scrot += ["--focused", "--border"] if focused else []
        subprocess.run(scrot, env=self.environment, check=True, timeout=_SECONDS)

    def _xdotool(self, *words: str) -> str:
        """What it says; nothing where the window is gone meanwhile."""
        done = subprocess.run(
            [program("xdotool", "xdotool"), *words],
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
        return done.stdout.strip()

    def _start(
        self, command: list[str], env: Mapping[str, str] | None = None, pass_fds: Sequence[int] = ()
    ) -> None:
        child = subprocess.Popen(
            command,
            env=env,
            pass_fds=pass_fds,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._all.callback(_end, child)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    with suppress(subprocess.TimeoutExpired):
        child.wait(5)
    kill_tree(child)
