"""Replacing a file as a whole or not at all."""

import contextlib
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from qcity_xl.adapters.ooxml.errors import NotReplaced

_STALE_SECONDS = 3600  # no write takes that long: what is older was left by a killed one


def replace_file(path: Path, data: bytes, last_check: Callable[[], None] | None = None) -> None:
    """Write `data` to `path`: afterwards the old file stands there or the new one, never half.

    The bytes go to a temporary file in the same folder, are flushed to the disk and then take
    the name; just before that `last_check` may raise, and the old file stands. A link keeps
    pointing where it points. Raises NotReplaced or OSError.
    """
    target = path.resolve()
    sweep(target, _STALE_SECONDS)
    temporary = target.with_name(f"{_prefix(target)}{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        if last_check:
            last_check()
        temporary.replace(target)
    except PermissionError as error:
        raise NotReplaced(path) from error
    finally:
        with contextlib.suppress(OSError):  # it is gone once it has taken the name
            temporary.unlink()
    _flush_folder(target.parent)


def sweep(path: Path, older_than: float = 0) -> None:
    """Remove what killed writes of `path` left beside it, if it is older than so many seconds.

    Without an age only for a caller who knows that nobody else writes the file.
    """
    target = path.resolve()
    for left in target.parent.glob(f"{_prefix(target)}*.tmp"):
        with contextlib.suppress(OSError):
            if not older_than or time.time() - left.stat().st_mtime > older_than:
                left.unlink()


def _prefix(target: Path) -> str:
    """How the temporary files of one target begin; short, however long its name is."""
    return f".qcity-{hashlib.sha256(target.name.encode()).hexdigest()[:12]}-"


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system lets a folder be flushed."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
