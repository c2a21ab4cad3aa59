"""`python -m benchmarks [UNITS...]`: each job beside what a user would pick instead.

Writes docs/performance.md. Both do the same work on the same files in the same run, in turn, each
in a process of its own; what stands in the table are medians.
"""

import datetime as dt
import math
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.documents import as_text
from benchmarks.measure import Run, in_turn
from qcity_xl.adapters.resources import master_template, pack_template
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split

_ROUNDS = 5
_SIZES = (40, 200, 1000)
_OUT = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
_CONTEXT = Context(dt.datetime(2024, 6, 3, 9, 0), "bench")
_PEERS = ("openpyxl", "pandas", "python-calamine", "XlsxWriter")
_TASKS = 5  # led by each unit; it cooperates in as many, and answers as many criteria


class Office:
    """A folder with a master of so many units, and what was handed out of it."""

    def __init__(self, folder: Path, units: int) -> None:
        """Make them; `fresh` gives a copy of the master for each run."""
        self.folder, self.units = folder, units
        self.document = folder / "方案.txt"
        self.document.write_bytes(as_text(_TASKS * units, units))
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
                alone,
            ],
            "检查": [("qcity check", ready, [ours, "check", master]), alone],
            "重算得分": [("qcity score", ready, [ours, "score", master]), alone],
            "标记缺失佐证": [("qcity evidence", ready, [ours, "evidence", master]), alone],
            "改一格": [("就地修改", ready, [others, "edit_ours", master]), alone],
        }


def folder_beside(master: Path) -> Path:
    """Where the program keeps snapshots and the like."""
    return master.with_name(f"{master.name}.qcity")


def main(sizes: Sequence[int]) -> None:
    """Measure all and write the page."""
    found: dict[tuple[str, str], dict[int, Run]] = {}
    for units in sizes:
        with tempfile.TemporaryDirectory() as folder:
            for job, ways in Office(Path(folder), units).jobs().items():
                runs = in_turn([(ready, argv) for _, ready, argv in ways], _ROUNDS)
                for (name, *_), run in zip(ways, runs, strict=True):
                    found.setdefault((job, name), {})[units] = run
                    print(f"{units:6} {job} {name}: {run.cpu:.2f} s, {run.memory:.0f} MB")
    score = ["qcity_xl", "score", str(master_template()), "--dry-run"]
    starts = {
        "qcity --help": ["qcity_xl", "--help"],
        "qcity score（内置总表，只看结果）": score,
        "import openpyxl": ["benchmarks.office_start"],
    }
    cold = in_turn([(lambda: None, argv) for argv in starts.values()], _ROUNDS)
    _OUT.write_text("\n".join(_page(found, dict(zip(starts, cold, strict=True)))), encoding="utf-8")


def _page(found: dict[tuple[str, str], dict[int, Run]], cold: dict[str, Run]) -> Iterator[str]:
    sizes = sorted({units for runs in found.values() for units in runs})
    peers = "、".join(f"{name} {version(name)}" for name in _PEERS)
    yield "# Performance\n"
    yield f"Written by `make bench` ({_ROUNDS} rounds, medians; Python {platform.python_version()},"
    yield f"{peers}). CPU seconds of a whole process, start and imports included; in brackets how"
    yield "many times the first line of the job that is. Memory is the most that the process held."
    yield f"Each unit leads {_TASKS} tasks and answers {_TASKS} criteria. The exponent is that of a"
    yield "power of the number of units through all columns: 1 is in line, less is a fixed start.\n"
    yield f"| job | with | {' | '.join(f'{n} units, s' for n in sizes)} | exponent | MB | wall, s |"
    yield f"|---|---|{'---:|' * (len(sizes) + 3)}"
    first: dict[int, Run] = {}
    before = ""
    for (job, name), runs in found.items():
        first = runs if job != before else first
        times = [f"{runs[n].cpu:.2f} ({runs[n].cpu / first[n].cpu:.1f})" for n in sizes]
        last = runs[sizes[-1]]
        shown = f"{_exponent(runs):.2f}" if len(sizes) > 1 else ""
        yield (
            f"| {job if job != before else ''} | {name} | {' | '.join(times)} "
            f"| {shown} | {last.memory:.0f} | {last.wall:.2f} |"
        )
        before = job
    yield "\n## Cold start\n"
    yield "| process | CPU, s | MB |\n|---|---:|---:|"
    for name, run in cold.items():
        yield f"| {name} | {run.cpu:.3f} | {run.memory:.0f} |"
    yield ""


def _exponent(runs: dict[int, Run]) -> float:
    """The slope of a straight line through the logarithms (least squares)."""
    points = [(math.log(units), math.log(run.cpu)) for units, run in runs.items()]
    x, y = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


if __name__ == "__main__":
    main([int(units) for units in sys.argv[1:]] or _SIZES)
