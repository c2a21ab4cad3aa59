"""A new master: what is in it, what it is never written over."""

from dataclasses import replace
from pathlib import Path

import pytest

from qcity_xl.steps.new import new
from qcity_xl.steps.shared.outcome import LEFT, Context
from tests.steps.conftest import Qcity


def test_new_counts_the_embedded_table(qcity: Qcity, tmp_path: Path) -> None:
    status, data = qcity("new", tmp_path / "总表.xlsx")
    assert status == 0
    counts = {k: data[k] for k in ("sections", "indicators", "tasks", "units", "points", "bonus")}
    assert counts == {
        "sections": 10,
        "indicators": 50,
        "tasks": 108,
        "units": 29,
        "points": 1000,
        "bonus": 60,
    }
    assert data["recovered"] == data["guesses"] == data["problems"] == []


def test_new_never_overwrites(qcity: Qcity, master: Path) -> None:
    before = master.read_bytes()
    assert qcity("new", master)[0] == 3
    assert master.read_bytes() == before


@pytest.mark.parametrize("name", ["总表.xls", "总表", "甲.docx"])
def test_a_new_master_has_a_name_that_excel_opens(qcity: Qcity, tmp_path: Path, name: str) -> None:
    status, data = qcity("new", tmp_path / name)
    assert status == 3
    assert ".xlsx" in data["error"]
    assert not list(tmp_path.iterdir())


def test_a_document_without_indicators_makes_no_master(qcity: Qcity, tmp_path: Path) -> None:
    (tmp_path / "信.txt").write_text("各单位：\n请按时报送材料。\n", "utf-8")
    status, data = qcity("new", tmp_path / "总表.xlsx", "--from", tmp_path / "信.txt")
    assert status == 3
    assert "没有读到指标" in data["error"]
    assert not (tmp_path / "总表.xlsx").exists()


TABLE = """石桥市垃圾分类考核任务清单
考核项目\t权重值\t计分办法\t干什么\t谁来办
1.专题研究\t10\t研究2次以上，得10分；1次，得5分\t1.1召开会议\t市城管局
2.经费保障\t20\t投入增长率达到8%以上得20分\t2.1落实经费\t市财政局
"""
SAID = ("权重值=分值；干什么=工作任务", "E列=牵头单位")


def test_what_was_said_of_headers_is_remembered_for_the_next_table(
    qcity: Qcity, tmp_path: Path
) -> None:
    (tmp_path / "清单.txt").write_text(TABLE, "utf-8")
    said = [part for word in SAID for part in ("--header", word)]
    _, first = qcity("new", tmp_path / "甲.xlsx", "--from", tmp_path / "清单.txt", *said)
    again = ("new", tmp_path / "乙.xlsx", "--from", tmp_path / "清单.txt")
    _, without = qcity(*again, "--dry-run")
    _, second = qcity(*again, "--like", tmp_path / "甲.xlsx")
    _, third = qcity(
        *("new", tmp_path / "丙.xlsx", "--from", tmp_path / "清单.txt"),
        *("--like", tmp_path / "乙.xlsx", "--header", "谁来办=配合单位"),
    )
    assert without["tasks"] == 0
    assert (first["tasks"], second["tasks"]) == (2, 2)
    assert first["columns"] == second["columns"]
    assert [c["meaning"] for c in third["columns"]][-1] == "牵头单位"  # a letter tells one column


def test_a_word_that_is_used_nowhere_is_told(tmp_path: Path, context: Context) -> None:
    (tmp_path / "清单.txt").write_text(TABLE, "utf-8")
    seen = new(
        tmp_path / "总表.xlsx",
        context,
        document=tmp_path / "清单.txt",
        headers=(*SAID, "实得=得分"),
    )
    assert seen.status == LEFT
    assert any("“实得”" in notice for notice in seen.notices)


def test_a_preview_writes_nothing(tmp_path: Path, context: Context) -> None:
    (tmp_path / "清单.txt").write_text(TABLE, "utf-8")
    dry = replace(context, dry_run=True)
    seen = new(tmp_path / "总表.xlsx", dry, document=tmp_path / "清单.txt", headers=SAID)
    assert seen.data["tasks"] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["清单.txt"]
