"""One city's round from plan to merge, and the fate of every cell that a unit typed."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.nation.city import city_plan
from benchmarks.nation.returns import HandedIn, Rates, handed_in
from qcity_xl.adapters.disk import load_bytes, make_file
from qcity_xl.adapters.master_file.reading import read_master
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.schema import ASSIGNMENTS, BY_NAME, CONFLICTS, EVIDENCE
from qcity_xl.core.schema.pack import PACK
from qcity_xl.core.values import Value, canonical, same_meaning
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.data_returns import MergeData
from qcity_xl.steps.shared.load_returns import REJECTED
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split

_CONTEXT = Context(dt.datetime(2024, 6, 3, 9, 0), "办公室")
_PACK_SHEETS = {table.source.name: table.table.sheet for table in PACK}
Cell = tuple[str, str, str]  # table of the master, row id, field
# The fates of a cell that was typed.
MASTER, CONFLICT, TOLD, FILE, LOST = "总表", "冲突", "逐格说明", "整份说明", "丢失"


@dataclass(frozen=True, slots=True)
class Soaked:
    """What became of cities: how many there are of each thing, the cells by their fates.

    `seconds` of CPU by step; `again` are the cells that merging the same files once more changed;
    `lost` names each cell that can be found nowhere.
    """

    counts: Counter[str] = field(default_factory=Counter)
    fates: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    damages: Counter[str] = field(default_factory=Counter)
    again: int = 0
    lost: tuple[str, ...] = ()

    def __add__(self, other: "Soaked") -> "Soaked":
        """Both together."""
        return Soaked(
            self.counts + other.counts,
            self.fates + other.fates,
            self.seconds + other.seconds,
            self.damages + other.damages,
            self.again + other.again,
            self.lost + other.lost,
        )


def soak(folder: Path, seed: int, number: int, rates: Rates) -> Soaked:
    """Play the round of one city in an empty folder; its files stay there."""
    plan, clock = city_plan(seed, number), _Clock()
    random = Random(f"{seed}/{number}/returns")  # noqa: S311 - the same each time is what is wanted
    master, out, back = folder / "总表.xlsx", folder / "下发", folder / "回收"
    document = folder / "方案.txt"
    make_file(document, plan.document)
    new(master, _CONTEXT, document=document, master_id=f"{seed}-{number}")
    clock.stop("new")
    packs = split(master, out, _CONTEXT).data["packs"]
    clock.stop("split")
    files: list[HandedIn] = []
    for pack in packs:
        files += handed_in(random, pack["unit"], load_bytes(Path(pack["file"])), rates)
    for file in files:
        make_file(back / file.name, file.data, lasting=False)
    _office_writes(random, master, files, rates)
    clock.stop("hand in")
    found = merge(master, [back], _CONTEXT).data
    clock.stop("merge")
    again = merge(master, [back], _CONTEXT).data["changes"]
    clock.stop("merge again")
    fates, lost = account(read_master(load_bytes(master)), files, found)
    states = Counter(file["state"] for file in found["files"])
    counts = {"cities": 1, "indicators": plan.indicators, "tasks": plan.tasks, "packs": len(packs)}
    return Soaked(
        Counter({**counts, "files": len(files), **states}),
        fates,
        clock.seconds,
        Counter(file.damage for file in files if file.damage),
        again,
        tuple(f"{number} {plan.name}：{words}" for words in lost),
    )


class _Clock:
    """CPU seconds between one stop and the next."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._last = time.process_time()

    def stop(self, name: str) -> None:
        now = time.process_time()
        self.seconds[name] = now - self._last  # type: ignore[assignment]  # seconds are counted too
        self._last = now


def _office_writes(random: Random, path: Path, files: Iterable[HandedIn], rates: Rates) -> None:
    """While the packs are out, the office writes into some of the cells that units fill."""
    file = WorkbookFile.open(path)
    typed = {cell for one in files for cell in one.edits if cell[0] == ASSIGNMENTS.name}
    changes = [
        Change(table, row, name, file.master.rows(ASSIGNMENTS)[row].get(name), "办公室电话了解。")
        for table, row, name in sorted(typed)
        if name == "note" and random.randrange(100) < rates.clashes
    ]
    commit(file, as_lines(changes), _CONTEXT, "手工填写")


def account(
    master: Master, files: Iterable[HandedIn], told: MergeData
) -> tuple[Counter[str], list[str]]:
    """How many typed cells have which fate, and a sentence for each that is lost.

    `master` is as it stands after the merge that `told` what it made of the files.
    """
    found, fates, lost = _Found(master, told), Counter[str](), list[str]()
    for file in files:
        for cell, value in file.edits.items():
            fate = found.fate(file, cell, value)
            fates[fate] += 1
            if fate == LOST:
                lost.append(f"{file.name} {' '.join(cell)} {value!r} {file.damage}")
    return fates, lost


class _Found:
    """Where a typed cell can be found: in the master, or in what a merge told of it."""

    def __init__(self, master: Master, told: MergeData) -> None:
        self._master = master
        self._files = {file["file"]: file for file in told["files"]}
        self._cells = {
            (d["file"], d["sheet"], d["row"], d["column"], canonical(d["theirs"]))
            for d in told["decisions"]
            if d["action"] != "take" and d["ours"] != d["theirs"]  # else it must be in the master
        }
        self._listed = {
            (*(text(row, name) for name in ("sheet", "row", "column")), text(row, "theirs"))
            for row in master.rows(CONFLICTS).values()
        }
        self._papers: dict[tuple[str, str], list[Row]] = {}
        for row in master.rows(EVIDENCE).values():
            self._papers.setdefault((text(row, "unit"), text(row, "title")), []).append(row)

    def fate(self, file: HandedIn, cell: Cell, value: Value) -> str:
        table, row, name = cell
        column = BY_NAME[table].column(name)
        held = [self._master.row(table, row)]
        if table == EVIDENCE.name:  # another file's may stand in the line: this one got its own
            held += self._papers.get((file.unit, str(file.edits[table, row, "title"])), [])
        if any(same_meaning(one.get(name), value, column.type) for one in held):
            return MASTER
        place = BY_NAME[table].sheet, row, column.header
        if (*place, str(value)) in self._listed:
            return CONFLICT
        result = self._files[file.name]
        if result["state"] == REJECTED and result["reason"]:
            return FILE
        sheet_gone = f"「{_PACK_SHEETS[table]}」：找不到" in result["reason"]
        told = sheet_gone or (file.name, *place, canonical(value)) in self._cells
        return TOLD if told else LOST
