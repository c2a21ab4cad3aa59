"""Why a step can't go on: one class for each cause, the sentence built inside.

QcityError is the root of them all, also of those that stand beside what raises them; a class is
named for its cause, and only one that others derive from ends in Error.
"""

from qcity_xl.core.advice import Advice


class QcityError(Exception):
    """A step stops and nothing was changed; the text is a Chinese sentence for the user.

    `advice` is what else can be done, which the command line and the windows word by themselves.
    """

    advice: tuple[Advice, ...] = ()

    def __reduce__(self) -> tuple[object, ...]:
        """As it stands: from one process to another goes the sentence, not what it was built of."""
        return _as_it_stood, (type(self), self.args), self.__dict__


def _as_it_stood(cause: type[QcityError], said: tuple[object, ...]) -> QcityError:
    error = cause.__new__(cause)
    error.args = said
    return error


class NotAMaster(QcityError):
    """The workbook is not a qcity master, or a table of its plan is gone."""

    def __init__(self, name: str, lacking: str) -> None:
        """Say what is lacking; `lacking` names sheets."""
        super().__init__(
            f"“{name}”不是本工具的总表，或者少了{lacking}的表格，没有往下做。请选总表；"
            "如果表格被转换成了普通区域，请选中它（连表头），按 Ctrl+T 变回表格；"
            "如果工作表被误删，请撤销删除；撤不了的，用“自检”按备份和日志把内容找回来。"
        )


class HeaderLost(QcityError):
    """A column of the master is there under another header, or its key column is gone."""

    def __init__(self, name: str, sheet: str, header: str, cell: str = "", found: str = "") -> None:
        """Say which header to restore where; without a cell, how to get the key column back."""
        self.of_ids = not cell
        fix = (
            f"这个位置（{cell}）现在写的是“{found}”。如果只是改了表头，请把它改回表头“{header}”；"
            f"如果“{found}”是自己加的列，请把它移到表格最右边"
            if cell
            else f"程序靠它认行。请取消隐藏表格最左边的列，把它改回表头“{header}”；"
            "如果列已被删，请撤销删除，或点“自检”按内容找回"
        )
        super().__init__(
            f"“{name}”的「{sheet}」里找不到“{header}”一列，{fix}。改好后再运行；"
            "日志和撤销不受影响。"
        )


class NewerMaster(QcityError):
    """The master was written by a later version of the program."""

    def __init__(self, name: str, found: int, known: int) -> None:
        """Say to bring the program up to date."""
        super().__init__(
            f"“{name}”是更新版本的程序写的（结构版本 {found}，本程序只认到 {known}），没有往下做。"
            "请先把本程序升级到最新版，再运行这一步。"
        )


class APack(QcityError):
    """The workbook is what a unit fills in."""

    def __init__(self, name: str) -> None:
        """Say what it is for."""
        super().__init__(f"“{name}”是填报表，不是总表。请选总表；要并进总表，用“合并回收”。")


class RowsMoved(QcityError):
    """Cells of the master were sorted or moved without the hidden ids of their rows."""

    def __init__(self, sheet: str, rows: int, examples: str) -> None:
        """Say which rows, and how to get the sheet right again."""
        super().__init__(
            f"「{sheet}」有{rows}行的内容与隐藏的行键对不上（{examples}），"
            "多半是只排序或移动了看得见的列。再往下做，填报内容会记到别的行上，所以没有做。"
            "请撤销这次排序；撤不了的，取消隐藏“行键”列，把各行内容移回它的行键旁边，"
            "或从旁边文件夹 snapshots 里的副本把这张工作表的内容复制回来。"
        )


class StaleCell(QcityError):
    """A cell does not hold what the change expects."""

    def __init__(self, place: str, expected: object, found: object) -> None:
        """Say where, what was expected, what was found."""
        super().__init__(
            f"{place} 应为“{_shown(expected)}”，实为“{_shown(found)}”，未改动任何内容。"
            "请重新运行这一步。"
        )


class FileUnreadable(QcityError):
    """A file is missing, locked or no workbook."""

    def __init__(self, name: str, why: str) -> None:
        """Say why; a `why` that is a sentence says itself what to do."""
        advice = "" if why.endswith("。") else "。请检查文件后再试。"
        super().__init__(f"读不了“{name}”：{why}{advice}")


class FileInUse(QcityError):
    """Somebody has the master open."""

    def __init__(self, name: str, program: str, lock: str) -> None:
        """Say which program holds it, and what to do if it does so no longer."""
        super().__init__(
            f"“{name}”正在 {program} 中打开，现在写入会丢改动，没有写入。请先保存并关闭它，再运行。"
            f"如果并没有打开（例如程序上次意外退出），请删除同一文件夹里的“{lock}”再运行。"
        )


class AnotherStep(QcityError):
    """Another process is writing the master."""

    def __init__(self, name: str) -> None:
        """Say to wait."""
        super().__init__(f"另一个 qcity 正在写“{name}”，这一步没有写入。请等它做完，再运行这一步。")


class SheetsLost(QcityError):
    """Sheets of the master were deleted; with blank ones in their place all would go on wrongly."""

    def __init__(self, name: str, sheets: str) -> None:
        """Say which, and how to get them back."""
        super().__init__(
            f"“{name}”少了{sheets}，多半是误删了工作表，没有往下做。请撤销删除；"
            "撤不了的，用“自检”按备份和日志把内容找回来，再做这一步。"
        )


class BreaksSignature(QcityError):
    """The master is digitally signed."""

    def __init__(self, name: str) -> None:
        """Say how to write all the same."""
        super().__init__(
            f"“{name}”带有数字签名，写入会使签名失效，没有写入。请先与签名人商定，写完后重新签名。"
        )
        self.advice = (Advice("", "确定要写", (("force", ""),)),)


class CannotEdit(QcityError):
    """The workbook is laid out in a way that a change can't be written."""

    def __init__(self, name: str, why: str) -> None:
        """Say why; `why` is a sentence."""
        super().__init__(f"“{name}”没有写入：{why}")


class GrownTooLarge(QcityError):
    """With what a step would write, the master could not be read any more."""

    def __init__(self, name: str, why: str) -> None:
        """Say so; `why` names the bound."""
        super().__init__(
            f"写入后“{name}”会太大，以后哪一步都读不了（{why}），所以没有写入。"
            "请先看是哪一份回收件带来大量文字：分几次合并，把那一份留到最后，请单位精简后再寄。"
        )


class PacksOut(QcityError):
    """What an undo would take back has been handed out."""

    def __init__(self, number: int, command: str, rounds: str, units: int) -> None:
        """Say what is out, and how to take it back all the same."""
        super().__init__(
            f"操作{number}“{command}”生成的{rounds}填报表，已有{units}个单位发出、存成草稿或报送，"
            "没有撤销：邮件收不回来，撤销后这些单位报送的内容会对不上。"
            "只想改错的，请直接改总表，再另起一轮下发。"
        )
        self.advice = (Advice("undo", "确定要撤销", (("force", ""),)),)


class ChangedMeanwhile(QcityError):
    """The file is not the one that was read."""

    def __init__(self, name: str) -> None:
        """Say that nothing was written."""
        super().__init__(f"“{name}”在处理期间被别人改过，没有写入。请重新运行这一步。")


class CannotWrite(QcityError):
    """The disk or the folder does not take the file."""

    def __init__(self, name: str, why: str) -> None:
        """Say why."""
        super().__init__(f"写不了“{name}”：{why}。原文件没有改动，请处理后再试。")


class NotReopened(QcityError):
    """The open workbook was closed to replace its file, and Excel did not open it again."""

    def __init__(self, name: str, failure: str = "") -> None:
        """Say that all is on disk; `failure` is why the step was not carried out, if it was not."""
        what = (
            f"这一步没有写入（{failure.rstrip('。')}）" if failure else "这一步已经写入总表并存好"
        )
        super().__init__(
            f"{what}，但是 Excel 没有重新打开“{name}”。"
            "请自己打开它；之前打开着的内容都已保存，没有丢。"
        )


class AlreadyThere(QcityError):
    """A file that a step would make exists."""

    def __init__(self, name: str) -> None:
        """Say what to do."""
        super().__init__(f"“{name}”已经存在，没有覆盖。请换个文件名，或先移走它。")


class NotXlsx(QcityError):
    """A master under a name that Excel would not take for one."""

    def __init__(self, name: str) -> None:
        """Say how it has to end."""
        super().__init__(f"总表的文件名要以 .xlsx 结尾，“{name}”不是，没有新建。请换个文件名。")


class Unknown(QcityError):
    """A name that the user gave is not known."""

    def __init__(self, what: str, name: str, known: str) -> None:
        """Say what there is."""
        super().__init__(f"没有{what}“{name}”。可用的有：{known or '（无）'}。")


class NothingToDo(QcityError):
    """There is nothing that the step could do."""

    def __init__(self, why: str) -> None:
        """Say why."""
        super().__init__(why)


def _shown(value: object) -> str:
    return "（空）" if value is None else str(value)
