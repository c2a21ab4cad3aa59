"""Whether a file opens and shows something: PDF, pictures, documents of Office and WPS, archives.

A file may do anything to what reads it, so that it is read in a process of its own, under limits:
`python -m qcity_xl.adapters.readable <questions >answers`, a line each.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZipFile

from qcity_xl.adapters.child import Companion, hold_memory
from qcity_xl.adapters.protection import protection_of
from qcity_xl.core.scoring.evidence import (
    BROKEN,
    ENCRYPTED,
    ENDLESS,
    HUGE,
    NO_PAGES,
    NO_PICTURE,
    UNCHECKED,
)

_SECONDS = 20.0  # for one file; a scan of hundreds of pages takes one
_LEAST = 8  # pixels: what is smaller shows nothing to an inspector
_DECODED = 60_000_000  # pixels that are decoded, of a picture as cameras make them
_MOST = 1_000_000_000  # pixels of a scanned map; a small file that claims more is a bomb
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
# Office puts this on files that only say who may write, and opens them without asking.
_DEFAULT = "VelvetSweatshop"


class Inspector(Companion):
    """Says of files why nobody can read them."""

    def __init__(self) -> None:
        """Nothing is started before there is a file to look at."""
        super().__init__(__name__, _SECONDS)

    def fault(self, path: Path) -> str:
        """Why a file can't be read, "" where it can; UNCHECKED for kinds that aren't opened."""
        if path.suffix.lower() not in _KINDS and not protection_of(_head(path)):
            return UNCHECKED
        answer = self.ask(json.dumps(str(path)))
        return ENDLESS if answer is None else json.loads(answer)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(512)


def look(path: Path) -> str:
    """The same of one file, here and now and without limits of time and memory."""
    head = _head(path)
    if protection_of(head):
        return ENCRYPTED
    if not any(head):  # what a full disk or a broken download leaves
        return BROKEN
    try:
        return _KINDS[path.suffix.lower()](path, head)
    except MemoryError:
        return HUGE
    except Exception:  # whatever a reader says of a damaged file
        return BROKEN


def _pdf(path: Path, head: bytes) -> str:  # noqa: ARG001 - the form of the others
    from pypdf import PdfReader

    with PdfReader(path) as reader:
        if reader.is_encrypted and not reader.decrypt(""):
            return ENCRYPTED
        try:
            reader.pages[0].get_object()
        except IndexError:
            return NO_PAGES
    return ""


def _picture(path: Path, head: bytes) -> str:  # noqa: ARG001 - the form of the others
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the bounds are ours
    with Image.open(path) as image:
        pixels = image.width * image.height
        if min(image.size) < _LEAST:
            return NO_PICTURE
        if pixels > _MOST:
            return HUGE
        if pixels <= _DECODED:
            image.draft("RGB", (_LEAST, _LEAST))  # a JPEG is read whole and kept small
            image.load()
    return ""


def _archive(path: Path, head: bytes) -> str:  # noqa: ARG001 - the form of the others
    with ZipFile(path) as file:
        members = file.infolist()
        if any(member.flag_bits & 1 for member in members):
            return ENCRYPTED
        with file.open(members[0]) as first:
            first.read(1 << 16)
    return ""


def _document(path: Path, head: bytes) -> str:
    """Of Office or WPS, whatever its ending says: a .doc may hold RTF or a web page."""
    if head.startswith(_ZIP):
        return _archive(path, head)
    if head.startswith(_OLE):
        return _compound(path)
    return BROKEN if b"\0" in head or path.suffix.lower() in _ZIPPED else ""


def _compound(path: Path) -> str:
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import FileFormatError, InvalidKeyError
    from olefile import OleFileIO

    with OleFileIO(path) as storage:
        if not storage.listdir():
            return BROKEN
    with path.open("rb") as file:
        try:
            book = OfficeFile(file)
        except FileFormatError:  # a message of Outlook and the like
            return ""
        if not book.is_encrypted():
            return ""
        checked = {"verify_password": True} if book.format == "ooxml" else {}
        try:
            book.load_key(password=_DEFAULT, **checked)
        except InvalidKeyError:
            return ENCRYPTED
    return ""


_ZIPPED = (".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".pptm", ".odt", ".ods", ".odp", ".ofd")
_OLDER = (".doc", ".xls", ".ppt", ".wps", ".et", ".dps")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp")
_KINDS: Mapping[str, Callable[[Path, bytes], str]] = {
    ".pdf": _pdf,
    ".zip": _archive,
    **dict.fromkeys(_PICTURES, _picture),
    **dict.fromkeys((*_ZIPPED, *_OLDER), _document),
}


def main() -> None:
    """Answer questions, a path as JSON on each line, until there are no more."""
    hold_memory()
    for line in sys.stdin.buffer:
        answer = json.dumps(look(Path(json.loads(line))))
        sys.stdout.buffer.write(answer.encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
