"""What is inside a message whose signature wraps it: S/MIME, opaque (RFC 8551, 3.5.2)."""

from collections.abc import Iterator
from typing import NamedTuple

_SEQUENCE, _OID, _OCTETS, _OCTETS_IN_PIECES, _FIRST = 0x30, 0x06, 0x04, 0x24, 0xA0
_PKCS7 = bytes.fromhex("2a864886f70d0107")  # and then: 02 signed, 03 encrypted
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_DEEPEST = 16


class _Element(NamedTuple):
    """An element of BER (X.690): its tag, where its content begins and ends, what comes after."""

    tag: int
    start: int
    stop: int
    after: int


def is_signed(data: bytes) -> bool:
    """Whether bytes are such a message, signed or encrypted, whatever they are called."""
    place = data.find(_PKCS7, 0, 40)
    return data.startswith(b"0") and place > 0 and data[place + len(_PKCS7)] in (2, 3)


def signed_content(data: bytes) -> bytes | None:
    """What was signed; None for what is encrypted, broken or no such message.

    The signature itself is not looked at: nothing of what it says is believed.
    """
    try:
        kind, wrapped = _children(data, _element(data, 0))[:2]
        if kind.tag != _OID or data[kind.start : kind.stop] != _SIGNED_DATA:
            return None
        (signed,) = _children(data, wrapped)
        content = _children(data, signed)[2]
        inside = _children(data, content)[1]
        return b"".join(_octets(data, _children(data, inside)[0]))
    except (IndexError, ValueError):
        return None


def _element(data: bytes, place: int, depth: int = 0) -> _Element:
    """Raises IndexError, ValueError for what is none."""
    tag, length = data[place], data[place + 1]
    start = place + 2
    if tag & 0x1F == 0x1F or depth > _DEEPEST:
        raise ValueError
    if length == 0x80:  # as long as it takes, up to two zeros
        stop = start
        while data[stop : stop + 2] != b"\0\0":
            stop = _element(data, stop, depth + 1).after
        return _Element(tag, start, stop, stop + 2)
    if length > 0x80:
        count = length & 0x7F
        length = int.from_bytes(data[start : start + count], "big")
        start += count
    if start + length > len(data):
        raise ValueError
    return _Element(tag, start, start + length, start + length)


def _children(data: bytes, parent: _Element) -> list[_Element]:
    if parent.tag not in (_SEQUENCE, _FIRST, _OCTETS_IN_PIECES):
        raise ValueError
    found = []
    place = parent.start
    while place < parent.stop:
        found.append(_element(data, place))
        place = found[-1].after
    return found


def _octets(data: bytes, element: _Element) -> Iterator[bytes]:
    """The pieces of a string of bytes."""
    if element.tag == _OCTETS:
        yield data[element.start : element.stop]
        return
    for piece in _children(data, element):
        yield from _octets(data, piece)
