"""The worksheet functions, and what the ribbon has beside its buttons.

The buttons are those of `core.catalogue`; `python -m qcity_xl.addin.sources macros` writes the
ribbon and its VBA from there and from here.
"""

from dataclasses import dataclass

from qcity_xl.core.schema.words import PROGRESS

TAB_LABEL, TAB_KEYTIP = "质量强市", "ZL"  # Q is the search box, other letters are tabs

# Names that public lists of Office's own icons have; a name outside is a blank square in Excel.
ICONS = frozenset(
    {
        *("AcceptInvitation", "AcceptTask", "AddressBook", "AdpPrimaryKey", "AttachFile"),
        *("CalculateNow", "ControlProperties", "ExportExcel", "FileFind", "FileNew"),
        *("FileOpen", "FilePrintPreview", "FileSaveAs", "Filter"),
        *("FunctionWizard", "Help"),
        *(
            "ImportExcel",
            "MacroPlay",
            "MergeCells",
            "RemoveDuplicates",
            "ReviewHighlightChanges",
            "ReviewNewComment",
        ),
        *(
            "SortDescendingExcel",
            "SplitCells",
            "TableInsert",
            "TableRowsDistribute",
            "TableSplitTable",
            "Undo",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Function:
    """One worksheet function of `qcity_xl.functions`, with help for Excel's function wizard."""

    name: str
    help: str
    arguments: tuple[tuple[str, str], ...]  # name in VBA, help
    optional: int = 0  # so many of the last arguments may be left out


_CRITERION = (
    ("kind", "计分方式，如 达成、分档、数值分段"),
    ("params", "参数，写法同「得分点」的“参数”列"),
    ("points", "分值"),
    ("answer", "答案；空白为未评"),
)
FUNCTIONS = (
    Function("QC_SCORE", "一个得分点的得分；未评时为空。仅 Windows。", _CRITERION),
    Function("QC_WHY", "得这个分的理由，一句话。仅 Windows。", _CRITERION),
    Function(
        "QC_LIGHT",
        "红、黄、绿灯：逾期为红，临近期限或有困难为黄，其余为绿。仅 Windows。",
        (
            ("deadline", "完成期限（日期）"),
            ("progress", f"进展：{'、'.join(PROGRESS)}"),
            ("today", "按哪一天算；不填为今天"),
        ),
        optional=1,
    ),
)
