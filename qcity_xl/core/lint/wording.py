"""Words of a criterion that can be understood in more than one way."""

import re
from collections.abc import Iterator
from itertools import pairwise

from qcity_xl.core.lint.case import Case
from qcity_xl.core.lint.findings import Finding
from qcity_xl.core.quantities import quantity_text
from qcity_xl.core.rules.bands import Bands
from qcity_xl.core.rules.levels import Levels
from qcity_xl.core.rules.met import Met
from qcity_xl.core.rules.rank import Rank
from qcity_xl.core.rules.share import Share
from qcity_xl.core.values import parse_number

# Degrees that no number stands behind; each pattern is one idea in the words that offices use.
_VAGUE = re.compile(
    "(?:不够?|较为?|比较)?充分|(?:知晓|认知|知名|认可)度[较很]?高|不?够?(?:合理、)?及时"
    "|(?:很|较|明显|良)好的?(?:效果|成效|运行)|(?:效果|成效|运行)(?:很好|较好|良好|明显|显著)"
    "|基本(?:满足|适应|消灭|消除|没有|建成|完成|实现|健全)|广泛(?:参与|参加|开展)|踊跃|较大影响"
    "|水平(?:较|很)高|明显(?:改善|提高|提升|下降)|显著(?:改善|提高|提升|下降)"
)
_PLACE_WORDS = re.compile("前列|中上游|中游|领先水平")
_RATE = "(?:合格率|覆盖率|检出率|普及率|投诉率|满意率|[率]|比重|比例|指数)"
_TWO = re.compile(
    rf"{_RATE}(?:[^，；。或]{{0,6}}?(?:和|、|及|与|以及)[^，；。或等]{{0,20}}?){_RATE}(?![^，；。]{{0,3}}等)"
)
_OR = "或者?"
_MIXED = re.compile(f"(?:，(?!{_OR})|且|并)[^；。]*?[^，；。且并]+{_OR}")
_THINGS = ("个", "家", "件", "名", "人", "张", "种", "所", "座")
_WHOLE_YEARS = "每年"


def vague_words(case: Case) -> Iterator[Finding]:
    """Places and degrees without a number: 前列, 认知度高, 及时."""
    if isinstance(case.rule, Rank):
        yield from _places(case, case.rule)
        found = _VAGUE.findall(case.wording)
    else:
        found = [*_PLACE_WORDS.findall(case.wording), *_VAGUE.findall(case.wording)]
    if found:
        ends = (case.best, case.least)
        words = "”“".join(dict.fromkeys(found))
        ways = _levels(case, case.rule, found) if isinstance(case.rule, Levels) else ends
        yield case.finding("word", f"“{words}”没有标准", ("算做到", ways[0]), ("不算做到", ways[1]))


def _places(case: Case, rule: Rank) -> Iterator[Finding]:
    """A word that stands for places: what one place more or less is worth."""
    for place in rule.places:
        bound = parse_number(case.question.rulings.get(place.last, ""))
        if not place.last or parse_number(place.last) is not None:
            continue
        last = int(bound or 10)
        at = f"第{last}名"
        ways = (
            (f"“{place.last}”到第{each}名为止，{at}", case.score(at, {place.last: str(each)}))
            for each in (last, last - 1)
        )
        yield case.finding("word", f"“{place.last}”到第几名为止，文件未写", *ways)


def _levels(case: Case, rule: Levels, words: list[str]) -> tuple[float, float]:
    """The best level that such a word decides, and the one below it."""
    ranked = sorted(rule.levels, key=lambda level: -level[0])
    for (points, label), (less, _) in pairwise(ranked):
        if any(word in label for word in words):
            return points, less
    return case.best, case.least


def parts(case: Case) -> Iterator[Finding]:
    """Two measures for one sum of points: what one of them is worth alone."""
    if not isinstance(case.rule, Met) or (match := _TWO.search(case.wording)) is None:
        return
    half = Share(case.question.points, 2).score("1/2", {}).points
    found = f"“{match[0]}”两项只做到一项时怎样得分，文件未写"
    yield case.finding("partial", found, ("都做到才得分", case.least), ("做到一项得一半", half))


def either_or(case: Case) -> Iterator[Finding]:
    """或 that moves points: beside 且, over several years, among things that are counted."""
    rule, wording = case.rule, case.wording
    if "或" not in wording:
        return
    if isinstance(rule, Met) and rule.conditions and _MIXED.search(wording):
        found = "“或”前面的要求是必须做到，还是也在二选一之内"
        yield case.all_or_nothing("either", found, "只做到“或”后面的一样，也算", "前面的必须做到")
    elif isinstance(rule, Met) and re.search(r"连续\d+年", str(case.row.get("period") or "")):
        found = "几年里是不是要同一样达到：这一年靠前一样、那一年靠后一样，算不算"
        yield case.all_or_nothing("either", found, "每年有一样就算", "几年须是同一样")
    elif isinstance(rule, Bands):
        yield from _counted(case, rule)


def _counted(case: Case, rule: Bands) -> Iterator[Finding]:
    first = rule.bands[0][0]
    clauses = re.split("[，；。]", case.wording)
    said = quantity_text(first.number, first.unit)
    things = first.number >= 2 and first.unit in _THINGS and first.op == ">="
    if things and any("或" in clause and said in clause for clause in clauses):
        one, less = said, quantity_text(first.number - 1, first.unit)
        yield case.finding(
            "either",
            f"“或”两边的合起来够{said}，还是其中一种够{said}（如一种{less}、另一种1{first.unit}）",
            ("合在一起数", case.score(one)),
            ("各数各的", case.score(less)),
        )


def yearly(case: Case) -> Iterator[Finding]:
    """Figures of each year that take one answer."""
    words = str(case.row.get("period") or "")
    if _WHOLE_YEARS not in words or case.rule.measure is None:
        return
    found = f"“{words}”各有一个数：几年不一样时取哪一年的"
    yield case.finding(
        "yearly",
        f"{found}，文件未写",
        ("一年够、一年不够，取好的一年", case.best),
        ("取差的一年", case.least),
    )
