"""Files on disk, written whole or not at all; each failure is reported as a Chinese sentence."""

import errno
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from qcity_xl.adapters.ooxml.errors import NotReplaced
from qcity_xl.adapters.ooxml.files import replace_file
from qcity_xl.core.errors import AnotherStep, CannotWrite, FileInUse, FileUnreadable

_CAUSES = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过系统允许的大小",
    errno.EACCES: "没有权限，或正被其他程序打开",
    errno.EPERM: "没有权限，或正被其他程序打开",
    errno.EBUSY: "正被其他程序打开",
    errno.EROFS: "磁盘或文件夹是只读的",
    errno.ENOENT: "文件或文件夹不见了",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读写出错",
    errno.ETIMEDOUT: "网络盘没有响应",
}
# What a program puts beside a file that it has open: before and after the name, whose it is, and
# how many letters of the name may be cut off.
_LOCKS = (
    ("~$", "", "Excel 或 WPS", 0),
    (".~", "", "WPS", 2),
    (".~lock.", "#", "LibreOffice", 0),
)


def cause(error: OSError) -> str:
    """Why the system refused, in Chinese."""
    return _CAUSES.get(error.errno or 0, f"系统不允许（{error.strerror or error}）")


def load_bytes(path: Path) -> bytes:
    """The file's content. Raises FileUnreadable."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileUnreadable(path.name, "没有这个文件") from error
    except OSError as error:
        raise FileUnreadable(path.name, cause(error)) from error


def sha256_of(data: bytes) -> str:
    """SHA-256 of a file's content as hex digits."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def writing(name: str) -> Iterator[None]:
    """Turn what goes wrong on disk inside into CannotWrite; `name` is what it names."""
    try:
        yield
    except NotReplaced as error:
        raise CannotWrite(name, _CAUSES[errno.EACCES]) from error
    except OSError as error:
        raise CannotWrite(name, cause(error)) from error


def write_file(
    path: Path,
    data: bytes,
    last_check: Callable[[], None] | None = None,
    *,
    lasting: bool = True,
) -> None:
    """Write a file whose folder exists; `last_check` may still refuse by raising.

    What can be made again need not be `lasting` (see `replace_file`). Raises CannotWrite, and what
    the check raises.
    """
    with writing(path.name):
        replace_file(path, data, last_check, lasting=lasting)


def make_file(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a file and, where they are missing, its folders. Raises CannotWrite."""
    with writing(path.name):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, data, lasting=lasting)


class Holder(NamedTuple):
    """The program that has a file open, and its lock file beside it, "" where there is none."""

    program: str
    lock: str


def check_permitted(path: Path) -> None:
    """Raises CannotWrite for a file that is write-protected."""
    if not os.access(path, os.W_OK):
        why = "文件是只读的（可在文件属性里去掉“只读”，或另存一份来用）"
        raise CannotWrite(path.name, why)


def holder_of(path: Path, *, tries: bool = True) -> Holder | None:
    """Who has the file open, as far as can be told: by a lock file, or since it can't be written.

    A file that is write-protected is held by nobody. Without `tries` the file is not touched, which
    could keep another program from opening it at that moment.
    """
    for before, after, program, most in _LOCKS:
        for cut in range(min(most, len(path.stem) - 1) + 1):
            lock = f"{before}{path.name[cut:]}{after}"
            if path.with_name(lock).exists():
                return Holder(program, lock)
    if tries and os.access(path, os.W_OK):
        try:
            path.open("r+b").close()
        except PermissionError:  # Windows lets nobody write what Excel has open
            return Holder("别的程序", "")
        except OSError:
            return None
    return None


def check_free(path: Path) -> None:
    """Raises FileInUse if a lock file beside it says that a spreadsheet program has it open."""
    found = holder_of(path, tries=False)
    if found:
        raise FileInUse(path.name, *found)


@contextmanager
def only_one(lock: Path, name: str) -> Iterator[None]:
    """Hold a lock that the system gives back when the process ends, however it ends.

    Raises AnotherStep at once if another process holds it: what it writes makes void what we
    read. (The libraries for this take longer to import than all the rest of a step.)
    """
    with writing(lock.name):
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        with writing(lock.name):
            taken = _taken(handle)
        if not taken:
            raise AnotherStep(name)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True
