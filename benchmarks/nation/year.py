"""`python -m benchmarks.nation.year ROUNDS CITY... [--seed SEED]`: rounds in a row on one master.

For each round: packs, what came back, CPU seconds of 拆分下发 and 合并回收, lines of 日志, and how
large the master and the folder beside it are. Exit status 1 if an edit is lost.
"""

import argparse
import datetime as dt
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TypeVar

from benchmarks.nation.city import city_plan
from benchmarks.nation.returns import Rates, handed_in
from benchmarks.nation.soak import account
from qcity_xl.adapters.disk import load_bytes, make_file
from qcity_xl.adapters.master_file.reading import read_master
from qcity_xl.core.schema import LOG
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split

T = TypeVar("T")
_FIRST = Context(dt.datetime(2024, 1, 8, 9, 0), "办公室")
_LATER = 10
_BETWEEN = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of a city took and left; `lost` are edits that are found nowhere."""

    number: int
    packs: int
    files: int
    edits: int
    split: float
    merge: float
    log: int
    master: int
    beside: int
    lost: int


def year(folder: Path, seed: int, number: int, rounds: int, rates: Rates) -> Iterator[Round]:
    """Play so many rounds of a city in an empty folder, one after the other on the same master.

    After the first, units change `_LATER` of a hundred rows: of tasks, criteria, evidence and its
    blank lines alike.
    """
    plan = city_plan(seed, number)
    master, document = folder / "总表.xlsx", folder / "方案.txt"
    make_file(document, plan.document)
    new(master, _FIRST, document=document, master_id=f"{seed}-{number}")
    random = Random(f"{seed}/{number}/year")  # noqa: S311 - the same each time is what is wanted
    for one in range(1, rounds + 1):
        sent = replace(_FIRST, now=_FIRST.now + one * _BETWEEN)
        out, back = folder / f"下发{one}", folder / f"回收{one}"
        out_of, splitting = _timed(
            lambda out=out, sent=sent, one=one: split(master, out, sent, round_name=f"第{one}轮")  # type: ignore[misc]  # a default binds the loop's value
        )
        packs = out_of.data["packs"]
        habit = rates if one == 1 else replace(rates, cells=_LATER)
        files = [
            file
            for pack in packs
            for file in handed_in(random, pack["unit"], load_bytes(Path(pack["file"])), habit)
        ]
        for file in files:
            make_file(back / file.name, file.data, lasting=False)
        came = replace(sent, now=sent.now + _BETWEEN / 2)
        told, merging = _timed(
            lambda back=back, came=came: merge(master, [back], came)  # type: ignore[misc]  # as above
        )
        now = read_master(load_bytes(master))
        fates, lost = account(now, files, told.data)
        beside = folder / f"{master.name}.qcity"
        yield Round(
            one,
            len(packs),
            len(files),
            fates.total(),
            splitting,
            merging,
            len(now.rows(LOG)),
            master.stat().st_size,
            sum(path.stat().st_size for path in beside.rglob("*") if path.is_file()),
            len(lost),
        )


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result, and the CPU seconds that it took."""
    start = time.process_time()
    return work(), time.process_time() - start


def main(arguments: list[str]) -> int:
    """Print a line for each round; the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rounds", type=int)
    parser.add_argument("cities", type=int, nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    warnings.filterwarnings("ignore", module="openpyxl")  # it reads some of what offices damage
    lost = 0
    for number in asked.cities:
        plan = city_plan(asked.seed, number)
        print(f"{plan.name}: {plan.units} units, {plan.tasks} tasks")
        print("round packs files edits  split s  ms a pack  merge s  ms a file     log  MB  beside")
        with tempfile.TemporaryDirectory() as folder:
            for one in year(Path(folder), asked.seed, number, asked.rounds, Rates()):
                lost += one.lost
                print(
                    f"{one.number:5}{one.packs:6}{one.files:6}{one.edits:6}"
                    f"{one.split:9.2f}{1000 * one.split / one.packs:11.1f}"
                    f"{one.merge:9.2f}{1000 * one.merge / one.files:11.1f}"
                    f"{one.log:8}{one.master / 1e6:6.2f}{one.beside / 1e6:7.1f}",
                    flush=True,
                )
    print(f"lost edits: {lost}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
