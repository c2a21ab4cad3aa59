"""自检: whether a click would work here, and how to mend what would stop it."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qcity_xl.adapters.office import find_soffice
from qcity_xl.addin.build import FILE_NAME, read_settings
from qcity_xl.addin.entries import placed_entries
from qcity_xl.addin.launcher import applescript_name
from qcity_xl.addin.machine import EXCEL_RUNS_ON, Machine
from qcity_xl.core.mail.settings import parse_mail_settings
from qcity_xl.core.values import Value

_REINSTALL = "关闭 Excel，重新运行 install.cmd 或 qcity addin install，再打开 Excel"
_SET_UP = "重新运行安装脚本 install.cmd；从源码装的，重新建环境再运行 qcity addin install"
_LEAST = (3, 11)
_WPS = {"et", "wps", "wpsoffice", "ksolaunch"}  # its programs
_ONLY_WPS = "没有 Excel，只有 WPS：功能区的按钮用不了，用窗口“质量强市”（qcity desk）"
_POLICY = r"Software\Policies\Microsoft\Office\16.0"
_CHOSEN = r"Software\Microsoft\Office\16.0\Excel\Security"
_ADMIN = "请单位的管理员放行 qcity.xlam 和它所在的文件夹"
_UNTICK = "在 Excel 的“选项”“信任中心”“加载项”里取消勾选；点不动的，" + _ADMIN
# Values of 1 in the registry that keep Excel from loading our add-in.
_FORBIDDEN = (
    (
        *(rf"{_POLICY}\Excel\Security\Trusted Locations", "AllLocationsDisabled"),
        *("组策略停用了所有受信任位置", _ADMIN),
    ),
    (rf"{_POLICY}\Excel\Security", "DisableAllAddins", "组策略停用了所有加载项", _ADMIN),
    (rf"{_POLICY}\Excel\Security", "RequireAddinSig", "组策略只许有签名的加载项", _ADMIN),
    (rf"{_POLICY}\Common\Security", "RequireAlwaysOnMacroSig", "组策略只许有签名的宏", _ADMIN),
    (rf"{_POLICY}\Common", "VBAOff", "组策略停用了宏", _ADMIN),
    (_CHOSEN, "DisableAllAddins", "Excel 里停用了所有加载项", _UNTICK),
    (_CHOSEN, "RequireAddinSig", "Excel 里只许有签名的加载项", _UNTICK),
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: what was found, and how to mend it if it is not well."""

    name: str
    ok: bool
    found: str
    fix: str = ""


def as_lines(checks: Iterable[Diagnosis]) -> list[str]:
    """The checks for people: what was found, then how to mend what is not well."""
    listed = list(checks)
    return [
        *(f"[{'正常' if c.ok else '不行'}] {c.name}：{c.found}" for c in listed),
        *(f"  {c.name}怎么修：{c.fix}。" for c in listed if not c.ok),
    ]


@dataclass(frozen=True, slots=True)
class Examined:
    """What the checks look at; `mail` are the rows of 设置, None where no master was given."""

    machine: Machine
    addin: Path | None  # None where there is no Excel
    settings: Mapping[str, str]
    interpreter: Path
    mail: tuple[Mapping[str, Value], ...] | None


def examine(
    machine: Machine, mail: Iterable[Mapping[str, Value]] | None = None
) -> tuple[Diagnosis, ...]:
    """All checks that apply here, in the order in which a click needs things."""
    addin = machine.startup / FILE_NAME if machine.platform in EXCEL_RUNS_ON else None
    settings = read_settings(addin) if addin else {}
    own = "INTERPRETER_MAC" if machine.platform == "darwin" else "INTERPRETER_WIN"
    interpreter = machine.expanded(settings.get(own) or sys.executable)
    rows = None if mail is None else tuple(mail)
    subject = Examined(machine, addin, settings, interpreter, rows)
    made = (check(subject) for check in _CHECKS)
    return tuple(replace(c, fix="") if c.ok else c for c in made if c is not None)


def _python(subject: Examined) -> Diagnosis:
    path = subject.interpreter
    answer = _say(path, "import sys; print(*sys.version_info[:3])")
    numbers = tuple(int(n) for n in answer.split()) if answer else ()
    fix = f"Python 须为 3.11 或更新的版本；{_SET_UP}"
    found = f"{path}，{'.'.join(map(str, numbers)) or '不能运行'}"
    return Diagnosis("Python", numbers >= _LEAST, found, fix)


def _package(subject: Examined) -> Diagnosis:
    """All that a button imports: a library that is there may still not load."""
    load = "from qcity_xl.adapters.excel.session import load_xlwings as load; load()"
    answer = _say(subject.interpreter, f"import qcity_xl.ribbon as r; {load}; print(r.__file__)")
    return Diagnosis("程序包", bool(answer), answer or "qcity_xl 或它用的库不在，或不能用", _SET_UP)


def _addin(subject: Examined) -> Diagnosis | None:
    if subject.addin is None:
        return None
    ok = "QCITY_VERSION" in subject.settings
    found = str(subject.addin) if ok else f"{subject.addin.parent} 里没有"
    return Diagnosis("加载项文件", ok, found, _REINSTALL)


def _versions(subject: Examined) -> Diagnosis | None:
    if subject.addin is None:
        return None
    names = ("QCITY_VERSION", "XLWINGS_VERSION")
    there = " ".join(subject.settings.get(name, "无") for name in names)
    code = "from importlib.metadata import version; from qcity_xl import __version__ as own"
    here = _say(subject.interpreter, f"{code}; print(own, version('xlwings'))") or "无"
    found = f"加载项 {there}，程序 {here}"
    return Diagnosis("版本一致", there == here, found, _REINSTALL)


def _trust(subject: Examined) -> Diagnosis | None:
    """Windows blocks files that came by mail or browser; policies may block any add-in."""
    if subject.machine.platform != "win32":
        return None
    name = "Excel 信任加载项"
    if Path(f"{subject.addin}:Zone.Identifier").exists():
        fix = "右键加载项文件，“属性”里勾选“解除锁定”；或" + _REINSTALL
        return Diagnosis(name, False, "加载项带有“来自网络”的标记，会被阻止", fix)
    for key, value, found, fix in _FORBIDDEN:
        if subject.machine.registry(key, value) == 1:
            return Diagnosis(name, False, found, fix)
    return Diagnosis(name, True, "XLSTART 是默认的受信任位置，没有发现禁止加载项的设置")


def _script(subject: Examined) -> Diagnosis | None:
    if subject.machine.platform != "darwin":
        return None
    path = subject.machine.scripts / applescript_name()
    return Diagnosis("启动脚本", path.is_file(), str(path), _REINSTALL)


def _excel(subject: Examined) -> Diagnosis:
    found = subject.machine.excel() or find_soffice()
    if found is None and _is_wps(subject.machine.excel_server()):
        return Diagnosis("Excel 或 LibreOffice", True, _ONLY_WPS)
    fix = "安装 Excel 2016 或更新的版本；只用命令的话装 LibreOffice 7 也行"
    return Diagnosis("Excel 或 LibreOffice", found is not None, str(found or "都没有找到"), fix)


def _server(subject: Examined) -> Diagnosis | None:
    """Buttons reach Excel by a name that WPS takes over when it is installed."""
    if subject.machine.platform != "win32":
        return None
    name, server = "Excel.Application 由谁应答", subject.machine.excel_server()
    if not _is_wps(server):
        return Diagnosis(name, True, server or "没有登记")
    if subject.machine.excel() is None:
        return Diagnosis(name, True, f"WPS（{server}）。{_ONLY_WPS}")
    fix = (
        "关掉 WPS 里与其他办公软件的兼容（WPS 的“配置工具”），再修复安装 Office；"
        "修好以前用窗口：qcity desk"
    )
    return Diagnosis(name, False, f"WPS（{server}），装了的 Excel 被顶替了", fix)


def _is_wps(server: str) -> bool:
    """By the command that starts it: its program may stand in quotes, on any path."""
    program = server.lower().split(".exe")[0].replace("/", "\\").rpartition("\\")[2]
    return program in _WPS


def _window(subject: Examined) -> Diagnosis | None:
    if subject.machine.platform == "darwin":
        return None
    there = [str(path) for path in placed_entries(subject.machine)]
    words = "、".join(there) or "没有；要有就运行 qcity addin install"
    return Diagnosis("菜单里的“质量强市”", True, words)


def _mail(subject: Examined) -> Diagnosis | None:
    if subject.mail is None:
        return None
    settings, problems = parse_mail_settings(subject.mail)
    if problems:
        fix = "；".join(f"{p.found}，应为{p.allowed}" for p in problems)
        return Diagnosis("邮件设置", False, f"「设置」里有{len(problems)}处不能用", fix)
    if settings.sender is None:
        return Diagnosis("邮件设置", True, "没有填发件地址：发送时只能生成邮件草稿")
    return Diagnosis(
        "邮件设置", True, f"{settings.sender.mail}，{settings.outgoing.host or '无服务器'}"
    )


_CHECKS: tuple[Callable[[Examined], Diagnosis | None], ...] = (
    *(_python, _package, _addin, _versions, _trust, _script, _excel, _server, _window, _mail),
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
