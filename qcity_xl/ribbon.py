"""One callback for each button, on the workbook open in Excel: ask, show, do, tell.

Nothing that writes runs without its preview, which is the step itself on a dry run.
"""

import datetime as dt
import uuid
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from qcity_xl.adapters.dialogs import DOCUMENTS, Dialogs, Windows
from qcity_xl.adapters.excel import StatusBar, caller, held, saved_path, show_sheet
from qcity_xl.adapters.live import LiveWorkbook
from qcity_xl.adapters.user import user_name
from qcity_xl.core.errors import QcityError
from qcity_xl.ribbon_buttons import BUTTONS, Button, Cancelled
from qcity_xl.steps.report import LEFT, Context, Report

_SHOWN = 24  # lines of a preview


def check(dialogs: Dialogs | None = None) -> None:
    """检查."""
    _click("check", dialogs)


def undo(dialogs: Dialogs | None = None) -> None:
    """撤销上次操作."""
    _click("undo", dialogs)


def split(dialogs: Dialogs | None = None) -> None:
    """拆分下发."""
    _click("split", dialogs)


def send(dialogs: Dialogs | None = None) -> None:
    """发送."""
    _click("send", dialogs)


def chase(dialogs: Dialogs | None = None) -> None:
    """催办."""
    _click("chase", dialogs)


def merge(dialogs: Dialogs | None = None) -> None:
    """合并回收."""
    _click("merge", dialogs)


def resolve(dialogs: Dialogs | None = None) -> None:
    """处理冲突."""
    _click("resolve", dialogs)


def collect(dialogs: Dialogs | None = None) -> None:
    """收件."""
    _click("collect", dialogs)


def score(dialogs: Dialogs | None = None) -> None:
    """重算得分."""
    _click("score", dialogs)


def evidence(dialogs: Dialogs | None = None) -> None:
    """标记缺失佐证."""
    _click("evidence", dialogs)


def new(dialogs: Dialogs | None = None) -> None:
    """新建总表."""
    _guarded("新建总表", dialogs, _new)


def log(dialogs: Dialogs | None = None) -> None:
    """日志核对."""
    _guarded("日志核对", dialogs, _log)


def manual(dialogs: Dialogs | None = None) -> None:
    """使用手册."""
    _guarded("使用手册", dialogs, _manual)


def doctor(dialogs: Dialogs | None = None) -> None:
    """自检."""
    _guarded("自检", dialogs, _doctor)


def _click(name: str, dialogs: Dialogs | None) -> None:
    button = BUTTONS[name]
    _guarded(button.title, dialogs, lambda asked: _run(button, asked))


def _guarded(title: str, dialogs: Dialogs | None, work: Callable[[Dialogs], None]) -> None:
    """Whatever goes wrong ends as one Chinese sentence; the traceback goes to the log file."""
    asked = dialogs or Windows()
    try:
        work(asked)
        return
    except Cancelled:
        return
    except QcityError as error:
        sentence = str(error)
    except Exception:
        sentence = _logged()
    with suppress(Exception):  # with no way to say it, the log has it
        asked.tell(title, sentence)


def _logged() -> str:
    from qcity_xl.adapters.terminal import log_failure  # click is imported for this alone

    try:
        where = f"详情记在 {log_failure()}，请转给技术人员。"
    except OSError:  # the disk may be what failed
        where = "详情没能记下来：请检查磁盘空间和权限后再试。"
    return f"程序出了意外，总表没有改动。{where}"


def _run(button: Button, dialogs: Dialogs) -> None:
    book = caller()
    path = saved_path(book)
    with held(book):
        book.app.status_bar = f"{button.title}：正在读取总表"
        live = LiveWorkbook(book, path, keeps=button.keeps)
        context = Context(dt.datetime.now(), user_name(), True, StatusBar(book.app))
        work = button.prepare(dialogs, live)
        shown = work(live, context)
        if not button.writes(shown):
            dialogs.tell(button.title, _text(shown))
            return
        if not dialogs.confirm(button.title, _preview(button, shown)):
            raise Cancelled
        book.app.status_bar = f"{button.title}：正在执行"
        report = work(live, replace(context, dry_run=False))
        show_sheet(book, button.sheet)
    dialogs.tell(button.title, _sentence(button, report))


def _text(report: Report) -> str:
    lines = [line for line in report.lines if "--" not in line]
    more = len(lines) - _SHOWN
    return "\n".join([*lines[:_SHOWN], *([f"…… 另有{more}行"] if more > 0 else [])])


def _preview(button: Button, report: Report) -> str:
    keeps = "执行后会保存总表。" if button.keeps else "执行后可以撤销。"
    return f"将要{button.title}，还没有写入：\n\n{_text(report)}\n\n{keeps}"


def _sentence(button: Button, report: Report) -> str:
    changes = report.data.get("changes")
    done = f"改动{changes}格，可以撤销" if changes else report.lines[0].rstrip("。")
    look = f"；{'还有要处理的，' if report.status == LEFT else ''}请看「{button.sheet}」"
    return f"{button.title}完成：{done}{look if button.sheet else ''}。"


# -- buttons that write no master


def _new(dialogs: Dialogs) -> None:
    from qcity_xl.steps.new import new as step

    path = dialogs.ask_new_file("新总表存在哪里", "总表.xlsx")
    if path is None:
        return
    title = "本市的任务分解表（取消则用内置的表）"
    document = next(iter(dialogs.ask_files(title, DOCUMENTS)), None)
    context = Context(dt.datetime.now(), user_name(), True)
    number = uuid.uuid4().hex[:12]
    shown = step(path, context, master_id=number, document=document)
    if dialogs.confirm("新建总表", _text(shown)):
        done = replace(context, dry_run=False)
        report = step(path, done, master_id=number, document=document)
        with suppress(Exception):  # the file is there; opening it is a service
            caller().app.books.open(path)
        dialogs.tell("新建总表", report.lines[0])


def _log(dialogs: Dialogs) -> None:
    from qcity_xl.steps.history import log as step

    book = caller()
    live = LiveWorkbook(book, saved_path(book))
    dialogs.tell("日志核对", _text(step(live, check=True)))


def _manual(dialogs: Dialogs) -> None:
    from qcity_xl.adapters.resources import manual as manual_path

    path = manual_path()
    if path is None or not webbrowser.open(path.as_uri()):
        dialogs.tell("使用手册", "使用手册在安装文件夹的 docs 里，文件名“使用手册”。")


def _doctor(dialogs: Dialogs) -> None:
    from qcity_xl.addin.doctor import examine
    from qcity_xl.addin.machine import this_machine
    from qcity_xl.core.schema import SETTINGS

    mail = None
    with suppress(QcityError):  # the checks that need no master go on without one
        book = caller()
        mail = LiveWorkbook(book, saved_path(book)).master.rows(SETTINGS).values()
    checks = examine(this_machine(), mail)
    lines = [f"[{'正常' if c.ok else '不行'}] {c.name}：{c.found}" for c in checks]
    lines += [f"  {c.name}怎么修：{c.fix}。" for c in checks if not c.ok]
    dialogs.tell("自检", "\n".join(lines))
