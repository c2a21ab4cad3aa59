"""Why a workbook can't be read or edited: one class per cause, each with its sentence."""

from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.core.errors import QcityError


class OoxmlError(QcityError):
    """The file or the edit is refused; nothing was written."""

    sentence = "{0}"

    def __init__(self, *found: object) -> None:
        """`found` is what the sentence names, in its order."""
        super().__init__(self.sentence.format(*found))


class CellError(OoxmlError):
    """An edit of one cell is refused."""

    def __init__(self, sheet: str, row: int, col: int, *found: object) -> None:
        """`found` is what the sentence names besides the cell."""
        where = f"「{sheet}」{cell_name(row, col)}："
        super(OoxmlError, self).__init__(where + self.sentence.format(*found))
        self.sheet, self.row, self.col = sheet, row, col


# --- the package ---------------------------------------------------------------------------


class NotAWorkbook(OoxmlError):
    """The bytes are no OPC package with a workbook in it (reason)."""

    sentence = "不是可用的 Excel 工作簿（{0}）。请用 Excel 另存为 .xlsx 后再试。"


class Encrypted(OoxmlError):
    """The file is encrypted, or in the old binary format, which looks the same from outside."""

    sentence = "文件设有打开密码，或是旧版 .xls 格式。请在 Excel 中去掉密码，另存为 .xlsx 后再试。"


class OverLimit(OoxmlError):
    """The package is larger than the limits allow (what, found, allowed)."""

    sentence = "文件{0}为 {1:,}，超过上限 {2:,}，未予打开。"

    @property
    def bound(self) -> str:
        """What was exceeded, without what was done about it."""
        return str(self).rstrip("。").removesuffix("，未予打开")


class DuplicatePart(OoxmlError):
    """Two members of the package have one name (part)."""

    sentence = "文件内部有两个同名部件「{0}」，未予打开。请用 Excel 另存后再试。"


class BinaryWorkbook(OoxmlError):
    """The workbook is an .xlsb: its parts are no XML."""

    sentence = (
        "是二进制工作簿（.xlsb），本工具不能改写。请在 Excel 里用“另存为”存成 .xlsx，再用新文件。"
    )


class MissingPart(OoxmlError):
    """A part that is referred to is not in the package (part)."""

    sentence = "文件内部缺少部件「{0}」。请用 Excel 打开并另存后再试。"


class DamagedPart(OoxmlError):
    """A part is not what the format prescribes, so that no edit can be trusted (part, what)."""

    sentence = "文件部件「{0}」已损坏（{1}）。请用 Excel 打开修复并另存后再试。"


class HoldsDtd(OoxmlError):
    """A part holds a document type declaration (part)."""

    sentence = "文件部件「{0}」含有 DTD 声明，可能有害，未予打开。"


class StrangeEncoding(OoxmlError):
    """A part is in another encoding than UTF-8 or UTF-16 (part, encoding)."""

    sentence = "文件部件「{0}」的编码 {1} 不受支持。请用 Excel 另存后再试。"


class NotReplaced(OoxmlError):
    """The file can't be replaced; the old one stands as it was (path)."""

    sentence = "无法写入「{0}」：文件正被其他程序打开，或没有写入权限。原文件未改动，请关闭后再试。"


# --- sheets and tables ---------------------------------------------------------------------


class UnknownSheet(OoxmlError):
    """No sheet of that name (sheet, the names there are)."""

    sentence = "工作簿中没有工作表「{0}」，现有：{1}。"


class NotAWorksheet(OoxmlError):
    """The sheet is a chart, dialog or macro sheet (sheet)."""

    sentence = "「{0}」是图表、对话框或宏表，没有可以修改的单元格。"


class LastVisibleSheet(OoxmlError):
    """A workbook must show at least one sheet (sheet)."""

    sentence = "不能隐藏「{0}」：工作簿至少要有一张可见的工作表。"


class OutOfGrid(OoxmlError):
    """No such cell: rows go to 1,048,576 and columns to 16,384 (sheet, row, column)."""

    sentence = "「{0}」没有第 {1} 行第 {2} 列的单元格。"


class UnknownTable(OoxmlError):
    """No table of that name (table)."""

    sentence = "工作簿中没有名为「{0}」的表格。"


class HasTotalsRow(OoxmlError):
    """A table with a totals row can't grow or shrink (table, sheet)."""

    sentence = "「{1}」的表格「{0}」带有汇总行，不能增减行。请先在“表设计”中取消汇总行。"


class TableBlocked(OoxmlError):
    """Something stands in the rows that a table would grow into (table, sheet, what)."""

    sentence = "「{1}」的表格「{0}」下方被{2}占用，无法增加行。请先移走这些内容。"


# --- cells ---------------------------------------------------------------------------------


class ColumnBlocked(OoxmlError):
    """Something stands where a table would get a column (sheet, what, header)."""

    sentence = (
        "「{0}」的表格右边有内容（{1}），加不了“{2}”列。请把表格右边的内容移开一列，再运行这一步。"
    )


class ColumnInside(OoxmlError):
    """A column that is to go is not the last one of its table (sheet, header)."""

    sentence = "「{0}」的“{1}”列右边还有别的列，撤不掉。请先把右边的列移走或移到它左边，再撤销。"


class SheetThere(OoxmlError):
    """A sheet that is to be added has its name taken (name)."""

    sentence = (
        "已经有一张叫「{0}」的工作表，里面却没有本工具的表格。如果表格被转换成了普通区域，"
        "请选中它（连表头），按 Ctrl+T 变回表格；如果是自己建的，请给它改个名字。"
    )


class HoldsFormula(CellError):
    """The cell holds a formula and the caller did not ask to overwrite it."""

    sentence = "是公式，不能直接改写。请修改它引用的单元格。"


class NoFormula(CellError):
    """A cached result was given for a cell without a formula."""

    sentence = "不是公式，不能写入计算结果。"


class SharedFormula(CellError):
    """The cell carries the text of a formula that other cells share."""

    sentence = "其公式由其他单元格共用，不能改写。请在 Excel 中修改。"


class ArrayFormula(CellError):
    """The cell belongs to an array formula or a data table (its block)."""

    sentence = "属于数组公式或模拟运算表 {0}，不能单独改写。"


class InMergedCell(CellError):
    """The cell is hidden under a merged one (its block, the cell that shows)."""

    sentence = "位于合并单元格 {0} 之内，请改写 {1}。"


class InTableHeader(CellError):
    """The cell is the header of a table column, whose name stands in the table as well (table)."""

    sentence = "是表格「{0}」的表头，不能改写。"


class NotFinite(CellError):
    """Not a number, or infinite."""

    sentence = "不是有限的数字，不能写入。"


class NumberTooLong(CellError):
    """A whole number with more digits than a cell keeps."""

    sentence = "数字位数过多，写入会丢失末位。请作为文本写入。"


class TextTooLong(CellError):
    """More than 32,767 characters (length)."""

    sentence = "文本有 {0:,} 字，超过单元格上限 32,767 字。"


class DateOutOfRange(CellError):
    """A date before the workbook's calendar, or a time with a time zone (first date)."""

    sentence = "日期须不早于 {0}，且不带时区。"


class BadChoices(CellError):
    """Choices that a cell can't hold: none, an empty one, a comma, over 255 characters."""

    sentence = "下拉选项不能为空、不能含英文逗号，总长不能超过 255 字。"


class PromptTooLong(CellError):
    """A title over 32 or a text over 255 characters in a validation."""

    sentence = "数据验证的标题不能超过 32 字，说明不能超过 255 字。"


class ValidationsOverlap(CellError):
    """The cell has a validation already that can't be cut apart safely."""

    sentence = "已有其他数据验证，无法只替换这一格。"
