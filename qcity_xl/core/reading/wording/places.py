"""Places in a ranking: 第1名得12分, 前5名, 第6—10名, 依次计20分、18分, 每下降一名减1分."""

import re
from collections.abc import Sequence
from itertools import pairwise

from qcity_xl.core.numerals import NUMERALS, whole_number
from qcity_xl.core.quantities import NUMBER, parse_number_word
from qcity_xl.core.reading.drafts import Draft, Open, place_words
from qcity_xl.core.reading.wording import grammar as g
from qcity_xl.core.reading.wording.clauses import Clause
from qcity_xl.core.reading.wording.group import Group, Tier, is_rest, tiers_of
from qcity_xl.core.text import number_text

_N = rf"(\d+|[{NUMERALS}]+)"
_TAIL = r"(?:\)|的|\(市、区\)|城市|单位|县区|市|县|区|地区)*"
_UNIT = "(?:名|位|位次|名次)"
_RANGE = re.compile(rf"(?P<who>.*?)(?:第|前)?{_N}{_UNIT}?(?:-|至|到|、)第?{_N}{_UNIT}?{_TAIL}")
_REST = re.compile(
    rf"(?P<who>.*?)(?:第)?{_N}{_UNIT}?(?:及|和|及其)?(?:以后|之后|以下|以外|之外|及以后|后)的?{_TAIL}"
)
_FIRST = re.compile(rf"(?P<who>.*?)前{_N}{_UNIT}?(?:\(?含[^)]*\)?)?{_TAIL}")
_EXACT = re.compile(rf"(?P<who>.*?)第{_N}{_UNIT}?{_TAIL}")
_PLACE_WORD = re.compile("(前列|中游|其余|其他|其它|下游)(?:水平|的|城市|情况|名次|等次|位次)*$")
_OTHERS = re.compile(
    "^(?:居|排名|排|位列|处于)?(?:其余|其他|其它)(?:名次|位次|城市|市|县|地区|单位|的|等次|排名|情况)*$"
)
_KNOWN = ("前列", "中游")  # what stands below these is the rest
_FALL = re.compile(
    rf"(?:(?:对|其中|排名?|位列|居)*第?(?P<from>{NUMBER}){_UNIT}?(?:-|至|到)第?(?P<to>{NUMBER}){_UNIT}?"
    rf"(?:的|城市|单位|县区|市|县|区|地区)*,?|(?:从|自)?第?(?P<on>{NUMBER}){_UNIT}(?:起|开始|以后|以下|之后),?)?"
    rf"(?P<who>[^,。;\d]{{0,8}}?),?(?:(?:以|此|之|往|其)后)?,?每(?:再)?(?:下降|降低|降|低|后退|退后|下滑|落后|退|后移|后靠|往后|靠后|滑落|递减|落)"
    rf"(?:1|一)?个?(?:名次|名|位次|位)(?:的|者)?"
    rf"|(?:其余|其他|其它|之后|以后|此后|其后)?(?:的)?,?(?:按|依)?(?:每(?:1|一)?个?(?:名次|名|位次|位)|依次|逐名|逐位|依次每(?:名|位))(?:的|者)?"
)
_PLACED = re.compile(
    rf"第{_N}{_UNIT}|{_N}(?:-|至|到|、)第?{_N}{_UNIT}|前{_N}{_UNIT}|(?:排名?|位列|名列|居)[^,。;\d]{{0,6}}第{_N}"
)
_EDGE = Open(
    "边界",
    "同在两档的那一名归哪档",
    "上档",
    "上一档写明包括这一名",
    ("上档", "下档"),
)


def read_places(group: Group, tiers: Sequence[Tier]) -> Draft | None:
    """Places with their points, best first; None where the cases are of another sort."""
    words = [_PLACE_WORD.search(tier.text) for tier in tiers]
    best = max(tier.points for tier in tiers)
    if all(words) and any(word and word[1] in _KNOWN for word in words):
        heads = [word[1] if word[1] in _KNOWN else "其余" for word in words if word]
        params = _pairs(heads, [tier.points for tier in tiers])
        return Draft(group.text, best, "名次", params, open=place_words(params))
    ranked = any(re.search("名|位|前|居", tier.text) for tier in tiers)
    bounds = [_bounds(tier.text, ranked=ranked) for tier in tiers]
    if any(bound is None for bound in bounds) or len(tiers) < 2:
        return None
    return _placed(group, [bound for bound in bounds if bound], [t.points for t in tiers])


def _bounds(text: str, *, ranked: bool = True) -> tuple[int, int | None, str] | None:
    """The first and the last place of a case, and what stands before; (0, None) for the rest."""
    if _OTHERS.match(text) or (is_rest(text) and len(text) <= 6):
        return 0, None, ""
    if re.search("倒数|末位?|后[0-9一二三四五]|第.档$|提升|上升|连续", text):
        return None
    for pattern in (_RANGE, _REST, _FIRST, _EXACT):
        match = pattern.fullmatch(text)
        if match is None or not ranked:
            continue
        who = re.sub("第[一二三四五六七八九]档[(]?", "", match["who"])
        numbers = [whole_number(n) for n in match.groups()[1:]]
        if re.search(r"\d", re.sub(r"20\d\d年?", "", who)) or any(n is None for n in numbers):
            return None
        first = numbers[0] or 0
        if pattern is _RANGE:
            return first, numbers[1], who
        if pattern is _FIRST:
            return 1, first, who
        return (first, None, who) if pattern is _REST else (first, first, who)
    return None


def _placed(
    group: Group, bounds: Sequence[tuple[int, int | None, str]], worths: Sequence[float]
) -> Draft | None:
    heads: list[str] = []
    expected = 1
    subject = bounds[0][2]
    for first, last, who in bounds:
        if (
            who
            and who not in subject
            and not re.fullmatch("(?:居|排|排名|位列|位居|名列)*(?:全[省市国县])?", who)
        ):
            return None
        nested = first == 1 and (last or 0) >= expected  # 前三名, 前五名
        beyond = last is None and first == expected - 1  # 前十名, 十名以后
        if (not nested and not beyond and first not in (0, expected)) or "其余" in heads:
            return None
        heads.append("其余" if last is None else f"≤{last}")
        expected = (last or 0) + 1
    if any(one <= other for one, other in pairwise(worths)) or heads[0] == "其余":
        return None
    worths = list(worths)
    if "其余" not in heads:
        heads.append("其余")
        worths.append(0)
    return Draft(group.text, max(worths), "名次", _pairs(heads, worths))


def read_falling(group: Group) -> Draft | None:
    """Places in turn (依次计…), or with so much less for each place below."""
    if group.of(g.IN_TURN):
        return _in_turn(group)
    if group.of(g.SO_ON):
        return _so_on(group)
    falls, least = group.of(g.DEDUCT), group.of(g.LEAST)
    if len(falls) != 1 or not group.only("tIABDKZXM") or not group.of("AB") or len(least) > 1:
        return None
    match = _FALL.fullmatch(falls[0].text)
    before = [tier for tier in _tiers(group) if tier.clause.start < falls[0].start]
    after = [tier for tier in _tiers(group) if tier.clause.start > falls[0].start]
    heads = _heads(before)
    if match is None or heads is None or len(after) > 1:
        return None
    last, minus = heads[-1], number_text(falls[0].points)
    steps = "".join(
        f"≤{bound}：{number_text(tier.points)}；" for bound, tier in zip(heads, before, strict=True)
    )
    best = before[0].points
    first = parse_number_word(match["from"] or match["on"] or number_text(last))
    if first not in (last, last + 1):
        return None
    if least and (after or match["to"] is not None):
        return None
    if match["to"] is None:
        rest_ = _down(last, before[-1].points, falls[0].points, least)
        return None if after or not rest_ else Draft(group.text, best, "名次", f"{steps}{rest_}")
    end = parse_number_word(match["to"])
    rest = _bounds(after[0].text) if after else (0, None, "")
    if end is None or end <= last or rest is None:
        return None
    if rest[1] is not None or rest[0] not in (0, end, end + 1):
        return None
    worth = number_text(after[0].points if after else 0)
    params = f"{steps}≤{number_text(end)}：每名-{minus}；其余：{worth}"
    return Draft(group.text, best, "名次", params, open=[_EDGE] if first == last else [])


def _so_on(group: Group) -> Draft | None:
    """第1名得9分，第2名得8分，依此类推: as much less for each place as between the first ones."""
    tiers = _tiers(group)
    heads = _heads(tiers) if group.only("tABYXK") else None
    if heads is None or len(tiers) < 2 or heads != list(range(1, len(tiers) + 1)):
        return None
    falls = {round(one.points - other.points, 6) for one, other in pairwise(tiers)}
    least = group.of(g.LEAST)
    if len(falls) != 1 or group.clauses[-1].kind not in "YXK" or len(least) > 1:
        return None
    params = _pairs([f"≤{head}" for head in heads], [tier.points for tier in tiers])
    rest = _down(heads[-1], tiers[-1].points, falls.pop(), least)
    return Draft(group.text, tiers[0].points, "名次", f"{params}；{rest}") if rest else None


def _down(last: int, worth: float, minus: float, least: Sequence[Clause]) -> str:
    """The places below `last`, each worth `minus` less, down to the `least` that the wording names.

    "" where no place is worth just that.
    """
    if not least:
        return f"其余：每名-{number_text(minus)}"
    places = round((worth - least[0].points) / minus, 6)
    if least[0].text or places < 1 or not places.is_integer():
        return ""
    bound = last + int(places)
    return f"≤{bound}：每名-{number_text(minus)}；其余：{number_text(least[0].points)}"


def speaks_of_places(text: str) -> bool:
    """Whether a text is of places in a ranking, which are no faults to be counted."""
    return bool(_PLACED.search(text) or _FALL.fullmatch(text))


def _tiers(group: Group) -> list[Tier]:
    return tiers_of(group, group.of("ABZ")) or []


def _heads(tiers: Sequence[Tier]) -> list[int] | None:
    """The last place of each case, from the first place on without a gap, worth less and less."""
    heads: list[int] = []
    for tier in tiers:
        bound = _bounds(tier.text)
        if bound is None or bound[1] is None or bound[0] != (heads[-1] if heads else 0) + 1:
            return None
        heads.append(bound[1])
    falling = all(one.points > other.points for one, other in pairwise(tiers))
    return heads if heads and falling else None


def _in_turn(group: Group) -> Draft | None:
    turn = group.of(g.IN_TURN)
    later = group.of("AZ")
    if len(turn) != 1 or not group.only("tQAZ"):
        return None
    worths = [parse_number_word(n) for n in re.findall(NUMBER, turn[0].parts["list"])]
    bound = _bounds(re.sub("[的者]$", "", turn[0].text))
    if bound is None or bound[0] != 1 or bound[1] != len(worths):
        return None
    if len(later) > 1:
        return _then(group, [worth for worth in worths if worth is not None])
    rest = _bounds(later[0].text) if later else (0, None, "")
    if rest is None or rest[1] is not None:
        return None
    known = [worth for worth in worths if worth is not None]
    if len(known) < len(worths) or any(one < other for one, other in pairwise(known)):
        return None
    heads = [f"≤{n}" for n in range(1, len(known) + 1)] + ["其余"]
    params = _pairs(heads, [*known, later[0].points if later else 0])
    return Draft(group.text, known[0], "名次", params)


def _then(group: Group, first: Sequence[float]) -> Draft | None:
    """第1-3名分别得9分、8分、7分，第4-6名得5分，其余得2分."""
    tiers = _tiers(group)
    bounds = [_bounds(tier.text) for tier in tiers]
    if any(bound is None for bound in bounds):
        return None
    places = [(n, n, "") for n in range(1, len(first) + 1)]
    known = [*places, *(bound for bound in bounds if bound)]
    return _placed(group, known, [*first, *(tier.points for tier in tiers)])


def _pairs(heads: Sequence[str], worths: Sequence[float]) -> str:
    return "；".join(f"{h}：{number_text(w)}" for h, w in zip(heads, worths, strict=True))
