"""install.cmd, run by a cmd.exe (that of Wine); what it starts is written down.

There is no Python for Windows here: in its place stands a program that notes how it was called,
makes an environment when asked for one, and fails when told to.
"""

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import distlib
import pytest

from qcity_xl.addin.bundle import INTERPRETER, scripts
from tests.tools import held, program

PYTHON = "3.11"
CHECK, VENV, PIP, INSTALL, DOCTOR = "check.py", "venv", "pip", "--file", "doctor"
STAND_IN = r"""@echo off
>>C:\calls.txt echo %*
:next
if "%~1"=="" exit /b 0
if "%~nx1"=="%FAIL_AT%" exit /b %FAIL_WITH%
if "%~1"=="venv" goto venv
shift
goto next
:venv
mkdir "%~2\Scripts"
copy C:\python.exe "%~2\Scripts\python.exe" >nul
exit /b 0
"""


def stand_in() -> bytes:
    """A Windows program that runs the stand-in: the one that pip makes commands of."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("__main__.py", "")
    launcher = Path(distlib.__file__).with_name("t64.exe").read_bytes()
    return (
        launcher
        + b"#!C:\\windows\\system32\\cmd.exe /d /c C:\\stand-in.cmd\r\n"
        + archive.getvalue()
    )


@dataclass(frozen=True)
class Outcome:
    """How an installation ended: exit status, what was shown, which programs were started."""

    status: int
    shown: str
    calls: list[str]


@dataclass(frozen=True)
class Computer:
    """A Windows of Wine, with the disk C: below `prefix`."""

    prefix: Path
    wine: str  # the program

    @property
    def disk(self) -> Path:
        return self.prefix / "drive_c"

    @property
    def base(self) -> Path:
        user = next(p for p in (self.disk / "users").iterdir() if p.name != "Public")
        return user / "AppData" / "Local" / "qcity_xl"

    @property
    def startup(self) -> Path:
        return self.base.parents[1] / "Roaming" / "Microsoft" / "Excel" / "XLSTART"

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[bytes]:
        own = {"WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            command,
            env={**os.environ, **own, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )

    def install(
        self, folder: Path, fail_at: str = "", fail_with: int = 1, before: tuple[str, ...] = ()
    ) -> Outcome:
        """Run the install.cmd of a folder, and `before` in front of it."""
        notes = self.disk / "calls.txt"
        notes.unlink(missing_ok=True)
        inside = ("sh", "-c", 'cd "$0" && exec "$@"', str(folder))
        command = (*before, *inside, self.wine, "cmd", "/d", "/c", "install.cmd", "/q")
        done = self.run(*command, FAIL_AT=fail_at, FAIL_WITH=str(fail_with))
        calls = notes.read_bytes().decode("utf-8", "replace").splitlines() if notes.exists() else []
        shown = done.stdout.decode("utf-8", "replace").replace("\r", "").strip()
        return Outcome(done.returncode, shown, [" ".join(line.split()) for line in calls])


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Computer]:
    made = Computer(tmp_path_factory.mktemp("wine") / "prefix", program("wine", "wine"))
    made.run(made.wine, "wineboot", "-i")
    (made.disk / "python.exe").write_bytes(stand_in())
    (made.disk / "stand-in.cmd").write_bytes(STAND_IN.replace("\n", "\r\n").encode())
    yield made
    made.run("wineserver", "-k")


@pytest.fixture
def computer(windows: Computer) -> Computer:
    """With Python and its launcher, and nothing of ours."""
    for ours in (windows.base, windows.startup):
        shutil.rmtree(ours, ignore_errors=True)
    shutil.copy(windows.disk / "python.exe", windows.disk / "windows" / "py.exe")
    (windows.disk / "windows" / "python.exe").unlink(missing_ok=True)
    return windows


@pytest.fixture
def folder(computer: Computer, tmp_path: Path) -> Path:
    """The install folder, under a name that a careless script would trip over."""
    made = computer.disk / tmp_path.name / "install & (1) 50! ^x's"
    made.mkdir(parents=True)
    for name, data in scripts(PYTHON).items():
        (made / name).write_bytes(data)
    return made


@pytest.fixture
def older(computer: Computer) -> Path:
    """An environment from before, known by a file in it."""
    mark = computer.base / "env" / "older"
    mark.parent.mkdir(parents=True)
    mark.touch()
    return mark


def told(name: str) -> str:
    return scripts(PYTHON)[f"{name}.txt"].decode().strip()


def test_it_checks_makes_installs_places_and_examines(computer: Computer, folder: Path) -> None:
    outcome = computer.install(folder)
    here = rf"C:\{folder.parent.name}\{folder.name}"
    user = computer.base.parents[2].name
    env = rf"C:\users\{user}\AppData\Local\qcity_xl\env"
    python = INTERPRETER.replace("%LOCALAPPDATA%", rf"C:\users\{user}\AppData\Local")
    assert outcome.calls == [
        rf'"C:\windows\py.exe" -{PYTHON} -I -X utf8 "{here}\check.py"',
        rf'"C:\windows\py.exe" -{PYTHON} -I -m venv "{env}"',
        rf'"{python}" -I -m pip --isolated --quiet install --no-index --find-links "{here}\wheels"'
        rf' --require-hashes -r "{here}\requirements.txt"',
        rf'"{python}" -I -m qcity_xl addin install --file "{here}\qcity.xlam"',
        rf'"{python}" -I -m qcity_xl addin doctor',
    ]
    assert (outcome.status, outcome.shown.splitlines()[-1]) == (0, told("done"))
    assert [path.name for path in computer.base.iterdir()] == ["env"]


def test_a_folder_with_a_chinese_name(computer: Computer, folder: Path) -> None:
    outcome = computer.install(folder.rename(folder.with_name("质量强市 离线安装（新）")))
    assert outcome.status == 0
    assert outcome.shown == f"{told('start')}\n{told('done')}"


def test_again_makes_it_anew(computer: Computer, folder: Path, older: Path) -> None:
    assert computer.install(folder).status == 0
    assert not older.exists()
    assert [path.name for path in computer.base.iterdir()] == ["env"]


@pytest.mark.parametrize("step", [VENV, PIP, INSTALL])
def test_what_fails_leaves_the_older_environment(
    step: str, computer: Computer, folder: Path, older: Path
) -> None:
    outcome = computer.install(folder, fail_at=step)
    assert (outcome.status, outcome.shown) == (3, f"{told('start')}\n{told('failed')}")
    assert list(computer.base.rglob("*")) == [older.parent, older]


def test_after_being_killed_half_way_the_older_environment_comes_back(
    computer: Computer, folder: Path, older: Path
) -> None:
    older.parent.rename(computer.base / "env.old")
    (computer.base / "env" / "half").mkdir(parents=True)
    assert computer.install(folder, fail_at=PIP).status == 3
    assert list(computer.base.rglob("*")) == [older.parent, older]
    older.parent.rename(computer.base / "env.old")
    assert computer.install(folder).status == 0
    assert [path.name for path in computer.base.iterdir()] == ["env"]


def test_an_environment_in_use_is_not_touched(
    computer: Computer, folder: Path, older: Path
) -> None:
    outcome = computer.install(folder, before=held(older.parent))
    assert (outcome.status, outcome.shown) == (3, f"{told('start')}\n{told('in-use')}")
    assert "关闭所有 Excel" in outcome.shown
    assert list(computer.base.rglob("*")) == [older.parent, older]


def test_while_excel_is_open_nothing_is_begun(
    computer: Computer, folder: Path, older: Path
) -> None:
    placed = computer.startup / "qcity.xlam"
    placed.parent.mkdir(parents=True, exist_ok=True)
    placed.write_bytes(b"the add-in")
    outcome = computer.install(folder, before=held(placed))
    assert (outcome.status, outcome.shown, len(outcome.calls)) == (3, told("in-use"), 1)
    assert list(computer.base.rglob("*")) == [older.parent, older]
    (placed.parent / "qcity.old").touch()  # of one that was killed just then
    assert computer.install(folder).status == 0
    assert {path.name: path.read_bytes() for path in placed.parent.iterdir()} == {
        "qcity.xlam": b"the add-in"
    }


def test_what_the_examination_finds_is_not_called_success(computer: Computer, folder: Path) -> None:
    outcome = computer.install(folder, fail_at=DOCTOR)
    assert (outcome.status, outcome.shown.splitlines()[-1]) == (1, told("not-well"))
    assert (computer.base / "env").exists()


def test_damaged_files_stop_it_before_anything_is_made(computer: Computer, folder: Path) -> None:
    outcome = computer.install(folder, fail_at=CHECK, fail_with=3)
    assert (outcome.status, outcome.shown) == (3, told("failed"))
    assert len(outcome.calls) == 1
    assert not computer.base.exists()


def test_without_the_launcher_python_itself_is_asked(computer: Computer, folder: Path) -> None:
    programs = computer.disk / "windows"
    (programs / "py.exe").rename(programs / "python.exe")
    outcome = computer.install(folder)
    assert outcome.status == 0
    assert [line.split('" ')[0] for line in outcome.calls[:2]] == [r'"C:\windows\python.exe'] * 2


@pytest.mark.parametrize("present", [True, False])
def test_no_python_that_fits(computer: Computer, folder: Path, present: bool) -> None:
    if not present:
        (computer.disk / "windows" / "py.exe").unlink()
    outcome = computer.install(folder, fail_at=CHECK, fail_with=1)
    assert (outcome.status, outcome.shown) == (2, told("no-python"))
    assert PYTHON in outcome.shown
    assert not computer.base.exists()


def test_started_inside_an_archive_it_says_to_unpack(computer: Computer, folder: Path) -> None:
    for path in folder.iterdir():
        if path.name != "install.cmd":
            path.unlink()
    outcome = computer.install(folder)
    assert (outcome.status, outcome.calls) == (3, [])
    # Wine reads a batch file in another code page than Windows, so the sentence is looked up.
    last = (folder / "install.cmd").read_bytes().partition(b":not_unpacked\r\n")
    assert last[0].isascii()
    assert last[2].decode().startswith("echo 没有装：这里缺文件。请先把整个压缩包解压")
