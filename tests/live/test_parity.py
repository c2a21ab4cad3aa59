"""Excel and the command line agree: the same click and command leave the same master."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from qcity_xl import ribbon
from qcity_xl.adapters.mail.eml import way as eml_way
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.user import user_name
from qcity_xl.core.catalogue import BUTTONS
from qcity_xl.core.history.log import verify
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import BY_NAME, LOG, ROUNDS, SETTINGS
from qcity_xl.core.values import canonical
from qcity_xl.steps.adopt import adopt
from qcity_xl.steps.advise import advise
from qcity_xl.steps.agree import agree
from qcity_xl.steps.answer import answer
from qcity_xl.steps.attach import attach
from qcity_xl.steps.chase import chase
from qcity_xl.steps.check import check
from qcity_xl.steps.collect import collect
from qcity_xl.steps.evidence import evidence
from qcity_xl.steps.history import log, undo
from qcity_xl.steps.inspect import inspect
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.report import report
from qcity_xl.steps.resolve import resolve
from qcity_xl.steps.revise import revise
from qcity_xl.steps.rules import rules
from qcity_xl.steps.score import score
from qcity_xl.steps.send import send
from qcity_xl.steps.shared.mail_orders import Orders
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.shared.plain_text import text_lines
from qcity_xl.steps.split import split
from qcity_xl.steps.units import units
from tests.live.conftest import UNITS, Answers, Open, open_again
from tests.steps.books import book_for, newer_for
from tests.steps.test_inspect import filed
from tests.steps.two_levels import asked_above

Step = Callable[[Path, Context], Outcome[Any]]


def drafts(path: Path) -> Orders:
    return Orders(way=eml_way({"eml": path.parent / "草稿"}), go=True)


def came_by_mail(path: Path) -> None:
    """An attachment that 对应佐证 knows again by its name."""
    paper = path.parent / "佐证" / UNITS[0] / "a.pdf"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(b"%PDF-1.4 x")


RENAMED = "市教育局=市教育体育局"
# All steps with buttons: those that write, that make files alone, that only tell.
STEPS: Mapping[str, tuple[str, Step]] = {
    "check": ("新", check),
    "score": ("新", score),
    "evidence": ("冲突", evidence),
    "split": ("新", lambda path, context: split(path, path.parent / "包", context)),
    "merge": ("回收", lambda path, context: merge(path, [path.parent / "回收件"], context)),
    "resolve": ("冲突", resolve),
    "attach": ("冲突", attach),
    "agree": ("新", agree),
    "advise": ("新", advise),
    "adopt": ("新", lambda path, context: adopt(path, book_for(path, path.parent), context)),
    "undo": ("冲突", undo),
    "revise": ("新", lambda path, context: revise(path, newer_for(path, path.parent), context)),
    "units": ("冲突", lambda path, context: units(path, context, rename=RENAMED)),
    "send": ("催办", lambda path, context: send(path, context, drafts(path))),
    "chase": ("催办", lambda path, context: chase(path, context, drafts(path))),
}
MORE: Mapping[str, dict[str, object]] = {  # behind 更多选项
    "units": {"rename": RENAMED},
    "report": {"kind": "通报、网页"},
}
MAKES: Mapping[str, tuple[str, Step]] = {
    "answer": (
        "冲突",
        lambda path, run: answer(path, asked_above(path, path.parent), path.parent / "答复", run),
    ),
    "collect": ("回收", lambda path, run: collect(path, run, folder=path.parent / "回收件")),
    "report": ("冲突", lambda path, run: report(path, run, "通报、网页")),
    "inspect": ("冲突", lambda path, run: inspect(path, run, path.parent / "迎检包")),
}
TELLS: Mapping[str, Callable[[Path], Outcome[Any]]] = {
    "rules": rules,
    "log": lambda path: log(path, check=True),
}
APART = {  # what they ask for is no master that is open, or one cell of it
    "new": "test_a_click_makes_the_master_that_the_command_makes",
    "why": "tests/live/test_why.py, tests/excel/test_manners.py",
    "manual": "tests/live/test_replay.py",
    "login": "tests/mail/test_sign_in_click.py",
    "doctor": "tests/live/test_replay.py, tests/addin/test_trial.py",
}
REOPENED = ("revise",)  # rows come in the middle, which the file alone takes
FILES = {
    "revise": newer_for,
    "adopt": book_for,
    "answer": asked_above,
}  # the file that is chosen, made from the master
BESIDE = {"attach": came_by_mail, "inspect": filed}  # what lies there before
CHOSEN = {  # the folder; 回收件 for the others
    "answer": "答复",
    "split": "包",
    "send": "草稿",
    "chase": "草稿",
    "inspect": "迎检包",
}
# What differs from run to run: the minute, the links of the log that hang on it, names of messages.
_MAIL = ("mail_at", "mail_id", "chase_at", "chase_id")
_TIMED = {(LOG.name, "time"), (LOG.name, "chain"), *((ROUNDS.name, name) for name in _MAIL)}


_MINUTE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")  # in the log: the next one may have begun


def cells(master: Master) -> dict[tuple[str, str, str], str]:
    """The meaning of each cell, live formulas included."""
    return {
        (table, row, name): _MINUTE.sub("此刻", canonical(value, BY_NAME[table].column(name).type))
        for table, rows in master.tables.items()
        for row, values in rows.items()
        for name, value in values.items()
        if (table, name) not in _TIMED and not (table == SETTINGS.name and row.startswith("存档/"))
    }


def files_beside(path: Path) -> list[str]:
    """What a step made or took in: packs, drafts, what was received; no snapshots, no locks."""
    found = (file.relative_to(path.parent) for file in path.parent.rglob("*") if file.is_file())
    return sorted(str(f) for f in found if "snapshots" not in f.parts and f.name[:2] != ".~")


def copies(name: str, start: str, stage: Callable[..., Path]) -> tuple[Path, Path]:
    """The master for the command and that for the click, with what lies beside them."""
    found = stage(start, "命令"), stage(start, "点击 一下")
    for path in found:
        if name in BESIDE:
            BESIDE[name](path)
    return found


def answers_for(name: str, path: Path) -> Answers:
    """Whoever clicks: which folder and files are chosen, what is given behind 更多选项."""
    files = [FILES[name](path, path.parent)] if name in FILES else []
    folder = path.parent / CHOSEN.get(name, "回收件")
    return Answers(folder=folder, files=files, more=more(name))


def made_alike(name: str, stage: Callable[..., Path], opened: Callable[[Path], Any]) -> list[str]:
    """The files of a click that makes the command's files, and writes no master."""
    start, step = MAKES[name]
    by_command, by_click = copies(name, start, stage)
    step(by_command, Context(dt.datetime.now(), user_name()))
    live = opened(by_click)
    before, master = by_click.read_bytes(), live.master
    answers = answers_for(name, by_click)
    ribbon.click(name, answers)
    assert "完成" in answers.told[0]
    assert (by_click.read_bytes(), live.master) == (before, master)
    assert files_beside(by_click) == files_beside(by_command)
    return files_beside(by_click)


def told_alike(name: str, stage: Callable[..., Path], opened: Callable[[Path], Any]) -> None:
    """A click tells what the command tells."""
    path = stage("冲突")
    opened(path)
    answers = Answers()
    ribbon.click(name, answers)
    wanted = text_lines(TELLS[name](path))
    assert answers.told[0].splitlines()[:10] == list(wanted[:10])


def test_every_button_is_held_against_its_command() -> None:
    assert {step.id for step in BUTTONS} == {*STEPS, *MAKES, *TELLS, *APART}


def more(name: str) -> list[dict[str, object]]:
    """What is given behind 更多选项, for whoever presses it at most once."""
    return [dict(MORE[name])] if name in MORE else []


@pytest.mark.parametrize("name", STEPS)
def test_a_click_leaves_the_master_that_the_command_leaves(
    name: str, stage: Callable[..., Path], opened: Callable[[Path], Open], app: xw.App
) -> None:
    start, step = STEPS[name]
    by_command, by_click = copies(name, start, stage)
    done = step(by_command, Context(dt.datetime.now(), user_name()))
    before = by_click.read_bytes()
    live, answers = opened(by_click), answers_for(name, by_click)
    ribbon.click(name, answers)
    assert len(answers.shown) == len(answers.told) == 1, answers.told
    assert "完成" in answers.told[0]
    if name in REOPENED:
        assert "自动保存" in answers.shown[0]
        live = open_again(app, by_click)
    wanted = cells(WorkbookFile.open(by_command).master)
    assert cells(live.master) == wanted
    assert not verify(live.master)
    if name != "send":  # letters wait before, and are written after
        assert text_lines(done)[0].split("放在")[0] in answers.shown[0]
    assert files_beside(by_click) == files_beside(by_command)
    if name not in (*CHOSEN, *REOPENED):
        assert by_click.read_bytes() == before  # the user saves when the user wants to
        live.book.save()
    assert cells(WorkbookFile.open(by_click).master) == wanted


@pytest.mark.parametrize("name", MAKES)
def test_a_click_makes_what_the_command_makes(
    name: str, stage: Callable[..., Path], opened: Callable[[Path], Open]
) -> None:
    files = made_alike(name, stage, opened)
    kinds = {Path(file).suffix for file in files}
    assert kinds >= {"report": {".docx", ".html"}, "inspect": {".pdf"}}.get(name, {".xlsx"})
    assert name != "inspect" or "迎检包_缺件清单.xlsx" in files


@pytest.mark.parametrize("name", TELLS)
def test_a_click_tells_what_the_command_tells(
    name: str, stage: Callable[..., Path], opened: Callable[[Path], Open]
) -> None:
    told_alike(name, stage, opened)


def test_a_click_adopts_the_book_that_the_command_adopts(
    stage: Callable[..., Path], opened: Callable[[Path], Open], tmp_path: Path
) -> None:
    by_command, by_click = stage("新", "命令"), stage("新", "点击 一下")
    book = book_for(by_command, tmp_path)
    done = adopt(by_command, book, Context(dt.datetime.now(), user_name()))
    live = opened(by_click)
    answers = Answers(files=[book])
    ribbon.click("adopt", answers)
    assert text_lines(done)[0] in answers.shown[0]
    assert "接收台账完成" in answers.told[0]
    assert cells(live.master) == cells(WorkbookFile.open(by_command).master)
    again = Answers(files=[book])
    ribbon.click("adopt", again)
    assert not again.shown  # nothing is left to do
    ribbon.click("undo", Answers())
    assert not verify(live.master)
    no_book = Answers()
    ribbon.click("adopt", no_book)  # no file was chosen
    assert not no_book.told


def test_a_click_makes_the_master_that_the_command_makes(tmp_path: Path, app: xw.App) -> None:
    new(tmp_path / "命令.xlsx", Context(dt.datetime.now(), user_name()), master_id="任一")
    app.books.add().set_mock_caller()
    ribbon.click("new", Answers(folder=tmp_path))
    live = Open(app.books["总表.xlsx"], tmp_path / "总表.xlsx")
    made = cells(live.master)
    wanted = cells(WorkbookFile.open(tmp_path / "命令.xlsx").master)
    different = {place for place in made | wanted if made.get(place) != wanted.get(place)}
    assert different == {(SETTINGS.name, "总表/总表编号", "value")}
