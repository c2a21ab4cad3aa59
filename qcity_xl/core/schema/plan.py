"""The plan's tables: sections, indicators, criteria, tasks, units."""

from qcity_xl.core.plan import COMBINE_NAMES, UNIT_KIND_NAMES
from qcity_xl.core.rules import KINDS
from qcity_xl.core.schema.base import KEY_COLUMN, Column, Table
from qcity_xl.core.schema.formulas import FACTORS, indicator_total, section_total, this
from qcity_xl.core.schema.words import LACKING, LEAD, PARTNER, YES_NO


def _assigned(role: str) -> str:
    """Formula: how many assignments a unit has in this role."""
    mine = f"tblAssignments[单位],{this('tblUnits', '单位名称')}"
    return f'COUNTIFS({mine},tblAssignments[角色],"{role}")'


def _total(score: str) -> Column:
    """One of the scores of an indicator."""
    header, _, factor = FACTORS[score]
    return Column(score, header, "formula", 10, "formula", formula=indicator_total(header, factor))


SECTIONS = Table(
    "tblSections",
    "看板",
    "各部分得分",
    (
        KEY_COLUMN,
        Column("no", "编号", "number", 7),
        Column("title", "部分", "text", 30, wrap=True),
        Column("bonus", "加分项", "choice", 8, choices=YES_NO),
        Column("points", "分值", "number", 8),
        Column("claimed", "自评", "formula", 9, "formula", formula=section_total("自评得分")),
        Column("evidenced", "佐证", "formula", 9, "formula", formula=section_total("佐证得分")),
        Column("reviewed", "核定", "formula", 9, "formula", formula=section_total("核定得分")),
        Column("ceiling", "最高可得", "formula", 10, "formula", formula=section_total("最高可得")),
        Column(
            "answered",
            "已评得分点",
            "formula",
            12,
            "formula",
            formula=(
                "SUMPRODUCT((tblCriteria[部分]=tblSections[[#This Row],[编号]])"
                '*(tblCriteria[自评答案]<>""))'
            ),
        ),
        Column(
            "criteria",
            "得分点数",
            "formula",
            10,
            "formula",
            formula="COUNTIFS(tblCriteria[部分],tblSections[[#This Row],[编号]])",
        ),
        Column(
            "gaps",
            "缺佐证得分点",
            "formula",
            13,
            "formula",
            formula=(
                "COUNTIFS(tblCriteria[部分],tblSections[[#This Row],[编号]],"
                f'tblCriteria[佐证状态],"{LACKING}*")'
            ),
        ),
    ),
)

INDICATORS = Table(
    "tblIndicators",
    "指标",
    "考核指标",
    (
        KEY_COLUMN,
        Column("no", "编号", "number", 7),
        Column("section", "部分", "number", 7),
        Column("title", "指标", "text", 44, "office", wrap=True),
        Column("points", "分值", "number", 8, "office"),
        Column(
            "combine",
            "组合方式",
            "choice",
            10,
            choices=tuple(COMBINE_NAMES.values()),
            help="得分点怎样合成指标得分；有争议的见待定事项",
        ),
        Column("methods", "验收方式", "text", 22, "office", wrap=True),
        _total("claimed"),
        _total("evidenced"),
        _total("reviewed"),
        _total("ceiling"),
        Column("factor", "折算系数", "number", 10, help="合理缺项按折算处理时大于 1"),
        Column("reason", "得分说明", "text", 46, wrap=True),
        Column("wording", "文件原文", "text", 50, "office", wrap=True),
        *(
            Column(field, header, "number", 10, hidden=True)
            for _, field, header in FACTORS.values()
            if field != "factor"
        ),
    ),
)

CRITERIA = Table(
    "tblCriteria",
    "得分点",
    "得分点与自评",
    (
        KEY_COLUMN,
        Column("label", "编号", "text", 8),
        Column("section", "部分", "number", 7),
        Column("indicator", "指标", "number", 7),
        Column("text", "得分点", "text", 42, "office", wrap=True),
        Column("points", "分值", "number", 7, "office"),
        Column("kind", "计分方式", "choice", 11, "office", choices=tuple(KINDS)),
        Column("params", "参数", "text", 28, "office", wrap=True),
        Column(
            "may_be_absent",
            "可缺项",
            "choice",
            8,
            "office",
            choices=YES_NO,
            help="合理缺项：本市没有此类事项时，自评答案可填“不适用”",
        ),
        Column("period", "佐证周期", "text", 12, "office"),
        Column(
            "owner", "自评单位", "text", 14, "office", help="谁来答；默认为首个相关任务的牵头单位"
        ),
        Column("answer", "自评答案", "text", 20, "unit", wrap=True),
        Column("note", "自评说明", "text", 30, "unit", wrap=True),
        Column("ruling", "核定", "text", 16, "office", help="写法与自评答案相同"),
        Column("ruling_note", "核定意见", "text", 24, "office", wrap=True),
        Column("claimed", "自评得分", "number", 10),
        Column("evidenced", "佐证得分", "number", 10),
        Column("reviewed", "核定得分", "number", 10),
        Column("ceiling", "最高可得", "number", 10),
        Column("reason", "计分理由", "text", 44, wrap=True),
        Column("evidence", "佐证状态", "text", 12),
        Column("missing", "缺失佐证", "text", 36, wrap=True),
    ),
)

TASKS = Table(
    "tblTasks",
    "任务",
    "工作任务",
    (
        KEY_COLUMN,
        Column("no", "编号", "text", 8),
        Column("indicator", "指标", "number", 7),
        Column("text", "工作任务", "text", 56, "office", wrap=True),
        Column("criteria", "得分点", "text", 16, "office", wrap=True),
        Column("deadline", "完成时限", "text", 12, "office"),
        Column("leads", "牵头单位", "text", 18, "office", wrap=True),
        Column("partners", "配合单位", "text", 30, "office", wrap=True),
        Column("progress", "完成情况", "text", 12),
        Column("evidence", "佐证状态", "text", 16, wrap=True),
        Column("remark", "备注", "text", 20, "office", wrap=True),
    ),
)

UNITS = Table(
    "tblUnits",
    "单位",
    "单位名录",
    (
        KEY_COLUMN,
        Column("name", "单位名称", "text", 24, "office"),
        Column("kind", "类型", "choice", 8, "office", choices=tuple(UNIT_KIND_NAMES.values())),
        Column("aliases", "别名", "text", 30, "office", help="用、隔开", wrap=True),
        Column(
            "members",
            "成员单位",
            "text",
            40,
            "office",
            help="组才填：成员单位全称，用、隔开",
            wrap=True,
        ),
        Column("contact", "联系人", "text", 12, "office"),
        Column("phone", "电话", "text", 16, "office"),
        Column("email", "邮箱", "text", 26, "office"),
        Column(
            "leading",
            "牵头任务",
            "formula",
            10,
            "formula",
            formula=_assigned(LEAD),
        ),
        Column(
            "partnering",
            "配合任务",
            "formula",
            10,
            "formula",
            formula=_assigned(PARTNER),
        ),
        Column("remark", "备注", "text", 20, "office", wrap=True),
        Column(
            "password",
            "打开口令",
            "text",
            14,
            "office",
            help="填了，下发给这个单位的填报表就加密，凭口令打开；请电话告诉单位，不要写在邮件里",
            optional=True,
            private=True,
        ),
    ),
)
