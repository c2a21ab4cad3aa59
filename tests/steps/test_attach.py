"""Files that came by mail find their rows of 佐证, and the evidence check finds the files."""

from pathlib import Path
from typing import Any

from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import EVIDENCE
from qcity_xl.core.schema.pack import PACK_EVIDENCE
from qcity_xl.core.values import Value
from qcity_xl.steps.attach import attach
from qcity_xl.steps.collect import collect
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.evidence import evidence
from qcity_xl.steps.merge import merge
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.shared.plain_text import text_lines
from tests.mail import formats
from tests.mail.conftest import NOW, Office, listed, office, prepared

__all__ = ["office", "prepared"]


def rows(office: Office) -> dict[str, str]:
    found = office.master_file.master.rows(EVIDENCE).values()
    return {text(row, "title"): text(row, "location") for row in found if text(row, "title")}


def add(office: Office, key: str, **cells: Value) -> None:
    changes: list[Change] = added_row(EVIDENCE.name, key, {"unit": "市农委", **cells})
    office.write(changes)


def files(office: Office, *names: str, unit: str = "市农委") -> None:
    for name in names:
        path = office.path.parent / "佐证" / unit / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def test_from_the_mail_to_the_finding(office: Office, tmp_path: Path) -> None:
    pack = Pack(office.path.parent / "下发" / "第1轮_市农委.xlsx")
    pack.fill(
        PACK_EVIDENCE.table,
        len(pack.column(PACK_EVIDENCE.table, "key")) - 1,
        {"criteria": "13(3)", "kind": "文件", "title": "农产品质量通报", "dated": "2016-05-03",
         "location": r"D:\\材料\\通报 终稿.pdf"},
    )  # fmt: skip
    pack.save(tmp_path / "填好.xlsx")
    mail = formats.mail(
        ("填报.xlsx", (tmp_path / "填好.xlsx").read_bytes()),
        ("通报 终稿.pdf", b"%PDF-1.4 x"),
        sender="unit3@example.com",
    )
    (folder := tmp_path / "收件").mkdir()
    (folder / "1.eml").write_bytes(mail)
    collected = collect(office.path, office.context, folder=folder)
    packs = Path(str(collected.data["packs"]))
    merge(office.path, [packs], office.context)

    before = office.path.read_bytes()
    preview = attach(office.path, Context(NOW, "张三", dry_run=True))
    assert office.path.read_bytes() == before
    (proposed,) = listed(preview, "matched")
    assert proposed["title"] == "农产品质量通报"
    assert proposed["why"] == "存放位置里的文件名"
    assert attach(office.path, office.context).changes == 1
    assert rows(office)["农产品质量通报"] == "佐证/市农委/通报 终稿.pdf"
    told: Outcome[Any] = evidence(office.path, office.context)
    assert "文件不存在" not in told.data["findings"].values()

    written = office.path.read_bytes()
    assert attach(office.path, office.context).changes == 0
    merge(office.path, [packs], office.context)
    assert office.path.read_bytes() == written


def test_what_is_not_certain_is_listed_and_not_written(office: Office) -> None:
    add(office, "E901", title="质量兴农总结")
    add(office, "E902", title="检测报告", location="https://example.com/a.pdf")
    files(office, "质量兴农总结.docx", "质量兴农总结.pdf", "检测报告.pdf")
    files(office, "质量兴农总结.doc", unit="市科技局")
    report = attach(office.path, office.context)
    assert (report.changes, report.status) == (0, 1)
    (doubt,) = listed(report, "doubtful")
    assert len(doubt["places"]) == 2
    assert report.data["unmatched"] == [
        "佐证/市科技局/质量兴农总结.doc",
        "佐证/市农委/检测报告.pdf",
    ]
    assert "有几种可能" in "".join(text_lines(report))
