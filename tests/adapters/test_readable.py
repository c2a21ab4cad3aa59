"""Whether a file opens and shows something."""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from qcity_xl.adapters import readable
from qcity_xl.adapters.packs.locked import locked
from qcity_xl.adapters.papers import paper
from qcity_xl.adapters.readable import Inspector, look
from qcity_xl.core.scoring.evidence import (
    BROKEN,
    ENCRYPTED,
    ENDLESS,
    HUGE,
    NO_PAGES,
    NO_PICTURE,
    UNCHECKED,
)
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.outcome import Context
from tests.steps.conftest import context

__all__ = ["context"]


def locked_pdf(user: str) -> bytes:
    writer, raw = PdfWriter(clone_from=PdfReader(io.BytesIO(paper("决定")))), io.BytesIO()
    writer.encrypt(user, "只许看不许改", algorithm="AES-256")
    writer.write(raw)
    return raw.getvalue()


def no_pages() -> bytes:
    raw = io.BytesIO()
    PdfWriter().write(raw)
    return raw.getvalue()


def endless_pages() -> bytes:
    """A tree of pages that has itself among its branches."""
    return paper("圈").replace(b"/Kids [ 4 0 R ]", b"/Kids [ 2 0 R ]")


def picture(width: int, height: int, kind: str = "JPEG") -> bytes:
    raw = io.BytesIO()
    Image.effect_noise((width, height), 40).convert("RGB").save(raw, kind)
    return raw.getvalue()


def claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be as large as that."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    end = chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + end


def archive(password: bool = False) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as file:
        file.writestr("word/document.xml", "<w/>")
    data = raw.getvalue()
    if password:  # the flag that says so, in the file's own head and in the directory
        data = data.replace(b"PK\3\4\x14\0\0\0", b"PK\3\4\x14\0\1\0")
        data = data.replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0")
    return data


CASES: list[tuple[str, Callable[[], bytes], str]] = [
    ("批复.pdf", lambda: paper("批复"), ""),
    ("批复.PDF", lambda: paper("批复"), ""),
    ("传了一半.pdf", lambda: paper("批复")[:200], BROKEN),
    ("其实是字.pdf", lambda: "不是PDF".encode(), BROKEN),
    ("没有页.pdf", no_pages, NO_PAGES),
    ("有口令.pdf", lambda: locked_pdf("市质监局"), ENCRYPTED),
    ("只防修改.pdf", lambda: locked_pdf(""), ""),
    ("全是零.pdf", lambda: bytes(4096), BROKEN),
    ("加密软件.pdf", lambda: b"%TSD-Header-###%" + bytes(99), ENCRYPTED),
    ("加密软件.mp4", lambda: b"%TSD-Header-###%" + bytes(99), ENCRYPTED),
    ("现场.jpg", lambda: picture(640, 480), ""),
    ("其实是PNG.jpg", lambda: picture(64, 48, "PNG"), ""),
    ("传了一半.jpg", lambda: picture(640, 480)[:9000], BROKEN),
    ("传了一半.png", lambda: picture(64, 48, "PNG")[:900], BROKEN),
    ("一个点.png", lambda: picture(1, 1, "PNG"), NO_PICTURE),
    ("炸弹.png", lambda: claims(60_000, 60_000), HUGE),
    ("方案.docx", archive, ""),
    ("方案.docx", lambda: archive()[:60], BROKEN),
    ("方案.docx", lambda: b"<html>" + b"x" * 99, BROKEN),
    ("网页.doc", lambda: b"<html>" + b"x" * 99, ""),
    ("旧文.doc", lambda: b"\0\1" * 99, BROKEN),
    ("资料.zip", archive, ""),
    ("资料.zip", lambda: archive(password=True), ENCRYPTED),
    ("录像.mp4", lambda: b"\0\0\0\x18ftypmp42" + bytes(99), UNCHECKED),
    ("没有扩展名", lambda: b"abc", UNCHECKED),
]


@pytest.mark.parametrize(
    ("name", "make", "fault"), CASES, ids=lambda case: case if isinstance(case, str) else ""
)
def test_what_opens_and_what_does_not(
    tmp_path: Path, name: str, make: Callable[[], bytes], fault: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    with Inspector() as inspector:
        assert inspector.fault(path) == fault


def test_a_workbook_under_a_password_and_one_that_opens_without_asking(
    tmp_path: Path, context: Context
) -> None:
    book = tmp_path / "台账.xlsx"
    new(book, context)
    assert look(book) == ""
    book.write_bytes(locked(data := book.read_bytes(), "市财政局"))
    assert look(book) == ENCRYPTED
    book.write_bytes(locked(data, "VelvetSweatshop"))  # Excel opens it by itself
    assert look(book) == ""


def test_what_never_ends_is_given_up_and_the_next_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readable, "_SECONDS", 8.0)
    pipe, good = tmp_path / "没完.pdf", tmp_path / "正常.pdf"
    os.mkfifo(pipe)  # whoever reads it waits for ever
    good.write_bytes(paper("正常"))
    with Inspector() as inspector:
        assert inspector.fault(pipe) == ENDLESS
        assert inspector.fault(good) == ""


def test_a_tree_of_pages_without_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "圈.pdf"
    path.write_bytes(endless_pages())
    with Inspector() as inspector:
        assert inspector.fault(path) in (BROKEN, NO_PAGES, ENDLESS)
