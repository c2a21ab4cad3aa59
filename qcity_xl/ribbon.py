"""A click on the workbook open in Excel: ask, show, do, tell. Which step, its record says.

Nothing that writes runs without its preview, which is the step itself on a dry run.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from qcity_xl.adapters.excel.dialogs import CANCEL, MORE, OK, Dialogs, Windows, tell
from qcity_xl.adapters.excel.message import Message
from qcity_xl.adapters.excel.session import (
    StatusBar,
    caller,
    check_writable,
    held,
    saved_path,
    say,
    show_sheet,
)
from qcity_xl.adapters.excel.workbook import LiveWorkbook
from qcity_xl.adapters.user import user_name
from qcity_xl.core.catalogue import BY_ID, Step
from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import CRITERIA, EVIDENCE, INDICATORS, TASKS
from qcity_xl.ribbon_asks import Asked, Cancelled, chosen, first_asked, has_more, more_asked
from qcity_xl.ribbon_words import (
    act,
    done,
    failure,
    label,
    left_as_is,
    preview,
    report,
    shown_after,
    to_do,
)
from qcity_xl.steps.run import clean, run
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.shared.target import Target

# Where one can ask why: the column that names criteria.
_ASKED_BY = (
    (CRITERIA, "label"),
    (INDICATORS, "no"),
    (TASKS, "criteria"),
    (EVIDENCE, "criteria"),
)


def click(name: str, dialogs: Dialogs | None = None) -> None:
    """A button was pressed: the one whose step has this id."""
    step = BY_ID[name]
    _guarded(step, dialogs or Windows(), _OWN.get(name, _run))


def _guarded(step: Step, dialogs: Dialogs, work: Callable[[Step, Dialogs], None]) -> None:
    """Show whatever goes wrong as one Chinese sentence; the traceback goes to the log file."""
    title = label(step)
    try:
        work(step, dialogs)
        return
    except Cancelled:
        return
    except QcityError as error:
        message = failure(step, error)
        with suppress(Exception):
            dialogs.show(title, message, (OK,))
        return
    except _PartlyDone:
        sentence = _accident("程序出了意外。做完的都已记下，再点一次只做其余的。")
    except Exception:
        sentence = _accident("程序出了意外，总表没有改动。")
    with suppress(Exception):  # with no way to say it, the log has it
        tell(dialogs, title, sentence)


def _accident(words: str) -> str:
    from qcity_xl.adapters.terminal import logged_failure  # click is imported for this alone

    return f"{words}{logged_failure()}"


def _run(step: Step, dialogs: Dialogs) -> None:
    book = caller()
    path = saved_path(book)
    check_writable(book)
    live = LiveWorkbook(book, path, keeps=step.effect == "hands out")
    with held(live.app):
        say(live.app, f"{label(step)}：正在读取总表")
        context = Context(dt.datetime.now(), user_name(), True, StatusBar(live.app))
        asked = _agreed(step, dialogs, live, live.master, context)
        if asked is None:
            return
        say(live.app, f"{label(step)}：正在执行")
        try:
            outcome = _carried_out(step, live, replace(context, dry_run=False), asked)
        finally:
            if live.stuck:
                tell(dialogs, label(step), left_as_is(live.stuck))
        if shown_after(step, outcome):
            show_sheet(live.book, shown_after(step, outcome))
    dialogs.show(label(step), done(step, outcome), (OK,))


def _agreed(
    step: Step, dialogs: Dialogs, target: Target, master: Master, context: Context
) -> Asked | None:
    """The options of the step once its preview is accepted; None if there is nothing to do."""
    asked = first_asked(step, dialogs, master)
    more = (MORE,) if has_more(step) else ()
    while True:
        ready, message, go = _previewed(step, target, context, asked)
        buttons = (go, *more, CANCEL) if ready else (*more, OK)
        careful = step.leaves or not ready
        pressed = dialogs.show(label(step), message, buttons, len(buttons) - 1 if careful else 0)
        if buttons[pressed] != MORE:
            break
        asked = more_asked(step, dialogs, master, asked) or asked
    if not ready:
        return None
    if buttons[pressed] == CANCEL:
        raise Cancelled
    return asked


def _previewed(
    step: Step, target: Target, context: Context, asked: Asked
) -> tuple[bool, Message, str]:
    """Whether there is something to do, what is said of it, and what the button says."""
    try:
        outcome = run(step, target, context, clean(step, asked))
    except QcityError as error:
        if has_more(step):  # other options may mend it
            return False, failure(step, error), ""
        raise
    if not to_do(outcome):
        return False, report(step, outcome), ""
    return True, preview(step, outcome), act(step, outcome)


class _PartlyDone(Exception):
    """An accident in a step that hands things out one after the other."""


def _carried_out(
    step: Step, live: LiveWorkbook, context: Context, asked: Mapping[str, Any]
) -> Outcome[Any]:
    try:
        return run(step, live, context, clean(step, asked))
    except QcityError:
        raise
    except Exception as error:
        if step.effect == "hands out":
            raise _PartlyDone from error
        raise


# -- buttons that write no master


def _new(step: Step, dialogs: Dialogs) -> None:
    path = chosen(dialogs.ask_new_file("新总表存在哪里", "总表.xlsx"))
    context = Context(dt.datetime.now(), user_name(), True)
    asked = _agreed(step, dialogs, path, _at_hand(), context)
    if asked is not None:
        outcome = run(step, path, replace(context, dry_run=False), clean(step, asked))
        with suppress(Exception):  # the file is there; opening it is a service
            caller().app.books.open(path)
        tell(dialogs, label(step), outcome.summary)


def _at_hand() -> Master:
    """The master that is open, for what it remembers; one of no tables where none is."""
    with suppress(Exception):
        book = caller()
        return LiveWorkbook(book, saved_path(book)).master
    return Master({})


def _log(step: Step, dialogs: Dialogs) -> None:
    book = caller()
    live = LiveWorkbook(book, saved_path(book))
    context = Context(dt.datetime.now(), user_name())
    outcome = run(step, live, context, first_asked(step, dialogs, live.master))
    dialogs.show(label(step), report(step, outcome), (OK,))


def _why(step: Step, dialogs: Dialogs) -> None:
    from qcity_xl.steps.why import NothingChosen

    book = caller()
    live = LiveWorkbook(book, saved_path(book))
    for table, name in _ASKED_BY:
        row = live.chosen_row(table)
        if row is not None:
            context = Context(dt.datetime.now(), user_name())
            outcome = run(step, live, context, {"subject": text(row, name)})
            dialogs.show(label(step), report(step, outcome), (OK,))
            return
    raise NothingChosen("、".join(f"「{table.sheet}」" for table, _ in _ASKED_BY))


def _manual(step: Step, dialogs: Dialogs) -> None:
    from qcity_xl.adapters.resources import manual as manual_path
    from qcity_xl.adapters.resources import show_page

    page = manual_path()
    if not show_page(page):
        words = f"没有浏览器能打开使用手册。请用别的办法打开这个文件：{page}"
        tell(dialogs, label(step), words)


def _doctor(step: Step, dialogs: Dialogs) -> None:
    from qcity_xl.addin.doctor import as_lines, examine
    from qcity_xl.addin.machine import this_machine
    from qcity_xl.core.schema import SETTINGS
    from qcity_xl.steps.doctor import health, health_lines

    mail, lines = None, list[str]()
    with suppress(QcityError):  # the checks that need no master go on without one
        book = caller()
        live = LiveWorkbook(book, saved_path(book))
        mail = live.master.rows(SETTINGS).values()
        lines = health_lines(health(live))
    tell(dialogs, label(step), "\n".join([*as_lines(examine(this_machine(), mail)), *lines]))


_OWN: Mapping[str, Callable[[Step, Dialogs], None]] = {
    "new": _new,
    "log": _log,
    "why": _why,
    "manual": _manual,
    "doctor": _doctor,
}
