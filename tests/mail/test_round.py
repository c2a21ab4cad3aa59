"""A whole round by mail: split, send, units reply through the servers, collect, merge, chase."""

import datetime as dt
import ssl
import time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from smtplib import SMTP_SSL

import pytest

from qcity_xl.adapters.disk import sha256_of
from qcity_xl.adapters.mail.carrier import Way
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.schema import ROUNDS, UNITS
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.core.values import Value
from qcity_xl.steps.chase import chase
from qcity_xl.steps.collect import collect
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.merge import merge
from qcity_xl.steps.shared.mail_orders import Orders
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.shared.plain_text import text_lines
from tests.mail.conftest import OFFICE, Office, listed
from tests.mail.servers import HOST, PASSWORD, Certificate, Dovecot, Post

DONE: dict[str, Value] = {"progress": "已完成", "note": "已印发文件。", "done_on": "2016-11-30"}


def _reply(received: bytes, port: int, context: ssl.SSLContext, folder: Path) -> None:
    """What a unit does: open the mail, fill the pack, answer with it attached."""
    message = message_from_bytes(received, policy=default)
    (attached,) = message.iter_attachments()
    path = folder / "收到.xlsx"
    path.write_bytes(attached.get_content())
    pack = Pack(path)
    for row in range(len(pack.column(PACK_TASKS.table, "key"))):
        pack.fill(PACK_TASKS.table, row, DONE)
    pack.save(path)
    answer = EmailMessage(SMTP)
    answer["From"], answer["To"] = message["To"], OFFICE
    answer["Subject"] = f"答复：{message['Subject']}"
    answer.set_content("已填好。\n")
    answer.add_attachment(
        path.read_bytes(), maintype="application", subtype="octet-stream", filename="报送 终稿.xlsx"
    )
    with SMTP_SSL(HOST, port, context=context) as server:
        server.login(OFFICE, PASSWORD)
        server.send_message(answer)


def test_a_round_by_mail(
    office: Office,
    by_smtp: Way,
    smtp: int,
    post: Post,
    imap: Dovecot,
    trusted: Certificate,
    tmp_path: Path,
) -> None:
    office.set(收件服务器="localhost", 收件端口=imap.tls)
    assert office.send(by_smtp).status == 0
    handed_out, post.messages = post.messages, []
    post.deliver = lambda received: imap.deliver(OFFICE, received.data)
    trust = ssl.create_default_context(cafile=trusted.authority)
    for received in handed_out[:2]:
        _reply(received.data, smtp, trust, tmp_path)
    answered = {"市财政局", "市教育局"}

    collected = collect(office.path, office.context, imap=True)
    assert collected.status == 0, text_lines(collected)
    assert {r["unit"] for r in listed(collected, "received")} == answered
    merged = merge(office.path, [Path(str(collected.data["packs"]))], office.context)
    assert {f["state"] for f in listed(merged, "files")} == {"已合并"}
    returned = {u for u, state in office.states("state").items() if state == "已回收"}
    assert returned == answered

    post.messages, post.deliver = [], lambda _: None
    late = Context(dt.datetime(2016, 12, 12, 9), "张三")
    chased = chase(office.path, late, Orders(way=by_smtp, go=True, sleep=lambda _: None))
    owing = {one["unit"]: one["state"] for one in listed(chased, "late")}
    assert {u for u, state in owing.items() if state == "未报送"} == {"市科技局", "市农委"}
    assert {u for u, state in owing.items() if state == "报送不全"} <= answered
    assert len(post.messages) == len(owing)


def _many(office: Office, count: int) -> None:
    """A round with this many units; a few bytes for packs: the count is what is tried."""
    file = office.master_file
    template = next(iter(file.master.rows(ROUNDS).values()))
    changes: list[Change] = []
    side = office.path.with_name("总表.xlsx.qcity") / "sent" / "大轮"
    side.mkdir(parents=True)
    pack = b"PK few bytes"
    for number in range(count):
        unit = f"第{number}单位"
        mail: dict[str, Value] = {"name": unit, "kind": "单位", "email": f"u{number}@example.com"}
        changes += added_row(UNITS.name, f"X{number}", mail)
        row = {n: template.get(n) for n in ("file", "base", "made_on", "due", "state")}
        row["sha256"] = sha256_of(pack)
        changes += added_row(
            ROUNDS.name, f"R大轮/{unit}", {"round": "大轮", "unit": unit, "tasks": 1, **row}
        )
        (side / f"{unit}.xlsx").write_bytes(pack)
    office.write(changes)


@pytest.mark.parametrize("count", [40, 1000])
def test_many_units(office: Office, by_smtp: Way, post: Post, count: int) -> None:
    _many(office, count)
    office.set(每分钟封数=60_000)
    begin = time.monotonic()
    report = office.send(by_smtp)
    passed = time.monotonic() - begin
    assert report.status == 0, text_lines(report)[:3]
    assert sorted(m.to[0] for m in post.messages) == sorted(
        f"u{number}@example.com" for number in range(count)
    )
    assert passed < 0.2 * count + 10  # far more than it takes, for runners that are busy
