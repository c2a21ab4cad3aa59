"""The office's own tables: problems, open rulings, log, settings."""

from qcity_xl.core.schema.base import KEY_COLUMN, FieldColumn, Table
from qcity_xl.core.schema.formulas import GO, this
from qcity_xl.core.schema.marks import Mark, says
from qcity_xl.core.schema.words import ERROR, INFO, LOG_ACTIONS, SEVERITIES, WARNING
from qcity_xl.core.values import ColumnType

_SHEET, _CELL = this("tblProblems", "工作表"), this("tblProblems", "单元格")
_LINK = f'IF({_CELL}="","",HYPERLINK("#\'"&{_SHEET}&"\'!"&{_CELL},"{GO}"))'

PROBLEMS = Table(
    "tblProblems",
    "问题",
    "问题",
    (
        KEY_COLUMN,
        FieldColumn(
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
        FieldColumn("sheet", "工作表", "text", 11),
        FieldColumn("cell", "单元格", "text", 9),
        FieldColumn("found", "发现", "text", 44, wrap=True),
        FieldColumn("allowed", "应为", "text", 36, wrap=True),
        FieldColumn("fix", "处理办法", "text", 40, wrap=True),
        FieldColumn("check", "检查项", "text", 12),
        FieldColumn(
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
    "待定事项",
    (
        KEY_COLUMN,
        FieldColumn("subject", "对象", "text", 12, help="指标、得分点、任务编号或单位"),
        FieldColumn("item", "事项", "text", 12),
        FieldColumn("question", "问题", "text", 42, wrap=True),
        FieldColumn("options", "可选", "text", 22, wrap=True),
        FieldColumn("default", "默认", "text", 18, wrap=True),
        FieldColumn(
            "choice",
            "裁定",
            "text",
            18,
            "office",
            help="留空按默认；改裁定后请重算得分",
            marks=(Mark("good", "LEN({choice})>0"),),
        ),
        FieldColumn("reason", "理由", "text", 34, wrap=True),
        FieldColumn(
            "effect",
            "各选项的影响",
            "text",
            34,
            help="换成这个选项，总分变多少；由“重算得分”写入",
            wrap=True,
            optional=True,
        ),
        FieldColumn(
            "weight",
            "影响分值",
            "number",
            10,
            help="怎样裁定最多差几分；空白表示不影响得分",
            marks=(Mark("waiting", "AND(N({weight})>0,LEN({choice})=0)", "！"),),
            optional=True,
        ),
        FieldColumn("ruled_by", "裁定人", "text", 12, "office", optional=True),
        FieldColumn("ruled_on", "裁定日期", "date", 12, "office", optional=True),
        FieldColumn(
            "ground",
            "裁定依据",
            "text",
            20,
            "office",
            help="凭什么这样定：会议、文件、上级答复",
            wrap=True,
            optional=True,
        ),
    ),
    purpose="文件没有写明的口径，先按默认计算；影响得分的排在前面。",
    filled_by="办公室在“裁定”列定夺，留空按默认；其余的可用“同意默认”一次确认。",
    in_view="item",
)

STEPS = Table(
    "tblSteps",
    "加分建议",
    "加分建议",
    (
        KEY_COLUMN,
        FieldColumn("order", "次序", "number", 7),
        FieldColumn("section", "部分", "number", 7),
        FieldColumn("indicator", "指标", "number", 7),
        FieldColumn("label", "得分点", "text", 9),
        FieldColumn("text", "内容", "text", 42, wrap=True),
        FieldColumn("unit", "自评单位", "text", 16),
        FieldColumn("deadline", "完成时限", "text", 14, wrap=True),
        FieldColumn("answer", "现在的答案", "text", 18, wrap=True),
        FieldColumn("target", "做到", "text", 22, wrap=True),
        FieldColumn("missing", "要补的佐证", "text", 36, wrap=True),
        FieldColumn("gain", "加分", "number", 8),
        FieldColumn("effort", "难度", "number", 8),
    ),
    purpose="再得若干分，花力气最少的一组办法；按次序办，可按单位、部分筛选。",
    filled_by="“加分建议”自动生成；难度在「得分点」的“办理难度”改。",
    in_view="label",
    tab="program",
)

# The first line of an operation, under which the others are folded away.
_BEGINS = Mark("done", '{operation}&""<>OFFSET({operation},-1,0)&""')


def _said_once(field: str, header: str, kind: ColumnType, width: int) -> FieldColumn:
    """What all lines of an operation have in common."""
    return FieldColumn(field, header, kind, width, marks=(_BEGINS,))


LOG = Table(
    "tblLog",
    "日志",
    "日志",
    (
        KEY_COLUMN,
        _said_once("operation", "操作号", "number", 8),
        _said_once("time", "时间", "text", 17),
        _said_once("user", "操作人", "text", 12),
        _said_once("command", "操作", "text", 12),
        FieldColumn("action", "动作", "choice", 8, choices=LOG_ACTIONS),
        FieldColumn("sheet", "工作表", "text", 10),
        FieldColumn("row", "行", "text", 18),
        FieldColumn("column", "列", "text", 12),
        FieldColumn("old", "原值", "text", 30, wrap=True),
        FieldColumn("new", "新值", "text", 30, wrap=True),
        FieldColumn("source", "来源", "text", 24),
        FieldColumn("chain", "校验", "text", 18, hidden=True),
    ),
    purpose="每次操作一行（蓝底），点左边的＋看它改的每一格：原值与新值，可据此撤销。",
    filled_by="自动生成，只增不改。要打印的，选中那几行，打印选定区域。",
    in_view="time",
    tab="program",
    printed=False,
)

MAIL = Table(
    "tblMail",
    "邮件模板",
    "邮件模板",
    (
        KEY_COLUMN,
        FieldColumn("use", "用途", "text", 10),
        FieldColumn("subject", "主题", "text", 40, "office", wrap=True),
        FieldColumn("text", "正文", "text", 80, "office", wrap=True),
        FieldColumn("signature", "署名", "text", 34, "office", wrap=True),
    ),
    purpose="下发、提醒、催办、督办、退回的邮件和函件怎么写。",
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
        FieldColumn("group", "类别", "text", 14),
        FieldColumn("item", "项目", "text", 26),
        FieldColumn("value", "值", "text", 30, "office", wrap=True),
        FieldColumn("help", "说明", "text", 60, wrap=True),
    ),
    purpose="本市与程序的参数。",
    filled_by="办公室在“值”列填写。",
    in_view="item",
    shipped=True,
)
