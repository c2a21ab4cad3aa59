"""Building the add-in from the sources, the installed xlwings and the interpreter's path."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from qcity_xl import __version__
from qcity_xl.adapters.disk import make_file
from qcity_xl.adapters.resources import macros_folder
from qcity_xl.addin.commands import FUNCTIONS, TAB_LABEL
from qcity_xl.addin.launcher import PROJECT_NAME, xlwings_module, xlwings_version
from qcity_xl.addin.package import CellTexts, addin_bytes
from qcity_xl.core.errors import QcityError

FILE_NAME = "qcity.xlam"
SHEET = f"{PROJECT_NAME}.conf"
_ABSOLUTE = re.compile(r'(?:/|[A-Za-z]:\\|\\\\|%[A-Z]+%\\)[^"\n]+')
_MESSAGES = (
    ("TITLE", TAB_LABEL),
    ("MSG_RUNNING", "质量强市：正在处理……"),
    (
        "MSG_NO_PYTHON",
        "找不到运行本工具的 Python，什么都没有改动。可能它被移动或卸载了，"
        "请技术人员重新运行 install.cmd（或 qcity addin install）。",
    ),
    (
        "MSG_FAILED",
        "本工具没有启动成功，什么都没有改动。多半是程序包缺了或坏了，请技术人员重新运行"
        " install.cmd（或 qcity addin install）；还不行，原因记在 qcity_xl.log（位置见安装说明）。",
    ),
    (
        "MSG_NO_SCRIPT",
        "Excel 还不能启动本工具，什么都没有改动。请在终端运行一次 qcity addin install，"
        "再重新打开 Excel。",
    ),
    ("MSG_WINDOWS_ONLY", "这个函数只能在 Windows 的 Excel 里用"),
)


class NotAbsolute(QcityError):
    """The interpreter's path would depend on where Excel happens to be."""

    def __init__(self, path: str) -> None:
        """Say what is wanted."""
        super().__init__(
            f"“{path}”不是 Python 的完整路径，没有生成加载项。请写全，如 C:\\…\\python.exe。"
        )


def build(interpreter: str) -> bytes:
    """qcity.xlam that runs this interpreter (a full path; %NAME% of Windows may lead it).

    Raises NotAbsolute, OtherXlwings.
    """
    if not _ABSOLUTE.fullmatch(interpreter):
        raise NotAbsolute(interpreter)
    return addin_bytes(SHEET, settings(interpreter), modules())


def settings(interpreter: str) -> list[CellTexts]:
    """The rows of the add-in's own sheet: name, value and, for functions, help of arguments."""
    return [
        ("INTERPRETER_WIN", interpreter),
        ("INTERPRETER_MAC", interpreter),
        ("ADD_WORKBOOK_TO_PYTHONPATH", "False"),
        ("QCITY_VERSION", __version__),
        ("XLWINGS_VERSION", xlwings_version()),
        *_MESSAGES,
        *(
            (f"HELP_{f.name}", f.help, "\n".join(text for _, text in f.arguments))
            for f in FUNCTIONS
        ),
    ]


def modules() -> dict[str, str]:
    """Name -> VBA of each module."""
    files = sorted(macros_folder().glob("Qcity*.bas"))
    own = {path.stem: path.read_text(encoding="ascii") for path in files}
    workbook = (macros_folder() / "ThisWorkbook.cls").read_text(encoding="ascii")
    return {"ThisWorkbook": workbook, "xlwings": xlwings_module(), **own}


def write_addin(folder: Path, interpreter: str) -> Path:
    """Build into a folder. Raises CannotWrite and what `build` raises."""
    path = folder / FILE_NAME
    make_file(path, build(interpreter))
    return path


def read_settings(path: Path) -> dict[str, str]:
    """The settings inside an add-in file; empty if it is not one of ours."""
    try:
        with zipfile.ZipFile(path) as package:
            sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file in the user's own folder
    except (OSError, KeyError, zipfile.BadZipFile, ElementTree.ParseError):
        return {}
    rows = ([cell.findtext(".//{*}t") or "" for cell in row] for row in sheet.findall(".//{*}row"))
    return {row[0]: row[1] for row in rows if len(row) > 1}
