"""Cases of which one holds, and marks that add up."""

import re
from collections.abc import Sequence

from qcity_xl.core.quantities import NUMBER, parse_number_word
from qcity_xl.core.reading.drafts import Draft, Open
from qcity_xl.core.reading.wording import grammar as g
from qcity_xl.core.reading.wording.clauses import Clause
from qcity_xl.core.reading.wording.group import Group, Tier, denies, is_rest, tiers_of
from qcity_xl.core.reading.wording.places import read_places
from qcity_xl.core.reading.wording.plain import read_item, unreadable
from qcity_xl.core.reading.wording.tiers import measure_of, read_levels, read_numbers
from qcity_xl.core.rules.comparisons import masked
from qcity_xl.core.rules.levels import GRADE_NAME
from qcity_xl.core.text import number_text

_CUMULATIVE = Open(
    "累进",
    "达到高档时，各档分值都得，还是只得最高一档",
    "累进",
    "各档写成并列的分值，累进时各得分点合计才是所列分值之和",
    ("累进", "互斥"),
)


_GRADE = re.compile(
    "(?:考核|评价|评定|测评|结果|等次|等级|为|是|获评|获得)*(?:优秀?|良好?|中等?|较?好|很好|一般|较?差|不?合格|基本合格|不?达标|基本达标"
    "|[A-Ea-e]+级?|[一二三四五1-5甲乙丙丁][级等档星]级?)(?:等次|等级|的|奖|级|档)*"
)


_LACKS = re.compile(
    "(?:每)?(?:缺|少|任|有[一1任]|(?:其中)?[一1](?:项|个|条)|不满足|不符|未|其中|否则|其余)"
)


# All of several things, so that one which is missing denies it.
_WHOLE = re.compile("均|(?<!成)都|全部|同时|齐全|逐项")
_LABELLED = re.compile(r"(?:[A-Za-z](?:[.、:]|档:?)?|[一二三四五]档:?)")
_GRADE_FIRST = re.compile(rf"{g.GRADES}[:,、]")
_ASIDE = re.compile(
    r"^但|每(?:再|多|增|超|提高|少|低|降|高|\d|[^,。;\d]{0,4}$)|提前(?=[^,。;]{0,4}\d)|另外|此外"
    "|^其中"  # a part of the case before
)
_EARLY = re.compile(r"[^,。;]{0,12}提前\d+(?:天|日|个?工作日|个?月|周)(?:以上)?[^,。;\d]{0,8}")
_ON_TIME = re.compile(r"(?:按[期时]|如期|逾期|超期|未按?[期时]?|延期|滞后)[^,。;\d每]{0,10}")


def read_banded(group: Group) -> Draft | None:
    """Marks after commas: rising thresholds of one measure, adding up or not."""
    marks = group.of(g.MARK)
    if len(marks) < 2 or not group.only("tMZ"):
        return None
    if any(group.flat[zero.middle] != "(" for zero in group.of(g.ZERO)):
        return None
    earning = [(measure_of(mark.text), mark.points) for mark in marks if mark.points]
    units = {measure.span.unit for measure, _ in earning if measure}
    worths = [points for _, points in earning]
    total, best = sum(worths), max(worths, default=0)
    adds = group.worth in (None, total)
    text = "，".join(
        f"{group.words(mark)}（{number_text(mark.points)}分）" for mark in group.of("MZ")
    )
    if any(measure is None for measure, _ in earning) or len(units) != 1:
        return unreadable(text, total if adds else best)
    bands = [
        f"{measure.span.condition().text()}：{number_text(p)}" for measure, p in earning if measure
    ]
    adds = adds and len(bands) > 1
    params = "；".join([*bands, "累进"] if adds else bands)
    return Draft(
        text, total if adds else best, "数值分段", params, open=[_CUMULATIVE] if adds else []
    )


def read_cases(group: Group) -> Draft | None:
    """Cases of which one holds: one thing, places, bands or levels."""
    if group.only("tHI") and group.of(g.HEAD):
        return _headed(group)
    if group.letters == g.IN_TURN:
        return _in_turn(group.clauses[0])
    if group.letters == g.TEXT + g.ZERO and group.worth and is_rest(group.clauses[1].text):
        return read_item(group.words(group.clauses[0]), group.worth)  # 达标率须达100%，否则不得分
    tiers = _tiers(group) if group.only("tIAFBMZ") and group.of("AFBM") else None
    if tiers is None:
        return None
    asked, listed = _asks(group), _lists(group)
    if len(tiers) > 1 and not listed:
        numbers = None if group.of(g.INTRO) else read_numbers(group, tiers)
        if draft := numbers or read_places(group, tiers):
            return draft
    earned = [tier for tier in tiers if tier.points]
    whole = asked or (len(earned) == 1 and bool(_WHOLE.search(earned[0].text)))
    denied = (
        denies(tier.text, earned[0].text) or (whole and _LACKS.match(tier.text))
        for tier in tiers
        if not tier.points
    )
    if len(earned) == 1 and all(denied):
        return _single(group, earned[0], asked=asked or listed)
    draft = read_levels(tiers) if len(tiers) > 1 else None
    if draft and listed:
        draft.text = group.text
    return draft


def _in_turn(clause: Clause) -> Draft | None:
    """考核结果为优秀、良好、合格的，分别得10分、8分、5分."""
    first, *others = re.sub("[的者,]+$", "", clause.text).split("、")
    names = [re.split("为|是|等级|等次|结果", first)[-1], *others]
    worths = [parse_number_word(n) for n in re.findall(NUMBER, clause.parts["list"])]
    graded = all(_GRADE.fullmatch(name) for name in names)
    if not graded or len(worths) != len(names):
        return None
    return read_levels([Tier(n, w or 0.0, n, clause) for n, w in zip(names, worths, strict=True)])


def _tiers(group: Group) -> list[Tier] | None:
    """The cases of a group; None where other words stand between or behind them."""
    places = [n for n, clause in enumerate(group.clauses) if clause.kind in "AFBMZ"]
    between = group.letters[places[0] : places[-1]]
    behind = len(group.clauses) > places[-1] + 1
    tiers = tiers_of(group, [group.clauses[n] for n in places])
    if tiers is None or ("t" in between and not _asks(group)) or (behind and not _lists(group)):
        return None
    if any(re.search("专家|评委|评审|考核组", clause.text) for clause in group.of(g.INTRO)):
        return None
    if group.of(g.MARK) and group.of("AFB"):
        return None  # 日常工作（3分，含台账1分、总结2分）
    if len(tiers) == 1:
        return tiers
    more = ["more" in tier.clause.parts for tier in tiers if tier.points]
    timely = _EARLY.fullmatch(tiers[0].text) and all(map(_ON_TIME.fullmatch, _texts(tiers[1:])))
    if any(not text or (not timely and _ASIDE.search(masked(text))) for text in _texts(tiers)):
        return None
    return None if any(more[1:]) and not more[0] else tiers


def _texts(tiers: Sequence[Tier]) -> list[str]:
    return [tier.text for tier in tiers]


def _single(group: Group, tier: Tier, *, asked: bool) -> Draft:
    """The criterion of the one case that earns; `asked` where a list says what it asks for."""
    whole = group.text if asked or len(group.of("tM")) > 1 else tier.words
    if asked:
        return Draft(whole, tier.points)
    return read_item(whole if group.of(g.MARK) else tier.words, tier.points)


def _asks(group: Group) -> bool:
    """Whether a list after the first case says what it asks for."""
    return _conditions(group, next(n for n, c in enumerate(group.clauses) if c.kind in "AFBMZ"))


def _lists(group: Group) -> bool:
    """Whether a list stands behind the last case: ：①专人；②专账."""
    last = max(n for n, clause in enumerate(group.clauses) if clause.kind in "AFBMZ")
    return _conditions(group, last) and all(c.item for c in group.clauses[last + 2 :])


def _conditions(group: Group, first: int) -> bool:
    """Whether the text after a case lists what it asks for: 同时满足以下条件得10分：（1）…"""
    after = group.clauses[first + 1 : first + 2]
    return bool(after) and after[0].kind == g.TEXT and after[0].lead == ":"


def _headed(group: Group) -> Draft | None:
    """12分：档案齐全；8分：…: the points stand before their case, which the next clause may hold.

    A letter or 一档 before the points is no case, and 优秀（6分）： only the name of one. What
    stands before the first points and ends with a colon says what the cases are about.
    """
    tiers: list[Tier] = []
    for clause in group.clauses:
        labelled = clause.kind == g.HEAD and _LABELLED.fullmatch(clause.text) is not None
        about = not tiers and clause.kind == g.HEAD and group.flat[clause.middle - 1] == ":"
        labelled |= about and not re.search(r"\d", clause.text)
        if clause.text and not labelled:
            if not tiers or tiers[-1].text:
                return None
            last = tiers.pop()
            name = last.clause.parts.get("grade", "")
            words = group.words(clause)
            words = f"{name}、{words}" if GRADE_NAME.fullmatch(name) else words
            tiers.append(Tier(clause.text, last.points, words, last.clause))
        if clause.kind == g.HEAD:
            tiers.append(Tier("", clause.points, "", clause))
    if len(tiers) < 2 or any(not tier.text for tier in tiers):
        return None
    return read_numbers(group, tiers) or read_places(group, tiers) or read_levels(tiers)


def read_marked_cases(group: Group) -> Draft | None:
    """Cases that are marked like items: 优秀（10分）、良好（7分）."""
    tiers = tiers_of(group, group.of("MZ")) or []
    if not group.only("MZ") or len(tiers) < 2:
        return None
    graded = all(_GRADE.fullmatch(t.text) or _GRADE_FIRST.match(t.text) for t in tiers)
    return read_numbers(group, tiers) or (read_levels(tiers) if graded else None)
