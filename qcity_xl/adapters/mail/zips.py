"""What is in a zip without opening it: how many files, and whether it is a document itself."""

import io
import re
import struct
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath

from qcity_xl.adapters.mail.envelope import guessed

_ENTRY, _END = b"PK\x01\x02", b"PK\x05\x06"
# By these a zip is a file of its own: OOXML, ODF and EPUB, OFD, UOF, Java; and Apple's documents.
_INSIDES = frozenset(
    ("[content_types].xml", "mimetype", "ofd.xml", "uof.xml", "meta-inf/manifest.mf")
)
_APPLE = ("index/document.iwa", "index/metadata.iwa")
_DOCUMENTS = (
    *(".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm", ".docx", ".docm", ".dotx", ".pptx", ".pptm"),
    *(".ppsx", ".ods", ".odt", ".odp", ".odg", ".et", ".wps", ".dps", ".ofd", ".uot", ".uos"),
    *(".uop", ".uof", ".numbers", ".pages", ".key", ".epub", ".vsdx", ".xmind", ".kmz", ".jar"),
    *(".apk", ".cebx", ".gd", ".3mf", ".mht"),
)
_ENDING = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]{1,7}")


def entries_in(data: bytes) -> int:
    """How many files a zip lists at its end, at most; 0 where it has no end."""
    place = data.rfind(_END)
    if place < 0 or place + 22 > len(data):
        return 0
    size = struct.unpack_from("<L", data, place + 12)[0]
    return data.count(_ENTRY, max(place - size, 0) if size != 0xFFFFFFFF else 0, place)


def opened(data: bytes) -> zipfile.ZipFile | None:
    """The zip; None where it is broken, or its names are not in the encoding that it tells."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return None


def is_document(name: str, inside: Iterable[str]) -> bool:
    """Whether a zip of this name with these files in it is one document, to be kept whole."""
    names = {each.replace("\\", "/").lower() for each in inside}
    if not _INSIDES.isdisjoint(names) or any(each.endswith(_APPLE) for each in names):
        return True
    return PurePosixPath(name.lower()).suffix in _DOCUMENTS


def is_called_otherwise(name: str) -> bool:
    """Whether a file has an ending, and not that of a zip."""
    ending = PurePosixPath(name.lower()).suffix
    return ending != ".zip" and _ENDING.fullmatch(ending) is not None


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name; without the UTF-8 mark, Chinese programs write UTF-8 or GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    return guessed(info.filename.encode("cp437", "replace"))
