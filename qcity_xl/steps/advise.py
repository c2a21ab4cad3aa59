"""加分建议: the cheapest next steps for so many points more, and what if."""

from collections.abc import Callable, Iterable, Sequence

from qcity_xl.adapters.evidence_files import file_facts
from qcity_xl.adapters.solver import cheapest
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.errors import QcityError
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import CRITERIA, SECTIONS, STEPS
from qcity_xl.core.schema.history import SCORE_NAMES
from qcity_xl.core.scoring.assumptions import Assumption, assumed, parse_assumptions
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.moves import CLAIMED, EVIDENCED
from qcity_xl.core.scoring.next_steps import NextStep, NextSteps, next_steps, step_changes
from qcity_xl.core.text import number_text
from qcity_xl.core.values import parse_number
from qcity_xl.steps.shared.advise_data import AdviseData, GroupData, NextStepData
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Outcome,
    Section,
    change_data,
    plain,
)
from qcity_xl.steps.shared.score_data import Total
from qcity_xl.steps.shared.target import Target, open_sound

_SHOWN = 20


class NoPoints(QcityError):
    """A wish for points that is no number above 0."""

    def __init__(self, found: object) -> None:
        """Say what it has to be."""
        super().__init__(f"要再得几分，填的是“{found}”。请填大于 0 的数，如 30。")


def advise(
    target: Target,
    context: Context,
    points: float | str | None = None,
    assume: Sequence[str] | str = (),
    claimed: bool = False,
    basic: bool = False,
) -> Outcome[AdviseData]:
    """The steps for `points` more of 佐证 (or 自评, if `claimed`), on 加分建议.

    None for as many as 设置 says.
    With `assume` (28(1)=95%) answers are tried, and nothing is written.
    """
    wanted = _wanted(points)
    file = open_sound(target)
    written = assume.replace(";", "；").split("；") if isinstance(assume, str) else assume
    assumptions = parse_assumptions(file.master, [one for one in written if one.strip()])
    facts = file_facts(
        file.master, file.path, remember=not context.dry_run, progress=context.progress
    )
    supposed = assumed(file.master, assumptions)
    evaluation = evaluate(supposed, facts)
    after = supposed.with_changes(evaluation.changes)
    score = CLAIMED if claimed else EVIDENCED
    found = next_steps(after, evaluation, wanted, score, cheapest, basic=basic)
    changes = [] if assumptions else step_changes(file.master, found.steps)
    commit(file, as_lines(changes), context, BY_ID["advise"].title)
    before = file.master.with_changes(evaluate(file.master, facts).changes)
    groups = _by_unit(found.steps), _by_section(after, found.steps)
    data: AdviseData = {
        "score": score,
        "points": wanted,
        "feasible": found.feasible,
        "greatest": found.greatest,
        "gain": found.gain,
        "effort": found.effort,
        "steps": [_step_data(step) for step in found.steps],
        "units": groups[0],
        "sections": groups[1],
        "assumed": [{"criterion": a.label, "answer": a.answer} for a in assumptions],
        "before": _total(before, score),
        "now": _total(after, score),
        "closed": [text(after.rows(CRITERIA)[key], "label") for key in found.moves.closed],
        "changes": len(changes),
        "changed": change_data(changes),
    }
    return Outcome(
        _headline(found, SCORE_NAMES[score]),
        data,
        DONE if found.feasible else LEFT,
        sections=(
            *_supposed(data, assumptions, SCORE_NAMES[score]),
            _listed(found.steps),
            _grouped("按单位", groups[0]),
            _grouped("按部分", groups[1]),
        ),
        notices=tuple(_notices(after, found, written_nothing=bool(assumptions))),
        changes=len(changes),
    )


def _wanted(points: float | str | None) -> float | None:
    if points is None:
        return None
    number = parse_number(points)
    if number is None or number <= 0:
        raise NoPoints(points)
    return number


def _headline(found: NextSteps, name: str) -> str:
    most = number_text(found.greatest)
    if not found.steps:
        return f"没有能再得{name}分的办法"
    gain, effort = number_text(found.gain), number_text(found.effort)
    what = f"{len(found.steps)}步，{name}多{gain}分，难度{effort}"
    if not found.feasible:
        asked = number_text(found.asked or 0)
        return f"做不到多{asked}分，最多还能多{most}分：{what}"
    return f"{what}；最多还能多{most}分"


def _listed(steps: Iterable[NextStep]) -> Section:
    columns = (
        Column("得分点", "label"),
        Column("做到"),
        Column("加", "points"),
        Column("单位"),
        Column("时限"),
        Column("难度", "count"),
        Column("要补的佐证", "note"),
    )
    rows = tuple(
        (
            step.label,
            step.target,
            step.gain,
            step.unit or "（未定单位）",
            step.deadline,
            step.move.effort,
            "、".join(step.move.gaps),
        )
        for step in steps
    )
    return Section("按次序办", columns, rows, _SHOWN, STEPS.sheet)


def _grouped(title: str, groups: Iterable[GroupData]) -> Section:
    columns = (
        Column("名称", "label"),
        Column("", "count", "步"),
        Column("加", "points"),
        Column("难度", "count"),
    )
    rows = tuple((one["name"], one["steps"], one["gain"], one["effort"]) for one in groups)
    return Section(title, columns, rows)


def _supposed(data: AdviseData, assumptions: Sequence[Assumption], name: str) -> Iterable[Section]:
    if assumptions:
        said = "、".join(f"{one.label}={one.answer}" for one in assumptions)
        columns = (Column("情形", "label"), Column("基本", "points"), Column("加分", "points"))
        rows = (
            (f"现在{name}", data["before"]["points"], data["before"]["bonus"]),
            (f"假设{name}", data["now"]["points"], data["now"]["bonus"]),
        )
        yield Section(f"假设 {said}", columns, rows)


def _notices(master: Master, found: NextSteps, *, written_nothing: bool) -> Iterable[str]:
    if written_nothing:
        yield "这是假设的结果，总表没有改动；下面的步骤是假设成立之后再做的。"
    reasons: dict[str, list[str]] = {}
    for key, why in found.moves.closed.items():
        reasons.setdefault(why, []).append(text(master.rows(CRITERIA)[key], "label"))
    for why, labels in reasons.items():
        shown = "、".join(labels[:5]) + ("等" if len(labels) > 5 else "")
        yield f"没有列入的：{why}的{len(labels)}个得分点（{shown}）。"
    if found.moves.misread:
        yield f"{'、'.join(found.moves.misread)}的“办理难度”不是数，也不是“不办”，暂按「设置」估。"


def _step_data(step: NextStep) -> NextStepData:
    return {
        "criterion": step.label,
        "unit": step.unit,
        "gain": step.gain,
        "text": step.text,
        "section": plain(step.section),
        "indicator": plain(step.indicator),
        "bonus": step.bonus,
        "answer": plain(step.answer),
        "target": plain(step.move.answer),
        "missing": list(step.move.gaps),
        "deadline": step.deadline,
        "effort": step.move.effort,
    }


def _by_unit(steps: Iterable[NextStep]) -> list[GroupData]:
    return _groups(steps, lambda step: step.unit or "（未定单位）")


def _by_section(master: Master, steps: Iterable[NextStep]) -> list[GroupData]:
    titles = {text(r, "no"): text(r, "title") for r in master.rows(SECTIONS).values()}
    return _groups(steps, lambda s: f"{s.section} {titles.get(str(s.section), '')}".strip())


def _groups(steps: Iterable[NextStep], name: Callable[[NextStep], str]) -> list[GroupData]:
    """What is to be done by each, the most points first."""
    found: dict[str, GroupData] = {}
    for step in steps:
        group = found.setdefault(
            name(step), {"name": name(step), "steps": 0, "gain": 0.0, "effort": 0.0}
        )
        group["steps"] += 1
        group["gain"] = round(group["gain"] + step.gain, 2)
        group["effort"] = round(group["effort"] + step.move.effort, 2)
    return sorted(found.values(), key=lambda group: -group["gain"])


def _total(master: Master, score: str) -> Total:
    cards = roll_up(master).cards
    points, bonus = (cards[f"qc_{score}{suffix}"] for suffix in ("", "_bonus"))
    return {"points": None if points == "" else plain(points), "bonus": plain(bonus or None)}
