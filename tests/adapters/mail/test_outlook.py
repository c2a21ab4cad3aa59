"""Outlook, by a double of its COM object: drafts, sending, and what goes wrong between them."""

import sys
from pathlib import Path

import pytest

from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.adapters.mail.outlook import Outlook
from qcity_xl.core.mail.delivery import Attachment
from tests.adapters.mail.test_message import parcel


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
