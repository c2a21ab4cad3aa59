"""Frames hold what the sheets hold; the page about them runs."""

import re
from pathlib import Path

import pandas as pd
import pytest

import qcity_xl
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.schema import MASTER
from qcity_xl.frames import load_frames, read_frames
from qcity_xl.steps.demo import demo
from qcity_xl.steps.shared.outcome import Context
from tests.steps.conftest import context

__all__ = ["context"]
PAGE = Path(__file__).parents[1] / "docs" / "分析.md"


def test_the_embedded_table_as_frames() -> None:
    frames = load_frames(master_template())
    indicators, tasks = frames["指标"], frames["任务"]
    assert indicators.groupby("部分")["分值"].sum().tolist() == [
        *(80, 110, 120, 150, 140, 100, 100, 100, 100, 60),
    ]
    assert len(tasks) == 108
    assert tasks.loc["T13.10", "编号"] == "13.10"
    assert tasks["牵头单位"].str.contains("市质监局").sum() == 60


def test_every_sheet_is_there_with_its_headers() -> None:
    frames = qcity_xl.open(master_template())
    assert list(frames) == [table.sheet for table in MASTER]
    for table in MASTER:
        assert list(frames[table.sheet].columns) == [c.header for c in table.columns[1:]]


def test_numbers_are_numbers_and_dates_dates() -> None:
    frames = read_frames(str(master_template()))
    assert pd.api.types.is_numeric_dtype(frames.criteria["分值"])
    assert pd.api.types.is_datetime64_any_dtype(frames.evidence["文件日期"])
    assert pd.api.types.is_numeric_dtype(frames.sections["最高可得"])
    for frame in (frames.units, frames.rounds, frames.log, frames.scores, frames.assignments):
        assert isinstance(frame, pd.DataFrame)


def test_a_sheet_that_there_is_not_is_named_with_those_that_there_are() -> None:
    with pytest.raises(KeyError, match="没有“任务表”这张表，有：看板、"):
        qcity_xl.open(master_template())["任务表"]


def test_the_page_runs_line_by_line(
    tmp_path: Path,
    context: Context,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    demo(tmp_path, context)
    monkeypatch.chdir(tmp_path)
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(code) == 3
    exec("\n".join(code), {})  # noqa: S102 - our own page
    shown = capsys.readouterr().out
    assert "佐证得分" in shown
    assert "有效" in shown
