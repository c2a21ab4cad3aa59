"""Files out of whatever comes in."""

import pytest

from qcity_xl.adapters.mail.attachments import Unpacker
from qcity_xl.core.mail.inbox import Found
from qcity_xl.core.master.settings import Limits
from tests.mail import formats

PACK = b"PK-not really a workbook"
NAME = "第1轮_市科技局（报送）.xlsx"
LARGE = bytes(range(256)) * 40


def files(name: str, data: bytes, limits: Limits | None = None) -> list[Found]:
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


def test_pictures_of_the_signature_are_no_files() -> None:
    data = INNER.replace(
        b"Content-Type: application/x", b"Content-ID: <1>\r\nContent-Type: image/png"
    )
    assert (
        files(
            "a.eml",
            data.replace(b"Content-Disposition: attachment", b"Content-Disposition: inline"),
        )
        == []
    )


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.rar", b"Rar!\x1a\x07", "RAR"),
        ("a.zip", b"PK\x03\x04broken", ""),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "打不开"),
        ("winmail.dat", b"\x78\x9f\x3e\x22\0\0" + b"\xff" * 40, None),
        ("a.zip", formats.zipped(("bomb.txt", b"\0" * 30_000_000)), "压缩比异常"),
        ("big.bin", b"x" * 60_000_000, "超过50兆字节"),
    ],
)
def test_hostile_files(name: str, data: bytes, says: str | None) -> None:
    found = files(name, data)
    if says is None:
        assert all(f.data is None for f in found)
        return
    (one,) = found
    assert says in one.fault
    assert (one.data is None) is bool(says)


def test_layers_have_an_end() -> None:
    data = INNER
    for _ in range(12):
        data = formats.forwarded(data)
    assert not [f for f in files("a.eml", data) if f.data]
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
