"""The masters of before: the last one first, and never a failure."""

from pathlib import Path

import pytest

from qcity_xl.adapters.recent import recent_masters, remember_master


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "qcity_xl" / "recent.json"


@pytest.mark.usefixtures("home")
def test_the_last_one_is_first_and_each_is_there_once() -> None:
    for name in ("甲/总表.xlsx", "乙/总表.xlsx", "甲/总表.xlsx"):
        remember_master(Path(name))
    assert recent_masters() == [Path("甲/总表.xlsx"), Path("乙/总表.xlsx")]


@pytest.mark.usefixtures("home")
def test_old_ones_are_forgotten() -> None:
    for number in range(20):
        remember_master(Path(f"{number}/总表.xlsx"))
    assert recent_masters() == [Path(f"{number}/总表.xlsx") for number in range(19, 11, -1)]


@pytest.mark.parametrize("kept", [b"", b"no json", b'{"a": 1}', b"[1, null]", b"\xff"])
def test_what_can_not_be_read_is_nothing(home: Path, kept: bytes) -> None:
    home.parent.mkdir()
    home.write_bytes(kept)
    assert recent_masters() == []
    remember_master(Path("总表.xlsx"))
    assert recent_masters() == [Path("总表.xlsx")]


def test_where_nothing_can_be_kept_nothing_happens(home: Path) -> None:
    home.parent.write_bytes(b"a file where the folder should be")
    remember_master(Path("总表.xlsx"))
    assert recent_masters() == []
