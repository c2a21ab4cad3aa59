"""What units report and how rounds go: assignments, evidence, rounds, conflicts."""

from dataclasses import replace

from qcity_xl.core.schema.base import KEY_COLUMN, FieldColumn, Table
from qcity_xl.core.schema.formulas import cell_link
from qcity_xl.core.schema.marks import Mark, Tone, light_marks, says
from qcity_xl.core.schema.plan import CRITERIA, INDICATORS, TASKS
from qcity_xl.core.schema.units import UNITS
from qcity_xl.core.schema.words import (
    CHASE_LEVELS,
    CONFLICT,
    CONFLICT_KINDS,
    DRAFT,
    EVIDENCE_STATES,
    FAILED,
    FINISHED,
    HANDED_OUT,
    IN_TROUBLE,
    MAIL_STATES,
    PASSED,
    PROGRESS,
    RESOLUTIONS,
    RETURNED,
    ROLES,
    ROUND_STATES,
    SENT,
    SENT_BACK,
    UNSURE,
    VALID,
)

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


_FATES: tuple[tuple[Tone, str], ...] = (
    *(("good", SENT), ("waiting", DRAFT), ("bad", FAILED), ("bad", UNSURE)),
)


def _mail_state(field: str, header: str) -> FieldColumn:
    """What became of a message."""
    marks = tuple(Mark(tone, says(field, word)) for tone, word in _FATES)
    return FieldColumn(field, header, "choice", 10, choices=MAIL_STATES, marks=marks)


ASSIGNMENTS = Table(
    "tblAssignments",
    "填报",
    "填报",
    (
        KEY_COLUMN,
        FieldColumn("task", "任务", "text", 8),
        FieldColumn("text", "工作任务", "text", 48, wrap=True),
        FieldColumn("unit", "单位", "text", 16),
        FieldColumn("role", "角色", "choice", 8, choices=ROLES),
        FieldColumn("why", "职责来源", "text", 24, wrap=True),
        FieldColumn("deadline", "完成时限", "text", 12),
        FieldColumn(
            "progress",
            "完成情况",
            "choice",
            11,
            "unit",
            choices=PROGRESS,
            marks=(
                Mark("good", says("progress", FINISHED)),
                Mark("bad", says("progress", IN_TROUBLE)),
            ),
        ),
        FieldColumn("note", "进展说明", "text", 44, "unit", wrap=True),
        FieldColumn("done_on", "完成日期", "date", 13, "unit", help="写法：2016-05-01"),
        FieldColumn("difficulty", "困难和建议", "text", 30, "unit", wrap=True),
        FieldColumn("round", "更新轮次", "text", 12),
        FieldColumn("light", "灯", "text", 13, optional=True, marks=light_marks("light")),
        FieldColumn("first_round", "首次下发", "text", 12, hidden=True, optional=True),
    ),
    purpose="每项任务每个责任单位一行的进展。",
    filled_by="单位经填报表填，由“合并回收”写入。",
    in_view="unit",
    tab="unit",
)

EVIDENCE = Table(
    "tblEvidence",
    "佐证",
    "佐证",
    (
        KEY_COLUMN,
        FieldColumn(
            "criteria",
            "得分点",
            "text",
            16,
            "unit",
            help="编号，如 13(3)、7(2)；整个指标写 13",
            wrap=True,
        ),
        FieldColumn("unit", "单位", "text", 16),
        FieldColumn("kind", "材料类型", "choice", 11, "unit", choices=EVIDENCE_KINDS),
        FieldColumn("title", "材料名称", "text", 40, "unit", wrap=True),
        FieldColumn("number", "文号", "text", 20, "unit"),
        FieldColumn("dated", "文件日期", "date", 13, "unit", help="写法：2016-05-01"),
        FieldColumn("period", "所属期", "text", 12, "unit", help="年份或起止年份：2016、2016-2017"),
        FieldColumn(
            "location",
            "存放位置",
            "text",
            34,
            "unit",
            help="文件路径（相对总表所在文件夹）或网址",
            wrap=True,
        ),
        FieldColumn("page", "页码", "text", 8, "unit"),
        FieldColumn("sha256", "文件校验", "text", 14, hidden=True),
        FieldColumn(
            "state",
            "审核",
            "choice",
            8,
            "office",
            choices=EVIDENCE_STATES,
            marks=(Mark("good", says("state", PASSED)), Mark("bad", says("state", SENT_BACK))),
        ),
        FieldColumn("state_note", "退回原因", "text", 20, "office", wrap=True),
        FieldColumn(
            "finding",
            "检查结果",
            "text",
            18,
            wrap=True,
            marks=(Mark("good", says("finding", VALID)), Mark("waiting", "LEN({finding})>0")),
        ),
        FieldColumn(
            "valid_until",
            "有效期至",
            "date",
            13,
            "office",
            help="证书等有期限的填：2018-05-31；长期有效的留空",
            optional=True,
        ),
        FieldColumn("round", "更新轮次", "text", 12, private=True),
        FieldColumn(
            "reuse",
            "还可用于",
            "text",
            24,
            help="别的得分点也缺这样的材料；确认合适的，请自己把编号加进“得分点”",
            wrap=True,
            optional=True,
            private=True,
        ),
    ),
    purpose="佐证材料目录，一份材料一行。",
    filled_by="单位经填报表填，办公室审核，检查结果自动生成。",
    in_view="title",
    tab="unit",
)

_MESSAGE_ID = "邮件的 Message-ID，查收发记录用"

ROUNDS = Table(
    "tblRounds",
    "轮次",
    "轮次",
    (
        KEY_COLUMN,
        FieldColumn("round", "轮次", "text", 12),
        FieldColumn("unit", "单位", "text", 18),
        FieldColumn("tasks", "任务数", "number", 8),
        FieldColumn("file", "文件", "text", 28),
        FieldColumn("sha256", "文件校验", "text", 16, hidden=True),
        FieldColumn("base", "基准校验", "text", 16, help="证明回收件里的基准未被改动", hidden=True),
        FieldColumn("made_on", "生成日期", "date", 13),
        FieldColumn(
            "due",
            "截止日期",
            "date",
            13,
            "office",
            marks=(
                Mark(
                    "bad",
                    f"AND({says('state', HANDED_OUT)},ISNUMBER({{due}}),{{due}}<TODAY())",
                    "逾期",
                ),
            ),
        ),
        FieldColumn(
            "state",
            "状态",
            "choice",
            10,
            choices=ROUND_STATES,
            marks=(Mark("good", says("state", RETURNED)),),
        ),
        FieldColumn("returned_on", "回收日期", "date", 13),
        FieldColumn(
            "returned",
            "回收件校验",
            "text",
            24,
            help="已合并文件的 SHA-256 和保存时间，一行一个",
            hidden=True,
        ),
        _mail_state("mail_state", "发送状态"),
        FieldColumn("mail_at", "发送时间", "text", 17),
        FieldColumn("mail_note", "发送说明", "text", 30, wrap=True),
        FieldColumn("chase_level", "催办级别", "choice", 10, choices=CHASE_LEVELS),
        _mail_state("chase_state", "催办状态"),
        FieldColumn("chase_at", "催办时间", "text", 17),
        FieldColumn("chase_note", "催办说明", "text", 30, wrap=True),
        *(
            FieldColumn(field, header, "text", 20, help=_MESSAGE_ID, private=True)
            for field, header in (("mail_id", "发送编号"), ("chase_id", "催办编号"))
        ),
        FieldColumn(
            "mail_rest",
            "待补发地址",
            "text",
            24,
            help="服务器暂时没有收下的地址，下次发送只补发给它们",
            wrap=True,
            optional=True,
            private=True,
        ),
        FieldColumn(
            "chase_rest",
            "待补催地址",
            "text",
            24,
            help="服务器暂时没有收下的地址，下次催办只补发给它们",
            wrap=True,
            optional=True,
            private=True,
        ),
        *(
            replace(column, optional=True, private=True)
            for column in (
                _mail_state("reply_state", "退回状态"),
                FieldColumn("reply_at", "退回时间", "text", 17),
                FieldColumn("reply_id", "退回编号", "text", 20, help=_MESSAGE_ID),
                FieldColumn("reply_note", "退回说明", "text", 30, wrap=True),
            )
        ),
    ),
    purpose="哪一轮发给谁、何时截止、是否收回。",
    filled_by="自动生成；办公室可改截止日期。",
    in_view="unit",
    tab="unit",
)

_UNSETTLED = ",".join((says("kind", CONFLICT), says("choice", ""), says("outcome", "")))
# What a row of 冲突 may be about.
DISPUTED = (ASSIGNMENTS, CRITERIA, EVIDENCE, INDICATORS, TASKS, UNITS)
_LINK = cell_link("tblConflicts", {t.sheet: (t.name, t.columns[-1].header) for t in DISPUTED})

CONFLICTS = Table(
    "tblConflicts",
    "冲突",
    "冲突",
    (
        KEY_COLUMN,
        FieldColumn(
            "kind",
            "类型",
            "choice",
            8,
            choices=CONFLICT_KINDS,
            marks=(Mark("waiting", f"AND({says('kind', CONFLICT)},{says('outcome', '')})"),),
        ),
        FieldColumn("unit", "单位", "text", 13),
        FieldColumn("sheet", "工作表", "text", 8),
        FieldColumn("link", "定位", "formula", 8, "formula", formula=_LINK, optional=True),
        FieldColumn("row", "行", "text", 18, hidden=True),
        FieldColumn("subject", "事项", "text", 24, wrap=True),
        FieldColumn("column", "列", "text", 11),
        FieldColumn("ours", "总表值", "text", 20, wrap=True),
        FieldColumn("theirs", "回收值", "text", 20, wrap=True),
        FieldColumn(
            "second",
            "另一回收值",
            "text",
            20,
            help="同一格，本单位另一份回收件填的",
            wrap=True,
            optional=True,
        ),
        FieldColumn(
            "choice",
            "处理",
            "choice",
            13,
            "office",
            choices=RESOLUTIONS,
            marks=(Mark("waiting", f"AND({_UNSETTLED})"),),
        ),
        FieldColumn("other", "另填内容", "text", 19, "office", wrap=True),
        FieldColumn("outcome", "结果", "text", 9),
        FieldColumn("reason", "原因", "text", 30, wrap=True),
        FieldColumn("source", "来源文件", "text", 24, hidden=True),
        FieldColumn("file", "文件名", "text", 22, wrap=True, optional=True),
        FieldColumn("second_id", "另一回收", "text", 14, hidden=True, optional=True),
        FieldColumn("base", "下发值", "text", 20, wrap=True, private=True),
        FieldColumn("round", "轮次", "text", 9, private=True),
    ),
    purpose="总表与回收件不一致之处，点“转到”看总表那一格。",
    filled_by="办公室在“处理”列选择，再点“处理冲突”；未采用的只作记录。",
    in_view="unit",
    tab="unit",
)
