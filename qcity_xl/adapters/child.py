"""A process of its own for readers that set no limits: what goes wrong there ends there.

Endless loops, exploding memory and crashes of a library cost that process alone.
"""

import subprocess
import sys
from contextlib import suppress
from threading import Timer
from types import TracebackType
from typing import Self

_MEMORY = 1 << 30


def _command(module: str, *arguments: str) -> list[str]:
    # -P: a file json.py that lies about where we were started is not the standard library.
    return [sys.executable, "-P", "-m", module, *arguments]


def ask(module: str, question: bytes, seconds: float, *arguments: str) -> bytes | None:
    """What a module of ours, run by itself, answers on standard output; None where it fails.

    What nobody else may see belongs in the question: a process's arguments are public.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file goes in as bytes
            _command(module, *arguments),
            input=question,
            capture_output=True,
            timeout=seconds,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout


def hold_memory() -> None:
    """No more memory than this, where the system can hold a process to it (not on Windows)."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


class Companion:
    """A module of ours that answers questions one after the other, a line each, beside us.

    It is started when it is first asked. A question that it has no answer to within so many
    `seconds`, or that it dies of, ends it; for the next one another is started.
    """

    def __init__(self, module: str, seconds: float) -> None:
        """Nothing is started yet."""
        self._module, self._seconds = module, seconds
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, question: str) -> str | None:
        """The answer to one line of text, None where there is none. Raises OSError."""
        process = self._process or subprocess.Popen(  # noqa: S603 - our own module
            _command(self._module),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._process = process
        if process.stdin is None or process.stdout is None:
            raise OSError(self._module)
        timer = Timer(self._seconds, process.kill)
        timer.start()
        try:
            process.stdin.write(question.encode() + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        finally:
            timer.cancel()
        if answer.endswith(b"\n"):
            return answer.decode().rstrip("\r\n")
        self.close()
        return None

    def close(self) -> None:
        """End it, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """It ends with what it was started for."""
        self.close()
