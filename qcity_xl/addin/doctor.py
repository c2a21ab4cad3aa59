"""自检: whether a click would work here, and how to mend what would stop it."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qcity_xl import __version__
from qcity_xl.adapters.office import find_soffice
from qcity_xl.addin.build import FILE_NAME, read_settings
from qcity_xl.addin.launcher import applescript_name, xlwings_version
from qcity_xl.addin.machine import EXCEL_RUNS_ON, Machine
from qcity_xl.core.mail_settings import parse_mail_settings
from qcity_xl.core.values import Value

_REINSTALL = "运行 qcity addin install，再重新打开 Excel"
_TRUST = r"Software\Policies\Microsoft\Office\16.0\Excel\Security\Trusted Locations"
_LEAST = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what was found, and how to mend it if it is not well."""

    name: str
    ok: bool
    found: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the checks look at; `mail` are the rows of 设置, None where no master was given."""

    machine: Machine
    addin: Path | None  # None where there is no Excel
    settings: Mapping[str, str]
    interpreter: Path
    mail: tuple[Mapping[str, Value], ...] | None


def examine(
    machine: Machine, mail: Iterable[Mapping[str, Value]] | None = None
) -> tuple[Check, ...]:
    """All checks that apply here, in the order in which a click needs things."""
    addin = machine.startup / FILE_NAME if machine.platform in EXCEL_RUNS_ON else None
    settings = read_settings(addin) if addin else {}
    own = "INTERPRETER_MAC" if machine.platform == "darwin" else "INTERPRETER_WIN"
    interpreter = machine.expanded(settings.get(own) or sys.executable)
    rows = None if mail is None else tuple(mail)
    subject = Subject(machine, addin, settings, interpreter, rows)
    made = (check(subject) for check in _CHECKS)
    return tuple(check for check in made if check is not None)


def _python(subject: Subject) -> Check:
    path = subject.interpreter
    said = _say(path, "import sys; print(*sys.version_info[:3])")
    numbers = tuple(int(n) for n in said.split()) if said else ()
    fix = "重新运行安装脚本；Python 须为 3.11 或更新的版本"
    found = f"{path}，{'.'.join(map(str, numbers)) or '不能运行'}"
    return Check("Python", numbers >= _LEAST, found, fix)


def _package(subject: Subject) -> Check:
    code = "import importlib.util as u, qcity_xl as q; u.find_spec('xlwings') and print(q.__file__)"
    said = _say(subject.interpreter, code)
    fix = "重新运行安装脚本，装到加载项所用的同一个 Python 里"
    return Check("程序包", bool(said), said or "找不到 qcity_xl 或 xlwings", fix)


def _addin(subject: Subject) -> Check | None:
    if subject.addin is None:
        return None
    ok = "QCITY_VERSION" in subject.settings
    found = str(subject.addin) if ok else f"{subject.addin.parent} 里没有"
    return Check("加载项文件", ok, found, _REINSTALL)


def _versions(subject: Subject) -> Check | None:
    if subject.addin is None:
        return None
    names = ("QCITY_VERSION", "XLWINGS_VERSION")
    there = tuple(subject.settings.get(name, "无") for name in names)
    here = (__version__, xlwings_version())
    found = f"加载项 {'/'.join(there)}，程序 {'/'.join(here)}"
    return Check("版本一致", there == here, found, _REINSTALL)


def _trust(subject: Subject) -> Check | None:
    """Windows blocks files that came by mail or browser, and policies may block macros."""
    machine = subject.machine
    if machine.platform != "win32":
        return None
    if Path(f"{subject.addin}:Zone.Identifier").exists():
        fix = "右键加载项文件，“属性”里勾选“解除锁定”；或" + _REINSTALL
        return Check("文件夹受信任", False, "加载项带有“来自网络”的标记，会被阻止", fix)
    if machine.registry(_TRUST, "AllLocationsDisabled") == 1:
        fix = "请单位的管理员允许受信任位置 XLSTART"
        return Check("文件夹受信任", False, "组策略停用了所有受信任位置", fix)
    return Check("文件夹受信任", True, "XLSTART 是 Excel 默认的受信任位置")


def _script(subject: Subject) -> Check | None:
    if subject.machine.platform != "darwin":
        return None
    path = subject.machine.scripts / applescript_name()
    return Check("启动脚本", path.is_file(), str(path), _REINSTALL)


def _excel(subject: Subject) -> Check:
    found = subject.machine.excel() or find_soffice()
    fix = "安装 Excel 2016 或更新的版本；只用命令的话装 LibreOffice 7 也行"
    return Check("Excel 或 LibreOffice", found is not None, str(found or "都没有找到"), fix)


def _mail(subject: Subject) -> Check | None:
    if subject.mail is None:
        return None
    settings, problems = parse_mail_settings(subject.mail)
    if problems:
        fix = "；".join(f"{p.found}，应为{p.allowed}" for p in problems)
        return Check("邮件设置", False, f"「设置」里有{len(problems)}处不能用", fix)
    if settings.sender is None:
        return Check("邮件设置", True, "没有填发件地址：发送时只能生成邮件草稿")
    return Check(
        "邮件设置", True, f"{settings.sender.mail}，{settings.outgoing.host or '无服务器'}"
    )


_CHECKS: tuple[Callable[[Subject], Check | None], ...] = (
    *(_python, _package, _addin, _versions, _trust, _script, _excel, _mail),
)


def _say(interpreter: Path, code: str) -> str:
    """What the code prints when run as Excel would run it; empty if it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - the interpreter that the add-in starts
            [str(interpreter), "-I", "-B", "-X", "utf8", "-c", code],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
