"""A province and its cities, each with a master of its own on the embedded table."""

import datetime as dt
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CRITERIA,
    EVIDENCE,
    SETTINGS,
    TASKS,
    UNITS,
    Table,
)
from qcity_xl.core.values import Value
from qcity_xl.steps.new import new
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split

SENT = Context(dt.datetime(2016, 11, 22, 9, 30), "张三")
BACK = Context(dt.datetime(2016, 12, 1, 9, 30), "李四")
CITIES = ("甲市", "乙市")

TASK, OTHER = "2.1", "2.2"
Cell = tuple[Table, str, str, Value]


def province(folder: Path, owned: Sequence[str] = ("C1.1", "C2.1"), asked: int = 8) -> Path:
    """Its master after a round went out: the first tasks to both cities, criteria to 甲市."""
    path = folder / "省.xlsx"
    new(path, SENT, master_id="sheng")
    master = reading(path)
    cells: list[Change] = []
    for city in CITIES:
        cells += added_row(UNITS.name, f"U-{city}", {"name": city, "kind": "单位"})
    for place, (key, row) in enumerate(master.rows(TASKS).items()):
        leads = "、".join(CITIES) if place < asked else None
        cells += [
            Change(TASKS.name, key, "leads", row.get("leads"), leads),
            Change(TASKS.name, key, "partners", row.get("partners"), None),
        ]
    for key, row in master.rows(CRITERIA).items():
        owner = CITIES[0] if key in owned else None
        cells.append(Change(CRITERIA.name, key, "owner", row.get("owner"), owner))
    write(path, cells)
    split(path, folder / "下发", SENT, units=CITIES)
    return path


def asked_above(_city: Path, folder: Path) -> Path:
    """A pack that a province sent to 甲市, as it lies in a folder beside the master of a city."""
    with TemporaryDirectory() as made:
        province(Path(made))
        pack = Path(made) / "下发" / "第1轮_甲市.xlsx"
        return Path(shutil.copy(pack, folder / "省里的填报表.xlsx"))


def city(folder: Path, name: str, *cells: Cell, context: Context = BACK) -> Path:
    """The master of a city, with these cells filled and scored."""
    path = folder / f"{name}总表.xlsx"
    if not path.exists():
        new(path, SENT, master_id=name)
        split(path, folder / f"{name}下发", SENT)  # 填报 has its rows from then on
        fill(path, (SETTINGS, "总表/城市", "value", name))
    fill(path, *cells)
    score(path, context)
    return path


def fill(path: Path, *cells: Cell) -> None:
    """Type into cells, evidence that is not there yet into rows of its own."""
    master = reading(path)
    new_rows: dict[str, dict[str, Value]] = {}
    changes = []
    for table, key, name, value in cells:
        if table is EVIDENCE and key not in master.rows(EVIDENCE):
            new_rows.setdefault(key, {})[name] = value
        else:
            changes.append(Change(table.name, key, name, master.rows(table)[key].get(name), value))
    for key, values in new_rows.items():
        changes += added_row(EVIDENCE.name, key, values)
    write(path, changes)


def reported(master: Path, task: str, **cells: Value) -> list[Cell]:
    """What the first lead of a task reports."""
    rows = reading(master).rows(ASSIGNMENTS).items()
    key = next(k for k, row in rows if row["task"] == task and row["role"] == "牵头")
    return [(ASSIGNMENTS, key, name, value) for name, value in cells.items()]


def reading(path: Path) -> Master:
    return WorkbookFile.open(path).master


def write(path: Path, changes: Iterable[Change]) -> None:
    file = WorkbookFile.open(path)
    file.apply(changes)
    file.save()
