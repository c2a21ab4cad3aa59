"""Who is at the computer, and a word where nobody knows."""

import getpass

import pytest

from qcity_xl.adapters.user import user_name


def test_the_name_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "张三")
    assert user_name() == "张三"


@pytest.mark.parametrize("cause", [OSError, KeyError, ImportError])
def test_a_computer_without_users(monkeypatch: pytest.MonkeyPatch, cause: type[Exception]) -> None:
    def nobody() -> str:
        raise cause

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert user_name() == "未知"
