"""Accounts that take no password (Microsoft 365): a token instead, by the device code flow.

Somebody signs in once in a browser (`sign_in`); what that gives is kept in the system's keyring
and exchanged for an access token at each connection (RFC 8628, RFC 6749; MS: SASL XOAUTH2).
"""

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.adapters.mail.secrets import keep_token, kept_token
from qcity_xl.core.advice import Advice
from qcity_xl.core.mail.settings import Server

if TYPE_CHECKING:
    from msal import PublicClientApplication, SerializableTokenCache
    from requests import Session

_KEPT = ("RefreshToken", "Account", "AppMetadata")  # of msal's cache: no access token is kept
_SECONDS = 30  # that the sign-in server has for an answer
_AGAIN = Advice("login", "登录邮箱，只做一次")
_CHINA = ".cn"  # of a sign-in server: 世纪互联, whose mail is another cloud
_MOST = 300  # letters of what the server says
_BY_ADMIN = {
    "AADSTS700016": "应用编号不对，或这个租户没有这个应用",
    "AADSTS7000218": "应用没有开“允许公共客户端流”",
    "AADSTS65001": "应用的邮箱权限（SMTP.Send、IMAP.AccessAsUser.All）没有得到同意",
    "AADSTS90094": "应用的邮箱权限要管理员同意",
    "AADSTS53003": "被单位的条件访问策略拦住",
    "AADSTS50158": "被单位的条件访问策略拦住",
    "AADSTS90002": "登录地址里的租户不对",
}


@dataclass(frozen=True, slots=True)
class Code:
    """What to type in a browser: where, which code, for how many minutes it holds."""

    place: str
    code: str
    minutes: int

    def sentence(self) -> str:
        """What the person has to do."""
        return (
            f"请在浏览器打开 {self.place} ，输入代码 {self.code} ，用办公室邮箱登录并同意"
            f"（{self.minutes}分钟内有效）。登录完成后这里会自己继续。"
        )


def sign_in(server: Server, tell: Callable[[Code], None], stopped: Callable[[], bool]) -> str:
    """Whoever signed in, "" where that is not told; `tell` hears what to do.

    Nothing is kept once it is `stopped`, which is asked every second. Raises MailStopped.
    """
    cache = _cache("")
    app = _app(server, cache)
    flow = _asked(server, lambda: app.initiate_device_flow(_scopes(server)))
    if "user_code" not in flow:
        raise _refused(flow)
    flow["interval"] = max(1, int(flow.get("interval") or 5))  # with 0 it would be asked for ever
    minutes = max(1, int(flow.get("expires_in", 900)) // 60)
    tell(Code(str(flow["verification_uri"]), str(flow["user_code"]), minutes))

    def over(flow: Mapping[str, Any]) -> bool:
        return stopped() or time.time() >= float(flow["expires_at"])

    result = _asked(server, lambda: app.acquire_token_by_device_flow(flow, exit_condition=over))
    if stopped():
        raise MailStopped("没有等登录完成，什么都没有存。")
    if "access_token" not in result:
        raise _refused(result, late=time.time() >= float(flow["expires_at"]))
    keep_token(server.account, _kept(cache))
    claims = result.get("id_token_claims") or {}
    return str(claims.get("preferred_username", ""))


def access_token(server: Server) -> str:
    """A token for the account of a server, exchanged anew. Raises MailStopped."""
    before = kept_token(server.account)
    cache = _cache(before)
    app = _app(server, cache)
    known = app.get_accounts()
    if not known:
        raise MailStopped(f"“{server.account}”还没有登录过，没有可用的登录凭据。", _AGAIN)
    result = _asked(
        server,
        lambda: app.acquire_token_silent_with_error(_scopes(server), account=known[0]) or {},
    )
    if "access_token" not in result:
        raise _refused(result)
    if (after := _kept(cache)) != before:
        keep_token(server.account, after)
    return str(result["access_token"])


def xoauth2(account: str, token: str) -> str:
    """The answer of a client to AUTH XOAUTH2."""
    return f"user={account}\x01auth=Bearer {token}\x01\x01"


def _app(server: Server, cache: "SerializableTokenCache") -> "PublicClientApplication":
    try:
        from msal import PublicClientApplication
    except ImportError as error:
        raise _not_installed() from error
    if not server.application:
        raise MailStopped(
            "「设置」里的“登录方式”是 OAuth2，却没有填“应用编号”。"
            "请问管理员要 Microsoft 365 里注册的应用（客户端）编号，见 docs/邮件设置.md。"
        )
    return _asked(
        server,
        lambda: PublicClientApplication(
            server.application,
            authority=server.authority,
            token_cache=cache,
            instance_discovery=False,  # the office has named the server itself
            http_client=_web(),
        ),
    )


def _web() -> "Session":
    """A client that has patience and trusts what the other servers of mail are trusted by."""
    from requests import Session

    client = Session()
    trusted = os.environ.get("SSL_CERT_FILE") or None
    client.request = partial(client.request, timeout=_SECONDS, verify=trusted)  # type: ignore[method-assign]  # as msal does
    return client


def _cache(kept: str) -> "SerializableTokenCache":
    try:
        from msal import SerializableTokenCache
    except ImportError as error:
        raise _not_installed() from error
    cache = SerializableTokenCache()
    try:
        cache.deserialize(kept or "{}")
    except ValueError:  # cut off: sign in again
        cache.deserialize("{}")
    return cache


def _kept(cache: "SerializableTokenCache") -> str:
    held = json.loads(cache.serialize())
    return json.dumps({name: held[name] for name in _KEPT if name in held}, sort_keys=True)


def _asked(server: Server, question: Callable[[], Any]) -> Any:
    """What the sign-in server answers. Raises MailStopped where it can't be asked."""
    from requests import RequestException, Timeout
    from requests.exceptions import SSLError

    try:
        return question()
    except (RequestException, ValueError) as error:
        causes = ((SSLError, "证书不可信"), (Timeout, "没有回应"), (ValueError, "不是登录服务器"))
        why = next((words for kind, words in causes if isinstance(error, kind)), "连接失败")
        raise MailStopped(
            f"连不上登录服务器 {server.authority}（{why}）。"
            "请检查网络、代理和「设置」里的“登录地址”；已发、已收的不受影响，请稍后再试。"
        ) from error


def _scopes(server: Server) -> list[str]:
    host = server.authority.partition("://")[2].partition("/")[0].partition(":")[0]
    mail = "https://partner.outlook.cn" if host.endswith(_CHINA) else "https://outlook.office.com"
    return [f"{mail}/SMTP.Send", f"{mail}/IMAP.AccessAsUser.All"]


def _refused(result: Mapping[str, Any], *, late: bool = False) -> MailStopped:
    """Why there is no token, and who can do what about it."""
    error, told = str(result.get("error", "")), str(result.get("error_description", ""))
    words = _short(told or error)
    for code, why in _BY_ADMIN.items():
        if code in told:
            return MailStopped(f"登录服务器拒绝：{why}（{words}）。请把这句话交给管理员。")
    if late or error in ("expired_token", "code_expired"):
        return MailStopped("代码已过期，没有登录。请再来一次，在有效时间内完成。", _AGAIN)
    if error in ("authorization_declined", "access_denied"):
        return MailStopped("登录时点了拒绝，没有登录。请再来一次，并同意邮箱权限。", _AGAIN)
    if error in ("invalid_client", "unauthorized_client", "invalid_scope"):
        return MailStopped(f"登录服务器不认这个应用（{words}）。请管理员核对“应用编号”和权限。")
    return MailStopped(f"邮箱的登录已失效（{words}）。请重新登录。", _AGAIN)


def _not_installed() -> MailStopped:
    return MailStopped(
        "“登录方式”是 OAuth2，要先安装：pip install keyring msal。请技术人员安装后再试。"
    )


def _short(words: str) -> str:
    return words.partition("\n")[0].replace("\r", "")[:_MOST] or "没有说明"
