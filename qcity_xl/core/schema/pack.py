"""The pack (填报表): what of the master one unit sees, and what of it the unit may write."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from qcity_xl.core.changes import KEY
from qcity_xl.core.schema.base import KEY_COLUMN, FieldColumn, Table
from qcity_xl.core.schema.marks import Mark, begins, says
from qcity_xl.core.schema.plan import CRITERIA
from qcity_xl.core.schema.rounds import ASSIGNMENTS, EVIDENCE
from qcity_xl.core.text import fold

TITLE = "质量强市考核填报表"
SIGNED = ("填报人", "电话", "审核人", "日期")  # labels of cells that people fill above the tables
# What stood around the tables of packs before and stands there no more.
FORMER = (
    "质量强市考核单位填报表",
    "截止日期",
    "办公室联系人",
    "① 只填黄色格，灰色格已锁定；没有变化的不用动，办公室已预填上次的内容。",
    "② 三张表依次填：本轮任务（进展）→ 自评（按“怎么填”作答）→ 佐证（一份材料一行，原件备查）。",
    "③ 填好保存，把这个文件发回办公室即可。文件可以改名，请勿删表、删行、加列。",
    "已锁定",
    "请填写",
    "一份材料一行；一份材料可对应几个得分点，编号用、隔开。“审核”“退回原因”由办公室填写。",
    "下列各处没有采用，表中已标成橙色；请改好后把本文件发回办公室，其他的不用再动。",
)
WHOSE = "{whose}"  # in the footers of the blank pack: unit and round come here
LATE, NEW = "逾期", "新"  # 提示 of a task: its deadline is past; the unit has not had it before
BY_YEAR = "右边按年填"  # 自评答案 of a row that asks each year
MOST_YEARS = 4  # columns that a blank pack has for years
NOT_GIVEN = "缺这份材料，请补"  # 问题和怎么改 of a line that is prepared for what is missing


@dataclass(frozen=True)
class PackTable:
    """A table of the pack and the master's table that its answers merge into."""

    table: Table
    source: Table

    @cached_property
    def editable(self) -> tuple[str, ...]:
        """Fields that the unit may write."""
        return tuple(c.field for c in self.table.columns if c.editor == "unit")

    @cached_property
    def laid_out(self) -> Table:
        """The table as it stands on its sheet: right of 自评答案 there is room for years."""
        columns = list(self.table.columns)
        if "answer" in self.table.fields:
            at = self.table.fields.index("answer") + 1
            columns[at:at] = [_year(number) for number in range(1, MOST_YEARS + 1)]
        return replace(self.table, columns=tuple(columns))

    @cached_property
    def shared(self) -> tuple[FieldColumn, ...]:
        """The columns that the master has too."""
        own = self.source.fields
        return tuple(c for c in self.table.columns if c.field in own and c.field != KEY)


def _pick(source: Table, *fields: str, **widths: int) -> tuple[FieldColumn, ...]:
    """Columns of the master's table, narrower or wider where a page of A4 asks for it."""
    columns = map(source.column, fields)
    return tuple(replace(c, width=widths.get(c.field, c.width), private=False) for c in columns)


def _shown(field: str, header: str, width: int) -> FieldColumn:
    """What is told beside a row, in packs since it is told; no answer stands there."""
    return FieldColumn(field, header, "text", width, wrap=True, optional=True)


def _year(number: int) -> FieldColumn:
    """Room for a year's answer, whose header becomes that year; hidden until then."""
    return FieldColumn(f"year_{number}", f"第{number}年", "text", 9, "unit", wrap=True, hidden=True)


def year_of(header: str) -> int | None:
    """The year that a header of 自评 stands for; 0 for room that was not used, None for others."""
    match = re.fullmatch(r"✎?(?:((?:19|20)\d\d)年度?|第[1-9]年)", fold(header))
    return int(match[1] or 0) if match else None


_TOLD = (
    Mark("bad", begins("hint", LATE)),
    Mark("waiting", begins("hint", "上次")),
    Mark("done", begins("hint", NEW)),
)
# Widths are such that a page of A4 shows all that is printed at 8 points or more.
PACK_TASKS = PackTable(
    Table(
        "tblPackTasks",
        "本轮任务",
        "本轮任务",
        (
            KEY_COLUMN,
            *_pick(ASSIGNMENTS, "task", "text", "role", task=8, text=32, role=6),
            _shown("indicator", "指标", 14),
            _shown("leads", "牵头单位", 11),
            replace(ASSIGNMENTS.column("deadline"), width=10, wrap=True),
            replace(_shown("hint", "提示", 14), marks=_TOLD),
            *_pick(ASSIGNMENTS, "progress", "note", progress=11, note=28),
            *_pick(ASSIGNMENTS, "done_on", "difficulty", done_on=12, difficulty=17),
            replace(_shown("methods", "验收方式", 24), wrap=False, private=True),
            replace(_shown("rules", "怎样得分", 90), wrap=False, private=True),
            replace(_shown("own", "办公室提示", 50), wrap=False, private=True),
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
            KEY_COLUMN,
            *_pick(CRITERIA, "label", "text", "points", "kind", text=34, kind=9),
            replace(
                _shown("allowed", "怎么填", 34), marks=(Mark("waiting", begins("allowed", "上次")),)
            ),
            *_pick(CRITERIA, "answer", "note", answer=12, note=25),
            CRITERIA.column("reading"),
            replace(_shown("own", "办公室提示", 50), wrap=False, private=True),
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
            KEY_COLUMN,
            *_pick(EVIDENCE, "criteria", "kind", "title", criteria=10, kind=11, title=29),
            *_pick(EVIDENCE, "number", "dated", "period", number=15, dated=12, period=10),
            replace(EVIDENCE.column("location"), width=20, help="文件名（电子件随本表报送）或网址"),
            *_pick(EVIDENCE, "page", page=7),
            replace(
                _shown("fault", "问题和怎么改", 20),
                marks=(
                    Mark("quiet", says("fault", NOT_GIVEN)),
                    Mark("waiting", "LEN({fault})>0"),
                ),
            ),
            replace(EVIDENCE.column("state"), editor="program"),
            replace(EVIDENCE.column("state_note"), width=13, editor="program"),
        ),
        purpose=(
            "一份材料一行；一份材料可对应几个得分点，编号用、隔开。"
            "有问题的排在最前，写明怎么改；“审核”“退回原因”由办公室填写。"
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
        FieldColumn("sheet", "工作表", "text", 12),
        FieldColumn("cell", "单元格", "text", 10),
        FieldColumn("column", "项目", "text", 14),
        FieldColumn("found", "您填的或表里的情况", "text", 44, wrap=True),
        FieldColumn("allowed", "应该怎样填", "text", 44, wrap=True),
        FieldColumn("fix", "怎么改", "text", 44, wrap=True),
    ),
    purpose="下列各处没有采用，表中已标成橙色；请改好后把本文件报送办公室，其他的不用再动。",
)
GUIDE_SHEET = "填写说明"
IDENTITY_SHEET = "_qcity"  # very hidden; rows of table, row id, field, type, value from row 1
