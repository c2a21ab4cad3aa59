"""Files out of whatever comes in."""

from binascii import b2a_base64

import pytest

from qcity_xl.adapters.mail.attachments import Unpacker
from qcity_xl.core.mail.inbox import Incoming
from qcity_xl.core.master.settings import Limits
from tests.mail import formats

PACK = b"PK-not really a workbook"
NAME = "第1轮_市科技局（报送）.xlsx"
LARGE = bytes(range(256)) * 40


def files(name: str, data: bytes, limits: Limits | None = None) -> list[Incoming]:
    return list(Unpacker(limits or Limits()).files(name, data))


INNER = formats.mail((NAME, PACK))
CASES = {
    "eml": ("a.eml", INNER),
    "forwarded": ("a.eml", formats.forwarded(INNER, "unit0@example.com")),
    "zip": ("报送.zip", formats.zipped((NAME, PACK))),
    "gbk zip": ("报送.zip", formats.zipped((NAME, PACK), gbk=True)),
    "zip in mail": ("a.eml", formats.mail(("报送.zip", formats.zipped((NAME, PACK))))),
    "mail in zip": ("a.zip", formats.zipped(("邮件.eml", INNER))),
    "winmail.dat": ("winmail.dat", formats.tnef((NAME, PACK))),
    "winmail.dat in mail": ("a.eml", formats.mail(("winmail.dat", formats.tnef((NAME, PACK))))),
    "msg": ("a.msg", formats.msg("报送", "unit0@example.com", (NAME, PACK))),
    "msg in msg": (
        "a.msg",
        formats.msg(
            "转发",
            "unit0@example.com",
            inner=formats.message_tree("报送", "x@example.com", (NAME, PACK), top=False),
        ),
    ),
    "raw gbk": ("a.eml", formats.old_client(NAME.encode("gbk"), b"x", PACK)),
    "raw utf-8": ("a.eml", formats.old_client(NAME.encode(), b"x", PACK)),
}


@pytest.mark.parametrize("case", CASES)
def test_the_file_comes_out_with_its_name(case: str) -> None:
    (found,) = files(*CASES[case])
    assert (found.name, found.data, found.fault) == (NAME, PACK, "")
    if case.split()[0] not in ("zip", "gbk", "winmail.dat") and case != "mail in zip":
        assert found.envelope.mail == "unit0@example.com"


def test_large_files_in_outlooks_own_formats() -> None:
    for name, data in (
        ("a.msg", formats.msg("报送", "a@b.cn", (NAME, LARGE), ("b.txt", b"x"))),
        ("winmail.dat", formats.tnef((NAME, LARGE), ("b.txt", b"x"))),
    ):
        found = files(name, data)
        assert [(f.name, f.data) for f in found] == [(NAME, LARGE), ("b.txt", b"x")]


def test_envelopes_of_old_programs() -> None:
    for encoding in ("gbk", "utf-8"):
        data = formats.old_client(b"a.txt", "报送㎡".encode(encoding, "replace"), b"x")
        (found,) = files("a.eml", data)
        assert found.envelope.subject.startswith("报送")
        assert (found.envelope.name, found.envelope.mail) == ("镕基", "unit0@example.com")


def test_a_good_envelope() -> None:
    (found,) = files("a.eml", INNER)
    assert found.envelope.subject == "报送"
    assert found.envelope.sent == "2016-12-05 10:00:00+08:00"


def test_a_bounce_brings_no_pack() -> None:
    (found,) = files("a.eml", formats.bounce(INNER))
    assert found.data is None
    assert "退信" in found.fault


def test_a_bounce_that_somebody_forwards_brings_what_was_to_come() -> None:
    """A unit's own mail to us came back to it; or a program calls a report what is none."""
    bounced = formats.bounce(INNER)
    forwarded = b"From: unit0@example.com\r\nContent-Type: message/rfc822\r\n\r\n" + bounced
    mislabelled = bounced.replace(b"message/delivery-status", b"text/plain")
    for data in (forwarded, mislabelled):
        told, found = files("a.eml", data)
        assert "退信" in told.fault
        assert found.data == PACK


def test_pictures_of_the_signature_are_no_files() -> None:
    data = INNER.replace(
        b"Content-Type: application/x", b"Content-ID: <1>\r\nContent-Type: image/png"
    )
    data = data.replace(b"Content-Disposition: attachment", b"Content-Disposition: inline")
    (letter,) = files("a.eml", data)
    assert (letter.data, letter.is_letter) == (None, True)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.rar", b"Rar!\x1a\x07", "RAR"),
        ("a.zip", b"PK\x03\x04broken", "压缩包不完整"),
        ("a.gz", b"\x1f\x8b\x08\0", "gz"),
        ("a.tar", bytes(257) + b"ustar", "tar"),
        ("a.cab", b"MSCF\0", "CAB"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "打不开"),
        ("winmail.dat", b"\x78\x9f\x3e\x22\0\0" + b"\xff" * 40, "已损坏"),
        ("a.zip", formats.zipped(("bomb.txt", b"\0" * 30_000_000)), "压缩比异常"),
        ("big.bin", b"x" * 60_000_000, "超过50兆字节"),
    ],
)
def test_hostile_files(name: str, data: bytes, says: str) -> None:
    (one,) = files(name, data)
    assert says in one.fault
    assert one.data in (None, data)
    assert (one.data is None) == (says in ("压缩比异常", "超过50兆字节"))


def test_layers_have_an_end() -> None:
    data = INNER
    for _ in range(30):
        data = formats.forwarded(data)
    assert [f.data for f in files("a.eml", data)] == [PACK]
    for _ in range(30):
        data = formats.forwarded(data)
    (found,) = files("a.eml", data)
    assert (found.data, "层数太多" in found.fault) == (None, True)
    packed = formats.zipped((NAME, PACK))
    for _ in range(12):
        packed = formats.zipped(("a.zip", packed))
    (found,) = files("a.zip", packed)
    assert "层数太多" in found.fault


def test_many_files_have_an_end() -> None:
    many = formats.zipped(*((f"{n}.txt", b"x") for n in range(300)))
    found = files("a.zip", many)
    assert found[-1].data is None
    assert "太多" in found[-1].fault
    small = files("a.zip", many, Limits(unpacked_mb=0.001, file_mb=50))
    assert "太" in small[-1].fault


# Files that programs send in ways of their own


def written(*lines: str, body: bytes = b"") -> bytes:
    """A message whose one part has these headers and this body, base64."""
    head = ("From: unit0@example.com", "Subject: =?utf-8?B?5oql6YCB?=", "MIME-Version: 1.0", *lines)
    return "\r\n".join((*head, "", b2a_base64(body).decode())).encode()


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = b"From: unit0@example.com\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n"
BASE64 = "Content-Transfer-Encoding: base64"
BOOK = formats.zipped(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>"))
ODD_MAIL = {
    "without a name": written(f"Content-Type: {XLSX}", BASE64, body=BOOK),
    "an attachment without a name": written(
        f"Content-Type: {XLSX}", BASE64, "Content-Disposition: attachment", body=BOOK
    ),
    "called text": written("Content-Type: text/plain", BASE64, body=BOOK),
    "encoding with a blank": written(f"Content-Type: {XLSX}", f"{BASE64} ", body=BOOK),
    "encoding with a remark": written(f"Content-Type: {XLSX}", f"{BASE64} (x)", body=BOOK),
    "encoding in quotes": written(
        f"Content-Type: {XLSX}", 'Content-Transfer-Encoding: "BASE64"', body=BOOK
    ),
    "encoding not told": written(f'Content-Type: {XLSX}; name="a.xlsx"', body=BOOK),
    "blank lines before": b"\r\n \r\n" + formats.mail(("a.xlsx", BOOK)),
    "byte order mark": b"\xef\xbb\xbf" + formats.mail(("a.xlsx", BOOK)),
    "utf-16": formats.mail(("a.xlsx", BOOK)).decode().encode("utf-16"),
    "mbox": b"From x Mon Dec  5 10:00:00 2016\n" + formats.mail(("a.xlsx", BOOK)),
    "uuencode": PLAIN + formats.uuencoded("a.xlsx", BOOK),
    "report that is no bounce": formats.mail(("a.xlsx", BOOK)).replace(
        b"multipart/mixed", b"multipart/report"
    ),
    "encoded as a whole": formats.forwarded_in_base64(formats.mail(("a.xlsx", BOOK))),
    "signed around": formats.signed(formats.mail(("a.xlsx", BOOK)), endless=False),
    "signed around, length open": formats.signed(formats.mail(("a.xlsx", BOOK)), endless=True),
}


@pytest.mark.parametrize("case", ODD_MAIL)
def test_the_pack_is_found_however_it_was_sent(case: str) -> None:
    (found,) = files("来信.eml", ODD_MAIL[case])
    assert (found.data, found.fault) == (BOOK, "")
    assert found.name.endswith(".xlsx")


def test_a_pack_that_is_called_a_mail() -> None:
    assert [f.data for f in files("填报表.eml", BOOK)] == [BOOK]


def test_a_mail_that_has_no_ending() -> None:
    assert [f.name for f in files("转发填报", INNER)] == [NAME]
    assert [f.name for f in files("网页.mht", INNER)] == ["网页.mht"]


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("通知.ofd", "OFD.xml"),
        ("通知", "OFD.xml"),
        ("填报.numbers", "Index/Document.iwa"),
        ("填报.zip", "填报.numbers/Index/Document.iwa"),
        ("填报.uot", "content.xml"),
        ("填报.xlsx", "xl\\workbook.xml"),
        ("填报", "[content_types].xml"),
        ("说明.epub", "mimetype"),
    ],
)
def test_a_document_is_kept_whole_whatever_it_is_made_of(name: str, inside: str) -> None:
    data = formats.zipped((inside, b"<x/>"), ("另一个.xml", b"<x/>"))
    assert [(f.name, f.data, f.fault) for f in files(name, data)] == [(name, data, "")]


def test_a_zip_under_another_name_is_kept_and_told() -> None:
    data = formats.zipped((NAME, PACK))
    (found,) = files("报送.dat", data)
    assert found.data == data
    assert "改名为 .zip" in found.fault
    assert [f.data for f in files("1.报送材料", data)] == [PACK]


def test_names_in_another_encoding_than_the_zip_says() -> None:
    data = formats.zipped((NAME, PACK), gbk=True)
    wrong = data.replace(b"PK\x03\x04\x14\0\0\0", b"PK\x03\x04\x14\0\0\x08")
    wrong = wrong.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\0\x08")
    assert wrong != data
    (found,) = files("报送.zip", wrong)
    assert (found.data, "不是正常的压缩包" in found.fault) == (wrong, True)


@pytest.mark.parametrize(
    ("words", "linked"),
    [
        ("请查收".encode(), False),
        ('从QQ邮箱发来的超大附件 <a href="https://x.cn/ftn?k=1">表.xlsx</a>'.encode(), True),
        (b'<a href="https://pan.baidu.com/s/1a">x</a>', True),
    ],
)
def test_a_mail_without_a_file_is_told(words: bytes, linked: bool) -> None:
    (letter,) = files("来信.eml", PLAIN + words)
    assert (letter.name, letter.is_letter, letter.envelope.mail) == ("x", True, "unit0@example.com")
    assert ("链接" in letter.fault) == linked


def test_a_link_beside_a_file_is_told_too() -> None:
    data = formats.mail(("盖章页.pdf", b"%PDF"), words="佐证在网盘 https://pan.baidu.com/s/1a")
    page, link = files("来信.eml", data)
    assert (page.data, link.data) == (b"%PDF", None)
    assert "另有网盘" in link.fault


def test_what_programs_leave_behind_is_no_file() -> None:
    litter = [("~$填报.xlsx", b"x"), ("材料/Thumbs.db", b"x"), ("填报 - 快捷方式.lnk", b"x")]
    assert files("报送.zip", formats.zipped(*litter)) == []
    (letter,) = files("来信.eml", formats.mail(*litter[2:]))
    assert letter.is_letter


def test_an_encrypted_message_is_kept_and_told() -> None:
    (found,) = files("smime.p7m", b"\x30\x03\x02\x01\x05")
    assert (found.data is None, "S/MIME" in found.fault) == (False, True)


def test_of_too_many_files_packs_come_first_and_one_line_tells() -> None:
    many = formats.zipped(*((f"{n}.jpg", b"x") for n in range(400)), (NAME, PACK))
    found = files("材料.zip", many)
    assert found[0].data == PACK
    assert [bool(f.fault) for f in found] == [False] * 199 + [True]


def test_a_zip_of_60_000_files_is_one_line() -> None:
    listed = formats.zipped(*((f"{n}.txt", b"") for n in range(60_000)))
    (found,) = files("材料.zip", listed)
    assert (found.data, "60,000个文件" in found.fault) == (listed, True)


def test_a_letter_attached_to_a_mail_is_a_file_itself() -> None:
    letter = formats.mail(subject="情况说明")
    (kept,) = files("来信.eml", formats.mail(("情况说明.eml", letter)))
    assert (kept.name, kept.data, kept.fault) == ("情况说明.eml", letter, "")


def test_a_zip_without_files_is_told() -> None:
    (found,) = files("来信.eml", formats.mail(("报送.zip", formats.zipped())))
    assert (found.data is None, "没有文件" in found.fault) == (False, True)


def test_a_zip_under_a_password_is_kept_in_one_piece() -> None:
    plain = formats.zipped(("a.pdf", b"%PDF"), ("b.pdf", b"%PDF"), ("c.pdf", b"%PDF-c"))
    some = bytearray(plain)
    for place in (i for i in range(len(plain)) if plain.startswith(b"PK\x01\x02", i)):
        some[place + 8] |= plain[place + 46 :].startswith((b"a.", b"b."))
    whole, clear = files("材料.zip", bytes(some))
    assert (whole.data, "2个文件加了密码" in whole.fault) == (bytes(some), True)
    assert (clear.name, clear.data) == ("c.pdf", b"%PDF-c")


@pytest.mark.parametrize(
    "kind",
    ["message/partial; id=x; number=1", "message/external-body; access-type=URL"],
)
def test_a_mail_that_is_not_all_there_is_told(kind: str) -> None:
    data = f"From: unit0@example.com\r\nSubject: x\r\nContent-Type: {kind}\r\n\r\nA: b\r\n\r\nx"
    (found,) = files("来信.eml", data.encode())
    assert (found.data, bool(found.fault)) == (None, True)


def test_a_mail_whose_boundary_was_lost_is_read_or_told() -> None:
    mail = formats.mail((NAME, PACK))
    mail = mail.replace(b'boundary="', b'boundary="x', 1)
    assert [(f.name, f.data) for f in files("来信.eml", mail)] == [(NAME, PACK)]
    (found,) = files("来信.eml", mail.replace(b"\r\n--", b"\r\n"))
    assert "结构坏了" in found.fault
    assert found.data is not None


def test_what_is_only_a_link_in_a_saved_message_is_told() -> None:
    (found,) = files("a.msg", formats.msg("报送", "a@b.cn", ("大文件.rar", b"")))
    assert (found.name, found.data, "链接" in found.fault) == ("大文件.rar", None, True)


def test_an_old_sheet_that_holds_a_message_stays_a_sheet() -> None:
    data = formats.msg("报送", "a@b.cn", ("a.txt", b"x"))
    assert [(f.name, f.data) for f in files("填报.xls", data)] == [("填报.xls", data)]


def test_a_signed_message_is_known_by_its_content() -> None:
    signed = formats.signed(formats.mail((NAME, PACK)), endless=False)
    assert [f.data for f in files("来信.eml", signed.replace(b'; name="smime.p7m"', b""))] == [PACK]
