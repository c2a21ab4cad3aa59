import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from qcity_xl.adapters.ooxml import Book, Limits, OoxmlError, Package, replace_file
from qcity_xl.adapters.ooxml.errors import (
    DamagedPart,
    DuplicatePart,
    Encrypted,
    HoldsDtd,
    MissingPart,
    NotAWorkbook,
    NotReplaced,
    OverLimit,
)

from .build import handmade_parts, parts, with_table, zipped


def package() -> Package:
    return Package.read(zipped(handmade_parts()))


def test_untouched_members_keep_their_compressed_bytes() -> None:
    data = with_table()
    book = Package.read(data)
    book.replace("xl/workbook.xml", book.part("xl/workbook.xml") + b"\n")
    out = book.to_bytes()
    for name in book.names:
        if name != "xl/workbook.xml":
            member = Package.read(data)._members[name].record
            assert member in out
    assert list(parts(out)) == list(parts(data))


def test_unchanged_package_is_the_same_bytes() -> None:
    data = with_table()
    book = Package.read(data)
    book.replace("xl/workbook.xml", book.part("xl/workbook.xml"))
    assert book.to_bytes() is data


def test_output_is_deterministic() -> None:
    def build() -> bytes:
        book = package()
        book.add("xl/新.xml", b"<a/>", "a/b")
        return book.to_bytes()

    assert build() == build()


def test_add_and_remove_keep_the_content_types() -> None:
    book = package()
    book.add("xl/a&b.xml", b"<a/>", "x/y")
    assert "xl/a&b.xml" in Package.read(book.to_bytes()).names
    assert b'PartName="/xl/a&amp;b.xml" ContentType="x/y"' in book.part("[Content_Types].xml")
    book.remove("xl/a&b.xml")
    assert book.part("[Content_Types].xml") == package().part("[Content_Types].xml")
    assert "xl/a&b.xml" not in parts(book.to_bytes())
    with pytest.raises(MissingPart):
        book.part("xl/a&b.xml")


def test_add_to_empty_content_types() -> None:
    book = Package.read(zipped({"[Content_Types].xml": "<Types/>"}))
    book.add("a.xml", b"", "x/y")
    assert parts(book.to_bytes())["[Content_Types].xml"].endswith(b"/></Types>")


def test_data_descriptors_survive() -> None:
    """A member written to a pipe has its sizes behind the data."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise OSError

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in handmade_parts().items():
            archive.writestr(name, content)
    book = Package.read(pipe.getvalue())
    book.replace("xl/styles.xml", b"<a/>")
    assert parts(book.to_bytes()) == {**parts(pipe.getvalue()), "xl/styles.xml": b"<a/>"}


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NotAWorkbook),
        (b"PK\3\4 no zip", NotAWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Encrypted),
        (zipped({"a.txt": "a"}), NotAWorkbook),
        (zipped({"[Content_Types].xml": "<Types/>", "A.xml": "", "a.xml": ""}), DuplicatePart),
        (with_table()[:-30], NotAWorkbook),
        (with_table()[100:], NotAWorkbook),
    ],
)
def test_what_is_no_package_is_refused(data: bytes, error: type[OoxmlError]) -> None:
    with pytest.raises(error):
        Package.read(data)


def test_no_workbook_in_the_package() -> None:
    with pytest.raises(MissingPart):
        Book.read(zipped({"[Content_Types].xml": "<Types/>"}))


def test_encrypted_member_is_refused() -> None:
    data = bytearray(zipped(handmade_parts()))
    entry = data.index(b"PK\1\2")
    data[entry + 8] |= 1
    with pytest.raises(Encrypted):
        Package.read(bytes(data))


@pytest.mark.parametrize(
    "limits", [Limits(file_bytes=100), Limits(unpacked_bytes=100), Limits(parts=3)]
)
def test_limits(limits: Limits) -> None:
    with pytest.raises(OverLimit):
        Package.read(with_table(), limits)


def test_large_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    path.write_bytes(b"PK" + bytes(1000))
    with pytest.raises(OverLimit, match="101，超过上限 100"):
        Book.open(path, Limits(file_bytes=100))


def test_bomb_is_refused_unopened() -> None:
    with pytest.raises(OverLimit):
        Package.read(zipped({"[Content_Types].xml": "<Types/>", "a": bytes(5_000_000)}))


def test_member_that_unpacks_to_more_than_it_says() -> None:
    data = bytearray(zipped({"[Content_Types].xml": "<Types>" + " " * 999 + "</Types>"}))
    entry = data.index(b"PK\1\2")
    struct.pack_into("<L", data, entry + 24, 10)
    with pytest.raises(DamagedPart):
        Package.read(bytes(data)).part("[Content_Types].xml")


@pytest.mark.parametrize("name", ["xl/workbook.xml", "_rels/.rels", "xl/worksheets/sheet1.xml"])
def test_dtd_is_refused(name: str) -> None:
    made = handmade_parts()
    made[name] = f'<?xml version="1.0"?><!-- x --><!DOCTYPE a [<!ENTITY b "c">]>{made[name]!s}'
    with pytest.raises(HoldsDtd):
        Book.read(zipped(made)).set("表一", 1, 1, 1)


def test_replace_file_writes_whole(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    replace_file(path, b"one")
    path.chmod(0o640)
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_replace_file_follows_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(b"one")
    link.symlink_to(path)
    replace_file(link, b"two")
    assert link.is_symlink()
    assert path.read_bytes() == b"two"


@pytest.mark.parametrize("failure", [PermissionError, OSError, KeyboardInterrupt])
def test_replace_file_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: type[BaseException]
) -> None:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(b"one")

    def fail(_: int) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotReplaced if failure is PermissionError else failure):
        replace_file(path, b"two")
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]
