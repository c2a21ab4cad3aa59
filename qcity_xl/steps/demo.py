"""演示: one whole round on the embedded table, with twelve simulated returns."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qcity_xl.adapters.disk import load_bytes, make_file
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.office import OfficeFailed, convert, find_soffice
from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.papers import paper
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import AlreadyThere
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS, UNITS, Table
from qcity_xl.core.schema.pack import PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS
from qcity_xl.core.schema.words import CONFLICT, FINISHED, OURS, THEIRS, UNDER_WAY
from qcity_xl.core.values import Value
from qcity_xl.steps.check import check
from qcity_xl.steps.evidence import evidence
from qcity_xl.steps.history import log
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.resolve import resolve
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.data import Changes, DemoData
from qcity_xl.steps.shared.outcome import (
    Column,
    Context,
    Outcome,
    Section,
    change_data,
    change_section,
)
from qcity_xl.steps.shared.plain_text import text_lines
from qcity_xl.steps.split import split

ROUND = "第1轮"
_SHOWN = 8  # lines of each step's report that the story quotes


class Pack:
    """A unit's pack in the hands of a contact: cells are found by header, as a person does."""

    def __init__(self, path: Path) -> None:
        """Open the pack."""
        self.path = path
        self._book = Book.open(path)

    def fill(self, table: Table, row: int, values: Mapping[str, Value]) -> "Pack":
        """Fill cells of the table's `row`-th row, the first one being 0."""
        info = self._book.tables[table.name]
        for field, value in values.items():
            col = info.first_col + info.columns.index(table.column(field).header)
            self._book.set(info.sheet, info.first_row + 1 + row, col, value)
        return self

    def column(self, table: Table, field: str) -> list[Value]:
        """What a column holds."""
        info = self._book.tables[table.name]
        col = info.first_col + info.columns.index(table.column(field).header)
        lines = range(info.first_row + 1, info.last_row + 1)
        return [self._book.cell_value(info.sheet, line, col) for line in lines]

    def save(self, path: Path) -> None:
        """Save under any name."""
        make_file(path, self._book.to_bytes())


@dataclass(frozen=True, slots=True)
class _Scene:
    """Where the demo plays."""

    folder: Path
    context: Context

    @property
    def master(self) -> Path:
        return self.folder / "总表.xlsx"

    @property
    def returns(self) -> Path:
        return self.folder / "3 回收件"

    def pack(self, unit: str) -> Pack:
        return Pack(self.folder / "2 下发" / f"{ROUND}_{unit}.xlsx")


def demo(folder: Path, context: Context) -> Outcome[DemoData]:
    """Play the round in `folder`, which must be empty or new; all files stay there to look at."""
    if folder.exists() and any(folder.iterdir()):
        raise AlreadyThere(folder.resolve().name)
    scene = _Scene(folder, context)
    story: list[tuple[str, Outcome[Any]]] = []

    def tell(title: str, outcome: Outcome[Any]) -> None:
        story.append((title, outcome))

    tell("新建总表", new(scene.master, context, master_id="demo"))
    _name_groups(scene)
    tell("检查", check(scene.master, context))
    tell(
        "拆分下发上一轮（试填）",
        split(scene.master, folder / "1 试填", context, round_name="试填", units=["市农委"]),
    )
    tell("拆分下发", split(scene.master, folder / "2 下发", context, round_name=ROUND))
    simulated = _simulate_returns(scene)
    tell("办公室在总表里也改了两处", _office_edits(scene))
    tell("合并回收十二份", merge(scene.master, [scene.returns], context))
    tell("同一批再合并一次", merge(scene.master, [scene.returns], context))
    _choose(scene)
    tell("处理冲突", resolve(scene.master, context))
    tell("标记缺失佐证", evidence(scene.master, context))
    tell("重算得分", score(scene.master, context))
    tell("核对日志", log(scene.master, check=True))
    return Outcome(
        f"演示放在 {folder}，打开“总表.xlsx”看结果",
        {"folder": str(folder), "steps": [{"title": t, **o.data} for t, o in story]},
        sections=(
            Section("模拟的回收件", (Column("文件", "label"), Column("是什么")), tuple(simulated)),
            *(_told(f"{number}. {t}", o) for number, (t, o) in enumerate(story, 1)),
        ),
    )


def _told(title: str, outcome: Outcome[Any]) -> Section:
    lines = tuple((line,) for line in text_lines(outcome))
    return Section(title, (Column("说了什么"),), lines, _SHOWN)


def _write(scene: _Scene, changes: list[Change], command: str) -> None:
    commit(WorkbookFile.open(scene.master), as_lines(changes), scene.context, command)


def _name_groups(scene: _Scene) -> None:
    """The office names the members of one group and two contacts, as it would on 单位."""
    master = WorkbookFile.open(scene.master).master
    by_name = {text(row, "name"): key for key, row in master.rows(UNITS).items()}
    values = {
        "领导小组成员单位": {"members": "市发改委、市经信委、市教育局、市科技局、市财政局"},
        "市农委": {"contact": "王敏", "email": "wangmin@example.com"},
        "市教育局": {"contact": "李强", "email": "liqiang@example.com"},
    }
    changes = [
        Change(UNITS.name, by_name[name], field, None, value)
        for name, cells in values.items()
        for field, value in cells.items()
    ]
    _write(scene, changes, "手工填写")


def _simulate_returns(scene: _Scene) -> list[tuple[str, str]]:
    """Twelve files as forty hurried offices send them, and what each is."""
    out = scene.returns
    done = {"progress": FINISHED, "note": "已印发文件并落实到位。", "done_on": "2016年5月20日"}
    busy = {"progress": UNDER_WAY, "note": "方案已报市政府，预计下月印发。"}
    tasks, criteria, evidence_rows = PACK_TASKS.table, PACK_CRITERIA.table, PACK_EVIDENCE.table
    file = {
        "title": "关于进一步加强质量工作的通知",
        "number": "常政发〔2016〕18号",
        "dated": "2016-03-15",
        "location": "佐证/通知.pdf",
    }
    make_file(scene.folder / "佐证" / "通知.pdf", paper("演示用佐证文件"))
    stories: list[tuple[str, str]] = []

    def send(pack: Pack, name: str, what: str) -> None:
        pack.save(out / name)
        stories.append((name, what))

    def unit(name: str, values: Mapping[str, Value] = done) -> Pack:
        return scene.pack(name).fill(tasks, 0, values)

    pack = unit("市财政局").fill(criteria, 0, {"answer": "0.8‰", "note": "已列入年度预算"})
    for row, year in enumerate(pack.column(evidence_rows, "period")[:2]):
        budget = {"title": f"{year}年市级部门预算批复", "location": f"佐证/{year}预算.pdf"}
        pack.fill(evidence_rows, row, {**file, **budget, "dated": f"{year}-02-10"})
        make_file(scene.folder / "佐证" / f"{year}预算.pdf", paper(f"{year}年预算，演示用"))
    send(pack, "第1轮_市财政局.xlsx", "如实填报，自评 0.8‰，两年的佐证齐全")
    send(unit("市科技局", busy), "第1轮_市科技局.xlsx", "如实填报")
    send(unit("市卫计委").fill(criteria, 0, {"answer": "达成"}), "第1轮_市卫计委.xlsx", "如实填报")
    pack = unit("市质监局")
    answers = pack.column(criteria, "allowed")
    for row, allowed in enumerate(answers):
        if str(allowed).startswith("达成 或"):
            pack.fill(criteria, row, {"answer": "达成"})
    slots = pack.column(evidence_rows, "kind")
    pack.fill(evidence_rows, slots.index("文件"), file)
    send(pack, "第1轮_市质监局.xlsx", "答了所有“达成/未达成”的得分点，补一份文件")
    send(unit("市商务局", busy), "商务局 报送（终稿）２.xlsx", "改了文件名")
    stories.append(
        _saved_by_libreoffice(scene, unit("市建设局").fill(criteria, 0, {"answer": "99.2%"}))
    )
    stale = Pack(scene.folder / "1 试填" / "试填_市农委.xlsx")
    send(stale.fill(tasks, 0, busy), "市农委 旧表.xlsx", "填的是上一轮的旧表")
    send(unit("市教育局", busy), "第1轮_市教育局.xlsx", "与总表冲突")
    send(unit("市发改委", busy), "第1轮_市发改委.xlsx", "与总表冲突")
    outside = unit("市工商局")
    said = outside.column(tasks, "text")[0]
    outside.fill(tasks, 0, {"text": f"{said}（本单位建议改为：驰名商标数量保持稳定）"})
    send(outside, "第1轮_市工商局.xlsx", "改了不归它填的格子")
    broken = load_bytes(scene.pack("市旅游局").path)
    make_file(out / "第1轮_市旅游局.xlsx", broken[: len(broken) // 2])
    stories.append(("第1轮_市旅游局.xlsx", "传坏了，只有半个文件"))
    make_file(out / "第1轮_市体育局.xlsx", "您好，材料见附件。市体育局\n".encode())
    stories.append(("第1轮_市体育局.xlsx", "不是工作簿，只是改了扩展名的文字"))
    return stories


def _saved_by_libreoffice(scene: _Scene, pack: Pack) -> tuple[str, str]:
    """The pack saved again by LibreOffice; where there is none, as it was filled."""
    name = "第1轮_市建设局.xlsx"
    pack.save(scene.folder / "临时" / name)
    source = scene.folder / "临时" / name
    try:
        if find_soffice() is None:
            raise OfficeFailed("没有 LibreOffice")
        convert(source, "xlsx", scene.returns)
        what = "用 LibreOffice 打开另存过"
    except OfficeFailed:
        make_file(scene.returns / name, load_bytes(source))
        what = "如实填报（本机没有 LibreOffice，未另存）"
    source.unlink()
    source.parent.rmdir()
    return name, what


def _office_edits(scene: _Scene) -> Outcome[Changes]:
    """While the packs are out, the office writes into two cells that units fill as well."""
    master = WorkbookFile.open(scene.master).master
    changes = []
    for unit in ("市教育局", "市发改委"):
        key = str(scene.pack(unit).column(PACK_TASKS.table, "key")[0])
        note = "办公室电话了解：正在起草。"
        old = master.rows(ASSIGNMENTS)[key].get("note")
        changes.append(Change(ASSIGNMENTS.name, key, "note", old, note))
    _write(scene, changes, "手工填写")
    return Outcome(
        f"手工改了{len(changes)}格",
        {"changes": len(changes), "changed": change_data(changes)},
        sections=(change_section(changes),),
    )


def _choose(scene: _Scene) -> None:
    """The office picks a side in each conflict: the unit's words first, then its own."""
    master = WorkbookFile.open(scene.master).master
    open_rows = [k for k, row in master.rows(CONFLICTS).items() if text(row, "kind") == CONFLICT]
    changes = [
        Change(CONFLICTS.name, key, "choice", None, THEIRS if number == 0 else OURS)
        for number, key in enumerate(open_rows)
    ]
    _write(scene, changes, "手工填写")
