"""Replacing a file as a whole or not at all."""

import contextlib
import os
import secrets
import shutil
from pathlib import Path

from qcity_xl.adapters.ooxml.errors import FileInUseError


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to `path`: afterwards the old file stands there or the new one, never half.

    The bytes go to a temporary file in the same folder, are flushed to the disk and then take
    the name. A link keeps pointing where it points. Raises FileInUseError or OSError.
    """
    target = path.resolve()
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except PermissionError as error:
        raise FileInUseError(path) from error
    finally:
        with contextlib.suppress(OSError):  # it is gone once it has taken the name
            temporary.unlink()
    _flush_folder(target.parent)


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
