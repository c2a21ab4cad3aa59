"""The parts of a broken package that are still whole, found without its directory."""

import struct
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from qcity_xl.adapters.ooxml.limits import DEFAULT_LIMITS

_LOCAL = struct.Struct("<4s5H3L2H")  # APPNOTE.TXT 4.3.7
_MARK = b"PK\3\4"
_UTF8_FLAG, _STREAMED = 0x800, 0x8


def whole_parts(data: bytes) -> tuple[dict[str, bytes], dict[str, str]]:
    """The parts that are as they were written, and why others are not, by name.

    A part counts whose content has its length and checksum and, if it is XML, is well-formed.
    """
    whole: dict[str, bytes] = {}
    broken: dict[str, str] = {}
    left = DEFAULT_LIMITS.unpacked_bytes
    for name, content, fault in _found(data):
        left -= len(content)
        if left < 0:
            break
        fault = fault or _malformed(name, content)
        if fault:
            broken.setdefault(name, fault)
        else:
            whole[name] = content
    return whole, {name: why for name, why in broken.items() if name not in whole}


def _found(data: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Name and content of each member that begins somewhere, and what is wrong with it."""
    place = data.find(_MARK)
    while 0 <= place <= len(data) - _LOCAL.size:
        _, _, flags, method, _, _, crc, packed, _, name_length, more = _LOCAL.unpack_from(
            data, place
        )
        start = place + _LOCAL.size + name_length + more
        raw = data[place + _LOCAL.size : place + _LOCAL.size + name_length]
        name = raw.decode("utf-8" if flags & _UTF8_FLAG else "cp437", errors="replace")
        following = data.find(_MARK, place + 4)
        end = following if following >= 0 else len(data)
        if flags & _STREAMED and method:
            content, fault = _inflated(data[start:end], None)
        elif method:
            content, fault = _inflated(data[start : start + packed], crc)
        else:
            content = data[start : start + packed]
            fault = "" if zlib.crc32(content) == crc else "校验不符"
        yield name.replace("\\", "/"), content, fault
        place = data.find(_MARK, start + (0 if fault else max(packed, 1)))


def _inflated(packed: bytes, crc: int | None) -> tuple[bytes, str]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(packed, DEFAULT_LIMITS.unpacked_bytes)
    except zlib.error:
        return b"", "无法解压"
    if not unpacker.eof:
        return content, "不完整"
    if crc is None:  # the checksum stands behind the content, with or without a mark
        behind = unpacker.unused_data.removeprefix(b"PK\7\\8")[:4]
        crc = int.from_bytes(behind, "little")
    return content, "" if zlib.crc32(content) == crc else "校验不符"


def _malformed(name: str, content: bytes) -> str:
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return ""
    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError:
        return "XML 已损坏"
    return ""
