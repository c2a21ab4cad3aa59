"""An invented city's plan: how many indicators, tasks and units, their names, rules and habits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from random import Random

from benchmarks.documents import unit_names

_FIRST = "安昌成德恩丰福广海和江金康临宁平青瑞山泰通文新兴阳永云长中珠"
_LAST = "城川州阳宁山江湖海源"
_NUMERALS = "一二三四五六七八九十"
_FEWEST, _MOST = 30, 90  # units of a city: 60 on average
_THINGS = (
    *("质量工作方案", "品牌培育", "标准制修订", "计量检定", "认证推广", "监督抽查", "投诉处理"),
    *("质量奖评选", "首席质量官培训", "工程质量巡查", "服务质量监测", "绿色产品推广"),
)
_DEADLINES = ("2025年12月", "2025年6月底", "2025年", "每年12月底前", "2025年9月30日前")
_METHODS = ("查阅文件", "听取汇报", "现场检查", "查阅文件、现场检查", "查阅资料")
# What offices write over the same column.
_HEADERS = (
    *(("考核内容", "指标名称", "考核指标"), ("分值", "标准分", "分数")),
    *(("验收方式", "检查方式", "考核方式"), ("考核评分办法", "评分标准", "计分细则")),
    *(("工作任务", "重点任务", "主要任务"), ("完成时间", "完成时限", "时间要求")),
    *(("牵头单位", "牵头部门"), ("配合单位", "参与单位", "协办单位")),
)
_NUMBERS = ("{}.{}", "{}.{}、", "{}.{} ")  # before a task


@dataclass(frozen=True, slots=True)
class CityPlan:
    """The document that a city's office works by, as TAB text in UTF-8, and how large it is."""

    name: str
    document: bytes
    indicators: int
    tasks: int
    units: int


def city_plan(seed: int, number: int) -> CityPlan:
    """The plan of a city of the nation of this seed, numbers from 0: always the same."""
    random = Random(f"{seed}/{number}")  # noqa: S311 - the same each time is what is wanted
    name = _FIRST[number % len(_FIRST)] + _LAST[number // len(_FIRST) % len(_LAST)]
    names = unit_names(random.randint(_FEWEST, _MOST))
    if random.random() < 0.3:  # some cities leave 市 out
        names = [unit.removeprefix("市") for unit in names]
    random.shuffle(names)
    text = "\n".join(_lines(random, name, names))
    rows = [line.split("\t") for line in text.splitlines() if "\t" in line]
    headed = [row for row in rows if row[0] not in _HEADERS[0]]
    indicators = sum(1 for row in headed if row[0])
    return CityPlan(name, text.encode(), indicators, len(headed), len(names))


def _lines(random: Random, name: str, names: Sequence[str]) -> Iterator[str]:
    yield f"{name}市质量强市工作任务分解表"
    headers = "\t".join(random.choice(words) for words in _HEADERS)
    number, leads = 0, cycle(names)
    wanted, tasks, numbered = len(names), 0, random.choice(_NUMBERS)
    sections = random.randint(4, 10)
    for section in range(sections):
        own = [_rule(random) for _ in range(random.randint(3, 7))]
        worth = sum(points for _, points in own)
        yield f"{_NUMERALS[section]}、{random.choice(_THINGS)}（{worth}分）"
        yield headers
        for rule, points in own:
            number += 1
            count = random.randint(1, 6)
            if section == sections - 1:  # each unit has something to do
                count = max(count, -(-(wanted - tasks) // len(own)))
            for k in range(1, count + 1):
                tasks += 1
                title, methods = f"{number}.{random.choice(_THINGS)}", random.choice(_METHODS)
                partners = random.sample(names, random.randint(0, 3))
                lead = next(leads)
                yield "\t".join(
                    (
                        *((title, str(points), methods, rule) if k == 1 else ("",) * 4),
                        f"{numbered.format(number, k)}推进{random.choice(_THINGS)}第{k}项工作",
                        random.choice(_DEADLINES),
                        *(lead, "、".join(unit for unit in partners if unit != lead)),
                    )
                )


def _rule(random: Random) -> tuple[str, int]:
    """A scoring rule in an office's words, and how many points it gives."""
    thing, points = random.choice(_THINGS), random.randint(2, 6)
    least = random.randint(3, 12)
    whole = (
        f"{thing}达到{least}次以上（{points}分），每少1次扣1分。",
        f"{thing}{least}次以上（{points}分），不足{least}次的按比例得分。",
        f"{thing}合格率达到{80 + least}%（{points}分）。",
        f"{thing}未按季度更新的酌情扣分（{points}分）。",
        f"优秀（{points + 4}分）、良好（{points + 2}分）、一般（{points}分）。",
    )
    if random.random() < 0.5:
        kind = random.randrange(len(whole))
        return whole[kind], points + 4 if kind == len(whole) - 1 else points
    parts = [random.randint(1, 4) for _ in range(random.randint(2, 5))]
    done = (
        f"完成{thing}第{k}项{random.choice(('且有记录', '并公开', ''))}（{worth}分）"
        for k, worth in enumerate(parts, 1)
    )
    return f"{'；'.join(done)}。", sum(parts)
