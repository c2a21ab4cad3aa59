"""Old and foreign formats (.xls, .et, .ods, .xlsb), read in a process of their own.

Their readers can't be bounded from outside, so what goes wrong there (endless loops, memory)
goes wrong there alone: `python -m qcity_xl.adapters.packs.old ROWS COLUMNS <file >sheets.json`.
"""

import io
import json
import sys
from contextlib import suppress

from qcity_xl.adapters.child import ask, hold_memory
from qcity_xl.adapters.packs.kinds import NotAPack
from qcity_xl.adapters.packs.old_comments import old_comments
from qcity_xl.adapters.packs.remarks import Comment, told
from qcity_xl.adapters.packs.sheets import Contents, PackSheet, filled
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.rounds.pack import decode, encode
from qcity_xl.core.values import tidy

_SECONDS = 30
_LONGEST = 64 << 20  # characters that come back
_WHY = "是旧格式或别的表格格式（如 .xls、.et、.ods），而且读不了；请另存为 .xlsx 再寄"


def old_contents(data: bytes, bounds: Limits) -> Contents:
    """The sheets of such a file. Raises NotAPack."""
    answer = ask(__name__, data, _SECONDS, str(int(bounds.rows)), str(int(bounds.columns)))
    if answer is None:
        raise NotAPack(_WHY)
    sheets, comments = json.loads(answer)
    said = [(sheet, cell, words) for sheet, cell, words in comments]
    return Contents(
        [
            PackSheet(name, [(number, [decode(*cell) for cell in line]) for number, line in rows])
            for name, rows in sheets
        ],
        ["是旧格式（如 .xls、.ods），已按内容读取；空白格不算清空", *told(said)],
        blanks_count=False,
        comments=said,
    )


def main() -> None:
    """Read a workbook from standard input, write its sheets to standard output."""
    from python_calamine import CalamineWorkbook

    most, columns = map(int, sys.argv[1:])
    hold_memory()
    data = sys.stdin.buffer.read()
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets, length = [], 0
    for name in book.sheet_names:
        raw = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=most)
        cut = ((number, line[:columns]) for number, line in enumerate(raw, 1))
        rows = [(number, [encode(tidy(cell)) for cell in line]) for number, line in filled(cut)]
        length += sum(len(text) + 8 for _, line in rows for _, text in line)
        if length > _LONGEST:
            sys.exit("too long")
        sheets.append((name, rows))
    comments: list[Comment] = []
    with suppress(Exception):  # the cells are there, whatever is wrong with what is beside them
        comments = old_comments(data)
    sys.stdout.write(json.dumps((sheets, comments)))


if __name__ == "__main__":
    main()
