"""The log file keeps the traceback that no user sees, and says when it can't."""

from pathlib import Path

import pytest

from qcity_xl.adapters import failure_log
from qcity_xl.adapters.failure_log import log_failure


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own = tmp_path / "我的 设置"
    monkeypatch.setattr(failure_log, "own_folder", lambda: own)
    return own


def fail(words: str) -> Path:
    try:
        raise ValueError(words)
    except ValueError:
        return log_failure()


def test_each_traceback_is_added_to_those_before(folder: Path) -> None:
    assert fail("第一次") == fail("第二次") == folder / "qcity.log"
    log = (folder / "qcity.log").read_text(encoding="utf-8")
    assert log.count("Traceback (most recent call last)") == 2
    assert log.index("ValueError: 第一次") < log.index("ValueError: 第二次")


def test_three_files_are_kept(folder: Path) -> None:
    for _ in range(5):
        fail("很长" * 200_000)
    assert len(list(folder.iterdir())) == 3


def test_a_log_that_cannot_be_written_is_the_callers_to_tell(folder: Path) -> None:
    folder.write_text("这里是文件，不是文件夹")
    with pytest.raises(FileExistsError, match="我的 设置"):
        fail("写不进去")


def test_it_says_nothing_on_the_screen(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert fail("安静").is_relative_to(folder)
    assert capfd.readouterr() == ("", "")
