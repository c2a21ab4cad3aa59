"""Tasks that ask less than the criterion that they serve: who does the task gets no points."""

import re
from collections.abc import Callable, Iterator

from qcity_xl.core.lint.case import Case
from qcity_xl.core.lint.findings import Finding
from qcity_xl.core.quantities import quantity_text
from qcity_xl.core.rules.bands import Bands
from qcity_xl.core.rules.comparisons import find_spans
from qcity_xl.core.rules.judged import Judged
from qcity_xl.core.rules.met import Met
from qcity_xl.core.rules.rank import Rank
from qcity_xl.core.rules.steps import Steps
from qcity_xl.core.text import likeness, pairs
from qcity_xl.core.values import parse_number

_BY_REFERENCE = re.compile("(?:考核|评分|规则|文件)的?要求")
_PLACES = re.compile("前列|前茅|领先|中游|位次|名次|前[0-9一二三四五六七八九十]+(?:名|位|强)")
_PER = re.compile("[A-Z]{2,}|每[十百千万亿]+(?:元|名|人)")
_GOVERNMENT = re.compile("(?:辖市|[省市县区镇乡])(?:、(?:辖市|[省市县区镇乡村街]))+")
_FIRST = re.compile("第一(?:组长|责任人|负责人|书记)")
_SCOPE, _ALL = (
    re.compile("大型骨干|骨干|重点|大中?型|规模以上"),
    re.compile("全市企业|所有企业|各类?企业"),
)
_SCORING = re.compile("[得计扣减满0-9]分|缺项|排名|位次")
_CLAUSE, _ALIKE, _COVERED = (
    10,
    0.3,
    0.25,
)  # letters of a clause that says something; how much of it is there


def weaker_tasks(case: Case) -> Iterator[Finding]:
    """What the criterion asks and no task of its indicator says, in one finding."""
    if not case.tasks:
        return
    whole = "；".join(case.tasks)
    differences = [found for look in _LOOKS if (found := look(case, whole))]
    if differences:
        yield case.all_or_nothing(
            "task",
            f"任务{'，'.join(differences)}",
            "按得分点的要求做到",
            "只做到任务所写的",
        )


def _number(case: Case, tasks: str) -> str:
    """The thresholds for full points that the tasks do not name."""
    wanted = thresholds(case)
    said = {round(end, 6) for span in find_spans(tasks) for end in (span.low, span.high)}
    lost = [quantity_text(number, unit) for number, unit in wanted if round(number, 6) not in said]
    return f"没有写明“{'”“'.join(lost)}”" if lost and not _BY_REFERENCE.search(tasks) else ""


def thresholds(case: Case) -> list[tuple[float, str]]:
    """The figures, with their units, that earn full points."""
    rule = case.rule
    if isinstance(rule, Met):
        return [(c.number, c.unit) for c in rule.conditions]
    if isinstance(rule, Bands):
        best = max(rule.bands, key=lambda band: band[1])[0]
        return [(best.number, best.unit)]
    if isinstance(rule, Steps):
        return [(rule.base.number, rule.base.unit)]
    first = parse_number(rule.places[0].last) if isinstance(rule, Rank) else None
    return [] if first is None else [(first, "名")]


def _place(case: Case, tasks: str) -> str:
    if not isinstance(case.rule, Rank) or _PLACES.search(tasks):
        return ""
    return "没有写位次，得分点按位次计分"


def _denominator(case: Case, tasks: str) -> str:
    """What a measure is divided by."""
    lost = [word for word in dict.fromkeys(_PER.findall(case.wording)) if word not in tasks]
    counted = re.search("之比|比例|每[十百千万亿]", case.wording)
    return f"没有写“{'”“'.join(lost)}”" if lost and counted else ""


def _levels(case: Case, tasks: str) -> str:
    """Levels of government that the criterion lists: 辖市、区、镇."""
    lost = [words for words in _GOVERNMENT.findall(case.wording) if words not in tasks]
    return f"没有写到“{'”“'.join(lost)}”" if lost else ""


def _grade(case: Case, tasks: str) -> str:
    """A lower grade that the task allows and no criterion of its indicator rewards."""
    wanted = "国家级" in case.wording or "国家重点" in case.wording
    rewarded = any("省级" in other for other in (case.wording, *case.siblings))
    return "写了“省级”，得分点只认国家级" if wanted and "省级" in tasks and not rewarded else ""


def _office(case: Case, tasks: str) -> str:
    """An office that the criterion does not speak of."""
    found = _FIRST.search(tasks)
    asked = found and found[0].removeprefix("第一") in case.wording
    if not found or not asked or found[0] in case.wording:
        return ""
    return f"写的是“{found[0]}”，得分点不是"


def _scope(case: Case, tasks: str) -> str:  # noqa: ARG001 - looks at the task most like it alone
    """A task for all where the criterion is for some."""
    nearest = max(case.tasks, key=lambda task: likeness(case.wording, task))
    narrow, wide = _SCOPE.search(case.wording), _ALL.search(nearest)
    if narrow and wide and not _SCOPE.search(nearest):
        return f"面向“{wide[0]}”，得分点只要求“{narrow[0]}”"
    return ""


def _clauses(case: Case, tasks: str) -> str:
    """Clauses of the criterion of which the tasks say next to nothing."""
    there, others = pairs(tasks), pairs("；".join(case.siblings))
    if isinstance(case.rule, Judged):
        return "" if likeness(case.wording, tasks) >= _COVERED else "说的是另一件事"
    wording = str(case.row.get("text") or "")
    parts = [
        part
        for part in re.split("[，；。,;]", wording)
        if len(part) >= _CLAUSE and not _SCORING.search(part)
    ]
    lost = [part for part in parts if _absent(pairs(part), pairs(part) - others, there)]
    return f"没有提到“{'”“'.join(lost)}”" if lost else ""


def _absent(clause: frozenset[str], own: frozenset[str], there: frozenset[str]) -> bool:
    """Whether next to nothing of a clause is there, above all of what no other criterion says."""
    most = len(clause & there) < _ALIKE * len(clause)
    return most and bool(own) and len(own & there) < _COVERED * len(own)


_LOOKS: tuple[Callable[[Case, str], str], ...] = (
    *(_number, _place, _denominator, _levels, _grade, _office, _scope, _clauses),
)
