"""使用说明: the first day, the office's day, what each sheet is for, colours, the three scores."""

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style, words
from qcity_xl.adapters.templates.conditions import look
from qcity_xl.adapters.templates.grid import put, set_print
from qcity_xl.core.catalogue import DAY
from qcity_xl.core.master.row_heights import row_height
from qcity_xl.core.schema import MASTER
from qcity_xl.core.schema.base import Editor
from qcity_xl.core.schema.first_day import DONE, FIRST_DAY, OPEN, TITLE_FORMULA, TITLE_NAME
from qcity_xl.core.schema.marks import Mark

_WIDTHS = {"A": 2.5, "B": 20, "C": 76, "D": 44}
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
    put(sheet, "B1", None, style.font(18, style.ACCENT, bold=True)).value = f"={TITLE_FORMULA}"
    _name(sheet, "$B$1", TITLE_NAME)
    sheet.row_dimensions[1].height = 36
    put(sheet, "B2", words.GUIDE_LINE, style.font(color=style.MUTED))
    page = _Page(sheet)
    page.row = 3
    _write_first_day(page)
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


def _write_first_day(page: _Page) -> None:
    page.heading("第一天：从上往下做，做好的自动打勾")
    first = page.row
    for number, thing in enumerate(FIRST_DAY, 1):
        page.line(f"{number} {thing.title}", thing.how, OPEN + thing.left, thing.sheet)
        place = f"$D${page.row - 1}"
        page.sheet[place].value = f"={thing.formula}"
        _name(page.sheet, place, thing.name)
    block = f"D{first}:D{page.row - 1}"
    for mark in (Mark("good", f'LEFT({{}},1)="{DONE[0]}"'), Mark("waiting", "LEN({})>0")):
        rule = Rule("expression", formula=[mark.test.format(f"D{first}")], dxf=look(mark, "@"))
        rule.stopIfTrue = True
        page.sheet.conditional_formatting.add(block, rule)


def _name(sheet: Worksheet, place: str, name: str) -> None:
    book = sheet.parent
    assert book is not None  # noqa: S101 - it was made by one
    book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!{place}")


def _write_steps(page: _Page) -> None:
    page.heading("办公室的一天：功能区“质量强市”的按钮（命令见使用手册）")
    for number, step in enumerate(DAY, 1):
        page.line(f"{number} {step.title}", step.day)


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
