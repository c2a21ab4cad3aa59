"""Any file within the limits is answered: in ten seconds of processor time and 300 MB."""

import io
import random
import re
import subprocess
import sys
import zipfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from qcity_xl.core.schema.pack import PACK_EVIDENCE, PACK_TASKS
from qcity_xl.steps.demo import Pack
from tests.mail import formats
from tests.mail.conftest import Office, office, prepared
from tests.returns.hand import parts_of

__all__ = ["office", "prepared"]

SECONDS, MEGABYTES = 10, 300
CHILD = f"""
import atexit, pathlib, resource, runpy, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
def told():
    status = pathlib.Path("/proc/self/status").read_text()
    print(int(status.partition("VmHWM:")[2].split()[0]) >> 10, file=sys.stderr)
atexit.register(told)
sys.argv[0] = "qcity"
runpy.run_module("qcity_xl", run_name="__main__")
"""
MARKS = "\u0f73"  # stands for two marks that change places
ENTRY = b"PK\x01\x02" + b"\0" * 42


def _pack(office: Office, *notes: str) -> bytes:
    """The pack of a unit with these words in its first rows."""
    pack = Pack(office.path.parent / "下发" / "第1轮_市农委.xlsx")
    for number, note in enumerate(notes):
        pack.fill(PACK_TASKS.table, number, {"note": note, "progress": note})
    path = office.path.parent / "填好.xlsx"
    pack.save(path)
    return path.read_bytes()


def _with_sheets(office: Office, sheets: int, cell: bytes) -> bytes:
    """A pack with sheets of the unit's own, of 7,800 rows and 64 columns each."""
    book = openpyxl.load_workbook(io.BytesIO(_pack(office, "已清淤")))
    for number in range(sheets):
        book.create_sheet(f"台账{number}")
    raw = io.BytesIO()
    book.save(raw)
    parts = parts_of(raw.getvalue())
    rows = b"<sheetData>" + (b"<row>" + cell * 64 + b"</row>") * 7_800 + b"</sheetData>"
    first = len(book.worksheets) - sheets + 1
    for number in range(first, first + sheets):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = re.sub(rb"<sheetData\s*/>|<sheetData>.*</sheetData>", rows, parts[name])
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as package:  # else its ratio tells already
        for name, content in parts.items():
            package.writestr(name, content)
    return stored.getvalue()


def _evidence(office: Office, rows: int, length: int) -> bytes:
    """A pack with more evidence, each with a title of as many characters, no two alike."""
    chance = random.Random(3)  # noqa: S311 - repeatable on purpose
    book = openpyxl.load_workbook(io.BytesIO(_pack(office, "已清淤")))
    sheet = book[PACK_EVIDENCE.table.sheet]
    for line in range(sheet.max_row + 1, sheet.max_row + 1 + rows):
        title = "".join(map(chr, chance.choices(range(0x4E00, 0x9FA5), k=length)))
        sheet.cell(line, PACK_EVIDENCE.table.fields.index("title") + 1).value = title
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def _listed(count: int) -> bytes:
    """A zip that lists a million files at its end."""
    end = b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff" + (46 * count).to_bytes(4, "little") + b"\0" * 6
    return b"PK\x03\x04" + b"\0" * 26 + ENTRY * count + end


def _nested(depth: int) -> bytes:
    return b"Content-Type: message/rfc822\r\n\r\n" * depth + formats.mail(("a.txt", b"x"))


FILES: dict[str, Callable[[Office], tuple[str, bytes]]] = {
    "a cell of marks": lambda o: ("填.xlsx", _pack(o, "成" + MARKS * 32_700)),
    "many cells of marks": lambda o: ("填.xlsx", _pack(o, *["成" + MARKS * 8_000] * 2)),
    "half a million cells": lambda o: ("填.xlsx", _with_sheets(o, 1, b"<c><v>7</v></c>")),
    "cells of words": lambda o: (
        "填.xlsx",
        _with_sheets(o, 1, b'<c t="inlineStr"><is><t>\xe9\x92\xa2</t></is></c>'),
    ),
    "millions of cells": lambda o: ("填.xlsx", _with_sheets(o, 4, b"<c><v>7</v></c>")),
    "long titles": lambda o: ("填.xlsx", _evidence(o, 900, 4_500)),
    "many files": lambda _: ("材.zip", formats.zipped(*((f"{n}", b"") for n in range(60_000)))),
    "a million files": lambda _: ("材.zip", _listed(1_000_000)),
    "a mail in a mail": lambda _: ("信.eml", b"Subject: x\r\n" + _nested(5000)),
    "a mail of 49 megabytes": lambda _: (
        "信.eml",
        formats.mail(("a.bin", bytes(range(256)) * 140_000)),
    ),
    "a mail in one line": lambda _: (
        "信.eml",
        b"Subject: x\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b64encode(bytes(range(256)) * 140_000),
    ),
    "a letter of 49 megabytes": lambda _: (
        "信.eml",
        b"Subject: x\r\n\r\n" + "百度网盘里有质量强市材料\r\n".encode() * 1_300_000,
    ),
    "begin and no end": lambda _: ("信.eml", formats.mail() + b"begin 644 a\r\n" * 2_000_000),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured on Linux")
@pytest.mark.parametrize("case", FILES)
def test_answered(case: str, office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "回收"
    folder.mkdir()
    name, data = FILES[case](office)
    (folder / name).write_bytes(data)
    for arguments in (["collect", office.path, "--folder", folder], ["merge", office.path, folder]):
        command = [sys.executable, "-c", CHILD, *map(str, arguments), "--json"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode in (0, 1), done.stderr[-2000:]
        assert "Traceback" not in done.stderr
        assert done.stdout.count("\n") < 200
        assert int(done.stderr.split()[-1]) < MEGABYTES
        print(case, arguments[0], done.stderr.split()[-1], "MB")  # noqa: T201 - the figures
