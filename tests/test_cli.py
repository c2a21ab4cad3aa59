"""The command line keeps its contract: keys, exit status, Chinese sentences, dry runs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qcity_xl.cli import main
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.steps.demo import Pack
from tests.steps.conftest import Qcity, context, master, qcity

__all__ = ["context", "master", "qcity"]

WRITING = ("check", "score", "evidence", "split", "merge", "resolve", "undo")
PROBLEM = {"code", "severity", "sheet", "cell", "found", "allowed", "fix"}


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
    assert "是填报表，不是总表" in data["error"]
