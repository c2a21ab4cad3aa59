"""How the product is found once it is installed: in the menu of programs, and by the command."""

import plistlib
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qcity_xl.adapters.disk import make_file, writing
from qcity_xl.addin.machine import Machine
from qcity_xl.core.errors import QcityError

_FOLDER = "质量强市"  # in the start menu
_OURS = "X-Qcity=true"  # a line by which an entry of ours is known
_BUNDLE = "qcity-xl.desk"  # the same of a program on a Mac


class NoEntries(QcityError):
    """Windows made no entry in the start menu."""

    def __init__(self, scripts: Path, why: object) -> None:
        """Say what else opens the window."""
        command = f'"{scripts / "qcity.exe"}" desk'
        super().__init__(f"开始菜单里没有放成“质量强市”（{why}）。窗口可以这样打开：{command}")


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the start menu: a program, what it is told, and what is said of it."""

    target: str
    arguments: str
    tip: str


def place_entries(machine: Machine, interpreter: Path) -> list[Path]:
    """The files put in place. Raises NoEntries, CannotWrite.

    On Windows two entries of the start menu: the window, and a command line that knows `qcity`. On
    Linux an entry of the menu, and the command in ~/.local/bin unless something is there. On a Mac
    a program in the user's own folder of programs, unless another one is there.
    """
    if machine.platform == "win32":
        return _start_menu(machine, interpreter.parent)
    if machine.platform == "darwin":
        return _program(machine, interpreter)
    entry, command = _entry(machine), _command(machine)
    make_file(entry, _desktop(interpreter).encode())
    own = interpreter.with_name("qcity")
    if not own.is_file() or (command.exists() and not command.is_symlink()):
        return [entry]
    with writing(command.name):
        command.parent.mkdir(parents=True, exist_ok=True)
        command.unlink(missing_ok=True)
        command.symlink_to(own)
    return [entry, command]


def placed_entries(machine: Machine) -> list[Path]:
    """What of ours is in place."""
    if machine.platform == "win32":
        return sorted(_menu(machine).glob("*.lnk"))
    if machine.platform == "darwin":
        return [_app(machine)] if _bundle(machine) == _BUNDLE else []
    if not _is_ours(_entry(machine)):
        return []
    command = _command(machine)
    return [_entry(machine), *([command] if command.is_symlink() else [])]


def take_entries(machine: Machine) -> list[Path]:
    """The files taken away. Raises CannotWrite."""
    there = placed_entries(machine)
    for path in there:
        with writing(path.name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    if there and machine.platform == "win32":
        with writing(_FOLDER):
            _menu(machine).rmdir()
    return there


def links(scripts: Path) -> Mapping[str, Link]:
    """Name in the start menu -> entry, for the folder of programs of an environment."""
    # The interpreter, too, without a console: -I keeps a csv.py beside the files from being run.
    window = Link(
        str(scripts / "pythonw.exe"),
        "-I -m qcity_xl desk",
        "按钮的窗口；把总表或收到的填报表拖到这里也行",
    )
    commands = Link(
        r"%SystemRoot%\System32\cmd.exe",
        f'/k "set "PATH={scripts};%PATH%" && qcity --help"',
        "能用 qcity 命令的命令行",
    )
    return {"质量强市": window, "质量强市命令行": commands}


def _start_menu(machine: Machine, scripts: Path) -> list[Path]:
    folder = _menu(machine)
    with writing(folder.name):
        folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, link in links(scripts).items():
        path = folder / f"{name}.lnk"
        try:
            machine.link(path, link.target, link.arguments, link.tip)
        except Exception as error:  # COM has errors of its own
            raise NoEntries(scripts, error) from error
        made.append(path)
    return made


def _program(machine: Machine, interpreter: Path) -> list[Path]:
    """A script and what says that it is a program: made here, it needs no signature."""
    app = _app(machine)
    if app.exists() and _bundle(machine) != _BUNDLE:
        return []
    contents = {
        "CFBundleExecutable": "qcity-desk",
        "CFBundleIdentifier": _BUNDLE,
        "CFBundleName": _FOLDER,
        "CFBundlePackageType": "APPL",
        "NSHighResolutionCapable": True,
    }
    script = app / "Contents" / "MacOS" / "qcity-desk"
    words = f"#!/bin/sh\nexec {shlex.quote(str(interpreter))} -I -m qcity_xl desk\n"
    make_file(app / "Contents" / "Info.plist", plistlib.dumps(contents))
    make_file(script, words.encode())
    with writing(script.name):
        script.chmod(0o755)
    return [app]


def _app(machine: Machine) -> Path:
    return machine.home / "Applications" / f"{_FOLDER}.app"


def _bundle(machine: Machine) -> str:
    try:
        found = plistlib.loads((_app(machine) / "Contents" / "Info.plist").read_bytes())
    except (OSError, plistlib.InvalidFileException, ValueError):
        return ""
    return str(found.get("CFBundleIdentifier", ""))


def _menu(machine: Machine) -> Path:
    return machine.roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / _FOLDER


def _entry(machine: Machine) -> Path:
    data = machine.environ.get("XDG_DATA_HOME") or machine.home / ".local" / "share"
    return Path(data, "applications", "qcity-desk.desktop")


def _command(machine: Machine) -> Path:
    return machine.home / ".local" / "bin" / "qcity"


def _is_ours(entry: Path) -> bool:
    try:
        return _OURS in entry.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False


def _desktop(interpreter: Path) -> str:
    quoted = str(interpreter)
    for letter in '\\"`$':
        quoted = quoted.replace(letter, f"\\{letter}")
    quoted = quoted.replace("\\", "\\\\").replace("%", "%%")  # once more, as a value of the file
    return "\n".join(
        [
            *("[Desktop Entry]", "Type=Application", "Name=质量强市", _OURS),
            "Comment=总表的按钮：拆分、回收、计分、清点佐证",
            f'Exec="{quoted}" -I -m qcity_xl desk %F',
            *("Terminal=false", "Icon=x-office-spreadsheet", "StartupWMClass=Qcity"),
            *("Categories=Office;Spreadsheet;", ""),
        ]
    )
