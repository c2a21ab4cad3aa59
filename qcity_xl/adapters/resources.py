"""Where the shipped workbooks are: in the package once installed, beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def _workbook(name: str) -> Path:
    installed = _PACKAGE / "workbook" / name
    return installed if installed.exists() else _PACKAGE.parent / "workbook" / name


def master_template() -> Path:
    """template.xlsx: the master's look and its embedded table."""
    return _workbook("template.xlsx")


def pack_template() -> Path:
    """pack.xlsx: the look of a unit's workbook."""
    return _workbook("pack.xlsx")


def manual() -> Path | None:
    """The clerk's manual, None where only the package itself is installed."""
    path = _PACKAGE.parent / "docs" / "使用手册.md"
    return path if path.exists() else None
