"""The whole round over a heavily decorated master: nothing of the user's is touched."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.ooxml import Book
from qcity_xl.core.errors import BreaksSignature, CannotEdit
from qcity_xl.core.history.log import operations, verify
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CONFLICTS,
    EVIDENCE,
    GUIDE_SHEET,
    LOG,
    MASTER,
    PROBLEMS,
    TASKS,
)
from qcity_xl.core.schema.pack import PACK_EVIDENCE, PACK_TASKS
from qcity_xl.core.schema.words import THEIRS
from qcity_xl.steps.check import check
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.evidence import evidence
from qcity_xl.steps.history import undo
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.resolve import resolve
from qcity_xl.steps.score import score
from qcity_xl.steps.split import split
from tests.faults.conftest import CONTEXT
from tests.faults.decorated import (
    FORMATS,
    NAMES,
    NOTE,
    SHEET,
    SLICERS,
    SPARKLINE,
    VIEWS,
    column_of,
    decorate,
    part_of,
    read_parts,
    type_by_hand,
)
from tests.faults.scenes import check_opens
from tests.libreoffice import LibreOffice

UNIT = "市教育局"
SAID = "已印发文件并落实到位。"


@pytest.fixture
def master(tmp_path: Path) -> Path:
    plain = tmp_path / "原样" / "总表.xlsx"
    plain.parent.mkdir()
    new(plain, CONTEXT, master_id="test")
    path = tmp_path / "总表.xlsm"
    decorate(plain, path)
    return path


def test_the_decorated_master_opens_in_libreoffice(master: Path, libreoffice: LibreOffice) -> None:
    check_opens(master.read_bytes())
    assert libreoffice.values(master)[SHEET]["A2"] == "说明总字数"


def test_a_whole_round_touches_nothing_of_the_users(master: Path, libreoffice: LibreOffice) -> None:
    before = read_parts(master.read_bytes())
    notes = column_of(master, TASKS, NOTE)
    check(master, CONTEXT)
    type_by_hand(master, PROBLEMS, NOTE, dict.fromkeys(_rows(master, PROBLEMS.name)[-3:], "待办"))
    split(master, master.parent / "下发", CONTEXT, round_name="第1轮", units=[UNIT])
    duties = column_of(master, ASSIGNMENTS, NOTE)
    _answer(master)
    merge(master, [master.parent / "回收"], CONTEXT)
    added = _rows(master, EVIDENCE.name)
    type_by_hand(master, EVIDENCE, NOTE, {added[0]: "原件在档案室"})
    _choose_theirs(master)
    resolve(master, CONTEXT)
    evidence(master, CONTEXT)
    score(master, CONTEXT)
    check(master, CONTEXT)
    for _ in range(2):
        undo(master, CONTEXT)
    last = operations(WorkbookFile.open(master).master)[-1].no
    for number in (last, last - 1):  # and done again
        undo(master, CONTEXT, number)

    after = read_parts(master.read_bytes())
    check_opens(master.read_bytes())
    _same_but_for_our_parts(before, after)
    for piece in (NAMES, VIEWS, SLICERS, b'fullCalcOnLoad="1"'):
        assert piece in after["xl/workbook.xml"]
    for piece in (FORMATS, SPARKLINE, b'r:id="rId99"'):
        assert piece in after[part_of(after, TASKS.sheet)]
    assert column_of(master, TASKS, NOTE) == notes
    now = column_of(master, ASSIGNMENTS, NOTE)
    assert {key: now[key] for key in duties} == duties
    assert column_of(master, EVIDENCE, NOTE)[added[0]] == "原件在档案室"
    file = WorkbookFile.open(master)
    assert verify(file.master) == []

    said = [text(row, "note") for row in file.master.rows(ASSIGNMENTS).values()]
    assert SAID in said
    # The user's formulas over our cells: fullCalcOnLoad (above) has Excel calculate them on open.
    # LibreOffice takes cached values as they are until it is asked, as here.
    sheet = libreoffice.recalculate(master)[SHEET]
    assert (sheet["B1"], sheet["B2"]) == (1, sum(map(len, said)))


def _rows(master: Path, table: str) -> list[str]:
    return list(WorkbookFile.open(master).master.tables[table])


def _answer(master: Path) -> None:
    """The unit answers, and the office writes into the same cell meanwhile."""
    pack = Pack(master.parent / "下发" / f"第1轮_{UNIT}.xlsx")
    pack.fill(PACK_TASKS.table, 0, {"progress": "已完成", "note": SAID})
    pack.fill(PACK_EVIDENCE.table, 0, {"title": "通知", "number": "〔2016〕1号"})
    pack.save(master.parent / "回收" / "回.xlsx")
    key = str(pack.column(PACK_TASKS.table, "key")[0])
    type_by_hand(master, ASSIGNMENTS, ASSIGNMENTS.column("note").header, {key: "办公室：在催"})


def _choose_theirs(master: Path) -> None:
    rows = WorkbookFile.open(master).master.rows(CONFLICTS)
    keys = [key for key, row in rows.items() if text(row, "kind") == "冲突"]
    assert keys
    choice = CONFLICTS.column("choice").header
    type_by_hand(master, CONFLICTS, choice, dict.fromkeys(keys, THEIRS))


def _same_but_for_our_parts(before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """All parts are there, in order; only our sheets, our tables and the workbook part differ."""
    assert list(after) == list(before)
    sheets = (*(table.sheet for table in MASTER), GUIDE_SHEET)
    ours = {part_of(before, sheet) for sheet in sheets} | {"xl/workbook.xml"}
    names = [f' name="{table.name}"'.encode() for table in MASTER]
    ours |= {part for part, data in before.items() if any(name in data for name in names)}
    changed = {name for name, data in before.items() if after[name] != data}
    assert changed <= ours | {part_of(before, "看板"), "xl/styles.xml"}
    assert not [name for name in changed if "99" in name]


def test_a_note_beside_a_row_that_goes_stays(master: Path) -> None:
    """Rows of 问题 go when they are settled; what the user wrote beside them does not."""
    check(master, CONTEXT)
    last = _rows(master, PROBLEMS.name)[-1]
    type_by_hand(master, PROBLEMS, NOTE, {last: "已电话核实"})
    undo(master, CONTEXT)
    assert _rows(master, PROBLEMS.name) == []
    assert "已电话核实".encode() in read_parts(master.read_bytes())[_problems(master)]
    check(master, CONTEXT)
    assert "已电话核实" not in column_of(master, PROBLEMS, NOTE).values()
    assert "已电话核实".encode() in read_parts(master.read_bytes())[_problems(master)]


def _problems(master: Path) -> str:
    return part_of(read_parts(master.read_bytes()), PROBLEMS.sheet)


def test_what_stands_below_a_table_is_not_overwritten(master: Path) -> None:
    book = Book.open(master)
    info = book.tables[LOG.name]
    book.set(info.sheet, info.last_row + 2, info.first_col, "我写在下面的话")
    master.write_bytes(book.to_bytes())
    before = master.read_bytes()
    with pytest.raises(CannotEdit, match=r"“总表\.xlsm”没有写入：「日志」.*占用.*请先移走"):
        check(master, CONTEXT)
    assert master.read_bytes() == before


def test_a_signed_master_is_written_only_by_force(tmp_path: Path) -> None:
    signed = tmp_path / "已签名" / "总表.xlsm"
    signed.parent.mkdir()
    new(tmp_path / "总表.xlsx", CONTEXT, master_id="test")
    new_parts = decorate(tmp_path / "总表.xlsx", signed, signed=True)
    before = signed.read_bytes()
    with pytest.raises(BreaksSignature, match="数字签名"):
        split(signed, signed.parent / "下发", CONTEXT)
    assert [path.name for path in signed.parent.iterdir()] == ["总表.xlsm"]
    command = [sys.executable, "-m", "qcity_xl", "check", str(signed)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert "数字签名" in done.stderr
    assert "--force" in done.stderr
    assert signed.read_bytes() == before
    assert check(signed, replace(CONTEXT, dry_run=True)).data["changes"]
    subprocess.run([*command, "--force"], capture_output=True, check=True)
    after = read_parts(signed.read_bytes())
    assert signed.read_bytes() != before
    assert {name: after[name] for name in new_parts} == {
        name: data for name, data in read_parts(before).items() if name in new_parts
    }
