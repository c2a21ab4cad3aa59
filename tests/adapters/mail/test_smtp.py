"""The SMTP server: encryption, login, certificates, and each way in which that fails."""

import sys

import pytest

from qcity_xl.adapters.mail.smtp import way as smtp_way
from qcity_xl.core.errors import QcityError
from tests.mail.conftest import Office
from tests.mail.servers import Certificate, Post, smtp_server


@pytest.mark.parametrize("encryption", ["TLS", "STARTTLS", "无"])
def test_every_encryption(
    office: Office, trusted: Certificate, post: Post, encryption: str
) -> None:
    with smtp_server(post, trusted, encryption) as port:
        office.set(发送服务器="localhost", 发送端口=port, 发送加密=encryption)
        assert office.send(smtp_way({})).status == 0
    assert len(post.messages) == 4


def _stopped(office: Office, port: int, says: str) -> None:
    office.set(发送服务器="localhost", 发送端口=port, 超时秒数=2)
    with pytest.raises(QcityError, match=says):
        office.send(smtp_way({}))
    assert set(office.states().values()) == {""}


def test_an_unknown_certificate(
    office: Office, certificate: Certificate, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QCITY_MAIL_PASSWORD", "x")
    with smtp_server(post, certificate) as port:
        _stopped(office, port, "证书不可信")


def test_a_wrong_password(
    office: Office, trusted: Certificate, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QCITY_MAIL_PASSWORD", "wrong")
    with smtp_server(post, trusted) as port:
        _stopped(office, port, "授权码")


def test_a_server_without_starttls(office: Office, trusted: Certificate, post: Post) -> None:
    office.set(发送加密="STARTTLS")
    with smtp_server(post, trusted, "无") as port:
        _stopped(office, port, "发送加密")


def test_nobody_answers(office: Office, trusted: Certificate) -> None:
    _stopped(office, 1, "连不上发送服务器")


def test_no_password(office: Office, post: Post, trusted: Certificate,
                     monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.delenv("QCITY_MAIL_PASSWORD")
    monkeypatch.setitem(sys.modules, "keyring", None)
    with smtp_server(post, trusted) as port:
        _stopped(office, port, "keyring set qcity_xl office@example.com")


def test_the_password_is_written_nowhere(office: Office, smtp: int, post: Post) -> None:
    office.set(发送服务器="localhost", 发送端口=smtp)
    office.send(smtp_way({}))
    for path in office.path.parent.rglob("*"):
        assert path.is_dir() or b"abc+/=def" not in path.read_bytes()
