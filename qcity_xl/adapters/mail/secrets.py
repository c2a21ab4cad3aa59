"""Passwords and tokens of mail: in the system's keyring, never in the workbook.

The password may also be given by an environment variable.
"""

import os

from qcity_xl.adapters.mail.carrier import MailStopped

VARIABLE, SERVICE = "QCITY_MAIL_PASSWORD", "qcity_xl"
_PIECE = 1000  # characters: Windows keeps 2,560 bytes under one name, two for each
_MOST_PIECES = 50


def mail_password(account: str) -> str:
    """The password of an account. Raises MailStopped, which says how to give it."""
    given = os.environ.get(VARIABLE) or _from_keyring(account)
    if given:
        return given
    raise MailStopped(
        f"没有“{account}”的邮箱密码（多数邮箱要用“授权码”）。请在命令行运行一次 "
        f"keyring set {SERVICE} {account}，把密码存进系统钥匙串；或设环境变量 {VARIABLE}。"
    )


def kept_token(account: str) -> str:
    """What `keep_token` kept for an account, "" without it."""
    count = _from_keyring(_piece(account, 0))
    if not count.isdigit() or int(count) > _MOST_PIECES:
        return ""
    return "".join(_from_keyring(_piece(account, n + 1)) for n in range(int(count)))


def keep_token(account: str, token: str) -> None:
    """Keep it in the keyring, in pieces. Raises MailStopped where there is none."""
    pieces = [token[start : start + _PIECE] for start in range(0, len(token), _PIECE)]
    try:
        import keyring
        from keyring.errors import KeyringError

        try:
            for number, piece in enumerate((str(len(pieces)), *pieces)):
                keyring.set_password(SERVICE, _piece(account, number), piece)
        except KeyringError as error:
            raise _no_keyring(error) from error
    except ImportError as error:
        raise _no_keyring(error) from error


def _piece(account: str, number: int) -> str:
    return f"{account}#token{number}"


def _no_keyring(error: Exception) -> MailStopped:
    return MailStopped(
        f"登录凭据存不进系统钥匙串（{error}），没有登录。OAuth2 登录要用系统钥匙串："
        "请技术人员安装 pip install keyring msal，并确认这台电脑的钥匙串已解锁。"
    )


def _from_keyring(name: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:  # the extra is not installed
        return ""
    try:
        return keyring.get_password(SERVICE, name) or ""
    except KeyringError:  # no keyring on this system, or it is locked
        return ""
