"""Old and foreign formats: values alone, blanks that say nothing."""

import io
import zipfile

import pytest

from qcity_xl.adapters.packs.kinds import NotAPack
from qcity_xl.adapters.packs.old import old_contents
from qcity_xl.core.master.settings import Limits

TABLE = (
    '<?xml version="1.0"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="任务"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>古树名木</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="12"/>'
    "</table:table-row></table:table></office:spreadsheet></office:body>"
    "</office:document-content>"
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def ods(content: str = TABLE) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr("content.xml", content)
    return raw.getvalue()


def test_the_values_of_a_spreadsheet_of_libreoffice() -> None:
    contents = old_contents(ods(), Limits())
    (sheet,) = contents.sheets
    assert (sheet.name, list(sheet.rows)) == ("任务", [(1, ["古树名木", 12])])
    assert not contents.blanks_count
    assert any("旧格式" in remark for remark in contents.remarks)


def test_no_more_columns_than_are_read() -> None:
    (sheet,) = old_contents(ods(), Limits(columns=1)).sheets
    assert list(sheet.rows) == [(1, ["古树名木"])]


def test_what_its_reader_cannot_read_is_told() -> None:
    with pytest.raises(NotAPack, match="另存为"):
        old_contents(b"\xd0\xcf\x11\xe0 nothing", Limits())
