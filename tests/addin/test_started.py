"""An add-in of another version, or one without its package, does nothing but say so."""

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

import pytest

from qcity_xl import __version__
from qcity_xl.adapters.windows.dialogs import Windows
from qcity_xl.adapters.windows.message import Message
from qcity_xl.addin.started import by

LINE = "import qcity_xl.addin.started as s; s.by({!r}); print(*sys.modules)"


class OtherVersions(Windows):
    def __init__(self) -> None:
        self.told: list[str] = []

    def show(self, title: str, message: Message, buttons: Sequence[str], focus: int = 0) -> int:  # noqa: ARG002
        self.told.append(f"{title}：{message.text()}")
        return len(buttons) - 1


def run(python: str, version: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; " + LINE.format(version)
    return subprocess.run(
        [python, "-I", "-B", "-c", code], capture_output=True, encoding="utf-8", check=False
    )


def test_the_add_in_of_this_version_goes_on_and_pays_for_nothing() -> None:
    done = run(sys.executable, __version__)
    assert done.returncode == 0
    own = {name for name in done.stdout.split() if name.startswith(("qcity_xl", "xlwings"))}
    assert own == {"qcity_xl", "qcity_xl.addin", "qcity_xl.addin.started"}


@pytest.mark.parametrize("version", ["0.0.1", "99.0", ""])
def test_another_version_is_one_sentence_and_the_end(version: str) -> None:
    said = OtherVersions()
    with pytest.raises(SystemExit) as end:
        by(version, said)
    assert not end.value.code  # or Excel would show a second message
    (sentence,) = said.told
    assert version in sentence
    assert __version__ in sentence
    assert "什么都没有改动。请关闭所有 Excel" in sentence
    assert "install.cmd" in sentence


def test_without_the_package_python_fails_so_that_excel_says_what_to_do(tmp_path: Path) -> None:
    """What it says then, test_libreoffice shows by a Python that fails."""
    venv.create(tmp_path / "空", symlinks=True)
    done = run(str(tmp_path / "空" / "bin" / "python"), __version__)
    assert done.returncode == 1
    assert "No module named 'qcity_xl'" in done.stderr
