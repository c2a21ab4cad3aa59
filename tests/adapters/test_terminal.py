"""The log of what went wrong stays small, and says nothing to the user but where it is."""

from pathlib import Path

import pytest
from click import get_app_dir

from qcity_xl.adapters.terminal import logged_failure


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return Path(get_app_dir("qcity_xl"))


def fail(text: str) -> str:
    try:
        raise ValueError(text)
    except ValueError:
        return logged_failure()


def test_the_traceback_goes_to_the_file_and_its_place_to_the_user(folder: Path) -> None:
    assert fail("某处不对") == f"详情记在 {folder / 'qcity.log'}，请转给技术人员。"
    text = (folder / "qcity.log").read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "ValueError: 某处不对" in text


def test_the_log_rotates_and_keeps_the_newest(folder: Path) -> None:
    for number in range(40):  # of 0.1 MB each
        fail(f"第{number}次" + "x" * 100_000)
    kept = sorted(folder.iterdir())
    assert [path.name for path in kept] == ["qcity.log", "qcity.log.1", "qcity.log.2"]
    assert all(path.stat().st_size <= 1_000_000 for path in kept)
    text = "".join(path.read_text(encoding="utf-8") for path in kept)
    assert "第39次" in text
    assert "第0次" not in text


def test_a_full_disk_is_told_and_no_traceback_is_printed(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder.mkdir()
    (folder / "qcity.log").symlink_to("/dev/full")
    assert fail("某处不对") == "详情没能记下来：请检查磁盘空间和权限后再试。"
    assert capfd.readouterr() == ("", "")


def test_where_no_log_can_be_it_is_told(folder: Path) -> None:
    folder.write_text("no folder", encoding="utf-8")
    assert "没能记下来" in fail("某处不对")
