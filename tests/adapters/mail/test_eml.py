"""Drafts as files: one for each unit and kind of letter, replaced when made again."""

import email
from email import policy
from pathlib import Path

from qcity_xl.adapters.mail.eml import EmlFolder
from qcity_xl.core.mail.addresses import Address
from qcity_xl.core.mail.delivery import Parcel
from qcity_xl.core.mail.letters import Letter
from qcity_xl.core.schema.words import DRAFT

SENDER = Address("zlb@example.com")


def parcel(level: str = "", row: str = "R第1轮/市体育局") -> Parcel:
    letter = Letter("请填报", ("见附件",), ())
    return Parcel(row, "市体育局", "<1@example.com>", SENDER, (SENDER,), (), letter, level=level)


def test_a_draft_for_each_unit_and_kind(tmp_path: Path) -> None:
    folder = EmlFolder(tmp_path / "草稿")
    assert folder.open() == 0
    made = [folder.send(one, b"Subject: x\r\n\r\n") for one in (parcel(), parcel("催办"))]
    folder.close()
    assert [one.state for one in made] == [DRAFT, DRAFT]
    names = sorted(path.name for path in (tmp_path / "草稿").iterdir())
    assert names == sorted(one.note for one in made)
    assert names == ["催办第1轮_市体育局.eml", "第1轮_市体育局.eml"]


def test_a_draft_made_again_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    folder = EmlFolder(tmp_path)
    folder.send(parcel(), b"Subject: old\r\n\r\n")
    folder.send(parcel(), b"Subject: new\r\n\r\n")
    (path,) = tmp_path.iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["Subject"] == "new"


def test_a_name_leads_nowhere(tmp_path: Path) -> None:
    EmlFolder(tmp_path / "草稿").send(parcel(row="R../../市体育局"), b"x")
    assert [path.parent for path in tmp_path.rglob("*.eml")] == [tmp_path / "草稿"]
