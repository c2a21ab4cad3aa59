"""The buttons of the ribbon and the worksheet functions: the one place where one is added.

`python -m qcity_xl.addin.sources macros` writes the ribbon and its VBA from here.
"""

from dataclasses import dataclass

TAB_LABEL, TAB_KEYTIP = "质量强市", "Q"
GROUPS = ("总表", "分发", "回收", "成果", "帮助")  # as on screen: the order of an office's day

# Names that public lists of Office's own icons have; a name outside is a blank square in Excel.
ICONS = frozenset(
    {
        *("AcceptTask", "AddressBook", "AttachFile", "CalculateNow", "CompareAndCombine"),
        *("ControlProperties", "ExportExcel", "FileFind", "FileNew", "FileOpen", "Filter"),
        *("FunctionWizard", "Help"),
        *("ImportExcel", "MacroPlay", "MergeCells", "RemoveDuplicates", "SetAlerts"),
        *("SplitCells", "TableInsert", "TableSplitTable", "Undo"),
    }
)


@dataclass(frozen=True, slots=True)
class Command:
    """One button: `callback` is a function of `qcity_xl.ribbon` without arguments.

    `keytip` is what one types after Alt and the tab's own; `large` buttons are the frequent ones.
    """

    callback: str
    group: str
    label: str
    screentip: str
    supertip: str
    keytip: str
    icon: str
    large: bool = False

    @property
    def macro(self) -> str:
        """The name of its VBA procedure, and of the button."""
        return f"Qc{self.callback.capitalize()}"


COMMANDS = (
    Command(
        *("check", "总表", "检查", "检查总表"),
        "找出填错、漏填、对不上的地方，列在「问题」表；只列问题，不改您填的内容。",
        *("JC", "AcceptTask", True),
    ),
    Command(
        *("undo", "总表", "撤销上次操作", "撤销最近一次操作"),
        "把最近一次按钮操作改的格子恢复原样，保存、关闭过也能撤；之后手工改过的格子不动。",
        *("CX", "Undo"),
    ),
    Command(
        *("new", "总表", "新建总表", "新建一份总表"),
        "用内置的任务分解表，或本市自己的文件，新建一份总表；不改当前打开的表。",
        *("XJ", "FileNew"),
    ),
    Command(
        *("split", "分发", "拆分下发", "给每个单位生成填报表"),
        "按牵头、配合单位拆成一单位一份，已填的预先填好，并记入「轮次」。",
        *("CF", "SplitCells", True),
    ),
    Command(
        *("send", "分发", "发送", "把填报表发给各单位"),
        "先列出发给谁、发哪份，确认后再发；发过的不会重发。",
        *("FS", "AddressBook"),
    ),
    Command(
        *("chase", "分发", "催办", "提醒还没交的单位"),
        "列出到期未交的单位和天数，确认后发提醒；每单位一次只发一封。",
        *("CB", "SetAlerts"),
    ),
    Command(
        *("merge", "回收", "合并回收", "把回收件合并进总表"),
        "逐格比较下发值、总表和回收件；两边都改的列入「冲突」，总表先不动。",
        *("HB", "MergeCells", True),
    ),
    Command(
        *("resolve", "回收", "处理冲突", "按「冲突」表的选择改总表"),
        "先在「冲突」表逐条选好采用哪一边；没选的留着不动。",
        *("CT", "CompareAndCombine"),
    ),
    Command(
        *("collect", "回收", "收件", "从邮箱或文件夹取回收件"),
        "认出各单位交回的填报表并存好；读不了的放在一边，写明原因。",
        *("SJ", "ImportExcel"),
    ),
    Command(
        *("score", "成果", "重算得分", "重算自评、佐证、核定三种得分"),
        "按现在屏幕上的内容重算，每个得分点写明理由；没评的保持未评，不算零分。",
        *("CS", "CalculateNow", True),
    ),
    Command(
        *("evidence", "成果", "标记缺失佐证", "清点佐证，缺的标出来"),
        "缺失、未注日期、超出所属期、文件不在、重复、退回分开标在「得分点」和「佐证」。",
        *("ZZ", "AttachFile"),
    ),
    Command(
        *("why", "成果", "得分理由", "说明选中的一行为什么得这些分"),
        "先在「得分点」「指标」「任务」或「佐证」点一行；列出答案、理由、缺的佐证和裁定，不改总表。",
        *("LY", "FunctionWizard"),
    ),
    Command(
        *("manual", "帮助", "使用手册", "打开使用手册"),
        "每个按钮做什么、会改什么、出了岔子怎么办。",
        *("SC", "Help", True),
    ),
    Command(
        *("doctor", "帮助", "自检", "检查安装是否完好"),
        "逐项检查 Python、加载项、版本、文件夹和邮件设置，有毛病的说明怎么修。",
        *("ZJ", "ControlProperties"),
    ),
    Command(
        *("log", "帮助", "日志核对", "核对「日志」是否完整"),
        "列出做过的操作，并核对日志有没有被改、被删、换序。",
        *("RZ", "FileFind"),
    ),
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
            ("progress", "进展：未开始、推进中、有困难、已完成"),
            ("today", "按哪一天算；不填为今天"),
        ),
        optional=1,
    ),
)
