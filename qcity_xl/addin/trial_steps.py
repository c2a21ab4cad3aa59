"""What a person with Excel or WPS goes through once: what to do, to see, and what tells of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from qcity_xl.core.catalogue import BY_ID

MASTER, PACKS, NAME = "总表.xlsx", "下发", "Excel试用.xlsx"


@dataclass(frozen=True, slots=True)
class Traces:
    """What lies in the folder of the trial: the commands in 日志, in turn, and the files."""

    folder: Path
    commands: tuple[str, ...] = ()
    files: frozenset[str] = field(default_factory=frozenset)  # paths below the folder

    def did(self, step: str) -> str:
        """How often a step stands in 日志."""
        title = BY_ID[step].title if step in BY_ID else step
        count = self.commands.count(title)
        return f"日志里“{title}”{count}次"


Watch = Callable[[Traces], tuple[bool, str]]


@dataclass(frozen=True, slots=True)
class TrialStep:
    """One thing to do; `watch` says of the traces whether it was done, None where none are left."""

    part: str
    do: str
    expect: str
    watch: Watch | None = None


def _logged(step: str, least: int = 1) -> Watch:
    def watch(traces: Traces) -> tuple[bool, str]:
        title = BY_ID[step].title if step in BY_ID else step
        return traces.commands.count(title) >= least, traces.did(step)

    return watch


def _there(start: str, ending: str, least: int = 1) -> Watch:
    def watch(traces: Traces) -> tuple[bool, str]:
        count = sum(1 for f in traces.files if f.startswith(start) and f.endswith(ending))
        return count >= least, f"{start or '文件夹里'}的{ending}有{count}个"

    return watch


STEPS = (
    TrialStep("安装", "双击 install.cmd（或运行 qcity addin install）。", "最后一句是“装好了”。"),
    TrialStep("安装", "Excel 开着，再双击一次。", "请您先关闭 Excel，原来装的照样能用。"),
    TrialStep(
        *("安装", "打开 Excel。"),
        "没有“文件有问题”的提示；功能区有“质量强市”，五组按钮都有图标和汉字。",
    ),
    TrialStep("安装", "按 Alt，再按 Z、L。", "每个按钮旁边出现两个字母，没有空缺。"),
    TrialStep("安装", "鼠标停在“检查”上。", "出现标题和说明，都是汉字。"),
    TrialStep("安装", "点“使用手册”。", "浏览器里打开，有图。"),
    TrialStep(
        *("安装", "看开始菜单。", "有“质量强市”和“质量强市命令行”；后者打开就能用 qcity。"),
    ),
    TrialStep(
        *("总表", f"点“新建总表”，存到本文件所在的文件夹，名叫 {MASTER}，打开它。"),
        "「看板」打开，没有修复提示，图和数字都在。",
        _there(MASTER, ""),
    ),
    TrialStep(
        *("总表", "「得分点」里填三个自评答案，不保存，点“重算得分”，再点“取消”。"),
        "先看到预览；取消后表没有变化。",
    ),
    TrialStep(
        *("总表", "再点“重算得分”，点“写入…格”，保存。记下从点击到完成的秒数。"),
        "状态栏有进度，停在「看板」，分数对得上刚填的。",
        _logged("score"),
    ),
    TrialStep(
        *("总表", "点“撤销上次操作”。保存、关闭、重新打开，再点一次，看过后取消。保存。"),
        "分数恢复；第二次说得清楚撤的是哪一步。",
        _logged("undo"),
    ),
    TrialStep(
        *("总表", "点“检查”，在「问题」里点一处“转到”，保存。"),
        "停在「问题」；跳到那一格。",
        _logged("check"),
    ),
    TrialStep(
        *("总表", "「得分点」筛选任一列，再点“重算得分”。"),
        "说明哪张表要清除筛选，表没有变化；清除后照常。",
    ),
    TrialStep(
        *("总表", "在「单位」表格下面一行写一个新单位：名称、类别。点“检查”，保存。"),
        "新的一行归进表格，没有要您填看不见的列。",
    ),
    TrialStep(
        *("分发", f"点“拆分下发”，文件夹选本文件旁边新建的“{PACKS}”。"),
        "每个单位一份；停在「轮次」；总表已保存。",
        _there(f"{PACKS}/", ".xlsx", 2),
    ),
    TrialStep(
        *("分发", "打开一份填报表，在“完成情况”下拉选一个，填进展说明，改一处锁住的格子试试。"),
        "下拉能用，黄格能填，锁住的格子不让改。",
    ),
    TrialStep(
        *("分发", "给一个单位在「单位」填“打开口令”，再拆分给它一家，打开那份。"),
        "要口令；口令对了才打开，填好存盘后仍要口令。",
    ),
    TrialStep(
        *("分发", "点“发送”（设置里不填服务器），草稿存到本文件旁边新建的“草稿”，双击一封。"),
        "焦点先在“取消”上；草稿在 Outlook 里打开，附件名是汉字，没有乱码。",
        _there("草稿/", ".eml"),
    ),
    TrialStep(
        *("回收", "改过的填报表另存为别的名字；总表里改其中同一格，保存。点“合并回收”，选那份。"),
        "预览里有采用、有冲突；冲突列在「冲突」。",
        _logged("merge"),
    ),
    TrialStep(
        *("回收", "在「冲突」里选一边，点“处理冲突”，保存。"),
        "总表改成所选的值。",
        _logged("resolve"),
    ),
    TrialStep(
        *("回收", "看自己加的列、批注、颜色，选中的格子，筛选和保护。"),
        "都和点按钮之前一样。",
    ),
    TrialStep(
        *("打印", "「看板」「得分点」和一份填报表各看一次打印预览。"),
        "A3 或 A4 横向，表头每页都有，没有被切掉的列，字能看清。",
    ),
    TrialStep("意外", "双击一格进入编辑，再点功能区。", "按钮是灰的，或提示先结束编辑。"),
    TrialStep(
        *("意外", "打开一个不是总表的工作簿，点“检查”。"),
        "一句汉字说明，没有英文、没有 Traceback。",
    ),
    TrialStep(
        *("意外", r"把 %LOCALAPPDATA%\qcity_xl\env 改名，点任一按钮；改回来。"),
        "“找不到运行本工具的 Python”。",
    ),
    TrialStep(
        *("意外", "在总表旁边放一个 csv.py，内容是 raise SystemExit，点“检查”；删掉它。"),
        "照常工作。",
    ),
    TrialStep(
        *("意外", "两个工作簿同时打开，总表在后面，点按钮。"),
        "只动最前面的那个，或说明它不是总表。",
    ),
    TrialStep(
        *("函数", '任一空格输入 =QC_LIGHT(TODAY()-1,"推进中") 和 =QC_SCORE("达成","",10,"达成")。'),
        "得“红”和 10。",
    ),
    TrialStep(
        *("窗口", "关闭总表，从开始菜单打开“质量强市”，选它，按 Alt+C、S，写入。"),
        "和功能区一样的预览；写完总表能打开，数字对。",
    ),
    TrialStep(
        *("窗口", "在 Excel 里打开总表，到窗口里点“检查”，再关闭总表。"),
        "说是谁开着，关闭后自动接着做。",
    ),
    TrialStep(
        *(
            "窗口",
            "把一份填报表拖到“质量强市”的快捷方式上（先从开始菜单放到桌面）；"
            "再复制它，到窗口里按 Ctrl+V。",
        ),
        "两次都开始合并。",
    ),
    TrialStep(
        *("窗口", "把显示缩放改成 150%，重新打开窗口。"),
        "字清楚，按钮都在屏幕里。",
    ),
    TrialStep(
        *("WPS", "（有 WPS 的电脑）用 WPS 打开一份填报表，填两处，存盘，报送，合并。"),
        "下拉、黄格都在，锁住的不让改；合并时认得出，填的都在。",
    ),
    TrialStep(
        *("WPS", "用 WPS 打开总表，看「看板」，存盘，再点“检查”。"),
        "数字和图都在；检查照常。",
    ),
    TrialStep(
        *("卸载", "运行 qcity addin uninstall，重新打开 Excel。"),
        "功能区没有了，别的加载项还在，开始菜单里也没有了。",
    ),
)
