"""xlwings' own launcher, taken from the installed package and cut down to what the add-in needs.

Cut away: settings from the workbook, its folder and the user's folder; code inside workbooks;
importing functions; the license. Each cut names text of the xlwings at hand and must match once,
so another xlwings stops the build rather than weaken it.
"""

import re
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from qcity_xl.core.errors import QcityError

PROJECT_NAME = "qcity_xl"
WORKBOOK = "QCITY_WORKBOOK"  # the variable by which a click on Windows says what is in front
_DROPPED = (
    *("RunPython", "RunFrozenPython", "GetUdfModules", "NDims", "KillPy", "GetDLLVersion"),
    *("ImportPythonUDFsBase", "ImportPythonUDFs", "ImportPythonUDFsToAddin"),
    *("ImportXlwingsUdfsModule", "GetDirectoryPath", "GetConfigFilePath", "GetFullName"),
    *("GetDirectoryConfigFilePath", "GetConfigFromSheet", "GetConfig", "SaveConfigToFile"),
    *("GetConfigFromFile", "has_dynamic_array"),
)
# Between these two lines XLPyCommand gathers paths of the workbook, then the license.
_UDF_PATHS = (
    "    ' TODO: Doesn't automatically check if code is embedded",
    '    \n    PYTHON_WIN = GetConfig("INTERPRETER_WIN", "")',
)
_LICENSE = ('    licenseKey = GetConfig("LICENSE_KEY", "")', "    If DEBUG_UDFS = True Then")
_PATHS = r'import xlwings.utils;xlwings.utils.prepare_sys_path(\""" & PYTHONPATH & "\"");'
_LOAD = "from qcity_xl.adapters.excel.session import load_xlwings; load_xlwings()"
_MODULE_EDITS = (
    ('PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{PROJECT_NAME}"'),
    # -I: no PYTHON* variables, no user site, no current folder on sys.path. No path is added, and
    # xlwings comes by load_xlwings alone: by itself it would import pandas at each click. No -B:
    # with it each click would compile again what was not compiled at installing.
    (f'" -B -c ""{_PATHS} " & PythonCommand', '" -I -c """ & PythonCommand'),
    (
        f'" -B -c ""import sys, os;" & LicenseKeyEnvString & "{_PATHS}import xlwings; ',
        f'" -I -c ""{_LOAD}; import xlwings; ',
    ),
    # A name may hold % and &, which cmd.exe reads even between quotes (%CMDCMDLINE%): the
    # environment takes it as it is. And no cmd.exe but that of the system is meant.
    (
        '    ExitCode = WScript.Run("cmd.exe /C " & DriveCommand & _',
        f'    WScript.Environment("Process").Item("{WORKBOOK}") = ActiveWorkbook.Name\n'
        '    ExitCode = WScript.Run("""" & Environ("SystemRoot") & "\\System32\\cmd.exe"" /C " & '
        "DriveCommand & _",
    ),
    (
        '" --wb=" & """" & ActiveWorkbook.Name & """ --from_xl=1" & " --app="',
        '" --from_xl=1 --app="',
    ),
    ('"xlwings-" & XLWINGS_VERSION', '"qcity_xl-" & XLWINGS_VERSION'),
    ('MsgBox "Could not find Interpreter!", vbCritical', 'ShowProblem "MSG_NO_PYTHON", ""'),
    (
        "        Call ShowError(LOG_FILE)\n        ExecuteWindows = -1",
        '        ShowProblem "MSG_FAILED", LOG_FILE\n        ExecuteWindows = -1',
    ),
    ("            ShowError (LOG_FILE)", '            ShowProblem "MSG_FAILED", LOG_FILE'),
    ("        Call ShowError(LOG_FILE)\n", '        ShowProblem "MSG_FAILED", LOG_FILE\n'),
    (
        "MsgBox \"To enable RunPython, please run 'xlwings runpython install' in a terminal once"
        ' and try again.", vbCritical',
        'ShowProblem "MSG_NO_SCRIPT", ""',
    ),
    ('MsgBox Content, vbCritical, "Error"', 'MsgBox Content, vbExclamation, GetConfig("TITLE")'),
    (
        '            Content = Content & "Press Ctrl+C to copy this message to the clipboard."\n',
        "",
    ),
    ('AUTO_DISMISS, "Error", OK_BUTTON_ERROR', 'AUTO_DISMISS, GetConfig("TITLE"), 48'),
)
_SCRIPT_EDITS = (
    (
        'PythonInterpreter & " -B -u -W ignore -c \\"import xlwings.utils;'
        'xlwings.utils.prepare_sys_path(\'" & PYTHONPATH & "\');" & ¬\n\t\t',
        'quoted form of PythonInterpreter & " -I -u -W ignore -c \\"" & ',
    ),
    (
        r'" \" \"--wb=" & WorkbookName & "\" \"--from_xl=1\" \"--app=" & ApplicationFullName'
        r' & "\" > /dev/null 2>\"" & LOG_FILE & "\" & "',
        r'" \" " & quoted form of ("--wb=" & WorkbookName) & " --from_xl=1 " & quoted form of '
        r'("--app=" & ApplicationFullName) & " > /dev/null 2>" & quoted form of LOG_FILE & " & "',
    ),
)


class OtherXlwings(QcityError):
    """The installed xlwings is missing or not the one that this add-in was made for."""

    def __init__(self, found: str, lacking: str) -> None:
        """Say what could not be found."""
        super().__init__(
            f"xlwings {found} 的启动模块与本加载项不符（找不到“{lacking.strip()[:60]}”），"
            "没有生成加载项。请按 requirements.lock 重新安装，再运行。"
        )


def xlwings_version() -> str:
    """The version of the installed xlwings, without importing it."""
    return version("xlwings")


def xlwings_module() -> str:
    """The VBA module, with line feeds, for the VBA project. Raises OtherXlwings."""
    text = _installed("xlwings_custom_addin.bas")
    if f'XLWINGS_VERSION As String = "{xlwings_version()}"' not in text:
        raise OtherXlwings(xlwings_version(), "XLWINGS_VERSION")
    for name in _DROPPED:
        text = _without_procedure(text, name)
    text = _without_between(text, *_UDF_PATHS)
    text = _without_between(text, *_LICENSE)
    return _edited(text, _MODULE_EDITS)


def applescript_name() -> str:
    """The file by which Excel on a Mac starts Python."""
    return f"{PROJECT_NAME}-{xlwings_version()}.applescript"


def applescript() -> str:
    """Its text: what comes from a workbook's name is quoted for the shell. Raises OtherXlwings."""
    return _edited(_installed(f"xlwings-{xlwings_version()}.applescript"), _SCRIPT_EDITS)


def _installed(name: str) -> str:
    spec = find_spec("xlwings")
    path = Path(spec.origin).with_name(name) if spec and spec.origin else Path(name)
    if not path.is_file():
        raise OtherXlwings("（未安装）" if spec is None else xlwings_version(), name)
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")


def _edited(text: str, edits: tuple[tuple[str, str], ...]) -> str:
    for old, new in edits:
        if text.count(old) != 1:
            raise OtherXlwings(xlwings_version(), old)
        text = text.replace(old, new)
    return text


def _without_procedure(text: str, name: str) -> str:
    """The module without a procedure; a head that is declared twice by #If goes as a whole."""
    head = rf"(?:Public |Private )?(?:Function|Sub) {name}\("
    pattern = rf'(?:#If App = "Microsoft Excel" Then\n(?={head}.*\n#Else))?{head}'
    found = re.search(rf"^{pattern}(?s:.*?)^End (?:Function|Sub)\n", text, re.MULTILINE)
    if found is None:
        raise OtherXlwings(xlwings_version(), name)
    return text[: found.start()] + text[found.end() :]


def _without_between(text: str, first: str, last: str) -> str:
    if text.count(first) != 1 or text.count(last) != 1:
        raise OtherXlwings(xlwings_version(), first)
    return text[: text.index(first)] + text[text.index(last) :]
