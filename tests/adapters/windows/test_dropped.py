"""Files are taken up in one window with the mouse, carried over another and let go there."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live.conftest import screen  # noqa: F401 - a fixture
from tests.live.screen import Screen

_FOLDER = r"""
import sys
from tkinterdnd2 import COPY, DND_FILES, TkinterDnD
root = TkinterDnD.Tk()
root.title("文件夹")
root.geometry("200x100+10+10")
root.drag_source_register(1, DND_FILES)
root.dnd_bind("<<DragInitCmd>>", lambda _: (COPY, DND_FILES, " ".join(sys.argv[1:])))
# Tk wants types other than text as numbers; of what tkdnd gives it it would send a single 0.
root.tk.eval('''
proc ::tkdnd::xdnd::_SendData {type offset bytes args} {
    variable _dodragdrop_data
    set lines [join [lindex $_dodragdrop_data 0] "\r\n"]
    binary scan [encoding convertto utf-8 $lines] cu* numbers
    return [lmap n [lrange $numbers $offset [expr {$offset + $bytes - 1}]] {format 0x%x $n}]
}
''')
root.mainloop()
"""

_TAKES = """
import sys
if sys.argv[1] == "without":
    sys.modules["tkinterdnd2"] = None
from qcity_xl.adapters.windows.dropped import take_dropped
from qcity_xl.adapters.windows.window import new_root
root = new_root()
root.title("填报表")
root.geometry("400x300+600+400")
def take(paths):
    print(*(path.name for path in paths), sep="|", flush=True)
    root.after_idle(root.destroy)
    return bool(paths)
print(take_dropped(root, take), flush=True)
root.mainloop()
"""


@contextmanager
def dragged(screen: Screen, window: str, *files: Path) -> Iterator[None]:  # noqa: F811
    """From a folder onto a window; the folder is there as long as this lasts."""
    names = [file.as_uri() for file in files]
    with subprocess.Popen(
        [sys.executable, "-c", _FOLDER, *names], env=screen.environment
    ) as folder:
        try:
            screen.drag(screen.wait_for("文件夹"), window)
            yield
        finally:
            folder.kill()


def test_what_is_dropped_is_named_as_it_stands_on_disk(screen: Screen, tmp_path: Path) -> None:  # noqa: F811
    files = [tmp_path / name for name in ("市农委 第1轮.xlsx", "50%{甲}.xlsx")]
    for file in files:
        file.touch()
    command = [sys.executable, "-c", _TAKES, "with"]
    with subprocess.Popen(command, env=screen.environment, stdout=subprocess.PIPE) as process:
        try:
            window = screen.wait_for("填报表")
            with dragged(screen, window, *files, tmp_path / "没有.xlsx"):
                said, _ = process.communicate(timeout=60)
        finally:
            process.kill()
    assert said.decode().splitlines() == ["True", "|".join(file.name for file in files)]


def test_without_the_library_nothing_is_taken(screen: Screen) -> None:  # noqa: F811
    command = [sys.executable, "-c", _TAKES.replace("root.mainloop()", ""), "without"]
    done = subprocess.run(command, env=screen.environment, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"False\n", b"")
