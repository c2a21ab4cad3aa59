"""What the clauses of one criterion mean: the readings, tried in order, each of all or nothing."""

import re
from collections.abc import Callable

from qcity_xl.core.quantities import QUANTITY
from qcity_xl.core.reading.drafts import Draft
from qcity_xl.core.reading.wording import grammar as g
from qcity_xl.core.reading.wording.cases import read_banded, read_cases
from qcity_xl.core.reading.wording.clauses import Clause
from qcity_xl.core.reading.wording.gains import read_rising, read_share, read_stepped, read_things
from qcity_xl.core.reading.wording.group import Group, worth_of
from qcity_xl.core.reading.wording.losses import read_faults, read_steps
from qcity_xl.core.reading.wording.places import read_falling
from qcity_xl.core.reading.wording.plain import UNREADABLE
from qcity_xl.core.text import number_text

_LEVELS = re.compile(
    "(?:分|设|分为|设为)?[一二三四五六2-6]?个?(?:档次?|等次|级别?|等级)?,?(?:分别)?(?:是|为|计|得)?"
)


# A formula that no reading took: 完成率×10.
_RECKONED = re.compile(r"[×÷*]|(?<![<>≤≥])=(?!\d+(?:\.\d+)?[%‰]?的?$)|除以|乘以")
_RATE = re.compile("(?<=[率比重例])=[^=,。;]*[×*]100%")
# 每少0.1批次/千人: a step is told rather than read without what it is a share of.
_STEPPED = ("扣减", "扣分", "扣分项", "计件")
_PER = re.compile(rf"(?>{QUANTITY})/(?=[^\d])")
_FILLER = re.compile(
    "(?:扣分|加分|得分|累计|本项|该项|此项|最终|且|但|直至|分值|总分|共|可|减分|各项|合计|奖励)*"
)


# What 就高不就低 ("") and 不重复计分 leave as it is, by kind.
_NOTES = {
    "分档": {"", "重复", "累加", "累计"},
    "数值分段": {"", "重复"},
    "计件": {"重复"},
    "扣分项": {"不封顶"},
}


def read_judged(group: Group) -> Draft | None:
    """Points that people give; that is told where the wording does not say who or by what."""
    judges = group.of(g.JUDGE)
    if not judges or not group.only("tJCMB"):
        return None
    levels = [clause.points for clause in group.of(g.BARE)]
    if any(not _LEVELS.fullmatch(clause.text) for clause in group.of(g.BARE)):
        return None
    ranged = [
        float(n)
        for clause in judges
        for n in re.findall(r"(\d+(?:\.\d+)?)分?$", group.flat[clause.middle : clause.end])
    ]
    points = max(levels, default=0) or worth_of(group) or max(ranged, default=0)
    params = (
        "；".join(map(number_text, sorted(set(levels), reverse=True))) if len(levels) > 1 else ""
    )
    stated = any(
        not re.match(r"[给加计得扣评赋打]?予?\d", group.flat[c.middle : c.end]) for c in judges
    )
    clear = stated or re.search("视|酌", group.text)
    return Draft(group.text, points, "专家评分", params, open=[] if clear else [UNREADABLE])


_READINGS: tuple[Callable[[Group], Draft | None], ...] = (
    read_judged,
    read_banded,
    read_falling,
    read_steps,
    read_share,
    read_rising,
    read_stepped,
    read_things,
    read_faults,
    read_cases,
)


def read_group(group: Group) -> Draft | None:
    """The criterion of a group; None where no reading takes all of its clauses."""
    if not group.of(g.JUDGE + g.HEAD) and _loose(group):
        return None
    for reading in _READINGS:
        draft = reading(group)
        if draft is None:
            continue
        if draft.kind != "按比例" and any(map(_reckons, group.clauses)):
            return None
        if draft.kind in _STEPPED and any(_PER.search(c.text) for c in group.clauses):
            return None
        if group.part and draft.kind not in ("扣减", "计件"):
            return None
        if not set(group.notes) <= _NOTES.get(draft.kind, set()):
            return None
        return None if group.ties and draft.kind not in ("名次", "分档") else draft
    return None


def _reckons(clause: Clause) -> bool:
    """Whether a formula stands there, other than what a rate is: 办结率=办结数/受理数×100%."""
    return bool(_RECKONED.search(_RATE.sub("", clause.text)))


def _loose(group: Group) -> bool:
    """Whether words stand where no reading looks at them: after a phrase, or before 扣完为止."""
    seen = listed = False
    for clause in group.clauses:
        listed = listed and clause.kind == g.TEXT
        if clause.kind in "CX" and not _FILLER.fullmatch(clause.text.removesuffix("得")):
            return True
        if clause.kind == g.TEXT and seen:
            listed = listed or clause.lead == ":"
            if not listed:
                return True
        seen = seen or clause.kind != g.TEXT
    return False
