"""Whether what was read is a plan at all: a contract is none, and neither is a list of names."""

import re
from collections.abc import Iterator

from qcity_xl.core.reading.cards import UNREAD
from qcity_xl.core.reading.model import Reading

_NAMED = re.compile("考核|任务|分解|分工|创建|强市|强县|强区|测评|督查|责任")
UNRULED = "table-unruled"  # the code of the problem that a table shows no columns
_TABLES = 3  # whose headers a refusal names
_MANY = 20  # so many cells without a place tell that the reading went wrong


def refusal(reading: Reading) -> str:
    """Why no master is made of a reading: what was seen, and what is missing; "" if it may be."""
    plan = reading.plan
    led = sum(bool(task.leads) for task in plan.tasks)
    missing = []
    if not plan.indicators and not plan.tasks:
        missing.append("没有读到指标和任务")
    elif not plan.criteria and not led:
        missing.append("没有评分办法，任务也没有牵头单位")
    elif not led and not plan.tasks and not _calls_itself_plan(reading):
        missing.append("没有工作任务和单位，标题和表头也不像考核或任务分解")
    elif _lost(reading):
        missing.append(f"大部分内容没有归处（{len(reading.unplaced)}处）")
    if not missing:
        return ""
    if why := next((p for p in reading.problems if p.code in (UNREAD, UNRULED)), None):
        return f"没有建总表：{why.found}。{why.fix}"
    seen = (
        f"读到{len(plan.indicators)}项指标、{len(plan.criteria)}个得分点、{len(plan.tasks)}项任务、"
        f"{sum(unit.kind == 'unit' for unit in plan.units)}个单位"
    )
    unknown = [p.found for p in reading.problems if p.code == "header-unknown"]
    heads = f"。读到的表头：{_heads(reading)}" if reading.columns else ""
    strange = f"。{'；'.join(unknown[:5])}" if unknown else ""
    return f"看来不是任务分解表：{seen}，{'，'.join(missing)}{heads}{strange}"


def doubts(reading: Reading) -> Iterator[str]:
    """What the office should look at before it trusts the master."""
    plan = reading.plan
    if not plan.tasks:
        yield "没有任务，不能下发"
    elif not any(task.leads for task in plan.tasks):
        yield "没有一项任务有牵头单位，不能下发"
    if not plan.criteria:
        yield "没有分值和得分点，不能评分"
    placed = len(plan.indicators) + len(plan.criteria) + len(plan.tasks)
    if len(reading.unplaced) > placed:
        yield f"没有归处的内容（{len(reading.unplaced)}处）比读到的还多"
    if any(problem.code == "points-unlike" for problem in reading.problems):
        yield "分值的写法不一致，各项的分值可能不对"
    lost = sum(
        problem.code in ("number-repeated", "points-unknown") for problem in reading.problems
    )
    if lost:
        yield f"有{lost}处编号重复或没有分值"


def _calls_itself_plan(reading: Reading) -> bool:
    words = [reading.plan.title, *(column.text for column in reading.columns)]
    words += [cell.text for cell in reading.unplaced]
    words += [section.title for section in reading.plan.sections]
    return any(_NAMED.search(re.sub("“[^“”]*”→评分办法", "", word)) for word in words)


def _heads(reading: Reading) -> str:
    """The columns of the first tables."""
    tables = list(dict.fromkeys(column.table for column in reading.columns))[:_TABLES]
    return "；".join(
        f"{table}：" + "；".join(c.text for c in reading.columns if c.table == table)
        for table in tables
    )


def _lost(reading: Reading) -> bool:
    plan = reading.plan
    placed = len(plan.indicators) + len(plan.criteria) + len(plan.tasks)
    return len(reading.unplaced) > max(_MANY, 3 * placed)
