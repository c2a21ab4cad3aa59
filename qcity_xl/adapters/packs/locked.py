"""Packs under a password: encrypted when they go out, opened again when they come back.

A returned file says itself how hard its password is to try and how large its inside is, so it is
opened in a process of its own: `python -m qcity_xl.adapters.packs.locked <question >answer`.
"""

import io
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from qcity_xl.adapters.child import ask, hold_memory
from qcity_xl.adapters.packs.contents import too_large
from qcity_xl.adapters.packs.kinds import OLE, NotAPack
from qcity_xl.adapters.storage import Location, put_beside
from qcity_xl.core.master.settings import Limits as Bounds

_SECONDS = 60
_MOST_SPINS = 1_000_000  # rounds of hashing for one try; Excel writes 100,000
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# .xls: the first record, whatever its version, and next the one that says how it is encrypted.
_FILE_PASS = re.compile(rb"\x09\x08\x10\0\0\x06.{14}(?:\x86\0\0\0)?\x2f\0", re.DOTALL)
# Excel and WPS put this on files that only say who may write, and open them without asking.
_DEFAULT = "VelvetSweatshop"
_NONE_FITS, _BROKEN = -1, -2
_WHY = {
    _NONE_FITS: "设有打开密码，「单位」里登记的打开口令都打不开；"
    "请单位取消密码后另存再寄，或在「单位」的“打开口令”填上它用的口令",
    _BROKEN: "设有打开密码，加密的部分已损坏或不寻常，没有读；请单位取消密码后另存为 .xlsx 再寄",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's content, and the password that it was under, "" for none."""

    data: bytes = field(repr=False)
    password: str = field(default="", repr=False)


def locked(data: bytes, password: str) -> bytes:
    """The workbook encrypted (ECMA-376 agile, AES); as it is without a password.

    The bytes differ each time, since salts and keys are drawn at random.
    """
    if not password:
        return data
    from msoffcrypto.format.ooxml import OOXMLFile

    raw = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, raw)
    return raw.getvalue()


def unlocked(data: bytes, passwords: Sequence[str], bounds: Bounds) -> Opened:
    """The content under the first password that fits; any other file as it is. Raises NotAPack.

    Excel's own default password, under which it asks nobody, counts as none.
    """
    if not _is_locked(data):
        return Opened(data)
    if len(data) > bounds.file_mb * (1 << 20):
        raise NotAPack(too_large(len(data), bounds))
    tried = [*passwords, _DEFAULT]
    found, content = _ask(data, tried)
    if found < 0:
        raise NotAPack(_WHY[found])
    return Opened(content, "" if tried[found] == _DEFAULT else tried[found])


def make_pack_beside(target: Location, data: bytes, password: str) -> Location:
    """`put_beside` under a password: a file that it opens to the same is ours, and stays.

    A pack can be made again: the caller sweeps the folder (see `replace_file`).
    """

    def is_ours(there: bytes) -> bool:
        try:
            return unlocked(there, [password], Bounds()) == Opened(data, password)
        except NotAPack:
            return False

    return put_beside(target, locked(data, password), is_ours if password else None, lasting=False)


def _is_locked(data: bytes) -> bool:
    return data.startswith(OLE) and (_PACKAGE in data or _FILE_PASS.search(data) is not None)


def _ask(data: bytes, passwords: Sequence[str]) -> tuple[int, bytes]:
    """Which password fits, and the content."""
    answer = ask(__name__, json.dumps(list(passwords)).encode() + b"\n" + data, _SECONDS)
    if answer is None:
        return _BROKEN, b""
    number, _, content = answer.partition(b"\n")
    return int(number), content


def main() -> None:
    """Answer one question: the number of the password that fits, from 0, and the content."""
    hold_memory()
    first, _, data = sys.stdin.buffer.read().partition(b"\n")
    number, content = _answer(data, json.loads(first))
    sys.stdout.buffer.write(b"%d\n%s" % (number, content))


def _answer(data: bytes, passwords: Sequence[str]) -> tuple[int, bytes]:
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import InvalidKeyError

    book = OfficeFile(io.BytesIO(data))
    if book.format == "ooxml" and book.info.get("spinValue", 0) > _MOST_SPINS:
        return _BROKEN, b""
    checked = {"verify_password": True} if book.format == "ooxml" else {}
    for number, password in enumerate(passwords):
        try:
            book.load_key(password=password, **checked)
        except InvalidKeyError:
            continue
        raw = io.BytesIO()
        book.decrypt(raw)
        return number, raw.getvalue()
    return _NONE_FITS, b""


if __name__ == "__main__":
    main()
