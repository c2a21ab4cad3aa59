"""Messages as other programs write them: Outlook's winmail.dat and .msg, old clients, zips."""

import io
import struct
import zipfile
from base64 import encodebytes
from binascii import b2a_uu
from email.message import EmailMessage
from email.policy import SMTP

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def mail(
    *files: tuple[str, bytes],
    sender: str = "unit0@example.com",
    subject: str = "报送",
    words: str = "请查收。",
) -> bytes:
    """A message as a good client writes it."""
    message = EmailMessage(SMTP)
    message["From"], message["To"] = f"联络员 <{sender}>", "office@example.com"
    message["Subject"], message["Date"] = subject, "Mon, 05 Dec 2016 10:00:00 +0800"
    message["Message-ID"] = f"<{abs(hash((files, sender, subject)))}@example.com>"
    message.set_content(f"{words}\n")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="x", filename=name)
    return message.as_bytes()


def forwarded(inner: bytes, sender: str = "colleague@example.com") -> bytes:
    """A message that has another as its attachment."""
    from email import message_from_bytes

    outer = EmailMessage(SMTP)
    outer["From"], outer["Subject"] = sender, "转发：报送"
    outer.set_content("见附件邮件。\n")
    outer.add_attachment(message_from_bytes(inner, policy=SMTP))
    return outer.as_bytes()


def forwarded_in_base64(inner: bytes) -> bytes:
    """A forwarded message encoded as a whole, which no mail program should do."""
    head = (
        b"From: unit0@example.com",
        b"Subject: fw",
        b"Content-Type: message/rfc822",
        b"Content-Transfer-Encoding: base64",
    )
    return b"\r\n".join((*head, b"", encodebytes(inner)))


def uuencoded(name: str, data: bytes) -> bytes:
    """A file in the text of a letter, as programs did before MIME."""
    lines = [b2a_uu(data[i : i + 45]) for i in range(0, len(data), 45)]
    return b"begin 644 %s\n%s`\nend\n" % (name.encode(), b"".join(lines))


def signed(inner: bytes, *, endless: bool) -> bytes:
    """A message inside its signature; `endless` writes lengths as programs do that stream."""

    def element(tag: int, content: bytes) -> bytes:
        if endless and tag & 0x20:
            return bytes([tag, 0x80]) + content + b"\0\0"
        length = len(content).to_bytes((len(content).bit_length() + 7) // 8 or 1, "big")
        return bytes([tag, 0x80 | len(length)]) + length + content

    def oid(last: int) -> bytes:
        return element(0x06, bytes.fromhex("2a864886f70d0107") + bytes([last]))

    pieces = [element(0x04, inner[i : i + 1000]) for i in range(0, len(inner), 1000)]
    octets = element(0x24, b"".join(pieces)) if endless else element(0x04, inner)
    content = element(0x30, oid(1) + element(0xA0, octets))
    cms = element(0x30, element(0x02, b"\1") + element(0x31, b"") + content + element(0x31, b""))
    head = (
        b"From: unit0@example.com",
        b"Subject: s",
        b'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',
        b"Content-Transfer-Encoding: base64",
    )
    whole = element(0x30, oid(2) + element(0xA0, cms))
    return b"\r\n".join((*head, b"", encodebytes(whole)))


def old_client(name: bytes, subject: bytes, data: bytes) -> bytes:
    """Raw 8-bit headers and file names, as some Chinese programs still write them."""
    return b"\r\n".join(
        (
            b"From: =?gb2312?B?"
            + encodebytes("镕基".encode("gbk")).strip()
            + b"?= <UNIT0@Example.com>",
            b"Subject: " + subject,
            b"MIME-Version: 1.0",
            b'Content-Type: multipart/mixed; boundary="xx"',
            b"",
            b"--xx",
            b"Content-Type: text/plain; charset=gb2312",
            b"",
            "请查收".encode("gbk"),
            b"--xx",
            b'Content-Type: application/octet-stream; name="' + name + b'"',
            b"Content-Transfer-Encoding: base64",
            b'Content-Disposition: attachment; filename="' + name + b'"',
            b"",
            encodebytes(data).replace(b"\n", b"\r\n"),
            b"--xx--",
            b"",
        )
    )


def bounce(original: bytes) -> bytes:
    """A delivery failure that brings our own message back."""
    return b"\r\n".join(
        (
            b"From: MAILER-DAEMON@example.com",
            b"Subject: Undelivered Mail Returned to Sender",
            b'Content-Type: multipart/report; report-type=delivery-status; boundary="yy"',
            b"",
            b"--yy",
            b"Content-Type: text/plain",
            b"",
            b"no such user",
            b"--yy",
            b"Content-Type: message/delivery-status",
            b"",
            b"Reporting-MTA: dns; mail.example.com",
            b"",
            b"Final-Recipient: rfc822; unit0@example.com",
            b"Action: failed",
            b"--yy",
            b"Content-Type: message/rfc822",
            b"",
            original,
            b"--yy--",
            b"",
        )
    )


class _Gbk(zipfile.ZipInfo):
    """A member whose name is written as Windows in China does, without a mark."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's name
        return self.filename.encode("gbk"), self.flag_bits


def zipped(*files: tuple[str, bytes], gbk: bool = False) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            info = (_Gbk if gbk else zipfile.ZipInfo)(name)
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


def tnef(*files: tuple[str, bytes]) -> bytes:
    """winmail.dat, after [MS-OXTNEF]: each file's data, its short and its long name."""

    def attribute(level: int, kind: int, data: bytes) -> bytes:
        check = struct.pack("<H", sum(data) & 0xFFFF)
        return struct.pack("<BII", level, kind, len(data)) + data + check

    out = struct.pack("<IH", 0x223E9F78, 1)
    out += attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
    out += attribute(1, 0x00069007, struct.pack("<II", 936, 0))
    for name, data in files:
        out += attribute(2, 0x00069002, b"\x01\x00" + b"\xff" * 4 + b"\x00" * 8)
        out += attribute(2, 0x0006800F, data)
        out += attribute(2, 0x00018010, name.encode("gbk") + b"\0")
        long = name.encode("utf-16-le") + b"\0\0"
        padded = long + b"\0" * (-len(long) % 4)
        out += attribute(
            2, 0x00069005, struct.pack("<IHHII", 1, 0x001F, 0x3707, 1, len(long)) + padded
        )
    return out


# -- .msg: a compound file ([MS-CFB]) with the properties of [MS-OXMSG]

Tree = dict[str, "bytes | Tree"]


def msg(subject: str, sender: str, *files: tuple[str, bytes], inner: Tree | None = None) -> bytes:
    """A message as Outlook saves it."""
    return compound(message_tree(subject, sender, *files, inner=inner))


def message_tree(
    subject: str,
    sender: str,
    *files: tuple[str, bytes],
    inner: Tree | None = None,
    top: bool = True,
) -> Tree:
    tree: Tree = {}
    head = b"\0" * 8 + struct.pack("<4I", 0, len(files), 0, len(files)) + b"\0" * (8 if top else 0)
    entries = b""
    for pid, words in ((0x0037, subject), (0x0C1F, sender), (0x001A, "IPM.Note")):
        data = words.encode("utf-16-le")
        tree[f"__substg1.0_{pid:04X}001F"] = data
        entries += _property(pid, 0x001F, len(data) + 2)
    tree["__properties_version1.0"] = head + entries
    for number, (name, data) in enumerate(files):
        encoded = name.encode("utf-16-le")
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": b"\0" * 8
            + _property(0x3705, 0x0003, 1)
            + _property(0x3707, 0x001F, len(encoded) + 2)
            + _property(0x3701, 0x0102, len(data)),
            "__substg1.0_3707001F": encoded,
            "__substg1.0_37010102": data,
        }
    if inner is not None:
        tree[f"__attach_version1.0_#{len(files):08X}"] = {
            "__properties_version1.0": b"\0" * 8 + _property(0x3705, 0x0003, 5),
            "__substg1.0_3701000D": inner,
        }
    return tree


def _property(pid: int, kind: int, value: int) -> bytes:
    return struct.pack("<HHIII", kind, pid, 6, value, 0)


def compound(tree: Tree) -> bytes:
    """A compound file: every stream in sectors or, when short, in the mini stream."""
    entries: list[list[int | str | bytes]] = []  # name, type, left, right, child, content
    _add(entries, "Root Entry", tree, 5)
    sectors: list[bytes] = []
    fat: list[int] = []
    mini = b""
    minifat: list[int] = []

    def store(data: bytes) -> int:
        start = len(sectors)
        pieces = [data[i : i + SECTOR].ljust(SECTOR, b"\0") for i in range(0, len(data), SECTOR)]
        sectors.extend(pieces)
        fat.extend([*range(start + 1, start + len(pieces)), END] if pieces else [])
        return start if pieces else END

    places: list[tuple[int, int]] = []
    for entry in entries:
        content = entry[5]
        assert isinstance(content, bytes)
        if entry[1] != 2 or not content:
            places.append((END if entry[1] == 2 else 0, 0))
        elif len(content) >= CUTOFF:
            places.append((store(content), len(content)))
        else:
            start = len(minifat)
            count = -(-len(content) // MINI)
            minifat.extend([*range(start + 1, start + count), END])
            mini += content.ljust(count * MINI, b"\0")
            places.append((start, len(content)))
    places[0] = (store(mini), len(mini))
    table = b"".join(struct.pack("<I", n) for n in minifat)
    minifat_count = -(-len(table) // SECTOR)
    minifat_start = store(table.ljust(minifat_count * SECTOR, b"\xff"))
    directory = b"".join(
        _entry(entry, *place) for entry, place in zip(entries, places, strict=True)
    )
    directory_start = store(directory)
    count = 1
    while count * (SECTOR // 4) < len(fat) + count:
        count += 1
    first = len(sectors)
    fat += [FAT] * count
    packed = b"".join(struct.pack("<I", n) for n in fat).ljust(count * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack(
        "<9I", 0, count, directory_start, 0, CUTOFF, minifat_start, minifat_count, END, 0
    )
    header += b"".join(struct.pack("<I", first + i if i < count else FREE) for i in range(109))
    return header + b"".join(sectors) + packed


def _add(
    entries: list[list[int | str | bytes]], name: str, content: "bytes | Tree", kind: int
) -> int:
    number = len(entries)
    entry: list[int | str | bytes] = [name, kind, FREE, FREE, FREE, b""]
    entries.append(entry)
    if isinstance(content, bytes):
        entry[5] = content
        return number
    previous: list[int | str | bytes] | None = None
    for key in sorted(content, key=lambda k: (len(k), k.upper())):  # a chain is a tree as well
        child = _add(entries, key, content[key], 2 if isinstance(content[key], bytes) else 1)
        if previous is None:
            entry[4] = child
        else:
            previous[3] = child
        previous = entries[child]
    return number


def _entry(entry: list[int | str | bytes], start: int, size: int) -> bytes:
    name, kind, left, right, child, _ = entry
    encoded = str(name).encode("utf-16-le") + b"\0\0"
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, left, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
