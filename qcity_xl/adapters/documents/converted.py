"""Old Word, WPS and rich text: turned into .docx by LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from qcity_xl.adapters.documents.errors import DocumentDamaged, NeedsConversion

_SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def converted(name: str, data: bytes, suffix: str) -> bytes:
    """The document as .docx. The office chose it itself: nothing that came by mail gets here.

    NeedsConversion where LibreOffice is not installed; it runs apart, with its own profile.
    """
    program = _program()
    if program is None:
        raise NeedsConversion(name)
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        (there / f"in{suffix}").write_bytes(data)
        command = [
            *(program, "--headless", "--norestore", "--nolockcheck"),
            f"-env:UserInstallation={(there / 'profile').as_uri()}",
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, f"in{suffix}"),
        ]
        try:
            subprocess.run(  # noqa: S603  # a fixed program, on a file of its own
                command, cwd=folder, timeout=_SECONDS, check=False, capture_output=True
            )
            return (there / "in.docx").read_bytes()
        except subprocess.TimeoutExpired as error:
            raise DocumentDamaged(name, f"LibreOffice 在{_SECONDS}秒内没有打开它") from error
        except OSError as error:
            raise DocumentDamaged(name, "文件损坏或不完整，LibreOffice 打不开") from error


def _program() -> str | None:
    named = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    return named or next((place for place in _PLACES if Path(place).exists()), None)
