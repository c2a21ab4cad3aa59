"""One callback for each button, on the workbook open in Excel: ask, show, do, tell.

Nothing that writes runs without its preview, which is the step itself on a dry run.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from qcity_xl.adapters.excel.dialogs import DOCUMENTS, Dialogs, Windows
from qcity_xl.adapters.excel.session import StatusBar, caller, held, saved_path, say, show_sheet
from qcity_xl.adapters.excel.workbook import LiveWorkbook
from qcity_xl.adapters.user import user_name
from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import CRITERIA, EVIDENCE, INDICATORS, TASKS
from qcity_xl.ribbon_buttons import BUTTONS, Button, Cancelled
from qcity_xl.ribbon_words import done_text, preview_text, report_text
from qcity_xl.steps.shared.outcome import Context, Report

# Where one can ask why: the column that names criteria.
_ASKED_BY = (
    (CRITERIA, "label"),
    (INDICATORS, "no"),
    (TASKS, "criteria"),
    (EVIDENCE, "criteria"),
)


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


def why(dialogs: Dialogs | None = None) -> None:
    """得分理由."""
    _guarded("得分理由", dialogs, _why)


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
    except _PartlyDone:
        sentence = _accident("程序出了意外。做完的都已记下，再点一次只做其余的。")
    except Exception:
        sentence = _accident("程序出了意外，总表没有改动。")
    with suppress(Exception):  # with no way to say it, the log has it
        asked.tell(title, sentence)


def _accident(words: str) -> str:
    from qcity_xl.adapters.terminal import logged_failure  # click is imported for this alone

    return f"{words}{logged_failure()}"


def _run(button: Button, dialogs: Dialogs) -> None:
    book = caller()
    path = saved_path(book)
    with held(book.app):
        say(book.app, f"{button.title}：正在读取总表")
        live = LiveWorkbook(book, path, keeps=button.keeps)
        context = Context(dt.datetime.now(), user_name(), True, StatusBar(book.app))
        work = button.prepare(dialogs, live)
        shown = work(live, context)
        if not button.writes(shown):
            dialogs.tell(button.title, report_text(shown))
            return
        if not dialogs.confirm(button.title, preview_text(button, shown)):
            raise Cancelled
        say(book.app, f"{button.title}：正在执行")
        report = _carried_out(button, lambda: work(live, replace(context, dry_run=False)))
        if button.shows(report):
            show_sheet(book, button.shows(report))
    dialogs.tell(button.title, done_text(button, report))


class _PartlyDone(Exception):
    """An accident in a step that hands things out one after the other."""


def _carried_out(button: Button, work: Callable[[], Report]) -> Report:
    try:
        return work()
    except QcityError:
        raise
    except Exception as error:
        if button.keeps:
            raise _PartlyDone from error
        raise


# -- buttons that write no master


def _new(dialogs: Dialogs) -> None:
    import uuid

    from qcity_xl.steps.new import new as step

    path = dialogs.ask_new_file("新总表存在哪里", "总表.xlsx")
    if path is None:
        return
    title = "本市的任务分解表（取消则用内置的表）"
    document = next(iter(dialogs.ask_files(title, DOCUMENTS)), None)
    context = Context(dt.datetime.now(), user_name(), True)
    number = uuid.uuid4().hex[:12]
    shown = step(path, context, master_id=number, document=document)
    if dialogs.confirm("新建总表", report_text(shown)):
        done = replace(context, dry_run=False)
        report = step(path, done, master_id=number, document=document)
        with suppress(Exception):  # the file is there; opening it is a service
            caller().app.books.open(path)
        dialogs.tell("新建总表", report.lines[0])


def _log(dialogs: Dialogs) -> None:
    from qcity_xl.steps.history import log as step

    book = caller()
    live = LiveWorkbook(book, saved_path(book))
    dialogs.tell("日志核对", report_text(step(live, check=True), newest=True))


def _why(dialogs: Dialogs) -> None:
    from qcity_xl.steps.why import NothingChosen
    from qcity_xl.steps.why import why as step

    book = caller()
    live = LiveWorkbook(book, saved_path(book))
    for table, name in _ASKED_BY:
        row = live.chosen_row(table)
        if row is not None:
            dialogs.tell("得分理由", "\n".join(step(live, text(row, name)).lines))
            return
    raise NothingChosen("、".join(f"「{table.sheet}」" for table, _ in _ASKED_BY))


def _manual(dialogs: Dialogs) -> None:
    from qcity_xl.adapters.resources import manual as manual_path
    from qcity_xl.adapters.resources import show_page

    page = manual_path()
    if not show_page(page):
        dialogs.tell("使用手册", f"没有浏览器能打开使用手册。请用别的办法打开这个文件：{page}")


def _doctor(dialogs: Dialogs) -> None:
    from qcity_xl.addin.doctor import examine, told
    from qcity_xl.addin.machine import this_machine
    from qcity_xl.core.schema import SETTINGS

    mail = None
    with suppress(QcityError):  # the checks that need no master go on without one
        book = caller()
        mail = LiveWorkbook(book, saved_path(book)).master.rows(SETTINGS).values()
    dialogs.tell("自检", "\n".join(told(examine(this_machine(), mail))))
