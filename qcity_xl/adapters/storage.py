"""Files on storage that fsspec reaches: buckets, shared servers; read, never written."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.side_folder import files_in, is_left_out
from qcity_xl.core.errors import FileUnreadable

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_MARK = "://"


@dataclass(frozen=True, slots=True, order=True)
class Stored:
    """A file or folder by its address: `s3://桶/各市/甲市.xlsx`. It can go to another process.

    Its methods raise FileUnreadable, whatever the library of the storage raises.
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
            from fsspec.core import url_to_fs

            system: AbstractFileSystem
            system, inside = url_to_fs(self.url)
            system.invalidate_cache()  # others write there meanwhile
            return getattr(system, question)(inside)
        except FileNotFoundError as error:
            raise FileUnreadable(self.url, "没有这个文件") from error
        except ImportError as error:
            why = "本机没有装 qcity-xl[storage]，或没有装这种存储要的程序库（s3:// 要 s3fs）"
            raise FileUnreadable(self.url, why) from error
        except Exception as error:  # each storage's library has errors of its own
            why = f"存储没有答复（{type(error).__name__}）；请核对地址、网络和访问密钥"
            raise FileUnreadable(self.url, why) from error


Place = Path | Stored


def files_under(folder: Place) -> list[Place]:
    """What a folder and the folders in it hold, by path; litter and side folders left out."""
    return list(folder.files() if isinstance(folder, Stored) else files_in(folder))
