"""A process of its own for readers that set no limits: what goes wrong there ends there.

Endless loops, exploding memory and crashes of a library cost that process alone.
"""

import subprocess
import sys
from contextlib import suppress

_MEMORY = 1 << 30


def ask(module: str, question: bytes, seconds: float, *arguments: str) -> bytes | None:
    """What a module of ours, run by itself, answers on standard output; None where it fails.

    What nobody else may see belongs in the question: a process's arguments are public.
    """
    # -P: a file json.py that lies about where we were started is not the standard library.
    command = [sys.executable, "-P", "-m", module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file goes in as bytes
            command, input=question, capture_output=True, timeout=seconds, check=True
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout


def hold_memory() -> None:
    """No more memory than this, where the system can hold a process to it (not on Windows)."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
