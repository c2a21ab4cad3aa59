"""The office's own tables: problems, open rulings, log, settings."""

from qcity_xl.core.problems import SEVERITY_NAMES
from qcity_xl.core.schema.base import KEY_COLUMN, Column, Table
from qcity_xl.core.schema.formulas import this
from qcity_xl.core.schema.words import LOG_ACTIONS

_SHEET, _CELL = this("tblProblems", "工作表"), this("tblProblems", "单元格")
_LINK = f'IF({_CELL}="","",HYPERLINK("#\'"&{_SHEET}&"\'!"&{_CELL},"转到"))'

PROBLEMS = Table(
    "tblProblems",
    "问题",
    "检查发现的问题",
    (
        KEY_COLUMN,
        Column("severity", "级别", "choice", 8, choices=tuple(SEVERITY_NAMES.values())),
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
        Column("choice", "裁定", "text", 18, "office", help="留空按默认；改裁定后请重算得分"),
        Column("reason", "理由", "text", 44, wrap=True),
    ),
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
    shipped=True,
)
