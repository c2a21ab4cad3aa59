"""Who is at the computer, and a word where nobody knows."""

import getpass
from pathlib import Path

import pytest

from qcity_xl.adapters.user import own_folder, user_name


def test_the_name_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "张三")
    assert user_name() == "张三"


@pytest.mark.parametrize("cause", [OSError, KeyError, ImportError])
def test_a_computer_without_users(monkeypatch: pytest.MonkeyPatch, cause: type[Exception]) -> None:
    def nobody() -> str:
        raise cause

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert user_name() == "未知"


def test_what_is_remembered_has_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert own_folder() == tmp_path / "qcity_xl"
