"""The very command line of a button, caught from the real VBA, in a new interpreter.

The workbook is open on a screen; the windows are ours, and keys that are really pressed answer
them.
"""

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest
import xlwings as xw

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.user import user_name
from qcity_xl.core.catalogue import BUTTONS
from qcity_xl.core.schema import CRITERIA, LOG
from qcity_xl.ribbon_words import label
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.outcome import Context
from tests.addin.conftest import caught_modules, run_calls
from tests.live.conftest import Open, open_again
from tests.live.engine.desk import Desk
from tests.live.fresh import attached, clicked
from tests.live.screen import Screen
from tests.live.test_parity import cells
from tests.steps.books import book_for, newer_for
from tests.steps.test_inspect import filed
from tests.steps.two_levels import asked_above
from tests.tools import unavailable

Stage = Callable[..., Path]
Opener = Callable[[Path], Open]
Press = Callable[..., None]

TITLE = {step.id: label(step) for step in BUTTONS}
SILENT = (0, b"", b"")  # exit status and both outputs
GO, OK, ESCAPE = ("Return",), ("Return",), ("Escape",)
NOT_NOW = ("Tab", "Tab", "Return")  # over 更多选项
SEND = ("Left", "Left", "Return")  # 取消 has the focus before anything that leaves the house
ODD = "质量 强市 & 第2版=终稿（%25）.xlsx"


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory, desk: Desk) -> Path:
    if find_spec("_tkinter") is None:
        unavailable("tkinter", "install the package python3-tk")
    return attached(tmp_path_factory.mktemp("python"), desk)


@pytest.fixture(scope="session")
def lines(stages: Path) -> Mapping[str, str]:
    """The command line of each button, with the master in front."""
    calls = [f"{command.macro} Nothing" for command in BUTTONS]
    found = run_calls(caught_modules(), calls, stages / "新" / "总表.xlsx")
    return dict(zip(TITLE, found, strict=True))


@pytest.fixture
def press(screen: Screen, python: Path, lines: Mapping[str, str]) -> Press:
    """Press a button, then answer its windows in turn, each with its keys."""

    def run(name: str, *answers: tuple[str, tuple[str, ...]], cwd: Path, line: str = "") -> None:
        with clicked(line or lines[name], python, screen, cwd) as click:
            for title, keys in answers:
                click.answer(title or TITLE[name], *keys)
            assert click.end() == SILENT

    return run


def test_a_click_scores_as_the_command_does(
    stage: Stage, opened: Opener, press: Press, tmp_path: Path
) -> None:
    by_command = stage("新", "命令")
    score(by_command, Context(dt.datetime.now(), user_name()))
    live = opened(stage("新"))
    press("score", ("", GO), ("", OK), cwd=tmp_path)
    assert cells(live.master) == cells(WorkbookFile.open(by_command).master)
    assert live.book.sheets.active.name == "看板"
    press("score", ("", OK), cwd=tmp_path)  # nothing is left to do


def test_the_workbook_is_found_whatever_its_name(
    stage: Stage, opened: Opener, press: Press, tmp_path: Path
) -> None:
    path = stage("新").rename(tmp_path / ODD)
    (line,) = run_calls(caught_modules(), ["QcScore Nothing"], path)
    assert line.endswith(f"\n{ODD}")
    other, live = opened(stage("新", "别的")), opened(path)
    press("score", ("", GO), ("", OK), cwd=tmp_path, line=line)
    assert any(row["claimed"] for row in live.master.rows(CRITERIA).values())
    assert not any(row["claimed"] for row in other.master.rows(CRITERIA).values())


@pytest.mark.parametrize("keys", [ESCAPE, NOT_NOW, ("alt+F4",)], ids=["esc", "button", "closed"])
def test_no_is_no(
    keys: tuple[str, ...], stage: Stage, opened: Opener, press: Press, tmp_path: Path
) -> None:
    live = opened(stage("新"))
    before = live.master
    press("score", ("", keys), cwd=tmp_path)
    assert live.master == before


def test_a_step_that_fails_says_so_and_leaves_all_as_it_was(
    stage: Stage, opened: Opener, press: Press, tmp_path: Path
) -> None:
    live = opened(stage("新"))
    live.protect(LOG.sheet)  # the log is written last, long after the scores
    before = live.master
    press("score", ("", GO), ("", OK), cwd=tmp_path)
    assert live.master == before


def test_a_workbook_closed_under_its_preview_is_told(
    stage: Stage,
    opened: Opener,
    screen: Screen,
    python: Path,
    lines: Mapping[str, str],
    tmp_path: Path,
) -> None:
    path = stage("新")
    live, before = opened(path), path.read_bytes()
    with clicked(lines["score"], python, screen, tmp_path) as click:
        screen.wait_for(TITLE["score"])
        live.book.close()
        click.answer(TITLE["score"], *GO)
        click.answer(TITLE["score"], *OK)
        assert click.end() == SILENT
    assert path.read_bytes() == before


FOLDER = "填报表放在哪个文件夹"
PACKAGE = "放到哪个文件夹"
DRAFTS = "没有填发送服务器"
WINDOWS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "adopt": (("台账", ("1", "period", *"xlsx", "Return")), ("", GO), ("", OK)),
    "revise": (("新版的任务分解表", ("1", "period", *"csv", "Return")), ("", GO), ("", OK)),
    "check": (("", GO), ("", OK)),
    "undo": (("", GO), ("", OK)),
    "new": (("新总表存在哪里", OK), ("本市的任务分解表", ESCAPE), ("", GO), ("", OK)),
    "split": ((FOLDER, OK), ("", GO), ("", OK)),
    "send": ((DRAFTS, OK), ("", SEND), ("", OK)),
    "chase": ((DRAFTS, OK), ("", SEND), ("", OK)),
    "merge": (("选要合并的回收件", ("1", "period", *"xlsx", "Return")), ("", GO), ("", OK)),
    "resolve": (("", GO), ("", OK)),
    "agree": (("", GO), ("", OK)),
    "units": (("", OK),),
    "advise": (("", GO), ("", OK)),
    "attach": (("", OK),),
    "rules": (("", OK),),
    "collect": (("放着回收邮件", OK), ("", GO), ("", OK)),
    "score": (("", GO), ("", OK)),
    "evidence": (("", GO), ("", OK)),
    "report": (("", GO), ("", OK)),
    "answer": (
        ("上级的填报表", ("1", "period", *"xlsx", "Return")),
        ("填好的放在哪个文件夹", OK),
        ("", GO),
        ("", OK),
    ),
    "inspect": ((PACKAGE, OK), ("", GO), ("", OK)),
    "why": (("", OK),),
    "manual": (),
    "login": (("", OK),),
    "doctor": (("", OK),),
    "log": (("", OK),),
}


WRITING = {
    "adopt",
    "revise",
    "check",
    "undo",
    "split",
    "send",
    "chase",
    "merge",
    "resolve",
    "agree",
    "advise",
    "score",
    "evidence",
}
MAKING = {
    "answer": "答复_1.xlsx",
    "split": "*.xlsx",
    "send": "*.eml",
    "chase": "*.eml",
    "new": "总表.xlsx",
    "report": "汇报/通报_*.docx",
    "inspect": "校验清单.*",
    "manual": "seen",
}


def test_every_button_has_its_windows() -> None:
    assert set(WINDOWS) == set(TITLE)


@pytest.mark.parametrize("name", WINDOWS)
def test_every_button_works_from_its_command_line(
    name: str,
    stage: Stage,
    opened: Opener,
    press: Press,
    tmp_path: Path,
    app: xw.App,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = stage({"undo": "冲突", "resolve": "冲突", "revise": "新"}.get(name, "催办"))
    if name == "inspect":
        filed(path)
    live = opened(path)
    returned = path.parent / "回收件"
    if returned.exists():
        shutil.copy(returned / "市教育局.xlsx", returned / "1.xlsx")
    out = tmp_path / "选 中"
    out.mkdir()
    if name == "adopt":
        book_for(path, out).rename(out / "1.xlsx")
    if name == "answer":
        asked_above(path, out).rename(out / "1.xlsx")
    if name == "revise":
        newer_for(path, out).rename(out / "1.csv")
    monkeypatch.setenv("BROWSER", _browser(out))
    before = live.master
    # A dialog for files starts in the folder where the interpreter was started.
    press(name, *WINDOWS[name], cwd=returned if name in ("merge", "collect") else out)
    if name == "revise":  # rows came in the middle
        live = open_again(app, path)
    assert (live.master != before) == (name in WRITING)
    made = (path.parent if name == "report" else out).glob(MAKING.get(name, "nothing"))
    assert bool(list(made)) == (name in MAKING)


def _browser(out: Path) -> str:
    """One that notes the page that it is to show."""
    script = out.with_name("browser")
    script.write_text(f"#!/bin/sh\nprintf %s \"$1\" > '{out}/seen'\n", encoding="utf-8")
    script.chmod(0o700)
    return f"{script} %s"
