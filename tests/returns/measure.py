"""Read hostile files, each in a child of its own: python -m tests.returns.measure PACK NAME...

Prints a JSON line for each: name, what was said ("" if it was read), megabytes above the start,
seconds of processor time, both with those of the processes that reading starts; a child that dies
says so.
"""

import json
import os
import resource
import sys
from pathlib import Path

from qcity_xl.adapters.packs import NotAPack, read_pack, unlocked
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.merge.repair import mend
from tests.returns.hostile import HOSTILE, PASSWORDS


def main(arguments: list[str]) -> None:
    """Measure the named files, made from the pack at the first argument."""
    pack = Path(arguments[0]).read_bytes()
    read_pack(pack, Limits())  # imports and caches are not the file's doing
    for name in arguments[1:]:
        data = HOSTILE[name][0](pack)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writing, json.dumps(_measured(data)).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as answer:
            said = answer.read()
        os.waitpid(child, 0)
        sys.stdout.write(json.dumps([name, *(json.loads(said) if said else ["died", 0, 0])]) + "\n")


def _measured(data: bytes) -> tuple[str, int, float]:
    before, start = _peak(), sum(os.times()[:4])
    try:
        pack = read_pack(unlocked(data, PASSWORDS, Limits()).data, Limits())
        mend(pack, pack.base)
        said = ""
    except NotAPack as error:
        said = str(error)
    most = max(_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return said, (most - before) >> 10, sum(os.times()[:4]) - start


def _peak() -> int:
    """The most kilobytes of this process so far: a fork's own, unlike ru_maxrss."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    main(sys.argv[1:])
