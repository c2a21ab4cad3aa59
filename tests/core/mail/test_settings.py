"""What 设置 says of mail: defaults where it is blank, a problem for what can't be used."""

import datetime as dt
from dataclasses import replace

import pytest

from qcity_xl.core.mail.settings import STARTTLS, TLS, MailSettings, parse_mail_settings
from qcity_xl.core.problems import Problem
from qcity_xl.core.values import Value


def parsed(**items: tuple[str, Value]) -> tuple[MailSettings, list[Problem]]:
    """The settings of rows given as 项目=(类别, 值)."""
    rows = ({"group": group, "item": item, "value": v} for item, (group, v) in items.items())
    return parse_mail_settings(rows)


def test_a_blank_sheet_has_defaults_and_no_problems() -> None:
    settings, problems = parsed()
    assert problems == []
    assert settings.sender is None
    assert (settings.outgoing.port, settings.incoming.port) == (465, 993)
    assert settings.outgoing.encryption == settings.incoming.encryption == TLS
    assert settings.levels == ((1, "提醒"), (4, "催办"), (8, "督办"))
    assert settings.quiet


def test_the_account_is_the_sender_s_unless_it_is_named() -> None:
    sender = ("邮件", "zlb@example.com")
    assert parsed(发件地址=sender)[0].outgoing.account == "zlb@example.com"
    named, _ = parsed(发件地址=sender, 账号=("邮件", "zlb-01"))
    assert named.outgoing.account == named.incoming.account == "zlb-01"


def test_days_and_thresholds_are_the_office_s() -> None:
    settings, problems = parsed(
        另休=("催办", "2016-10-08、2016年10月9日"),
        提醒=("催办", -3),
        休息日不催=("催办", "否"),
        发送加密=("邮件", STARTTLS),
        起始日期=("收件", "2016-09-01"),
    )
    assert problems == []
    assert settings.days_off == {dt.date(2016, 10, 8), dt.date(2016, 10, 9)}
    assert settings.levels[0] == (-3, "提醒")
    assert not settings.quiet
    assert settings.outgoing.encryption == STARTTLS
    assert settings.since == dt.date(2016, 9, 1)


@pytest.mark.parametrize(
    ("item", "group", "value"),
    [
        ("发送端口", "邮件", "八百"),
        ("重试次数", "邮件", -1),
        ("收件端口", "收件", 993.5),
        ("发送加密", "邮件", "SSL3"),
        ("抄送", "邮件", "李雷"),
        ("另班", "催办", "国庆节"),
        ("超时秒数", "邮件", 1e30),
        ("重试次数", "邮件", 1e9),
        ("每分钟封数", "邮件", 0),
        ("发送端口", "邮件", 99_999),
        ("督办", "催办", 1e9),
        ("发送服务器", "邮件", ".."),
        ("发送服务器", "邮件", "https://smtp.example.com"),
        ("收件服务器", "收件", f"{'a' * 64}.example.com"),
        ("收件服务器", "收件", "imap.example.com:993"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_default_holds(
    item: str, group: str, value: Value
) -> None:
    settings, (problem,) = parsed(**{item: (group, value)})
    assert problem.found == f"“{item}”填的是“{value}”"
    assert problem.allowed
    assert settings == parsed()[0]


@pytest.mark.parametrize("host", ["smtp.qq.com", "10.1.2.3", "邮件.example.cn", "localhost", "::1"])
def test_servers_by_name_and_number(host: str) -> None:
    settings, problems = parsed(发送服务器=("邮件", host))
    assert (settings.outgoing.host, problems) == (host, [])


DEFAULTS, DAY = parsed()[0], dt.date(2016, 12, 7)


@pytest.mark.parametrize(
    ("settings", "quiet"),
    [
        (DEFAULTS, True),
        (replace(DEFAULTS, quiet=False), False),
        (replace(DEFAULTS, days_on=frozenset({DAY})), False),
    ],
)
def test_a_holiday_is_quiet_unless_the_office_works(settings: MailSettings, quiet: bool) -> None:
    assert settings.is_quiet(DAY, lambda _: True) is quiet
    assert replace(DEFAULTS, days_off=frozenset({DAY})).is_quiet(DAY, lambda _: False)
