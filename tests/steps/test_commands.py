"""The command line keeps its contract: keys, exit status, Chinese sentences, dry runs."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.cli import main
from qcity_xl.core.schema import INDICATORS, PROBLEMS
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.steps.demo import Pack
from tests.steps.conftest import Qcity

WRITING = ("check", "score", "evidence", "split", "merge", "resolve", "undo")
PROBLEM = {"code", "severity", "sheet", "cell", "found", "allowed", "fix"}


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


def test_check_lists_problems_with_all_their_parts(qcity: Qcity, master: Path) -> None:
    status, data = qcity("check", master)
    assert status == 0
    assert data["problems"]
    assert all(set(problem) == PROBLEM for problem in data["problems"])


def test_score_has_three_scores_and_the_ceiling(qcity: Qcity, master: Path) -> None:
    status, data = qcity("score", master)
    assert status == 0
    assert data["claimed"] == data["evidenced"] == data["reviewed"]
    assert data["claimed"] == {"points": None, "bonus": None}
    assert data["ceiling"] == {"points": 1000, "bonus": 60}
    assert len(data["sections"]) == 10
    assert {"id", "claimed", "evidenced", "reviewed", "ceiling", "reason"} <= set(
        data["indicators"][0]
    )


def test_evidence_names_what_is_missing(qcity: Qcity, master: Path) -> None:
    status, data = qcity("evidence", master)
    assert status == 0
    assert data["needs"] == len(data["missing"]) > 100
    assert set(data["missing"][0]) == {"criterion", "unit", "kind", "period", "state"}


def test_why_explains_a_score_and_writes_nothing(qcity: Qcity, master: Path) -> None:
    before = master.read_bytes()
    status, data = qcity("why", master, "13（3）")
    assert status == 0
    (found,) = data["criteria"]
    assert (found["label"], found["points"], found["claimed"]) == ("13(3)", 4, None)
    assert found["allowed"]
    assert qcity("why", master, "99")[0] == 3
    assert master.read_bytes() == before


def test_split_merge_resolve(qcity: Qcity, master: Path) -> None:
    packs = master.parent / "下发"
    status, data = qcity("split", master, "--out", packs, "--unit", "科技局")
    assert (status, data["round"]) == (0, "第1轮")
    (pack,) = data["packs"]
    assert set(pack) == {"unit", "file", "tasks", "sha256"}
    Pack(Path(pack["file"])).fill(PACK_TASKS.table, 0, {"note": "＝已完成"}).save(packs / "回.xlsx")
    status, data = qcity("merge", master, packs / "回.xlsx")
    assert status == 0
    assert (data["taken"], data["kept"], data["conflicts"], data["refused"]) == (1, 0, 0, 0)
    assert set(data["files"][0]) == {"file", "unit", "round", "state", "reason"}
    assert qcity("resolve", master)[1] | {"changed": 0} == {
        "resolved": 0,
        "left": [],
        "changes": 0,
        "changed": 0,
    }
    assert len(qcity("log", master, "--verify")[1]["operations"]) == 2
    status, data = qcity("undo", master)
    assert (status, data["left"]) == (0, [])
    assert data["restored"] > 0


@pytest.mark.parametrize("command", WRITING)
def test_a_dry_run_writes_nothing(qcity: Qcity, master: Path, command: str) -> None:
    packs = master.parent / "下发"
    qcity("split", master, "--out", packs)
    before = {path: path.read_bytes() for path in master.parent.rglob("*.xlsx")}
    extra = {"split": ("--out", packs, "--round", "试"), "merge": (packs,)}.get(command, ())
    status, data = qcity(command, master, *extra, "--dry-run")
    assert status == 0
    assert data
    assert {path: path.read_bytes() for path in master.parent.rglob("*.xlsx")} == before


def test_doing_it_twice_changes_nothing(qcity: Qcity, master: Path) -> None:
    packs = master.parent / "下发"
    steps: tuple[tuple[str | Path, ...], ...] = (
        ("split", master, "--out", packs),
        ("merge", master, packs),
        ("check", master),
        ("evidence", master),
        ("score", master),
    )
    for step in steps:
        qcity(*step)
    before = master.read_bytes()
    for step in steps:
        assert qcity(*step)[0] == 0
    assert master.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (("score", "没有.xlsx"), 3, "没有这个文件"),
        (("score", "a.txt"), 3, "读不了"),
        (("split", "没有.xlsx"), 2, "--out"),
        (("splt",), 2, "splt"),
        (("score", "--nope"), 2, "--nope"),
        (("merge", "没有.xlsx", "也没有"), 2, "“也没有”不存在"),
        (("score", "a.txt"), 3, "另存为 .xlsx 后再试。"),
    ],
)
def test_failures_are_chinese_sentences(
    tmp_path: Path, args: tuple[str, ...], status: int, says: str
) -> None:
    (tmp_path / "a.txt").write_text("不是工作簿", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "qcity_xl", *args],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == status
    assert says in done.stderr
    assert done.stderr.strip().endswith(("。", "--help"))
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_every_command_explains_itself_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("", *main.commands):
        with pytest.raises(SystemExit) as left:
            main.main([*([name] if name else []), "--help"])
        assert left.value.code == 0
        told = capsys.readouterr().out
        assert "用法：" in told
        assert not any(word in told for word in ("Usage", "Options", "Show this", "Commands"))


def test_json_is_the_only_thing_on_standard_output(master: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qcity_xl", "check", str(master), "--json"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert len(done.stdout.strip().splitlines()) == 1
    assert json.loads(done.stdout)


def test_a_pack_is_no_master(qcity: Qcity, master: Path) -> None:
    (pack,) = qcity("split", master, "--out", master.parent, "--unit", "科技局")[1]["packs"]
    status, data = qcity("score", pack["file"])
    assert status == 3
    assert "是单位填报表，不是总表" in data["error"]


def test_a_list_of_problems_that_was_emptied_fills_again(qcity: Qcity, master: Path) -> None:
    problems = qcity("check", master)[1]["problems"]
    assert qcity("undo", master)[0] == 0
    assert qcity("check", master)[1]["problems"] == problems
    rows = WorkbookFile.open(master).master.rows(PROBLEMS).values()
    assert [row["link"] for row in rows] == ["转到"] * len(problems)


def test_a_formula_that_somebody_typed_over_stays_theirs(qcity: Qcity, master: Path) -> None:
    file = WorkbookFile.open(master)
    key, row = next(iter(file.master.rows(INDICATORS).items()))
    place = file.master.cell(INDICATORS, key, "claimed")
    book = openpyxl.load_workbook(master)
    book[INDICATORS.sheet][place] = 7
    book.save(master)
    for step in ("score", "check", "evidence"):
        assert qcity(step, master)[0] == 0
    assert WorkbookFile.open(master).master.rows(INDICATORS)[key]["claimed"] == 7
    assert row["claimed"] != 7
