"""What units hand in: packs filled, damaged, sent twice or not at all, at stated rates."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from qcity_xl.adapters.packs import read_pack
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.rounds.pack import PackRow
from qcity_xl.core.schema.pack import PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS, PackTable
from qcity_xl.core.schema.words import FINISHED, PROGRESS
from qcity_xl.core.values import Value
from tests.returns.damage import DAMAGES
from tests.returns.hand import Cells, filled, saved

Edits = Mapping[tuple[str, str, str], Value]  # table of the master, row id, field -> what was typed
_NOTES = (
    *("已印发文件并落实到位", "方案已报市政府，预计下月印发。", "=已完成八成", " 正在推进 "),
    *("１２个企业已通过认证", "第一步\n第二步", "无", "0.80", "@办公室 请再给一份表", "😀 完成"),
)
# Those that fit any pack: the others name cells of one.
_ANY = (
    *("工作表改名", "删了一张表", "删了行键列", "表头下移", "批注", "另设保护密码", "存成 .xlsm"),
    *("外部链接", "没有样式和范围", "命名空间前缀", "复制到新工作簿", "下发值被删", "隐藏和筛选"),
    *("CSV", "PDF", "空文件", "半个文件", "网页", "图片", "压缩包", "Word 文档", "别的工作簿"),
)
_SAVED = ("2024-05-06T08:00:00Z", "2024-05-07T08:00:00Z")  # a unit's first file, its second
_DAMAGE = {damage.name: damage.make for damage in DAMAGES if damage.name in _ANY}


@dataclass(frozen=True, slots=True)
class Rates:
    """Of a hundred units: how many hand in nothing, the pack as it came, a damaged one, two.

    Of the rest each fills `cells` of a hundred rows. In `clashes` of a hundred cells the office
    writes something else meanwhile.
    """

    silent: int = 8
    untouched: int = 10
    damaged: int = 12
    twice: int = 6
    cells: int = 70
    clashes: int = 2


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One file that came: under what name, and every cell that was typed into it.

    `damage` is what happened to it then, "" for nothing.
    """

    name: str
    data: bytes
    unit: str
    edits: Edits
    damage: str = ""


def handed_in(random: Random, unit: str, pack: bytes, rates: Rates) -> Iterator[HandedIn]:
    """What comes back of a unit's pack."""
    chance, name = random.randrange(100), random.choice((f"{unit}.xlsx", f"报送 {unit}（终）.xlsx"))
    if chance < rates.silent:
        return
    chance -= rates.silent
    if chance < rates.untouched:
        yield HandedIn(name, pack, unit, {})
        return
    chance -= rates.untouched
    first, edits = _filled(random, pack, rates)
    first = saved(first, _SAVED[0])
    if chance < rates.damaged:
        damage = random.choice(sorted(_DAMAGE))
        yield HandedIn(name, _DAMAGE[damage](first), unit, edits, damage)
        return
    yield HandedIn(name, first, unit, edits)
    if chance - rates.damaged < rates.twice:
        second, more = _filled(random, first, rates)
        second = saved(second, _SAVED[1])
        yield HandedIn(f"补{name}", second, unit, {**edits, **more})


def _filled(random: Random, pack: bytes, rates: Rates) -> tuple[bytes, Edits]:
    cells: dict[tuple[PackTable, int, str], Value] = {}
    edits: dict[tuple[str, str, str], Value] = {}
    rows = read_pack(pack, Limits()).rows
    for table in (PACK_TASKS, PACK_CRITERIA, PACK_EVIDENCE):
        for index, row in enumerate(rows.get(table.table.name, ())):
            if random.randrange(100) >= rates.cells:
                continue
            for field, value in _typed(random, table, row).items():
                cells[table, index, field] = value
                edits[table.source.name, row.key, field] = value
    return _written(pack, cells), edits


def _written(pack: bytes, cells: Cells) -> bytes:
    return filled(pack, cells) if cells else pack


def _typed(random: Random, table: PackTable, row: PackRow) -> dict[str, Value]:
    """What a contact types into a row, right or wrong."""
    day = dt.date(2024, 1, 1) + dt.timedelta(random.randrange(150))
    if table is PACK_TASKS:
        progress = random.choice(PROGRESS)
        done: dict[str, Value] = {"done_on": day} if progress == FINISHED else {}
        return {"progress": progress, "note": f"{random.choice(_NOTES)}{day.day}", **done}
    if table is PACK_CRITERIA:
        return {"answer": _answer(random, str(row.values.get("allowed") or ""))}
    title = f"{random.choice(('通知', '会议纪要', '抽查结果', '总结'))}{random.randrange(10_000)}号"
    number = f"质发〔2024〕{random.randrange(200)}号"
    return {"title": title, "number": number, "dated": day, "location": f"佐证/{title}.pdf"}


def _answer(random: Random, allowed: str) -> Value:
    """An answer, mostly one that the cell allows."""
    choices = [word for word in allowed.partition("（")[0].split(" 或 ") if word]
    if len(choices) > 1:
        return random.choice(choices)
    return random.choice((random.randrange(12), f"{random.randrange(100)}%", "达成", "约十次"))
