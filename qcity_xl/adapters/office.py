"""LibreOffice as a converter of files that this project made, or the office chose, itself."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from qcity_xl.core.errors import QcityError

Format = Literal["xlsx", "pdf", "ods", "xls", "docx", "doc"]

# soffice leaves with 81 when it has just filled in a fresh profile and wants to start again.
_START_AGAIN = 81

_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice*/program/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)


class OfficeFailed(QcityError):
    """LibreOffice could not do it; the sentence says why and what to do next."""


class OfficeTooSlow(OfficeFailed):
    """LibreOffice was not done in time, and was stopped."""


def find_soffice() -> Path | None:
    """The program of LibreOffice: first on PATH, then where installers put it."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    for place in (*_windows_places(), *_USUAL_PLACES):
        root = Path(Path(place).anchor)
        for path in sorted(root.glob(str(Path(place).relative_to(root))), reverse=True):
            if path.is_file():
                return path
    return None


def convert(source: Path, to: Format, out_dir: Path, *, timeout: float = 120) -> Path:
    """The converted file, in `out_dir` under the name of `source` with the new ending.

    An older file of that name is replaced only once the new one is complete. Formulas are not
    calculated again: a cached value, right or wrong, is what the new file shows. Only for files
    of this project's own making, and for a document that the office itself asks to be read: what a
    unit sent is never opened by an application.

    Raises OfficeFailed when LibreOffice is missing or fails, OfficeTooSlow after `timeout` seconds.
    """
    target = out_dir / f"{source.stem}.{to}"
    if not source.is_file():
        raise OfficeFailed(f"找不到要转换的文件“{source}”。请检查路径后重试。")
    if target.exists() and target.samefile(source):
        raise OfficeFailed(f"转换结果会覆盖原文件“{source}”。请另选一个输出文件夹。")
    soffice = find_soffice()
    if soffice is None:
        raise OfficeFailed("没有找到 LibreOffice。请安装 LibreOffice 7 或更高版本后重试。")
    out_dir.mkdir(parents=True, exist_ok=True)
    with (
        # A profile of its own: a LibreOffice that the user has open neither blocks nor notices.
        tempfile.TemporaryDirectory(prefix="qcity-office-", ignore_cleanup_errors=True) as private,
        # Beside the target, so that the last step is a rename.
        tempfile.TemporaryDirectory(prefix=".qcity-", dir=out_dir) as beside,
    ):
        command = [
            str(soffice),
            f"-env:UserInstallation={Path(private, 'profile').as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nolockcheck"),
            *("--convert-to", to, "--outdir", beside, str(source.absolute())),
        ]
        said = _run(command, Path(private, "said.txt"), source, timeout)
        made = Path(beside, target.name)
        if not made.is_file():
            raise OfficeFailed(
                f"LibreOffice 没能把“{source}”转换为 {to}。"
                f"请确认文件能打开、没有密码。LibreOffice 的提示：{said or '无'}"
            )
        made.replace(target)
    return target


def kill_tree(process: subprocess.Popen[Any]) -> None:
    """Kill a process started with `start_new_session`, and all that it started itself."""
    if sys.platform == "win32":
        taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        subprocess.run(  # noqa: S603 - the system's own program, our own child
            [str(taskkill), "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
        )
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _windows_places() -> list[str]:
    names = ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    folders = [os.environ[name] for name in names if os.environ.get(name)]
    # soffice.com, not soffice.exe: only the former waits for the end and returns its status.
    return [str(Path(folder, "LibreOffice*", "program", "soffice.com")) for folder in folders]


def _run(command: list[str], log: Path, source: Path, timeout: float) -> str:
    """What the program said, after a second start where a fresh profile asks for one."""
    for _ in range(2):
        # Output goes to a file: grandchildren would keep a pipe open after a kill.
        with log.open("wb") as said:
            try:
                process = subprocess.Popen(  # noqa: S603 - no shell, program found by us
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            except OSError as error:
                raise OfficeFailed(
                    f"LibreOffice 无法启动（{command[0]}：{error.strerror}）。请重新安装后重试。"
                ) from error
            try:
                status = process.wait(timeout)
            except subprocess.TimeoutExpired as error:
                raise OfficeTooSlow(
                    f"LibreOffice 转换“{source}”超过 {timeout:g} 秒，已停止。"
                    "请把文件拆小或放宽时限后重试。"
                ) from error
            finally:
                if process.returncode is None:
                    kill_tree(process)
        if status != _START_AGAIN:
            break
    return log.read_text(encoding="utf-8", errors="replace").strip()
