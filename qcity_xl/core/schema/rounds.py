"""What units report and how rounds go: assignments, evidence, rounds, conflicts."""

from qcity_xl.core.schema.base import KEY_COLUMN, Column, Table

PROGRESS = ("未开始", "推进中", "已完成", "有困难")
EVIDENCE_STATES = ("待审", "通过", "退回")
EVIDENCE_KINDS = (
    "文件",
    "汇报材料",
    "会议纪要",
    "现场照片",
    "影像",
    "活动资料",
    "分析报告",
    "执法记录",
    "数据证明",
    "走访记录",
)
ROLES = ("牵头", "配合")
CONFLICT_KINDS = ("冲突", "拒收")
RESOLUTIONS = ("采用总表", "采用回收", "另填")
MAIL_STATES = ("发送中", "已发送", "已存草稿", "发送失败", "待核实")
CHASE_LEVELS = ("提醒", "催办", "督办")


ASSIGNMENTS = Table(
    "tblAssignments",
    "填报",
    "任务填报（任务×单位）",
    (
        KEY_COLUMN,
        Column("task", "任务", "text", 8),
        Column("text", "工作任务", "text", 48, wrap=True),
        Column("unit", "单位", "text", 16),
        Column("role", "角色", "choice", 8, choices=ROLES),
        Column("why", "职责来源", "text", 24, wrap=True),
        Column("deadline", "完成时限", "text", 12),
        Column("progress", "完成情况", "choice", 11, "unit", choices=PROGRESS),
        Column("note", "进展说明", "text", 44, "unit", wrap=True),
        Column("done_on", "完成日期", "date", 13, "unit", help="写法：2016-05-01"),
        Column("difficulty", "困难和建议", "text", 30, "unit", wrap=True),
        Column("round", "更新轮次", "text", 12),
    ),
)

EVIDENCE = Table(
    "tblEvidence",
    "佐证",
    "佐证材料",
    (
        KEY_COLUMN,
        Column(
            "criteria",
            "得分点",
            "text",
            16,
            "unit",
            help="编号，如 13(3)、7(2)；整个指标写 13",
            wrap=True,
        ),
        Column("unit", "单位", "text", 16),
        Column("kind", "材料类型", "choice", 11, "unit", choices=EVIDENCE_KINDS),
        Column("title", "材料名称", "text", 40, "unit", wrap=True),
        Column("number", "文号", "text", 20, "unit"),
        Column("dated", "文件日期", "date", 13, "unit", help="写法：2016-05-01"),
        Column("period", "所属期", "text", 12, "unit", help="年份或起止年份：2016、2016-2017"),
        Column(
            "location",
            "存放位置",
            "text",
            34,
            "unit",
            help="文件路径（相对总表所在文件夹）或网址",
            wrap=True,
        ),
        Column("page", "页码", "text", 8, "unit"),
        Column("sha256", "文件校验", "text", 14, hidden=True),
        Column("state", "审核", "choice", 8, "office", choices=EVIDENCE_STATES),
        Column("state_note", "退回原因", "text", 20, "office", wrap=True),
        Column("finding", "检查结果", "text", 18, wrap=True),
        Column("round", "更新轮次", "text", 12),
    ),
)

ROUNDS = Table(
    "tblRounds",
    "轮次",
    "下发与回收",
    (
        KEY_COLUMN,
        Column("round", "轮次", "text", 12),
        Column("unit", "单位", "text", 18),
        Column("tasks", "任务数", "number", 8),
        Column("file", "文件", "text", 34),
        Column("sha256", "文件校验", "text", 16, hidden=True),
        Column("base", "基准校验", "text", 16, help="证明回收件里的基准未被改动", hidden=True),
        Column("made_on", "生成日期", "date", 13),
        Column("due", "截止日期", "date", 13, "office"),
        Column("state", "状态", "choice", 10, choices=("已生成", "已回收")),
        Column("returned_on", "回收日期", "date", 13),
        Column(
            "returned",
            "回收件校验",
            "text",
            24,
            help="已合并文件的 SHA-256 和保存时间，一行一个",
            hidden=True,
        ),
        Column("mail_state", "发送状态", "choice", 10, choices=MAIL_STATES),
        Column("mail_at", "发送时间", "text", 17),
        Column("mail_id", "发送编号", "text", 20, help="邮件的 Message-ID，查收发记录用"),
        Column("mail_note", "发送说明", "text", 30, wrap=True),
        Column("chase_level", "催办级别", "choice", 10, choices=CHASE_LEVELS),
        Column("chase_state", "催办状态", "choice", 10, choices=MAIL_STATES),
        Column("chase_at", "催办时间", "text", 17),
        Column("chase_id", "催办编号", "text", 20, help="邮件的 Message-ID，查收发记录用"),
        Column("chase_note", "催办说明", "text", 30, wrap=True),
    ),
)

CONFLICTS = Table(
    "tblConflicts",
    "冲突",
    "冲突与拒收",
    (
        KEY_COLUMN,
        Column("kind", "类型", "choice", 8, choices=CONFLICT_KINDS),
        Column("round", "轮次", "text", 10),
        Column("unit", "单位", "text", 16),
        Column("sheet", "工作表", "text", 10),
        Column("row", "行", "text", 18),
        Column("column", "列", "text", 12),
        Column("base", "下发值", "text", 26, wrap=True),
        Column("ours", "总表值", "text", 26, wrap=True),
        Column("theirs", "回收值", "text", 26, wrap=True),
        Column("choice", "处理", "choice", 11, "office", choices=RESOLUTIONS),
        Column("other", "另填内容", "text", 26, "office", wrap=True),
        Column("outcome", "结果", "text", 12),
        Column("reason", "原因", "text", 36, wrap=True),
        Column("source", "来源文件", "text", 24, wrap=True),
    ),
)
