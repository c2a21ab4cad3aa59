"""Mail that never goes twice, through a real SMTP server."""

import email
import email.policy
from pathlib import Path

import pytest

from qcity_xl.adapters.mail.carrier import MailStopped, Way
from qcity_xl.adapters.mail.eml import way as eml_way
from qcity_xl.adapters.mail.outbox import Outbox
from qcity_xl.adapters.mail.smtp import way as smtp_way
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.changes import Change
from qcity_xl.core.mail.delivery import POSTING, Event
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import MAIL, ROUNDS
from qcity_xl.steps.history import undo
from qcity_xl.steps.shared.plain_text import text_lines
from tests.mail.conftest import OFFICE, UNITS_USED, Office, listed
from tests.mail.servers import Certificate, Post, smtp_server


def test_each_unit_gets_its_pack_once(office: Office, by_smtp: Way, post: Post) -> None:
    report = office.send(by_smtp)
    assert report.status == 0, text_lines(report)
    assert [m.to for m in post.messages] == [[f"unit{n}@example.com"] for n in (2, 1, 0, 3)]
    assert set(office.states().values()) == {"已发送"}
    again = office.send(by_smtp)
    assert again.status == 0
    assert len(post.messages) == 4
    assert post.sessions == 1


def test_letters_survive_the_way(office: Office, by_smtp: Way, post: Post) -> None:
    office.set(抄送=f"办公室 <{OFFICE}>；leader@example.com")
    office.send(by_smtp, units=("市科技局",))
    (received,) = post.messages
    assert received.to == ["unit0@example.com", OFFICE, "leader@example.com"]
    assert received.data.isascii()
    message = email.message_from_bytes(received.data, policy=email.policy.default)
    assert message["Subject"].startswith(
        "【常州市质量强市】第1轮填报表：市科技局（2016年12月7日前报送）"
    )
    assert message["From"].addresses[0].display_name == "质量强市领导小组办公室"
    assert message["To"].addresses[0].display_name == "联络员0"
    (pack,) = message.iter_attachments()
    assert pack.get_filename() == "第1轮_市科技局.xlsx"
    sent = office.path.parent / "下发" / "第1轮_市科技局.xlsx"
    assert pack.get_content() == sent.read_bytes()
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        assert "市科技局（联络员0同志）：" in body.get_content()
        assert "张三 0519-12345678" in body.get_content()
        assert "{" not in body.get_content()


def test_nothing_leaves_without_yes(office: Office, by_smtp: Way, post: Post) -> None:
    before = office.path.read_bytes()
    for report in (office.send(by_smtp, go=False), office.send()):
        assert report.status == 0
        assert {m["state"] for m in listed(report, "messages")} == {"待发送"}
    assert not post.messages
    assert office.path.read_bytes() == before


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda o: o.unit("市教育局", email="liqiang.example.com"), "mail-address"),
        (lambda o: o.unit("市教育局", email=None), "mail-address"),
        (lambda o: o.set(发件地址=None), "mail-setting"),
        (lambda o: o.set(发送服务器=None), "mail-setting"),
        (lambda o: o.set(邮件上限=0.01), "mail-size"),
        (lambda o: _template(o, "{单位}你好，{截止时间}"), "mail-template"),
        (lambda o: _template(o, None), "mail-template"),
        (lambda o: _sent_pack(o).write_bytes(b"x"), "pack-file"),
        (lambda o: _sent_pack(o).unlink(), "pack-file"),
    ],
)  # fmt: skip
def test_all_is_checked_before_the_first_leaves(
    office: Office, by_smtp: Way, post: Post, spoil: object, code: str
) -> None:
    spoil(office)  # type: ignore[operator]  # a lambda
    report = office.send(by_smtp)
    assert report.status == 3
    assert code in {p["code"] for p in listed(report, "problems")}
    assert not post.messages
    assert set(office.states().values()) == {""}


def _template(office: Office, words: str | None) -> None:
    row = office.master_file.master.rows(MAIL)["下发"]
    office.write([Change(MAIL.name, "下发", "text", row.get("text"), words)])


def _sent_pack(office: Office) -> Path:
    return office.path.with_name("总表.xlsx.qcity") / "sent" / "第1轮" / "市教育局.xlsx"


def test_lost_side_folder_needs_only_the_packs(office: Office, by_smtp: Way, post: Post) -> None:
    _sent_pack(office).unlink()
    report = office.send(by_smtp, packs=office.path.parent / "下发")
    assert report.status == 0
    assert len(post.messages) == 4


def test_units_that_get_no_mail_are_left_out(office: Office, by_smtp: Way, post: Post) -> None:
    office.unit("市教育局", email="线下")
    report = office.send(by_smtp)
    assert report.status == 0
    assert [m["state"] for m in listed(report, "messages")].count("线下") == 1
    assert len(post.messages) == 3


def test_several_contacts_one_refused(office: Office, by_smtp: Way, post: Post) -> None:
    office.unit("市科技局", email="unit0@example.com；王敏 <gone@example.com>；ｃ＠example.com")
    post.answers["gone@example.com"] = ["550 5.1.1 no such user"]
    report = office.send(by_smtp)
    assert report.status == 1
    assert post.messages[-2].to == ["unit0@example.com", "c@example.com"]
    (note,) = [m["note"] for m in listed(report, "messages") if m["note"]]
    assert "gone@example.com（550 5.1.1 no such user）" in note
    assert office.states()["市科技局"] == "已发送"


def test_permanent_failures_are_told_and_the_rest_goes(
    office: Office, by_smtp: Way, post: Post
) -> None:
    post.answers["unit1@example.com"] = ["550 no such user"]
    report = office.send(by_smtp)
    assert report.status == 1
    assert len(post.messages) == 3
    assert office.states()["市教育局"] == "发送失败"
    assert "550" in office.states("mail_note")["市教育局"]
    office.unit("市教育局", email="new@example.com")
    assert office.send(by_smtp).status == 0
    assert post.messages[-1].to == ["new@example.com"]
    assert len(post.messages) == 4


def test_temporary_failures_are_tried_again_with_patience(
    office: Office, by_smtp: Way, post: Post
) -> None:
    post.answers["unit1@example.com"] = ["451 greylisted", "450 again", "250 OK"]
    assert office.send(by_smtp).status == 0
    assert len(post.messages) == 4
    assert [seconds for seconds in office.slept if seconds > 1] == [5, 20]
    assert post.sessions == 3


def test_patience_has_an_end(office: Office, by_smtp: Way, post: Post) -> None:
    office.set(重试次数=1)
    post.answers["unit1@example.com"] = ["451 busy"]
    report = office.send(by_smtp)
    assert report.status == 1
    assert "稍后再试" in office.states("mail_note")["市教育局"]
    post.answers.clear()
    assert office.send(by_smtp).status == 0
    assert len(post.messages) == 4


@pytest.mark.parametrize("order", ["drop", 6.0])
def test_a_line_cut_in_mid_message_is_never_sent_again_by_itself(
    office: Office, by_smtp: Way, post: Post, order: str | float
) -> None:
    office.set(超时秒数=1)
    post.final = ["", order]
    report = office.send(by_smtp)
    assert report.status == 1
    assert office.states()["市教育局"] == "待核实"
    count = len(post.messages)
    assert office.send(by_smtp).status == 1
    assert len(post.messages) == count
    assert office.send(by_smtp, resend=("教育局",)).status == 0
    assert len(post.messages) == count + 1
    assert set(office.states().values()) == {"已发送"}


def test_a_message_that_is_sent_again_keeps_its_id_only_if_in_doubt(
    office: Office, by_smtp: Way, post: Post
) -> None:
    post.final = ["drop"]
    office.send(by_smtp, units=("市科技局",))
    in_doubt = office.states("mail_id")["市科技局"]
    office.send(by_smtp, units=("市科技局",), resend=("市科技局",))
    assert office.states("mail_id")["市科技局"] == in_doubt
    office.send(by_smtp, units=("市科技局",), resend=("市科技局",))
    assert office.states("mail_id")["市科技局"] == in_doubt.replace(".1@", ".2@")


def test_size_limit_of_the_server(office: Office, trusted: Certificate, post: Post) -> None:
    with smtp_server(post, trusted, data_size_limit=10_000) as port:
        office.set(发送服务器="localhost", 发送端口=port)
        with pytest.raises(MailStopped, match="一封都没有发"):
            office.send(smtp_way({}))
    assert set(office.states().values()) == {""}


def test_drafts(office: Office, tmp_path: Path) -> None:
    report = office.send(eml_way({"eml": tmp_path / "草稿"}), go=False)
    assert report.status == 0
    files = sorted((tmp_path / "草稿").iterdir())
    assert [f.name for f in files] == sorted(f"第1轮_{unit}.eml" for unit in UNITS_USED)
    assert b"X-Unsent: 1" in files[0].read_bytes()
    assert set(office.states().values()) == {"已存草稿"}
    before = office.path.read_bytes()
    office.send(eml_way({"eml": tmp_path / "草稿"}), go=False)
    assert office.path.read_bytes() == before


def test_a_sent_message_can_not_be_undone(office: Office, by_smtp: Way) -> None:
    office.send(by_smtp)
    undo(office.path, office.context)
    assert set(office.states().values()) == {"已发送"}


def test_a_contact_who_was_refused_for_now_is_tried_alone_in_later_runs(
    office: Office, by_smtp: Way, post: Post
) -> None:
    office.set(重试次数=1)
    office.unit("市科技局", email="unit0@example.com；second@example.com")
    post.answers["second@example.com"] = ["450 greylisted"] * 4 + ["250 ok"]
    report = office.send(by_smtp, units=("市科技局",))
    assert report.status == 1
    assert office.states("mail_rest")["市科技局"] == "second@example.com"
    assert "只补发给它们" in office.states("mail_note")["市科技局"]
    assert office.send(by_smtp, units=("市科技局",)).status == 1  # refused once more
    assert (office.states()["市科技局"], office.states("mail_rest")["市科技局"]) == (
        "已发送",
        "second@example.com",
    )
    assert office.send(by_smtp, units=("市科技局",)).status == 0
    assert office.states("mail_rest")["市科技局"] == ""
    assert office.states("mail_note")["市科技局"] == ""
    assert office.send(by_smtp, units=("市科技局",)).status == 0
    assert [m.to for m in post.messages] == [["unit0@example.com"], ["second@example.com"]]


def test_a_contact_who_is_refused_for_good_is_not_tried_again(
    office: Office, by_smtp: Way, post: Post
) -> None:
    office.set(重试次数=0)
    office.unit("市科技局", email="unit0@example.com；second@example.com")
    post.answers["second@example.com"] = ["450 greylisted", "550 no such user"]
    office.send(by_smtp, units=("市科技局",))
    office.send(by_smtp, units=("市科技局",))
    assert (office.states()["市科技局"], office.states("mail_rest")["市科技局"]) == ("已发送", "")
    assert "550" in office.states("mail_note")["市科技局"]
    office.send(by_smtp, units=("市科技局",))
    assert [m.to for m in post.messages] == [["unit0@example.com"]]


@pytest.mark.parametrize(("word", "arrive"), [("待发送", True), ("发送中", False), (None, False)])
def test_a_crash_while_one_contact_is_tried_alone_sends_nobody_else_anything(
    office: Office, by_smtp: Way, post: Post, word: str | None, arrive: bool
) -> None:
    office.set(重试次数=0)
    office.unit("市科技局", email="unit0@example.com；second@example.com")
    post.answers["second@example.com"] = ["450 greylisted", "250 ok"]
    office.send(by_smtp, units=("市科技局",))
    file = office.master_file
    key = next(k for k, r in file.master.rows(ROUNDS).items() if text(r, "unit") == "市科技局")
    office.write(POSTING.changes(file.master, key, state="发送中", id="<x>"))
    if word:
        Outbox(SideFolder(office.path).path).record(["<x>"], Event(word))
    office.send(by_smtp, units=("市科技局",))
    late = [["second@example.com"]] if arrive else []
    assert [m.to for m in post.messages] == [["unit0@example.com"], *late]
    assert office.states()["市科技局"] == ("已发送" if arrive else "待核实")
    office.send(by_smtp, units=("市科技局",), resend=() if arrive else ("市科技局",))
    assert [m.to for m in post.messages] == [["unit0@example.com"], ["second@example.com"]]


def test_an_address_that_was_changed_meanwhile_is_told(
    office: Office, by_smtp: Way, post: Post
) -> None:
    office.set(重试次数=0)
    office.unit("市科技局", email="unit0@example.com；second@example.com")
    post.answers["second@example.com"] = ["450 greylisted"]
    office.send(by_smtp, units=("市科技局",))
    office.unit("市科技局", email="unit0@example.com；new@example.com")
    report = office.send(by_smtp, units=("市科技局",))
    assert "再发一次" in listed(report, "messages")[0]["note"]
    assert (report.status, len(post.messages)) == (1, 1)
