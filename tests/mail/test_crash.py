"""Killed at any point, a second run sends exactly the missing messages."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from qcity_xl.adapters.mail.carrier import Way
from qcity_xl.adapters.mail.outbox import Outbox
from qcity_xl.core.errors import AnotherStep, QcityError
from qcity_xl.core.mail.delivery import POSTING, WAITING, Event
from qcity_xl.core.schema.words import SENDING
from qcity_xl.steps.send import send
from qcity_xl.steps.shared.mail_desk import open_desk
from qcity_xl.steps.shared.mail_orders import Extras, Orders
from qcity_xl.steps.shared.plain_text import text_lines
from tests.mail.conftest import Office
from tests.mail.servers import Post


def _run(office: Office) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "qcity_xl", "send", str(office.path), "--smtp", "--yes"]
    return subprocess.Popen([*command, "--json"], stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("per_minute", [30, 6000])
def test_kill_between_messages(office: Office, by_smtp: Way, post: Post, per_minute: float) -> None:
    """`by_smtp` says where; the process that is killed is a real one."""
    office.set(每分钟封数=per_minute)
    post.final = ["", 0.5, 0.5, 0.5]  # slow enough to be killed in the middle
    process = _run(office)
    while not post.messages and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.wait()
    before = [m.to for m in post.messages]
    assert len(before) < 4
    time.sleep(0.6)  # a message that the server has whole may still be filed
    report = office.send(by_smtp)
    doubtful = [unit for unit, state in office.states().items() if state == "待核实"]
    assert len(doubtful) <= 1  # only one that was on the line can be in doubt
    assert report.status == (1 if doubtful else 0)
    arrived = [m.to[0] for m in post.messages]
    assert len(arrived) == len(set(arrived))
    assert len(arrived) + len(doubtful) >= 4


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (WAITING, "已发送"),  # claimed only: sent by the second run
        (SENDING, "待核实"),
        ("待核实", "待核实"),
        ("已发送", "已发送"),  # not sent again
        (None, "待核实"),  # the side folder is lost
    ],
)
def test_what_a_crash_left_open(
    office: Office, by_smtp: Way, post: Post, event: str | None, state: str
) -> None:
    office.send(by_smtp, units=("市财政局",))
    post.messages.clear()
    file = office.master_file
    key = "R第1轮/市科技局"
    office.write(POSTING.changes(file.master, key, state=SENDING, id="<crashed.1@example.com>"))
    if event:
        side = Outbox(office.path.with_name("总表.xlsx.qcity"))
        side.record(["<crashed.1@example.com>"], Event(event, "2016-11-22 09:31"))
    office.send(by_smtp, units=("市科技局",))
    assert office.states()["市科技局"] == state
    assert len(post.messages) == (event == WAITING)


def test_interrupted_by_hand(office: Office, by_smtp: Way, post: Post) -> None:
    """Ctrl-C: what was on the line is in doubt, what was not begun is free."""

    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            raise KeyboardInterrupt

    report = send(office.path, office.context, Orders(way=by_smtp, go=True, sleep=sleep))
    assert report.status == 1
    assert sorted(office.states().values()) == ["", "", "已发送", "已发送"]
    assert office.send(by_smtp).status == 0
    assert len(post.messages) == 4


def test_somebody_opens_the_master_meanwhile(office: Office, by_smtp: Way, post: Post) -> None:
    lock = office.path.with_name("~$总表.xlsx")
    post.deliver = lambda _: lock.touch()
    report = office.send(by_smtp)
    assert report.status == 1
    assert any("打开" in line for line in text_lines(report))
    lock.unlink()
    post.deliver = lambda _: None
    assert office.send(by_smtp).status == 0
    assert len(post.messages) == 4
    assert set(office.states().values()) == {"已发送"}


def test_two_runs_at_once(office: Office, by_smtp: Way, post: Post) -> None:
    """A second run, begun while the first sends, sends nothing; nor one that looked before."""
    seen: list[str] = []

    def second(_: object) -> None:
        with pytest.raises(AnotherStep):
            office.send(by_smtp)
        seen.append("refused")

    post.deliver = second
    desk = open_desk(office.path, office.context, POSTING, Orders(way=by_smtp, go=True))
    assert office.send(by_smtp).status == 0
    assert (len(post.messages), len(seen)) == (4, 4)
    desk.add("R第1轮/市科技局", "下发", (), Extras())
    with pytest.raises(QcityError):
        desk.finish()
    assert len(post.messages) == 4


def test_a_damaged_outbox_line_is_left_out(tmp_path: Path) -> None:
    box = Outbox(tmp_path)
    assert box.events() == {}
    box.record(["<a>"], Event(WAITING))
    with (tmp_path / "outbox.jsonl").open("ab") as file:
        file.write(b'{"id": "<b>", "sta')
    box.record(["<c>"], Event(SENDING, "2016-11-22 09:31", "说明"))
    assert box.events() == {
        "<a>": Event(WAITING),
        "<c>": Event(SENDING, "2016-11-22 09:31", "说明"),
    }
