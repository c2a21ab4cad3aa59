"""Packs out of a real inbox and out of a folder: nothing read twice, nothing missed."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qcity_xl.adapters.mail.archive import Archive
from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.adapters.packs import locked
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.steps.collect import collect
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.shared.plain_text import text_lines
from tests.mail import formats
from tests.mail.conftest import NOW, Office, listed
from tests.mail.odd_imap import odd_imap
from tests.mail.servers import Certificate, Dovecot


@pytest.fixture
def inbox(
    office: Office, imap: Dovecot, trusted: Certificate, request: pytest.FixtureRequest
) -> str:
    """An empty inbox of this test's own."""
    account = f"{abs(hash(request.node.name))}@example.com"
    office.set(收件服务器="localhost", 收件端口=imap.tls, 账号=account)
    with imap.box(account):
        return account


def filled(office: Office, unit: str, note: str = "已落实") -> bytes:
    """A pack that its unit has filled."""
    folder = office.path.parent
    path = folder / "填好.xlsx"
    Pack(folder / "下发" / f"第1轮_{unit}.xlsx").fill(PACK_TASKS.table, 0, {"note": note}).save(
        path
    )
    data = path.read_bytes()
    path.unlink()
    return data


def states(report: Outcome[Any]) -> dict[str, int]:
    return Counter(r["state"] for r in listed(report, "received"))


def archived(office: Office) -> list[Path]:
    folder = office.path.with_name("总表.xlsx.qcity") / "collected" / "packs"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def read(office: Office, **more: object) -> Outcome[Any]:
    return collect(office.path, office.context, imap=True, **more)  # type: ignore[arg-type]  # a test's own words


def test_an_inbox_is_read_once(office: Office, imap: Dovecot, inbox: str) -> None:
    pack = filled(office, "市科技局")
    imap.deliver(inbox, formats.mail(("随便起的名.xlsx", pack)))
    report = read(office)
    assert (states(report), report.status) == ({"已收": 1}, 0)
    (file,) = archived(office)
    assert file.read_bytes() == pack
    assert states(read(office)) == {}
    imap.deliver(inbox, formats.mail(("再寄.xlsx", pack), subject="重复寄送"))
    imap.deliver(inbox, formats.mail(("改.xlsx", filled(office, "市科技局", "又改了"))))
    assert states(read(office)) == {"已收过": 1, "已收": 1}
    assert len(archived(office)) == 2


def test_the_inbox_stays_as_it_is(office: Office, imap: Dovecot, inbox: str) -> None:
    imap.deliver(inbox, formats.mail(("a.txt", b"x")))
    read(office)
    with imap.box(inbox) as box:
        box.select("INBOX")
        assert box.search(None, "UNSEEN")[1] == [b"1"]


def test_everything_keeps_its_envelope(office: Office, imap: Dovecot, inbox: str) -> None:
    imap.deliver(inbox, formats.mail(("质量报告.pdf", b"%PDF-1.4"), subject="佐证材料"))
    assert states(read(office)) == {"附件": 1}
    lines = (office.path.with_name("总表.xlsx.qcity") / "collected" / "envelopes.jsonl").read_text()
    line = json.loads(lines)
    assert line["from"] == "unit0@example.com"
    assert line["subject"] == "佐证材料"
    assert line["date"] == "2016-12-05 10:00:00+08:00"
    assert line["place"] == "佐证/市科技局/质量报告.pdf"
    assert (office.path.parent / line["place"]).read_bytes() == b"%PDF-1.4"


def test_a_stranger_is_marked(office: Office, imap: Dovecot, inbox: str) -> None:
    imap.deliver(
        inbox, formats.mail(("a.xlsx", filled(office, "市科技局")), sender="unit1@example.com")
    )
    report = read(office)
    assert report.status == 1
    (one,) = listed(report, "received")
    assert one["state"] == "已收"
    assert "unit1@example.com 不是市科技局登记的联系人" in one["reason"]


def test_our_own_copies_and_bounces_are_no_returns(
    office: Office, imap: Dovecot, inbox: str
) -> None:
    original = (office.path.parent / "下发" / "第1轮_市科技局.xlsx").read_bytes()
    own = formats.mail(("第1轮_市科技局.xlsx", original), sender="office@example.com")
    imap.deliver(inbox, own)
    imap.deliver(inbox, formats.bounce(own))
    report = read(office)
    assert states(report) == {"原件": 1, "未采用": 1}
    assert archived(office) == []


def test_what_can_not_be_used_says_why(office: Office, imap: Dovecot, inbox: str) -> None:
    imap.deliver(inbox, formats.mail(("坏.xlsx", filled(office, "市农委")[:5000])))
    report = read(office)
    assert (states(report), report.status) == ({"未采用": 1}, 1)
    assert all(r["reason"] for r in listed(report, "received"))


def test_a_dry_run_reads_and_keeps_nothing(office: Office, imap: Dovecot, inbox: str) -> None:
    imap.deliver(inbox, formats.mail(("a.xlsx", filled(office, "市科技局"))))
    dry = Context(NOW, "张三", dry_run=True)
    assert states(collect(office.path, dry, imap=True)) == {"已收": 1}
    assert archived(office) == []
    assert states(read(office)) == {"已收": 1}


def test_a_run_that_breaks_off_goes_on_where_it_ended(
    office: Office, imap: Dovecot, inbox: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for unit in ("市科技局", "市教育局", "市财政局"):
        imap.deliver(inbox, formats.mail(("a.xlsx", filled(office, unit))))
    keep_mark, calls = Archive.keep_mark, []

    def breaks(self: Archive, box: str, mark: object) -> None:
        calls.append(mark)
        if len(calls) == 2:
            raise KeyboardInterrupt
        keep_mark(self, box, mark)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(Archive, "keep_mark", breaks)
    with pytest.raises(KeyboardInterrupt):
        read(office)
    assert states(read(office)) == {"已收过": 1, "已收": 1}
    assert len(archived(office)) == 3


def test_numbered_anew_means_read_anew(office: Office, imap: Dovecot, inbox: str) -> None:
    imap.deliver(inbox, formats.mail(("a.xlsx", filled(office, "市科技局"))))
    read(office)
    path = office.path.with_name("总表.xlsx.qcity") / "collected" / "inboxes.json"
    marks = json.loads(path.read_text())
    for mark in marks.values():
        mark["validity"] += 1
        mark["uid"] = 99
    path.write_text(json.dumps(marks))
    assert states(read(office)) == {"已收过": 1}


def test_chinese_folder_starttls_and_since(office: Office, imap: Dovecot, inbox: str) -> None:
    with imap.box(inbox) as box:
        box.create('"&i6FSElVGi6E-"')
        data = formats.mail(("a.xlsx", filled(office, "市科技局")))
        box.append('"&i6FSElVGi6E-"', None, '"01-May-2016 09:00:00 +0800"', data)
    office.set(收件文件夹="计划商计", 收件端口=imap.starttls, 收件加密="STARTTLS")
    assert states(read(office, since=dt.date(2016, 6, 1))) == {}
    assert states(read(office, since=dt.date(2016, 5, 1))) == {"已收": 1}
    assert states(read(office)) == {"已收过": 1}  # an earlier beginning: all is looked at again


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"收件服务器": None}, "收件服务器"),
        ({"收件文件夹": "没有"}, "收件文件夹"),
        ({"收件端口": 1}, "连不上收件服务器"),
    ],
)
def test_failures_say_what_to_do(
    office: Office, inbox: str, settings: dict[str, str | int | None], says: str
) -> None:
    office.set(**settings)
    with pytest.raises(MailStopped, match=says):
        read(office)


def test_a_wrong_password_and_certificate(
    office: Office, inbox: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QCITY_MAIL_PASSWORD", "wrong")
    with pytest.raises(MailStopped, match="授权码"):
        read(office)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailStopped, match="证书不可信"):
        read(office)


def test_large_mail_is_told_not_read(office: Office, imap: Dovecot, inbox: str) -> None:
    office.set(文件大小=0.05)
    imap.deliver(inbox, formats.mail(("大.bin", bytes(200_000))))
    report = read(office)
    assert states(report) == {"未采用": 1}
    assert "再收那个文件夹" in listed(report, "received")[0]["reason"]


def test_a_folder_of_all_kinds(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "收件"
    (folder / "里面").mkdir(parents=True)
    (folder / "a.eml").write_bytes(formats.mail(("x.xlsx", filled(office, "市科技局"))))
    (folder / "b.msg").write_bytes(
        formats.msg("报送", "unit1@example.com", ("x.xlsx", filled(office, "市教育局")))
    )
    (folder / "里面" / "c.zip").write_bytes(formats.zipped(("x.xlsx", filled(office, "市财政局"))))
    (folder / "d.xlsx").write_bytes(filled(office, "市农委"))
    (folder / "~$d.xlsx").write_bytes(b"lock")
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    report = collect(office.path, office.context, folder=folder)
    assert (states(report), report.status) == ({"已收": 4}, 0), text_lines(report)
    assert {r["unit"] for r in listed(report, "received")} == {
        "市科技局", "市教育局", "市财政局", "市农委",
    }  # fmt: skip
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before
    assert states(collect(office.path, office.context, folder=folder)) == {"已收过": 4}


def test_each_mail_of_a_run_is_in_its_result(office: Office, imap: Dovecot, inbox: str) -> None:
    letters = {
        "报送": formats.mail(("a.xlsx", filled(office, "市科技局")), subject="报送"),
        "收到": formats.mail(subject="收到"),
        "大的": formats.mail(subject="大的", words="超大附件 https://x.cn/ftn?k=1"),
        "旧表": formats.mail(("填报.numbers", formats.zipped(("Index/Document.iwa", b"x"))),
                          subject="旧表"),
        "公文": formats.mail(("通知.ofd", formats.zipped(("OFD.xml", b"x"))), subject="公文"),
        "半包": formats.mail(("材料.zip", formats.zipped(("a", b"x" * 99))[:70]), subject="半包"),
        "保护": formats.mail(("填报", b"b\x14#e\0\0\0\0E-SafeNet\0\0\0LOCK"), subject="保护"),
        "网页": formats.mail(("填报.zip", b"<!DOCTYPE html><html>"), subject="网页"),
    }  # fmt: skip
    for letter in letters.values():
        imap.deliver(inbox, letter)
    report = read(office)
    told = {r["subject"]: (r["state"], r["reason"]) for r in listed(report, "received")}
    assert Counter(r["subject"] for r in listed(report, "received")) == dict.fromkeys(letters, 1)
    assert {subject: state for subject, (state, _) in told.items()} == {
        "报送": "已收", "收到": "无附件", "大的": "无附件", "旧表": "未采用", "公文": "附件",
        "半包": "未采用", "保护": "未采用", "网页": "未采用",
    }  # fmt: skip
    for subject, words in (
        ("大的", "链接"), ("旧表", "Numbers"), ("半包", "压缩包不完整"), ("保护", "E-SafeNet"),
        ("网页", "是网页"), ("收到", ""),
    ):  # fmt: skip
        assert words in told[subject][1]
    assert report.status == 1
    kept = office.path.with_name("总表.xlsx.qcity") / "collected" / "files" / "市科技局"
    assert {path.name for path in kept.iterdir()} == {
        "填报.numbers", "材料.zip", "填报", "填报.zip",
    }  # fmt: skip
    assert (office.path.parent / "佐证" / "市科技局" / "通知.ofd").is_file()


def test_a_mail_without_a_file_asks_for_nothing(office: Office, imap: Dovecot, inbox: str) -> None:
    imap.deliver(inbox, formats.mail(subject="收到，谢谢"))
    report = read(office)
    assert (states(report), report.status) == ({"无附件": 1}, 0)


def test_a_mail_that_the_server_withholds_is_read_the_next_time(
    office: Office, trusted: Certificate
) -> None:
    mails = {number: formats.mail(("a.xlsx", filled(office, unit)))
             for number, unit in ((3, "市科技局"), (4, "市教育局"), (8, "市农委"))}  # fmt: skip
    with odd_imap(mails, trusted) as (port, inbox):
        office.set(收件服务器="localhost", 收件端口=port, 账号="a@example.com", 超时秒数=5)
        inbox.answers[4, "BODY.PEEK[]"] = "NO 系统繁忙"
        report = read(office)
        assert (states(report), report.status) == ({"已收": 1}, 1)
        assert "第4号邮件" in report.data["stopped"]
        inbox.answers.clear()
        assert states(read(office)) == {"已收": 2}


def test_a_pack_under_excels_own_password_is_read(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "收件"
    folder.mkdir()
    (folder / "只读推荐.xlsx").write_bytes(locked(filled(office, "市农委"), "VelvetSweatshop"))
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "._只读推荐.xlsx").write_bytes(b"x")
    assert states(collect(office.path, office.context, folder=folder)) == {"已收": 1}


# Where the other files go


def _folder(office: Office) -> dict[str, bytes]:
    root = office.path.parent / "佐证"
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_attachments_are_filed_by_unit_under_their_own_names(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "收件"
    (folder / "市财政局").mkdir(parents=True)
    inner = formats.zipped(("2016/报告.pdf", b"2"))
    letters = {
        "1.eml": formats.mail(("报告.pdf", b"1"), ("a.zip", inner)),
        "2.eml": formats.mail(("报告.pdf", b"3"), ("又一份.pdf", b"1")),
        "3.eml": formats.mail(
            ("照片: 一.jpg", b"4"), ("x.xlsx", filled(office, "市农委")), sender="x@qq.com"
        ),
        "4.eml": formats.mail(("不知谁的.pdf", b"5"), sender="x@qq.com"),
    }  # fmt: skip
    for name, data in letters.items():
        (folder / name).write_bytes(data)
    (folder / "市财政局" / "台账.docx").write_bytes(b"6")
    dry = collect(office.path, Context(NOW, "张三", dry_run=True), folder=folder)
    assert not (office.path.parent / "佐证").exists()
    report = collect(office.path, office.context, folder=folder)
    assert _folder(office) == {
        "市科技局/报告.pdf": b"1",
        "市科技局/2016/报告.pdf": b"2",
        "市科技局/报告 (2).pdf": b"3",
        "市农委/照片_ 一.jpg": b"4",
        "未定单位/不知谁的.pdf": b"5",
        "市财政局/台账.docx": b"6",
    }
    told = [(r["place"], r["unit"], r["reason"]) for r in listed(report, "received")]
    assert ("佐证/市农委/照片_ 一.jpg", "市农委", "") in told
    assert any(p == "佐证/未定单位/不知谁的.pdf" and "不知道是哪个单位" in r for p, _, r in told)
    assert [r["place"] for r in listed(dry, "received")] == [p for p, _, _ in told]
    assert "按单位放在总表旁边的“佐证”文件夹" in "".join(text_lines(report))
    before = _folder(office)
    again = collect(office.path, office.context, folder=folder)
    assert (_folder(office), states(again)) == (before, {"已收过": 8})


def test_a_file_that_the_office_moved_is_not_filed_again(office: Office, tmp_path: Path) -> None:
    (folder := tmp_path / "收件").mkdir()
    (folder / "a.pdf").write_bytes(b"%PDF")
    collect(office.path, office.context, folder=folder)
    root = office.path.parent / "佐证"
    (root / "市农委").mkdir()
    (root / "未定单位" / "a.pdf").rename(root / "市农委" / "改过名.pdf")
    assert states(collect(office.path, office.context, folder=folder)) == {"已收过": 1}
    assert _folder(office) == {"市农委/改过名.pdf": b"%PDF"}


def test_a_contact_who_sends_another_units_pack_is_asked_about(
    office: Office, tmp_path: Path
) -> None:
    (folder := tmp_path / "收件").mkdir()
    mail = formats.mail(("a.pdf", b"%PDF"), ("x.xlsx", filled(office, "市农委")))
    (folder / "1.eml").write_bytes(mail)
    report = collect(office.path, office.context, folder=folder)
    assert any("同一封里是市农委的填报表" in r["reason"] for r in listed(report, "received"))
    assert report.status == 1
