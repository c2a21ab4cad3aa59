"""The window of a message, on a screen: keys scroll, copy and choose; only the focus is marked."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.live.conftest import screen  # noqa: F401 - a fixture
from tests.live.screen import Screen

SECONDS = 60.0
SCRIPT = """
import json, sys
from qcity_xl.adapters.windows import window
from qcity_xl.adapters.windows.message import Message, MessageTable

seen = {}
class Paper(window._Paper):
    def __init__(self, root, message):
        super().__init__(root, message)
        def look():
            seen["view"] = self._body.yview()
            seen["lines"] = int(self._body.index("end - 1 char").split(".")[0])
            buttons = [w for f in root.winfo_children() for w in f.winfo_children()
                       if w.winfo_class() == "TButton"]
            seen["marked"] = [b.cget("text") for b in buttons if str(b.cget("default")) == "active"]
            try:
                seen["copied"] = root.clipboard_get()
            except Exception:
                pass
            root.after(20, look)
        def tell(word):  # once what the key did is drawn
            root.after(40, lambda: print(word, flush=True))
        root.bind_all("<KeyRelease>", lambda event: tell(event.keysym))
        root.bind("<Map>", lambda event: event.widget is root and tell("shown"))
        root.after(20, look)

window._Paper = Paper
rows = tuple((f"9({n})", f"自评 空→{n}") for n in range(60))
short = MessageTable((*rows[:20], ("…… 另有40行", "")), "改动")
message = Message("将要重算得分：", (short,), "发出后不能撤回。", (MessageTable(rows, "改动"),))
until = (lambda: bool(seen.get("copied"))) if "until" in sys.argv else None
buttons = ("发送29封", "更多选项", "取消")
copies = "QC-2016" if "until" in sys.argv else ""
pressed = window.ask("发送", message, buttons, int(sys.argv[1]), until=until, copies=copies)
print(json.dumps([pressed, seen]))
"""


@pytest.fixture
def asked(screen: Screen, tmp_path: Path) -> Any:  # noqa: F811
    """Show the message, press keys, and say what was pressed and what was seen last."""
    script = tmp_path / "ask.py"
    script.write_text(SCRIPT, encoding="utf-8")

    def run(*keys: str, focus: int = 2, until: str = "") -> Any:
        process = subprocess.Popen(
            [sys.executable, str(script), str(focus), until],
            env=screen.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            try:
                screen.wait_for("发送")
                assert process.stdout is not None
                assert process.stdout.readline() == "shown\n"
                told = ""
                for key in keys:
                    screen.press(key)
                    screen.press("Shift_L")
                    # Until both keys are drawn, or all is said: a key may have pressed a button.
                    while (line := process.stdout.readline()) not in ("Shift_L\n", ""):
                        told = line
                out, err = process.communicate(timeout=SECONDS)
            finally:
                process.kill()
        assert err == ""
        return json.loads((told + out).splitlines()[-1])

    return run


def test_enter_presses_what_has_the_focus_and_only_that_is_marked(asked: Any) -> None:
    pressed, seen = asked("Return")
    assert (pressed, seen["marked"]) == (2, ["取消"])
    pressed, seen = asked("Left", "Left", "Return")
    assert (pressed, seen["marked"]) == (0, ["发送29封"])


def test_escape_is_the_last_button_wherever_the_focus_is(asked: Any) -> None:
    assert asked("Escape", focus=0)[0] == 2


@pytest.mark.parametrize(
    ("keys", "end"), [(("End",), True), (("Next",), True), (("End", "Home"), False)]
)
def test_the_keyboard_scrolls(keys: tuple[str, ...], end: bool, asked: Any) -> None:
    _, seen = asked(*keys, "Escape")
    assert (seen["view"][1] == 1.0) == end
    assert (seen["view"][0] == 0.0) != end


def test_an_arrow_scrolls_by_a_line(asked: Any) -> None:
    _, seen = asked("Down", "Down", "Up", "Escape")
    assert seen["view"][0] > 0
    assert seen["view"][1] < 1


def test_all_rows_can_be_unfolded_and_are_copied_whole(asked: Any) -> None:
    _, seen = asked("Tab", "space", "ctrl+c", "Escape")
    assert seen["lines"] == 61
    assert "9(59)  自评 空→59" in seen["copied"]
    assert "发出后不能撤回。" in seen["copied"]


def test_a_window_that_waits_goes_by_itself(asked: Any) -> None:
    assert asked("ctrl+c", until="until")[0] == -1


def test_the_code_to_type_elsewhere_is_copied_by_one_key(asked: Any) -> None:
    pressed, seen = asked("Return", until="until")
    assert (pressed, seen["copied"]) == (-1, "QC-2016")
