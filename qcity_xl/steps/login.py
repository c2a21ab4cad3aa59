"""登录邮箱: once, in a browser, for accounts that take no password."""

from functools import partial
from typing import Annotated, TypedDict

from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.adapters.mail.oauth import access_token, sign_in
from qcity_xl.core.mail.settings import Server, parse_mail_settings
from qcity_xl.core.schema import SETTINGS
from qcity_xl.steps.shared.outcome import DONE, LEFT, Context, Outcome
from qcity_xl.steps.shared.target import Target, open_master


class LoginData(TypedDict):
    """登录邮箱."""

    account: Annotated[str, "「设置」里的账号"]
    signed_in: Annotated[str, "在浏览器里登录的是谁，没有说的为空"]


def login(target: Target, context: Context) -> Outcome[LoginData]:
    """Sign in and keep what that gives; a dry run tells whether what is kept still holds."""
    master = open_master(target).master
    settings, problems = parse_mail_settings(master.rows(SETTINGS).values())
    server = settings.outgoing
    if not server.oauth:
        raise MailStopped("「设置」里的“登录方式”不是 OAuth2，发送、收件用密码，不用登录。")
    if context.dry_run:
        return _tried(server, tuple(problem.sentence() for problem in problems))
    who = context.errand(partial(sign_in, server))
    other = who and who.lower() != server.account.lower()
    why = f"登录的是 {who}，「设置」里的账号是 {server.account}：要有这个邮箱的权限才能发、收。"
    return Outcome(
        "已登录，以后发送、收件不用再登录",
        {"account": server.account, "signed_in": who},
        LEFT if other else DONE,
        notices=(*(problem.sentence() for problem in problems), *([why] if other else [])),
    )


def _tried(server: Server, notices: tuple[str, ...]) -> Outcome[LoginData]:
    """Whether what is kept still holds; to sign in anew is open either way."""
    data: LoginData = {"account": server.account, "signed_in": ""}
    try:
        access_token(server)
    except MailStopped as error:
        if not error.advice:  # signing in would not mend it
            raise
        return Outcome(
            f"“{server.account}”要登录一次", data, LEFT, notices=(str(error), *notices), pending=1
        )
    return Outcome("登录凭据有效，不用再登录", data, notices=notices, pending=1)
