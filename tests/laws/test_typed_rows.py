"""Rows that people typed, inserted or pasted in the file: ids, nothing lost, once, taken back."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.changes import KEY
from qcity_xl.core.schema import (
    CRITERIA,
    EVIDENCE,
    INDICATORS,
    RULINGS,
    TASKS,
    UNITS,
    Table,
)
from qcity_xl.steps.check import check
from qcity_xl.steps.history import undo
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from tests.typing import Cells, Sheet

TABLES = (INDICATORS, CRITERIA, TASKS, EVIDENCE, UNITS, RULINGS)
EXAMPLES = 8  # each writes a master of 50 indicators several times
CONTEXT = Context(dt.datetime(2016, 11, 22, 9, 30), "张三")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def texts(path: Path) -> dict[str, list[tuple[str, ...]]]:
    """What each row says, by tables, ids and formulas left out."""
    master = WorkbookFile.open(path).master
    shown = {
        t.name: [c.field for c in t.columns if c.field != KEY and not c.formula] for t in TABLES
    }
    return {
        t.name: sorted(
            tuple("" if (v := row.get(f)) is None else str(v) for f in shown[t.name])
            for row in master.rows(t).values()
        )
        for t in TABLES
    }


def ids(path: Path) -> dict[str, list[str]]:
    """The ids as they stand in the cells."""
    master = WorkbookFile.open(path).master
    return {t.name: [str(row[KEY]) for row in master.rows(t).values()] for t in TABLES}


PASTED = st.tuples(
    st.sampled_from(TABLES),
    st.sampled_from(["below", "inserted", "copied"]),
    st.floats(0, 1),
    st.booleans(),
)
NEEDED: dict[str, Cells] = {
    INDICATORS.name: {"no": 77, "title": "消费维权"},
    CRITERIA.name: {"label": "7(9)", "text": "建立维权站点"},
    TASKS.name: {"no": "7.9", "text": "每季度抽查一次"},
    EVIDENCE.name: {"criteria": "7(1)", "title": "抽查通报"},
    UNITS.name: {"name": "天宁区政府"},
    RULINGS.name: {"subject": "7(1)", "item": "口径"},
}


@settings(max_examples=EXAMPLES)
@given(st.lists(PASTED, min_size=1, max_size=3))
def test_whatever_is_typed_where_each_row_gets_one_id(
    folder: Path, acts: list[tuple[Table, str, float, bool]]
) -> None:
    path = folder / "总表.xlsx"
    path.write_bytes(master_template().read_bytes())
    for table, act, where, edited in acts:
        sheet = Sheet(path, table.name)
        first = sheet.last if sheet.last <= 5 else 5
        line = first + round((sheet.last - first) * where)
        cells = dict(sheet.row(line)) if act == "copied" else {}
        cells |= NEEDED[sheet.table] if edited or act != "copied" else {}
        if act == "below":
            sheet.write(sheet.last + 1, cells)
        else:
            sheet.insert(line, cells)
        sheet.save()
    before, said = ids(path), texts(path)
    check(path, CONTEXT)
    after = ids(path)
    for name, keys in after.items():
        assert len(set(keys)) == len(keys)
        assert "None" not in keys, name
    assert texts(path) == said
    once = path.read_bytes()
    assert check(path, CONTEXT).changes == 0
    assert path.read_bytes() == once
    undo(path, CONTEXT)
    undo(path, CONTEXT)
    assert (ids(path), texts(path)) == (before, said)


def test_district_governments_typed_by_name_alone_get_their_packs(folder: Path) -> None:
    """The first step of the manual, as it is written there."""
    path = folder / "辖市区.xlsx"
    path.write_bytes(master_template().read_bytes())
    names = ["溧阳市政府", "金坛区政府", "武进区政府", "新北区政府", "天宁区政府", "钟楼区政府"]
    sheet = Sheet(path, UNITS.name)
    for number, name in enumerate(names, 1):
        sheet.write(sheet.last + number, {"name": name})
    group = next(
        line for line in range(5, sheet.last + 1) if sheet.row(line)["name"] == "各辖市、区政府"
    )
    sheet.write(group, {**sheet.row(group), "members": "；".join(names)})
    sheet.save()
    outcome = split(path, folder / "下发", CONTEXT)
    assert set(names) <= {pack["unit"] for pack in outcome.data["packs"]}
    assert not [p for p in outcome.data["problems"] if "溧阳" in p["found"]]
    rows = WorkbookFile.open(path).master.rows(UNITS)
    assert [row["name"] for row in list(rows.values())[-6:]] == names
