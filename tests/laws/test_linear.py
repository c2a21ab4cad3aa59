"""No step is quadratic in units, tasks, rulings, log lines or files: its calls are counted.

As in tests/steps/test_growth.py, which counts lines, function by function.
"""

import cProfile
import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from benchmarks.documents import as_text
from benchmarks.nation.returns import Rates, handed_in
from qcity_xl.adapters.packs import read_pack
from qcity_xl.steps.check import check
from qcity_xl.steps.evidence import evidence
from qcity_xl.steps.history import log
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.resolve import resolve
from qcity_xl.steps.rollup import rollup
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.load_returns import load_returns
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from tests.steps.test_growth import forget, too_steep

SIZES = (10, 20, 40)  # units; with each come five tasks, as many criteria, a ruling or more, a file
CONTEXT = Context(dt.datetime(2024, 6, 3, 9, 0), "张三")
STEPS: dict[str, Callable[[Path], object]] = {
    "new": lambda folder: new(folder / "总表.xlsx", CONTEXT, document=folder / "方案.txt"),
    "check": lambda folder: check(folder / "总表.xlsx", CONTEXT),
    "split": lambda folder: split(folder / "总表.xlsx", folder / "下发", CONTEXT),
    "merge": lambda folder: merge(folder / "总表.xlsx", [folder / "下发"], CONTEXT),
    "score": lambda folder: score(folder / "总表.xlsx", CONTEXT),
    "evidence": lambda folder: evidence(folder / "总表.xlsx", CONTEXT),
    "check again": lambda folder: check(folder / "总表.xlsx", CONTEXT),
    "split again": lambda folder: split(
        folder / "总表.xlsx", folder / "再发", CONTEXT, round_name="第2轮"
    ),
    "merge filled": lambda folder: merge(folder / "总表.xlsx", [folder / "回收"], CONTEXT),
    "merge filled again": lambda folder: merge(folder / "总表.xlsx", [folder / "回收"], CONTEXT),
    "resolve": lambda folder: resolve(folder / "总表.xlsx", CONTEXT),
    "log": lambda folder: log(folder / "总表.xlsx", check=True),
    "rollup": lambda folder: rollup(folder / "各市", CONTEXT),
}
# Half of the units say two things; what is filled is less than what caches hold.
RATES = Rates(silent=0, untouched=0, damaged=0, twice=50, cells=40, clashes=0)


def _hand_in(folder: Path) -> None:
    """What comes back of the packs, each filled."""
    (folder / "回收").mkdir()
    for pack in sorted((folder / "下发").iterdir()):
        random = Random(pack.stem)  # noqa: S311 - the same each time is what is wanted
        for file in handed_in(random, pack.stem, pack.read_bytes(), RATES):
            (folder / "回收" / file.name).write_bytes(file.data)


def _gather(folder: Path) -> None:
    """As many masters as there are units, small ones."""
    (folder / "各市").mkdir()
    data = (folder.parent / "一份.xlsx").read_bytes()
    for number in range(len(list((folder / "下发").iterdir()))):
        (folder / "各市" / f"{number}市.xlsx").write_bytes(data)


# Asked for each text once, as long as so many are remembered: what a cache has to drop comes again.
REMEMBERED = ("headers.py",)
BEFORE = {"merge filled": _hand_in, "rollup": _gather}


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Counter[str]]]:
    """The calls of each function in each step, by size, each on what the steps before left."""
    counted: dict[str, list[Counter[str]]] = {name: [] for name in STEPS}
    alone = tmp_path_factory.getbasetemp() / "一份.xlsx"
    new(alone, CONTEXT)
    for units in (SIZES[0], *SIZES):  # the first round loads modules and fills tables of patterns
        folder = tmp_path_factory.mktemp("office")
        (folder / "方案.txt").write_bytes(as_text(5 * units, units))
        for name, step in STEPS.items():
            BEFORE.get(name, lambda _: None)(folder)
            counted[name].append(_calls(lambda step=step, folder=folder: step(folder)))  # type: ignore[misc]  # a default binds the loop's value
    return {name: found[1:] for name, found in counted.items()}


def _calls(run: Callable[[], object]) -> Counter[str]:
    forget()
    profile = cProfile.Profile()
    profile.runcall(run)
    counts: Counter[str] = Counter()
    for entry in profile.getstats():
        counts[str(entry.code)] += entry.callcount
    return counts


@pytest.mark.parametrize("name", STEPS)
def test_twice_as_much_takes_twice_the_calls(
    calls: dict[str, list[Counter[str]]], name: str
) -> None:
    assert sum(calls[name][0].values()) > 1_000
    steep = [words for words in too_steep(*calls[name]) if not any(r in words for r in REMEMBERED)]
    assert steep == []


def test_nothing_is_read_of_packs_that_come_back_as_they_went_out(
    calls: dict[str, list[Counter[str]]],
) -> None:
    merged = calls["merge"][-1]
    assert merged[str(load_returns.__code__)] == 1
    assert merged[str(read_pack.__code__)] == 0
