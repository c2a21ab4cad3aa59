"""重算得分 and 标记缺失佐证: both evaluate the master and write what changed."""

from collections import Counter
from collections.abc import Mapping

from qcity_xl.adapters.evidence_files import file_facts
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.formula_values import SCORES
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS
from qcity_xl.core.scoring.evaluate import Evaluation, evaluate
from qcity_xl.core.values import Value
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Context,
    Report,
    change_data,
    change_lines,
    plain,
)
from qcity_xl.steps.shared.target import Target, open_master

_NAMES = {"claimed": "自评", "evidenced": "佐证", "reviewed": "核定", "ceiling": "最高可得"}


def score(target: Target, context: Context) -> Report:
    """Recount all scores; a second run changes nothing."""
    evaluation, after = _evaluated(target, context, "重算得分", read_files=False)
    totals = {name: _total(after, name) for name in SCORES}
    lines = [f"{_NAMES[name]}：{_total_text(totals[name])}" for name in SCORES]
    unanswered = sum(1 for s in evaluation.scores.criteria.values() if s.claimed is None)
    lines.append(f"{len(evaluation.scores.criteria)}个得分点，{unanswered}个未评。")
    lines += [problem.sentence() for problem in evaluation.scores.problems]
    lines += _change_report(evaluation)
    data = {
        **totals,
        "sections": _sections(after),
        "indicators": _indicators(after),
        "criteria": _criteria(after),
        "changes": len(evaluation.changes),
        "changed": change_data(evaluation.changes),
    }
    return Report(tuple(lines), data, LEFT if evaluation.scores.problems else DONE)


def evidence(target: Target, context: Context) -> Report:
    """Mark what evidence is missing and why; files are read for their SHA-256."""
    evaluation, _ = _evaluated(target, context, "标记缺失佐证", read_files=True)
    assessment = evaluation.assessment
    states = Counter(gap.state for gap in assessment.gaps)
    told = "、".join(f"{state}{count}项" for state, count in states.most_common())
    lines = [
        f"需要佐证{len(assessment.needs)}项，缺{len(assessment.gaps)}项"
        + (f"（{told}）。" if told else "。")
    ]
    by_unit = Counter(gap.need.unit or "（未定单位）" for gap in assessment.gaps)
    lines += [f"  {unit}：缺{count}项" for unit, count in by_unit.most_common()]
    lines += _change_report(evaluation)
    data = {
        "needs": len(assessment.needs),
        "missing": [
            {
                "criterion": gap.need.label,
                "unit": gap.need.unit,
                "kind": gap.need.kind,
                "period": gap.need.period,
                "state": gap.state,
            }
            for gap in assessment.gaps
        ],
        "findings": dict(assessment.findings),
        "changes": len(evaluation.changes),
        "changed": change_data(evaluation.changes),
    }
    return Report(tuple(lines), data)


def _evaluated(
    target: Target, context: Context, command: str, *, read_files: bool
) -> tuple[Evaluation, Master]:
    """Evaluate, commit, and give the master as it is after (also on a dry run)."""
    file = open_master(target)
    evaluation = evaluate(file.master, file_facts(file.master, file.path.parent, read=read_files))
    commit(file, as_lines(evaluation.changes), context, command)
    return evaluation, file.preview(evaluation.changes if context.dry_run else ())


def _change_report(evaluation: Evaluation) -> list[str]:
    if not evaluation.changes:
        return ["与上次相同，没有改动。"]
    return [f"改动{len(evaluation.changes)}格：", *change_lines(evaluation.changes)]


def _total(master: Master, name: str) -> dict[str, object]:
    figures = master.figures
    return {
        "points": _number(figures.get(f"qc_{name}")),
        "bonus": _number(figures.get(f"qc_{name}_bonus")),
    }


def _number(value: Value) -> object:
    return None if value in (None, "") else value


def _total_text(total: Mapping[str, object]) -> str:
    points, bonus = ("未评" if total[k] is None else f"{total[k]}分" for k in ("points", "bonus"))
    return f"基本 {points}，加分 {bonus}"


def _sections(master: Master) -> list[dict[str, object]]:
    return [
        {
            "no": row.get("no"),
            "title": row.get("title"),
            "points": row.get("points"),
            "bonus": text(row, "bonus") == "是",
            **{name: _number(row.get(name)) for name in SCORES},
        }
        for row in master.rows(SECTIONS).values()
    ]


def _indicators(master: Master) -> list[dict[str, object]]:
    return [
        {
            "id": row.get("no"),
            "title": row.get("title"),
            "points": row.get("points"),
            **{name: _number(row.get(name)) for name in SCORES},
            "reason": row.get("reason"),
        }
        for row in master.rows(INDICATORS).values()
    ]


def _criteria(master: Master) -> list[dict[str, object]]:
    names = ("points", "answer", *SCORES, "reason")
    return [
        {"id": row.get("label"), **{name: plain(row.get(name)) for name in names}}
        for row in master.rows(CRITERIA).values()
    ]
