"""Twice the tasks take twice the work, in every function: the lines that run are counted, no time.

Where all rows of a loop run through all rows again, one function has four times as many.
"""

import sys
from collections import Counter
from collections.abc import Callable
from functools import _lru_cache_wrapper
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import qcity_xl
from benchmarks.documents import as_text, as_word
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.outcome import Context

_OURS = str(Path(qcity_xl.__file__).parent)
_MOST = 3.0  # times as much for the second as for the first doubling: 2 in line, 4 by a square
_FEW = 300  # lines that tell nothing


def forget() -> None:
    """Drop what caches hold: what an earlier run left would be no work for the next."""
    modules = [module for name, module in sys.modules.items() if name.startswith("qcity_xl")]
    for held in [value for module in modules for value in vars(module).values()]:
        if isinstance(held, _lru_cache_wrapper):
            held.cache_clear()


def lines_run(work: Callable[[], object]) -> Counter[str]:
    """How many lines of each function ran, those in loops and comprehensions each time."""
    counts: Counter[str] = Counter()

    def local(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            code = frame.f_code
            counts[f"{code.co_filename.removeprefix(_OURS)}:{code.co_qualname}"] += 1
        return local

    def enter(frame: FrameType, event: str, _: Any) -> Any:
        return local if frame.f_code.co_filename.startswith(_OURS) else None

    forget()
    before = sys.gettrace()
    sys.settrace(enter)
    try:
        work()
    finally:
        sys.settrace(before)
    return counts


def too_steep(one: Counter[str], two: Counter[str], four: Counter[str]) -> list[str]:
    """The functions that do more than their share for each further row."""
    return [
        f"{name}: {one[name]}, {two[name]}, {four[name]}"
        for name in four
        if four[name] - two[name] > _MOST * max(two[name] - one[name], 0) + _FEW
    ]


def test_a_square_is_seen() -> None:
    counts = [Counter({"所有任务乘所有指标": n * n, "逐行": 9 * n}) for n in (100, 200, 400)]
    assert too_steep(*counts) == ["所有任务乘所有指标: 10000, 40000, 160000"]


@pytest.mark.parametrize(("made", "suffix"), [(as_text, ".txt"), (as_word, ".docx")])
def test_a_new_master_takes_work_in_line_with_its_tasks(
    tmp_path: Path, context: Context, made: Callable[[int], bytes], suffix: str
) -> None:
    counts: list[Counter[str]] = []
    for tasks in (50, 50, 100, 200):  # the first loads what is loaded once
        document = tmp_path / f"任务{tasks}{suffix}"
        document.write_bytes(made(tasks))
        master = tmp_path / f"总表{len(counts)}.xlsx"
        counts.append(lines_run(lambda m=master, d=document: new(m, context, document=d)))  # type: ignore[misc]  # a default binds the loop's value
    assert sum(counts[1].values()) > 10_000
    assert too_steep(*counts[1:]) == []
