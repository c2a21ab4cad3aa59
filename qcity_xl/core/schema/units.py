"""The units: who answers, and how they are reached."""

from qcity_xl.core.plan import UNIT_KIND_NAMES
from qcity_xl.core.schema.base import KEY_COLUMN, FieldColumn, Table
from qcity_xl.core.schema.formulas import this
from qcity_xl.core.schema.words import LEAD, PARTNER


def _assigned(role: str) -> str:
    """Formula: how many assignments a unit has in this role."""
    mine = f"tblAssignments[单位],{this('tblUnits', '单位名称')}"
    return f'COUNTIFS({mine},tblAssignments[角色],"{role}")'


UNITS = Table(
    "tblUnits",
    "单位",
    "单位",
    (
        KEY_COLUMN,
        FieldColumn("name", "单位名称", "text", 24, "office"),
        FieldColumn("kind", "类型", "choice", 8, "office", choices=tuple(UNIT_KIND_NAMES.values())),
        FieldColumn("aliases", "别名", "text", 30, "office", help="用、隔开", wrap=True),
        FieldColumn(
            "members",
            "成员单位",
            "text",
            40,
            "office",
            help="组才填：成员单位全称，用、隔开；每项任务各不相同的写“按需”，在「任务」的“组成员”写明",
            wrap=True,
        ),
        FieldColumn("contact", "联系人", "text", 12, "office"),
        FieldColumn("phone", "电话", "text", 16, "office"),
        FieldColumn("email", "邮箱", "text", 26, "office"),
        FieldColumn(
            "leading",
            "牵头任务",
            "formula",
            10,
            "formula",
            formula=_assigned(LEAD),
        ),
        FieldColumn(
            "partnering",
            "配合任务",
            "formula",
            10,
            "formula",
            formula=_assigned(PARTNER),
        ),
        FieldColumn("remark", "备注", "text", 20, "office", wrap=True),
        FieldColumn(
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
    purpose="单位名录、别名、联系方式；组要写明成员单位；要加密的填打开口令。",
)
