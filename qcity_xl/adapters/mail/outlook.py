"""Sending or saving drafts through Outlook on Windows (the extra qcity-xl[outlook], pywin32).

Outlook sets its own Message-ID; ours stands in 轮次 only.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qcity_xl.adapters.mail.carrier import Delivery, MailStopped, Way
from qcity_xl.adapters.side_folder import safe_name
from qcity_xl.core.advice import Advice
from qcity_xl.core.mail.addresses import Address
from qcity_xl.core.mail.delivery import Parcel
from qcity_xl.core.schema.words import DRAFT, FAILED, SENT, UNSURE

_MAIL_ITEM = 0  # olMailItem


class Outlook:
    """The Outlook of this user; `draft` leaves messages in its drafts folder."""

    def __init__(self, *, draft: bool, application: Any = None) -> None:
        """`application` is Outlook's COM object; looked for when first needed."""
        self.leaves = not draft
        self._application = application

    def open(self) -> int:
        """Start Outlook or find the one that runs."""
        if self._application is None:
            try:
                from win32com.client import Dispatch
            except ImportError as error:
                raise MailStopped(
                    "这台电脑不能用 Outlook 发送：只支持 Windows，并要 pip install pywin32。",
                    Advice("", "也可以存成草稿，再拖进任何邮件程序", (("eml", ""),)),
                ) from error
            try:
                self._application = Dispatch("Outlook.Application")
            except Exception as error:  # COM errors have no common class without pywin32
                raise MailStopped(f"打不开 Outlook（{error}）。请先启动 Outlook 再试。") from error
        return 0

    def send(self, parcel: Parcel, data: bytes) -> Delivery:  # noqa: ARG002 - Outlook encodes itself
        """Fill in an Outlook message, then save or send it."""
        try:
            with tempfile.TemporaryDirectory() as folder:
                item = self._item(parcel, Path(folder))
        except Exception as error:  # as above; nothing has been handed over yet
            return Delivery(FAILED, f"Outlook 不能建这封邮件（{error}）")
        if not self.leaves:
            item.Save()
            return Delivery(DRAFT, "在 Outlook 的草稿箱")
        try:
            item.Send()
        except Exception as error:  # as above
            return Delivery(UNSURE, f"Outlook 报错（{error}）；请看“已发送”和“发件箱”里有没有")
        return Delivery(SENT)

    def close(self) -> None:
        """Leave Outlook running: it sends in its own time."""
        self._application = None

    def _item(self, parcel: Parcel, folder: Path) -> Any:
        item = self._application.CreateItem(_MAIL_ITEM)
        item.To, item.CC = _joined(parcel.to), _joined(parcel.cc)
        item.Subject, item.HTMLBody = parcel.letter.subject, parcel.letter.html
        for attachment in parcel.attachments:
            path = folder / safe_name(attachment.name)
            path.write_bytes(attachment.data)
            item.Attachments.Add(str(path))
        return item


def way(asked: Mapping[str, Any]) -> Way:
    """Send with it, or leave drafts there if that was asked for too."""
    draft = bool(asked.get("draft"))
    return Way(lambda *_: Outlook(draft=draft), leaves=not draft)


def _joined(addresses: tuple[Address, ...]) -> str:
    return "; ".join(address.mail for address in addresses)
