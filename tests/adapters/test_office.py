"""The converter, with the real LibreOffice where it matters and small scripts for its failures."""

import os
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from qcity_xl.adapters import office
from qcity_xl.adapters.office import OfficeFailed, convert, find_soffice
from qcity_xl.core.errors import QcityError

needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="stand-ins are shell scripts")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    folder = tmp_path / "质量强市 资料"
    folder.mkdir()
    path = folder / "总表 第1轮 100%#.v2.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "任务"
    sheet.append(["编号", "工作任务"])
    sheet.append(["13.10", "建立首席质量官制度"])
    book.save(path)
    return path


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a shell script in LibreOffice's place, first on PATH."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("soffice")
def test_a_workbook_becomes_a_pdf_under_its_own_name(workbook: Path, tmp_path: Path) -> None:
    made = convert(workbook, "pdf", tmp_path / "输出 目录")
    assert made == tmp_path / "输出 目录" / "总表 第1轮 100%#.v2.pdf"
    assert made.read_bytes().startswith(b"%PDF-")
    assert list(made.parent.iterdir()) == [made]


@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize("to", ["ods", "xls", "xlsx"])
def test_values_survive_the_conversion(workbook: Path, tmp_path: Path, to: office.Format) -> None:
    made = convert(workbook, to, tmp_path / "out")
    sheet = python_calamine.load_workbook(made).get_sheet_by_name("任务")
    assert sheet.to_python() == [["编号", "工作任务"], ["13.10", "建立首席质量官制度"]]


@pytest.mark.usefixtures("soffice")
def test_an_older_result_is_replaced(workbook: Path, tmp_path: Path) -> None:
    old = tmp_path / f"{workbook.stem}.pdf"
    old.write_bytes(b"old")
    assert convert(workbook, "pdf", tmp_path).read_bytes().startswith(b"%PDF-")


def test_the_source_is_never_overwritten(workbook: Path) -> None:
    before = workbook.read_bytes()
    with pytest.raises(OfficeFailed, match="会覆盖原文件"):
        convert(workbook, "xlsx", workbook.parent)
    assert workbook.read_bytes() == before


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(OfficeFailed, match=r"找不到要转换的文件.*没有\.xlsx"):
        convert(tmp_path / "没有.xlsx", "pdf", tmp_path)


def test_without_libreoffice_the_user_learns_what_to_install(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: None)
    with pytest.raises(QcityError, match="请安装 LibreOffice"):
        convert(workbook, "pdf", tmp_path)


@needs_shell
def test_a_fresh_profile_is_started_again(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = tmp_path / "starts"
    stand_in(
        tmp_path,
        f'echo x >> "{starts}"\n[ $(wc -l < "{starts}") = 1 ] && exit 81\n'
        'while [ "$1" != --outdir ]; do shift; done\n'
        'echo made > "$2/$(basename "$3" .xlsx).pdf"',
        monkeypatch,
    )
    made = convert(workbook, "pdf", tmp_path / "out")
    assert made.read_text(encoding="utf-8") == "made\n"
    assert starts.read_text(encoding="utf-8") == "x\nx\n"


@needs_shell
def test_no_result_is_a_failure_whatever_the_status_says(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "echo 'Error: source file could not be loaded'; exit 0", monkeypatch)
    with pytest.raises(OfficeFailed, match=r"没能把.*转换为 pdf.*source file could not be loaded"):
        convert(workbook, "pdf", tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


@needs_shell
def test_a_program_that_cannot_start_is_told(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "soffice"
    broken.write_bytes(b"\x7fELF")
    broken.chmod(0o755)
    monkeypatch.setattr(office, "find_soffice", lambda: broken)
    with pytest.raises(OfficeFailed, match="无法启动"):
        convert(workbook, "pdf", tmp_path)


@needs_shell
def test_a_program_that_hangs_is_ended_with_its_children(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = tmp_path / "pid"
    stand_in(tmp_path, f'sleep 600 & echo $! > "{pid}"; wait', monkeypatch)
    with pytest.raises(OfficeFailed, match="超过 1 秒"):
        convert(workbook, "pdf", tmp_path / "out", timeout=1)
    deadline = time.monotonic() + 10
    while _runs(pid.read_text(encoding="utf-8").strip()):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _runs(pid: str) -> bool:
    said = subprocess.run(
        ["/bin/ps", "-o", "stat=", "-p", pid], capture_output=True, text=True, check=False
    ).stdout.strip()
    return said != "" and not said.startswith("Z")


@needs_shell
def test_path_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, "", monkeypatch)
    assert find_soffice() == tmp_path / "bin" / "soffice"


def test_then_come_the_folders_of_windows_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "Program Files" / "LibreOffice" / "program" / "soffice.com"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path / "Program Files"))
    assert find_soffice() == program


def test_nothing_found_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(office, "_USUAL_PLACES", (str(tmp_path / "nowhere*" / "soffice"),))
    assert find_soffice() is None
