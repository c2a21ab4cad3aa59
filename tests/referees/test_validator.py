"""Microsoft's validator finds nothing in what the product writes, and nothing new in its edits."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.packs import unlocked
from qcity_xl.addin.build import build
from qcity_xl.core.master.settings import Limits
from qcity_xl.steps.chase import chase
from qcity_xl.steps.check import check
from qcity_xl.steps.demo import demo
from qcity_xl.steps.doctor import doctor
from qcity_xl.steps.history import undo
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.mail_orders import Orders
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from tests.adapters.ooxml.build import parts
from tests.adapters.ooxml.test_corpus import FILES, edit_one_cell, needs_corpus
from tests.faults.decorated import decorate
from tests.referees.validator import added_findings, all_findings, findings
from tests.returns.conftest import OTHER, UNIT
from tests.returns.hand import HONEST, TASKS, Cells, filled
from tests.returns.locking import type_password
from tests.steps.test_doctor import by_hand, damaged, drop_column

CONTEXT = Context(dt.datetime(2016, 11, 22, 9, 30), "张三")
BROKEN = ("第1轮_市旅游局.xlsx", "第1轮_市体育局.xlsx")  # the demo sends these so
PHRASE = "Yanfang-2016"
ODD: Cells = {(TASKS, 1, "progress"): "快好了", (TASKS, 0, "text"): "（换个说法）"}


def _broken(part: str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(damaged(path.read_bytes(), part, "截断"))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "样式": _broken("xl/styles.xml"),
    "填报": _broken("xl/worksheets/sheet6.xml"),
    "工作簿": _broken("xl/workbook.xml"),
    "目录": lambda path: path.write_bytes(path.read_bytes()[:-2000]),
    "删表": lambda path: by_hand(path, lambda book: book.remove(book["佐证"])),
    "删行键": lambda path: by_hand(path, lambda book: drop_column(book, "填报", "行键")),
}


def test_nothing_is_found_in_a_whole_round(tmp_path: Path) -> None:
    """The master before and after each step, all packs, returns that our editor filled."""
    demo(tmp_path / "演示", CONTEXT)
    undo(tmp_path / "演示" / "总表.xlsx", CONTEXT)
    judged = [p for p in tmp_path.rglob("*.xlsx") if not p.name.endswith(BROKEN)]
    assert len(judged) > 40
    assert all_findings(judged) == {}


def test_nothing_is_found_under_passwords_in_replies_and_in_letters(tmp_path: Path) -> None:
    path, out, back, word = (tmp_path / n for n in ("总表.xlsx", "下发", "退回", "函件"))
    new(path, CONTEXT, master_id="test")
    type_password(path, UNIT, PHRASE)
    split(path, out, CONTEXT, round_name="第1轮", units=[UNIT, OTHER])
    inside = opened(out / f"第1轮_{UNIT}.xlsx", tmp_path / "下发的.xlsx")
    returned = tmp_path / "回收.xlsx"
    returned.write_bytes(filled(inside.read_bytes(), {**HONEST, **ODD}))
    merge(path, [returned], CONTEXT, reply=back)
    reply = opened(back / f"退回_第1轮_{UNIT}.xlsx", tmp_path / "退回的.xlsx")
    late = Context(CONTEXT.now + dt.timedelta(days=28), "张三")
    chase(path, late, Orders(go=True), word=word)
    letters = list(word.glob("*.docx"))
    assert len(letters) > 1
    assert all_findings([path, inside, reply, *letters]) == {}


def opened(pack: Path, out: Path) -> Path:
    """What is under the unit's password, as a file of its own."""
    found = unlocked(pack.read_bytes(), [PHRASE], Limits())
    assert found.password == PHRASE
    out.write_bytes(found.data)
    return out


def test_nothing_is_found_in_the_add_in(tmp_path: Path) -> None:
    path = tmp_path / "qcity.xlam"
    path.write_bytes(build("/opt/python"))
    assert not findings(path)


def test_steps_add_no_finding_to_a_master_that_its_users_decorated(tmp_path: Path) -> None:
    plain, path, before = (tmp_path / n for n in ("总表.xlsx", "总表.xlsm", "原样.xlsm"))
    new(plain, CONTEXT, master_id="test")
    decorate(plain, path)
    shutil.copy(path, before)
    check(path, CONTEXT)
    split(path, tmp_path / "下发", CONTEXT, round_name="第1轮", units=[UNIT])
    (tmp_path / "回收").mkdir()
    pack = (tmp_path / "下发" / f"第1轮_{UNIT}.xlsx").read_bytes()
    (tmp_path / "回收" / "回收.xlsx").write_bytes(filled(pack, HONEST))
    merge(path, [tmp_path / "回收"], CONTEXT)
    score(path, CONTEXT)
    assert path.read_bytes() != before.read_bytes()
    assert added_findings(before, path) == {}


@pytest.mark.parametrize("damage", DAMAGES, ids=DAMAGES)
def test_nothing_is_found_in_a_master_that_was_mended(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    new(path, CONTEXT, master_id="test")
    split(path, tmp_path / "下发", CONTEXT, round_name="第1轮", units=[UNIT])
    DAMAGES[damage](path)
    before = path.with_stem("原样")
    shutil.copy(path, before)
    assert doctor(path, CONTEXT).data["mended"]
    assert added_findings(before, path) == {}


@pytest.mark.parametrize(
    "made", sorted(Path(__file__).parents[1].glob("masters/*.xlsx")), ids=lambda path: path.stem
)
def test_a_master_of_an_earlier_version_follows_without_a_finding(
    made: Path, tmp_path: Path
) -> None:
    path = tmp_path / made.name
    shutil.copy(made, path)
    check(path, CONTEXT)
    assert path.read_bytes() != made.read_bytes()
    assert added_findings(made, path) == {}


@needs_corpus
@pytest.mark.parametrize("source", FILES, ids=lambda path: path.name)
def test_an_edit_adds_no_finding(source: Path, tmp_path: Path) -> None:
    book = Book.open(source)
    edit_one_cell(book, parts(source.read_bytes()))
    edited = tmp_path / f"edited{source.suffix}"
    edited.write_bytes(book.to_bytes())
    assert added_findings(source, edited) == {}
