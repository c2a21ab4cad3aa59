"""The demo is one whole round, with everything that can happen to a return."""

from pathlib import Path

from qcity_xl.steps.demo import demo
from qcity_xl.steps.shared.outcome import Context


def test_the_round_goes_through(tmp_path: Path, context: Context) -> None:
    folder = tmp_path / "演示 一轮"
    report = demo(folder, context)
    steps = {step["title"]: step for step in report.data["steps"]}
    merged, again = steps["合并回收十二份"], steps["同一批再合并一次"]
    states = [file["state"] for file in merged["files"]]
    assert sorted(states) == ["已合并"] * 10 + ["未采用"] * 2
    assert all(file["reason"] for file in merged["files"] if file["state"] == "未采用")
    assert (merged["conflicts"], merged["refused"]) == (2, 1)
    assert again["changes"] == 0
    assert steps["处理冲突"]["resolved"] == 2
    assert steps["重算得分"]["claimed"]["points"] > 200
    assert steps["核对日志"]["problems"] == []
    assert (folder / "总表.xlsx").exists()
    assert len(list((folder / "2 下发").iterdir())) == 29
