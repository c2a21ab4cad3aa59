"""The window stays alive while a task runs beside it, and a task can be stopped."""

import subprocess
import sys
from pathlib import Path

from qcity_xl.core.catalogue import BUTTONS, GROUPS
from tests.live.conftest import screen  # noqa: F401 - a fixture
from tests.live.screen import Screen

SECONDS = 60.0
SCRIPT = """
import sys, time
from qcity_xl.adapters.windows.panel import Calls, Key, Panel
from qcity_xl.adapters.windows.window import new_root

said = []
def task():
    for number in range(10_000):
        if panel.stopped:
            return number
        time.sleep(0.01)

def press(name):
    if name == "stop":
        panel.working = True
        panel.allow(lambda _: "")
        root.title("busy")
        said.append(panel.work(task, lambda: ("拆分下发", 3, 29), stops=True) < 10_000)
        panel.working = False
        panel.allow(lambda _: "")
        root.title("质量强市")
    elif name == "fail":
        try:
            panel.work(lambda: 1 / 0, lambda: ("", 0, 0), stops=False)
        except ZeroDivisionError:
            said.append("told")
    else:
        said.append(name)

root = new_root()
nothing = lambda *_: None
keys = [Key(n, n, letters, n) for n, letters in (("stop", "AB"), ("fail", "AC"), ("last", "BA"))]
calls = Calls(press, *[nothing] * 5)
panel = Panel(root, [("一", keys[:2]), ("二", keys[2:])], calls)
panel.masters([])
panel.allow(lambda name: "")
panel.run()
print(said)
root.destroy()
"""


def test_keys_and_arrows_press_and_escape_stops(screen: Screen, tmp_path: Path) -> None:  # noqa: F811
    script = tmp_path / "panel.py"
    script.write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, str(script)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, env=screen.environment, stdout=pipe, stderr=pipe)
    with process:
        try:
            screen.wait_for("质量强市")
            screen.press("alt+a", "b")
            screen.wait_for("busy")
            screen.press("alt+b", "a", "alt+F4")  # no button works, and it does not close
            screen.press("Escape")
            screen.wait_for("质量强市")
            screen.press("alt+a", "c")
            screen.press("Tab", "Right", "Return")
            screen.press("alt+x", "alt+b", "a")  # letters of no button are forgotten
            screen.press("alt+F4")
            out, err = process.communicate(timeout=SECONDS)
        finally:
            process.kill()
    assert (out.decode().strip(), err) == ("[True, 'told', 'last', 'last']", b"")


def test_groups_fit_a_small_screen() -> None:
    rows = [sum(1 for s in BUTTONS if s.button and s.button.group == group) for group in GROUPS]
    assert max(rows) <= 8  # at 38 pixels each, with what stands above and below, under 768


_BARRED = """
from tkinter import ttk
from qcity_xl.adapters.windows.panel import Calls, Key, Panel
from qcity_xl.adapters.windows.window import new_root

def walk(widget):
    yield widget
    for child in widget.winfo_children():
        yield from walk(child)

root = new_root()
pressed = []
calls = Calls(pressed.append, *[lambda *_: None] * 5)
panel = Panel(root, [("总表", [Key("check", "检查", "JC", "检查总表。")])], calls)
(button,) = (w for w in walk(root) if isinstance(w, ttk.Button) and "检查" in w["text"])
for why in ("（先选总表才能点）", ""):
    panel.allow(lambda name: why)
    root.update()
    button.event_generate("<Enter>")
    button.invoke()
    texts = [str(w["text"]).strip() for w in walk(root) if isinstance(w, ttk.Label)]
    print(next(text for text in texts if "检查总表。" in text), pressed, flush=True)
root.destroy()
"""


def test_a_button_that_cannot_be_pressed_says_why(screen: Screen) -> None:  # noqa: F811
    command = [sys.executable, "-c", _BARRED]
    done = subprocess.run(command, env=screen.environment, capture_output=True, check=True)
    barred, free = done.stdout.decode().splitlines()
    assert barred == "（先选总表才能点）检查总表。 []"
    assert free == "检查总表。 ['check']"
