"""Steps in child processes that come to harm at the n-th call to the disk.

Run as a program it reads requests, one JSON object a line, and answers each with one: a process
is forked for each, so that nobody pays for imports twice. The calls are counted by replacing
functions of the standard library in the child; the product knows nothing of it.
"""

import builtins
import contextlib
import datetime as dt
import errno
import io
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from qcity_xl.core.errors import QcityError
from qcity_xl.steps.history import undo
from qcity_xl.steps.merge import merge
from qcity_xl.steps.resolve import resolve
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split

NOW = dt.datetime(2016, 11, 22, 9, 30)
UNITS = ("市财政局", "市教育局")
_PATCHED = ("open", "write", "fsync", "replace", "rename", "unlink", "mkdir", "chmod")


def run_step(name: str, folder: Path) -> int:
    """One step on the master in `folder`, always at the same time by the same user."""
    master, context = folder / "总表.xlsx", Context(NOW, "张三")
    steps: dict[str, Callable[[], Any]] = {
        "split": lambda: split(master, folder / "下发", context, units=UNITS),
        "merge": lambda: merge(master, [folder / "回收"], context),
        "score": lambda: score(master, context),
        "resolve": lambda: resolve(master, context),
        "undo": lambda: undo(master, context, 4),
    }
    status: int = steps[name]().status
    return status


@dataclass(slots=True)
class Harm:
    """What happens at call number `at` (from 1): "kill", "vanish" or the name of an errno."""

    what: str
    at: int
    folder: Path
    calls: list[str] = field(default_factory=list)

    def pass_by(self, call: str) -> None:
        """A call to the disk is about to be made."""
        self.calls.append(call)
        if len(self.calls) != self.at:
            return
        if self.what == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.what == "vanish":
            _rename(self.folder, self.folder.with_name("不见了"))
        else:
            number = getattr(errno, self.what)
            raise OSError(number, os.strerror(number))


_rename = os.rename


class _File:
    """A file open for writing; harm befalls it half way through a write."""

    def __init__(self, inner: IO[Any], harm: Harm) -> None:
        self._inner, self._harm = inner, harm

    def write(self, data: Any) -> None:
        half = len(data) // 2
        self._inner.write(data[:half])
        self._inner.flush()
        self._harm.pass_by("write")
        self._inner.write(data[half:])

    def flush(self) -> None:
        self._harm.pass_by("flush")
        self._inner.flush()

    def fileno(self) -> int:
        return self._inner.fileno()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._inner.close()


def _watch(harm: Harm) -> None:
    """Let every call that writes pass by `harm` first."""
    real_open = io.open

    def opened(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if not set(mode) & set("wxa+"):
            return real_open(file, mode, *rest, **more)
        harm.pass_by("open")
        return _File(real_open(file, mode, *rest, **more), harm)

    io.open = builtins.open = opened
    for name in _PATCHED:
        setattr(os, name, _passing(name, getattr(os, name), harm))


def _passing(name: str, real: Callable[..., Any], harm: Harm) -> Callable[..., Any]:
    def call(*args: Any, **more: Any) -> Any:
        if name != "open" or args[1] & (os.O_WRONLY | os.O_RDWR):
            harm.pass_by(name)
        return real(*args, **more)

    return call


def _child(request: dict[str, Any], answer: int) -> None:
    folder, write = Path(request["folder"]), os.write
    harm = Harm(request["harm"], request["at"], folder)
    _watch(harm)
    outcome: dict[str, object] = {}
    try:
        outcome["status"] = run_step(request["step"], folder)
    except QcityError as error:
        outcome["refused"] = str(error)
    except BaseException:
        outcome["crash"] = traceback.format_exc()
    write(answer, json.dumps({**outcome, "calls": harm.calls}).encode())


def serve() -> None:
    """Answer requests until there are no more."""
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                _child(json.loads(line), writing)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write(json.dumps({"killed": killed, **json.loads(said or b"{}")}) + "\n")
        sys.stdout.flush()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step ended: `status` if it came to an end, else what stopped it."""

    killed: bool = False
    status: int | None = None
    refused: str = ""
    crash: str = ""
    calls: tuple[str, ...] = ()


class Killer:
    """The tests' side."""

    def __init__(self) -> None:
        """Start the program; all its imports are done once."""
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.killer"],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, step: str, folder: Path, harm: str = "none", at: int = 0) -> Outcome:
        """Run a step in `folder`; harm comes at call `at`, 0 for never."""
        assert self._server.stdin
        assert self._server.stdout
        request = {"step": step, "folder": str(folder), "harm": harm, "at": at}
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        said = json.loads(self._server.stdout.readline())
        return Outcome(**{**said, "calls": tuple(said.get("calls", ()))})

    def close(self) -> None:
        """End the program."""
        assert self._server.stdin
        self._server.stdin.close()
        self._server.wait()


if __name__ == "__main__":
    serve()
