"""What goes back to a unit: findings on top, cells marked, and the mended file merges."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.packs import read_pack
from qcity_xl.adapters.packs.replies import MARK
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.rounds.pack import base_hash
from qcity_xl.core.schema.pack import REPLY
from qcity_xl.steps.merge import merge
from qcity_xl.steps.shared.outcome import Context, Outcome
from tests.libreoffice import LibreOffice
from tests.returns.conftest import UNIT, Round
from tests.returns.damage import PNG, merged, without
from tests.returns.hand import CRITERIA, EVIDENCE, TASKS, filled, parts_of

REWORDED = "食品安全监督抽检每年按常住人口每千人不少于4批次（建议改为5批次）"
BAD = {
    (TASKS, 1, "progress"): "差不多了",
    (TASKS, 1, "text"): REWORDED,
    (CRITERIA, 1, "answer"): "很多",
    (EVIDENCE, 1, "dated"): "去年",
}


class Office:
    """A copy of the round that may be written."""

    def __init__(self, sent: Round, folder: Path) -> None:
        self.path, self.replies, self.inbox = folder / "总表.xlsx", folder / "退回", folder / "收"
        shutil.copytree(sent.path.parent, folder, dirs_exist_ok=True)
        self.inbox.mkdir()
        self.context = Context(sent.context.now, "张三")

    def merge(self, **files: bytes) -> Outcome[Any]:
        for old in self.inbox.iterdir():
            old.unlink()
        for name, data in files.items():
            (self.inbox / f"{name}.xlsx").write_bytes(data)
        return merge(self.path, [self.inbox], self.context, reply=self.replies)

    def told(self, name: str) -> list[list[object]]:
        """The lines of 退回说明."""
        book = Book.open(self.replies / name)
        info = book.tables[REPLY.name]
        lines = range(info.first_row + 1, info.last_row + 1)
        return [[book.cell_value(info.sheet, line, col) for col in range(2, 8)] for line in lines]


@pytest.fixture
def office(sent: Round, tmp_path: Path) -> Office:
    return Office(sent, tmp_path / "办公室")


def test_findings_are_on_top_and_cells_are_marked(office: Office, sent: Round) -> None:
    report = office.merge(回收=filled(sent.honest, BAD))
    name = f"退回_第1轮_{UNIT}.xlsx"
    assert report.data["replies"] == [name]
    assert office.told(name) == [
        [
            *("本轮任务", "C9", "工作任务", f"填了“{REWORDED}”：这一格不由单位填写"),
            "由办公室填写，已恢复为下发时的内容",
            "如认为应改，请在说明里写明，或与办公室联系",
        ],
        [
            *("本轮任务", "I9", "完成情况"),
            "填了“差不多了”：“完成情况”只能填：未开始、推进中、已完成、有困难",
            *("未开始、推进中、已完成、有困难", "请改正标色的格子"),
        ],
        [
            *("自评", "H6", "自评答案", "填了“很多”：无法计分，应填：数值，单位为批次（不小于0）"),
            *("数值，单位为批次（不小于0）", "请改正标色的格子"),
        ],
        [
            *("佐证", "F6", "文件日期"),
            "填了“去年”：不是日期，应写如 2016-05-01",
            *("日期，写法：2016-05-01", "请改正标色的格子"),
        ],
    ]
    data = (office.replies / name).read_bytes()
    assert Book.read(data).sheets[0] == REPLY.sheet
    assert b'activeTab="0"' in parts_of(data)["xl/workbook.xml"]
    assert parts_of(data)["xl/styles.xml"].count(f'rgb="FF{MARK}"'.encode()) == 1


def test_the_mended_reply_merges(office: Office, sent: Round) -> None:
    office.merge(回收=filled(sent.honest, BAD))
    reply = (office.replies / f"退回_第1轮_{UNIT}.xlsx").read_bytes()
    pack = read_pack(reply, Limits())
    assert base_hash(pack.identity, pack.base) == base_hash(
        pack.identity, read_pack(sent.pack(), Limits()).base
    )
    good = {
        (TASKS, 1, "progress"): "推进中",
        (CRITERIA, 1, "answer"): "4.5批次",
        (EVIDENCE, 1, "dated"): None,
    }
    report = office.merge(改好=filled(reply, good))
    assert (report.data["taken"], report.data["refused"]) == (2, 0)
    assert report.data["replies"] == []


def test_what_could_not_be_read_comes_back_whole(office: Office, sent: Round) -> None:
    name = f"退回_第1轮_{UNIT}.xlsx"
    office.merge(回收=without("自评")(merged(sent.honest)))
    told = office.told(name)
    assert [line[:3] for line in told] == [
        ["本轮任务", "I9", "完成情况"],
        ["本轮任务", "I10", "完成情况"],
        ["自评", None, None],
    ]
    assert all(line[3] and line[4] and line[5] for line in told)
    pack = read_pack((office.replies / name).read_bytes(), Limits())
    assert len(pack.rows) == 3
    first = pack.rows["tblPackTasks"][0]
    assert (first.values["progress"], first.values["note"]) == ("已完成", "已落实")


def test_a_file_that_cannot_be_used_gets_a_text(office: Office) -> None:
    report = office.merge(照片=PNG)
    assert report.data["replies"] == ["退回_照片.txt"]
    text = (office.replies / "退回_照片.txt").read_text("utf-8-sig")
    assert text == (
        "您报送的文件：照片.xlsx\n这份文件没有采用。\n"
        "原因和办法：是图片，不是工作簿；请把下发的 .xlsx 填报表填好报送。\n"
        "有疑问请与办公室联系。"
    )


def test_the_same_findings_write_the_same_file_once(office: Office, sent: Round) -> None:
    bad = filled(sent.honest, BAD)
    first = office.merge(回收=bad).data["replies"]
    assert office.merge(回收=bad).data["replies"] == first
    assert [path.name for path in office.replies.iterdir()] == first


def test_an_honest_pack_gets_no_reply(office: Office, sent: Round) -> None:
    report = office.merge(回收=sent.honest)
    assert report.data["replies"] == []
    assert not office.replies.exists()


def test_libreoffice_opens_the_reply_on_its_findings(
    office: Office, sent: Round, libreoffice: LibreOffice
) -> None:
    office.merge(回收=filled(sent.honest, BAD))
    values = libreoffice.values(office.replies / f"退回_第1轮_{UNIT}.xlsx")
    assert values[REPLY.sheet]["B1"] == REPLY.title
    assert values["本轮任务"]["I9"] == "差不多了"
