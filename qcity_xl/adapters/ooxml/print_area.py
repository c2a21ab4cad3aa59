"""Which columns of a sheet are printed, where nobody chose that yet."""

from qcity_xl.adapters.ooxml.markup import attributes, quote
from qcity_xl.adapters.ooxml.new_sheets import named
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.refs import column_letters
from qcity_xl.adapters.ooxml.workbook import WorkbookPart

_NAME = b"_xlnm.Print_Area"


def print_columns(package: Package, sheet: str, last: int) -> None:
    """Print the columns up to number `last`; a print area that is there stays as it is.

    Whole columns, for rows to come (ECMA-376 Part 1, 18.2.5).
    """
    workbook = WorkbookPart(package)
    index = next(n for n, entry in enumerate(workbook.sheets) if entry.name == sheet)
    xml = workbook.xml
    names = xml.child(xml.root, b"definedNames")
    for name in xml.children(names.inner, names.end) if names else ():
        given = attributes(xml.tag(name))
        if given.get(b"name") == _NAME and given.get(b"localSheetId") == b"%d" % index:
            return
    quoted = sheet.replace("'", "''")
    area = quote(f"'{quoted}'!$A:${column_letters(last)}")
    raw = b'<%sdefinedName name="%s" localSheetId="%d">%s</%sdefinedName>' % (
        *(xml.prefix, _NAME, index, area, xml.prefix),
    )
    package.replace(xml.part, xml.rewritten([named(xml, raw)]))
