"""Accounts without a password: sign in once, then send and collect by tokens."""

from collections.abc import Callable, Iterator

import keyring
import pytest
from aiosmtpd.smtp import SMTP

from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.adapters.mail.oauth import Code
from qcity_xl.adapters.mail.smtp import way as smtp_way
from qcity_xl.steps.collect import collect
from qcity_xl.steps.login import login
from qcity_xl.steps.shared.outcome import Context
from tests.mail import formats
from tests.mail.conftest import NOW, OFFICE, Office, listed
from tests.mail.odd_imap import odd_imap
from tests.mail.servers import Certificate, smtp_server
from tests.mail.sign_in import APPLICATION, Keyring, SignIn, TokenPost, sign_in_server


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyring]:
    """A keyring of this test's own."""
    before, ring = keyring.get_keyring(), Keyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.fixture
def server(
    office: Office, ring: Keyring, trusted: Certificate, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SignIn]:
    monkeypatch.setattr(SMTP, "line_length_limit", 12_288)  # as RFC 4954 wants for tokens
    with sign_in_server(trusted) as server:
        office.set(登录方式="OAuth2", 应用编号=APPLICATION, 登录地址=server.authority)
        yield server


def signed_in(office: Office) -> list[str]:
    told: list[str] = []
    login(office.path, Context(NOW, "张三", errand=lambda work: work(_into(told), lambda: False)))
    return told


def _into(told: list[str]) -> Callable[[Code], None]:
    return lambda code: told.append(code.sentence())


def send(office: Office, trusted: Certificate, server: SignIn, *units: str) -> TokenPost:
    """What an SMTP server gets that takes the tokens which hold now."""
    post = TokenPost()
    post.tokens = server.tokens
    with smtp_server(post, trusted) as port:
        office.set(发送服务器="localhost", 发送端口=port, 超时秒数=5)
        office.send(smtp_way({}), units=units)
    return post


def test_sign_in_once_and_send_and_collect(
    office: Office, server: SignIn, trusted: Certificate, ring: Keyring
) -> None:
    server.pending = 2
    (told,) = signed_in(office)
    assert "https://example.com/device" in told
    assert "QC-2016" in told
    assert "15分钟内有效" in told
    assert len(send(office, trusted, server, "市科技局").messages) == 1
    with odd_imap({3: formats.mail(("a.pdf", b"%PDF"))}, trusted) as (port, inbox):
        inbox.tokens = server.tokens
        office.set(收件服务器="localhost", 收件端口=port)
        report = collect(office.path, office.context, imap=True)
    assert [r["state"] for r in listed(report, "received")] == ["附件"]
    assert OFFICE in next(iter(ring.kept))[1]
    kept = "".join(ring.kept.values())
    assert "access" not in kept.replace("accessto", "")  # only what asks for a new one
    assert server.fresh in "".join(v for _, v in sorted(ring.kept.items()) if len(v) > 9)
    assert server.fresh.encode() not in office.path.read_bytes()


def test_a_token_that_has_run_out_is_exchanged_for_a_new_one(
    office: Office, server: SignIn, trusted: Certificate
) -> None:
    signed_in(office)
    for unit in ("市科技局", "市教育局"):
        server.tokens.clear()  # what was given before holds no more
        assert len(send(office, trusted, server, unit).messages) == 1
    assert [a["grant_type"] for a in server.asked if "grant_type" in a][1:] == ["refresh_token"] * 2


def test_without_a_sign_in_nothing_is_sent(
    office: Office, server: SignIn, trusted: Certificate
) -> None:
    with pytest.raises(MailStopped, match="还没有登录过") as told:
        send(office, trusted, server)
    assert told.value.advice[0].step == "login"
    assert set(office.states().values()) == {""}


def test_a_sign_in_that_was_taken_back_is_told(
    office: Office, server: SignIn, trusted: Certificate
) -> None:
    signed_in(office)
    server.fresh = "revoked"
    with pytest.raises(MailStopped, match=r"登录已失效（AADSTS700082.*请重新登录"):
        send(office, trusted, server)
    report = login(office.path, Context(NOW, "张三", dry_run=True))
    assert (report.status, report.pending) == (1, 1)
    assert "登录已失效" in report.notices[0]


def test_a_dry_run_tells_whether_one_is_signed_in(office: Office, server: SignIn) -> None:
    before, asked = (Context(NOW, "张三", dry_run=True) for _ in range(2))
    report = login(office.path, before)
    assert (report.status, report.pending) == (1, 1)
    assert "还没有登录过" in report.notices[0]
    signed_in(office)
    assert "有效" in login(office.path, asked).headline


def test_a_sign_in_that_is_given_up_keeps_nothing(
    office: Office, server: SignIn, ring: Keyring
) -> None:
    server.pending = 10**9
    shown: list[Code] = []
    with pytest.raises(MailStopped, match="什么都没有存"):
        login(
            office.path,
            Context(NOW, "张三", errand=lambda work: work(shown.append, lambda: bool(shown))),
        )
    assert ring.kept == {}


def test_mail_servers_that_refuse_the_token_are_told(
    office: Office, server: SignIn, trusted: Certificate
) -> None:
    signed_in(office)
    post = TokenPost()
    post.tokens = set()
    with smtp_server(post, trusted) as port:
        office.set(发送服务器="localhost", 发送端口=port, 超时秒数=5)
        with pytest.raises(MailStopped, match=r"535 5\.7\.3.*经过身份验证的 SMTP"):
            office.send(smtp_way({}))
    with odd_imap({}, trusted) as (port, inbox):
        inbox.tokens = set()
        office.set(收件服务器="localhost", 收件端口=port)
        with pytest.raises(MailStopped, match=r"AUTHENTICATE failed.*IMAP\.AccessAsUser\.All"):
            collect(office.path, office.context, imap=True)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (("authorization_declined", "AADSTS70020: declined"), "点了拒绝"),
        (("expired_token", "AADSTS70019: expired"), "代码已过期"),
        (("invalid_client", "AADSTS7000218: secret required"), "允许公共客户端流"),
        (("unauthorized_client", "AADSTS700016: not found"), "应用编号不对"),
        (("access_denied", "AADSTS53003: blocked"), "条件访问"),
        (("server_error", "AADSTS90033: busy"), "AADSTS90033"),
    ],
)
def test_a_sign_in_that_fails_says_who_can_mend_it(
    office: Office, server: SignIn, ring: Keyring, answer: tuple[str, str], says: str
) -> None:
    server.answer = answer
    with pytest.raises(MailStopped, match=says):
        signed_in(office)
    assert ring.kept == {}


def test_a_code_that_nobody_types_runs_out(office: Office, server: SignIn) -> None:
    server.pending, server.minutes = 10**9, 1 / 30
    with pytest.raises(MailStopped, match="代码已过期"):
        signed_in(office)


def test_somebody_else_who_signs_in_is_told(office: Office, server: SignIn) -> None:
    server.who = "zhang@example.com"
    report = login(office.path, Context(NOW, "张三"))
    assert report.status == 1
    assert "登录的是 zhang@example.com" in report.notices[0]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"应用编号": None}, "没有填“应用编号”"),
        ({"登录方式": "密码"}, "不是 OAuth2"),
        ({"登录地址": "https://localhost:1/t"}, "连不上登录服务器.*连接失败"),
    ],
)
def test_settings_that_can_not_work_are_told(
    office: Office, server: SignIn, settings: dict[str, str | None], says: str
) -> None:
    office.set(**settings)
    with pytest.raises(MailStopped, match=says):
        signed_in(office)
