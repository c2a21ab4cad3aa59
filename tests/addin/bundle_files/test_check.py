"""The script of the folder: whether Python fits and the files came over whole."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.addin.conftest import PYTHON, wheels_in

AS_ON_WINDOWS = """
import runpy, sys, sysconfig
sys.version_info = (*map(int, sys.argv[2].split(".")), 0)
sysconfig.get_platform = lambda: sys.argv[3]
sys.base_prefix = sys.argv[4]
runpy.run_path(sys.argv[1], run_name="__main__")
"""


def checked(
    folder: Path, version: str = PYTHON, platform: str = "win-amd64", home: str = r"C:\Python"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", AS_ON_WINDOWS, str(folder / "check.py"), version, platform, home],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_whole_folder_passes_on_the_python_that_it_is_for(folder: Path) -> None:
    done = checked(folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("version", "platform", "home"),
    [
        ("3.10", "win-amd64", r"C:\Python"),
        ("3.12", "win-amd64", r"C:\Python"),
        (PYTHON, "win32", r"C:\Python"),
        (PYTHON, "win-arm64", r"C:\Python"),
        (PYTHON, "win-amd64", r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.11"),
    ],
)
def test_another_python_does_not_fit(folder: Path, version: str, platform: str, home: str) -> None:
    assert checked(folder, version, platform, home).returncode == 1


def test_a_damaged_or_missing_file_is_named(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "拷 贝"
    shutil.copytree(folder, copy)
    with (copy / "qcity.xlam").open("r+b") as file:
        file.seek(100)
        file.write(b"?")
    wheel = wheels_in(copy)[0]
    wheel.unlink()
    done = checked(copy)
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout == (
        f"安装文件夹不完整或传坏了：qcity.xlam、wheels/{wheel.name}。请重新拷贝整个文件夹再装。\n"
    )
