import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from qcity_xl.adapters.ooxml import Book, OoxmlError, Package
from qcity_xl.adapters.ooxml.errors import (
    DamagedPart,
    DuplicatePart,
    Encrypted,
    HoldsDtd,
    MissingPart,
    NotAWorkbook,
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


@pytest.mark.parametrize("change", [str.lower, lambda name: name.replace("/", "\\")])
def test_part_names_in_another_case_or_with_backslashes_are_found(
    change: Callable[[str], str],
) -> None:
    book = Book.read(zipped({change(name): data for name, data in handmade_parts().items()}))
    book.set("表一", 1, 1, "改了")
    assert Book.read(book.to_bytes()).cell_value("表一", 1, 1) == "改了"
