"""The grammar of scoring wordings: every phrase that says how points are earned or lost.

A wording is a row of clauses; a clause is text and then one of these phrases. Each phrase has a
letter; `readings` says what rows of letters mean. Whatever speaks of points and fits no phrase is
`LOUD`: a clause that no reading takes, so that it is told and never passed over as mere text.
"""

import re
from collections.abc import Iterator
from functools import cache

from qcity_xl.core.quantities import NUMBER, QUANTITY, UNITS

# Letters of clauses.
AWARD, SHARE, ZERO = "A", "F", "Z"  # 得5分, 得满分的60%, 不得分
MARK, BARE, HEAD = "M", "B", "H"  # （5分）, 优秀5分, 5分：优秀
DEDUCT, UNTIL, CAP = "D", "X", "C"  # 扣2分, 扣完为止, 最高10分
RATE, IN_TURN, PROPORTION = "R", "Q", "P"  # 2分/次, 依次计9分、7分, 按比例计分
JUDGE, VETO, LACK = "J", "V", "L"  # 酌情打分, 一票否决, 合理缺项
SO_ON = "Y"  # 第1名得9分，第2名得8分，依此类推
EACH = "E"  # 有机构、有人员的，各得2分
NOTE = "N"  # 就高不就低, 不重复计分
LEAST = "K"  # 最低得3分
SETTLE, TIES, INTRO = "S", "T", "I"  # 不足1个的不扣, 并列按较高名次, 按等次计分：
QUIET = ""  # points that are a measure: 评价得分达到90分
LOUD, TEXT = "!", "t"  # not understood; text without a phrase

_LACKING = "合理缺项"
_UNIT = "|".join(map(re.escape, UNITS))
_NOT_POINTS = "(?!钟|之|类|级|别|管|公司|析|解|配|布|部|支|局|期|批|行业|领域|步|层|阶段|片|包|区|校|院|会|时|工|数线|值线|母|子|散|享|离|流|担|红|歧|队|组|项|贝|米|子)"
_N = rf"(?P<n>{NUMBER})"
TIMES = "(?:[×*xX]|乘以?)"
_ITS = "(?:本项|该项|此项|本指标|该指标|单项)"
GRADES = (
    r"(?:[A-Ea-e][级档等]?|第?[一二三四五]档|[一二三四五][级等]|[甲乙丙丁][级等档]?|(?:很|较|最|非常)?[好差]|优秀?|良好?|中等?|一般"
    "|基本合格|不?合格|基本达标|不?达标)(?:等次|等级|档次|[等级档次])?"
)
_END = r"(?=$|[,。;:、()\n])"
_SOFT = (
    "(?:的|者)?,?(?:可以?|应当?|即|(?<!否)则|方可?|才|能|均|都|直接|一律|一次性|分别|全部|相应)*"
)
_GIVE = "(?:得|计|给|记|赋|奖励|打)(?:予)?"
_SUMS = (
    "(?:累计|合计|总计|总共|共计|各项|加分|扣分|得分|最终|总分|分值|总分值|计分|加扣分|奖励|减分"
    f"|{_ITS}|共|且|但|计|加|扣|得|总|可|为|按|其)*"
)

_PHRASES: tuple[tuple[str, str], ...] = (
    (
        NOTE,
        r"(?:(?<![^,。;(])|(?=\())\(?(?:同一|同类|同项|多项|多次)?[^,。;()\d]{0,12}?(?:就高不就低|就高(?:不重复)?(?:计分|计算)|取(?:其)?(?:中)?最高(?:分值?|一?项|级别?|等次|档次?|者)(?:计分|计算|得分|计入|计)?|(?:只|仅)?[按以](?:其)?最高(?:的)?(?:级别|档次|等次|分值|一项|项|档)?(?:计分|计算|得分|计)"
        r"|不(?:得|再)?(?P<twice>重复|累加|累计)(?:加分|计分|计算|得分|累加|计)?|上?(?P<top>不封顶|不设(?:上限|下限|封顶)|上不封顶))\)?"
        + _END,
    ),
    (
        LACK,
        rf"[^,。;()]{{0,24}}?,?{_ITS}?(?:可以?|应)?(?:按|作|作为|列为|视为|视作|属于?|为|列入|申请)?合理缺项(?:处理|对待|计算|认定)?(?:,?(?:不(?:予)?(?:计分|扣分|考核|纳入考核)|不作要求))?",
    ),
    (
        SETTLE,
        rf"不(?:足|满|到)(?P<q>{QUANTITY})的?(?:部分)?,?(?:(?:也|均|都)?(?:按照?|以)(?P<q2>{QUANTITY})(?:计算|计扣|计|扣分|扣减|扣)"
        r"|(?P<free>(?:的)?(?:不扣分?|不予扣分|不计扣分|忽略不计|不计分?|不计算)))",
    ),
    (
        TIES,
        r"(?:名次|排名|得分)?(?:有)?并列(?:名次|排名)?的?,?(?:均|都)?(?:按照?|取|以)(?:较高|最高|高的?|同一|相同)(?:的)?(?:名次|位次|排名|档次)(?:计分|计算|得分|计)?",
    ),
    (
        VETO,
        r"的?,?(?:实行|执行|予以|给予|直接|按照?|作|视为|采取|实施)?(?:[“\"])?一票否决(?:[”\"])?(?:制|处理)?"
        + _END,
    ),
    (
        VETO,
        rf"的?,?(?:直接|一律|则)?取消(?P<own>{_ITS}|其)?(?:当年|年度|全年)?(?:的)?(?:所有|全部)?(?P<what>得分|分值|分数|评[优先选][^,。;]{{0,6}}资格|参[评选]资格|考核[^,。;]{{0,4}}资格)"
        + _END,
    ),
    (
        VETO,
        rf"的?,?(?P<own>{_ITS})?(?:全部|总|所有)?(?:得分|分值|分数)?(?:清零|归零|一次扣完)" + _END,
    ),
    (
        JUDGE,
        rf"酌情(?:予以|给予)?(?:打|给|扣|计|加|评|赋|得|定|减)?(?:{_N}分?(?:-|至|到))?(?:{NUMBER})?分?(?:数)?",
    ),
    (
        JUDGE,
        rf"(?:给予?|加|计|得|扣|评|赋|打)?{_N}分?(?:-|至|到){NUMBER}分"
        + _END
        + r"(?!\)的?,?(?:得|计|赋|为|不得|:)|\(不?包?含)",
    ),
    (
        JUDGE,
        r"(?:由|经|请|组织)[^,。;]{0,20}?(?:专家|评委|评审|考核组|考评组|检查组|评估组|测评组|评议|考察组|验收组|督查组|办公室|领导)[^,。;]{0,14}?(?:打分|评分|赋分|定分|计分|给分)(?:确定)?",
    ),
    (JUDGE, r"(?:集体|综合|现场|量化|分别|背靠背|评审|专家|评委)*(?:打分|定分)" + _END),
    (
        PROPORTION,
        r"(?:,?否则,?)?(?:未?(?:全部|完全)?(?:完成|达到|达标|实现|足额)[^,。;\d]{0,6}?的?,?|不足的?,?|其余的?,?|部分[^,。;\d]{1,4}的,?|的?,?)"
        r"(?:则|均)?(?P<by>(?:按照?|依据?|以(?![上下内外])|根据)[^,。;]*?(?:比例|百分比|比率|比值|[^效]率|÷|/)[^,。;]*?(?:折算|折合|换算|计算|得分|计分|给分|赋分|算分|计|扣分|扣减)+(?:得分|计分|给分|赋分)?)"
        + _END,
    ),
    (
        PROPORTION,
        rf"(?P<by>(?:[^,。;:()=×÷\d]{{0,12}}?(?:得分|分值|计分)(?:=|为))?[^,。;:()=×÷\d的]{{0,16}}?(?:率|比例|百分比|完成度){TIMES}{NUMBER}分?(?:折算|计算|计)?(?:得分|计分)?)"
        + _END,
    ),
    (
        PROPORTION,
        rf"(?P<by>(?:本项|该项|实际)?(?:得分|分值|计分)?(?:=|为|按照?)?{NUMBER}分?{TIMES}[^,。;:()=×÷]{{0,16}}?(?:率|比例|百分比))"
        + _END,
    ),
    (PROPORTION, r"(?P<by>(?:本项|该项|实际)?(?:得分|分值|计分)(?:=|为)[^,。;]*?(?:÷|/)[^,。;]*)"),
    (
        INTRO,
        r"(?:依据|根据|按照?|以(?![上下内外])|视|结合)[^,。;:酌]*?(?:等次|等级|结果|情况|档次|名次|排名|位次|标准|程度|进度|类别|数量|分档|三档|四档|两档|五档)[^,。;:酌\d]{0,6}?(?:分别)?(?:计分|得分|赋分|评分|打分|给分|定档|分档)(?=:|,|。|;)",
    ),
    (SO_ON, r"(?:及)?[依以]次?此?类推" + _END),
    (
        UNTIL,
        r"(?:直至|直到)?(?:扣|减)(?:减|分)?(?:完|光|至|到)(?:[^,。;()]{0,8}?为止|(?:0|零)分(?:为止)?|完)|(?:直至|直到)(?:0|零|扣完)(?:分)?(?:为止)?|(?:最低|至少)(?:得|计|为|扣至)?(?:0|零)分|不(?:计|得|倒)?(?:负分|倒扣分?)|扣完(?=$|[,。;])|分(?:数|值)扣完为止",
    ),
    (
        LEAST,
        rf"(?:最低|最少|至少|不少于|不低于)(?:得|计|为|扣至|减至|到)?{_N}分{_NOT_POINTS}" + _END,
    ),
    (
        CAP,
        rf"(?:(?:得分|分值|总分|累计|合计)?(?:高于|大于|超过|超出){NUMBER}分的?,?(?:仍|均|都|也)?(?:以|按照?){_N}分(?:计算?|计分|算|为限|封顶))"
        + _END,
    ),
    (
        CAP,
        rf"{_SUMS}(?:最高|最多|至多|不(?:得|应|能)?(?:超过|高于|超)|上限(?:为|是)?|限)(?:不(?:得|应|能)?(?:超过|高于|超))?(?:可)?(?:得|计|加|扣|记|给|为|到|可得|减)*{_N}分{_NOT_POINTS}(?:为限|封顶|为止|为上限)?",
    ),
    (
        CAP,
        rf"{_SUMS}(?:以|到|达到|加到|扣到|至|加满|得满)?{_N}分(?:封顶|为限|为上限)|(?:加|得|计)(?:满|至满分|到满分){_N.replace('<n>', '<w>')}分(?:为止)?|封顶(?:为|分)?{_N[:-1].replace('<n>', '<m>')})分",
    ),
    (
        CAP,
        rf"(?:{_ITS}|总分|分值)?(?:满分|基准分|基础分|基本分|标准分|分值|起评分|总分)(?:为|是|:|共|值)*{_N}分{_NOT_POINTS}(?!\(不?包?含|及?以[上下]|或以上|[至到-]\d)|{_ITS}(?:共|计|为)?{_N.replace('<n>', '<w>')}分{_NOT_POINTS}|(?:共计?|计|赋分|赋){_N.replace('<n>', '<p>')}分(?=:)|(?:(?<![^,。;:])|^)(?:共计?|合计|总计|总分|总共){_N.replace('<n>', '<s>')}分{_NOT_POINTS}(?!\(不?包?含)"
        + _END,
    ),
    (
        MARK,
        rf"\((?:最高|最多|上限|封顶|不超过|共|计|得|可得|满分|分值|加|记|为|:|本项|该项|赋)*{_N}分(?:\)|[,;:。](?=[^()]*\)))",
    ),
    (MARK, r"\((?P<n>\d+(?:\.\d+)?)\)(?=$|[。;]|\d+[.、]|[①-⑳])"),
    (
        IN_TURN,
        rf"(?:的)?,?(?:分别|依次|分别依次|按名次|递次)(?:依次)?(?:得|计|赋予|赋|加|记|给|为)(?P<list>{NUMBER}分?(?:[、,和/]{NUMBER}分?)+)(?<=分)",
    ),
    (
        IN_TURN,
        rf"(?:的)?,?(?:依次|分别)(?:得|计|赋予|赋|加|记|给|为)(?P<list>{NUMBER}(?:[、,和/]{NUMBER})+分)",
    ),
    (EACH, rf"{_SOFT}各(?:项|类)?(?:{_GIVE})?{_N}分{_NOT_POINTS}"),
    (
        SHARE,
        rf"{_SOFT}(?:得|计|给|记|赋|按|拿|扣)(?:予)?(?:{_ITS}|总)?的?(?:满分|全分|全部分?值?|标准分|分值|分数|基本分)?的?(?P<pct>{NUMBER}%|百分之{NUMBER}|[{'一二三四五六七八九'}]成|一半)(?:的?(?:满分|分值|分数|得分|计分|分))?(?:计分|得分)?",
    ),
    (
        SHARE,
        rf"{_SOFT}(?:得|计|给|记|赋|拿)(?:予)?{_ITS}?的?(?:满分|全分|全部分(?:值|数)?|全额分值)(?![值数]?\d)(?!的?\d+%)",
    ),
    (SHARE, rf"{_SOFT}(?P<half>减半|折半)(?:得分|计分|给分)?"),
    (SHARE, rf"(?<!实)(?<!实际)(?<!情){_SOFT}得分" + _END),
    (HEAD, rf"(?:(?<=[;。,、:\n])|^)(?P<grade>{GRADES})(?:\({_N}分\)|(?P<m>{NUMBER})分):"),
    (HEAD, rf"(?:(?:(?<=[;。\n])|^)(?:得|计))?{_N}分:"),
    (
        ZERO,
        rf"{_SOFT}{_ITS}?(?:不予?|不能|不应|不再|无)(?:得|计|给|记|赋|加)?(?:{_ITS}的?)?(?:基本|任何)?分(?:值|数)?(?![钟类级别析])"
        + _END,
    ),
    (
        ZERO,
        rf"{_SOFT}{_ITS}?(?:得|计|给|记|为|按|是)*(?<![\d.点百十])(?:0|零)分(?:计|处理|计算)?"
        + _END,
    ),
    (
        DEDUCT,
        rf"{_SOFT}(?:各|再|另|加)?(?:倒扣|扣减|扣除|扣罚|扣|减去|递减|减)(?:掉|除)?{_N}分(?:/(?P<unit>{_UNIT}))?{_NOT_POINTS}(?:计分|计算|计|得分)?",
    ),
    (RATE, rf"{_SOFT}(?:{_GIVE}|加)?{_N}分/(?P<unit>{_UNIT})"),
    (
        AWARD,
        rf"{_SOFT}(?P<more>(?:再|另|额外|叠加|另外)+(?:{_GIVE}|加)|加)(?:计)?{_N}分{_NOT_POINTS}",
    ),
    (AWARD, rf"{_SOFT}(?:共)?{_GIVE}(?:满分)?{_N}分{_NOT_POINTS}"),
    (BARE, rf"(?<![\d.达到于过至在够满均超含足-]){_N}分(?!\(不?包?含)" + _END),
    (
        QUIET,
        r"(?:倒)?扣分(?=制|法|方式)|为[^,。;()\d]{0,6}得分(?=\))|(?<=[达到于过至满超足含≥≤<>=-])\d+(?:\.\d+)?分|(?<=每[低少高超降])\d+(?:\.\d+)?分(?=的?,?[扣减])|\d+(?:\.\d+)?分(?=以上|以下|及以|或以上|以内|得|的得|的计|计|至|到|-|\(不?含|之间|[≤<])"
        r"|(?:得分|评分|打分)(?=最高|最低|最末|位列|位居|居|排名|排在|在|不低于|不少于|达到|高于|低于|超过|[≥≤<>\d前])|扣分(?=情形|项目|事项)",
    ),
    (
        LOUD,
        rf"\d分{_NOT_POINTS}|得分|类推"
        r"|扣\d|扣分|计分|赋分|评分|打分|定分|减分|满分|分值|倒扣|折算|折合|否决|清零|封顶|酌情|权重|系数|按比例|加权|一票|起评|基准分|为止|占\d+%",
    ),
)
_GROUP = re.compile(r"[(][?]P<(\w+)>")
_KEYS = tuple(letter for letter, _ in _PHRASES)
_PARTS = tuple(
    tuple((name, f"{name}_{at}") for name in dict.fromkeys(_GROUP.findall(pattern)))
    for at, (_, pattern) in enumerate(_PHRASES)
)


def _own(pattern: str, at: int) -> str:
    """The pattern with the names of its parts made its own: n as n_3."""
    return _GROUP.sub(rf"(?P<\g<1>_{at}>", pattern)


@cache
def whole() -> re.Pattern[str]:
    """Any phrase, with its letter and its parts as groups."""
    return re.compile(
        "|".join(f"(?P<k{at}>{_own(pattern, at)})" for at, (_, pattern) in enumerate(_PHRASES))
    )


@cache
def _place(lacking: bool) -> re.Pattern[str]:
    """Where any phrase stands: without a group, of which many cost time at every letter.

    That of 合理缺项 looks far ahead from each letter, and is left out unless `lacking`.
    """
    patterns = (pattern for key, pattern in _PHRASES if lacking or key != LACK)
    return re.compile("|".join(_GROUP.sub("(?:", pattern) for pattern in patterns))


def phrases(text: str, start: int = 0) -> Iterator[tuple[str, re.Match[str], dict[str, str]]]:
    """Each phrase in a text: its letter, where it stands, its named parts that hold something."""
    for place in _place(_LACKING in text).finditer(text, start):
        match = whole().match(text, place.start())
        assert match is not None  # noqa: S101  # the same alternatives in the same order
        at = int(str(match.lastgroup)[1:])  # the group that closes last is the phrase as a whole
        parts = {name: value for name, group in _PARTS[at] if (value := match[group]) is not None}
        yield _KEYS[at], match, parts


# 1. （1） ① 一是: the start of an item in a list.
ITEM = re.compile(
    r"(?:(?<=[;。,:、)\n])|^)(?:\((?:\d{1,2}|[一二三四五六七八九十]{1,2})\)|\d{1,2}(?:[.、](?!\d)|\))|[一二三四五六七八九十](?:是|、|,)|第[一二三四五六七八九十],|[a-zA-Z]\))"
    r"|[①-⑳]|(?<=[^统])(?:二|三|四|五|六|七|八|九|十)是"
)
TOPIC = re.compile("一票否决(?=机制|制度|办法|事项|清单|权|责任|条款|情形)")  # a thing, no veto
LABEL = re.compile(
    r"^(?P<minus>扣分项|减分项|负面清单)[:,]|^(?:加分项|评分标准|计分办法|计分标准|考核标准|评分办法|评分细则|得分标准|赋分标准|评分依据|计分方法|加分标准|加分事项)[:,]"
)
