"""Putting the add-in where Excel loads it, and taking exactly that away again."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qcity_xl.adapters.disk import load_bytes, make_file, writing
from qcity_xl.adapters.ooxml.errors import NotReplaced
from qcity_xl.addin.build import FILE_NAME, build, read_settings
from qcity_xl.addin.launcher import PROJECT_NAME, applescript, applescript_name
from qcity_xl.addin.machine import Machine
from qcity_xl.core.errors import AlreadyThere, CannotWrite, FileUnreadable, QcityError

_HELD = (errno.EACCES, errno.EPERM, errno.EBUSY)


class ExcelHoldsIt(QcityError):
    """The system does not give the file away: on Windows, Excel has its add-ins open."""

    def __init__(self, path: Path) -> None:
        """Say to close Excel."""
        super().__init__(
            f"“{path.name}”正被占用，没有改动：多半是 Excel 开着。请关闭所有 Excel 窗口，再运行"
            f"一次；没有开着的，请检查文件夹的权限：{path.parent}"
        )


def install(machine: Machine, interpreter: str, file: Path | None = None) -> list[Path]:
    """The files put in place; with `file` that add-in is used, else one is built.

    An older one of ours is replaced, a foreign file of the same name is not. Raises AlreadyThere,
    CannotWrite, ExcelHoldsIt, FileUnreadable, NoExcelHere, and what `build` raises.
    """
    target = machine.startup / FILE_NAME
    if target.exists() and not is_ours(target):
        raise AlreadyThere(str(target))
    if file is not None and not is_ours(file):
        raise FileUnreadable(file.name, "不是本工具的加载项")
    content = {target: build(interpreter) if file is None else load_bytes(file)}
    if machine.platform == "darwin":
        content[machine.scripts / applescript_name()] = applescript().encode()
    for path, data in content.items():
        with _placing(path):
            make_file(path, data)
    for path in installed(machine):
        if path not in content:  # the script of an older xlwings
            _remove(path)
    return list(content)


def uninstall(machine: Machine) -> list[Path]:
    """The files taken away: ours alone. Raises CannotWrite, ExcelHoldsIt, NoExcelHere."""
    removed = installed(machine)
    for path in removed:
        _remove(path)
    return removed


def installed(machine: Machine) -> list[Path]:
    """What of ours is in place."""
    target = machine.startup / FILE_NAME
    found = [target] if is_ours(target) else []
    if machine.platform == "darwin":
        found += sorted(machine.scripts.glob(f"{PROJECT_NAME}-*.applescript"))
    return found


def is_ours(path: Path) -> bool:
    """Whether an add-in file was built by this product, in any version."""
    return "QCITY_VERSION" in read_settings(path)


def _remove(path: Path) -> None:
    with _placing(path), writing(path.name):
        path.unlink()


@contextmanager
def _placing(path: Path) -> Iterator[None]:
    try:
        yield
    except CannotWrite as error:
        why = error.__cause__
        if isinstance(why, NotReplaced) or (isinstance(why, OSError) and why.errno in _HELD):
            raise ExcelHoldsIt(path) from error
        raise
