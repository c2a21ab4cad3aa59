"""退回件 by mail: to whom it concerns, with what is wrong, each content once."""

from pathlib import Path

from qcity_xl.adapters.mail.carrier import Way
from qcity_xl.adapters.packs import reply_remarks
from qcity_xl.core.master.settings import Limits
from qcity_xl.steps.merge import merge
from qcity_xl.steps.send import send
from qcity_xl.steps.shared.data import SendData
from qcity_xl.steps.shared.mail_orders import Orders
from qcity_xl.steps.shared.outcome import Outcome
from qcity_xl.steps.shared.plain_text import text_lines
from tests.mail.conftest import ROUND, Office
from tests.mail.servers import Post
from tests.returns.hand import TASKS, filled

UNIT = "市科技局"


def refused(office: Office, said: str) -> Path:
    """The folder with the reply to a pack in which something was said that can't stand there."""
    folder = office.path.parent
    pack = next((folder / "下发").glob(f"*{UNIT}.xlsx")).read_bytes()
    back = folder / "回收" / f"{said}.xlsx"
    back.parent.mkdir(exist_ok=True)
    back.write_bytes(filled(pack, {(TASKS, 0, "progress"): said}))
    replies = folder / "退回"
    for old in replies.glob("*"):
        old.unlink()
    merge(office.path, [back], office.context, reply=replies)
    assert [path.name for path in replies.iterdir()] == [f"退回_{ROUND}_{UNIT}.xlsx"]
    return replies


def mailed(office: Office, way: Way | None, replies: Path) -> Outcome[SendData]:
    orders = Orders(way=way, go=True, sleep=office.slept.append)
    return send(office.path, office.context, orders, replies=replies)


def test_a_reply_goes_to_its_unit_once_and_a_new_one_goes_again(
    office: Office, by_smtp: Way, post: Post
) -> None:
    replies = refused(office, "差不多了")
    report = mailed(office, by_smtp, replies)
    assert report.status == 0, text_lines(report)
    assert [message.to for message in post.messages] == [["unit0@example.com"]]
    assert office.states("reply_state")[UNIT] == "已发送"
    assert office.states("mail_state")[UNIT] == ""
    assert mailed(office, by_smtp, replies).status == 0
    assert len(post.messages) == 1
    assert mailed(office, by_smtp, refused(office, "快好了")).status == 0
    assert len(post.messages) == 2


def test_the_letter_says_what_was_wrong_and_what_may_stand_there(office: Office) -> None:
    replies = refused(office, "差不多了")
    (data,) = (path.read_bytes() for path in replies.iterdir())
    ((sheet, cell, found, allowed),) = reply_remarks(data, Limits())
    assert (sheet, cell) == ("本轮任务", "I8")
    assert "差不多了" in found
    assert allowed == "未开始、推进中、已完成、有困难"
    report = mailed(office, None, replies)
    assert f"退回_{ROUND}_{UNIT}.xlsx" in "".join(text_lines(report))


def test_what_is_no_reply_stops_all(office: Office, by_smtp: Way, post: Post) -> None:
    replies = refused(office, "差不多了")
    pack = next((office.path.parent / "下发").glob("*市农委.xlsx"))
    (replies / "市农委.xlsx").write_bytes(pack.read_bytes())
    report = mailed(office, by_smtp, replies)
    assert report.status == 3
    assert "市农委.xlsx”不是这份总表的退回件" in "".join(text_lines(report))
    assert post.messages == []
