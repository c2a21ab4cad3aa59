"""So much for each: faults that cost, things that earn, steps away from a base."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qcity_xl.core.quantities import (
    COUNTERS,
    NUMBER,
    PERCENT,
    PERMILLE,
    POINT,
    QUANTITY,
    UNITS,
    Quantity,
    parse_quantity,
    quantity_text,
)
from qcity_xl.core.reading.wording.clauses import Clause
from qcity_xl.core.rules.comparisons import find_spans, masked
from qcity_xl.core.rules.tally import Class

_UNIT = "|".join(map(re.escape, UNITS))
_DOWN = (
    "下降|降低|降|下滑|低于(?:标准|目标|基准|规定)?值?|低"
    "|减少|少于|少|缺少|缺|差|不足|短缺|落后|欠缺"
)
_DELAYS = "延迟|推迟|迟报|迟|晚|逾期|延期|延误|拖延"
_UP = f"高于|高出|高|超过|超出|超|上升|增加|增|多|{_DELAYS}|后退|退后|退步"
_LATE = re.compile(_DELAYS)
_FILL = r"[^\d,。;]{0,4}?"
_STEP = re.compile(
    rf"(?:(?P<who>.*?)[,]?每(?:再)?|(?=[^\d]{{1,6}}(?:1|一)))(?P<way>(?P<down>{_DOWN})|(?:{_UP})){_FILL}(?P<q>{QUANTITY}|\d+(?:\.\d+)?)(?P<tail>[^\d,。;]{{0,10}})"
)
_EACH = re.compile(
    rf"(?P<who>.*?)[,]?(?:每|凡)再?(?P<verb>[^\d,。;每]{{0,14}}?)(?P<q>(?:\d+(?:\.\d+)?(?:万|亿)?|{NUMBER})?(?:{_UNIT}))(?P<rest>[^\d。;,]*)"
)
_SO_MANY = re.compile(_EACH.pattern.replace(f"|{NUMBER})?(?:", f"|{NUMBER})(?:"))  # 每查处两起
_ONE = re.compile(rf"(?P<who>[^\d每]*?),?(?P<q>(?:1|一)(?:{_UNIT}))(?P<rest>[^\d。;]*)")
_FAULT = re.compile(
    "未|没有|不|缺|无|存在|出现|发生|被|逾期|漏|迟|受到|违|超|擅自|虚报|瞒报|弄虚作假|造成"
)


_ONE_MORE = re.compile("每|(?:缺|少|差|漏)[一二两三]")  # 缺一级: so many of what has no unit here


_LATER = re.compile("(?:在此|其|从此|此|之|以)(?:基础上|后|上|外)")


_GRADE = re.compile(
    "国家|国务院|全[国省市县]|国际|中央|部级|[省市县区州]级|[省市县区州](?:委|政府|部门|局)|行业|地方|团体"
    "|特别重大|重大|较大|一般|严重|轻微|[特一二三]等|[金银铜]奖|[ⅠⅡⅢⅣ]级"
)
_HEADED = re.compile(
    rf"每[^\d,。;每]{{0,14}}(?:1|一)?(?:{_UNIT})[^\d,。;]*[,:]"
    rf"|每[^\d,。;每]{{0,10}}(?:1|一)(?:{_UNIT})(?=(?:{_GRADE.pattern})[^,。;每\d]*$)"
)
_SAMPLED = re.compile(
    rf"(?:随机|现场|实地|每次|分别)*(?:抽查|抽取|抽检|抽样|走访|检查|查阅|查看|核查|暗访)[^,。;\d]{{0,6}}"
    rf"\d+(?:{_UNIT})[^,。;\d]*,"
)


@dataclass(frozen=True, slots=True)
class CountedStep:
    """A step away from a base: `down` below it, else above it; `who` stands before it."""

    size: Quantity
    down: bool
    who: str
    tail: str


def step_of(clause: Clause) -> CountedStep | None:
    """每降低0.5个百分点, 每少10人, 每超过1天: the step that a text is, else None."""
    text = re.sub(r"(?<=[\d一半])个点(?!位)", "个百分点", clause.text)
    match = _STEP.fullmatch(text.removesuffix("的").removesuffix("者"))
    size = parse_quantity(match["q"]) if match else None
    if match is None or size is None or size.number <= 0:
        return None
    if _LATE.match(match["way"]) and size.unit in COUNTERS - {"天"}:
        return None  # 每迟到1次: what is late is counted
    return CountedStep(size, match["down"] is not None, match["who"] or "", match["tail"])


def each_of(clause: Clause, points: float, *, fault: bool) -> Class | None:
    """What a text counts, and at how many points: 每缺1份, 未公开的每条, 国家级媒体每篇, 一次.

    None where it is not so much for each.
    """
    text = clause.text.removesuffix("者").removesuffix("的")
    sample = _SAMPLED.match(text) if fault else None
    if sample and not re.search("[少缺差]|不足", text[sample.end() :]):
        text = text[sample.end() :]  # 抽查10家企业，每有1家未建账扣1分
    if unit := clause.parts.get("unit"):
        label = _label(text)
        return Class(label, points, 1, unit) if label and not _numbered(text) else None
    if any(not span.bare for span in find_spans(text)):
        return None
    if masked(text).count("每") > 1:
        return None  # 每件每逾期1日: a product of two numbers
    # 每百万人口500份, 每年开展1次; but 每5000万元 is what is counted
    rated = (
        "每" in text
        and "每" not in masked(text)
        and not re.search(r"每\d[\d.]*[百千万亿]*元$", text)
    )
    match = None if rated else _SO_MANY.fullmatch(text) or _EACH.fullmatch(text)
    match = match or _ONE.fullmatch(text)
    if match is None:
        flat = fault and _FAULT.search(text) and not _numbered(text) and not _ONE_MORE.search(text)
        return Class(_label(text), points, 1, "", once=True) if flat and _label(text) else None
    written = match["q"]
    size = parse_quantity(written if re.match(rf"\d|{NUMBER}", written) else f"1{written}")
    who, verb, rest = (match.groupdict().get(name) or "" for name in ("who", "verb", "rest"))
    if who.endswith("第") or _LATER.match(who):
        return None  # 建成第一个得3分，之后每增加一个加1分: what each is worth hangs on its turn
    if (
        size is None
        or size.number <= 0
        or any(_numbered(part) for part in (_last(who), verb, rest))
    ):
        return None
    if re.search(rf"{NUMBER}(?:{_UNIT})", rest):
        return None  # 每3个月通报一次: two numbers
    label = _label(f"{_last(who)}{verb}{rest}") or size.unit
    return Class(label, points, size.number, size.unit)


def fault_classes(clauses: Sequence[Clause]) -> list[Class | None]:
    """What each clause counts; 较大事故 after 每起一般事故 is counted as that is."""
    if is_headed(clauses) and (graded := by_grade(clauses)):
        return list(graded)
    found: list[Class | None] = []
    for clause in clauses:
        before = found[-1] if found else None
        label = _label(clause.text)
        kin = before and not before.once and len(label) > 2 and label[-2:] == before.label[-2:]
        if before and kin and not re.search(r"[每\d,]", clause.text):
            found.append(Class(label, clause.points))
        else:
            found.append(each_of(clause, clause.points, fault=True))
    return found


def by_grade(clauses: Sequence[Clause]) -> list[Class] | None:
    """What is counted by its grade: 国家级, 省级, or after one head 每出现1次负面报道,国家级.

    None where a text is more than a grade of what is counted.
    """
    head = _HEADED.match(clauses[0].text)
    texts = [clause.text.removesuffix("的") for clause in clauses]
    texts[0] = texts[0][head.end() :] if head else texts[0]
    known = all(_GRADE.search(text) and not re.search(r"[每\d,]", text) for text in texts)
    if len(clauses) < 2 or not known:
        return None
    return [Class(text, clause.points) for text, clause in zip(texts, clauses, strict=True)]


def is_headed(clauses: Sequence[Clause]) -> bool:
    """Whether the first text says that what follows is counted: 每发现1起,."""
    return bool(clauses) and _HEADED.match(clauses[0].text) is not None


def _numbered(text: str) -> bool:
    return bool(re.search(r"\d", masked(text))) or any(not s.bare for s in find_spans(text))


def _last(text: str) -> str:
    """The part of a text that the count belongs to: after the last comma that divides it."""
    return re.split("[,。;:]", text.strip(",。;:、"))[-1]


def _label(text: str) -> str:
    return (
        re.sub("^(?:对|凡|如|若|因)|[的者,、:]+$", "", _last(text)).replace("的,", "").strip("的,")
    )


def classes_of(found: Sequence[Class]) -> list[Class] | None:
    """The classes of one rule: one without a label, or several by labels that tell them apart."""
    if len(found) == 1:
        only = found[0]
        unit = only.unit or "次"
        return [Class("", only.points, only.size, unit, only.once)]
    labels = [each.label for each in found]
    if len(set(labels)) < len(labels) or any(not label for label in labels):
        return None
    if any(each.size != 1 for each in found):
        return None
    clean = [re.sub("[；;：:、，,]", "", label) for label in labels]
    return [
        Class(label, each.points, 1, "", each.once)
        for label, each in zip(clean, found, strict=True)
    ]


def same_things(one: str, other: str) -> bool:
    """Whether two units count the same things: 个 and 家, % and %."""
    if {one, other} <= {PERCENT, POINT}:
        return True
    return one == other or not one or not other or (one in COUNTERS and other in COUNTERS)


def step_text(size: Quantity) -> str:
    """A step as 参数 writes it: without a sign of percent."""
    return quantity_text(size.number, "" if size.unit in (PERCENT, PERMILLE, POINT) else size.unit)
