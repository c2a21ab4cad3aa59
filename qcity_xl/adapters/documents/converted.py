"""Old Word, WPS and rich text: turned into .docx by LibreOffice where it is installed."""

import tempfile
from pathlib import Path

from qcity_xl.adapters.documents.errors import DocumentDamaged, NeedsConversion
from qcity_xl.adapters.office import OfficeFailed, OfficeTooSlow, convert, find_soffice

_SECONDS = 120


def converted(name: str, data: bytes, suffix: str) -> bytes:
    """The document as .docx. The office chose it itself: nothing that came by mail gets here.

    NeedsConversion where LibreOffice is not installed; it runs apart, with its own profile.
    """
    if find_soffice() is None:
        raise NeedsConversion(name)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"in{suffix}")
        source.write_bytes(data)
        try:
            return convert(source, "docx", Path(folder, "out"), timeout=_SECONDS).read_bytes()
        except OfficeTooSlow as error:
            raise DocumentDamaged(name, f"LibreOffice 在{_SECONDS}秒内没有打开它") from error
        except OfficeFailed as error:
            raise DocumentDamaged(name, "文件损坏或不完整，LibreOffice 打不开") from error
