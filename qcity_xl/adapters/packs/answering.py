"""A pack filled with what a city's master answers."""

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.tables import TableInfo
from qcity_xl.adapters.packs.kinds import NotAPack
from qcity_xl.core.master.row_heights import heights_of
from qcity_xl.core.rounds.answering import Answers
from qcity_xl.core.rounds.pack import ReturnedPack
from qcity_xl.core.rules.yearly import split_years
from qcity_xl.core.schema.pack import PACK, PACK_EVIDENCE
from qcity_xl.core.values import Value


def answered_pack(data: bytes, pack: ReturnedPack, answers: Answers) -> bytes:
    """The workbook with these answers in its cells, all else as it was: the same bytes each time.

    `pack` is what was read of it. Raises NotAPack where its tables are gone, and what the editor
    raises.
    """
    if not answers.filled:
        return data
    book = Book.read(data)
    book.recalculate_on_load = False  # a pack has values alone
    for pack_table in PACK:
        table = pack_table.table
        filled = {key: row for (name, key), row in answers.cells.items() if name == table.name}
        added = answers.added if pack_table is PACK_EVIDENCE else []
        if not filled and not added:
            continue
        info = book.tables.get(table.name)
        if info is None:
            raise NotAPack(f"「{table.sheet}」的表格被转换成了普通区域，填不进去；请用收到的原件")
        columns = {
            column.field: info.first_col + info.columns.index(column.header)
            for column in table.columns
            if column.header in info.columns
        }
        for row in pack.rows[table.name]:
            if values := filled.get(row.key):
                for name, value in values.items():
                    if name != "answer" or not _told_by_year(book, info, row.line, value):
                        book.set(info.sheet, row.line, columns[name], value)
                (points,) = heights_of(table, [{**row.values, **values}])
                book.fit_row(info.sheet, row.line, points)
        if added:
            rows = [{columns[name]: value for name, value in row.items()} for row in added]
            first = book.append_filled(table.name, rows)
            for line, points in enumerate(heights_of(table, added), first):
                book.fit_row(info.sheet, line, points)
    return book.to_bytes()


def _told_by_year(book: Book, info: TableInfo, line: int, answer: Value) -> bool:
    """Write an answer under its years where there is a column for each; whether that was done."""
    said = split_years(answer)
    places = {year: info.columns.index(f"{year}年") for year in said if f"{year}年" in info.columns}
    if not said or len(places) < len(said):
        return False
    for year, place in places.items():
        book.set(info.sheet, line, info.first_col + place, said[year])
    return True
