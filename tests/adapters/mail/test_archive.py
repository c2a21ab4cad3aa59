"""What was collected: packs apart from the rest, each content once, an envelope for each."""

import json
from pathlib import Path

from qcity_xl.adapters.disk import sha256_of
from qcity_xl.adapters.mail.archive import Archive
from qcity_xl.adapters.mail.imap import Mark
from qcity_xl.core.mail.inbox import OTHER, PACK, UNUSABLE, Envelope, Incoming, Received


def keep(archive: Archive, name: str, data: bytes | None, state: str) -> None:
    found = Incoming(name, data, Envelope("lilei@example.com", "李雷", subject="填报"))
    archive.keep(Received(found, state), sha256_of(data) if data is not None else "")


def test_packs_stand_apart_from_everything_else(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    keep(archive, "填报.xlsx", b"pack", PACK)
    keep(archive, "盖章页.pdf", b"page", OTHER)
    (pack,), (other,) = archive.packs.iterdir(), archive.files.iterdir()
    assert (pack.read_bytes(), other.read_bytes()) == (b"pack", b"page")
    assert pack.name == f"{sha256_of(b'pack')[:16]}-填报.xlsx"


def test_the_same_content_is_kept_once_and_known_the_next_time(tmp_path: Path) -> None:
    keep(Archive(tmp_path), "填报.xlsx", b"pack", PACK)
    again = Archive(tmp_path)
    assert again.has(b"pack")
    assert not again.has(b"page")
    keep(again, "又寄一次.xlsx", b"pack", PACK)
    assert len(list(again.packs.iterdir())) == 1


def test_each_file_has_its_line_also_one_that_could_not_be_got_at(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    keep(archive, "填报.xlsx", b"pack", PACK)
    keep(archive, "坏的.zip", None, UNUSABLE)
    lines = [
        json.loads(line)
        for line in (archive.path / "envelopes.jsonl").read_text("utf-8").splitlines()
    ]
    assert [(line["file"], line["state"]) for line in lines] == [
        ("填报.xlsx", PACK),
        ("坏的.zip", UNUSABLE),
    ]
    assert {line["from"] for line in lines} == {"lilei@example.com"}


def test_how_far_each_inbox_was_read(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.keep_mark("甲", Mark(1, 7, "2016-11-01"))
    archive.keep_mark("乙", Mark(2, 9, ""))
    assert archive.mark("甲") == Mark(1, 7, "2016-11-01")
    assert archive.mark("乙") == Mark(2, 9, "")
    assert archive.mark("丙") == Mark()


def test_a_damaged_mark_is_the_beginning(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.keep_mark("甲", Mark(1, 7, ""))
    (archive.path / "inboxes.json").write_text('{"甲": {"validity": 1', "utf-8")
    assert archive.mark("甲") == Mark()
