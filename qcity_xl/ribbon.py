"""A click on the workbook open in Excel: ask, show, do, tell. Which step, its record says.

Nothing that writes runs without its preview, which is the step itself on a dry run.
"""

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

from qcity_xl.adapters.excel.alert import alert
from qcity_xl.adapters.excel.session import (
    StatusBar,
    caller,
    check_writable,
    clear_status,
    saved_path,
)
from qcity_xl.adapters.excel.workbook import LiveWorkbook
from qcity_xl.adapters.user import user_name
from qcity_xl.adapters.windows.dialogs import OK, Dialogs, Windows, tell
from qcity_xl.clicks import agreed, attended, carried_out, guarded
from qcity_xl.core.catalogue import BY_ID, Step
from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import CRITERIA, EVIDENCE, INDICATORS, TASKS
from qcity_xl.ribbon_asks import chosen, first_asked
from qcity_xl.ribbon_words import done, label, left_as_is, report, shown_after
from qcity_xl.steps.run import clean, run
from qcity_xl.steps.shared.outcome import Context

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
    try:
        guarded(step, dialogs or Windows(alert), _OWN.get(name, _run))
    finally:
        if sys.platform == "darwin":  # elsewhere the add-in, which waits for the end, does it
            clear_status()


def _run(step: Step, dialogs: Dialogs) -> None:
    book = caller()
    path = saved_path(book)
    if step.effect in ("writes", "hands out"):
        check_writable(book)
    live = LiveWorkbook(book, path, keeps=step.effect == "hands out")
    # What the add-in says in the status bar stands there until the end, but for longer work.
    with StatusBar(live.app) as progress:
        errand = attended(dialogs, label(step), lambda wait: wait())
        context = Context(dt.datetime.now(), user_name(), True, progress, errand=errand)
        asked = agreed(step, dialogs, live, live.master, context)
        if asked is None:
            return
        if step.effect != "writes":
            progress.say(f"{label(step)}：正在执行")
        try:
            outcome = carried_out(step, live, replace(context, dry_run=False), asked)
        finally:
            if live.stuck:
                tell(dialogs, label(step), left_as_is(live.stuck))
        if shown_after(step, outcome):
            live.show_sheet(shown_after(step, outcome))
    dialogs.show(label(step), done(step, outcome), (OK,))


# -- buttons that write no master


def _new(step: Step, dialogs: Dialogs) -> None:
    path = chosen(dialogs.ask_new_file("新总表存在哪里", "总表.xlsx"))
    context = Context(dt.datetime.now(), user_name(), True)
    asked = agreed(step, dialogs, path, _at_hand(), context)
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

    if (trial := _in_trial()) is not None:
        tell(dialogs, label(step), trial(as_lines(examine(this_machine()))))
        return
    mail, lines = None, list[str]()
    with suppress(QcityError):  # the checks that need no master go on without one
        book = caller()
        live = LiveWorkbook(book, saved_path(book))
        mail = live.master.rows(SETTINGS).values()
        lines = health_lines(health(live))
    tell(dialogs, label(step), "\n".join([*as_lines(examine(this_machine(), mail)), *lines]))


def _in_trial() -> Callable[[list[str]], str] | None:
    """What notes the state of a trial, if the workbook in front is one."""
    from qcity_xl.addin.trial import is_trial, note

    try:
        book = caller()
        path = saved_path(book)
    except QcityError:
        return None
    return (lambda machine: note(book, path.parent, machine)) if is_trial(book) else None


_OWN: Mapping[str, Callable[[Step, Dialogs], None]] = {
    "new": _new,
    "log": _log,
    "why": _why,
    "manual": _manual,
    "doctor": _doctor,
}
