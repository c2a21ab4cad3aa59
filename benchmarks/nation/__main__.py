"""`python -m benchmarks.nation CITIES [SEED [PROCESSES]]`: their rounds, and every edit's fate.

CITIES is how many, or 140-300 for those of these numbers, the last one left out: a run can be done
in parts. Prints what it made, how long each step took and where the cells that units typed are;
exit status 1 if one is lost or a second merge changed something.
"""

import os
import sys
import tempfile
import time
import warnings
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.nation.returns import Rates
from benchmarks.nation.soak import Soaked, soak


def main(cities: range, seed: int = 1, processes: int = 1) -> int:
    """Play the cities of these numbers; the exit status."""
    start, whole = time.perf_counter(), Soaked()
    with ProcessPoolExecutor(processes) as pool:
        for number, one in enumerate(pool.map(partial(_one, seed), cities), 1):
            whole += one
            if number % 10 == 0:
                print(f"{number} cities, {whole.counts['packs']} packs, {len(whole.lost)} lost")
                sys.stdout.flush()
    _print(whole, time.perf_counter() - start)
    return 1 if whole.lost or whole.again else 0


def _one(seed: int, number: int) -> Soaked:
    warnings.filterwarnings("ignore", module="openpyxl")  # it reads some of what offices damage
    with tempfile.TemporaryDirectory() as folder:
        return soak(Path(folder), seed, number, Rates())


def _print(whole: Soaked, wall: float) -> None:
    packs, shown = whole.counts["packs"], "{:16}{:>10}".format
    for name, number in (*sorted(whole.counts.items()), ("edits", whole.fates.total())):
        print(shown(name, number))
    for name, number in whole.fates.most_common():
        print(shown(f"  {name}", number))
    print(shown("  damage kinds", len(whole.damages)), shown("  damaged", whole.damages.total()))
    print(f"CPU, s{'':10}{'in all':>10}{'ms a pack':>12}")
    for name, seconds in whole.seconds.items():
        print(f"{name:16}{seconds:10.1f}{1000 * seconds / packs:12.1f}")
    print(f"wall {wall:.0f} s; load {os.getloadavg()[0]:.1f} at the end on {os.cpu_count()} cores")
    print(f"changed by a second merge: {whole.again}; lost edits: {len(whole.lost)}")
    for words in whole.lost[:20]:
        print(words)


if __name__ == "__main__":
    first, _, last = sys.argv[1].rpartition("-")
    sys.exit(main(range(int(first or 0), int(last)), *map(int, sys.argv[2:])))
