"""The office's own tables: problems, open rulings, log, settings."""

from qcity_xl.core.schema.base import KEY_COLUMN, Column, Table
from qcity_xl.core.schema.formulas import this
from qcity_xl.core.schema.marks import Mark, says
from qcity_xl.core.schema.words import ERROR, INFO, LOG_ACTIONS, SEVERITIES, WARNING

_SHEET, _CELL = this("tblProblems", "工作表"), this("tblProblems", "单元格")
_LINK = f'IF({_CELL}="","",HYPERLINK("#\'"&{_SHEET}&"\'!"&{_CELL},"转到"))'

PROBLEMS = Table(
    "tblProblems",
    "问题",
    "检查发现的问题",
    (
        KEY_COLUMN,
        Column(
            "severity",
            "级别",
            "choice",
            8,
            choices=SEVERITIES,
            marks=(
                Mark("bad", says("severity", ERROR)),
                Mark("waiting", says("severity", WARNING)),
                Mark("quiet", says("severity", INFO)),
            ),
        ),
        Column("sheet", "工作表", "text", 11),
        Column("cell", "单元格", "text", 9),
        Column("found", "发现", "text", 44, wrap=True),
        Column("allowed", "应为", "text", 36, wrap=True),
        Column("fix", "处理办法", "text", 40, wrap=True),
        Column("check", "检查项", "text", 12),
        Column(
            "link",
            "定位",
            "formula",
            8,
            "formula",
            formula=_LINK,
        ),
    ),
    purpose="“检查”发现的问题及处理办法，点“转到”定位。",
    filled_by="自动生成，改好后再检查一次。",
    in_view="cell",
    tab="program",
)

RULINGS = Table(
    "tblRulings",
    "待定事项",
    "待定事项与裁定",
    (
        KEY_COLUMN,
        Column("subject", "对象", "text", 16, help="指标、得分点、任务编号或单位"),
        Column("item", "事项", "text", 12),
        Column("question", "问题", "text", 48, wrap=True),
        Column("options", "可选", "text", 26, wrap=True),
        Column("default", "默认", "text", 22, wrap=True),
        Column(
            "choice",
            "裁定",
            "text",
            18,
            "office",
            help="留空按默认；改裁定后请重算得分",
            marks=(Mark("good", "LEN({choice})>0"),),
        ),
        Column("reason", "理由", "text", 44, wrap=True),
    ),
    purpose="文件没有写明的口径，先按默认计算。",
    filled_by="办公室在“裁定”列定夺，留空按默认。",
    in_view="item",
)

LOG = Table(
    "tblLog",
    "日志",
    "操作日志",
    (
        KEY_COLUMN,
        Column("operation", "操作号", "number", 8),
        Column("time", "时间", "text", 17),
        Column("user", "操作人", "text", 12),
        Column("command", "操作", "text", 12),
        Column("action", "动作", "choice", 8, choices=LOG_ACTIONS),
        Column("sheet", "工作表", "text", 10),
        Column("row", "行", "text", 18),
        Column("column", "列", "text", 12),
        Column("old", "原值", "text", 30, wrap=True),
        Column("new", "新值", "text", 30, wrap=True),
        Column("source", "来源", "text", 24),
        Column("chain", "校验", "text", 18, hidden=True),
    ),
    purpose="每次改动的原值与新值，可据此撤销。",
    filled_by="自动生成，只增不改。",
    in_view="time",
    tab="program",
)

MAIL = Table(
    "tblMail",
    "邮件模板",
    "邮件与函件模板",
    (
        KEY_COLUMN,
        Column("use", "用途", "text", 10),
        Column("subject", "主题", "text", 40, "office", wrap=True),
        Column("text", "正文", "text", 80, "office", wrap=True),
        Column("signature", "署名", "text", 34, "office", wrap=True),
    ),
    purpose="下发、提醒、催办、督办的邮件和函件怎么写。",
    filled_by=(
        "办公室；可用 {单位} {联系人} {轮次} {截止日期} {任务数} {任务清单} {逾期天数} {城市} "
        "{办公室联系人} {日期}。"
    ),
    shipped=True,
)

SETTINGS = Table(
    "tblSettings",
    "设置",
    "设置",
    (
        KEY_COLUMN,
        Column("group", "类别", "text", 14),
        Column("item", "项目", "text", 26),
        Column("value", "值", "text", 30, "office", wrap=True),
        Column("help", "说明", "text", 60, wrap=True),
    ),
    purpose="本市与程序的参数。",
    filled_by="办公室在“值”列填写。",
    in_view="item",
    shipped=True,
)
