"""The computer that the add-in is installed on: system, home folder, what Windows has on record."""

import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from qcity_xl.core.errors import QcityError

EXCEL_RUNS_ON = ("win32", "darwin")
RegistryLookup = Callable[
    [str, str], object
]  # key of the user or of all users, name -> value or None
Linker = Callable[[Path, str, str, str], None]  # where, target, arguments, tip
_CLASSES = r"Software\Classes"


class NoExcelHere(QcityError):
    """Excel runs on Windows and Mac alone."""

    def __init__(self) -> None:
        """Say what is possible here."""
        super().__init__(
            "功能区按钮只能装在 Windows 或 Mac 的 Excel 上。"
            "在这里可以用 qcity addin build 生成加载项，或直接用命令。"
        )


def _link(path: Path, target: str, arguments: str, tip: str) -> None:
    """Make a shortcut as the shell of Windows does."""
    from win32com.client import Dispatch

    link = Dispatch("WScript.Shell").CreateShortcut(str(path))
    link.TargetPath, link.Arguments, link.Description = target, arguments, tip
    link.WorkingDirectory = "%USERPROFILE%"
    link.Save()


def _nothing(_key: str, _name: str) -> object:
    return None


@dataclass(frozen=True, slots=True)
class Machine:
    """A computer as one user sees it; `platform` is that of `sys.platform`, `root` its disk."""

    platform: str
    home: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    registry: RegistryLookup = field(default=_nothing)
    root: Path = Path("/")
    link: Linker = field(default=_link)

    @property
    def roaming(self) -> Path:
        """On Windows, the user's folder for programs that follows him."""
        return Path(self.environ.get("APPDATA") or self.home / "AppData" / "Roaming")

    @property
    def startup(self) -> Path:
        """The folder whose add-ins Excel opens by itself. Raises NoExcelHere."""
        if self.platform == "win32":
            return self.roaming / "Microsoft" / "Excel" / "XLSTART"
        if self.platform == "darwin":
            office = "Library/Group Containers/UBF8T346G9.Office/User Content.localized"
            return self.home / office / "Startup.localized" / "Excel"
        raise NoExcelHere

    @property
    def scripts(self) -> Path:
        """On a Mac, the folder from which Excel may run scripts."""
        return self.home / "Library" / "Application Scripts" / "com.microsoft.Excel"

    def expanded(self, path: str) -> Path:
        """A path with its %NAME% filled in."""
        return Path(re.sub("%(.+?)%", lambda m: self.environ.get(m[1].upper(), m[0]), path))

    def excel(self) -> Path | None:
        """Excel's program, if it is where it is usually put."""
        if self.platform == "darwin":
            places = [self.root / "Applications" / "Microsoft Excel.app"]
        else:
            names = ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)")
            folders = [Path(self.environ[name]) for name in names if name in self.environ]
            patterns = (
                "Microsoft Office*/*/Office*/EXCEL.EXE",
                "Microsoft Office*/Office*/EXCEL.EXE",
            )
            places = [path for f in folders for pattern in patterns for path in f.glob(pattern)]
        return next((path for path in places if path.exists()), None)

    def excel_server(self) -> str:
        """The command by which Windows starts what scripts ask for as Excel, "" for none.

        WPS puts itself there when it is installed.
        """
        name = self.registry(rf"{_CLASSES}\Excel.Application\CLSID", "")
        for classes in (_CLASSES, rf"{_CLASSES}\WOW6432Node"):
            found = self.registry(rf"{classes}\CLSID\{name}\LocalServer32", "")
            if isinstance(found, str) and found:
                return found
        return ""


def this_machine() -> Machine:
    """The one that this program runs on."""
    return Machine(sys.platform, Path.home(), {k.upper(): v for k, v in os.environ.items()}, _value)


def _value(key: str, name: str) -> object:
    if sys.platform != "win32":
        return None
    import winreg

    # A policy for all users is no policy for Office; a program is mostly there for all.
    roots = (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE)
    for root in roots if key.startswith(_CLASSES) else roots[:1]:
        with suppress(OSError), winreg.OpenKey(root, key) as handle:
            return winreg.QueryValueEx(handle, name)[0]
    return None
