"""使用说明: what each sheet is for, the office's day, colours, the three scores."""

from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style, words
from qcity_xl.adapters.templates.grid import put, set_print
from qcity_xl.core.catalogue import DAY
from qcity_xl.core.master.row_heights import row_height
from qcity_xl.core.schema import MASTER
from qcity_xl.core.schema.base import Editor

_WIDTHS = {"A": 2.5, "B": 16, "C": 50, "D": 80}
_LEGEND: tuple[tuple[Editor, str], ...] = (
    ("office", "办公室在总表里填写、修改。"),
    ("unit", "单位在填报表里填，合并回收后写入；办公室也可直接改。"),
    ("program", "公式或程序写入，灰底，不用填；改了会被下次运行覆盖。"),
)


class _Page:
    """A sheet written from top to bottom."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet, self.row = sheet, 1

    def heading(self, text: str) -> None:
        """A heading over the next lines."""
        self.row += 1
        put(self.sheet, f"B{self.row}", text, style.font(12, style.ACCENT, bold=True))
        self.sheet.row_dimensions[self.row].height = 24
        for column in "BCD":
            self.sheet[f"{column}{self.row}"].border = style.UNDERLINE
        self.row += 1

    def line(self, first: str, second: str, third: str = "", link: str = "") -> None:
        """A row of two or three texts; without a third the second runs across."""
        for column, text in zip("BCD", (first, second, third), strict=True):
            cell = put(self.sheet, f"{column}{self.row}", text or None, _face(column))
            cell.alignment = style.aligned("left", "top", wrap=True)
        if link:
            self._link(link)
        wide = _WIDTHS["C"] + (0 if third else _WIDTHS["D"])
        texts = [(first, _WIDTHS["B"]), (second, wide), (third, _WIDTHS["D"])]
        self.sheet.row_dimensions[self.row].height = row_height(texts)
        if not third:
            self.sheet.merge_cells(f"C{self.row}:D{self.row}")
        self.row += 1

    def _link(self, name: str) -> None:
        cell = self.sheet[f"B{self.row}"]
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1", display=name)
        cell.font = style.font(color=style.ACCENT, bold=True, link=True)


def _face(column: str) -> Font:
    return style.font(color=style.ACCENT, bold=True) if column == "B" else style.font()


def build_guide(sheet: Worksheet) -> None:
    """The whole sheet."""
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    put(sheet, "B1", words.GUIDE_TITLE, style.font(18, style.ACCENT, bold=True))
    sheet.row_dimensions[1].height = 36
    put(sheet, "B2", words.GUIDE_LINE, style.font(color=style.MUTED))
    page = _Page(sheet)
    page.row = 3
    _write_steps(page)
    _write_sheets(page)
    _write_legend(page)
    page.heading("三种得分")
    for name, meaning in words.SCORES:
        page.line(name, meaning)
    page.line("空白", words.SCORES_NOTE)
    page.heading("约定")
    for number, rule in enumerate(words.RULES, 1):
        page.line(f"{number}", rule)
    set_print(sheet, "A4", None)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "portrait", 1


def _write_steps(page: _Page) -> None:
    page.heading("办公室的一天（功能区“质量强市”按钮，或命令行）")
    for number, step in enumerate(DAY, 1):
        page.line(f"{number} {step.title}", step.example, step.day)


def _write_sheets(page: _Page) -> None:
    page.heading("各工作表")
    for table in MASTER:
        page.line(table.sheet, table.purpose or table.title, f"填写：{table.writers}", table.sheet)


def _write_legend(page: _Page) -> None:
    page.heading("表头颜色")
    for editor, meaning in _LEGEND:
        voice = style.VOICES[editor]
        page.line(voice.name, meaning)
        swatch = page.sheet[f"B{page.row - 1}"]
        page.sheet[f"C{page.row - 1}"].alignment = style.aligned("left", "top", indent=1)
        swatch.fill, swatch.font = style.fill(voice.dark), style.font(color=style.WHITE, bold=True)
