"""The mail password: of the environment, else of the keyring, and else told how to give it."""

import sys
import types

import pytest

from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.adapters.mail.secrets import VARIABLE, mail_password


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "授权码")
    assert mail_password("anyone@example.com") == "授权码"


def test_without_any_it_is_told_how_to_give_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(MailStopped, match=r"keyring set qcity_xl lilei@example\.com"):
        mail_password("lilei@example.com")


def test_the_keyring_gives_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QCITY_MAIL_PASSWORD", raising=False)
    keyring = types.ModuleType("keyring")
    errors = types.ModuleType("keyring.errors")
    kept = {("qcity_xl", "office@example.com"): "秘密"}
    keyring.get_password = lambda *of: kept.get(of)  # type: ignore[attr-defined]  # a double
    errors.KeyringError = ValueError  # type: ignore[attr-defined]  # a double
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    assert mail_password("office@example.com") == "秘密"
    with pytest.raises(MailStopped):
        mail_password("other@example.com")
