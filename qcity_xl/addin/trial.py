"""The workbook for trying the product in Excel, which notes by itself what the program can see."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.disk import make_file
from qcity_xl.addin.probe import ProbeResult, look, program_of, scratch_in
from qcity_xl.addin.trial_steps import MASTER, NAME, STEPS, Traces, TrialStep
from qcity_xl.core.errors import QcityError
from qcity_xl.core.history.log import operations
from qcity_xl.core.master.row_heights import row_height

if TYPE_CHECKING:
    import xlwings as xw

SHEET, REPORT = "试用", "试用报告.json"
SAME, OTHER, NOT_DONE = "一样", "不一样", "没做"
_HEADERS = ("序号", "部分", "做什么", "应当看到", "您看到的", "不一样的是什么", "程序看到的")
_WIDTHS = (6, 8, 52, 42, 10, 32, 28)
_FIRST = 5  # row of the first step
_YOURS, _SEEN = 5, 7  # columns
_INTRO = (
    "照着做，在“您看到的”里选；和“应当看到”不同就选“不一样”，写一句看到了什么。"
    "约 35 分钟，可以分几次。",
    "做一段就点一次功能区的“自检”（本工作簿在最前面）：程序查文件夹和日志，把看到的写进最后一列；"
    "另在一个临时工作簿里试 Excel 的脾气，写进「规则」；并在旁边存一份“试用报告.json”。"
    "做完把它和本工作簿发回。",
)


def trial_workbook() -> bytes:
    """The steps, one a row, with a choice for what was seen, and an empty sheet for the manners."""
    from openpyxl import Workbook

    from qcity_xl.adapters.templates.style import LOCKED_HEAD, fill, font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET
    _head(sheet)
    for number, step in enumerate(STEPS, 1):
        _line(sheet, number, step)
    _paper(sheet)
    manners = book.create_sheet("规则")
    manners.append(("规则", "以为", "看到", "结果"))
    for letter, width in zip("ABCD", (30, 30, 30, 10), strict=True):
        manners.column_dimensions[letter].width = width
        manners[f"{letter}1"].font, manners[f"{letter}1"].fill = font(bold=True), fill(LOCKED_HEAD)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _head(sheet: Any) -> None:
    from openpyxl.utils import get_column_letter

    from qcity_xl.adapters.templates.style import BOX, LOCKED_HEAD, aligned, fill, font

    sheet["A1"], sheet["A1"].font = "Excel 试用", font(14, bold=True)
    for row, words in enumerate(_INTRO, 2):
        cell = sheet.cell(row, 1, words)
        cell.font, cell.alignment = font(), aligned(wrap=True)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_HEADERS))
        sheet.row_dimensions[row].height = row_height([(words, sum(_WIDTHS))])
    for col, (header, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True), 1):
        cell = sheet.cell(_FIRST - 1, col, header)
        cell.font, cell.fill, cell.border = font(bold=True), fill(LOCKED_HEAD), BOX
        sheet.column_dimensions[get_column_letter(col)].width = width


def _line(sheet: Any, number: int, step: TrialStep) -> None:
    from qcity_xl.adapters.templates.style import BOX, OWN_BOX, YELLOW, aligned, fill, font

    row = _FIRST + number - 1
    values = (number, step.part, step.do, step.expect, None, None, None)
    for col, value in enumerate(values, 1):
        cell = sheet.cell(row, col, value)
        cell.font, cell.border, cell.alignment = font(), BOX, aligned(wrap=True)
    for col in (_YOURS, _YOURS + 1):
        sheet.cell(row, col).fill, sheet.cell(row, col).border = fill(YELLOW), OWN_BOX
    sheet.row_dimensions[row].height = row_height(
        [(step.do, _WIDTHS[2]), (step.expect, _WIDTHS[3])]
    )


def _paper(sheet: Any) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation("list", formula1=f'"{SAME},{OTHER},{NOT_DONE}"', allow_blank=True)
    choice.add(f"E{_FIRST}:E{_FIRST + len(STEPS) - 1}")
    sheet.add_data_validation(choice)
    sheet.freeze_panes = f"A{_FIRST}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_FIRST - 1}:{_FIRST - 1}"


def is_trial(book: "xw.Book") -> bool:
    """Whether the workbook in front is that for trying."""
    try:
        return bool(book.sheets[SHEET].range("A1").value == "Excel 试用")
    except Exception:  # each engine has its own
        return False


def note(book: "xw.Book", folder: Path, machine: Sequence[str]) -> str:
    """Write what the program sees into the trial and a report beside it; a sentence of both.

    Raises CannotWrite.
    """
    traces = traces_in(folder)
    seen = [step.watch(traces) if step.watch else None for step in STEPS]
    sheet = book.sheets[SHEET]
    for row, found in enumerate(seen, _FIRST):
        if found is not None:
            ok, words = found
            sheet.range((row, _SEEN)).value = f"{'做到了' if ok else '还没有'}：{words}"
    with scratch_in(book.app) as scratch:
        manners = list(look(scratch))
    rules = book.sheets["规则"]
    for row, finding in enumerate(manners, 2):
        said = (finding.name, finding.believed, finding.seen, "一样" if finding.same else "不同")
        for col, words in enumerate(said, 1):
            rules.range((row, col)).value = f"'{words}"
    report = _report(book, manners, seen, machine)
    make_file(folder / REPORT, json.dumps(report, ensure_ascii=False, indent=1).encode())
    done, watched = sum(1 for s in seen if s and s[0]), sum(1 for s in seen if s)
    other = sum(1 for finding in manners if not finding.same)
    return (
        f"程序能查的{watched}步里做到了{done}步；"
        f"Excel 的脾气试了{len(manners)}条，{other}条和以为的不同。"
        f"报告存在 {folder / REPORT}，做完请把它和本工作簿一起发回。"
    )


def _report(
    book: "xw.Book",
    manners: Iterable[ProbeResult],
    seen: Sequence[tuple[bool, str] | None],
    machine: Sequence[str],
) -> Mapping[str, object]:
    sheet, steps = book.sheets[SHEET], []
    for number, (step, found) in enumerate(zip(STEPS, seen, strict=True), 1):
        row = _FIRST + number - 1
        yours, words = (sheet.range((row, col)).value for col in (_YOURS, _YOURS + 1))
        steps.append(
            {
                "number": number,
                "do": step.do,
                "expected": step.expect,
                "seen": yours or NOT_DONE,
                "words": words or "",
                "traces": found and found[1],
            }
        )
    return {
        "program": program_of(book.app),
        "machine": list(machine),
        "manners": [{"name": f.name, "believed": f.believed, "seen": f.seen} for f in manners],
        "steps": steps,
    }


def traces_in(folder: Path) -> Traces:
    """What the steps left in the folder, as far as it can be read."""
    from qcity_xl.adapters.master_file.workbook import WorkbookFile

    commands: tuple[str, ...] = ()
    with suppress(QcityError):
        master = WorkbookFile.open(folder / MASTER).master
        commands = tuple(operation.stamp.command for operation in operations(master))
    files = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return Traces(folder, commands, frozenset(files))


def write_trial(folder: Path) -> Path:
    """The trial in a folder of its own. Raises CannotWrite."""
    path = folder / NAME
    make_file(path, trial_workbook())
    return path
