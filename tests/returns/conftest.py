"""One round: a master, the pack of one unit, and what becomes of a returned file."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.master.model import Master
from qcity_xl.core.merge.decide import decide_pack
from qcity_xl.core.values import Value
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.load_returns import load_returns
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from tests.returns.hand import HONEST, filled

UNIT, OTHER = "市食药监局", "市财政局"
_WORDS = {"take": "采用", "keep": "保留", "conflict": "冲突", "refuse": "未采用"}


@dataclass(frozen=True)
class Outcome:
    """What became of one file: "" as reason where it is merged, its notes and decisions."""

    reason: str
    notes: tuple[str, ...] = ()
    decisions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Round:
    """A master whose round is out, and the packs."""

    path: Path
    master: Master
    context: Context

    def pack(self, unit: str = UNIT, round_name: str = "第1轮") -> bytes:
        """A pack as it was sent."""
        folder = self.path.parent / ("下发" if round_name == "第1轮" else "试填")
        return (folder / f"{round_name}_{unit}.xlsx").read_bytes()

    @property
    def honest(self) -> bytes:
        """The unit's pack, filled as it should be."""
        return filled(self.pack(), HONEST)

    def outcome(self, data: bytes, folder: Path, name: str = "回收.xlsx") -> Outcome:
        """What a merge would make of the file; nothing is written."""
        path = folder / name
        path.write_bytes(data)
        returns, results = load_returns([path], self.path, self.master, self.context)
        if results:
            return Outcome(results[0].reason)
        (found,) = returns
        decisions = decide_pack(found, self.master)
        said = (
            f"{_WORDS[d.action]} {d.row or f'第{d.line}行'} {d.field}={_short(d.theirs)}"
            + (f"：{d.reason}" if d.action == "refuse" else "")
            for d in decisions
        )
        return Outcome("", found.notes, frozenset(said))


def _short(value: Value) -> str:
    text = str(value)
    return text if len(text) < 60 else f"{text[:20]}…{len(text)}"


def make_round(folder: Path) -> Round:
    """A new master, the packs of two rounds sent."""
    path = folder / "总表.xlsx"
    context = Context(dt.datetime(2016, 11, 22, 9, 30), "张三")
    new(path, context, master_id="test")
    split(path, folder / "试填", context, round_name="试填", units=[UNIT])
    split(path, folder / "下发", context, round_name="第1轮", units=[UNIT, OTHER])
    dry = Context(context.now, context.user, dry_run=True)
    return Round(path, WorkbookFile.open(path).master, dry)


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """The round, made once."""
    return make_round(tmp_path_factory.mktemp("一轮"))
