"""The SMTP server: encryption, login, certificates, and each way in which that fails."""

import sys

import pytest

from qcity_xl.adapters.mail.smtp import way as smtp_way
from qcity_xl.core.errors import QcityError
from tests.mail.conftest import Office
from tests.mail.odd_smtp import odd_smtp
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


def _by(office: Office, port: int, **more: str | int) -> None:
    office.set(发送服务器="localhost", 发送端口=port, 发送加密="无", 超时秒数=5, 重试次数=2, **more)


def test_a_yes_before_the_message_is_no_yes_to_it(office: Office) -> None:
    with odd_smtp(DATA=("250 ok",)) as (port, post):
        _by(office, port)
        office.send(smtp_way({}), units=("市科技局",))
    assert post.given == []
    assert office.states()["市科技局"] == "发送失败"
    assert "答非所问" in office.states("mail_note")["市科技局"]


def test_a_server_that_falls_into_step_again_is_given_the_message_once(office: Office) -> None:
    with odd_smtp(DATA=("250 ok", "354 go on")) as (port, post):
        _by(office, port)
        office.send(smtp_way({}), units=("市科技局",))
    assert len(post.given) == 1
    assert office.states()["市科技局"] == "已发送"


@pytest.mark.parametrize("end", ["250 ok|554 no", "354 go on", "220 hello"])
def test_an_answer_that_belongs_to_nothing_leaves_it_in_doubt(office: Office, end: str) -> None:
    with odd_smtp(END=(end,)) as (port, post):
        _by(office, port)
        office.send(smtp_way({}), units=("市科技局",))
    assert len(post.given) == 1
    assert office.states()["市科技局"] == "待核实"


@pytest.mark.parametrize(("later", "left"), [("250 ok", ""), ("450 greylisted", "450")])
def test_an_address_that_is_refused_for_now_is_tried_again_alone(
    office: Office, smtp: int, post: Post, later: str, left: str
) -> None:
    office.set(发送服务器="localhost", 发送端口=smtp, 超时秒数=5, 重试次数=2)
    office.unit("市科技局", email="unit0@example.com；second@example.com")
    post.answers["second@example.com"] = ["450 greylisted", later]
    report = office.send(smtp_way({}), units=("市科技局",))
    second = [] if left else [["second@example.com"]]
    assert [message.to for message in post.messages] == [["unit0@example.com"], *second]
    assert office.states()["市科技局"] == "已发送"
    assert left in office.states("mail_note")["市科技局"]
    assert report.status == (1 if left else 0)
