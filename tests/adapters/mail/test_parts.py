"""What the parts of a letter are."""

import email

import pytest

from qcity_xl.adapters.mail.parts import (
    boundary_in,
    has_link,
    has_structure,
    is_bounce,
    is_decoration,
    packed,
)
from tests.mail import formats


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"Rar!\x1a\x07", "RAR 压缩包"),
        (b"\x1f\x8b\x08", "gz 压缩包"),
        (bytes(257) + b"ustar", "tar 压缩包"),
        (b"\n-----BEGIN PGP MESSAGE-----\n", "PGP 加密的邮件"),
        (b"%PDF-1.4", ""),
        (b"", ""),
    ],
)
def test_what_is_not_opened_has_a_name(data: bytes, kind: str) -> None:
    assert packed(data) == kind


SHOWN = "Content-Type: image/png\nContent-ID: <1>\n\n"


@pytest.mark.parametrize(
    ("head", "name", "data", "decoration"),
    [
        (SHOWN, "logo.png", b"\x89PNG", True),
        (SHOWN, "现场照片.png", b"\x89PNG" + bytes(50_000), False),
        ("Content-Disposition: attachment\n" + SHOWN, "现场照片.png", b"\x89PNG", False),
        ("Content-Type: application/pkcs7-signature\n\n", "smime.p7s", b"0\x80", True),
        ("Content-Type: application/pgp-signature\n\n", "填报.xlsx", b"PK\x03\x04", False),
        ("Content-Type: application/applefile\n\n", "填报.xlsx", b"\0\x05\x16\x07", True),
        ("Content-Type: image/png\n\n", "照片.png", b"\x89PNG", False),
    ],
)
def test_a_photo_is_no_decoration(head: str, name: str, data: bytes, decoration: bool) -> None:
    assert is_decoration(email.message_from_string(head), name, data) == decoration


def test_a_receipt_is_no_bounce() -> None:
    assert is_bounce(email.message_from_bytes(formats.bounce(formats.mail())))
    receipt = "Content-Type: multipart/report; report-type=disposition-notification; boundary=B\n\n"
    assert not is_bounce(email.message_from_string(receipt + "--B\n\n已读\n--B--\n"))


@pytest.mark.parametrize("coding", ["utf-8", "gbk"])
@pytest.mark.parametrize(
    "words",
    [
        "从QQ邮箱发来的超大附件",
        "https://mail.qq.com/cgi-bin/ftnExs_download?k=1",
        "https://www.kdocs.cn/l/abc",
        "请到 u.163.com/x 下载",
    ],
)
def test_a_link_to_a_file_is_seen(words: str, coding: str) -> None:
    assert has_link(words.encode(coding))
    assert not has_link("附件请查收，谢谢。".encode(coding))


def test_parts_in_what_should_be_words() -> None:
    broken = b"--=_a b\r\nContent-Type: text/plain\r\n\r\nx\r\n--=_a b--\r\n"
    assert (has_structure(broken), boundary_in(broken)) == (True, b"=_a b")
    assert (has_structure(b"-- \r\nabc"), boundary_in(b"-- \r\nabc")) == (False, b"")
