"""What may go wrong in a click is one sentence, and the truth about what was done."""

import datetime as dt
import gc
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from qcity_xl.adapters.mail.oauth import Code
from qcity_xl.adapters.windows.dialogs import CANCEL, Windows
from qcity_xl.adapters.windows.message import Message
from qcity_xl.clicks import PartlyDone, agreed, attended, carried_out, guarded
from qcity_xl.core.catalogue import BY_ID, Step
from qcity_xl.core.errors import CannotWrite
from qcity_xl.core.master.model import Master
from qcity_xl.ribbon_asks import Cancelled
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.shared.target import Target

SCORE, SPLIT, LOG = BY_ID["score"], BY_ID["split"], BY_ID["log"]
CONTEXT = Context(dt.datetime(2016, 11, 22), "张三", dry_run=True)
PATH = Path("总表.xlsx")


class Clerk(Windows):
    """Someone who presses the button with these words, and reads."""

    def __init__(self, presses: str = "") -> None:
        super().__init__()
        self.presses = presses
        self.told: list[str] = []

    def show(self, title: str, message: Message, buttons: Sequence[str], focus: int = 0) -> int:  # noqa: ARG002
        self.told.append(message.text())
        found = [n for n, words in enumerate(buttons) if self.presses and self.presses in words]
        return found[0] if found else len(buttons) - 1


def runs(outcome: Outcome[Any] | Exception) -> Any:
    def runner(_step: Step, _target: Target, _context: Context, _asked: Mapping[str, Any]) -> Any:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return runner


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "qcity_xl" / "qcity.log"


def failing(error: Exception) -> Any:
    def work(*_: object) -> None:
        raise error

    return work


def test_what_can_go_wrong_is_told_as_it_is(log: Path) -> None:
    clerk = Clerk()
    guarded(SCORE, clerk, failing(CannotWrite("总表.xlsx", "磁盘已满")))
    assert "磁盘已满" in clerk.told[0]
    assert not log.exists()


@pytest.mark.parametrize(
    ("error", "words"),
    [(KeyError("x"), "总表没有改动"), (PartlyDone(), "做完的都已记下，再点一次只做其余的")],
)
def test_an_accident_is_in_the_log_and_no_traceback_is_shown(
    error: Exception, words: str, log: Path
) -> None:
    clerk = Clerk()
    guarded(SCORE, clerk, failing(error))
    assert words in clerk.told[0]
    assert "Traceback" not in clerk.told[0]
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_cancelled_is_not_told() -> None:
    clerk = Clerk()
    guarded(SCORE, clerk, failing(Cancelled()))
    assert clerk.told == []


def test_only_what_hands_out_may_be_done_in_part() -> None:
    with pytest.raises(PartlyDone):
        carried_out(SPLIT, PATH, CONTEXT, {}, runs(ValueError()))
    with pytest.raises(ValueError, match="Z"):
        carried_out(SCORE, PATH, CONTEXT, {}, runs(ValueError("Z")))


def test_a_preview_is_agreed_to_by_its_own_button_alone() -> None:
    would = runs(Outcome("重算得分", {}, changes=42))
    assert agreed(SCORE, Clerk("写入42格"), PATH, Master({}), CONTEXT, would) == {}
    for refused in (CANCEL, ""):
        with pytest.raises(Cancelled):
            agreed(SCORE, Clerk(refused), PATH, Master({}), CONTEXT, would)


def test_what_is_given_is_not_asked_for() -> None:
    given = {"sources": [Path("回收")]}
    step, would = BY_ID["merge"], runs(Outcome("合并", {}, pending=1))
    assert agreed(step, Clerk("合并1份"), PATH, Master({}), CONTEXT, would, given) == given


def test_with_nothing_to_do_there_is_only_the_report() -> None:
    clerk = Clerk()
    nothing = runs(Outcome("没有操作", {}))
    assert agreed(LOG, clerk, PATH, Master({}), CONTEXT, nothing) is None
    assert clerk.told == ["没有操作。"]


class Giving(Clerk):
    """One who presses the button beside the preview first, and gives a file."""

    def show(self, title: str, message: Message, buttons: Sequence[str], focus: int = 0) -> int:
        if len(self.told) == 1:
            self.presses = "新建"
        return super().show(title, message, buttons, focus)

    def ask_files(self, title: str, kind: tuple[str, str]) -> list[Path]:  # noqa: ARG002
        return [Path("以前的总表.xlsx")]


def test_a_button_beside_the_preview_asks_and_previews_again() -> None:
    clerk, would = Giving("照以前的总表"), runs(Outcome("新建", {}, pending=1))
    given = {"document": Path("任务分解表.docx")}
    asked = agreed(BY_ID["new"], clerk, PATH, Master({}), CONTEXT, would, given)
    assert asked is not None
    assert asked["like"] == Path("以前的总表.xlsx")
    assert len(clerk.told) == 2


CODE = Code("https://example.com/device", "QC-2016", 15)


class Waiting(Clerk):
    """Someone who does what the window says, or gives up."""

    def __init__(self, *, patient: bool) -> None:
        super().__init__()
        self.patient, self.does = patient, Event()

    def wait(
        self, title: str, message: Message, until: Callable[[], bool], copies: str = ""
    ) -> bool:
        self.told += [title, message.text(), copies]
        self.does.set()
        while self.patient and not until():
            self.does.wait(0.01)
        return self.patient


def sign_in(clerk: Waiting, given_up: list[bool]) -> Any:
    def work(tell: Callable[[Code], None], stopped: Callable[[], bool]) -> str:
        tell(CODE)
        assert clerk.does.wait(10)
        while not clerk.patient and not stopped():
            clerk.does.wait(0.01)
        given_up.append(stopped())
        return "office@example.com"

    return work


def test_an_errand_shows_what_is_to_be_done_until_it_is() -> None:
    clerk, given_up = Waiting(patient=True), list[bool]()
    who = attended(clerk, "登录邮箱", lambda wait: wait())(sign_in(clerk, given_up))
    assert (who, given_up) == ("office@example.com", [False])
    title, words, copied = clerk.told
    assert (title, copied) == ("登录邮箱", "QC-2016")
    assert "https://example.com/device" in words
    assert gc.isenabled()


def test_an_errand_can_be_given_up() -> None:
    clerk, given_up = Waiting(patient=False), list[bool]()
    with pytest.raises(Cancelled):
        attended(clerk, "登录邮箱", lambda wait: wait())(sign_in(clerk, given_up))
    while not given_up:
        clerk.does.wait(0.01)
    assert given_up == [True]
    assert gc.isenabled()


def test_an_errand_that_fails_before_anything_is_to_be_done_says_why() -> None:
    clerk = Waiting(patient=True)
    with pytest.raises(CannotWrite):
        attended(clerk, "登录邮箱", lambda wait: wait())(failing(CannotWrite("总表.xlsx", "满")))
    assert clerk.told == []
