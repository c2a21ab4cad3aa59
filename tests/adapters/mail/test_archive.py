"""What was collected: each pack once, an envelope for each file."""

import json
import stat
import sys
from pathlib import Path

import pytest

from qcity_xl.adapters.disk import sha256_of
from qcity_xl.adapters.mail.archive import Archive
from qcity_xl.adapters.mail.imap import InboxMark
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.mail.inbox import PACK, UNUSABLE, Envelope, Incoming, Received


@pytest.fixture
def side(tmp_path: Path) -> SideFolder:
    """The folder beside a master that others may not read."""
    master = tmp_path / "总表.xlsx"
    master.write_bytes(b"x")
    master.chmod(0o600)
    return SideFolder(master)


def record(archive: Archive, name: str, state: str) -> None:
    found = Incoming(name, None, Envelope("lilei@example.com", "李雷", subject="填报"))
    archive.record(Received(found, state, place="佐证/市农委/x"), "")


def test_the_same_pack_is_kept_once_and_known_the_next_time(side: SideFolder) -> None:
    Archive(side).keep_pack("填报.xlsx", b"pack")
    again = Archive(side)
    assert again.has(b"pack")
    assert not again.has(b"page")
    again.keep_pack("又寄一次.xlsx", b"pack")
    (pack,) = again.packs.iterdir()
    assert pack.read_bytes() == b"pack"
    assert pack.name == f"{sha256_of(b'pack')[:16]}-填报.xlsx"


def test_each_file_has_its_line_also_one_that_could_not_be_got_at(side: SideFolder) -> None:
    archive = Archive(side)
    record(archive, "填报.xlsx", PACK)
    record(archive, "坏的.zip", UNUSABLE)
    lines = [
        json.loads(line)
        for line in (archive.path / "envelopes.jsonl").read_text("utf-8").splitlines()
    ]
    assert [(line["file"], line["state"]) for line in lines] == [
        ("填报.xlsx", PACK),
        ("坏的.zip", UNUSABLE),
    ]
    assert {(line["from"], line["place"]) for line in lines} == {
        ("lilei@example.com", "佐证/市农委/x")
    }


def test_how_far_each_inbox_was_read(side: SideFolder) -> None:
    archive = Archive(side)
    archive.keep_mark("甲", InboxMark(1, 7, "2016-11-01"))
    archive.keep_mark("乙", InboxMark(2, 9, ""))
    assert archive.mark("甲") == InboxMark(1, 7, "2016-11-01")
    assert archive.mark("乙") == InboxMark(2, 9, "")
    assert archive.mark("丙") == InboxMark()


def test_a_damaged_mark_is_the_beginning(side: SideFolder) -> None:
    archive = Archive(side)
    archive.keep_mark("甲", InboxMark(1, 7, ""))
    (archive.path / "inboxes.json").write_text('{"甲": {"validity": 1', "utf-8")
    assert archive.mark("甲") == InboxMark()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_who_may_not_read_the_master_may_not_read_what_came_in(side: SideFolder) -> None:
    archive = Archive(side)
    record(archive, "填报.xlsx", PACK)
    archive.keep_pack("填报.xlsx", b"pack")
    archive.keep_mark("甲", InboxMark(1, 7, ""))
    kept = [path for path in archive.path.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert {path.name for path in kept} >= {"envelopes.jsonl", "inboxes.json"}
