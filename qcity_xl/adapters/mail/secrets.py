"""The mail password: an environment variable, else the system's keyring; never in the workbook."""

import os

from qcity_xl.adapters.mail.carrier import MailStopped

VARIABLE, SERVICE = "QCITY_MAIL_PASSWORD", "qcity_xl"


def mail_password(account: str) -> str:
    """The password of an account. Raises MailStopped, which says how to give it."""
    given = os.environ.get(VARIABLE) or _from_keyring(account)
    if given:
        return given
    raise MailStopped(
        f"没有“{account}”的邮箱密码（多数邮箱要用“授权码”）。请在命令行运行一次 "
        f"keyring set {SERVICE} {account}，把密码存进系统钥匙串；或设环境变量 {VARIABLE}。"
    )


def _from_keyring(account: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:  # the extra is not installed
        return ""
    try:
        return keyring.get_password(SERVICE, account) or ""
    except KeyringError:  # no keyring on this system, or it is locked
        return ""
