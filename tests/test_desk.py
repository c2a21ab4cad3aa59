"""The window of buttons: pressed on a screen by keys and mouse, on masters that are closed."""

import datetime as dt
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.user import user_name
from qcity_xl.core.catalogue import BUTTONS
from qcity_xl.core.schema import CRITERIA, PROBLEMS
from qcity_xl.steps.merge import merge
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.outcome import Context
from tests.adapters.windows.test_dropped import dragged
from tests.live.conftest import screen, stage, stages, write  # noqa: F401 - fixtures among them
from tests.live.fresh import Click
from tests.live.screen import Screen
from tests.live.test_parity import cells

Stage = Callable[..., Path]
WINDOW, SECONDS = "质量强市", 60.0
OWN_LETTERS = {"O", "K"}  # 选择…, 打开总表


@contextmanager
def desk(screen: Screen, home: Path, *files: Path) -> Iterator[Click]:  # noqa: F811
    """The window, with what was given to it; in the end it is closed, and has printed nothing."""
    process = subprocess.Popen(
        [sys.executable, "-m", "qcity_xl", "desk", *map(str, files)],
        env={**screen.environment, "XDG_CONFIG_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        try:
            yield Click(process, screen)
            screen.wait_for(WINDOW)
            screen.press("alt+F4")
            out, err = process.communicate(timeout=SECONDS)
            assert (process.returncode, out, err) == (0, b"", b"")
        finally:
            process.kill()


def ready(screen: Screen, title: str = WINDOW) -> None:  # noqa: F811
    """The window of buttons itself is in front, not one of a step."""
    until = time.monotonic() + SECONDS
    while screen.title() != title and time.monotonic() < until:
        time.sleep(0.02)
    assert screen.title() == title


def context() -> Context:
    return Context(dt.datetime.now(), user_name())


def of(path: Path) -> Mapping[tuple[str, str, str], str]:
    return cells(WorkbookFile.open(path).master)


def test_no_two_buttons_have_the_same_letters() -> None:
    letters = [step.button.keytip for step in BUTTONS if step.button]
    assert len(set(letters)) == len(letters)
    assert not OWN_LETTERS & {word[0] for word in letters}


def test_a_button_does_what_the_command_does(
    stage: Stage,  # noqa: F811
    screen: Screen,  # noqa: F811
    tmp_path: Path,
) -> None:
    by_command = stage("新", "命令")
    score(by_command, context())
    path = stage("新")
    with desk(screen, tmp_path, path) as click:
        ready(screen)
        screen.press("alt+c", "s")
        click.answer("重算得分", "Return")
        click.answer("重算得分", "Return")
    assert of(path) == of(by_command)
    kept = json.loads((tmp_path / "qcity_xl" / "recent.json").read_text(encoding="utf-8"))
    assert kept == [str(path)]


def test_the_last_master_is_there_again_and_the_mouse_works(
    stage: Stage,  # noqa: F811
    screen: Screen,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = stage("新")
    kept = tmp_path / "qcity_xl" / "recent.json"
    kept.parent.mkdir()
    kept.write_text(json.dumps([str(tmp_path / "删了.xlsx"), str(path)]), encoding="utf-8")
    with desk(screen, tmp_path) as click:
        ready(screen)
        screen.click(screen.wait_for(WINDOW), 0.12, 0.29)  # the first button: 检查
        click.answer("检查", "Return")
        click.answer("检查", "Return")
    assert WorkbookFile.open(path).master.rows(PROBLEMS)


@pytest.fixture(scope="module")
def merged(
    stages: Path,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[tuple[str, str, str], str]:
    """What the command leaves when it merges what came back."""
    folder = tmp_path_factory.mktemp("命令") / "总表"
    shutil.copytree(stages / "回收", folder)
    merge(folder / "总表.xlsx", [folder / "回收件"], context())
    return of(folder / "总表.xlsx")


def test_returned_files_that_are_given_are_merged(
    stage: Stage,  # noqa: F811
    screen: Screen,  # noqa: F811
    merged: Mapping[tuple[str, str, str], str],
    tmp_path: Path,
) -> None:
    path = stage("回收")
    with desk(screen, tmp_path, path, path.parent / "回收件") as click:
        click.answer("合并回收", "Return")
        click.answer("合并回收", "Return")
    assert of(path) == merged


def test_files_that_were_copied_are_merged(
    stage: Stage,  # noqa: F811
    screen: Screen,  # noqa: F811
    merged: Mapping[tuple[str, str, str], str],
    tmp_path: Path,
) -> None:
    path = stage("回收")
    returned = "\n".join(f'"{file}"' for file in (path.parent / "回收件").iterdir())
    with _clipboard(screen, returned), desk(screen, tmp_path, path) as click:
        ready(screen)
        screen.press("ctrl+v")
        click.answer("合并回收", "Return")
        click.answer("合并回收", "Return")
    assert of(path) == merged


@contextmanager
def _clipboard(screen: Screen, words: str) -> Iterator[None]:  # noqa: F811
    code = (
        "import sys, tkinter as tk; root = tk.Tk(); root.withdraw(); root.clipboard_clear(); "
        "root.clipboard_append(sys.argv[1]); print('there', flush=True); root.mainloop()"
    )
    command = [sys.executable, "-c", code, words]
    owner = subprocess.Popen(command, env=screen.environment, stdout=subprocess.PIPE)
    with owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"there\n"
        yield
        owner.kill()


@pytest.mark.parametrize("lock", ["~${}", ".~{}", ".~lock.{}#"])
def test_a_master_that_is_open_elsewhere_is_waited_for(
    lock: str,
    stage: Stage,  # noqa: F811
    screen: Screen,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = stage("新")
    held = path.with_name(lock.format(path.name))
    held.write_bytes(b"")
    before = path.read_bytes()
    with desk(screen, tmp_path, path) as click:
        ready(screen)
        screen.press("alt+c", "s")
        waiting = screen.wait_for("重算得分")
        assert path.read_bytes() == before
        held.unlink()
        screen.wait_until_gone(waiting)
        click.answer("重算得分", "Return")
        click.answer("重算得分", "Return")
    assert path.read_bytes() != before


def test_a_master_changed_under_its_preview_stays_as_it_is(
    stage: Stage,  # noqa: F811
    screen: Screen,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = stage("新")
    key = list(WorkbookFile.open(path).master.rows(CRITERIA))[1]
    with desk(screen, tmp_path, path) as click:
        ready(screen)
        screen.press("alt+c", "s")
        screen.wait_for("重算得分")
        write(path, (CRITERIA.name, key, "answer", "未达成"))
        before = path.read_bytes()
        click.answer("重算得分", "Return")
        click.answer("重算得分", "Return")  # that it was changed
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", [step.id for step in BUTTONS if step.id != "manual"])
def test_no_is_no_and_what_only_looks_changes_nothing(
    name: str,
    stage: Stage,  # noqa: F811
    screen: Screen,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = stage("催办")
    before = {file: file.read_bytes() for file in path.parent.glob("*.xlsx")}
    button = next(step.button for step in BUTTONS if step.id == name)
    assert button is not None
    with desk(screen, tmp_path, path):
        ready(screen)
        keys = button.keytip.lower()
        screen.press(f"alt+{keys[0]}", keys[1])
        until = time.monotonic() + SECONDS
        while screen.title() == WINDOW and time.monotonic() < until:
            time.sleep(0.02)
        while screen.title() != WINDOW and time.monotonic() < until:
            screen.press("Escape")
            time.sleep(0.3)
    assert {file: file.read_bytes() for file in path.parent.glob("*.xlsx")} == before


def test_a_damaged_master_is_told_and_mended(
    stage: Stage,  # noqa: F811
    screen: Screen,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = stage("回收")
    path.write_bytes(path.read_bytes()[:5000])
    kept = tmp_path / "qcity_xl" / "recent.json"
    kept.parent.mkdir()
    kept.write_text(json.dumps([str(path)]), encoding="utf-8")
    with desk(screen, tmp_path) as click:
        ready(screen)
        screen.press("alt+c", "s")
        click.answer("重算得分", "Return")  # it can't be read
        ready(screen)
        screen.press("alt+z", "j")
        click.answer("自检", "Return")
        click.answer("自检", "Return")
    assert WorkbookFile.open(path).master.rows(CRITERIA)


def test_what_came_back_needs_a_master(
    stage: Stage,  # noqa: F811
    screen: Screen,  # noqa: F811
    tmp_path: Path,
) -> None:
    returned = stage("回收").parent / "回收件"
    copied = shutil.copytree(returned, tmp_path / "寄回")
    with desk(screen, tmp_path, copied) as click:
        click.answer("合并回收", "Return")


def test_without_a_screen_a_sentence_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qcity_xl", "desk"],
        env={"XDG_CONFIG_HOME": str(tmp_path), "PATH": "", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 3
    assert "开不了窗口" in done.stderr
    assert "Traceback" not in done.stderr


def test_files_that_are_dragged_there_are_merged(
    stage: Stage,  # noqa: F811
    screen: Screen,  # noqa: F811
    merged: Mapping[tuple[str, str, str], str],
    tmp_path: Path,
) -> None:
    """As from a folder: taken up with the mouse, carried over, let go."""
    path = stage("回收")
    with desk(screen, tmp_path, path) as click:
        ready(screen)
        window = screen.wait_for(WINDOW)
        with dragged(screen, window, *(path.parent / "回收件").iterdir()):
            click.answer("合并回收", "Return")
            click.answer("合并回收", "Return")
    assert of(path) == merged
