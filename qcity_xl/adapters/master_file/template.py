"""The shipped template: what a master of this version consists of."""

from functools import cache

from qcity_xl.adapters.disk import load_bytes
from qcity_xl.adapters.master_file.layout import read_layout
from qcity_xl.adapters.master_file.reading import MasterTables
from qcity_xl.adapters.ooxml import Book, Package
from qcity_xl.adapters.ooxml.new_sheets import NewSheet
from qcity_xl.adapters.ooxml.workbook import WorkbookPart
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.master.model import Layout


@cache
def template() -> MasterTables:
    """The template's tables."""
    path = master_template()
    return MasterTables.read(path.name, load_bytes(path))


@cache
def template_layout() -> Layout:
    """What its tables consist of beside their rows."""
    return read_layout(template())


def emptied(model: MasterTables, table: str) -> NewSheet:
    """The sheet of a table as the template has it, with one blank row."""
    info = model.tables[table].info
    book = Book(model.package)
    book.drop_last_rows(info.name, info.last_row - info.first_row)
    package = Package.read(book.to_bytes())
    workbook = WorkbookPart(package)
    index = [entry.name for entry in workbook.sheets].index(info.sheet)
    sheet = package.xml(workbook.sheet_part(info.sheet) or "")
    return NewSheet(info.sheet, sheet, package.xml(info.part), workbook.names_of(index))
