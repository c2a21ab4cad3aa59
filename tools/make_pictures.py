"""Pictures for the manual: `make pictures` plays the demo, prints pages and presses a button."""

import datetime as dt
import subprocess
import tempfile
from pathlib import Path

from qcity_xl.adapters.office import convert
from qcity_xl.steps.demo import demo
from qcity_xl.steps.report import report
from qcity_xl.steps.shared.outcome import Context
from tools.make_pages import DOCS
from tools.make_screens import make_desk, make_screens

PICTURES = DOCS / "pictures"
_DPI = 90
# Sheet, file name, height of the part to show in inches: the rest of a page says no more.
_MASTER = (
    ("看板", "dashboard", 11.2),
    ("指标", "indicators", 6),
    ("得分点", "criteria", 6),
    ("冲突", "conflicts", 4),
    ("待定事项", "rulings", 6),
)
_PACK = (("本轮任务", "pack", 6), ("自评", "pack-criteria", 6), ("佐证", "pack-evidence", 5))


def main() -> None:
    """Make all pictures anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "演示"
        context = Context(dt.datetime.now(), "张三")  # 看板 counts days up to that of the printing
        demo(folder, context)
        pack = next((folder / "2 下发").glob("*市农委*"))
        for workbook, wanted in ((folder / "总表.xlsx", _MASTER), (pack, _PACK)):
            pdf = convert(workbook, "pdf", Path(name))
            for sheet, picture, height in wanted:
                _picture(pdf, _page_of(pdf, sheet), PICTURES / picture, height)
        made = report(folder / "总表.xlsx", context, ["通报", "网页"], Path(name)).data["files"]
        _picture(convert(Path(made[0]), "pdf", Path(name)), 1, PICTURES / "bulletin", 12)
        _shot(Path(made[1]), PICTURES / "page.png")
        make_screens(folder / "总表.xlsx", PICTURES)
        make_desk(folder / "总表.xlsx", PICTURES)


def _page_of(pdf: Path, sheet: str) -> int:
    """The first page with this sheet's name in its footer."""
    text = _output("pdftotext", "-layout", str(pdf), "-")
    pages = [page.strip().splitlines() for page in text.split("\f")]
    return next(n for n, lines in enumerate(pages, 1) if lines and sheet in lines[-1].split())


def _picture(pdf: Path, page: int, target: Path, height: float) -> None:
    crop = ("-x", "0", "-y", "0", "-W", "99999", "-H", str(int(height * _DPI)))
    pages = ("-f", str(page), "-l", str(page), "-singlefile")
    _output("pdftoppm", "-r", str(_DPI), "-png", *pages, *crop, str(pdf), str(target))


def _shot(page: Path, target: Path) -> None:
    """A page as a browser shows it on the usual small screen."""
    look = ("--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1366,768")
    _output("chromium", *look, f"--screenshot={target}", page.as_uri())


def _output(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


if __name__ == "__main__":
    main()
