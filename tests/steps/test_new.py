"""A new master: what is in it, what it is never written over."""

from pathlib import Path

import pytest

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
