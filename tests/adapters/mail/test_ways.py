"""Encryption, login, certificates, passwords; Outlook by a double of its COM object."""

import sys
import types
from pathlib import Path

import pytest

from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.adapters.mail.outlook import Outlook
from qcity_xl.adapters.mail.secrets import mail_password
from qcity_xl.adapters.mail.ways import smtp_way
from qcity_xl.core.errors import QcityError
from qcity_xl.core.mail.delivery import Attachment
from tests.adapters.mail.test_message import parcel
from tests.mail.conftest import Office
from tests.mail.servers import Certificate, Post, smtp_server


@pytest.mark.parametrize("encryption", ["TLS", "STARTTLS", "无"])
def test_every_encryption(
    office: Office, trusted: Certificate, post: Post, encryption: str
) -> None:
    with smtp_server(post, trusted, encryption) as port:
        office.set(发送服务器="localhost", 发送端口=port, 发送加密=encryption)
        assert office.send(smtp_way()).status == 0
    assert len(post.messages) == 4


def _stopped(office: Office, port: int, says: str) -> None:
    office.set(发送服务器="localhost", 发送端口=port, 超时秒数=2)
    with pytest.raises(QcityError, match=says):
        office.send(smtp_way())
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


def test_the_keyring_gives_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QCITY_MAIL_PASSWORD", raising=False)
    keyring = types.ModuleType("keyring")
    errors = types.ModuleType("keyring.errors")
    kept = {("qcity_xl", "office@example.com"): "秘密"}
    keyring.get_password = lambda *of: kept.get(of)  # type: ignore[attr-defined]  # a double
    errors.KeyringError = ValueError  # type: ignore[attr-defined]  # a double
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    assert mail_password("office@example.com") == "秘密"
    with pytest.raises(MailStopped):
        mail_password("other@example.com")


def test_the_password_is_written_nowhere(office: Office, smtp: int, post: Post) -> None:
    office.set(发送服务器="localhost", 发送端口=smtp)
    office.send(smtp_way())
    for path in office.path.parent.rglob("*"):
        assert path.is_dir() or b"abc+/=def" not in path.read_bytes()


class Item:
    """Outlook's MailItem, as far as it is used."""

    def __init__(self, done: list[str], fails: str) -> None:
        self.To = self.CC = self.Subject = self.HTMLBody = ""
        self.files: dict[str, bytes] = {}
        self._done, self._fails = done, fails
        self.Attachments = self

    def Add(self, path: str) -> None:  # noqa: N802 - Outlook's name
        if self._fails == "Add":
            raise ValueError("附件被阻止")
        self.files[Path(path).name] = Path(path).read_bytes()

    def Save(self) -> None:  # noqa: N802 - Outlook's name
        self._done.append("Save")

    def Send(self) -> None:  # noqa: N802 - Outlook's name
        if self._fails == "Send":
            raise ValueError("用户取消")
        self._done.append("Send")


class Application:
    """Outlook itself."""

    def __init__(self, fails: str = "") -> None:
        self.done: list[str] = []
        self.items: list[Item] = []
        self._fails = fails

    def CreateItem(self, kind: int) -> Item:  # noqa: N802 - Outlook's name
        assert kind == 0
        self.items.append(Item(self.done, self._fails))
        return self.items[-1]


@pytest.mark.parametrize(
    ("draft", "fails", "state", "done"),
    [
        (True, "", "已存草稿", ["Save"]),
        (False, "", "已发送", ["Send"]),
        (False, "Add", "发送失败", []),
        (False, "Send", "待核实", []),
    ],
)
def test_outlook(draft: bool, fails: str, state: str, done: list[str]) -> None:
    application = Application(fails)
    outlook = Outlook(draft=draft, application=application)
    outlook.open()
    assert outlook.send(parcel(Attachment("第1轮_市科技局.xlsx", b"PK")), b"").state == state
    outlook.close()
    assert application.done == done
    (item,) = application.items
    assert (item.To, item.CC) == ("a@example.com; b@example.com", "c@example.com")
    if fails != "Add":
        assert item.files == {"第1轮_市科技局.xlsx": b"PK"}


def test_without_outlook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "win32com.client", None)
    with pytest.raises(MailStopped, match="只支持 Windows") as stopped:
        Outlook(draft=True).open()
    assert stopped.value.advice[0].options == (("eml", ""),)
