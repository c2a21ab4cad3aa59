"""What changed since the last round, as data and for people."""

from qcity_xl.core.history.progress_lines import moved_since
from qcity_xl.core.history.score_lines import before_this_round, current_round, lines_of
from qcity_xl.core.master.formula_values import SCORES
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema.history import SCORE_NAMES
from qcity_xl.steps.shared.history_data import GainData, SinceData
from qcity_xl.steps.shared.outcome import Column, Section

_SHOWN = 12


def compared(master: Master) -> SinceData | None:
    """The last line of 得分记录 beside the last one of another round; None where there is none."""
    lines, name = lines_of(master), current_round(master)
    before = before_this_round(lines, name)
    if before is None:
        return None
    now = lines[-1]
    numbers = sorted({*before.sections, *now.sections}, key=int)
    pairs = [
        ("", before.points, now.points),
        *((no, before.sections.get(no, {}), now.sections.get(no, {})) for no in numbers),
    ]
    gains: list[GainData] = [
        {"section": no, "score": SCORE_NAMES[s], "before": old.get(s), "now": new.get(s)}
        for no, old, new in pairs
        for s in SCORES
        if old.get(s) != new.get(s)
    ]
    return {
        "round": before.round,
        "date": before.day.isoformat(),
        "gains": gains,
        "progress": [
            {"task": m.task, "unit": m.unit, "before": m.before, "now": m.after}
            for m in moved_since(master, name)
        ],
    }


def since_sections(since: SinceData | None) -> tuple[Section, ...]:
    """The same as tables; nothing where nothing changed."""
    if since is None:
        return ()
    when = f"{since['round'] or '第一轮之前'}（{since['date']}）"
    gains = tuple(
        (f"第{g['section']}部分" if g["section"] else "合计", g["score"], g["before"], g["now"])
        for g in since["gains"]
    )
    moved = tuple(
        (m["task"], m["unit"], m["before"] or "没有报过", m["now"]) for m in since["progress"]
    )
    return (
        Section(
            f"比{when}变化的得分",
            (Column("部分"), Column("得分"), Column("上轮", "points"), Column("现在", "points")),
            gains,
            most=_SHOWN,
        ),
        Section(
            "这一轮变化的进展",
            (Column("任务"), Column("单位"), Column("以前"), Column("现在")),
            moved,
            most=_SHOWN,
        ),
    )
