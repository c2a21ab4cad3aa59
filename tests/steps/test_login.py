"""登录邮箱 where it can't be; signing in itself stands in tests/adapters/mail/test_oauth.py."""

import pytest

from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.steps.login import login
from tests.mail.conftest import Office, office, prepared

__all__ = ["office", "prepared"]


def test_an_account_with_a_password_needs_no_sign_in(office: Office) -> None:
    with pytest.raises(MailStopped, match="不是 OAuth2，发送、收件用密码"):
        login(office.path, office.context)


def test_the_application_must_be_known(office: Office) -> None:
    office.set(登录方式="OAuth2")
    with pytest.raises(MailStopped, match="没有填“应用编号”"):
        login(office.path, office.context)
