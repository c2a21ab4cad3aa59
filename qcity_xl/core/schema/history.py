"""What was, beside what is: the scores of each run, and what units said in each round."""

from qcity_xl.core.schema.base import KEY_COLUMN, FieldColumn, Table
from qcity_xl.core.schema.marks import Mark, says
from qcity_xl.core.schema.words import GONE, NEW, PROGRESS, REVISED

SCORE_NAMES = {"claimed": "自评", "evidenced": "佐证", "reviewed": "核定", "ceiling": "最高可得"}

SCORE_LINES = Table(
    "tblScoreLines",
    "得分记录",
    "得分记录",
    (
        KEY_COLUMN,
        FieldColumn("date", "日期", "date", 13),
        FieldColumn("round", "轮次", "text", 12),
        *(FieldColumn(field, name, "number", 10) for field, name in SCORE_NAMES.items()),
        *(
            FieldColumn(f"{field}_bonus", f"加分{name}", "number", 12)
            for field, name in SCORE_NAMES.items()
        ),
        *(
            FieldColumn(f"{field}_sections", f"各部分{name}", "text", 30, wrap=True)
            for field, name in SCORE_NAMES.items()
        ),
    ),
    purpose="每次重算写一行：当时的三种得分和最高可得，合计与各部分；空白是未评。",
    filled_by="自动生成，“重算得分”“标记缺失佐证”写入，请勿改动。",
    in_view="date",
    tab="program",
)

PROGRESS_LINES = Table(
    "tblProgressLines",
    "进展记录",
    "进展记录",
    (
        KEY_COLUMN,
        FieldColumn("round", "轮次", "text", 12),
        FieldColumn("task", "任务", "text", 8),
        FieldColumn("unit", "单位", "text", 16),
        FieldColumn("progress", "完成情况", "choice", 11, choices=PROGRESS),
        FieldColumn("note", "进展说明", "text", 50, wrap=True),
        FieldColumn("done_on", "完成日期", "date", 13),
        FieldColumn("difficulty", "困难和建议", "text", 36, wrap=True),
    ),
    purpose="每一轮各单位报了什么；「填报」只有最近的，这里每轮都留着。",
    filled_by="自动生成，重算得分和下一轮拆分下发时写入，请勿改动。",
    in_view="unit",
    tab="program",
)

REVISIONS = Table(
    "tblRevisions",
    "新旧对照",
    "新旧对照",
    (
        KEY_COLUMN,
        FieldColumn("version", "新版文件", "text", 24, wrap=True),
        FieldColumn("kind", "类别", "choice", 9, choices=REVISED),
        FieldColumn(
            "change",
            "变化",
            "text",
            14,
            wrap=True,
            marks=(Mark("bad", says("change", GONE)), Mark("good", says("change", NEW))),
        ),
        FieldColumn("old_no", "原编号", "text", 11),
        FieldColumn("new_no", "新编号", "text", 11),
        FieldColumn("old", "原来", "text", 46, wrap=True),
        FieldColumn("new", "现在", "text", 46, wrap=True),
        FieldColumn("held", "取消时各栏", "text", 60, wrap=True),
    ),
    purpose="换用新版任务分解表时的新旧对照；取消的，填报、自评、核定、裁定和佐证都留在“取消时各栏”。",
    filled_by="自动生成，“换用新表”写入，请勿改动。",
    in_view="new_no",
    tab="program",
)
