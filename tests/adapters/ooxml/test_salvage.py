"""What is whole in a broken package is found without its directory; what is not is named."""

import io
import zipfile

import pytest

from qcity_xl.adapters.ooxml.salvage import whole_parts

PARTS = {"甲.xml": b"<a>" + "桥梁".encode() * 900 + b"</a>", "b.xml": b"<b/>", "c.bin": b"\0" * 99}


def _packed(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as package:
        for name, body in PARTS.items():
            package.writestr(name, body)
    return raw.getvalue()


class _NoSeeking(io.BytesIO):
    def seekable(self) -> bool:
        return False


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_whole_package_is_whole(method: int) -> None:
    assert whole_parts(_packed(method)) == (PARTS, {})


def test_the_directory_is_not_needed() -> None:
    data = _packed()
    assert whole_parts(data[: data.index(b"PK\1\2")]) == (PARTS, {})


def test_parts_that_were_streamed_are_found() -> None:
    raw = _NoSeeking()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in PARTS.items():
            package.writestr(name, body)
    assert whole_parts(raw.getvalue()) == (PARTS, {})


def test_a_flipped_byte_is_found_by_the_checksum() -> None:
    data = bytearray(_packed(zipfile.ZIP_STORED))
    data[data.index("桥梁".encode()) + 4] ^= 1
    whole, broken = whole_parts(bytes(data))
    assert broken == {"甲.xml": "校验不符"}
    assert set(whole) == {"b.xml", "c.bin"}


def test_what_is_cut_is_named() -> None:
    data = _packed()
    whole, broken = whole_parts(data[:50])
    assert whole == {}
    assert broken == {"甲.xml": "不完整"}


def test_xml_that_is_none_is_named() -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        package.writestr("a.xml", b"<a><b></a>")
    assert whole_parts(raw.getvalue()) == ({}, {"a.xml": "XML 已损坏"})


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\3\4" * 50, b"x" * 1_000])
def test_rubbish_holds_nothing(data: bytes) -> None:
    assert whole_parts(data)[0] == {}
