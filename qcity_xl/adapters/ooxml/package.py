"""An OPC package: a zip whose untouched members are copied with their compressed bytes."""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Self

from qcity_xl.adapters.ooxml.errors import (
    DamagedPart,
    DuplicatePart,
    Encrypted,
    MissingPart,
    NotAWorkbook,
    OverLimit,
)
from qcity_xl.adapters.ooxml.limits import DEFAULT_LIMITS, PackageLimits
from qcity_xl.adapters.ooxml.markup import Xml, attributes, opened, quote

CONTENT_TYPES = "[Content_Types].xml"

# APPNOTE.TXT 4.3.7 (local header), 4.3.12 (directory entry), 4.3.16 (end of directory)
_LOCAL = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_OFFSET_IN_ENTRY = 42
_DOS_1980 = 0x21  # 1 January 1980: the same edits always give the same bytes
_UTF8_FLAG, _ENCRYPTED_FLAG, _ZIP64 = 0x800, 0x1, 0xFFFFFFFF
_SMALL, _LARGE = 4_096, 4 << 20  # bytes
_LEVEL = 3  # of zlib for a large part: a tenth larger than at its usual one, in half of the time
_OLE = b"\xd0\xcf\x11\xe0"


class _Member(NamedTuple):
    entry: bytes  # its entry in the directory, offset to be replaced
    record: bytes  # local header, data and what may follow
    header: int  # length of the local header
    method: int
    crc: int
    packed: int
    size: int


class Package:
    """The parts of a package by name, in file order.

    A part is found by its name in any case, and where programs write backslashes in it: Excel reads
    both (ECMA-376 part 2 knows names of any case as equal).
    """

    def __init__(self, data: bytes, members: dict[str, _Member]) -> None:
        """Use `Package.read`."""
        self._original = data
        self._members = members
        self._names = {name.lower(): name for name in members}
        self._changed: dict[str, bytes | None] = {}  # None: removed
        self._cache: dict[str, bytes] = {}
        self._xmls: dict[str, tuple[bytes, Xml]] = {}  # with what they were made of

    @classmethod
    def read(cls, data: bytes, limits: PackageLimits = DEFAULT_LIMITS) -> Self:
        """The package in these bytes; nothing is unpacked yet.

        Raises NotAWorkbook, Encrypted, OverLimit, DuplicatePart.
        """
        check_sizes(len(data), 0, limits)
        if data.startswith(_OLE):
            raise Encrypted
        try:
            members = _members(data, limits)
        except (struct.error, UnicodeDecodeError) as error:
            raise NotAWorkbook("压缩包结构不完整") from error
        check_sizes(len(data), sum(member.size for member in members.values()), limits)
        if CONTENT_TYPES.lower() not in map(str.lower, members):
            raise NotAWorkbook("缺少内容类型表")
        return cls(data, members)

    @property
    def names(self) -> list[str]:
        """The names of all parts, in file order, added ones last."""
        every = dict.fromkeys((*self._members, *self._changed))
        return [name for name in every if self._changed.get(name, b"") is not None]

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of that name."""
        name = self._known(name)
        return self._changed.get(name, b"") is not None and (
            name in self._members or name in self._changed
        )

    def part(self, name: str) -> bytes:
        """The content of a part. Raises MissingPart, DamagedPart."""
        name = self._known(name)
        if name not in self:
            raise MissingPart(name)
        if (changed := self._changed.get(name)) is not None:
            return changed
        if name not in self._cache:
            self._cache[name] = _unpack(name, self._members[name])
        return self._cache[name]

    def size(self, name: str) -> int:
        """How large a part is unpacked; nothing is unpacked. Raises MissingPart."""
        name = self._known(name)
        if name not in self:
            raise MissingPart(name)
        changed = self._changed.get(name)
        return self._members[name].size if changed is None else len(changed)

    def xml(self, name: str) -> Xml:
        """A part as XML, the same one as long as the part is not changed."""
        name, data = self._known(name), self.part(name)
        known = self._xmls.get(name)
        if known is None or known[0] is not data:
            known = self._xmls[name] = data, Xml(name, data)
        return known[1]

    def replace(self, name: str, data: bytes) -> None:
        """Give a part new content."""
        if data != self.part(name):
            self._changed[self._known(name)] = data

    def add(self, name: str, data: bytes, content_type: str) -> None:
        """Add a part and declare its type. Raises DuplicatePart."""
        if name in self:
            raise DuplicatePart(name)
        self._changed[name] = data
        types = self.xml(CONTENT_TYPES)
        root, prefix = types.root, types.prefix
        override = b'<%sOverride PartName="/%s" ContentType="%s"/>' % (
            prefix,
            quote(name),
            quote(content_type),
        )
        end = types.close(root)
        if end == root.inner:
            tag = opened(types.tag(root))
            close = b"</%sTypes>" % prefix
            edit = (root.start, root.inner, tag + override + close)
        else:
            edit = (end, end, override)
        self.replace(CONTENT_TYPES, types.rewritten([edit]))

    def add_untyped(self, name: str, data: bytes) -> None:
        """Add a part whose type is that of its extension, as of relationships.

        Raises DuplicatePart.
        """
        if name in self:
            raise DuplicatePart(name)
        self._changed[name] = data

    def remove(self, name: str) -> None:
        """Take a part away, and its entry among the content types."""
        name = self._known(name)
        if name not in self:
            raise MissingPart(name)
        self._changed[name] = None
        types = self.xml(CONTENT_TYPES)
        path = b"/" + quote(name).lower()
        cuts = [
            (element.start, element.end, b"")
            for element in types.children(types.root.inner, types.root.end)
            if attributes(types.tag(element)).get(b"PartName", b"").lower() == path
        ]
        self.replace(CONTENT_TYPES, types.rewritten(cuts))

    def _known(self, name: str) -> str:
        """The name under which the file has that part."""
        return name if name in self._changed else self._names.get(name.lower(), name)

    def copy(self) -> "Package":
        """A package with the same content that can be changed apart from this one."""
        other = Package(self._original, self._members)
        other._changed = dict(self._changed)
        other._cache = self._cache  # what an untouched part unpacks to never changes
        other._xmls = dict(self._xmls)
        return other

    def to_bytes(self, level: int = 6) -> bytes:
        """The package as a zip: the very bytes that were read if nothing was changed.

        `level` is that of zlib for changed parts, 1 (fast) to 9 (small).
        """
        if not self._changed:
            return self._original
        return _zipped(self._written(level))

    def _written(self, level: int) -> Iterator[_Member]:
        for name in self.names:
            data = self._changed.get(name)
            if data is None:
                yield self._members[name]
            elif len(data) <= _SMALL:
                yield _packed(name, data, level)
            else:
                yield _pack(name, data, level if len(data) <= _LARGE else min(level, _LEVEL))


def stored(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts as they are, for a reader in this process."""
    return _zipped(_pack(name, data, None) for name, data in parts.items())


def _zipped(members: Iterable[_Member]) -> bytes:
    """A zip of these members, in their order."""
    records: list[bytes] = []
    entries: list[bytes] = []
    offset = 0
    for member in members:
        records.append(member.record)
        place = struct.pack("<L", offset)
        entries += (
            member.entry[:_OFFSET_IN_ENTRY],
            place,
            member.entry[_OFFSET_IN_ENTRY + 4 :],
        )
        offset += len(member.record)
    directory = b"".join(entries)
    count = len(records)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), offset, 0)
    return b"".join((*records, directory, end))


def _members(data: bytes, limits: PackageLimits) -> dict[str, _Member]:
    """The members of a zip, each with the bytes from its header up to the next one's."""
    place = data.rfind(b"PK\5\6")
    if place < 0 or not data.startswith(b"PK"):
        raise NotAWorkbook("不是压缩包")
    _, _, _, _, count, size, start, _ = _END.unpack_from(data, place)
    if count > limits.parts:
        raise OverLimit("内部部件数", count, limits.parts)
    if start + size > place:
        raise NotAWorkbook("压缩包目录不完整")
    found = list(_entries(data, start, start + size))
    if len(found) != count:
        raise NotAWorkbook("压缩包目录不完整")
    offsets = sorted({offset for _, _, offset in found} | {start})
    following = dict(pairwise(offsets))
    members: dict[str, _Member] = {}
    seen: set[str] = set()
    for written, entry, offset in found:
        name = written.replace("\\", "/")
        if name.lower() in seen:  # ECMA-376 part 2: names are equal in any case
            raise DuplicatePart(name)
        seen.add(name.lower())
        members[name] = _member(entry, data[offset : following.get(offset, offset)])
    return members


def _entries(data: bytes, start: int, end: int) -> Iterator[tuple[str, bytes, int]]:
    """Name, bytes and offset of each directory entry."""
    while start < end:
        fields = _ENTRY.unpack_from(data, start)
        flags, name_length = fields[3], fields[10]
        after = start + _ENTRY.size + name_length + fields[11] + fields[12]
        if fields[0] != b"PK\1\2" or after > end or _ZIP64 in (fields[8], fields[9], fields[16]):
            raise NotAWorkbook("压缩包目录不完整")
        if flags & _ENCRYPTED_FLAG:
            raise Encrypted
        raw = data[start + _ENTRY.size : start + _ENTRY.size + name_length]
        name = raw.decode("utf-8" if flags & _UTF8_FLAG else "cp437")
        yield name, data[start:after], fields[16]
        start = after


def _member(entry: bytes, record: bytes) -> _Member:
    fields = _ENTRY.unpack_from(entry)
    local = _LOCAL.unpack_from(record)
    header = _LOCAL.size + local[9] + local[10]
    raw = entry[_ENTRY.size : _ENTRY.size + fields[10]]
    same_name = record[_LOCAL.size : _LOCAL.size + local[9]] == raw
    if local[0] != b"PK\3\4" or not same_name or header + fields[8] > len(record):
        raise NotAWorkbook("压缩包目录与内容不符")
    return _Member(entry, record, header, fields[4], fields[7], fields[8], fields[9])


def check_sizes(length: int, unpacked: int, limits: PackageLimits) -> None:
    """Raises OverLimit for a file of that many bytes, whose parts have so many unpacked."""
    if length > limits.file_bytes:
        raise OverLimit("大小（字节）", length, limits.file_bytes)
    if unpacked > limits.unpacked_bytes:
        raise OverLimit("解压后大小（字节）", unpacked, limits.unpacked_bytes)
    if unpacked > limits.ratio * length:
        raise OverLimit("压缩比", unpacked // length, limits.ratio)


def _unpack(name: str, member: _Member) -> bytes:
    """The content of a member: never more than its entry says."""
    packed = member.record[member.header : member.header + member.packed]
    if member.method == 0:
        data = packed
    elif member.method == zlib.DEFLATED:
        try:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, member.size + 1)
        except zlib.error as error:
            raise DamagedPart(name, "无法解压") from error
    else:
        raise DamagedPart(name, "压缩方法不受支持")
    if len(data) != member.size or zlib.crc32(data) != member.crc:
        raise DamagedPart(name, "校验不符")
    return data


@lru_cache(maxsize=1 << 9)
def _packed(name: str, data: bytes, level: int) -> _Member:
    """The same for a small part, which many workbooks of one make have alike."""
    return _pack(name, data, level)


def _pack(name: str, data: bytes, level: int | None) -> _Member:
    """A new member, dated 1980: deflated, as it is without a level."""
    packed, method = data, 0
    if level is not None:
        packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed, method = packer.compress(data) + packer.flush(), zlib.DEFLATED
    raw, crc = name.encode(), zlib.crc32(data)
    flags = 0 if name.isascii() else _UTF8_FLAG
    common = (20, flags, method, 0, _DOS_1980, crc, len(packed), len(data), len(raw), 0)
    header = _LOCAL.pack(b"PK\3\4", *common) + raw
    entry = _ENTRY.pack(b"PK\1\2", 20, *common, 0, 0, 0, 0, 0) + raw
    return _Member(entry, header + packed, len(header), method, crc, len(packed), len(data))
