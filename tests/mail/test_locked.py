"""Packs under a password by mail: encrypted on the way, known when they come back."""

import email
import email.policy
import shutil
from pathlib import Path

import pytest

from qcity_xl.adapters.mail.carrier import Way
from qcity_xl.adapters.mail.eml import way as eml_way
from qcity_xl.adapters.packs import locked, unlocked
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.steps.collect import collect
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.shared.plain_text import text_lines
from tests.mail.conftest import Office, listed
from tests.mail.servers import Post
from tests.returns.locking import shows, type_password

UNIT, SECRET = "市教育局", "Jiaoyu-2016"
PACK = f"第1轮_{UNIT}.xlsx"


@pytest.fixture
def secretive(office: Office) -> Office:
    """One unit's pack is under a password."""
    shutil.rmtree(office.path.parent / "下发")
    type_password(office.path, UNIT, SECRET)
    office.split("市科技局", "市教育局", "市财政局", "市农委")
    return office


def content(data: bytes, password: str = SECRET) -> bytes:
    return unlocked(data, [password], Limits()).data


def attachment(raw: bytes) -> tuple[str, bytes]:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    (pack,) = message.iter_attachments()
    return str(pack.get_filename()), pack.get_content()


def test_the_pack_goes_encrypted_and_the_letter_keeps_silent(
    secretive: Office, by_smtp: Way, post: Post
) -> None:
    report = secretive.send(by_smtp)
    assert report.status == 0, text_lines(report)
    letters = {m.to[0]: m.data for m in post.messages}
    name, data = attachment(letters["unit1@example.com"])
    plain = content(data)
    assert (name, data == plain) == (PACK, False)
    assert plain == content((secretive.path.parent / "下发" / PACK).read_bytes())
    assert attachment(letters["unit0@example.com"])[1].startswith(b"PK")
    for raw in letters.values():
        message = email.message_from_bytes(raw, policy=email.policy.default)
        said = [part.get_payload(decode=True) for part in message.walk()]
        assert not any(shows(one, SECRET) for one in said if isinstance(one, bytes))
        assert SECRET not in str(message["Subject"])
    secretive.send(by_smtp)
    assert len(post.messages) == len(letters)


def test_the_password_that_holds_when_it_is_sent(secretive: Office, tmp_path: Path) -> None:
    type_password(secretive.path, UNIT, "Xinkouling-2")
    secretive.send(eml_way({"eml": tmp_path / "草稿"}), units=(UNIT,))
    (draft,) = (tmp_path / "草稿").iterdir()
    data = attachment(draft.read_bytes())[1]
    assert content(data, "Xinkouling-2") == content(
        (secretive.path.parent / "下发" / PACK).read_bytes()
    )


def test_packs_of_a_folder_are_known_under_their_password(
    secretive: Office, by_smtp: Way, post: Post
) -> None:
    shutil.rmtree(secretive.path.with_name("总表.xlsx.qcity") / "sent")
    folder = secretive.path.parent / "下发"
    assert secretive.send(by_smtp, packs=folder).status == 0
    assert content(attachment(post.messages[1].data)[1]) == content((folder / PACK).read_bytes())


@pytest.mark.parametrize(
    ("password", "said"), [("Xinkouling-2", "打开口令换了"), (20160501, "设为文本格式")]
)
def test_nothing_is_sent_open_by_mistake(
    secretive: Office, by_smtp: Way, post: Post, password: str | int, said: str
) -> None:
    type_password(secretive.path, UNIT, password)
    report = secretive.send(by_smtp, packs=secretive.path.parent / "下发")
    assert report.status == 3
    assert any(said in line for line in text_lines(report))
    assert not post.messages


def test_what_comes_back_is_known_and_kept_as_it_came(secretive: Office, tmp_path: Path) -> None:
    folder = tmp_path / "收"
    folder.mkdir()
    sent = secretive.path.parent / "下发" / PACK
    plain = tmp_path / "填好.xlsx"
    plain.write_bytes(content(sent.read_bytes()))
    Pack(plain).fill(PACK_TASKS.table, 0, {"note": "已落实"}).save(plain)
    files = {
        "原件.xlsx": sent.read_bytes(),
        "重存的原件.xlsx": locked(content(sent.read_bytes()), SECRET),
        "填好.xlsx": locked(plain.read_bytes(), SECRET),
        "别的口令.xlsx": locked(plain.read_bytes(), "bie-de-kou-ling"),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    report = collect(secretive.path, secretive.context, folder=folder)
    received = {r["file"]: r for r in listed(report, "received")}
    assert {name: one["state"] for name, one in received.items()} == {
        "原件.xlsx": "原件",
        "重存的原件.xlsx": "原件",
        "填好.xlsx": "已收",
        "别的口令.xlsx": "未采用",
    }
    assert "请单位取消密码" in received["别的口令.xlsx"]["reason"]
    (kept,) = Path(str(report.data["packs"])).iterdir()
    assert kept.read_bytes() == files["填好.xlsx"]
