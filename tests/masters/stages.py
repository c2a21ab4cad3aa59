"""Masters of earlier versions at the moment before each step that writes."""

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from qcity_xl.adapters.mail.eml import way as eml_way
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.history.log import as_lines, operations
from qcity_xl.core.master.model import text
from qcity_xl.core.master.upgrade import UPGRADE, version_of
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CONFLICTS,
    EVIDENCE,
    ROUNDS,
    SCHEMA_VERSION,
    SETTINGS,
    UNITS,
)
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.core.schema.words import CONFLICT, THEIRS
from qcity_xl.core.values import Value
from qcity_xl.steps.adopt import adopt
from qcity_xl.steps.advise import advise
from qcity_xl.steps.agree import agree
from qcity_xl.steps.attach import attach
from qcity_xl.steps.chase import chase
from qcity_xl.steps.check import check
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.evidence import evidence
from qcity_xl.steps.history import undo
from qcity_xl.steps.merge import merge
from qcity_xl.steps.resolve import resolve
from qcity_xl.steps.revise import revise
from qcity_xl.steps.score import score
from qcity_xl.steps.send import send
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.mail_orders import Orders
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.split import split
from qcity_xl.steps.units import units
from tests.steps.books import book_for, newer_for

Step = Callable[[Path, Context], Outcome[Any]]
VERSIONS = sorted(Path(__file__).parent.glob("*.xlsx"))  # a master that each release made
ROUND = "补报轮"


def now() -> Context:
    """Someone at the office, now: letters look at the day."""
    return Context(dt.datetime.now(), "袁素梅")


def _drafts(path: Path) -> Orders:
    return Orders(way=eml_way({"eml": path.parent / "草稿"}), go=True)


# By the ids of the steps; each takes its files from beside the master and puts them there.
STEPS: Mapping[str, Step] = {
    "check": check,
    "adopt": lambda path, context: adopt(path, book_for(path, path.parent), context),
    "revise": lambda path, context: revise(
        path, newer_for(path, path.parent), context, packs_out=True
    ),
    "units": lambda path, context: units(path, context, rename=renamed(path)),
    "agree": agree,
    "advise": advise,
    "score": score,
    "evidence": evidence,
    "split": lambda path, context: split(path, path.parent / "包", context, round_name=ROUND),
    "send": lambda path, context: send(path, context, _drafts(path)),
    "merge": lambda path, context: merge(path, [path.parent / "回收件"], context),
    "attach": attach,
    "resolve": resolve,
    "chase": lambda path, context: chase(path, context, _drafts(path)),
    "undo": undo,
}


def renamed(path: Path) -> str:
    """The first unit gets another name: for the step, as its window gives it."""
    name = next(text(row, "name") for row in WorkbookFile.open(path).master.rows(UNITS).values())
    return f"{name}={name}（新）"


def before(step: str, version: Path, folder: Path) -> Path:
    """A master of this version in the folder, with all that the step has to do something with."""
    folder.mkdir()
    master = folder / "总表.xlsx"
    shutil.copyfile(version, master)
    if step in _MAKE_READY:
        _MAKE_READY[step](master)
        _age(master)
    assert version_of(WorkbookFile.open(master).master) < SCHEMA_VERSION
    return master


def _age(master: Path) -> None:
    """Take away again what the steps that made it ready have appended."""
    listed = operations(WorkbookFile.open(master).master)
    (upgrade,) = (operation for operation in listed if operation.stamp.command == UPGRADE)
    undo(master, now(), number=upgrade.no)


def _write(master: Path, *cells: tuple[str, str, str, Value]) -> None:
    file = WorkbookFile.open(master)
    rows = file.master.tables
    changes = [Change(t, r, f, rows[t][r].get(f), v) for t, r, f, v in cells]
    commit(file, as_lines(changes), now(), "手工填写")


def _returned(master: Path) -> None:
    names = [text(row, "name") for row in WorkbookFile.open(master).master.rows(UNITS).values()]
    split(master, master.parent / "下发", now(), round_name=ROUND, units=names[:3])
    for path in sorted((master.parent / "下发").glob("*.xlsx"))[:2]:
        pack = Pack(path)
        pack.fill(PACK_TASKS.table, 0, {"progress": "已完成", "note": f"已印发：{path.stem}"})
        pack.save(master.parent / "回收件" / path.name)


def _chosen(master: Path) -> None:
    """The office wrote into a cell that comes back filled, and takes what the unit says."""
    _returned(master)
    pack = Pack(min((master.parent / "回收件").glob("*.xlsx")))
    key = str(pack.column(PACK_TASKS.table, "key")[0])
    _write(master, (ASSIGNMENTS.name, key, "note", "电话了解：已送审。"))
    merge(master, [master.parent / "回收件"], now())
    rows = WorkbookFile.open(master).master.rows(CONFLICTS)
    fresh = [key for key, row in rows.items() if text(row, "kind") == CONFLICT]
    assert fresh
    _write(master, *((CONFLICTS.name, key, "choice", THEIRS) for key in fresh))


def _received(master: Path) -> None:
    """A paper is entered, and its file came by mail."""
    file = WorkbookFile.open(master)
    unit = next(text(row, "name") for row in file.master.rows(UNITS).values())
    cells: dict[str, Value] = {"unit": unit, "title": "质量月活动方案"}
    commit(file, as_lines(added_row(EVIDENCE.name, "E901", cells)), now(), "手工填写")
    folder = master.parent / "佐证" / unit
    folder.mkdir(parents=True)
    (folder / "质量月活动方案.pdf").write_bytes(b"%PDF-1.4")


def _due(master: Path) -> None:
    split(master, master.parent / "下发", now(), round_name=ROUND)
    rows = WorkbookFile.open(master).master
    _write(
        master,
        (SETTINGS.name, "邮件/发件地址", "value", "office@example.cn"),
        (SETTINGS.name, "催办/休息日不催", "value", "否"),
        *((UNITS.name, key, "email", f"{key}@example.cn") for key in rows.rows(UNITS)),
        *((ROUNDS.name, key, "due", dt.date(2016, 11, 1)) for key in rows.rows(ROUNDS)),
    )


_MAKE_READY: Mapping[str, Callable[[Path], None]] = {
    "merge": _returned,
    "attach": _received,
    "resolve": _chosen,
    "send": _due,
    "chase": _due,
}
