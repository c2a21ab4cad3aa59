"""Pictures of a click: the preview over the live workbook, what is told after it, the dashboard.

And of the window of buttons on a closed master.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.schema import CRITERIA
from tests.addin.conftest import caught_modules, run_calls
from tests.libreoffice.client import find_programs
from tests.live.engine.desk import Desk
from tests.live.fresh import attached, clicked
from tests.live.screen import Screen

_SIZE = "1440x900"
_TITLE = "重算得分"
_PAINTED = 1.0  # seconds that a program gets to paint a window that is in front
_ANSWERED = 12  # criteria that get an answer before the click


def make_screens(master: Path, pictures: Path) -> None:
    """Open the master on a screen, answer some criteria, press 重算得分, and look on."""
    (line,) = run_calls(caught_modules(), ["QcScore Nothing"], master)
    with (
        tempfile.TemporaryDirectory() as folder,
        Screen(_SIZE) as screen,
        Desk(find_programs(), screen.display) as desk,
    ):
        python = attached(Path(folder), desk)
        book, _ = desk.ask("open", path=str(master))
        screen.wait_for(master.name)
        desk.ask("act", book=book, actions=_answers(master))
        desk.ask("activate_sheet", book=book, sheet=CRITERIA.sheet)
        look = _camera(screen, pictures)
        with clicked(line, python, screen, Path(folder)) as click:
            look(_TITLE, "click-preview")
            click.answer(_TITLE, "Return")
            look(_TITLE, "click-done")
            click.answer(_TITLE, "Return")
            click.end()
        look(master.name, "click-dashboard")


def make_desk(master: Path, pictures: Path) -> None:
    """Show the window of buttons on a master."""
    with tempfile.TemporaryDirectory() as folder, Screen(_SIZE) as screen:
        # A tidy path for the picture, and a home where nothing is remembered.
        tidy = Path(folder, "质量强市")
        tidy.mkdir()
        (tidy / master.name).write_bytes(master.read_bytes())
        command = [sys.executable, "-m", "qcity_xl", "desk", str(tidy / master.name)]
        window = subprocess.Popen(command, env={**screen.environment, "HOME": folder}, cwd=folder)
        try:
            screen.wait_for("质量强市")
            time.sleep(_PAINTED)
            screen.picture(pictures / "desk.png", focused=True)
        finally:
            window.kill()
            window.wait()


def _answers(master: Path) -> list[dict[str, str]]:
    found = WorkbookFile.open(master).master
    rows = found.rows(CRITERIA).items()
    free = [key for key, row in rows if row.get("kind") == "达成" and not row.get("answer")]
    cells = (found.cell(CRITERIA, key, "answer") for key in free[:_ANSWERED])
    return [{"do": "set", "sheet": CRITERIA.sheet, "cell": c, "value": "达成"} for c in cells]


def _camera(screen: Screen, pictures: Path) -> Callable[[str, str], None]:
    def look(title: str, name: str) -> None:
        screen.wait_for(title)
        time.sleep(_PAINTED)
        screen.picture(pictures / f"{name}.png")

    return look
