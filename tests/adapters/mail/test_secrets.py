"""The mail password: of the environment, else of the keyring, and else told how to give it."""

import sys
import types

import keyring
import pytest

from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.adapters.mail.secrets import VARIABLE, keep_token, kept_token, mail_password
from tests.mail.sign_in import Keyring


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
    double = types.ModuleType("keyring")
    errors = types.ModuleType("keyring.errors")
    kept = {("qcity_xl", "office@example.com"): "秘密"}
    double.get_password = lambda *of: kept.get(of)  # type: ignore[attr-defined]  # a double
    errors.KeyringError = ValueError  # type: ignore[attr-defined]  # a double
    monkeypatch.setitem(sys.modules, "keyring", double)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    assert mail_password("office@example.com") == "秘密"
    with pytest.raises(MailStopped):
        mail_password("other@example.com")


def test_a_token_is_kept_in_pieces_that_every_keyring_takes() -> None:
    before, ring = keyring.get_keyring(), Keyring()
    keyring.set_keyring(ring)
    try:
        for token in ("甲" * 2500, "乙" * 900, ""):
            keep_token("office@example.com", token)
            assert kept_token("office@example.com") == token
        assert kept_token("other@example.com") == ""
    finally:
        keyring.set_keyring(before)


def test_a_token_that_can_not_be_kept_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(MailStopped, match="存不进系统钥匙串"):
        keep_token("office@example.com", "x")
    assert kept_token("office@example.com") == ""
