"""Whatever a mail is put together from: each file in it comes out whole, each mail is listed.

Parts are written by hand as mail programs write them, rightly and wrongly.
"""

from base64 import b64encode, encodebytes
from binascii import b2a_qp
from collections import Counter
from dataclasses import dataclass, field
from email.header import Header
from email.utils import encode_rfc2231
from hashlib import sha256

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcity_xl.adapters.mail.attachments import Unpacker
from qcity_xl.core.mail.inbox import Incoming
from qcity_xl.core.master.settings import Limits
from tests.mail import formats

NAMES = ("盖章页.pdf", "台账（2016年）.xlsx", "照片 一.jpg", "通知;附件.ofd", "a.docx")
NUMBERS = st.integers(0, 999)
LIMITS = Limits(parts=5000)


@dataclass
class Mail:
    """Bytes with headers and a body, and the files that must come out of them."""

    data: bytes
    files: list[tuple[str, bytes]] = field(default_factory=list)  # name ("" for none), content


def _named(name: str, style: str) -> tuple[bytes, bytes]:
    """Content-Disposition and the end of Content-Type of a part of this name."""
    if style == "2231":
        return b"attachment; filename*=" + encode_rfc2231(name, "utf-8").encode(), b""
    if style == "2231 gbk":
        percent = "".join(f"%{byte:02X}" for byte in name.encode("gbk"))
        return b"attachment; filename*=gb2312''" + percent.encode(), b""
    if style == "2047":
        word = Header(name, "gb2312", maxlinelen=500).encode().encode()
        return b'inline; filename="%s"' % word, b'; name="%s"' % word
    raw = name.encode("gbk" if style == "gbk" else "utf-8")
    return b'attachment; filename="%s"' % raw, b'; name="%s"' % raw


def _content(kind: str, number: int, size: int) -> bytes:
    mark = b"%d:" % number
    filling = bytes((i * 7) % 256 for i in range(size))
    if kind == "book":
        return formats.zipped(("[Content_Types].xml", mark), ("xl/workbook.xml", filling))
    if kind == "table":
        return b"unit,points\r\n" + mark + b"--x,1\r\n" * (size // 7 + 1)
    return {"pdf": b"%PDF-1.4 ", "picture": b"\xff\xd8\xff"}[kind] + mark + filling


@st.composite
def leaves(draw: st.DrawFn) -> Mail:
    kind = draw(st.sampled_from(("book", "pdf", "picture", "table")))
    content = _content(kind, draw(NUMBERS), draw(st.sampled_from((0, 10, 300, 3000, 70_000))))
    style = draw(st.sampled_from(("2231", "2231 gbk", "2047", "gbk", "utf-8", "")))
    name = draw(st.sampled_from(NAMES)) if style else ""
    types = ("application/octet-stream", "application/x", "image/jpeg", "text/csv")
    head = b"Content-Type: " + draw(st.sampled_from(types)).encode()
    if name:
        disposition, end = _named(name, style)
        head += end + b"\r\nContent-Disposition: " + disposition
    how = draw(st.sampled_from(("base64", "BASE64 ", '"base64"', "base-64", "one line", "qp")))
    if how == "qp":
        encoding, body = "quoted-printable", b2a_qp(content, istext=False)
    elif how == "one line":
        encoding, body = "base64", b64encode(content)
    else:
        encoding, body = how, encodebytes(content).replace(b"\n", b"\r\n")
    head += f"\r\nContent-Transfer-Encoding: {encoding}".encode()
    return Mail(head + b"\r\n\r\n" + body, [(name, content)])


@st.composite
def words(draw: st.DrawFn) -> Mail:
    text = draw(st.sampled_from(("请查收。", "--\r\n张三", "From: 见附件", "")))
    coding = draw(st.sampled_from(("utf-8", "gbk")))
    return Mail(f"Content-Type: text/plain; charset={coding}\r\n\r\n{text}".encode(coding))


@st.composite
def written_in(draw: st.DrawFn) -> Mail:
    """A file in the words of a letter, as before MIME."""
    content = _content("pdf", draw(NUMBERS), draw(st.sampled_from((10, 5000))))
    body = "见下。\r\n".encode() + formats.uuencoded("b.pdf", content)
    return Mail(b"Content-Type: text/plain\r\n\r\n" + body, [("b.pdf", content)])


@st.composite
def multiparts(draw: st.DrawFn, inside: st.SearchStrategy[Mail]) -> Mail:
    parts = draw(st.lists(inside, min_size=1, max_size=3))
    border = f"=_{sha256(repr(parts).encode()).hexdigest()[:12]}"
    kinds = ("mixed", "related", "alternative", "report", "digested", "signed")
    told = border if draw(st.integers(0, 5)) else "another"  # a gateway wrote the wrong one
    head = f'Content-Type: multipart/{draw(st.sampled_from(kinds))}; boundary="{told}"'
    pieces = [b"--%s\r\n%s\r\n" % (border.encode(), part.data) for part in parts]
    if late := draw(st.booleans()) and len(pieces) > 1:  # a part behind the end
        pieces.insert(-1, b"--%s--\r\n" % border.encode())
    if draw(st.booleans()) or late:
        pieces.append(b"--%s--\r\n" % border.encode())
    before = draw(st.sampled_from((b"", b"This is a multi-part message in MIME format.\r\n")))
    data = head.encode() + b"\r\n\r\n" + before + b"".join(pieces)
    return Mail(data, [file for part in parts for file in part.files])


HEAD = b"From: unit0@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
HEADS = st.sampled_from((HEAD, HEAD, HEAD + b"scanned by a gateway\r\nX-Id: 1\r\n"))


@st.composite
def wrapped(draw: st.DrawFn, inside: st.SearchStrategy[Mail]) -> Mail:
    """A mail in another, in a zip, in its signature, in Outlook's own formats."""
    inner = draw(inside)
    mail = draw(HEADS) + inner.data
    how = draw(st.sampled_from(("forwarded", "base64", "eml", "zip", "signed", "tnef", "msg")))
    files = inner.files
    if how == "forwarded":
        return Mail(b"Content-Type: message/rfc822\r\n\r\n" + mail, files)
    if how == "base64":
        whole = formats.forwarded_in_base64(mail)
        return Mail(whole[whole.index(b"Content-Type") :], files)
    if how == "signed":
        whole = formats.signed(mail, endless=draw(st.booleans()))
        return Mail(whole[whole.index(b"Content-Type") :], files)
    data = {
        "eml": lambda: mail,
        "zip": lambda: formats.zipped(("邮件.eml", mail)),
        "tnef": lambda: formats.tnef(("邮件.eml", mail)),
        "msg": lambda: formats.msg("x", "a@b.cn", ("邮件.eml", mail)),
    }[how]()
    head = b'Content-Type: application/x; name="x.%s"' % how.encode()
    body = encodebytes(data)
    files = files or [
        ("x.eml" if how == "eml" else "邮件.eml", mail)
    ]  # a letter without a file is one itself
    return Mail(head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body, files)


TREES = st.recursive(
    leaves() | words() | written_in(),
    lambda inside: multiparts(inside) | wrapped(inside),
    max_leaves=6,
)


@given(TREES, HEADS, st.sampled_from((b"", b"\r\n", b"\xef\xbb\xbf")))
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_each_file_comes_out_whole_and_each_mail_is_listed(
    tree: Mail, head: bytes, before: bytes
) -> None:
    data = before + head + tree.data
    found = list(Unpacker(LIMITS).files("邮件1.eml", data))
    assert _out(found) == Counter(content.rstrip(b"\r\n") for _, content in tree.files)
    assert {name for name, _ in tree.files} - {f.name for f in found} <= {""}
    assert found
    assert not [f.fault for f in found if f.fault]
    assert len([f for f in found if f.is_letter]) == (not tree.files)


def _out(found: list[Incoming]) -> Counter[bytes]:
    """What came out; a mail that breaks off does not say which line breaks belong to the file."""
    return Counter(f.data.rstrip(b"\r\n") for f in found if f.data is not None)
