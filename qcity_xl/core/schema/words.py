"""The words that the program writes into cells and goes by when it reads them again."""

from qcity_xl.core.plan import NO as NO
from qcity_xl.core.plan import UNIT_KIND_NAMES
from qcity_xl.core.plan import YES as YES
from qcity_xl.core.problems import SEVERITY_NAMES
from qcity_xl.core.values import Value

YES_NO = (YES, NO)
GROUP = UNIT_KIND_NAMES["group"]
ERROR, WARNING, INFO = SEVERITIES = tuple(SEVERITY_NAMES.values())

# 填报: 完成情况, 角色
NOT_BEGUN, UNDER_WAY, FINISHED, IN_TROUBLE = PROGRESS = ("未开始", "推进中", "已完成", "有困难")
LEAD, PARTNER = ROLES = ("牵头", "配合")

# 任务, 填报: 灯, each with a sign of its own
RED, YELLOW, GREEN, BLUE = "▲红", "◆黄", "●绿", "★蓝"

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
CONFLICT, REFUSED = CONFLICT_KINDS = ("冲突", "拒收")
OURS, THEIRS, OTHER = RESOLUTIONS = ("采用总表", "采用回收", "另填")

# 日志: 动作
CHANGED, ADDED, DROPPED, KEPT = "修改", "新增", "删除", "保留"
LOG_ACTIONS = (CHANGED, ADDED, DROPPED, KEPT, REFUSED, CONFLICT)


def lacks_evidence(state: Value) -> bool:
    """Whether 佐证状态 says that something is lacking: 缺2/3, 缺：13(3)."""
    return isinstance(state, str) and state.startswith(LACKING)
