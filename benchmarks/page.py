"""docs/performance.md: what was measured, and on what."""

import math
import os
import platform
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Run

OUT = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
CHART = OUT.parent / "pictures" / "performance.svg"
ROUNDS = 5  # of each way
TASKS = 5  # led by each unit; it cooperates in as many, and answers as many criteria
_PEERS = ("openpyxl", "pandas", "python-calamine", "XlsxWriter")
_MOST = 6  # packages that are listed by name

Found = Mapping[tuple[str, str], Mapping[int, Run]]


def page_lines(
    found: Found,
    cold: Mapping[str, Run],
    loads: Mapping[str, Mapping[str, Counter[str]]],
    edited: Mapping[tuple[str, str], Run],
    load: Sequence[float],
) -> Iterator[str]:
    """The page: `found` by job and way and size, `cold` starts, what they load, what was `edited`
    by workbook and way, system load.
    """
    peers = "、".join(f"{name} {version(name)}" for name in _PEERS)
    yield "# Performance\n"
    yield f"Written by `make bench`: Python {platform.python_version()}, {platform.system()},"
    yield f"{os.cpu_count()} cores; {peers}. The load average was {load[0]:.1f} at the beginning"
    yield f"and {load[-1]:.1f} at the end: above the number of cores the machine had other work,"
    yield "which makes CPU seconds longer than on a quiet one; both sides of a ratio met it.\n"
    yield from _jobs(found)
    yield "\n![CPU seconds over units](pictures/performance.svg)\n"
    yield "Grey is what grows in line with the number of units.\n"
    yield from _edits(edited)
    yield from _cold(cold, loads)


def _edits(edited: Mapping[tuple[str, str], Run]) -> Iterator[str]:
    yield "## One cell\n"
    yield "| workbook | with | CPU, s | times | MB | wall, s | runs |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    first = 0.0
    before = ""
    for (book, way), run in edited.items():
        first = run.cpu if book != before else first
        yield (
            f"| {book if book != before else ''} | {way} | {run.cpu:.2f} | {run.cpu / first:.1f} "
            f"| {run.memory:.0f} | {run.wall:.2f} | {run.runs} |"
        )
        before = book
    yield ""


def _jobs(found: Found) -> Iterator[str]:
    sizes = sorted({units for runs in found.values() for units in runs})
    yield "CPU seconds (user and system) of a whole process, start and imports included: medians of"
    yield f"at most {ROUNDS} runs, fewer where one takes seconds (runs at each size stand last). In"
    yield "brackets: how many times the first line of the job. Ways that took over six seconds at"
    yield "a smaller size are not run at a larger one; the largest plays a round once, each job on"
    yield f"what the one before left. Each unit leads {TASKS} tasks, cooperates in as many and"
    yield "answers as many criteria. The exponent is that of a power of the number of units: 1 is"
    yield "in line, less is a fixed start. Memory is the most that a process held.\n"
    heads = " | ".join(f"{n} units, s" for n in sizes)
    yield f"| job | with | {heads} | ms for each more unit | exponent | MB | wall, s | runs |"
    yield f"|---|---|{'---:|' * (len(sizes) + 5)}"
    first: Mapping[int, Run] = {}
    before = ""
    for (job, name), runs in found.items():
        first = runs if job != before else first
        times = [_time(runs.get(n), first.get(n)) for n in sizes]
        last = runs[max(runs)]
        few, many = min(runs), max(runs)
        more = (runs[many].cpu - runs[few].cpu) / (many - few) * 1000 if many > few else math.nan
        shown = f"{more:.1f} | {_exponent(runs):.2f}" if len(runs) > 1 else " | "
        counts = "、".join(str(runs[n].runs) for n in sizes if n in runs)
        yield (
            f"| {job if job != before else ''} | {name} | {' | '.join(times)} "
            f"| {shown} | {last.memory:.0f} | {last.wall:.2f} | {counts} |"
        )
        before = job


def _time(run: Run | None, first: Run | None) -> str:
    if run is None:
        return ""
    return f"{run.cpu:.2f} ({run.cpu / first.cpu:.1f})" if first else f"{run.cpu:.2f}"


def _cold(
    cold: Mapping[str, Run], loads: Mapping[str, Mapping[str, Counter[str]]]
) -> Iterator[str]:
    yield "## Cold start\n"
    yield "On the master as it ships, writing nothing. Modules that were loaded: of the program (by"
    yield "rooms), of libraries, of Python itself.\n"
    yield "| process | CPU, s | MB | program | libraries | Python |\n|---|---:|---:|---|---|---|"
    for name, run in cold.items():
        kinds = loads.get(name, {})
        told = [_listed(kinds.get(kind, Counter())) for kind in ("ours", "libraries", "python")]
        yield f"| {name} | {run.cpu:.3f} | {run.memory:.0f} | {' | '.join(told)} |"
    yield ""


def _listed(modules: Counter[str]) -> str:
    """How many, and from where most."""
    most = ", ".join(f"{name} {count}" for name, count in modules.most_common(_MOST))
    return f"{modules.total()} ({most})" if modules else ""


def _exponent(runs: Mapping[int, Run]) -> float:
    """The slope of a straight line through the logarithms (least squares)."""
    points = [(math.log(units), math.log(run.cpu)) for units, run in runs.items()]
    x, y = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)
