"""The words that the program writes into cells and goes by when it reads them again."""

import re

from qcity_xl.core.numerals import chinese_number
from qcity_xl.core.plan import NO as NO
from qcity_xl.core.plan import UNIT_KIND_NAMES
from qcity_xl.core.plan import YES as YES
from qcity_xl.core.problems import SEVERITY_NAMES
from qcity_xl.core.text import fold
from qcity_xl.core.values import Value

YES_NO = (YES, NO)
GROUP = UNIT_KIND_NAMES["group"]
ERROR, WARNING, INFO = SEVERITIES = tuple(SEVERITY_NAMES.values())

# 填报: 完成情况, 角色
NOT_BEGUN, UNDER_WAY, FINISHED, IN_TROUBLE = PROGRESS = ("未开始", "推进中", "已完成", "有困难")
LEAD, PARTNER = ROLES = ("牵头", "配合")

# 任务, 填报: 灯, each with a sign of its own
RED, YELLOW, GREEN, BLUE = "▲红", "◆黄", "●绿", "★蓝"

# What offices write for 完成情况, each as a whole; 未完成 and 否 may mean two of them: not here.
_SAID = {
    NOT_BEGUN: "未开始 尚未开始 没有开始 还未开始 未启动 尚未启动 没有启动 未开展 尚未开展 未着手"
    " 尚未着手 未实施 未推进 未动工 未开工 待启动 待开展 待实施 暂未开展 暂未启动",
    UNDER_WAY: "推进中 正在推进 进行中 正在进行 办理中 正在办理 在办 实施中 正在实施 落实中 建设中"
    " 开展中 正在开展 正在落实 已启动 已开展 已开始 已着手 部分完成 基本完成 正常推进 有序推进"
    " 按序时推进 序时推进 按计划推进 按时序推进 达到序时进度 达序时进度 持续推进 长期推进",
    FINISHED: "已完成 完成 全部完成 全面完成 按期完成 按时完成 提前完成 已全部完成 已办结 办结"
    " 已销号 销号 已结项 已验收 已达标 已落实 落实到位",
    IN_TROUBLE: "有困难 存在困难 推进困难 受阻 推进受阻 滞后 进度滞后 推进滞后 进展滞后 进展缓慢"
    " 推进缓慢 未达序时进度 逾期未完成 逾期",
}
_MEANS = {word: state for state, words in _SAID.items() for word in words.split()}
_RATE = re.compile(
    r"(?:任务|工作|总体|整体|已|约|大约)*(?:完成率?|进度|进展)?(?:达到?|为|约)?:?(\d+(?:\.\d+)?)%"
)
_TENTHS = re.compile("(?:已|约)?(?:完成)?([一二三四五六七八九])成")


def progress_word(said: str) -> str | None:
    """完成情况 for what an office wrote: 进行中, 80%, 已办结。 None for anything else."""
    whole = fold(said).strip(".。,;!()[]【】、:")
    if (rate := rate_in(whole)) is not None:
        return NOT_BEGUN if rate == 0 else FINISHED if rate == 100 else UNDER_WAY
    return _MEANS.get(whole)


def rate_in(said: str) -> float | None:
    """How many percent are done, 0 to 100, of 80%, 已完成80%, 八成; None for anything else."""
    whole = fold(said).strip(".。")
    if match := _TENTHS.fullmatch(whole):
        return 10.0 * (chinese_number(match[1]) or 0)
    match = _RATE.fullmatch(whole)
    rate = float(match[1]) if match else None
    return rate if rate is not None and rate <= 100 else None


# 佐证: 审核; 检查结果 of a row that counts; 佐证状态 of criteria and tasks, which 缺 begins
AWAITING, PASSED, SENT_BACK = EVIDENCE_STATES = ("待审", "通过", "退回")
VALID = "有效"
LACKING, COMPLETE, NOT_NEEDED = "缺", "齐全", "无需"

# 轮次: 状态, 发送状态, 催办级别
HANDED_OUT, RETURNED = ROUND_STATES = ("已生成", "已回收")
SENDING, SENT, DRAFT, FAILED, UNSURE = MAIL_STATES = (
    *("发送中", "已发送", "已存草稿", "发送失败", "待核实"),
)
REMINDER, URGENT, FINAL = CHASE_LEVELS = ("提醒", "催办", "督办")

# 冲突: 类型, 处理
CONFLICT, REFUSED = CONFLICT_KINDS = ("冲突", "未采用")
REFUSED_BEFORE = "拒收"  # the same in masters and log lines of 0.1.0
OURS, THEIRS, SECOND, OTHER = RESOLUTIONS = ("采用总表", "采用回收", "采用另一回收", "另填")

# 新旧对照: 类别, 变化 of a row that came or went
SECTION, INDICATOR, CRITERION, TASK, PART, RULING = REVISED = (
    *("部分", "指标", "得分点", "任务", "填报", "待定事项"),
)
GONE, NEW = "取消", "新增"

# 日志: 动作
CHANGED, ADDED, DROPPED, KEPT = "修改", "新增", "删除", "保留"
LOG_ACTIONS = (CHANGED, ADDED, DROPPED, KEPT, REFUSED, CONFLICT)


def word_of_now(word: str) -> str:
    """A stored word, that of an earlier version as it is called now."""
    return REFUSED if word == REFUSED_BEFORE else word


def is_refusal(word: str) -> bool:
    """Whether 类型 or 动作 says that something was not taken, in words of now or of before."""
    return word_of_now(word) == REFUSED


def lacks_evidence(state: Value) -> bool:
    """Whether 佐证状态 says that something is lacking: 缺2/3, 缺：13(3)."""
    return isinstance(state, str) and state.startswith(LACKING)
