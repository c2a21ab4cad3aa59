"""The buttons in a window of their own, on a master that is closed: for offices without Excel.

What a button runs is what its command runs; what is asked, shown and told is what the ribbon asks,
shows and tells.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from qcity_xl.adapters.disk import check_permitted, holder_of, load_bytes, sha256_of
from qcity_xl.adapters.pace import Pace
from qcity_xl.adapters.recent import recent_masters, remember_master
from qcity_xl.adapters.user import user_name
from qcity_xl.adapters.windows.dialogs import OK, WORKBOOKS, Dialogs, Field, Windows, tell
from qcity_xl.adapters.windows.message import Message, sentence
from qcity_xl.clicks import agreed, attended, carried_out, guarded
from qcity_xl.core.catalogue import BUTTONS, BY_ID, GROUPS, Step
from qcity_xl.core.errors import APack, ChangedMeanwhile, FileUnreadable, NotAMaster, QcityError
from qcity_xl.core.master.model import Master
from qcity_xl.ribbon_asks import Cancelled, StepArguments, chosen
from qcity_xl.ribbon_words import done, label
from qcity_xl.steps.run import run
from qcity_xl.steps.shared.outcome import Column, Context, Outcome, Section
from qcity_xl.steps.shared.target import Target

if TYPE_CHECKING:
    import tkinter as tk

    from qcity_xl.adapters.master_file.workbook import WorkbookFile

T = TypeVar("T")
_SHOW = "打开总表"
_NEED_NONE = {"new", "manual", "doctor"}
_CHOOSE_FIRST = "（先选总表才能点）"
_LOOKS_EVERY = 1000  # ms


class NoWindow(QcityError):
    """This Python has no tkinter, or there is no screen."""

    def __init__(self, why: object) -> None:
        """Say what helps."""
        super().__init__(
            f"开不了窗口（{why}）。请在有屏幕的电脑上运行；Linux 上缺 tkinter 的，装系统的 "
            "python3-tk。不用窗口也能用命令做完全部工作，见使用手册。"
        )


class NoMaster(QcityError):
    """Nothing to merge into."""

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__("还没有选总表。请先点“选择…”选一份，再放进收到的填报表。")


def open_desk(files: Sequence[Path] = ()) -> None:
    """The window until it is closed: with a master among `files`, on it; others are merged.

    Raises NoWindow.
    """
    try:
        from qcity_xl.adapters.windows.window import new_root

        root = new_root()
    except Exception as error:  # no tkinter, or no screen
        raise NoWindow(error) from error
    root.withdraw()
    try:
        Desk(root).run([path.absolute() for path in files])
    finally:
        root.destroy()


class Desk:
    """The window, the master at hand, and what its buttons do."""

    def __init__(self, root: "tk.Tk") -> None:
        """On the master that was worked on last."""
        from qcity_xl.adapters.windows.panel import Calls, Key, Panel

        keys = [
            (
                group,
                [
                    Key(step.id, b.label, b.keytip, f"{b.screentip}。{b.supertip}", b.large)
                    for step in BUTTONS
                    if (b := step.button) and b.group == group
                ],
            )
            for group in GROUPS
        ]
        shown = self._choose, self._take, self._show
        calls = Calls(self._press, *shown, self._paste, self._take_all)
        self._panel: Panel = Panel(root, keys, calls)
        self._dialogs = Windows(over=root)
        self._master: Path | None = next((p for p in recent_masters() if p.is_file()), None)
        self._said = ("", 0, 0)
        self._seen = ""
        root.report_callback_exception = self._accident

    def run(self, files: Sequence[Path]) -> None:
        """Until the window is closed; what came back is merged once it is there."""
        masters = [path for path in files if _may_be_master(path)]
        for path in masters[:1]:
            self._take(path)
        returned = [path for path in files if path not in masters]
        if returned:
            self._panel.root.after(_LOOKS_EVERY // 4, self._merge, returned)
        self._refresh()
        self._look()
        self._panel.run()

    # -- the master at hand

    def _refresh(self) -> None:
        others = [path for path in recent_masters() if path != self._master]
        self._panel.masters([*([self._master] if self._master else []), *others])
        ready = self._master is not None
        self._panel.allow(lambda name: "" if ready or name in _NEED_NONE else _CHOOSE_FIRST)

    def _look(self) -> None:
        """Say every second what there is to know of the master."""
        if not self._panel.working:
            self._say_state()
        self._panel.root.after(_LOOKS_EVERY, self._look)

    def _say_state(self) -> None:
        words, warns = _state_of(self._master)
        self._panel.state(words, warns=warns)

    def _take(self, path: Path) -> None:
        """Work on this master from now on, if it is one or may be mended."""
        if not path.is_file():
            tell(self._dialogs, _SHOW, f"没有这个文件了：{path}")
        else:
            self._master = path
            remember_master(path)
        self._refresh()
        self._say_state()

    def _choose(self) -> None:
        found = self._dialogs.ask_files("选择总表", WORKBOOKS)
        if found:
            self._take_all(found[:1])

    def _show(self) -> None:
        from qcity_xl.adapters.resources import show_file

        if self._master and not show_file(self._master):
            tell(self._dialogs, _SHOW, f"没有程序能打开它。请用别的办法打开：{self._master}")

    # -- files that are given

    def _paste(self) -> None:
        from qcity_xl.adapters.windows.pasted import copied_paths

        found = copied_paths(self._panel.root)
        if found:
            self._take_all(found)
        else:
            words = "剪贴板里没有文件。请在文件夹里选中收到的填报表，复制，再到这里按 Ctrl+V。"
            tell(self._dialogs, label(BY_ID["merge"]), words)

    def _take_all(self, files: Sequence[Path]) -> None:
        """A master is worked on from now on; all else came back from units."""

        def work(_step: Step, _dialogs: Dialogs) -> None:
            masters = self._behind(lambda: [path for path in files if _may_be_master(path)])
            for path in masters[:1]:
                self._take(path)
            if returned := [path for path in files if path not in masters]:
                self._merge_now(returned)

        self._guarded(BY_ID["merge"], work)

    def _merge(self, returned: Sequence[Path]) -> None:
        self._guarded(BY_ID["merge"], lambda *_: self._merge_now(returned))

    def _merge_now(self, returned: Sequence[Path]) -> None:
        if self._master is None:
            raise NoMaster
        self._run(BY_ID["merge"], self._dialogs, {"sources": list(returned)})

    # -- a button

    def _press(self, name: str) -> None:
        own = {"new": self._new, "why": self._why, "manual": self._manual}
        self._guarded(BY_ID[name], own.get(name, self._run))

    def _guarded(self, step: Step, work: Callable[[Step, Dialogs], None]) -> None:
        if self._panel.working:
            return
        self._panel.working = True
        self._refresh()
        try:
            guarded(step, self._dialogs, work)
        finally:
            self._panel.working = False
            self._refresh()
            self._panel.focus(step.id)

    def _run(self, step: Step, dialogs: Dialogs, given: StepArguments | None = None) -> None:
        if self._master is None:
            tell(dialogs, label(step), "\n".join(self._behind(_of_machine)))
            return
        path = self._master
        if step.effect != "reads":
            self._wait_until_free(step, path)
        errand = attended(dialogs, label(step), self._behind)
        context = Context(dt.datetime.now(), user_name(), True, self._progress, errand=errand)
        master = self._behind(lambda: _tables_of(path))
        asked = agreed(step, dialogs, path, master, context, self._runner, given)
        if asked is None:
            return
        self._wait_until_free(step, path)
        target = path if step.id == "doctor" else self._behind(lambda: _as_seen(path, self._seen))
        real = replace(context, now=dt.datetime.now(), dry_run=False)
        # An errand has a window of its own, which belongs to this thread.
        runner = run if step.id == "login" else self._runner
        outcome = carried_out(step, target, real, asked, runner)
        self._tell_done(step, done(step, outcome))

    def _new(self, step: Step, dialogs: Dialogs) -> None:
        path = chosen(dialogs.ask_new_file("新总表存在哪里", "总表.xlsx"))
        context = Context(dt.datetime.now(), user_name(), True, self._progress)
        master = _tables_of(self._master) if self._master else Master({})
        asked = agreed(step, dialogs, path, master, context, self._runner)
        if asked is not None:
            real = replace(context, dry_run=False)
            outcome = carried_out(step, path, real, asked, self._runner)
            self._take(path)
            self._tell_done(step, sentence(outcome.summary))

    def _why(self, step: Step, dialogs: Dialogs) -> None:
        hint = "得分点如 13(3)，指标如 13"
        asked = dialogs.ask_options(label(step), [Field("subject", "编号", "text", hint=hint)])
        if not asked or not asked["subject"]:
            raise Cancelled
        self._run(step, dialogs, dict(asked))

    def _manual(self, step: Step, dialogs: Dialogs) -> None:
        from qcity_xl.adapters.resources import manual, show_page

        page = manual()
        if not show_page(page):
            words = f"没有浏览器能打开使用手册。请用别的办法打开这个文件：{page}"
            tell(dialogs, label(step), words)

    def _tell_done(self, step: Step, message: Message) -> None:
        if self._dialogs.show(label(step), message, (_SHOW, OK), 1) == 0:
            self._show()

    def _wait_until_free(self, step: Step, path: Path) -> None:
        """Raises Cancelled if the user gave up waiting, CannotWrite if it is write-protected."""
        check_permitted(path)
        found = holder_of(path)
        if found is None:
            return
        rest = (
            f"\n其实没有打开的（例如程序上次意外退出）：删除同一文件夹里的“{found.lock}”，也会继续。"
            if found.lock
            else ""
        )
        words = (
            f"“{path.name}”正在 {found.program} 中打开。请在那里保存并关闭，这里会自动继续。{rest}"
        )
        if not self._dialogs.wait(label(step), sentence(words), lambda: holder_of(path) is None):
            raise Cancelled

    # -- beside the window

    def _runner(
        self, step: Step, target: Target, context: Context, asked: Mapping[str, Any]
    ) -> Outcome[Any]:
        def work() -> Outcome[Any]:
            if isinstance(target, Path) and target.is_file():
                self._seen = sha256_of(load_bytes(target))
            outcome = run(step, target, context, asked)
            return _with_machine(outcome) if step.id == "doctor" and context.dry_run else outcome

        self._said = (f"{label(step)}：{'正在看要改什么' if context.dry_run else '正在执行'}", 0, 0)
        return self._behind(work, stops=context.dry_run)

    def _behind(self, work: Callable[[], T], *, stops: bool = False) -> T:
        try:
            return self._panel.work(work, lambda: self._said, stops=stops)
        finally:
            self._said = ("", 0, 0)

    def _progress(self, items: Sequence[T], title: str, sizes: Sequence[int] = ()) -> Iterator[T]:
        """The items, one by one, in the thread of the step; a preview can be stopped there."""
        pace = Pace(len(items), sizes)
        for number, item in enumerate(items, 1):
            left = pace.left(number - 1)
            words = f"{title}（{left}）" if left else title
            self._said = (f"{words} {pace.place(number)}", number, len(items))
            if self._panel.stopped:
                raise Cancelled
            yield item

    def _accident(self, *_: object) -> None:
        """What went wrong in the window itself, outside of a button."""
        from qcity_xl.adapters.terminal import logged_failure

        with suppress(Exception):
            tell(self._dialogs, _SHOW, f"窗口出了意外。{logged_failure()}")


def _state_of(master: Path | None) -> tuple[str, bool]:
    if master is None:
        return "", False
    try:
        changed = dt.datetime.fromtimestamp(master.stat().st_mtime)
    except OSError:
        return f"找不到了：{master}", True
    found = holder_of(master, tries=False)
    if found:
        return f"正在 {found.program} 中打开：要写入时，会等您在那里保存并关闭。", True
    return f"上次改动 {changed:%Y-%m-%d %H:%M}，没有程序占着。", False


def _tables_of(path: Path) -> Master:
    """What the master remembers; nothing where it is damaged, which the step will tell."""
    from qcity_xl.adapters.master_file.workbook import WorkbookFile

    try:
        return WorkbookFile.open(path, lenient=True).master
    except QcityError:
        return Master({})


def _as_seen(path: Path, digest: str) -> "WorkbookFile":
    """The master as it was in the preview. Raises ChangedMeanwhile."""
    from qcity_xl.adapters.master_file.workbook import WorkbookFile

    file = WorkbookFile.open(path)
    if file.sha256 != digest:
        raise ChangedMeanwhile(path.name)
    return file


def _may_be_master(path: Path) -> bool:
    """Whether it is a master, of whatever version."""
    from qcity_xl.adapters.master_file.workbook import WorkbookFile

    try:
        WorkbookFile.open(path)
    except (FileUnreadable, NotAMaster, APack):
        return False
    except QcityError:  # of a newer version, or with a header lost: a step says so
        return True
    return True


def _of_machine() -> list[str]:
    from qcity_xl.addin.doctor import as_lines, examine
    from qcity_xl.addin.machine import this_machine

    return as_lines(examine(this_machine()))


def _with_machine(outcome: Outcome[Any]) -> Outcome[Any]:
    rows = tuple((line,) for line in _of_machine())
    return replace(outcome, sections=(*outcome.sections, Section("本机", (Column("查到"),), rows)))
