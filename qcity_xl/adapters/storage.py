"""Files on storage that fsspec reaches: buckets, shared servers.

What is written there is one file at a time, whole: an object store has the old one or the new one,
on other storage it is put beside and moved.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from qcity_xl.adapters.disk import load_bytes, make_file
from qcity_xl.adapters.side_folder import files_in, is_left_out
from qcity_xl.core.errors import CannotWrite, FileUnreadable

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_MARK = "://"
_PART = ".qcity-part"  # after the name of a file that is not written whole yet
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, order=True)
class Stored:
    """A file or folder by its address: `s3://桶/各市/甲市.xlsx`. It can go to another process.

    Its methods raise FileUnreadable, those that write CannotWrite, whatever the library of the
    storage raises.
    """

    url: str

    def __str__(self) -> str:
        """The address."""
        return self.url

    @property
    def name(self) -> str:
        """The last part of the address."""
        return self.path.name

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.path.stem

    @property
    def suffix(self) -> str:
        """The ending, with its dot."""
        return self.path.suffix

    @property
    def path(self) -> PurePosixPath:
        """The address without its scheme, as folders."""
        return PurePosixPath(self.url.partition(_MARK)[2])

    def __truediv__(self, name: str) -> "Stored":
        """What lies in this folder under that name."""
        return Stored(f"{self.url.rstrip('/')}/{name}")

    def with_name(self, name: str) -> "Stored":
        """What lies beside it under that name."""
        return Stored(f"{self.url.rstrip('/').rpartition('/')[0]}/{name}")

    def exists(self) -> bool:
        """Whether anything lies there."""
        return bool(self._ask("exists"))

    def is_dir(self) -> bool:
        """Whether it is a folder."""
        return bool(self._ask("isdir"))

    def size(self) -> int:
        """Bytes of the file."""
        return int(self._ask("size") or 0)

    def read(self) -> bytes:
        """The content of the file."""
        data = self._ask("cat_file")
        return data if isinstance(data, bytes) else b""

    def blocks(self) -> Iterator[bytes]:
        """The content piece by piece, never held whole."""
        try:
            system, inside = self._reached()
            with system.open(inside, "rb") as file:
                while block := file.read(_BLOCK):
                    yield block
        except FileNotFoundError as error:
            raise FileUnreadable(self.url, "没有这个文件") from error
        except Exception as error:  # each storage's library has errors of its own
            raise FileUnreadable(self.url, _why(error)) from error

    def modified(self) -> dt.datetime:
        """When the file was last written."""
        return cast("dt.datetime", self._ask("modified"))

    def write(self, data: bytes) -> None:
        """Put a file there, whole or not at all. Raises CannotWrite."""
        self._put(lambda system, inside: system.pipe_file(inside, data))

    def upload(self, file: Path) -> None:
        """Put the file of that path there, whole or not at all. Raises CannotWrite."""
        self._put(lambda system, inside: system.put_file(str(file), inside))

    def _put(self, send: "Callable[[AbstractFileSystem, str], object]") -> None:
        try:
            from fsspec.asyn import AsyncFileSystem

            system, inside = self._reached()
            if isinstance(system, AsyncFileSystem):  # an object store: the old one or the new one
                send(system, inside)
                return
            system.makedirs(inside.rpartition("/")[0], exist_ok=True)
            send(system, f"{inside}{_PART}")
            system.mv(f"{inside}{_PART}", inside)
        except Exception as error:  # each storage's library has errors of its own
            raise CannotWrite(self.url, _why(error)) from error

    def unlink(self, *, missing_ok: bool = False) -> None:
        """Remove the file."""
        if not missing_ok or self.exists():
            self._ask("rm_file")

    def files(self) -> list["Stored"]:
        """What a folder and the folders in it hold; litter and side folders left out."""
        scheme, top = self.url.partition(_MARK)[0], self.path
        found = (PurePosixPath(str(name).lstrip("/")) for name in self._ask("find"))
        return [
            Stored(f"{scheme}{_MARK}{path}")
            for path in sorted(found)
            if not is_left_out(path.relative_to(top).parts)
        ]

    def _ask(self, question: str) -> Any:
        try:
            system, inside = self._reached()
            return getattr(system, question)(inside)
        except FileNotFoundError as error:
            raise FileUnreadable(self.url, "没有这个文件") from error
        except Exception as error:  # each storage's library has errors of its own
            raise FileUnreadable(self.url, _why(error)) from error

    def _reached(self) -> "tuple[AbstractFileSystem, str]":
        from fsspec.core import url_to_fs

        system, inside = url_to_fs(self.url)
        system.invalidate_cache()  # others write there meanwhile
        return system, inside


def _why(error: Exception) -> str:
    if isinstance(error, ImportError):
        return "本机没有装 qcity-xl[storage]，或没有装这种存储要的程序库（s3:// 要 s3fs）"
    return f"存储没有答复（{type(error).__name__}）；请核对地址、网络和访问密钥"


Location = Path | Stored


def files_under(folder: Location) -> list[Location]:
    """What a folder and the folders in it hold, by path; litter and side folders left out."""
    return list(folder.files() if isinstance(folder, Stored) else files_in(folder))


def in_folder(folder: Location) -> list[Location]:
    """What lies in a folder itself, none where there is no folder."""
    if isinstance(folder, Stored):
        return list(folder.files()) if folder.is_dir() else []
    return list(folder.glob("*"))


def load(place: Location) -> bytes:
    """The content of a file. Raises FileUnreadable."""
    return place.read() if isinstance(place, Stored) else load_bytes(place)


def blocks_of(place: Location) -> Iterator[bytes]:
    """The content of a file piece by piece. Raises FileUnreadable, of one on disk OSError."""
    if isinstance(place, Stored):
        yield from place.blocks()
        return
    with place.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def put(place: Location, data: bytes, *, lasting: bool = True) -> None:
    """Write a file, whole or not at all, with the folders that it lies in. Raises CannotWrite.

    On disk, what can be made again need not be `lasting` (see `replace_file`).
    """
    if isinstance(place, Stored):
        place.write(data)
    else:
        make_file(place, data, lasting=lasting)


def put_beside(
    target: Location,
    data: bytes,
    is_ours: Callable[[bytes], bool] | None = None,
    *,
    lasting: bool = True,
) -> Location:
    """Write a file and say where: another of that name and other content stays, ours is "名 (2)".

    What lies there may be a filled return; `is_ours` tells our file where its bytes are not always
    the same. Raises FileUnreadable, CannotWrite.
    """
    place = place_beside(target, data, is_ours)
    if not place.exists():
        put(place, data, lasting=lasting)
    return place


def place_beside(
    target: Location, data: bytes, is_ours: Callable[[bytes], bool] | None = None
) -> Location:
    """Where `put_beside` would write; nothing is written. Raises FileUnreadable."""
    is_same = is_ours or data.__eq__
    place, number = target, 1
    while place.exists() and not is_same(load(place)):
        number += 1
        place = target.with_name(f"{target.stem} ({number}){target.suffix}")
    return place
