"""A declaration in the schema is enough: a master of 0.1.0 gets it with the next step that writes.

The declarations are made in a copy of the package that is thrown away.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

_ROOT = Path(__file__).parents[2]
_EDITS = {
    "qcity_xl/core/schema/plan.py": (
        '        FieldColumn("missing", "缺失佐证", "text", 36, wrap=True),\n',
        '        FieldColumn("missing", "缺失佐证", "text", 36, wrap=True),\n'
        '        FieldColumn("urgency", "轻重", "choice", 9, "office", choices=("急", "缓")),\n'
        '        FieldColumn("twice", "加倍", "formula", 9, "formula",\n'
        '               formula="2*tblCriteria[[#This Row],[分值]]"),\n',
    ),
    "qcity_xl/core/schema/words.py": (
        'PROGRESS = ("未开始", "推进中", "已完成", "有困难")',
        '("未开始", "推进中", "已完成", "有困难")\n'
        'PROGRESS = (NOT_BEGUN, UNDER_WAY, FINISHED, IN_TROUBLE, "已移交")',
    ),
    "qcity_xl/core/schema/__init__.py": (
        "    LOG,\n    SETTINGS,\n)\nPLAN",
        '    LOG,\n    SETTINGS,\n    Table("tblVisits", "走访", "走访记录", (\n'
        '        SECTIONS.columns[0], FieldColumn("who", "走访人", "text", 12, "office"),\n'
        '        FieldColumn("kind", "方式", "choice", 9, "office", choices=("实地", "电话"))\n'
        '    ), purpose="走访企业的记录。", in_view="who"),\n)\nPLAN',
    ),
    "qcity_xl/core/master/settings.py": (
        "    snapshots: int",
        '    visits: int = setting("走访", "每月次数", 2, whole(1, 30), "每月至少走访几次")\n'
        "    snapshots: int",
    ),
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    for part in ("qcity_xl", "workbook"):
        shutil.copytree(_ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name, (old, new) in _EDITS.items():
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, name
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    _run(folder, "-m", "qcity_xl.adapters.templates", folder / "workbook")
    return folder


def _run(folder: Path, *words: str | Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", *map(str, words)]
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def _qcity(folder: Path, *words: str | Path) -> dict[str, object]:
    found = json.loads(_run(folder, "-m", "qcity_xl", *words, "--json"))
    assert isinstance(found, dict)
    return found


def _split(folder: Path, master: Path, *options: str) -> dict[str, object]:
    """A step that has something to write."""
    out = master.parent / "下发"
    return _qcity(folder, "split", master, "--out", out, "--round", "补报轮", *options)


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    shutil.copyfile(Path(__file__).parent / "0.1.0.xlsx", path)
    return path


def test_a_column_a_table_a_choice_and_a_setting_are_appended(package: Path, old: Path) -> None:
    before = _parts(old)
    shown = _split(package, old, "--dry-run")
    assert _parts(old) == before
    told = "\n".join(map(str, shown["notes"]))  # type: ignore[call-overload]
    for words in ("“轻重”列", "“加倍”列", "下拉增加：已移交", "工作表「走访」"):
        assert words in told
    _split(package, old)
    book = openpyxl.load_workbook(old)
    criteria = book["得分点"].tables["tblCriteria"]
    assert [column.name for column in criteria.tableColumns][-8:] == [
        *("轻重", "加倍", "规则释义", "材料类型", "办理难度", "台账得分"),
        *("计分时自评答案", "计分时核定"),
    ]
    assert "'得分点'!$A:$X<" in _parts(old)["xl/workbook.xml"].decode()  # what is printed
    head = next(cell for cell in book["得分点"][4] if cell.value == "轻重")
    assert head.fill.start_color.rgb == book["得分点"]["E4"].fill.start_color.rgb
    rules = {rule.formula1 for rule in book["得分点"].data_validations.dataValidation}
    assert '"急,缓"' in rules
    lists = [rule.formula1 for rule in book["填报"].data_validations.dataValidation]
    assert '"未开始,推进中,已完成,有困难,已移交"' in lists
    assert "tblVisits" in book["走访"].tables
    settings = {row[0].value: row[3].value for row in book["设置"].iter_rows(min_row=5)}
    assert settings["走访/每月次数"] in (2, "2")
    assert settings["总表/结构版本"] in (2, "2")
    charts = [name for name in _parts(old) if name.startswith("xl/charts/")]
    assert len(charts) == 2  # those of the new 看板, in place of the one that was there
    assert _qcity(package, "log", old, "--verify")["problems"] == []


def test_it_is_taken_back_like_any_change(package: Path, old: Path) -> None:
    columns = _columns(old)
    _split(package, old)
    _qcity(package, "undo", old)
    undone = _qcity(package, "undo", old)
    assert undone["left"] == []
    assert _columns(old) == columns
    assert "走访" not in openpyxl.load_workbook(old).sheetnames
    assert _qcity(package, "log", old, "--verify")["problems"] == []
    _split(package, old)
    assert "走访" in openpyxl.load_workbook(old).sheetnames


def _columns(path: Path) -> dict[str, list[str]]:
    return {
        table.name: [column.name for column in table.tableColumns]
        for sheet in openpyxl.load_workbook(path)
        for table in sheet.tables.values()
    }
