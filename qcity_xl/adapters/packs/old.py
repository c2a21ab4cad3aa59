"""Old and foreign formats (.xls, .et, .ods, .xlsb), read in a process of their own.

Their readers can't be bounded from outside, so what goes wrong there (endless loops, memory)
goes wrong there alone: `python -m qcity_xl.adapters.packs.old COLUMNS <file >sheets.json`.
"""

import io
import json
import subprocess
import sys
from contextlib import suppress

from qcity_xl.adapters.packs.kinds import NotAPack
from qcity_xl.adapters.packs.sheets import ROWS, Contents, Sheet
from qcity_xl.core.packs import decode, encode
from qcity_xl.core.values import tidy

_SECONDS, _MEMORY = 30, 1 << 30
_LONGEST = 64 << 20  # characters that come back
_WHY = "是旧格式或别的表格格式（如 .xls、.et、.ods），而且读不了；请另存为 .xlsx 再寄"


def old_contents(data: bytes, columns: int) -> Contents:
    """The sheets of such a file. Raises NotAPack."""
    command = [sys.executable, "-m", __name__, str(columns)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file goes in as bytes
            command, input=data, capture_output=True, timeout=_SECONDS, check=True
        )
        sheets = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise NotAPack(_WHY) from error
    return Contents(
        [Sheet(name, [[decode(*cell) for cell in line] for line in grid]) for name, grid in sheets],
        ["是旧格式（如 .xls、.ods），已按内容读取；空白格不算清空"],
        blanks_count=False,
    )


def main() -> None:
    """Read a workbook from standard input, write its sheets to standard output."""
    from python_calamine import CalamineWorkbook

    columns = int(sys.argv[1])
    _bound()
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    sheets, length = [], 0
    for name in book.sheet_names:
        raw = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=ROWS)
        grid = [[encode(tidy(cell)) for cell in line[:columns]] for line in raw]
        length += sum(len(text) + 8 for line in grid for _, text in line)
        if length > _LONGEST:
            sys.exit("too long")
        sheets.append((name, grid))
    sys.stdout.write(json.dumps(sheets))


def _bound() -> None:
    """No more memory than this, where the system can hold a process to it (not on Windows)."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
