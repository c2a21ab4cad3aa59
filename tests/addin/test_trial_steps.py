"""The trial covers what no program can try here, and what is watched is told apart."""

from pathlib import Path

from qcity_xl.addin.trial_steps import STEPS, Traces
from qcity_xl.core.catalogue import BY_ID


def test_each_part_is_there_and_the_whole_takes_under_forty_minutes() -> None:
    parts = list(dict.fromkeys(step.part for step in STEPS))
    assert parts == [
        *("安装", "总表", "分发", "回收", "打印", "意外", "函数", "窗口", "WPS", "卸载"),
    ]
    assert len(STEPS) <= 40  # at a minute each
    words = "".join(step.do for step in STEPS)
    for topic in ("口令", "打印预览", "草稿", "新单位", "WPS"):
        assert topic in words


def test_nothing_done_leaves_no_trace_and_all_done_leaves_each() -> None:
    nothing = Traces(Path("试用"))
    all_done = Traces(
        Path("试用"),
        tuple(step.title for step in BY_ID.values()),
        frozenset(
            {"总表.xlsx", "下发/第1轮_市教育局.xlsx", "下发/第1轮_市财政局.xlsx", "草稿/1.eml"}
        ),
    )
    watched = [step for step in STEPS if step.watch]
    assert len(watched) >= 8
    for step in watched:
        assert step.watch is not None
        assert not step.watch(nothing)[0], step.do
        assert step.watch(all_done)[0], step.do
