"""Messages whose large bodies stay where they are: the library keeps several copies of each line.

What stands between two lines that begin with -- holds no boundary. Behind its headers it is cut
out before the message is parsed, and a mark left in its place says where it lies.
"""

import email
import re
import secrets
from email.message import Message
from email.policy import Policy
from typing import Any

_DASHES = re.compile(rb"(?<![^\r\n])--")
_BLANK_LINE = re.compile(rb"\r\n\r\n|\n\r?\n|\r\r")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|>?From ")
_MOST_HEADERS = 1024 * 1024  # bytes of those of messages in one another
_SMALL = 1024  # bytes that are not worth a cut


class _Cuts:
    """The bytes of one message and the places that were cut out of them."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._places: list[tuple[int, int]] = []
        self._mark = f"=_cut_{secrets.token_hex(12)}_"
        self._marks = re.compile(rb"%s(\d+)_=" % self._mark.encode())

    def rest(self) -> bytes:
        """The message with a mark in place of each large body."""
        data, last = self._data, 0
        pieces: list[bytes | memoryview] = []
        ends = [found.start() for found in _DASHES.finditer(data)]
        for start, stop in zip([0, *ends], [*ends, len(data)], strict=True):
            begin, end = _body(data, start, stop)
            if end - begin < _SMALL:
                continue
            mark = f"{self._mark}{len(self._places)}_=".encode()
            pieces += [data[last:begin], mark]
            self._places.append((begin, end))
            last = end
        return b"".join((*pieces, data[last:]))

    def restored(self, raw: bytes) -> bytes | memoryview:
        """Bytes with what was cut out of them; not copied where that is all of them."""
        if whole := self._marks.fullmatch(raw):
            begin, end = self._places[int(whole[1])]
            return self._data[begin:end]
        pieces: list[bytes | memoryview] = []
        last = 0
        for found in self._marks.finditer(raw):
            begin, end = self._places[int(found[1])]
            pieces += [raw[last : found.start()], self._data[begin:end]]
            last = found.end()
        return b"".join((*pieces, raw[last:])) if pieces else raw


class _Part(Message):
    """A part that knows what was cut out of it."""

    def __init__(self, policy: Policy, cuts: _Cuts) -> None:
        super().__init__(policy)
        self.cuts = cuts


def parsed(data: bytes) -> Message:
    """The message that these bytes are, as the library reads it; for what is in it ask `raw`."""
    cuts = _Cuts(data)

    def part(policy: Any) -> _Part:
        return _Part(policy, cuts)

    return email.message_from_bytes(cuts.rest(), _class=part)  # type: ignore[arg-type]  # a factory will do


def raw(part: Message) -> bytes | memoryview:
    """The bytes of a part that holds no others, as they came, not decoded."""
    encoding = part.get("Content-Transfer-Encoding")
    del part["Content-Transfer-Encoding"]  # or the library decodes them
    found = part.get_payload(decode=True)
    if encoding is not None:
        part["Content-Transfer-Encoding"] = encoding
    return restored(part, found if isinstance(found, bytes) else b"")


def restored(part: Message, data: bytes) -> bytes | memoryview:
    """Bytes that the library gave of a part, with what was cut out of them."""
    return part.cuts.restored(data) if isinstance(part, _Part) else data


def _body(data: memoryview, start: int, stop: int) -> tuple[int, int]:
    """Where between two places there are no headers any more, up to the last line break."""
    blank = _BLANK_LINE.search(data, start, stop)
    begin = blank.end() if blank else stop
    most = min(begin + _MOST_HEADERS, stop)
    while begin < most and _HEADER.match(data, begin):  # of a message in this one
        blank = _BLANK_LINE.search(data, begin, most)
        begin = blank.end() if blank else most
    end = stop
    while end > begin and stop - end < 2 and data[end - 1] in b"\r\n":
        end -= 1
    return begin, end
