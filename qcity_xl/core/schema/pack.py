"""The pack (单位填报表): what of the master one unit sees, and what of it the unit may write."""

from dataclasses import dataclass, replace

from qcity_xl.core.schema.base import KEY_COLUMN, Column, Table
from qcity_xl.core.schema.plan import CRITERIA
from qcity_xl.core.schema.rounds import ASSIGNMENTS, EVIDENCE


@dataclass(frozen=True, slots=True)
class PackTable:
    """A table of the pack and the master's table that its answers merge into."""

    table: Table
    source: Table

    @property
    def editable(self) -> tuple[str, ...]:
        """Fields that the unit may write."""
        return tuple(c.field for c in self.table.columns if c.editor == "unit")


def _pick(source: Table, *fields: str) -> tuple[Column, ...]:
    return tuple(source.column(field) for field in ("key", *fields))


_HOW = Column("allowed", "怎么填", "text", 26, wrap=True)

PACK_TASKS = PackTable(
    Table(
        "tblPackTasks",
        "本轮任务",
        "本轮任务",
        _pick(
            ASSIGNMENTS,
            *("task", "text", "role", "deadline", "progress", "note", "done_on", "difficulty"),
        ),
        in_view="text",
    ),
    ASSIGNMENTS,
)
PACK_CRITERIA = PackTable(
    Table(
        "tblPackCriteria",
        "自评",
        "得分点自评",
        (
            *_pick(CRITERIA, "label", "text", "points", "kind"),
            _HOW,
            *_pick(CRITERIA, "answer", "note", "reading")[1:],
        ),
        purpose="按“怎么填”一列作答，怎样得分见“规则释义”；答不了的留空并在说明里写原因；留空表示未评，不等于零分。",
        in_view="text",
    ),
    CRITERIA,
)
PACK_EVIDENCE = PackTable(
    Table(
        "tblPackEvidence",
        "佐证",
        "佐证材料",
        (
            *_pick(
                EVIDENCE,
                *("criteria", "kind", "title", "number", "dated", "period"),
            ),
            replace(EVIDENCE.column("location"), help="文件名（电子件随本表发回）或网址"),
            EVIDENCE.column("page"),
            replace(EVIDENCE.column("state"), editor="program"),
            replace(EVIDENCE.column("state_note"), editor="program"),
        ),
        purpose=(
            "一份材料一行；一份材料可对应几个得分点，编号用、隔开。“审核”“退回原因”由办公室填写。"
        ),
        in_view="kind",
    ),
    EVIDENCE,
)
PACK = (PACK_TASKS, PACK_CRITERIA, PACK_EVIDENCE)

# Findings that go back to the unit; hidden in a pack that is sent out.
REPLY = Table(
    "tblPackReply",
    "退回说明",
    "退回说明",
    (
        KEY_COLUMN,
        Column("sheet", "工作表", "text", 12),
        Column("cell", "单元格", "text", 10),
        Column("column", "项目", "text", 14),
        Column("found", "您填的或表里的情况", "text", 44, wrap=True),
        Column("allowed", "应该怎样填", "text", 44, wrap=True),
        Column("fix", "怎么改", "text", 44, wrap=True),
    ),
    purpose="下列各处没有采用，表中已标成橙色；请改好后把本文件发回办公室，其他的不用再动。",
)
GUIDE_SHEET = "填写说明"
IDENTITY_SHEET = "_qcity"  # very hidden; rows of table, row id, field, type, value from row 1
