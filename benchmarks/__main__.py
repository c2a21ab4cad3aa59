"""`python -m benchmarks [UNITS...]`: each job beside what a user would pick instead.

Writes docs/performance.md. Both do the same work on the same files in the same run, in turn, each
in a process of its own; what stands in the table are medians.
"""

import datetime as dt
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.chart import chart
from benchmarks.cold import cold_commands, loaded
from benchmarks.documents import as_text
from benchmarks.measure import Run, in_turn
from benchmarks.page import CHART, OUT, ROUNDS, TASKS, page_lines
from qcity_xl.adapters.resources import pack_template
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split

_SECONDS = 6.0  # of CPU: what took so many is not run again, nor at a larger size
_SIZES = (40, 200, 1000)
_CONTEXT = Context(dt.datetime(2024, 6, 3, 9, 0), "bench")


class Office:
    """A folder with a master of so many units, and what was handed out of it."""

    def __init__(self, folder: Path, units: int) -> None:
        """Make them; `fresh` gives a copy of the master for each run."""
        self.folder, self.units = folder, units
        self.document = folder / "方案.txt"
        self.document.write_bytes(as_text(TASKS * units, units))
        self._kept, self.master = folder / "总表", folder / "总表.xlsx"
        new(self.master, _CONTEXT, document=self.document)
        self.packs, self.out = folder / "下发", folder / "再发"
        split(self.master, self.packs, _CONTEXT)
        shutil.copy(self.master, self._kept)

    def fresh(self) -> None:
        """The master as it was after the first round was handed out, and nothing of a run."""
        for made in (self.out, folder_beside(self.master)):
            shutil.rmtree(made, ignore_errors=True)
        shutil.copy(self._kept, self.master)

    def gone(self) -> None:
        """No master at all."""
        self.fresh()
        self.master.unlink()

    def jobs(self) -> dict[str, list[tuple[str, Callable[[], None], list[str]]]]:
        """By job: ours first, then the others, each with its name."""
        master, packs, out, ready = *map(str, (self.master, self.packs, self.out)), self.fresh
        ours, others = "qcity_xl", "benchmarks.office"
        again = [ours, "split", master, "--out", out, "--round", "第2轮"]
        template = str(pack_template())
        alone = ("openpyxl，读、改一格、存", ready, [others, "load_and_save", master])
        return {
            "拆分下发": [
                ("qcity split", ready, again),
                ("openpyxl + pandas", ready, [others, "split", master, template, out]),
                ("XlsxWriter（没有样式和下拉）", ready, [others, "split_xlsxwriter", master, out]),
                ("底线：压缩各部件", ready, [others, "floor", packs]),
            ],
            "合并回收（没有改动）": [
                ("qcity merge", ready, [ours, "merge", master, packs]),
                ("openpyxl + pandas", ready, [others, "merge", master, packs]),
            ],
            "读回收件": [
                ("read_pack", ready, [others, "read_ours", packs]),
                ("openpyxl", ready, [others, "read_openpyxl", packs]),
                ("pandas + calamine", ready, [others, "read_pandas", packs]),
                ("底线：calamine", ready, [others, "read_calamine", packs]),
            ],
            "新建总表": [
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
    found: dict[tuple[str, str], dict[int, Run]] = {}
    load = [os.getloadavg()[0]]
    for units in sizes:
        with tempfile.TemporaryDirectory() as folder:
            for job, ways in Office(Path(folder), units).jobs().items():
                fit = [way for way in ways if _fits(found.get((job, way[0]), {}))]
                runs = in_turn([(ready, argv) for _, ready, argv in fit], ROUNDS, _SECONDS)
                for (name, *_), run in zip(fit, runs, strict=True):
                    found.setdefault((job, name), {})[units] = run
                    print(f"{units:6} {job} {name}: {run.cpu:.2f} s, {run.memory:.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        commands = cold_commands(Path(folder))
        cold = in_turn([(lambda: None, argv) for argv in commands.values()], ROUNDS, _SECONDS)
        loads = {n: loaded(argv[1:]) for n, argv in commands.items() if argv[0] == "qcity_xl"}
    starts = dict(zip(commands, cold, strict=True))
    load.append(os.getloadavg()[0])
    CHART.write_text(chart(_ours(found)), encoding="utf-8")
    page = "\n".join(page_lines(found, starts, loads, load))
    OUT.write_text(page, encoding="utf-8")


def _fits(before: Mapping[int, Run]) -> bool:
    """Whether a job is worth its time at the next size: what is slow grows on as it did."""
    return all(run.cpu < _SECONDS for run in before.values())


def _ours(found: Mapping[tuple[str, str], dict[int, Run]]) -> dict[str, dict[int, float]]:
    """The times of our own commands."""
    return {
        name: {units: run.cpu for units, run in runs.items()}
        for (_, name), runs in found.items()
        if name.startswith("qcity ")
    }


if __name__ == "__main__":
    main([int(units) for units in sys.argv[1:]] or _SIZES)
