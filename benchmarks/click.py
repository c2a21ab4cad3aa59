"""`python -m benchmarks.click`: how long a click takes, against an empty script of xlwings.

A click is the command line that the add-in starts, in a new interpreter, with the demo's master
open in LibreOffice on a screen that nobody sees. What stands on disk is as pip leaves it. Whoever
sits there presses the button in front as soon as a window is painted, so that no person's time is
counted, and a window's own is. Beside the time that passes stands what the process itself computes
(user and system), which another program's work does not change; Excel's share is not in it.
"""

import compileall
import datetime as dt
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.schema import CRITERIA
from qcity_xl.steps.demo import demo
from qcity_xl.steps.shared.outcome import Context
from tests.addin.conftest import caught_modules, named_by, replayed, run_calls
from tests.libreoffice.client import find_programs
from tests.live.engine.desk import Desk
from tests.live.fresh import environment
from tests.live.screen import Screen

_ROOT = Path(__file__).resolve().parents[1]
_ROUNDS = 11
_CHANGED = 20  # answers that were typed since the last click
_OPEN = (
    "import qcity_xl.ribbon; from qcity_xl.adapters.excel.session import caller, saved_path;"
    " from qcity_xl.adapters.excel.workbook import LiveWorkbook;"
    " book = caller(); live = LiveWorkbook(book, saved_path(book));"
)
_LOAD = "from qcity_xl.adapters.excel.session import load_xlwings as load; load"
_STAGES = {  # what each adds to the one above is its share
    "an interpreter that does nothing": "pass",
    "  and loads xlwings": f"{_LOAD}()",
    "  and the buttons": f"import qcity_xl.ribbon; {_LOAD}(); import qcity_xl.steps.score",
    "  and reads the whole master": f"{_OPEN} dict(live.master.tables)",
    "  and scores without writing": f"{_OPEN} from qcity_xl.steps.score import score;"
    " from qcity_xl.steps.shared.outcome import Context; import datetime as dt;"
    " score(live, Context(dt.datetime.now(), 'bench', True))",
}
Spent = tuple[float, float]  # ms that passed, ms of the process itself
_PRESSES = """
import sys
from importlib.machinery import PathFinder

class AfterTkinter:
    def find_spec(self, name, *_):
        if name != "tkinter":
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name)
        run = spec.loader.exec_module
        def exec_module(module):
            run(module)
            wait = module.Misc.mainloop
            def mainloop(window, n=0):
                window.update()
                window.after(0, lambda: window.focus_lastfor().invoke())
                wait(window, n)
            module.Misc.mainloop = mainloop
        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, AfterTkinter())
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name, Screen() as screen:
        folder = Path(name)
        demo(folder / "演示", Context(dt.datetime(2016, 11, 22, 9, 30), "bench"))
        master = folder / "演示" / "总表.xlsx"
        (line,) = run_calls(caught_modules(), ["QcScore Nothing"], master)
        with Desk(find_programs(), screen.display) as desk:
            number, _ = desk.ask("open", path=str(master))
            bare = _bare(folder / "xlwings")
            ours = str(_ours(folder / "ours", desk))
            click = replayed(line, ours)
            around = {**screen.environment, **named_by(line)}
            at = click.index("-c") + 1
            type_answers = _typist(desk, number, master)
            runs: dict[str, Callable[[], Spent]] = {
                "bare": lambda: _run([bare, "-c", "import xlwings"], around),
                **{
                    title: lambda c=code: _run([*click[:at], c, *click[at + 1 :]], around)  # type: ignore[misc]  # a default binds the loop's value
                    for title, code in _STAGES.items()
                },
                "click, nothing to change": lambda: _run(click, around),
                "click, with changes": lambda: _run(click, around),
            }
            times: dict[str, list[Spent]] = {title: [] for title in runs}
            _run(click, around)
            for _ in range(_ROUNDS):
                for title, run in runs.items():
                    if title.endswith("with changes"):
                        type_answers()
                    times[title].append(run())
    for number, words in enumerate(("ms that pass", "ms computed by the process")):
        _print(
            words, {t: statistics.median(s[number] for s in spent) for t, spent in times.items()}
        )


def _print(words: str, medians: Mapping[str, float]) -> None:
    print(f"{words:34}{'':9}  {'instead':28}{'':9}{'ratio':>8}")
    for title, mine in medians.items():
        if title != "bare":
            instead = medians["bare"]
            print(
                f"{title:34}{mine:9.1f}  {'import xlwings':28}{instead:9.1f}{mine / instead:8.2f}"
            )


def _bare(folder: Path) -> str:
    """The interpreter of an environment that has xlwings alone, no pandas and no numpy."""
    site = folder / "site"
    site.mkdir(parents=True)
    (site / "xlwings").symlink_to(Path(sysconfig.get_path("purelib"), "xlwings"))
    return str(environment(folder / "env", str(site)))


def _ours(folder: Path, desk: Desk) -> Path:
    """That of one with this package, compiled as pip does it; the desk is its Excel."""
    site = folder / "site"
    ignored = shutil.ignore_patterns("__pycache__")
    for part in ("qcity_xl", "tests/live/engine"):
        shutil.copytree(_ROOT / part, site / part, ignore=ignored)
    for package in ("tests", "tests/live"):
        shutil.copy(_ROOT / package / "__init__.py", site / package)
    (site / "presses.py").write_text(_PRESSES, encoding="utf-8")
    compileall.compile_dir(site, quiet=1)
    start = f"import tests.live.engine.attach as start; start.when_imported({str(desk.door)!r})"
    lines = (str(site), sysconfig.get_path("purelib"), "import presses", start)
    return environment(folder / "env", *lines)


def _typist(desk: Desk, number: str, master: Path) -> Callable[[], None]:
    """Types other answers, each time it is called, into the first criteria that say 达成 or not."""
    found = WorkbookFile.open(master).master
    keys = [key for key, row in found.rows(CRITERIA).items() if row.get("kind") == "达成"]
    places = [found.cell(CRITERIA, key, "answer") for key in keys[:_CHANGED]]
    words = ["未达成", "达成"]

    def type_them() -> None:
        words.reverse()
        one = {"do": "set", "sheet": CRITERIA.sheet, "value": words[0]}
        desk.ask("act", book=number, actions=[{**one, "cell": place} for place in places])

    return type_them


def _run(command: list[str], around: Mapping[str, str]) -> Spent:
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env=around, capture_output=True, check=True)
    if done.stderr:
        sys.exit(done.stderr.decode())
    passed, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    own = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return passed * 1000, own * 1000


if __name__ == "__main__":
    main()
