"""What is shipped beside the code: in the package once installed, beside it in a checkout."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def _shipped(*names: str) -> Path:
    installed = _PACKAGE.joinpath(*names)
    return installed if installed.exists() else _PACKAGE.parent.joinpath(*names)


def master_template() -> Path:
    """template.xlsx: the master's look and its embedded table."""
    return _shipped("workbook", "template.xlsx")


def former_boards() -> dict[str, Path]:
    """The 看板 of each earlier version, by its number."""
    return {path.stem: path for path in sorted(_shipped("workbook", "boards").glob("*.xlsx"))}


def pack_template() -> Path:
    """pack.xlsx: the look of a unit's workbook."""
    return _shipped("workbook", "pack.xlsx")


def paper_template(name: str) -> Path:
    """A template of a paper in Word, such as 通报."""
    return _shipped("workbook", "papers", f"{name}.docx")


def macros_folder() -> Path:
    """macros/: the ribbon and its VBA as text."""
    return _shipped("macros")


def manual() -> Path:
    """The clerk's manual, for a browser; its pictures and the other pages lie beside it."""
    return _shipped("docs", "使用手册.html")


def show_file(path: Path) -> bool:
    """Whether the system opened it in the program that is for such files."""
    if sys.platform == "win32":
        return show_page(path)
    import subprocess

    opener = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        subprocess.Popen(  # noqa: S603 - the system's own, and the file is no option of it
            [opener, str(path.resolve())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def show_page(page: Path) -> bool:
    """Whether the system opened it in its browser."""
    if sys.platform == "win32":  # by path: some browsers there misread a Chinese file: address
        import os

        try:
            os.startfile(page)  # noqa: S606 - our own page, in the program that the user chose
        except OSError:
            return False
        return True
    import webbrowser

    return webbrowser.open(page.as_uri())
