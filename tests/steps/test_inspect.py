"""迎检包 from a master and its evidence."""

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
from docx import Document

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.papers import paper
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.changes import added_row
from qcity_xl.core.master.model import text
from qcity_xl.core.reports.inspection import PATH_ROOM
from qcity_xl.core.schema import CRITERIA, EVIDENCE
from qcity_xl.ribbon_words import act, to_do
from qcity_xl.steps.inspect import inspect
from qcity_xl.steps.shared.outcome import Context
from tests.printed import printed, said
from tests.steps.conftest import Qcity


def filed(master: Path) -> None:
    """Five rows: a file, a folder of files, a page on the web, a file that is gone, no place."""
    folder = master.parent / "佐证"
    (folder / "照片").mkdir(parents=True)
    (folder / "通知.pdf").write_bytes(paper("关于设立质量月的通知"))
    for name in ("一.jpg", "二.jpg"):
        (folder / "照片" / name).write_bytes(name.encode())
    file = WorkbookFile.open(master)
    rows = [
        ("2(1)", "关于设立质量月的通知", "佐证/通知.pdf"),
        ("2(1)", "现场照片", "佐证/照片"),
        ("3(1)", "网上公示", "https://example.com/a"),
        ("3(1)", "预算批复", "佐证/没有.pdf"),
        ("3(1)", "会议纪要", None),
    ]
    for number, (criteria, title, location) in enumerate(rows):
        row = {"criteria": criteria, "unit": "市质监局", "title": title, "location": location}
        file.apply(added_row(EVIDENCE.name, f"E{number}", {**row, "dated": "2016-05-01"}))
    file.save()


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file() and p.name[:1].isdigit())


def test_the_whole_way(qcity: Qcity, master: Path, tmp_path: Path) -> None:
    filed(master)
    before, out = master.read_bytes(), tmp_path / "迎检包"
    status, data = qcity("inspect", master, "--out", out, "--zip")
    assert status == 1  # three are left out, and told
    assert names(out) == [
        "2-1-01 关于设立质量月的通知.pdf",
        "2-1-02_1 现场照片.jpg",
        "2-1-02_2 现场照片.jpg",
    ]
    assert {(m["material"], m["reason"]) for m in data["left"]} == {
        ("网上公示", "是网址，请自行下载后放入"),
        ("预算批复", "文件不存在"),
        ("会议纪要", "未填存放位置"),
    }
    assert [Path(name).name for name in data["files"]] == [
        "迎检包",
        "迎检包_缺件清单.xlsx",
        "迎检包.zip",
    ]
    assert all(Path(name).exists() for name in data["files"])
    assert master.read_bytes() == before
    status, again = qcity("inspect", master, "--out", out)
    assert (again["copied"], again["kept"], again["dropped"]) == (0, 3, 0)
    status, checked = qcity("inspect", master, "--out", out, "--verify")
    there = sum(1 for path in out.rglob("*") if path.is_file())
    assert (status, checked["kept"], checked["changed"]) == (0, there - 1, [])  # all but the list
    (out / "总目录.xlsx").write_bytes(b"")
    status, checked = qcity("inspect", master, "--out", out, "--verify")
    assert (status, checked["changed"]) == (1, ["总目录.xlsx"])


def test_its_catalogues_say_what_score_says(qcity: Qcity, master: Path, tmp_path: Path) -> None:
    """Points of each indicator and criterion; the Word and the Excel list name the same files."""
    filed(master)
    out = tmp_path / "迎检包"
    qcity("inspect", master, "--out", out)
    _, scored = qcity("score", master, "--dry-run")
    points = {f"{one['id']}": one["points"] for one in scored["indicators"]}
    labels = {
        text(row, "label"): row["points"]
        for row in WorkbookFile.open(master).master.rows(CRITERIA).values()
    }
    told, materials = dict[str, object](), dict[str, tuple[str, str]]()
    for path in out.glob("*/*/目录.docx"):
        page = Document(str(path))
        words = "\n".join(paragraph.text for paragraph in page.paragraphs)
        no = re.findall(r"指标(\d+)", words)[0]
        assert float(re.findall(r"分值：([\d.]+)", words)[0]) == points.pop(no)
        for table in page.tables:
            head, *rows = [[cell.text for cell in row.cells] for row in table.rows]
            for row in rows:
                line = dict(zip(head, row, strict=True))
                if "材料名称" in line:
                    materials[line["编号"]] = line["材料名称"], line["日期"]
                else:
                    told[line["编号"]] = float(line["分值"])
    assert points == {}
    assert told == labels
    titles, *lines = openpyxl.load_workbook(out / "总目录.xlsx").worksheets[0].values
    listed = [dict(zip(titles, line, strict=True)) for line in lines]
    assert materials == {one["编号"]: (one["材料名称"], one["日期"]) for one in listed}
    assert len(materials) == 5


def test_its_papers_and_lists_are_printed_whole(
    master: Path, context: Context, soffice: Path, tmp_path: Path
) -> None:
    filed(master)
    out = tmp_path / "迎检包"
    inspect(master, context, out)
    assert soffice.exists()
    (folder,) = out.glob("*/02 */")
    lists = [out / "总目录.xlsx", tmp_path / "迎检包_缺件清单.xlsx", out / "验收清单_现场检查.docx"]
    for number, path in enumerate([folder / "目录.docx", folder / "目录.xlsx", *lists]):
        pages = printed(path, tmp_path / str(number))
        assert len(pages) == {"目录.docx": 2}.get(path.name, len(pages))
    told = said(folder / "目录.docx")
    assert all(number in told for number in ("2-1-01", "2-1-02"))


def test_whatever_files_are_called_each_gets_a_name_that_every_system_takes(
    master: Path, context: Context, tmp_path: Path
) -> None:
    folder, elsewhere = master.parent / "佐证", tmp_path / "别处.pdf"
    folder.mkdir()
    elsewhere.write_bytes(b"secret")
    odd = ["会议😀.pdf", "长" * 80 + ".pdf", "CON.txt", "nul", "a.PDF", "A.pdf", "末尾。 .x y"]
    for number, name in enumerate(odd):
        (folder / name).write_bytes(bytes([number]))
    (folder / "里.pdf").symlink_to(folder / "a.PDF")
    (folder / "外.pdf").symlink_to(elsewhere)
    names = [*odd, "里.pdf", "外.pdf"]
    file = WorkbookFile.open(master)
    for number, name in enumerate(names):
        row = {"criteria": "2(1)", "unit": "市质监局", "title": name, "dated": "2016-05-01"}
        file.apply(added_row(EVIDENCE.name, f"E{number}", {**row, "location": f"佐证/{name}"}))
    file.save()
    out = tmp_path / "包"
    data = inspect(master, context, out).data
    assert {one["material"] for one in data["left"]} == {"外.pdf"}
    made = [path for path in out.rglob("2-1-*") if path.is_file()]
    assert sorted(path.read_bytes() for path in made) == sorted(
        [*(bytes([number]) for number in range(len(odd))), bytes([odd.index("a.PDF")])]
    )
    assert len({path.name.casefold() for path in made}) == len(made) == data["copied"]
    for path in made:
        inside = path.relative_to(out).as_posix()
        assert len(inside.encode("utf-16-le")) // 2 <= PATH_ROOM
        assert not set(inside) & set('<>:"\\|?*')
        assert path.name == path.name.rstrip(" .")
    assert inspect(master, context, out).data["copied"] == 0


def test_large_files_never_pass_through_memory(
    master: Path, context: Context, tmp_path: Path
) -> None:
    """Half a gigabyte of each kind that is hashed, opened, copied and packed; sparse on disk."""
    (master.parent / "佐证").mkdir()
    file = WorkbookFile.open(master)
    for number, name in enumerate(("现场.mp4", "材料.zip")):
        with (master.parent / "佐证" / name).open("wb") as large:
            large.truncate(512 << 20)
        row = {"criteria": "2(1)", "unit": "市质监局", "title": name, "dated": "2016-05-01"}
        file.apply(added_row(EVIDENCE.name, f"E{number}", {**row, "location": f"佐证/{name}"}))
    file.save()
    command = [sys.executable, "-c", PEAK, str(master), str(tmp_path / "包")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    copied, ours, theirs = map(int, done.stdout.split())
    assert copied == 2
    assert max(ours, theirs) < 300 << 10  # kilobytes; libraries alone take a third of it
    shutil.rmtree(tmp_path / "包")


PEAK = """
import datetime, pathlib, resource, sys
from qcity_xl.steps.inspect import inspect
from qcity_xl.steps.shared.outcome import Context
master, out = map(pathlib.Path, sys.argv[1:])
made = inspect(master, Context(datetime.datetime(2016, 11, 22), "张三"), out)
peak = pathlib.Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(made.data["copied"], peak, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_a_preview_writes_nothing(qcity: Qcity, master: Path, tmp_path: Path) -> None:
    filed(master)
    status, data = qcity("inspect", master, "--out", tmp_path / "包", "--dry-run")
    assert (status, data["copied"], data["files"]) == (1, 3, [])
    assert not (tmp_path / "包").exists()


def test_a_click_makes_the_lists_before_there_is_any_evidence(
    master: Path, context: Context, tmp_path: Path
) -> None:
    trial = inspect(master, replace(context, dry_run=True), tmp_path / "包")
    assert to_do(trial)
    assert act(BY_ID["inspect"], trial) == "生成迎检包"
    made = inspect(master, context, tmp_path / "包")
    assert (made.data["copied"], len(made.data["missing"]) > 0) == (0, True)
    assert (tmp_path / "包_缺件清单.xlsx").exists()


def test_a_check_has_nothing_to_carry_out(master: Path, context: Context, tmp_path: Path) -> None:
    inspect(master, context, tmp_path / "包")
    assert not to_do(inspect(master, context, tmp_path / "包", check=True))


def test_a_folder_too_deep_is_told(qcity: Qcity, master: Path, tmp_path: Path) -> None:
    status, data = qcity("inspect", master, "--out", tmp_path / ("深" * 60) / ("层" * 60))
    assert status == 3
    assert "文件夹要在" in data["error"]
