"""Replacing a file as a whole or not at all."""

import contextlib
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from qcity_xl.adapters.ooxml.errors import NotReplaced

_STALE_SECONDS = 3600  # no write takes that long: what is older was left by a killed one

_OURS = ".qcity-"


def replace_file(
    path: Path,
    data: bytes,
    last_check: Callable[[], None] | None = None,
    *,
    lasting: bool = True,
) -> None:
    """Write `data` to `path`: afterwards the old file stands there or the new one, never half.

    The bytes go to a temporary file in the same folder, are flushed to the disk and then take
    the name; just before that `last_check` may raise, and the old file stands. A link keeps
    pointing where it points. Raises NotReplaced or OSError.

    What can be made again need not be `lasting`: only a power cut can take it then. Of many such
    files in a folder the caller sweeps it once (see `sweep_folder`).
    """
    target = path.resolve() if path.is_symlink() else path
    if lasting:
        sweep(target, _STALE_SECONDS)
    temporary = target.with_name(f"{_prefix(target)}{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        if last_check:
            last_check()
        temporary.replace(target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, PermissionError):
            raise NotReplaced(path) from error
        raise
    if lasting:
        _flush_folder(target.parent)


def sweep(path: Path, older_than: float = 0) -> None:
    """Remove what killed writes of `path` left beside it, if it is older than so many seconds.

    Without an age only for a caller who knows that nobody else writes the file.
    """
    target = path.resolve()
    _remove(target.parent.glob(f"{_prefix(target)}*.tmp"), older_than)


def sweep_folder(folder: Path) -> None:
    """Remove what killed writes of any file left in a folder an hour ago or more."""
    with contextlib.suppress(OSError):
        _remove(folder.glob(f"{_OURS}*.tmp"), _STALE_SECONDS)


def _remove(files: Iterable[Path], older_than: float) -> None:
    for left in files:
        with contextlib.suppress(OSError):
            if not older_than or time.time() - left.stat().st_mtime > older_than:
                left.unlink()


def _prefix(target: Path) -> str:
    """How the temporary files of one target begin; short, however long its name is."""
    return f"{_OURS}{hashlib.sha256(target.name.encode()).hexdigest()[:12]}-"


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
