"""A command run in a process of its own: CPU and wall seconds, the most memory that it held."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds and megabytes; of several runs the medians, and how many they were."""

    cpu: float
    wall: float
    memory: float
    runs: int = 1


# Started from a process that holds nothing: a child's peak begins at what its parent holds.
_LAUNCHER = """
import json, os, subprocess, sys, time
start = time.perf_counter()
command = [sys.executable, "-W", "ignore", "-m", *sys.argv[1:]]
child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
child.returncode = os.waitstatus_to_exitcode(status)
wall = time.perf_counter() - start
print(json.dumps([child.returncode, used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024]))
"""


def run(arguments: Sequence[str]) -> Run:
    """`python -m` these arguments, once. Its result must be that of a step that did its work."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, *arguments], capture_output=True, check=True
    )
    code, *used = json.loads(done.stdout)
    if code not in (0, 1):  # 1: done, something is left to do
        sys.exit(f"{' '.join(arguments)}: {code}\n{done.stderr.decode()}")
    return Run(*used)


def in_turn(
    jobs: Sequence[tuple[Callable[[], None], Sequence[str]]], rounds: int, seconds: float
) -> list[Run]:
    """The medians of each of these jobs, run in turn so that what else runs here meets all alike.

    A job is what makes it ready, which does not count, and its arguments. It is not run again once
    it has taken so many `seconds` in all.
    """
    found: list[list[Run]] = [[] for _ in jobs]
    for _ in range(rounds):
        for kept, (ready, arguments) in zip(found, jobs, strict=True):
            if sum(one.cpu for one in kept) < seconds:
                ready()
                kept.append(run(arguments))
    return [
        Run(
            statistics.median(one.cpu for one in runs),
            statistics.median(one.wall for one in runs),
            statistics.median(one.memory for one in runs),
            len(runs),
        )
        for runs in found
    ]
