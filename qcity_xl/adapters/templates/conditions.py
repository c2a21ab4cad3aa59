"""Conditional formats that mean something: always a word, a sign or a label beside the colour."""

from dataclasses import dataclass

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style
from qcity_xl.adapters.templates.grid import Placed

Tone = tuple[str, str]  # ink and background


@dataclass(frozen=True, slots=True)
class Condition:
    """`test` is a formula on the first row; {field} stands for that field's cell.

    `sign` is a number format that puts a sign before the value, where no word tells it.
    """

    field: str
    test: str
    tone: Tone
    sign: str = ""


def _scores(fields: tuple[str, ...]) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            field,
            f"AND(ISNUMBER({{{field}}}),{{{field}}}<{{points}})",
            ("8A5A00", ""),
            style.BELOW,
        )
        for field in fields
    )


_SCORES = _scores(("claimed", "evidenced", "reviewed"))
_EVIDENCE = (
    Condition("evidence", 'LEFT({evidence},1)="缺"', style.AMBER),
    Condition("evidence", 'LEFT({evidence},2)="齐全"', style.GREEN),
)
_MAIL = tuple(
    Condition(field, f'OR({{{field}}}="{one}",{{{field}}}="{other}")', tone)
    for field in ("mail_state", "chase_state")
    for one, other, tone in (
        ("已发送", "已存草稿", style.GREEN),
        ("发送失败", "待核实", style.RED),
    )
)
CONDITIONS: dict[str, tuple[Condition, ...]] = {
    "tblSections": (*_SCORES, Condition("gaps", "{gaps}>0", style.AMBER, style.WAITING)),
    "tblIndicators": _SCORES,
    "tblCriteria": (*_SCORES, *_EVIDENCE),
    "tblTasks": (
        Condition("progress", 'ISNUMBER(SEARCH("有困难",{progress}))', style.RED),
        Condition("progress", '{progress}="已完成"', style.GREEN),
        *_EVIDENCE,
    ),
    "tblAssignments": (
        Condition("progress", '{progress}="已完成"', style.GREEN),
        Condition("progress", '{progress}="有困难"', style.RED),
    ),
    "tblEvidence": (
        Condition("state", '{state}="通过"', style.GREEN),
        Condition("state", '{state}="退回"', style.RED),
        Condition("finding", '{finding}="有效"', style.GREEN),
        Condition("finding", "LEN({finding})>0", style.AMBER),
    ),
    "tblRounds": (
        Condition("state", '{state}="已回收"', style.GREEN),
        Condition(
            "due",
            'AND({state}="已生成",ISNUMBER({due}),{due}<TODAY())',
            style.RED,
            style.OVERDUE,
        ),
        *_MAIL,
    ),
    "tblConflicts": (
        Condition("choice", 'AND({kind}="冲突",{choice}="",{outcome}="")', style.AMBER),
        Condition("kind", 'AND({kind}="冲突",{outcome}="")', style.AMBER),
    ),
    "tblProblems": (
        Condition("severity", '{severity}="错误"', style.RED),
        Condition("severity", '{severity}="提醒"', style.AMBER),
        Condition("severity", '{severity}="提示"', style.GREY),
    ),
    "tblRulings": (Condition("choice", "LEN({choice})>0", style.GREEN),),
    "tblPackTasks": (
        Condition("progress", '{progress}="已完成"', style.GREEN),
        Condition("progress", '{progress}="有困难"', style.RED),
    ),
    "tblPackEvidence": (
        Condition("state", '{state}="通过"', style.GREEN),
        Condition("state", '{state}="退回"', style.RED),
    ),
}


def add_conditions(sheet: Worksheet, placed: Placed) -> None:
    """The conditional formats of a table on its rows."""
    cells = {f: f"${placed.letter(f)}{placed.first}" for f in placed.table.fields}
    for condition in CONDITIONS.get(placed.table.name, ()):
        rule = Rule(
            type="expression",
            formula=[condition.test.format_map(cells)],
            dxf=look(condition.tone, condition.sign),
            stopIfTrue=True,
        )
        sheet.conditional_formatting.add(placed.cells(condition.field), rule)


def look(tone: Tone, sign: str = "") -> DifferentialStyle:
    """Bold ink on a background, with a sign where wanted."""
    ink, background = tone
    made = DifferentialStyle(font=Font(name=None, sz=None, color=ink, b=True))
    if background:
        made.fill = style.fill(background)
    if sign:
        made.numFmt = style.sign_format(sign)
    return made
