"""The plan's tables: sections, indicators, criteria, tasks."""

from dataclasses import replace

from qcity_xl.core.plan import COMBINE_NAMES
from qcity_xl.core.rules import KINDS
from qcity_xl.core.schema.base import KEY_COLUMN, FieldColumn, Table
from qcity_xl.core.schema.formulas import (
    FACTORS,
    KEPT,
    SPREAD,
    UNSETTLED,
    indicator_range,
    indicator_total,
    section_range,
    section_total,
)
from qcity_xl.core.schema.marks import Mark, begins, below_points, light_marks, says
from qcity_xl.core.schema.words import (
    COMPLETE,
    FINISHED,
    IN_TROUBLE,
    LACKING,
    YES_NO,
)

_EVIDENCE = (
    Mark("waiting", begins("evidence", LACKING)),
    Mark("good", begins("evidence", COMPLETE)),
)


def _total(score: str) -> FieldColumn:
    """One of the scores of an indicator."""
    header, _, factor = FACTORS[score]
    kept = score == "claimed"
    formula, marks = indicator_total(header, factor, kept=kept), _marks(score)
    return FieldColumn(score, header, "formula", 10, "formula", formula=formula, marks=marks)


def _marks(score: str) -> tuple[Mark, ...]:
    """None for what could be reached at best."""
    return () if score == "ceiling" else below_points(score)


def _kept(what: str) -> FieldColumn:
    """Points that the office had given before it had answers (see core/scoring/kept.py)."""
    said = f"原来台账里自评的分：{what}"
    return FieldColumn(KEPT, "台账得分", "number", 10, "office", help=said, optional=True)


def _section_total(score: str) -> FieldColumn:
    """One of the scores of a section."""
    header, width = FACTORS[score][0], 9 if score == "ceiling" else 8
    name, formula = header.removesuffix("得分"), section_total(header)
    return FieldColumn(score, name, "formula", width, "formula", formula=formula)


# What the scores rest on, beside what they rested on when they were last counted.
SCORED = {"answer": "scored_answer", "ruling": "scored_ruling"}
_OUTDATED = "({})".format(
    "+".join(
        f'(tblCriteria[{header}]&""<>tblCriteria[计分时{header}]&"")'
        for header in ("自评答案", "核定")
    )
)


def _range(formula: str, width: int = 44) -> FieldColumn:
    """From where to where the scores may go while rulings are open."""
    return FieldColumn(
        "range",
        UNSETTLED,
        "formula",
        width,
        "formula",
        formula=formula,
        wrap=True,
        help="待定事项还没有裁定的，得分在这两个数之间；空白表示怎样裁定都一样",
        optional=True,
    )


def _members(what: str) -> FieldColumn:
    """Who belongs to a group here, where that is not who stands on 单位."""
    said = (
        f"{what}里组的成员，与「单位」的名单不同才填：甲局、乙局；或 不含甲局；"
        "写了几个组的，写 组名：甲局、乙局"
    )
    return FieldColumn(
        "members", "组成员", "text", 34, "office", help=said, wrap=True, optional=True, private=True
    )


SECTIONS = Table(
    "tblSections",
    "看板",
    "各部分得分",
    (
        KEY_COLUMN,
        FieldColumn("no", "编号", "number", 6),
        FieldColumn("title", "部分", "text", 28, wrap=True),
        FieldColumn("bonus", "加分项", "choice", 7, choices=YES_NO),
        FieldColumn("points", "分值", "number", 7),
        *map(_section_total, FACTORS),
        FieldColumn(
            "answered",
            "已评得分点",
            "formula",
            9,
            "formula",
            formula=(
                "SUMPRODUCT((tblCriteria[部分]=tblSections[[#This Row],[编号]])"
                '*(tblCriteria[自评答案]<>""))'
            ),
        ),
        FieldColumn(
            "criteria",
            "得分点数",
            "formula",
            8,
            "formula",
            formula="COUNTIFS(tblCriteria[部分],tblSections[[#This Row],[编号]])",
        ),
        FieldColumn(
            "gaps",
            "缺佐证得分点",
            "formula",
            9,
            "formula",
            formula=(
                "COUNTIFS(tblCriteria[部分],tblSections[[#This Row],[编号]],"
                f'tblCriteria[佐证状态],"{LACKING}*")'
            ),
            marks=(Mark("waiting", "{gaps}>0", "！"),),
        ),
        FieldColumn(
            "stale",
            "待重算",
            "formula",
            8,
            "formula",
            formula=(
                f"SUMPRODUCT((tblCriteria[部分]=tblSections[[#This Row],[编号]])*({_OUTDATED}>0))"
            ),
            help="上次重算得分之后改过自评答案或核定的得分点数；不是 0 就请重算得分",
            optional=True,
            marks=(Mark("waiting", "{stale}>0", "！"),),
        ),
        _range(section_range(), 26),
        FieldColumn("goal", "部分目标", "text", 40, hidden=True, optional=True),
    ),
    purpose="全市得分与工作进度一览，分部分列出。",
    filled_by="全部由公式得出，不用填。",
)

INDICATORS = Table(
    "tblIndicators",
    "指标",
    "指标",
    (
        KEY_COLUMN,
        FieldColumn("no", "编号", "number", 7),
        FieldColumn("section", "部分", "number", 7),
        FieldColumn("title", "指标", "text", 44, "office", wrap=True),
        FieldColumn("points", "分值", "number", 8, "office"),
        FieldColumn(
            "combine",
            "组合方式",
            "choice",
            10,
            choices=tuple(COMBINE_NAMES.values()),
            help="得分点怎样合成指标得分；有争议的见待定事项",
        ),
        FieldColumn("methods", "验收方式", "text", 22, "office", wrap=True),
        *map(_total, FACTORS),
        FieldColumn("reason", "得分说明", "text", 46, wrap=True),
        *(
            FieldColumn(field, header, "number", 10, hidden=True)
            for _, field, header in FACTORS.values()
            if field != "factor"
        ),
        *(
            FieldColumn(field, header, "number", 10, hidden=True, optional=True)
            for down, down_header, up, up_header in SPREAD.values()
            for field, header in ((down, down_header), (up, up_header))
        ),
        _range(indicator_range()),
        FieldColumn(
            "factor", "折算系数", "number", 10, help="合理缺项按折算处理时大于 1", private=True
        ),
        FieldColumn("wording", "文件原文", "text", 50, "office", wrap=True, private=True),
        replace(_kept("没有一个得分点有自评答案时按它计自评；有了答案就按答案"), private=True),
        FieldColumn(
            "site",
            "现场地点",
            "text",
            26,
            "office",
            help="现场检查去哪里看；写进迎检包的现场检查清单",
            wrap=True,
            optional=True,
            private=True,
        ),
        _members("本指标各项任务"),
    ),
    purpose="考核指标的分值、验收方式与得分。",
    filled_by="办公室核对指标与分值，得分由公式合成。",
    in_view="title",
)

CRITERIA = Table(
    "tblCriteria",
    "得分点",
    "得分点",
    (
        KEY_COLUMN,
        FieldColumn("label", "编号", "text", 8),
        FieldColumn("text", "得分点", "text", 40, "office", wrap=True),
        FieldColumn("points", "分值", "number", 7, "office"),
        FieldColumn(
            "owner", "自评单位", "text", 14, "office", help="谁来答；默认为首个相关任务的牵头单位"
        ),
        FieldColumn("answer", "自评答案", "text", 20, "unit", wrap=True),
        FieldColumn("ruling", "核定", "text", 16, "office", help="写法与自评答案相同"),
        *(
            FieldColumn(score, header, "number", 10, marks=_marks(score))
            for score, (header, *_) in FACTORS.items()
        ),
        FieldColumn("evidence", "佐证状态", "text", 12, marks=_EVIDENCE),
        FieldColumn("missing", "缺失佐证", "text", 36, wrap=True),
        FieldColumn("reason", "计分理由", "text", 44, wrap=True),
        # What follows is for the screen: a page that shows it all can't be read.
        FieldColumn("note", "自评说明", "text", 30, "unit", wrap=True, private=True),
        FieldColumn("ruling_note", "核定意见", "text", 24, "office", wrap=True, private=True),
        FieldColumn("section", "部分", "number", 7, private=True),
        FieldColumn("indicator", "指标", "number", 7, private=True),
        FieldColumn("kind", "计分方式", "choice", 11, "office", choices=tuple(KINDS), private=True),
        FieldColumn("params", "参数", "text", 28, "office", wrap=True, private=True),
        FieldColumn(
            "reading",
            "规则释义",
            "text",
            90,
            help="程序怎样理解计分方式和参数，并在分界处试算；请与文件对照，不符的改计分方式或参数",
            wrap=True,
            optional=True,
            private=True,
        ),
        FieldColumn(
            "may_be_absent",
            "可缺项",
            "choice",
            8,
            "office",
            choices=YES_NO,
            help="合理缺项：本市没有此类事项时，自评答案可填“不适用”",
            private=True,
        ),
        FieldColumn("period", "佐证周期", "text", 12, "office", private=True),
        FieldColumn(
            "kinds",
            "材料类型",
            "text",
            16,
            "office",
            help="要哪几类佐证，用、隔开；留空按验收方式和计分方式定，不要佐证填“无需”",
            wrap=True,
            optional=True,
            private=True,
        ),
        FieldColumn(
            "effort",
            "办理难度",
            "text",
            10,
            "office",
            help="做到满分、补齐佐证要花多少力气，填数，越大越难；留空按「设置」估，做不到的填“不办”",
            optional=True,
            private=True,
        ),
        replace(_kept("没有自评答案时按它计自评；有了答案就按答案"), private=True),
        *(
            FieldColumn(
                field, f"计分时{header}", "text", 12, hidden=True, optional=True, private=True
            )
            for field, header in (("scored_answer", "自评答案"), ("scored_ruling", "核定"))
        ),
    ),
    purpose="每个指标怎样得分、现在得几分、缺什么佐证。",
    filled_by="单位经填报表填自评，办公室填核定，得分由“重算得分”写入。",
    in_view="text",
)

TASKS = Table(
    "tblTasks",
    "任务",
    "任务",
    (
        KEY_COLUMN,
        FieldColumn("no", "编号", "text", 8),
        FieldColumn("indicator", "指标", "number", 7),
        FieldColumn("text", "工作任务", "text", 56, "office", wrap=True),
        FieldColumn("criteria", "得分点", "text", 16, "office", wrap=True),
        FieldColumn("deadline", "完成时限", "text", 12, "office"),
        FieldColumn("leads", "牵头单位", "text", 18, "office", wrap=True),
        FieldColumn("partners", "配合单位", "text", 30, "office", wrap=True),
        FieldColumn(
            "progress",
            "完成情况",
            "text",
            12,
            marks=(
                Mark("bad", f'ISNUMBER(SEARCH("{IN_TROUBLE}",{{progress}}))'),
                Mark("good", says("progress", FINISHED)),
            ),
        ),
        FieldColumn("evidence", "佐证状态", "text", 16, wrap=True, marks=_EVIDENCE),
        FieldColumn("remark", "备注", "text", 20, "office", wrap=True),
        FieldColumn(
            "milestones",
            "时间节点",
            "text",
            22,
            help="时限只有年份的，按「设置」里“灯”的节点，逢休息日提前到前一个工作日",
            wrap=True,
            optional=True,
        ),
        FieldColumn(
            "light",
            "灯",
            "text",
            13,
            help="▲红：逾期；◆黄：临近、有困难或佐证不齐；●绿：正常；★蓝：已完成",
            optional=True,
            marks=light_marks("light"),
        ),
        _members("本任务"),
        FieldColumn(
            "due_on",
            "到期日",
            "date",
            13,
            help="哪天以前要完成，重算得分、标记缺失佐证时按完成时限算出；「看板」近期到期按它列",
            optional=True,
            private=True,
        ),
    ),
    purpose="任务分解：谁牵头、谁配合、何时完成。",
    filled_by="办公室；多个单位用；隔开，单位名以「单位」表为准。",
    in_view="text",
)
