"""`python -m benchmarks [UNITS...]`: each job beside what a user would pick instead.

Writes docs/performance.md. Both do the same work on the same files in the same run, in turn, each
in a process of its own; what stands in the table are medians. The page is written anew after each
size, so that a run that is stopped leaves what it found; it takes a quarter of an hour in all.
"""

import datetime as dt
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from benchmarks.chart import chart
from benchmarks.cold import cold_commands, loaded
from benchmarks.documents import as_text
from benchmarks.edits import edits
from benchmarks.measure import Run, in_turn, run
from benchmarks.nation.returns import Rates, handed_in
from benchmarks.page import CHART, OUT, ROUNDS, TASKS, page_lines
from qcity_xl.adapters.resources import pack_template
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split

_SECONDS = 6.0  # of CPU: what took so many is not run again, nor at a larger size
_SIZES = (40, 200, 1000, 10_000)
Found = dict[tuple[str, str], dict[int, Run]]  # by job and way, by size
_MANY = 5000  # units: from here on what a round needs runs once, each job on what the last one left
SPLIT, MERGE, NEW, FLOOR = "拆分下发", "合并回收（没有改动）", "新建总表", "底线：压缩各部件"
FILLED = "合并回收（填了七成）"
_FILLED = Rates(silent=0, untouched=0, damaged=0, twice=0)
_CONTEXT = Context(dt.datetime(2024, 6, 3, 9, 0), "bench")


class Office:
    """A folder with a master of so many units, and what was handed out of it."""

    def __init__(self, folder: Path, units: int) -> None:
        """Write the document; `hand_out` makes the rest of it."""
        self.folder, self.units = folder, units
        self.document = folder / "方案.txt"
        self.document.write_bytes(as_text(TASKS * units, units))
        self._kept, self.master = folder / "总表", folder / "总表.xlsx"
        self.packs, self.out = folder / "下发", folder / "再发"
        self.back = folder / "回收"

    def hand_out(self) -> None:
        """The master and its packs; `fresh` gives a copy of the master for each run."""
        new(self.master, _CONTEXT, document=self.document)
        packs = split(self.master, self.packs, _CONTEXT).data["packs"]
        shutil.copy(self.master, self._kept)
        self.back.mkdir()
        for pack in packs:
            random = Random(pack["unit"])  # noqa: S311 - the same each time is what is wanted
            for file in handed_in(random, pack["unit"], Path(pack["file"]).read_bytes(), _FILLED):
                (self.back / file.name).write_bytes(file.data)

    def fresh(self) -> None:
        """The master as it was after the first round was handed out, and nothing of a run."""
        for made in (self.out, folder_beside(self.master)):
            shutil.rmtree(made, ignore_errors=True)
        shutil.copy(self._kept, self.master)

    def gone(self) -> None:
        """No master at all."""
        self.fresh()
        self.master.unlink()

    def once(self) -> Iterator[tuple[str, str, list[str]]]:
        """Job, way and arguments of what one round needs, in its order."""
        ours, master, packs = "qcity_xl", str(self.master), str(self.packs)
        yield NEW, "qcity new", [ours, "new", master, "--from", str(self.document)]
        yield SPLIT, "qcity split", [ours, "split", master, "--out", packs]
        yield SPLIT, FLOOR, ["benchmarks.office", "floor", packs]
        yield MERGE, "qcity merge", [ours, "merge", master, packs]

    def jobs(self) -> dict[str, list[tuple[str, Callable[[], None], list[str]]]]:
        """By job: ours first, then the others, each with its name."""
        master, packs, out, ready = *map(str, (self.master, self.packs, self.out)), self.fresh
        ours, others = "qcity_xl", "benchmarks.office"
        again = [ours, "split", master, "--out", out, "--round", "第2轮"]
        template = str(pack_template())
        alone = ("openpyxl，读、改一格、存", ready, [others, "load_and_save", master])
        return {
            SPLIT: [
                ("qcity split", ready, again),
                ("openpyxl + pandas", ready, [others, "split", master, template, out]),
                ("XlsxWriter（没有样式和下拉）", ready, [others, "split_xlsxwriter", master, out]),
                (FLOOR, ready, [others, "floor", packs]),
            ],
            MERGE: [
                ("qcity merge", ready, [ours, "merge", master, packs]),
                ("openpyxl + pandas", ready, [others, "merge", master, packs]),
            ],
            FILLED: [
                ("qcity merge（填了的）", ready, [ours, "merge", master, str(self.back)]),
                ("openpyxl + pandas", ready, [others, "merge", master, str(self.back)]),
            ],
            "读回收件": [
                ("read_pack", ready, [others, "read_ours", packs]),
                ("openpyxl", ready, [others, "read_openpyxl", packs]),
                ("pandas + calamine", ready, [others, "read_pandas", packs]),
                ("底线：calamine", ready, [others, "read_calamine", packs]),
            ],
            NEW: [
                ("qcity new", self.gone, [ours, "new", master, "--from", str(self.document)]),
            ],
            "检查": [("qcity check", ready, [ours, "check", master])],
            "重算得分": [("qcity score", ready, [ours, "score", master])],
            "标记缺失佐证": [("qcity evidence", ready, [ours, "evidence", master])],
            "改一格": [("就地修改", ready, [others, "edit_ours", master]), alone],
        }


def folder_beside(master: Path) -> Path:
    """Where the program keeps snapshots and the like."""
    return master.with_name(f"{master.name}.qcity")


def main(sizes: Sequence[int]) -> None:
    """Measure all and write the page with its chart."""
    found: Found = {}
    load = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory() as folder:
        commands = cold_commands(Path(folder))
        cold = in_turn([(lambda: None, argv) for argv in commands.values()], ROUNDS, _SECONDS)
        edited = edits(Path(folder), ROUNDS, _SECONDS)
        loads = {n: loaded(argv[1:]) for n, argv in commands.items() if argv[0] == "qcity_xl"}
    starts = dict(zip(commands, cold, strict=True))
    for units in sorted(sizes):
        with tempfile.TemporaryDirectory() as folder:
            office = Office(Path(folder), units)
            for job, name, one in _once(office) if units >= _MANY else _often(office, found):
                found.setdefault((job, name), {})[units] = one
                print(f"{units:6} {job} {name}: {one.cpu:.2f} s, {one.memory:.0f} MB", flush=True)
        load.append(os.getloadavg()[0])
        CHART.write_text(chart(_ours(found)), encoding="utf-8")
        OUT.write_text("\n".join(page_lines(found, starts, loads, edited, load)), encoding="utf-8")


def _once(office: Office) -> Iterator[tuple[str, str, Run]]:
    for job, name, argv in office.once():
        yield job, name, run(argv)


def _often(office: Office, found: Found) -> Iterator[tuple[str, str, Run]]:
    office.hand_out()
    for job, ways in office.jobs().items():
        fit = [way for way in ways if _fits(found.get((job, way[0]), {}))]
        runs = in_turn([(ready, argv) for _, ready, argv in fit], ROUNDS, _SECONDS)
        for (name, *_), measured in zip(fit, runs, strict=True):
            yield job, name, measured


def _fits(before: Mapping[int, Run]) -> bool:
    """Whether a job is worth its time at the next size: what is slow grows on as it did."""
    return all(run.cpu < _SECONDS for run in before.values())


def _ours(found: Found) -> dict[str, dict[int, float]]:
    """The times of our own commands."""
    return {
        name: {units: run.cpu for units, run in runs.items()}
        for (_, name), runs in found.items()
        if name.startswith("qcity ")
    }


if __name__ == "__main__":
    main([int(units) for units in sys.argv[1:]] or _SIZES)
